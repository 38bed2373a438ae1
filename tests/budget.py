"""How many generated cases a test tries: a few in `make test`, all of them with LONG=1 in `make test-faults`."""

import os
from typing import TypeVar

import pytest
from hypothesis import settings

T = TypeVar("T")
IS_LONG = os.environ.get("LONG") == "1"

# For tests that say nothing else. The few are the same in each run: what fails here fails for everybody.
settings.register_profile("few", max_examples=30, derandomize=True, deadline=None)
settings.register_profile("all", max_examples=200, deadline=None)
settings.load_profile("all" if IS_LONG else "few")


def either(few: T, everything: T) -> T:
    """What is for this run: a number such as max_examples of hypothesis, or a list of cases."""
    return everything if IS_LONG else few


def against(kind: str, fixture: str = "database") -> pytest.MarkDecorator:
    """The fixture is of that kind of database, sqlite or postgresql; of both with LONG=1. For what the same code does on either."""
    return pytest.mark.parametrize(fixture, either([kind], ["sqlite", "postgresql"]), indirect=True)
