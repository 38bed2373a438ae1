"""What judgments mean. They name the pages that should be found by references to sources, because entries may be renumbered."""

from setup_django import ROOT  # models need settings

# isort: split
from django.contrib.auth.models import AnonymousUser

from faults.models import Fault, ReturnCode, Term
from faults.search import evaluate

ANSWERABLE, UNANSWERABLE = ROOT / "tests/data/judgments.jsonl", ROOT / "tests/data/unanswerable.jsonl"


class Gold:
    """The judged queries, and which pages are right for each."""

    def __init__(self):
        self.references = evaluate.references()
        self.judgments = evaluate.read([ANSWERABLE, UNANSWERABLE])
        self.items = {evaluate._page(item): item for model in (Term, ReturnCode, Fault) for item in model.objects.all()}

    def is_right(self, judgment: dict, item) -> bool:
        """Whether the page answers the judgment."""
        return bool(self.references.get(evaluate._page(item), set()) & set(judgment["gold"]))

    def best(self, judgment: dict) -> Fault | ReturnCode | Term:
        """The page that should stand first: of those with the reference named first the one with the most others; entries before codes."""
        wanted = set(judgment["gold"])
        for reference in judgment["gold"]:
            if pages := [page for page, has in self.references.items() if reference in has]:
                best = max(pages, key=lambda page: (len(self.references[page] & wanted), page[0] is Fault))
                return self.items[best]
        raise LookupError(judgment["id"])

    def judged(self, judgment: dict) -> evaluate.Judged:
        """The judgment, searched for as a reader would."""
        return evaluate._judge_one(judgment, self.references, AnonymousUser(), frozenset())
