"""Rows, and the questions asked of them."""

from faults.models.choices import Confidence, Generation, Kind, Likelihood, ResponseClass, Retry, Scheme, Status, Verdict
from faults.models.codes import CodeActor, ReturnCode
from faults.models.content import Alias, Cause, Fault, Fix, Myth, RelatedFault, ScreenText
from faults.models.content_version import ContentVersion
from faults.models.documents import SearchDocument, SearchToken, SearchWord
from faults.models.elsewhere import Elsewhere
from faults.models.lists import Actor, Category, Environment, Source
from faults.models.loaded import LoadedItem
from faults.models.terms import SynonymGroup, Term

__all__ = [
    "Actor",
    "Alias",
    "Category",
    "Cause",
    "CodeActor",
    "Confidence",
    "ContentVersion",
    "Elsewhere",
    "Environment",
    "Fault",
    "Fix",
    "Generation",
    "Kind",
    "Likelihood",
    "LoadedItem",
    "Myth",
    "RelatedFault",
    "ResponseClass",
    "Retry",
    "ReturnCode",
    "Scheme",
    "ScreenText",
    "SearchDocument",
    "SearchToken",
    "SearchWord",
    "Source",
    "Status",
    "SynonymGroup",
    "Term",
    "Verdict",
]
