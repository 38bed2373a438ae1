"""Another text in place of one, in everything that is written: first a plan, place by place, then all of what was chosen or nothing.

The plan goes the way of an import's (import_plan): what is applied is what was shown. Whoever changed an item meanwhile keeps the last
word: nothing is done, and the plan is shown anew. Drafts are written, what is published gets a revision, as by the form.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from faults.checks.entries import crossed_in
from faults.editing import permissions, publishing
from faults.editing.bulk_reading import current_rows
from faults.editing.difference import Change, Difference
from faults.editing.edits import save_edit
from faults.editing.importing import PlanChanged
from faults.editing.occurrences import Place, pattern_of, places_in, where, with_places
from faults.editing.references import References
from faults.editing.revisions import revision_of
from faults.editing.row_fields import check
from faults.models import KINDS, Action, Publication, Revision, Status
from posdesk.masking import has_card_number
from posdesk.numbers import whole_number
from posdesk.stored_language import in_stored_language

MOST_PLACES = 1_000  # that can be looked through, chosen and sent at a time
IN_FORCE = {"warning", "dont_say"}  # texts that stand first where money or a card is at stake


class TooMany(Exception):
    """More places than anybody would look through. The sentence says what to do."""


@dataclass(frozen=True)
class Wanted:
    """What is asked for: the text, the other one, whether only whole words, and in which kinds."""

    find: str
    by: str
    whole_words: bool
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """One item with the text in it. `reason`: why it can't be replaced there; empty if it can. `revision`: the work in progress on it."""

    kind: str
    item: Publication
    row: dict
    places: list[Place]
    reason: str
    revision: Revision | None

    def key(self, place: Place) -> str:
        """What names the place in a form."""
        return f"{self.kind}:{self.item.pk}:{place.name}"

    @cached_property
    def shown(self) -> list[tuple[str, Difference, str]]:
        """Each place: its key, the change in words, and what to beware of."""
        return [
            (self.key(one), Difference(where(self.kind, one.path), Change.REWORDED, one.before, one.after), warning_of(one))
            for one in self.places
        ]

    def chosen(self, keys: Collection[str]) -> list[Place]:
        return [place for place in self.places if self.key(place) in keys]


@dataclass(frozen=True)
class ReplacePlan:
    """Every item with the text in it, in the order of the kinds."""

    found: list[Found]

    @property
    def possible(self) -> list[Found]:
        return [one for one in self.found if not one.reason]

    @property
    def refused(self) -> list[Found]:
        return [one for one in self.found if one.reason]

    @property
    def places(self) -> int:
        """How many texts would be changed."""
        return sum(len(one.places) for one in self.possible)

    @property
    def published(self) -> int:
        """How many items among these are what readers read."""
        return sum(one.item.status == Status.PUBLISHED for one in self.possible)

    @property
    def fingerprint(self) -> str:
        """Another word if any of these items says something else."""
        stamp = sha256()
        for one in self.found:
            stamp.update(repr((one.kind, one.item.pk, one.item.status, one.row)).encode(errors="surrogatepass"))
        return stamp.hexdigest()


@dataclass(frozen=True)
class Done:
    """What became of it: items written, and how many of them wait for a reviewer."""

    items: int
    places: int
    waiting: int


def plan(wanted: Wanted) -> ReplacePlan:
    """Looks through all items of the kinds, in a fixed number of queries for each 2,000. Changes nothing. Raises TooMany."""
    references, found, places = References(), [], 0
    for one in _all_found(wanted, references):
        found.append(one)
        places += len(one.places)
        if places > MOST_PLACES:
            said = _("找到的地方超过%(most)s处，看不过来。请把要找的话写得更具体，或者少选几类。")
            raise TooMany(said % {"most": MOST_PLACES})
    return ReplacePlan(found)


def _all_found(wanted: Wanted, references: References) -> Iterator[Found]:
    pattern = pattern_of(wanted.find, wanted.whole_words)
    works = {(one.kind, one.item_id): one for one in Revision.objects.filter(kind__in=wanted.kinds).select_related("author")}
    for kind in wanted.kinds:
        for item, row in current_rows(kind):
            if places := list(places_in(kind, row, pattern, wanted.by)):
                yield Found(kind, item, row, places, _reason(kind, row, places, references), works.get((kind, item.pk)))


def _reason(kind: str, row: dict, places: list[Place], references: References) -> str:
    """Why the models wouldn't take the row with all of it replaced; empty if they would."""
    if any(has_card_number(place.after) for place in places):
        return _("换了以后会有像卡号的一串数字。卡号不能存进知识库。")
    try:
        check(kind, with_places(row, places), references)
    except ValidationError as error:
        return "；".join(error.messages)
    except LookupError as error:
        return str(error.args[0])
    return ""


def warning_of(place: Place) -> str:
    """What whoever ticks the place should know; empty if nothing."""
    if crossed := crossed_in(place.after):
        return _("换了以后碰红线：%(found)s") % {"found": "；".join(map(str, crossed))}
    return _("这是红线提醒里的话") if place.path[0] in IN_FORCE else ""


@transaction.atomic
def apply(wanted: Wanted, keys: Collection[str], fingerprint: str, user, publish: bool = False) -> Done:
    """Replaces the chosen places, through the gate: all of them or none.

    With `publish` what was published and had no change waiting is published at once, if the user may.
    Raises PlanChanged, TooMany, PermissionDenied, Refused, ValidationError, LookupError.
    """
    permissions.require(user is None or user.has_perm("faults.import_knowledge"))
    _lock(keys)
    made = plan(wanted)
    if made.fingerprint != fingerprint:
        raise PlanChanged(_("看过以后，有人改了这些内容。什么也没换，下面是现在的样子，请再看一遍。"))
    chosen = [(one, places) for one in made.possible if (places := one.chosen(keys))]
    references = References()
    with in_stored_language():
        why = _("查找替换：“%(find)s”换成“%(by)s”") % {"find": wanted.find, "by": wanted.by}
    waiting = sum(_write(one, places, references, user, why, publish) for one, places in chosen)
    return Done(len(chosen), sum(len(places) for _one, places in chosen), waiting)


def _lock(keys: Collection[str]) -> None:
    """Lets nobody change the items of these places before all is through."""
    named = [key.split(":")[:2] for key in keys if key.count(":") >= 2]
    for kind, model in KINDS.items():
        pks = {number for one, pk in named if one == kind and (number := whole_number(pk)) is not None}
        list(model.everything.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))


def _write(one: Found, places: list[Place], references: References, user, why: str, publish: bool) -> bool:
    """Writes one item. Returns whether it waits for a reviewer now. What is refused says of which item."""
    try:
        item = save_edit(one.kind, with_places(one.row, places), user, Action.CHANGED, why, one.item, references)
        waits = item.status == Status.PUBLISHED and revision_of(item) is not None
        if waits and publish and one.revision is None:
            publishing.publish(item, user, why)
            waits = False
    except (publishing.Refused, PermissionDenied, ValidationError, LookupError) as error:
        said = "；".join(error.messages) if isinstance(error, ValidationError) else str(error.args[0])
        raise publishing.Refused(f"{one.item}：{said}") from error
    return waits
