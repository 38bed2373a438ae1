"""How many generated cases a test tries: a few in `make test`, all of them with LONG=1 in `make test-faults`."""

import os

from hypothesis import settings

IS_LONG = os.environ.get("LONG") == "1"

# For tests that say nothing else. The few are the same in each run: what fails here fails for everybody.
settings.register_profile("few", max_examples=30, derandomize=True, deadline=None)
settings.register_profile("all", max_examples=200, deadline=None)
settings.load_profile("all" if IS_LONG else "few")


def either(few: int, everything: int) -> int:
    """The number for this run, such as max_examples of hypothesis."""
    return everything if IS_LONG else few
