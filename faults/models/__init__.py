"""Rows, and the questions asked of them."""

from faults.models.choices import Audience, Confidence, Generation, Kind, Likelihood, RedLine, Status, Verdict
from faults.models.code_tables import CodeTable, ResponseClass, Retry, TableKind
from faults.models.codes import CodeActor, ReturnCode
from faults.models.content import Fault
from faults.models.desk import DeskOperator, DeskRules, SecondFactorPolicy
from faults.models.entry_parts import Alias, Cause, Fix, Myth, RelatedFault, ScreenText
from faults.models.history import NO_WORDS, WRITING, Action, Change, LoadedItem
from faults.models.incidents import Incident
from faults.models.judgments import DealtWith, Judgment
from faults.models.kinds import KINDS, WITH_HISTORY, kind_of
from faults.models.lists import Actor, Category, Environment, Source
from faults.models.notes import Note
from faults.models.publication import Publication
from faults.models.questions import Answer, Evidence, Question
from faults.models.revisions import Revision
from faults.models.saved_views import SavedView
from faults.models.scheduled_steps import GateStep, ScheduledStep
from faults.models.search_documents import SearchDocument, SearchToken, SearchWord
from faults.models.terms import Term
from faults.models.uploads import Upload
from faults.models.usage import CauseStanding, Outcome, Search, SearchDay, Standing, Upkeep, UseDay
from faults.models.variables import Variable, VariableValue
from faults.models.votes import Flag, Reason, Solved, Vote
from faults.models.word_lists import Elsewhere, SynonymGroup, Wording
from posdesk.page_cache.models import ContentVersion
from posdesk.security.models import Audited, AuditEvent

__all__ = [
    "Action",
    "Actor",
    "Alias",
    "Answer",
    "Audience",
    "Audited",
    "Category",
    "Cause",
    "CauseStanding",
    "Change",
    "CodeActor",
    "CodeTable",
    "Confidence",
    "ContentVersion",
    "DealtWith",
    "AuditEvent",
    "DeskOperator",
    "DeskRules",
    "Elsewhere",
    "Environment",
    "Evidence",
    "Fault",
    "Fix",
    "Flag",
    "GateStep",
    "Generation",
    "Incident",
    "Judgment",
    "KINDS",
    "Kind",
    "Likelihood",
    "LoadedItem",
    "Myth",
    "NO_WORDS",
    "Note",
    "Outcome",
    "Publication",
    "Question",
    "Reason",
    "RedLine",
    "RelatedFault",
    "ResponseClass",
    "Retry",
    "ReturnCode",
    "Revision",
    "SavedView",
    "ScheduledStep",
    "ScreenText",
    "Search",
    "SearchDay",
    "SearchDocument",
    "SearchToken",
    "SearchWord",
    "Solved",
    "Source",
    "Standing",
    "Status",
    "SynonymGroup",
    "TableKind",
    "Term",
    "Upkeep",
    "Upload",
    "UseDay",
    "Variable",
    "VariableValue",
    "Verdict",
    "Vote",
    "WITH_HISTORY",
    "WRITING",
    "SecondFactorPolicy",
    "kind_of",
    "Wording",
]
