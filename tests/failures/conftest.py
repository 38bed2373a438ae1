"""Filled databases to break, and the figures of what broke: printed at the end, and written to var/reliability.md by the long form.

Each worker copies databases of its own: a group of all tests of one database would cost minutes at the end.
"""

from pathlib import Path

import pytest

from tests.budget import IS_LONG
from tests.failures.figures import as_tables
from tests.servers.filled import sampled_sqlite
from tests.servers.posdesk import ROOT
from tests.servers.postgresql import primary


def pytest_terminal_summary(terminalreporter):
    """The figures that tests noted, as Markdown."""
    reports = [report for reports in terminalreporter.stats.values() for report in reports if getattr(report, "when", "") == "call"]
    noted = [value for report in reports for name, value in report.user_properties if name == "figures"]
    if not noted:
        return
    text = as_tables(noted)
    terminalreporter.write_line("\n" + text)
    if IS_LONG:
        (ROOT / "var" / "reliability.md").write_text(text, encoding="utf-8")


@pytest.fixture
def note(record_property):
    """note(table, row, **cells): figures for the summary; they reach it from every worker."""
    return lambda table, row, **cells: record_property("figures", [table, row, cells])


@pytest.fixture
def sqlite(tmp_path) -> str:
    """DATABASE_URL of an SQLite file of the test's own."""
    return sampled_sqlite(tmp_path / "posdesk.sqlite3")


@pytest.fixture(scope="session")
def filled_cluster():
    """A PostgreSQL of the tests' own, with a database `sample` to copy."""
    with primary() as cluster:
        yield cluster


@pytest.fixture
def cluster(filled_cluster):
    """The same with a fresh database `broken`."""
    filled_cluster.run_sql("DROP DATABASE IF EXISTS broken WITH (FORCE)")
    filled_cluster.run_sql("CREATE DATABASE broken TEMPLATE sample")
    filled_cluster.run_sql("CHECKPOINT")  # or a crash would set the copied sequences back to where the copy began
    return filled_cluster


@pytest.fixture
def postgresql(cluster) -> str:
    """DATABASE_URL of a PostgreSQL database of the test's own."""
    return cluster.url("broken")


@pytest.fixture
def database(request) -> str:
    """DATABASE_URL of either: see budget.against."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def log(tmp_path) -> Path:
    """Where the web node writes."""
    return tmp_path / "posdesk.log"
