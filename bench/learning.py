"""Whether what readers search in vain makes search better: synonyms that an editor takes from the desk's lists, beside search as it was.

From the knowledge half of the synonym groups and the callers' words of a third of the entries are taken away, at random. Made-up readers
then ask the judged queries through the site's own pages, some queries often and most seldom, open what is right if it stands among the
first three, and otherwise ask again or give up. An editor goes through the desk's lists of failed searches, knows what each judged query
should have found, and puts the caller's words and that page's own into a synonym group, through the gate: once with the words as they
were typed, which is what the desk's form brings, once without what is said around the matter. Everything is measured before and after on
the queries that the editor acted on, on all others, and on queries that nothing here answers; and then thrown away again.
"""

import setup_django  # noqa: F401 (models need settings)

# isort: split
import re
from collections import Counter
from collections.abc import Callable
from random import Random

from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from gold import Gold
from own_database import measured

from faults.editing.edits import save_edit
from faults.editing.publishing import publish
from faults.models import Action, Alias, Fault, ReturnCode, SynonymGroup, Term
from faults.search import index
from faults.search.documents import _quoted
from faults.search.evaluate import Judged
from faults.search.query import parse
from faults.text.fold import fold
from faults.usage.recorder import recorder
from faults.usage.reports import PERIOD, REPORTS, first_day
from posdesk.masking import mask_digits

SEEDS = (1, 2, 3)
GROUPS_LOST, ALIASES_LOST = 1 / 2, 1 / 3
SEARCHES = 1_500
ASKS_AGAIN = 0.6  # of those who didn't find it; the others give up
READ = 3  # results
LISTS = ("nothing", "near", "unopened", "repeated")
TYPED, BARE = "as typed", "without what is said around it"
WORDS: dict[str, Callable[[str], str]] = {TYPED: str, BARE: lambda text: parse(text).subject}

_LINK = re.compile(r'<h[12][^>]*><a href="([^"?]+)')


def forget_words(drawn: Random) -> None:
    """Takes away a share of what search knows of callers' words."""
    groups, entries = list(SynonymGroup.objects.order_by("pk")), list(Fault.objects.order_by("pk"))
    lost = drawn.sample(entries, round(len(entries) * ALIASES_LOST))
    SynonymGroup.objects.filter(pk__in=[group.pk for group in drawn.sample(groups, round(len(groups) * GROUPS_LOST))]).delete()
    Alias.objects.filter(fault__in=lost).delete()
    index.refresh(lost)


class Readers:
    """Ask, each time from another address, and tell what the page's script tells."""

    def __init__(self, gold: Gold, drawn: Random):
        self.gold, self.drawn, self.client = gold, drawn, Client(SERVER_NAME="127.0.0.1")
        self.items = {item.get_absolute_url(): item for item in gold.items.values()}

    def ask(self, judgment: dict) -> None:
        """One search, and what becomes of it."""
        self.client.defaults["REMOTE_ADDR"] = f"10.0.{self.drawn.randrange(256)}.{self.drawn.randrange(256)}"
        page = self.client.get("/search/", {"q": judgment["query"]})
        if page.status_code == 200:  # a code alone leads to its page at once
            self.read(judgment, page.content.decode())

    def read(self, judgment: dict, page: str) -> None:
        """Opens what is right; asks again otherwise, or gives up. What is folded away as no answer isn't read."""
        mark, links = re.search(r'data-search="(\w+)"', page).group(1), _LINK.findall(page.partition("<details>")[0])[:READ]
        right = [rank for rank, link in enumerate(links, start=1) if self.is_right(judgment, link)]
        if right:
            self.client.post("/say/opened/", {"mark": mark, "page": links[right[0] - 1], "rank": right[0]})
        elif self.drawn.random() < ASKS_AGAIN:
            self.client.post("/say/repeated/", {"mark": mark})

    def is_right(self, judgment: dict, link: str) -> bool:
        """Whether the page behind the link answers."""
        return link in self.items and self.gold.is_right(judgment, self.items[link])


def search_much(gold: Gold, drawn: Random) -> None:
    """SEARCHES searches; the second query half as often as the first, the third a third as often."""
    readers, judgments = Readers(gold, drawn), drawn.sample(gold.judgments, len(gold.judgments))
    for judgment in drawn.choices(judgments, [1 / place for place in range(1, len(judgments) + 1)], k=SEARCHES):
        readers.ask(judgment)
    recorder.flush()


def failed(gold: Gold) -> dict[str, dict]:
    """What stands on the desk's lists, as it was typed, with the judgment that it is; without what nothing here answers."""
    rows = {row.folded: row.name for name in LISTS for row in REPORTS[name].rows(first_day(PERIOD))}
    known = {mask_digits(fold(judgment["query"])): judgment for judgment in gold.judgments if judgment["gold"]}
    return {typed: known[folded] for folded, typed in rows.items() if folded in known}


def own_words(item: Fault | ReturnCode | Term) -> str:
    """How the page says it: what its title quotes, or the title; a code's meaning; a term's name."""
    if isinstance(item, Fault):
        return next(iter(_quoted(item.title)), item.title)
    return item.meaning if isinstance(item, ReturnCode) else item.name


def learn(gold: Gold, acted: dict[str, dict], way: str, user) -> None:
    """Makes a synonym group of each failed search, as the desk does."""
    for number, (typed, judgment) in enumerate(acted.items()):
        words = [own_words(gold.best(judgment)), WORDS[way](typed)]
        item = save_edit("synonym", {"name": f"{number} {typed}"[:40], "words": words}, user, Action.CREATED)
        publish(item, user)


Figures = dict[str, Counter]


def figures(judged: list[Judged], acted: set[str]) -> Figures:
    """By group: how many queries there are, and how many have the right page first; of the unanswerable, how many have none."""
    found = {"acted on": Counter(), "all others": Counter(), "unanswerable": Counter()}
    for one in judged:
        group = "unanswerable" if not one.gold else "acted on" if one.id in acted else "all others"
        found[group].update(queries=1, right=one.rank == 1 if one.gold else not one.answered)
    return found


def after(gold: Gold, acted: dict[str, dict], way: str, user) -> list[Judged]:
    """The judgments after the editor has learned this way. It is forgotten again."""
    with transaction.atomic():
        learn(gold, acted, way, user)
        judged = [gold.judged(judgment) for judgment in gold.judgments]
        transaction.set_rollback(True)
    return judged


def simulate(seed: int, user) -> dict[str, Figures]:
    """The figures before, and after each way to learn. Nothing of it stays in the database."""
    gold, drawn = Gold(), Random(seed)  # noqa: S311 (the same in every run)
    with transaction.atomic():
        forget_words(drawn)
        search_much(gold, drawn)
        acted = failed(gold)
        judged = {"before": [gold.judged(judgment) for judgment in gold.judgments]}
        judged |= {way: after(gold, acted, way, user) for way in WORDS}
        transaction.set_rollback(True)
    return {when: figures(found, {judgment["id"] for judgment in acted.values()}) for when, found in judged.items()}


def share(found: Counter) -> str:
    """The share that is right."""
    return f"{found['right'] / found['queries']:.3f}" if found["queries"] else "-"


def report(name: str, found: dict[str, Figures]) -> None:
    """Prints a line for each group of queries."""
    for group, before in found["before"].items():
        print(f"| {name}: {group} | {before['queries']} | " + " | ".join(share(one[group]) for one in found.values()) + " |", flush=True)


def added(runs: list[dict[str, Figures]]) -> dict[str, Figures]:
    """All runs together."""
    return {when: {group: sum((run[when][group] for run in runs), Counter()) for group in runs[0][when]} for when in runs[0]}


def measure() -> bool:
    """Prints the table. Returns whether the queries that were acted on are found better, with the words as the desk's form brings them."""
    recorder.is_automatic = False
    user = get_user_model().objects.create_superuser("bench")
    print(f"| knowledge: queries | number | first before | {' | '.join(f'after, {way}' for way in WORDS)} |\n|---|---|---|---|---|")
    runs = []
    for seed in SEEDS:
        runs.append(simulate(seed, user))
        report(str(seed), runs[-1])
    together = added(runs)
    report("together", together)
    right = {when: found["acted on"]["right"] for when, found in together.items()}
    return right[TYPED] > right["before"]


if __name__ == "__main__":
    measured(__file__, measure)
