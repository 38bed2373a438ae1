"""Tests of one group share a worker: what takes long to build is built once."""

import os

import pytest


@pytest.mark.xdist_group("together")
def test_the_group_reaches_the_scheduler(request):
    """It travels in the test's id. Without workers there is nothing to share."""
    assert request.node.nodeid.endswith("@together") == ("PYTEST_XDIST_WORKER" in os.environ)
