"""Rules between entries: links that lead nowhere or one way, and screens that two entries share without telling them apart."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from django.utils.translation import gettext as _

from faults.checks.entries import Problem, entry_number
from faults.models import Fault, RelatedFault, ReturnCode, ScreenText


def between_entries() -> Iterator[Problem]:
    """Problems of links and shared screen texts, in a fixed number of queries."""
    links = list(RelatedFault.objects.select_related("fault", "other"))
    pairs = {(link.fault_id, link.other_id) for link in links}
    for link in links:
        where, other = entry_number(link.fault), {"other": link.other.number}
        both = link.fault.is_published and link.other.is_published
        if both and (link.other_id, link.fault_id) not in pairs:
            yield Problem(where, _("到%(other)s号的链接是单向的，对方没有连回来") % other)
        if link.fault.is_published and not link.other.is_published:
            yield Problem(where, _("连到没有发布的%(other)s号") % other)
        if not link.difference:
            yield Problem(where, _("和%(other)s号相关，没写怎么分清") % other)
    yield from _shared_screens(pairs)


def _shared_screens(pairs: set[tuple[int, int]]) -> Iterator[Problem]:
    owners = defaultdict(list)
    for screen in ScreenText.objects.filter(fault__in=Fault.objects.all()).select_related("fault"):
        owners[screen.text].append(screen.fault)
    for shown, faults in owners.items():
        for first, second in combinations(faults, 2):
            if (first.pk, second.pk) not in pairs:
                said = _("屏幕提示“%(shown)s”和%(other)s号一样，没写怎么分清") % {"shown": shown, "other": second.number}
                yield Problem(entry_number(first), said)


def to_codes() -> Iterator[Problem]:
    """Published entries that name a code the public can't open."""
    links = Fault.codes.through.objects.filter(fault__in=Fault.objects.all()).exclude(returncode__in=ReturnCode.objects.all())
    for link in links.select_related("fault", "returncode__scheme"):
        yield Problem(entry_number(link.fault), _("连到没有发布的码 %(code)s") % {"code": link.returncode})


def between_codes() -> Iterator[Problem]:
    """Codes named as easily confused that do not name each other."""
    rows = {row.pk: row for row in ReturnCode.everything.all()}
    pairs = set(ReturnCode.confused_with.through.objects.values_list("from_returncode_id", "to_returncode_id"))
    for here, there in sorted(pairs):
        if (there, here) not in pairs:
            yield Problem(str(rows[here]), _("说容易和%(other)s弄混，对方没有说") % {"other": rows[there]})
