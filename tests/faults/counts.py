"""How often each fault is tried: a little in `make test`, in full with LONG=1 in `make test-faults`."""

import os

IS_LONG = os.environ.get("LONG") == "1"

_SHORT_AND_LONG = {
    "kills": (2, 20),  # of each operation on each database
    "crowd seconds": (10, 60),
    "crowd readers": (10, 50),
    "restarts": (1, 3),  # of PostgreSQL in each way, and of Redis
    "requests in process": (1_000, 90_000),
    "requests on a socket": (300, 5_000),  # on each database
    "tables in process": (160, 9_700),
    "tables through the form": (40, 300),
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
