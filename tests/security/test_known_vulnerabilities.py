"""`make audit` is green only when every package was really looked up."""

import importlib.util
from pathlib import Path

import pytest

FILE = Path(__file__).resolve().parent.parent.parent / "bin" / "known_vulnerabilities.py"
spec = importlib.util.spec_from_file_location("known_vulnerabilities", FILE)
audit = importlib.util.module_from_spec(spec)
spec.loader.exec_module(audit)

FINE = {"name": "a", "version": "1", "vulns": []}
SKIPPED = {"name": "b", "skip_reason": "Dependency not found on PyPI and could not be audited: b (1)"}
BAD = {"name": "c", "version": "1", "vulns": [{"id": "CVE-2026-1", "fix_versions": ["2"]}]}


@pytest.mark.parametrize(
    ("packages", "is_offline", "word", "code"),
    [
        ([FINE], False, "1 packages looked up", 0),
        ([], False, "NOT AUDITED: no service", 2),
        ([], True, "NOT AUDITED: no service", 0),
        ([SKIPPED, SKIPPED], False, "NOT AUDITED: 2 of 2", 2),
        ([FINE, SKIPPED], False, "NOT AUDITED: 1 of 2", 2),
        ([FINE, SKIPPED], True, "NOT AUDITED: 1 of 2", 0),
        ([FINE, BAD], False, "c 1: CVE-2026-1, mended in 2", 1),
        ([BAD, SKIPPED], True, "CVE-2026-1", 1),
    ],
)
def test_the_verdict(packages, is_offline, word, code):
    said, ended = audit.verdict(packages, is_offline)
    assert word in said and ended == code


def test_a_service_that_cannot_be_asked_has_looked_nothing_up(tmp_path):
    """pip-audit itself, asked about a file that isn't there, prints no JSON."""
    assert audit.ask("osv", [str(tmp_path / "none.txt")]) == []
