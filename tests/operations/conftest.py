"""The log as a handler with our filters and format writes it."""

import io
import json
import logging
from collections.abc import Callable

import pytest
from django.test import Client

from posdesk.operations.json_lines import JsonLines
from posdesk.operations.log_masking import MaskCardNumbers
from posdesk.operations.request_ids import AddRequestId


@pytest.fixture
def logged() -> Callable[[], list[dict]]:
    """What has been logged since the test began, each line parsed."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(MaskCardNumbers())
    handler.addFilter(AddRequestId())
    handler.setFormatter(JsonLines())
    loggers = [logging.getLogger(), logging.getLogger("django")]  # the second doesn't pass on what it is told
    for logger in loggers:
        logger.addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    for logger in loggers:
        logger.removeHandler(handler)


@pytest.fixture
def visitor() -> Client:
    """A client that gets the page for an error, as a browser does."""
    return Client(raise_request_exception=False)
