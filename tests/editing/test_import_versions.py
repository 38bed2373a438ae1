"""Tables that know what they were exported from: what a colleague changed since is not put back."""

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from faults.editing import importing, publishing
from faults.editing.describe import snapshot
from faults.editing.edits import current_row, save_edit
from faults.editing.exporting import as_csv, as_xlsx
from faults.editing.import_plan import ALL, Outcome
from faults.editing.import_planning import plan
from faults.editing.transfer.columns import VERSION
from faults.editing.transfer.workbook import TITLES, read
from faults.models import Action, Alias, Category, Fault, Note, ReturnCode, Revision, SynonymGroup, Term
from tests.editing.transfer.examples import saved

pytestmark = pytest.mark.django_db


def entry(number=118):
    return Fault.everything.get(number=number)


def says(number=118):
    return current_row(entry(number))


def colleague(number=118, **words):
    """A colleague's words for an entry, which wait for review."""
    save_edit("fault", snapshot(entry(number)) | words, None, Action.CHANGED, "", entry(number))


@pytest.fixture(scope="module")
def exported(django_db_setup, django_db_blocker):
    """All entries, taken out before a test changes any."""
    with django_db_blocker.unblock():
        return as_csv("fault")


class Table:
    """An export as CSV, in which cells are changed, columns and rows taken away and sorted."""

    def __init__(self, data: bytes):
        self.rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))

    def write(self, number, **cells):
        next(row for row in self.rows if row["编号"] == str(number)).update(cells)
        return self

    def only(self, *numbers):
        self.rows = [row for row in self.rows if row["编号"] in map(str, numbers)]
        return self

    def without(self, *headers):
        self.rows = [{header: text for header, text in row.items() if header not in headers} for row in self.rows]
        return self

    def sheets(self):
        text = StringIO(newline="")
        writer = csv.DictWriter(text, self.rows[0])
        writer.writeheader()
        writer.writerows(self.rows)
        return read("t.csv", text.getvalue().encode())

    def outcomes(self):
        made = plan(self.sheets())
        return {step.row["number"]: step.outcome for step in made.steps if step.outcome != Outcome.SAME}

    def apply(self, overwrite=()):
        sheets = self.sheets()
        return list(importing.apply(sheets, plan(sheets).fingerprint, None, "t.csv", overwrite=overwrite))


def test_what_a_colleague_changed_and_the_table_did_not_stays(exported):
    table = Table(exported).write(119, 标题="表里改的")
    colleague(118, title="同事改的")
    Fault.everything.filter(number=40).update(symptom="直接改的")
    Alias.objects.filter(fault=entry(88)).first().delete()
    assert table.outcomes() == {118: "outdated", 119: "changed", 40: "outdated", 88: "outdated"}
    table.apply([ALL])
    assert says(118)["title"] == "同事改的" and says(119)["title"] == "表里改的" and entry(40).symptom == "直接改的"


@pytest.mark.postgresql
def test_what_both_changed_is_left_unless_chosen_and_then_cell_by_cell(exported):
    table = Table(exported).write(118, 标题="表里改的").write(119, 标题="表里改的")
    for number in (118, 119):
        colleague(number, title="同事改的", symptom="同事的现象")
    made = plan(table.sheets())
    assert [step.key for step in made.asked] == ["fault:118", "fault:119"] and not made.due
    assert [(one.before, one.after) for one in made.differences(made.asked[0])] == [("同事改的", "表里改的")]
    assert table.apply() == [] and says(118)["title"] == says(119)["title"] == "同事改的"
    assert table.apply(["fault:119"]) == [(1, 1)] and says(118)["title"] == "同事改的"
    assert (says(119)["title"], says(119)["symptom"]) == ("表里改的", "同事的现象")


def test_a_conflict_is_over_when_both_wrote_the_same(exported):
    table = Table(exported).write(118, 标题="一样的话")
    colleague(118, title="一样的话")
    assert table.outcomes() == {}


def test_every_conflict_can_be_chosen_at_once(exported):
    table = Table(exported).write(118, 标题="表里改的").write(119, 标题="表里改的")
    colleague(118, symptom="同事的现象")
    colleague(119, symptom="同事的现象")
    table.apply([ALL])
    assert {says(number)["title"] for number in (118, 119)} == {"表里改的"} and {says(number)["symptom"] for number in (118, 119)} == {
        "同事的现象"
    }


def test_columns_and_rows_that_are_taken_away_and_rows_that_are_sorted_change_nothing(exported):
    table = Table(exported).without("现象", "原因和处理", "状态").only(118, 119, 40).write(119, 标题="表里改的")
    table.rows.reverse()
    colleague(118, symptom="同事改了表里没有的列")
    colleague(119, symptom="同事改了表里没有的列")
    assert table.outcomes() == {118: "outdated", 119: "conflict"}


def test_a_table_without_versions_is_told_by_history_to_bring_old_words_back(exported):
    table = Table(exported).without(VERSION).only(118, 119)
    colleague(118, title="同事改的")
    made = plan(table.sheets())
    assert table.outcomes() == {118: "earlier"} and made.unversioned == 0
    assert plan(Table(exported).without(VERSION).write(119, 标题="改了").sheets()).unversioned == 1
    assert plan(Table(exported).write(118, 标题="改了").sheets()).unversioned == 0


def test_a_state_that_changed_since_is_no_reason_to_refuse(exported):
    table = Table(exported).write(118, 标题="表里改的")
    publishing.archive(entry(118), None)
    publishing.archive(entry(119), None)
    assert table.outcomes() == {118: "changed"}
    assert "后台" in plan(table.write(118, 状态="草稿").sheets()).of(Outcome.REFUSED)[0].reason


def test_words_that_waited_when_they_were_exported_are_the_same_words_once_published():
    colleague(118, title="等着复核的")
    table = Table(as_csv("fault")).write(119, 标题="表里改的")
    assert table.outcomes() == {119: "changed"}
    publishing.publish(entry(118), None)
    assert table.outcomes() == {119: "changed"}
    colleague(118, title="又改了")
    assert table.outcomes() == {118: "outdated", 119: "changed"}
    publishing.discard(entry(118), None)
    assert table.outcomes() == {119: "changed"}


def test_an_item_that_is_being_renamed_is_the_same_item():
    """It was a second, new one: the table calls it by the name that waits."""
    term = Term.objects.first()
    save_edit("term", snapshot(term) | {"name": "新名字"}, None, Action.CHANGED, "", term)
    made = plan(read("t.csv", as_csv("term")))
    assert {step.outcome for step in made.steps} == {Outcome.SAME}


def test_what_was_deleted_since_comes_back_only_if_it_is_chosen(exported):
    table = Table(exported).only(88, 118)
    publishing.archive(entry(118), None)
    publishing.delete(entry(118), None)
    table.rows.append(table.rows[0] | {"编号": "", "标题": "抄来的"})
    assert [(step.outcome, step.has_version) for step in plan(table.sheets()).steps] == [("same", True), ("gone", True), ("new", False)]
    table.rows.pop()
    assert table.apply() == [] and not Fault.everything.filter(number=118)
    assert table.apply(["fault:118"]) == [(1, 1)] and entry(118).status == "draft"


def test_what_has_another_name_since_does_not_come_back_under_its_old_one():
    term = Term.objects.first()
    data = as_csv("term")
    publishing.publish(save_edit("term", snapshot(term) | {"name": "新名字"}, None, Action.CHANGED, "", term), None)
    (step,) = plan(read("t.csv", data)).asked
    assert (step.outcome, step.name) == ("gone", term.name)


@pytest.mark.parametrize(("words", "outcome"), [("第一次写的", "earlier"), ("从没说过的", "changed")])
def test_old_words_come_back_only_if_they_are_chosen(words, outcome):
    """Whether they were published or only waited, and whatever else the row says."""
    for symptom in ("第一次写的", "现在的"):
        colleague(symptom=symptom, reply=f"{symptom}话")
    made = plan(read("t.csv", f"编号,现象,发给商户\n118,{words},新的话\n".encode()))
    assert [step.outcome for step in made.steps] == [outcome] and bool(made.due) == (outcome == "changed")
    assert [step.key for step in made.due_with(["earlier"])] == ["fault:118"]


def test_looking_back_takes_as_many_queries_for_ten_rows_as_for_a_hundred(exported, django_assert_max_num_queries):
    def queries(count):
        table = Table(exported).without(VERSION)
        table.rows = [row | {"现象": "表里写的现象。"} for row in table.rows[:count]]
        sheets = table.sheets()
        with django_assert_max_num_queries(60) as seen:
            assert plan(sheets).count(Outcome.CHANGED) == count
        return len(seen)

    assert queries(10) == queries(100)


def test_a_list_that_was_renamed_since_changes_no_row(exported):
    table = Table(exported)
    Category.objects.filter(slug=says()["category"]).update(name="换了名字")
    assert table.outcomes() == {}


def test_sorting_a_part_of_the_columns_is_noticed(exported):
    table = Table(exported).only(118, 119)
    first, second = table.rows
    first["编号"], second["编号"] = second["编号"], first["编号"]
    made = plan(table.sheets())
    assert made.count(Outcome.REFUSED) == 2 and "只排了一部分列" in made.steps[0].reason


@pytest.mark.parametrize("form", ["xlsx", *TITLES])
def test_an_untouched_export_changes_nothing_whatever_is_stored(form):
    """Texts that no cell can hold as they are: other line ends, blanks at the ends, breaks within a line, words twice."""
    Fault.everything.filter(number__in=[118, 119]).update(symptom=" 一\r\n二\r ", reply="\x0b三 ", escalation="'=1\r\n")
    Alias.objects.filter(pk=entry(118).aliases.first().pk).update(text="'+1 ")
    ReturnCode.everything.filter(code="05").update(detail="四\r\n五", steps="一\r\n\r\n二", aliases="六\n六\n\u2028七")
    Term.everything.filter(pk=Term.everything.first().pk).update(definition="\n八\r\n", aliases="九\r\n九")
    SynonymGroup.everything.filter(pk=SynonymGroup.everything.first().pk).update(words="十\r\n十\r\n十一")
    Note.everything.create(about="fault:40", cause=" 十二", step="'=1 ", text="\r\n十三\r十四 ")
    data = as_xlsx() if form == "xlsx" else as_csv(form)
    made = plan(read("k", data))
    assert {step.outcome for step in made.steps} == {Outcome.SAME}
    assert not list(importing.apply(read("k", data), made.fingerprint, None, "")) and not Revision.objects.exists()


def test_a_workbook_that_was_opened_sorted_and_saved_keeps_its_versions():
    book = load_workbook(BytesIO(as_xlsx(["fault"])))
    sheet = book["条目"]
    rows = sorted(([cell.value for cell in row] for row in sheet.iter_rows(min_row=2)), key=lambda row: row[2])[::2]
    sheet.delete_rows(2, sheet.max_row)
    for row in rows:
        sheet.append(row)
    colleague(int(rows[3][0]), title="同事改的")
    made = plan(read("t.xlsx", saved(book)))
    assert {step.outcome for step in made.steps} == {"same", "outdated"} and [step.line for step in made.of("outdated")] == [5]


def test_a_plan_holds_while_colleagues_work_on_what_it_leaves_alone(exported):
    """Not while one works on what it would write."""
    sheets = Table(exported).write(118, 现象="表里写的现象。").only(118, 40, 88).sheets()
    seen = plan(sheets).fingerprint
    colleague(40, symptom="同事写的现象。")
    assert len(list(importing.apply(sheets, seen, None, "t.csv"))) == 1
    assert says()["symptom"] == "表里写的现象。" and says(40)["symptom"] == "同事写的现象。"
    again = Table(exported).write(88, 现象="表里写的现象。").only(88).sheets()
    seen = plan(again).fingerprint
    colleague(88, symptom="同事写的现象。")
    with pytest.raises(importing.PlanChanged):
        list(importing.apply(again, seen, None, "t.csv"))
