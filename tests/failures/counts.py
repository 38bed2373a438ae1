"""How often each fault is tried: a little in `make test`, in full with LONG=1 in `make test-faults`."""

import os

from tests.budget import IS_LONG

_SHORT_AND_LONG = {
    "kills": (1, 20),  # of each operation on each database
    "imported entries": (12, 60),  # in a table
    "crowd seconds": (3, 60),
    "crowd readers": (5, 50),
    "crowd editors": (3, 5),
    "restarts": (1, 3),  # of PostgreSQL in each way, and of Redis
    "seconds away": (1, 3),  # of these
    "seconds back": (1, 4),
    "milliseconds a reader rests": (300, 0),  # between two pages
    "requests in process": (300, 90_000),
    "requests on a socket": (100, 5_000),  # on each database
    "tables in process": (60, 9_700),
    "tables through the form": (25, 300),
}


def count(name: str) -> int:
    """The number for the form that runs now."""
    return _SHORT_AND_LONG[name][IS_LONG]


def seeds(name: str, size: int) -> list[range]:
    """So many seeds, in portions of a test each; with SEED=… that one alone, to see it fail again."""
    if one := os.environ.get("SEED"):
        return [range(int(one), int(one) + 1)]
    total = count(name)
    return [range(start, min(start + size, total)) for start in range(0, total, size)]
