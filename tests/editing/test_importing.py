"""Import: the plan says what would be done, applying does that or nothing, and what was exported comes back as it was."""

from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faults.editing import importing
from faults.editing.describe import DESCRIBED, describe, snapshot
from faults.editing.display_names import display_names, display_names_for_tables
from faults.editing.edits import save_edit
from faults.editing.exporting import as_csv, as_xlsx, rows_of_kind
from faults.editing.import_plan import Outcome
from faults.editing.import_planning import plan
from faults.editing.importing import PlanChanged
from faults.editing.revisions import dry_run
from faults.editing.transfer.workbook import TITLES, read
from faults.editing.transfer.writing import write_csv, write_xlsx
from faults.models import Action, Change, Fault, ReturnCode, Revision, SearchDocument, Status, Term, Wording
from faults.search.documents import items_of
from faults.text.normalize import normalized
from tests.budget import either
from tests.notes import noted

pytestmark = pytest.mark.django_db
HEADERS = "编号,标题,类别,适用终端,商户说法,可信度"


def sheets(text, name="t.csv"):
    return read(name, text.encode() if isinstance(text, str) else text)


def run(text, user=None, publish=False):
    """Plans and applies; returns the plan."""
    given_sheets = sheets(text)
    made = plan(given_sheets)
    assert list(importing.apply(given_sheets, made.fingerprint, user, "t.csv", publish)) == [
        (n, len(made.due)) for n in range(1, len(made.due) + 1)
    ]
    return made


def outcomes(made):
    return [(step.line, step.outcome) for step in made.steps]


@pytest.mark.parametrize("form", ["xlsx", *TITLES])
def test_what_was_written_without_versions_changes_nothing(form):
    noted("本台先打这个电话。\n再报商户号。", cause="没有这个原因", step="没有这一步。", audience="sayable")
    tables, names = {kind: rows_of_kind(kind) for kind in TITLES}, display_names_for_tables()
    made = plan(read("k", write_xlsx(tables, names) if form == "xlsx" else write_csv(form, tables[form], names)))
    assert {step.outcome for step in made.steps} == {Outcome.SAME}
    assert len(made.steps) == sum(len(DESCRIBED[kind][0]()) for kind in (TITLES if form == "xlsx" else [form]))


def test_a_plan_names_every_row_and_changes_nothing(django_assert_num_queries):
    text = f"{HEADERS}\n118,换了标题,,,,\n,全新的条目,通讯,所有终端,新说法,未核实\n119,,,,,\n,没有类别的,,,,\n40,,不存在的类别,,,\n"
    before = Change.objects.count()
    made = plan(sheets(text))
    assert [step.line for step in made.of(Outcome.NEW)] == [3]
    assert [(step.line, step.name) for step in made.of(Outcome.CHANGED)] == [(2, "118号 换了标题")]
    assert {step.line for step in made.of(Outcome.REFUSED)} >= {5, 6}
    assert all(step.reason for step in made.of(Outcome.REFUSED))
    assert made.differences(made.of(Outcome.CHANGED)[0])[0].after == "换了标题"
    assert Change.objects.count() == before and not Fault.everything.filter(title="全新的条目").exists()


def test_applying_makes_drafts_and_revisions_with_history(person):
    editor = person("编辑")
    run(f"{HEADERS}\n118,换了标题,,,,\n,全新的条目,通讯,所有终端,新说法,未核实\n", editor)
    new = Fault.everything.get(title="全新的条目")
    assert (
        new.status == Status.DRAFT and new.aliases.get().text == "新说法" and SearchDocument.objects.filter(object_id=new.pk, kind="fault")
    )
    assert (
        Fault.objects.get(number=118).title != "换了标题"
        and Revision.objects.get(item_id=Fault.objects.get(number=118).pk).author == editor
    )
    assert [change.action for change in Change.objects.of(new)] == [Action.IMPORTED]


def test_publishing_at_once_takes_the_right_to(person):
    text = f"{HEADERS}\n118,换了标题,,,,\n"
    with pytest.raises(PermissionDenied):
        run(text, person("复核"), publish=True)
    assert not Revision.objects.exists()
    run(text, person("管理员"), publish=True)
    assert Fault.objects.get(number=118).title == "换了标题"
    with pytest.raises(PermissionDenied):
        run(text, person(""))


def test_columns_that_are_not_there_are_left_alone():
    before = snapshot(Fault.objects.get(number=118))
    run("编号,标题\n118,换了标题\n")
    row = Revision.objects.get().row
    assert row == before | {"title": "换了标题"}


@pytest.mark.postgresql
def test_rows_of_one_file_may_refer_to_each_other():
    text = "编号,标题,类别,适用终端,相关条目,可信度\n901,甲,通讯,所有终端,902：看票,未核实\n902,乙,通讯,所有终端,901,未核实\n"
    run(text)
    assert Fault.everything.get(number=901).links.get().other.number == 902
    assert "没有叫“999”的条目" in plan(sheets(text.replace("902：看票", "999"))).steps[0].reason


@pytest.mark.postgresql
def test_wordings_are_of_something_that_is_there_or_comes_with_them():
    fault = describe(Fault.objects.get(number=118)) | {"number": 901, "related": []}
    names = ["fault:40", "code:cup:97", "term:签到", "fault:901", "fault:902", "fault:040", "fault:x", "code:97", "term:紫霄", "签到"]
    rows = [{"name": name, "words": ["紫霄"]} for name in names]
    data = read("k.xlsx", write_xlsx({"fault": [fault], "wording": rows}, display_names_for_tables()))
    made = plan(data)
    steps = {step.row["name"]: step for step in made.steps if step.kind == "wording"}
    assert [name for name in names if steps[name].outcome == Outcome.REFUSED] == names[4:] and all(steps[name].reason for name in names[4:])
    assert steps["fault:40"].name == "40号的说法"
    list(importing.apply(data, made.fingerprint, None, "k.xlsx", publish=True))
    assert Wording.everything.get(name="fault:40").words == "紫霄" and Wording.everything.filter(name="fault:901").exists()


def test_a_state_is_not_changed_by_a_table():
    made = plan(sheets("编号,状态\n118,已下架\n119,已发布\n"))
    assert outcomes(made) == [(2, Outcome.REFUSED), (3, Outcome.SAME)]
    assert "后台" in made.steps[0].reason


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("标题", "长" * 61, "标题"),
        ("标题", "", "标题"),
        ("屏幕提示", "长" * 81, "屏幕提示"),
        ("来源", "没这个来源", "没这个来源"),
        ("相关的码", "银联 ZZ", "ZZ"),
    ],
)
def test_what_the_models_would_refuse_the_plan_refuses(column, value, sentence):
    step = plan(sheets(f"编号,{column}\n118,{value}\n")).steps[0]
    assert step.outcome == Outcome.REFUSED and sentence in step.reason


def test_a_zero_that_excel_dropped_is_noticed():
    step = plan(sheets("码表,返回码,意思\n银联,5,不予承兑\n")).steps[0]
    assert step.outcome == Outcome.REFUSED and "05" in step.reason


def test_a_table_taken_out_in_english_can_be_read_in():
    with translation.override("en"):
        data = as_csv("code")
    assert {step.outcome for step in plan(sheets(data)).steps} == {Outcome.SAME}


@pytest.mark.postgresql
def test_a_plan_that_is_no_longer_true_is_not_carried_out():
    given_sheets = sheets("编号,标题\n118,换了标题\n119,也换了\n")
    made = plan(given_sheets)
    Fault.everything.filter(number=119).update(title="别人改了")
    with pytest.raises(PlanChanged):
        list(importing.apply(given_sheets, made.fingerprint, None, ""))
    assert not Revision.objects.exists()


@pytest.mark.postgresql
def test_an_import_that_is_left_half_way_changes_nothing():
    given_sheets = sheets("编号,标题\n118,换了标题\n119,也换了\n")
    steps = importing.apply(given_sheets, plan(given_sheets).fingerprint, None, "")
    next(steps)
    steps.close()
    assert not Revision.objects.exists()


def test_the_plan_takes_as_many_queries_for_ten_rows_as_for_a_hundred(django_assert_max_num_queries):
    def queries(count):
        lines = "\n".join(f"{row},标题{row},通讯,所有终端,说法{row},未核实" for row in range(2000, 2000 + count))
        given_sheets = sheets(f"{HEADERS}\n{lines}\n")
        with django_assert_max_num_queries(60) as seen:
            assert plan(given_sheets).count(Outcome.NEW) == count
        return len(seen)

    assert queries(10) == queries(100)


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=12).map(
    lambda text: normalized(text) or "字"
)


@settings(max_examples=either(3, 25), suppress_health_check=list(HealthCheck))
@given(
    title=words,
    screen=words,
    alias=words,
    check=words,
    steps=st.lists(words, min_size=1, max_size=3),
    form=st.sampled_from(["xlsx", "csv"]),
)
def test_any_words_come_back_from_a_table_as_they_were(title, screen, alias, check, steps, form):
    with dry_run():
        fault = Fault.objects.get(number=118)
        row = snapshot(fault) | {"title": title, "screen_texts": [screen], "aliases": [alias], "symptom": f"{title}\n{alias}"}
        fix = row["causes"][0]["fixes"][0] | {"steps": steps, "note": alias}
        row["causes"] = [{"title": title, "likelihood": "rare", "check": check, "fixes": [fix]}]
        wanted = describe(save_edit("fault", row | {"number": 990}, None, Action.CREATED))
        data = read(f"k.{form}", as_xlsx(["fault"]) if form == "xlsx" else as_csv("fault"))
        assert {step.outcome for step in plan(data).steps} == {Outcome.SAME}
        Fault.everything.get(number=990).delete()
        made = plan(data)
        assert [step.name for step in made.due] == [f"990号 {title}"]
        list(importing.apply(data, made.fingerprint, None, ""))
        assert describe(Fault.everything.get(number=990)) == wanted


def test_everything_comes_back_into_an_empty_knowledge_base():
    """Of each kind every sixth; with LONG=1 all. What refers to another that is left out is left out with it."""
    for model in (Fault, ReturnCode, Term):
        model.everything.exclude(pk__in=list(model.everything.values_list("pk", flat=True)[:: either(6, 1)])).delete()
    left = items_of(Wording.everything.values_list("name", flat=True))
    Wording.everything.exclude(name__in=left).delete()
    data = read("k.xlsx", as_xlsx())
    texts = {kind: {str(row): row for row in map(_without_state, _rows(kind))} for kind in TITLES}
    Fault.everything.update(merged_into=None)
    for model in (Fault, ReturnCode, Term, Wording):
        model.everything.all().delete()
    list(importing.apply(data, plan(data).fingerprint, None, ""))
    assert {kind: {str(row): row for row in map(_without_state, _rows(kind))} for kind in TITLES} == texts


def _rows(kind):
    rows, describe_one = DESCRIBED[kind]
    return [describe_one(row) for row in rows()]


def _without_state(row):
    return {key: value for key, value in row.items() if key not in ("status", "reviewed")}


def command(name, *arguments, **options):
    out = StringIO()
    call_command(name, *arguments, stdout=out, **options)
    return out.getvalue()


@pytest.mark.postgresql
def test_the_commands_export_plan_and_apply(tmp_path):
    file = tmp_path / "k.csv"
    assert "已导出" in command("export_knowledge", str(file))
    assert f"没有变化 {Fault.everything.count()}，不能导入 0" in command("import_knowledge", str(file))
    file.write_bytes(write_csv("fault", [describe(Fault.objects.get(number=118)) | {"title": "换了标题"}], display_names()))
    said = command("import_knowledge", str(file))
    assert "第2行 修改：118号 换了标题" in said and "→ 换了标题" in said and "什么也没改" in said and not Revision.objects.exists()
    assert "导入好了，共 1 条" in command("import_knowledge", str(file), "--apply", "--publish")
    assert Fault.objects.get(number=118).title == "换了标题"
    assert Change.objects.of(Fault.objects.get(number=118)).first().made_by_name == ""


def test_the_command_leaves_what_a_colleague_changed_unless_told(tmp_path):
    file = tmp_path / "k.csv"
    command("export_knowledge", str(file))
    title = Fault.objects.get(number=118).title
    file.write_text(file.read_text("utf-8-sig").replace(f",{title},", ",表里改的,"), encoding="utf-8")
    Fault.objects.filter(number=118).update(title="同事改的")
    said = command("import_knowledge", str(file), "--apply")
    assert "导出以后同事也改过：118号 表里改的" in said and "同事改的 → 表里改的" in said and "加 --overwrite" in said and "共 0 条" in said
    assert not Revision.objects.exists()
    assert "共 1 条" in command("import_knowledge", str(file), "--apply", "--overwrite")
    assert Revision.objects.get().row["title"] == "表里改的"


@pytest.mark.parametrize(
    ("text", "arguments", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n", (), "不是"),
        ("编号,没这一列\n1,2\n".encode(), (), "不认识的列"),
        ("编号,标题\n1,卡号6222021234567890\n".encode(), (), "像卡号"),
        ("编号,标题\n118,x\n".encode(), ("--apply", "--user", "没有这人"), "没有叫"),
    ],
)
def test_a_file_or_a_name_that_will_not_do_is_said(tmp_path, text, arguments, sentence):
    file = tmp_path / "k.csv"
    file.write_bytes(text)
    with pytest.raises(CommandError, match=sentence):
        command("import_knowledge", str(file), *arguments)
    with pytest.raises(CommandError, match="读不了"):
        command("import_knowledge", str(tmp_path / "nowhere.csv"))
    with pytest.raises(CommandError, match="结尾"):
        command("export_knowledge", str(tmp_path / "k.doc"))
