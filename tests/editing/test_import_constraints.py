"""What a plan accepts, the database accepts: values said twice, entries related to themselves, rows that refer to refused ones."""

import csv
from io import StringIO

import pytest
from django.apps import apps
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faults.editing import importing, publishing
from faults.editing.constraints import broken_checks
from faults.editing.display_names import display_names_for_tables
from faults.editing.exporting import rows_of_kind
from faults.editing.import_plan import Outcome
from faults.editing.import_planning import plan
from faults.editing.revisions import dry_run
from faults.editing.transfer.blocks import Blocks
from faults.editing.transfer.cells import Choices, Codes, Lines, Related
from faults.editing.transfer.columns import COLUMNS, naming_headers
from faults.editing.transfer.workbook import read
from faults.models import KINDS, Cause, Fault, Fix, Myth, RelatedFault, Revision, ScreenText
from faults.models.parts import Part
from tests.budget import either

pytestmark = pytest.mark.django_db
LISTS = (Lines, Choices, Codes, Related, Blocks)
REPEATING = [(kind, column) for kind in COLUMNS for column in COLUMNS[kind] if isinstance(column.cell, LISTS)]
# Where the order says something and the database takes each value once; elsewhere one is meant, or two are.
REFUSED = {("fault", "screen_texts"), ("fault", "aliases"), ("fault", "related"), ("code", "screen_texts"), ("code", "actors")}
BOTH = {"causes", "fixes", "myths", "steps"}


def sheets(*rows):
    text = StringIO(newline="")
    csv.writer(text).writerows(rows)
    return read("t.csv", text.getvalue().encode())


def named(kind, row, names):
    """The headers and the cells that name the row's item."""
    columns = [column for column in COLUMNS[kind] if column.header in naming_headers(kind)]
    return [column.header for column in columns], [column.write(row, names) for column in columns]


def with_cell(kind, row, column, text):
    headers, cells = named(kind, row, display_names_for_tables())
    return sheets([*headers, column.header], [*cells, text])


def test_each_value_twice_in_each_list():
    names, wrong = display_names_for_tables(), []
    for kind, column in REPEATING:
        row = next(row for row in rows_of_kind(kind) if row[column.key])
        text = column.write(row, names)
        step = plan(with_cell(kind, row, column, f"{text}\n\n{text}")).steps[0]
        wanted = Outcome.REFUSED if (kind, column.key) in REFUSED else Outcome.CHANGED if column.key in BOTH else Outcome.SAME
        said = ("2次", f"“{column.header}”", text.splitlines()[0].partition("：")[0]) if wanted == Outcome.REFUSED else ()
        if step.outcome != wanted or not all(words in step.reason for words in said):
            wrong.append((kind, column.header, step.outcome, step.reason))
    assert not wrong


def test_an_entry_is_not_related_to_itself_nor_said_apart_at_length():
    for cell, sentence in (("118", "条目不能和自己相关"), (f"119：{'长' * 121}", "怎么分清")):
        step = plan(sheets(["编号", "相关条目"], ["118", cell])).steps[0]
        assert step.outcome == Outcome.REFUSED and sentence in step.reason, cell


def test_a_new_entry_is_not_related_to_itself_either():
    step = plan(sheets(["编号", "标题", "类别", "相关条目"], ["901", "甲", "通讯", "901"])).steps[0]
    assert step.outcome == Outcome.REFUSED and "条目不能和自己相关" in step.reason


def test_a_row_that_refers_to_a_refused_one_is_refused_with_it():
    """Applying would have stopped at it, and done nothing of the rest."""
    table = [["901", "甲", "通讯", "902"], ["902", "乙", "通讯", "903"], ["903", "", "通讯", ""], ["904", "丁", "通讯", "118"]]
    made = plan(sheets(["编号", "标题", "类别", "相关条目"], *table))
    assert [(step.line, step.outcome) for step in made.steps] == [(2, "refused"), (3, "refused"), (4, "refused"), (5, "new")]
    assert "902" in made.steps[0].reason and "903" in made.steps[1].reason


def test_every_check_of_every_model_is_understood():
    for model in [*KINDS.values(), *(model for model in apps.get_models() if issubclass(model, Part))]:
        broken_checks(model())


BROKEN = [
    (Fault(number=1, title="甲"), 0),
    (Fault(number=0, title="甲"), 1),
    (Fault(number=1, title="甲", kind="rumour"), 1),
    (Fault(number=0, title="", kind="rumour"), 3),
    (ScreenText(text="甲"), 1),
    (ScreenText(text="甲", fault=Fault(number=1)), 0),
    (Fix(fault=Fault(number=1), cause=Cause(), steps="甲"), 1),
    (Cause(fault=Fault(number=1), title="甲", check_text=""), 1),
    (RelatedFault(fault=Fault(number=1), other=Fault(number=1)), 1),
    (RelatedFault(fault=Fault(number=1), other=Fault(number=2)), 0),
    (Myth(fault=Fault(number=1)), 0),
]


def test_checks_are_those_of_the_database():
    assert [len(broken_checks(row)) for row, _ in BROKEN] == [count for _, count in BROKEN]


@pytest.fixture(scope="module")
def values(django_db_setup, django_db_blocker):
    """For each repeating column, a row of its kind and the values of some of these."""
    with django_db_blocker.unblock():
        names = display_names_for_tables()
        rows = {kind: list(rows_of_kind(kind)) for kind in COLUMNS}
        found = {}
        for kind, column in REPEATING:
            texts = [column.cell.write([value], names) for row in rows[kind] for value in row[column.key]]
            found[kind, column.header] = (next(row for row in rows[kind] if row[column.key]), sorted(set(texts))[:40:10])
        return found


@settings(max_examples=either(6, 150), suppress_health_check=list(HealthCheck))
@given(st.sampled_from(REPEATING), st.lists(st.integers(0, 3), min_size=1, max_size=4))
def test_what_is_accepted_can_be_published_and_opened(admin_client, values, repeating, places):
    kind, column = repeating
    row, texts = values[kind, column.header]
    separator = "\n\n" if isinstance(column.cell, Blocks) else "\n"
    table = with_cell(kind, row, column, separator.join(texts[place % len(texts)] for place in places))
    with dry_run():
        made = plan(table)
        (step,) = made.steps
        if step.outcome == Outcome.REFUSED:
            assert step.reason.endswith("。")
            return
        list(importing.apply(table, made.fingerprint, None, "t.csv"))
        _open(admin_client, step)
        if Revision.objects.of(step.item).exists():
            publishing.publish(step.item, None)
            _open(admin_client, step)


def _open(client, step):
    """The form, the review and the preview, whichever there are."""
    name = f"admin:faults_{step.item._meta.model_name}"
    pages = ["change", "review"] if Revision.objects.of(step.item).exists() else ["change"]
    pages += ["preview"] if step.kind in ("fault", "code") else []
    for page in pages:
        answer = client.get(reverse(f"{name}_{page}", args=[step.item.pk]))
        assert answer.status_code == 200, (page, answer.status_code)
