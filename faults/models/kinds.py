"""The kinds of knowledge: what is written, reviewed and published as one thing, under the names the files use."""

from faults.models.codes import ReturnCode
from faults.models.content import Fault
from faults.models.publication import Publication
from faults.models.terms import Term
from faults.models.words import Elsewhere, SynonymGroup

KINDS: dict[str, type[Publication]] = {"fault": Fault, "code": ReturnCode, "term": Term, "synonym": SynonymGroup, "elsewhere": Elsewhere}


def kind_of(item: Publication) -> str:
    """The name of the item's kind."""
    return next(kind for kind, model in KINDS.items() if isinstance(item, model))
