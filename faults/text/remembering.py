"""Remembers what was made of a text, for texts that are short enough to come again. Pure: no Django.

Whoever searches chooses what is remembered: so nothing long is, and of what is short not much.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")
MOST = 4_000  # texts
LONGEST = 16  # characters: a word, a phrase, what a terminal shows; each costs up to a kilobyte


def remembers_short(made: Callable[..., T]) -> Callable[..., T]:
    """Decorates a pure function whose first argument is a text. `cache_info()` as lru_cache has it."""
    remembered = lru_cache(maxsize=MOST)(made)

    @wraps(made)
    def wrapper(text: str, *others) -> T:
        return (remembered if len(text) <= LONGEST else made)(text, *others)

    wrapper.cache_info = remembered.cache_info
    return wrapper
