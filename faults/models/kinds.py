"""The kinds of knowledge: what is written, reviewed and published as one thing, under the names the files use."""

from django.db.models import Model

from faults.models.code_tables import CodeTable, ResponseClass, Retry
from faults.models.codes import ReturnCode
from faults.models.content import Fault
from faults.models.incidents import Incident
from faults.models.lists import Actor, Category, Environment, Source
from faults.models.notes import Note
from faults.models.publication import Publication
from faults.models.questions import Question
from faults.models.terms import Term
from faults.models.variables import Variable
from faults.models.word_lists import Elsewhere, SynonymGroup, Wording

KINDS: dict[str, type[Publication]] = {
    "fault": Fault,
    "code": ReturnCode,
    "term": Term,
    "synonym": SynonymGroup,
    "wording": Wording,
    "elsewhere": Elsewhere,
    "note": Note,
}
# The short lists that knowledge is sorted by: in force as soon as they are saved, but not without history.
LISTS: dict[str, type[Model]] = {
    "category": Category,
    "environment": Environment,
    "actor": Actor,
    "source": Source,
    "code_table": CodeTable,
    "retry": Retry,
    "response_class": ResponseClass,
    "variable": Variable,
    "question": Question,
}
WITH_HISTORY = KINDS | LISTS | {"incident": Incident}


def kind_of(item: Model) -> str:
    """The name of the item's kind."""
    return next(kind for kind, model in WITH_HISTORY.items() if isinstance(item, model))
