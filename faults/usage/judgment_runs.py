"""Stored judgments, tried again whenever the knowledge has changed."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from faults.models import ContentVersion, Fault, Judgment, Upkeep
from faults.search.find import Found, find

DEPTH = 3  # an agent reads that far before asking the caller something else


def rank_of(judgment: Judgment, found: Found) -> int:
    """The place, from 1, at which what should be found stands among the first DEPTH answers; 0 if it doesn't."""
    wanted = _wanted(judgment)
    places = (place for place, hit in enumerate(found.hits[:DEPTH], start=1) if _page(hit.item) in wanted)
    return next(places, 0)


def _page(item) -> str:
    return item.get_absolute_url()


def _wanted(judgment: Judgment) -> set[str]:
    """The page that should be found; of an entry that was merged, also the one it went into."""
    if judgment.fault is None:
        return {reverse("code", args=[judgment.code])}
    target = Fault.objects.merge_target_of(judgment.fault.number)
    return {_page(entry) for entry in (judgment.fault, target) if entry}


def try_again(judgments: Iterable[Judgment]) -> None:
    """Searches for each as a reader would, and notes where what it should find now stands."""
    reader, now = AnonymousUser(), timezone.now()
    for judgment in judgments:
        judgment.rank = rank_of(judgment, find(reader, judgment.query))
        judgment.checked_at = now
        judgment.held_at = now if judgment.rank else judgment.held_at
        judgment.save(update_fields=["rank", "checked_at", "held_at"])


def try_again_if_changed() -> None:
    """All of them, if any content has changed since they were tried last."""
    if Upkeep.is_unjudged(ContentVersion.current()):
        try_again(Judgment.objects.select_related("fault"))
