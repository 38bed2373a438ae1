"""How often the same may be done: counted in the cache that all nodes share, by a word that can't be read back."""

from ipaddress import IPv6Address, ip_address

from django.core.cache import BaseCache, cache, caches
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

A_MINUTE, AN_HOUR = 60, 60 * 60  # seconds
SHARED_FACTOR = 20  # times what one may do, all together may


def within_limit(who: str, what: str, most: int, seconds: int = A_MINUTE) -> bool:
    """Whether `who` may do it now: `most` times in so many seconds.

    Who it is is hashed with the secret key and the day, and forgotten when the time is over: a desk behind one line isn't stopped by
    another's flood, and nobody is written down.
    """
    return _count(f"{what}:{_hashed(who)}", seconds) <= most


def within_shared_limit(who: str, what: str, most: int) -> bool:
    """For what fills the editors' lists: all together may do it SHARED_FACTOR times as often as one, from however many addresses.

    What an address does first in an hour is let through in any case: a flood from thirty addresses, which have long had their first,
    is stopped, and a reader who has something to say meanwhile isn't.
    """
    is_first = within_limit(who, f"{what}-first", 1, AN_HOUR)
    return _count(what, A_MINUTE) <= most * SHARED_FACTOR or is_first


def client_id(request: HttpRequest) -> str:
    """What stands for a reader: the address, of IPv6 the first half, which is one household's or one company's."""
    said = request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(said)
    except ValueError:
        return said  # a socket's
    return str(int(address) >> 64) if isinstance(address, IPv6Address) else said


def _hashed(who: str) -> str:
    return salted_hmac("posdesk.rate_limits", f"{timezone.localdate()} {who}", algorithm="sha256").hexdigest()[:16]


def _count(key: str, seconds: int) -> int:
    """How often it has been done by now, this time among them. Counted by this process alone while the shared cache is away."""
    return _increment(cache, key, seconds) or _increment(caches["local"], key, seconds) or 1


def _increment(store: BaseCache, key: str, seconds: int) -> int | None:
    store.add(key, 0, seconds)
    try:
        return store.incr(key)
    except ValueError:  # the time ended between the two
        return None
