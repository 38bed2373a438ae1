"""The columns of each sheet, held against the shapes of rows and the names in the forms."""

import pytest

from faults.editing.knowledge_files import SHAPES
from faults.editing.transfer.columns import COLUMNS, TITLES, headers_of, naming_headers
from faults.editing.transfer.errors import CellError
from faults.models import Elsewhere, Fault, Note, ReturnCode, SynonymGroup, Term, Wording
from tests.editing.transfer.examples import FAULT, NAMES

MODELS = {"fault": Fault, "code": ReturnCode, "term": Term, "synonym": SynonymGroup, "wording": Wording, "elsewhere": Elsewhere}
MODELS["note"] = Note
FIELDS = {"class": "response_class", "check": "check_text", "reviewed": "reviewed_on"}
PARTS = {"screen_texts", "aliases", "causes", "fixes", "myths"}  # rows of their own


@pytest.mark.parametrize("kind", TITLES)
def test_every_key_has_one_column(kind):
    assert sorted(column.key for column in COLUMNS[kind]) == sorted(SHAPES[kind])


@pytest.mark.parametrize("kind", TITLES)
def test_headers_are_the_names_in_the_forms(kind):
    fields = {field.name: str(field.verbose_name) for field in MODELS[kind]._meta.get_fields() if not field.auto_created}
    own = [column for column in COLUMNS[kind] if column.key not in PARTS]
    assert {column.key: column.header for column in own} == {column.key: fields[FIELDS.get(column.key, column.key)] for column in own}


@pytest.mark.parametrize("kind", TITLES)
def test_headers_are_there_once_and_explained(kind):
    assert len(set(headers_of(kind))) == len(COLUMNS[kind])
    assert all(column.help.endswith("。") for column in COLUMNS[kind])


def test_no_two_kinds_are_named_by_the_same_columns():
    assert len({tuple(naming_headers(kind)) for kind in COLUMNS}) == len(COLUMNS)


def test_a_wrong_cell_is_refused_by_its_header():
    column = next(column for column in COLUMNS["fault"] if column.key == "category")
    with pytest.raises(CellError) as refused:
        column.read("通信", NAMES)
    assert str(refused.value) == "“类别”：不认识“通信”，可以写：通讯、打印。" and refused.value.header == "类别"


def test_columns_write_and_read_the_values_of_a_row():
    for column in COLUMNS["fault"]:
        assert column.read(f" {column.write(FAULT, NAMES)}\n", NAMES) == FAULT[column.key]
