"""The form of an item: what is wrong beside links to where it is, rows that are folded, copies that come back, and how much it may hold."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from faults.models import Change, Fault, ReturnCode, Revision, Status
from tests.admin.forms import filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def fault():
    """One of three causes and little else: pages of long entries take long."""
    return Fault.objects.get(number=49)


@pytest.fixture
def editor(signed_in_as):
    return signed_in_as("编辑")


def page(name, *arguments, model="fault"):
    return reverse(f"admin:faults_{model}_{name}", args=arguments)


def opened(client, item, model="fault"):
    return filled_in(client.get(page("change", item.pk, model=model)))


def links(response) -> dict[str, str]:
    """Of the readiness list: the line → the id of its field."""
    shown = response.content.decode()
    return {sentence: target for target, sentence in re.findall(r'<a href="#([\w-]+)">(.*?)</a>', shown[shown.index("desk-ready") :])}


def readiness(client, item, data, model="fault"):
    return links(client.post(page("readiness", model=model), data | {"_item": str(item.pk)}))


def test_after_a_refused_save_every_line_leads_to_its_field(editor, fault):
    changes = {
        "title": "",
        "causes-1-fixes-0-steps": "",
        "causes-0-title": "甲" * 61,
        "aliases-1-text": "不出票",
        "aliases-0-text": "不出票",
    }
    response = editor.post(page("change", fault.pk), opened(editor, fault) | changes)
    found = {line.target: line.sentence for line in response.context["mistakes"]}
    assert found["id_title"] == "标题：必填。"
    assert found["id_causes-1-fixes-0-steps"].startswith("原因 2 › 处理方法 1 › 步骤：")
    assert found["id_causes-0-title"].startswith("原因 1 › 原因：") and any("aliases" in target for target in found)
    shown = response.content.decode()
    assert set(links(response).values()) == set(found) - {""} and "没有问题" not in shown
    assert shown.count('data-fields="title,likelihood" open') == 3  # two of three, and the one that new rows are made of


def add_row(data, prefix, name, value):
    count = int(data[f"{prefix}-TOTAL_FORMS"])
    return data | {f"{prefix}-TOTAL_FORMS": str(count + 1), f"{prefix}-{count}-{name}": value, f"{prefix}-{count}-position": str(count)}


@pytest.mark.parametrize("is_stored", [True, False])
def test_rows_that_are_claimed_and_not_sent_are_none(editor, is_stored):
    """Or two thousand causes would be made, each with its fixes, for who says that there are so many."""
    url = page("change", 5) if is_stored else page("add")
    data = filled_in(editor.get(url)) | {"title": ""}
    response = editor.post(url, data | {name: "999999" for name in data if name.endswith("-TOTAL_FORMS")})
    causes = next(one.formset for one in response.context["inline_admin_formsets"] if one.formset.prefix == "causes")
    assert response.status_code == 200 and len(causes.forms) == (
        Fault.objects.get(pk=5).causes.count() if is_stored else 1
    )  # as many as were sent


# Rows → the field that is said twice.
ONCE = {("fault", "screen_texts"): "text", ("fault", "aliases"): "text", ("fault", "links"): "other", ("returncode", "who_acts"): "actor"}


@pytest.mark.parametrize("is_stored", [True, False])
@pytest.mark.parametrize(("model", "prefix"), ONCE)
def test_of_two_rows_that_say_the_same_the_later_one_names_the_earlier(editor, model, prefix, is_stored):
    item = Fault.objects.get(number=40) if model == "fault" else ReturnCode.objects.get(scheme="cup", code="97")
    name, data = ONCE[model, prefix], opened(editor, item, model)
    first = data[f"{prefix}-0-{name}"]
    if not is_stored:  # both rows are new, and blanks around a text make no difference
        first = {"text": "盖子打不开", "other": str(Fault.objects.get(number=49).pk), "actor": first}[name]
        data = add_row(data, prefix, name, first) if name != "actor" else data
    number = next(i for i in range(99) if data[f"{prefix}-{i}-{name}"] == first) + 1
    data = add_row(data, prefix, name, f" {first}" if name == "text" else first)
    response = editor.post(page("change", item.pk, model=model), data)
    (line,) = response.context["mistakes"]
    assert f"和第{number}行重复：" in line.sentence
    assert line.target == f"id_{prefix}-{int(data[f'{prefix}-TOTAL_FORMS']) - 1}-{name}"
    if name == "text":
        assert line.sentence.endswith(first)


def test_a_row_that_is_taken_out_repeats_nothing(editor, fault):
    data = add_row(add_row(opened(editor, fault), "aliases", "text", "盖子打不开"), "aliases", "text", "盖子打不开")
    data |= {f"aliases-{int(data['aliases-TOTAL_FORMS']) - 2}-DELETE": "on", "title": ""}
    (line,) = editor.post(page("change", fault.pk), data).context["mistakes"]
    assert line.target == "id_title"


def test_what_only_a_row_inside_a_row_lacks_is_said_too(editor, fault):
    data = opened(editor, fault) | {"causes-1-fixes-0-steps": ""}
    assert list(readiness(editor, fault, data).values()) == ["id_causes-1-fixes-0-steps"]


# What is typed → where → what the line says of it.
CROSSED = {
    "清流水后再结算。": ("causes-1-fixes-0-steps", "教人清流水或恢复出厂（“清流水”）"),
    "您好，请再刷一次。": ("reply", "叫人再刷，不说先查清（“再刷”）"),
    "打4008001234": ("symptom", "有电话号码或长数字：4008001234"),
    "汉字 A 之间": ("causes-0-check_text", "汉字和字母数字之间不要空格"),
}


def test_lines_name_what_crosses_a_red_line_and_lead_to_it(editor, fault):
    found = readiness(editor, fault, opened(editor, fault) | {name: text for text, (name, _) in CROSSED.items()})
    wrong = [name for name, said in CROSSED.values() if not any(target == f"id_{name}" and said in line for line, target in found.items())]
    assert not wrong, found


def test_a_missing_warning_names_the_code_and_the_words_while_typed_and_as_it_waits(editor):
    fault = Fault.objects.get(number=40)
    data = opened(editor, fault) | {"warning": "", "screen_texts-0-text": "交易超时，请冲正"}
    typed = readiness(editor, fault, data)
    editor.post(page("change", fault.pk), data)
    for found in (typed, links(editor.get(page("change", fault.pk)))):
        line = next(line for line, target in found.items() if target == "id_warning")
        assert "银联的码68" in line and "“冲正”" in line and "“交易超时”" in line


def test_a_new_causes_problem_leads_to_its_row_wherever_it_stands(editor, fault):
    data = opened(editor, fault)
    count = int(data["causes-TOTAL_FORMS"])
    data |= {
        f"causes-{count}-{name}": value
        for name, value in {"title": "新", "check_text": "吗？", "likelihood": "rare", "position": "0"}.items()
    }
    data |= {"causes-TOTAL_FORMS": str(count + 1), f"causes-{count}-fixes-TOTAL_FORMS": "0", f"causes-{count}-fixes-INITIAL_FORMS": "0"}
    assert readiness(editor, fault, data)["原因“新”没有处理方法"] == f"causes-{count}-fixes-data"


def test_a_codes_red_lines_name_it(editor):
    row = ReturnCode.objects.get(scheme="cup", code="68")
    found = readiness(editor, row, opened(editor, row, "returncode") | {"warning": "", "say": "请再试一次。"}, "returncode")
    assert found["结果不明的码，没有写红线提醒：银联的码68"] == "id_warning"


def test_what_crosses_a_red_line_is_saved_and_not_submitted(editor, fault):
    data = opened(editor, fault) | {"reply": "您好，请再刷一次。", "_submit": ""}
    shown = editor.post(page("change", fault.pk), data, follow=True).content.decode()
    assert "碰了红线，没有提交" in shown and "再刷" in shown
    revision = Revision.objects.of(fault).get()
    assert (revision.state, revision.row["reply"]) == (Status.DRAFT, "您好，请再刷一次。")
    editor.post(page("step", fault.pk, "submit"))
    assert Revision.objects.of(fault).get().state == Status.DRAFT


def test_causes_stand_folded_with_their_names_and_new_ones_open(editor, fault):
    shown = editor.get(page("change", fault.pk)).content.decode()
    assert (
        shown.count('data-fields="title,likelihood" open') == 1
        and shown.count('data-fields="title,likelihood"') == 1 + fault.causes.count()
    )
    assert f"<summary><strong>{fault.causes.first()}</strong>" in shown
    assert '<a href="#causes-group">原因 <span' in shown


def test_something_new_begins_with_an_empty_row_that_is_nothing_until_written(editor):
    data = filled_in(editor.get(page("add"))) | {"title": "全新的", "category": "1", "environments": ["1"]}
    moved = {f"{name}-0-position": "3" for name in ("screen_texts", "aliases", "causes")} | {"causes-0-fixes-0-position": "1"}
    assert data.keys() >= moved.keys()
    assert editor.post(page("add"), data | moved).status_code == 302
    made = Fault.everything.get(title="全新的")
    assert not (made.causes.exists() or made.aliases.exists() or made.screen_texts.exists())


def test_a_copy_comes_back_as_it_was_typed_and_is_not_saved(editor, fault):
    data = opened(editor, fault)
    data |= {"title": "断电前的标题", "causes-0-check_text": "断电前的问题？", "browser_copy": "abc", "_recovered": "yes"}
    changes = Change.objects.count()
    response = editor.post(page("change", fault.pk), data)
    again = filled_in(response)
    assert (again["title"], again["causes-0-check_text"], again["browser_copy"]) == ("断电前的标题", "断电前的问题？", "abc")
    assert "上次没保存的内容" in response.content.decode() and Change.objects.count() == changes
    assert editor.post(page("change", fault.pk), again).status_code == 302
    assert Revision.objects.of(fault).get().row["title"] == "断电前的标题"


def test_what_fifty_causes_send_is_taken(editor, draft):
    """Some 2,000 fields; what they are makes no difference to the limit, and their form takes seconds to write out."""
    draft.environments.set([1])
    data = opened(editor, draft) | {"symptom": "很长的一条。"} | {f"more-{number}": "x" for number in range(2_000)}
    assert editor.post(page("change", draft.pk), data).status_code == 302
    assert Fault.everything.get(pk=draft.pk).symptom == "很长的一条。"


def test_whoever_sends_more_than_that_is_told_so(editor, fault):
    assert f'data-most="{settings.DATA_UPLOAD_MAX_NUMBER_FIELDS}"' in editor.get(page("add")).content.decode()
    response = editor.post(
        page("change", fault.pk), {f"more-{number}": "x" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 10)}
    )
    shown = response.content.decode()
    assert response.status_code == 413 and "这份表单太大了" in shown and "后退" in shown and "网址看不懂" not in shown
