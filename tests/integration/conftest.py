"""Filled databases on SQLite and on PostgreSQL, copied for each test."""

from itertools import count

import pytest

from tests.servers.filled import sampled_sqlite
from tests.servers.postgresql import primary

_numbers = count(1)


def pytest_collection_modifyitems(items):
    """One worker for all: every other would start a PostgreSQL of its own."""
    for item in items:
        if "tests/integration/" in item.path.as_posix():
            item.add_marker(pytest.mark.xdist_group("real"))


class SQLite:
    """DATABASE_URLs of files in one folder."""

    name = "sqlite"

    def __init__(self, folder):
        self.folder = folder

    def _url(self, name: str) -> str:
        return f"sqlite:///{self.folder / name}.sqlite3"

    def empty(self) -> str:
        """A database that isn't there yet."""
        return self._url(f"empty{next(_numbers)}")

    def filled(self) -> str:
        """A database of the test's own with the sample and accounts."""
        return sampled_sqlite(self.folder / f"filled{next(_numbers)}.sqlite3")


class PostgreSQL:
    """DATABASE_URLs of databases in one cluster."""

    name = "postgresql"

    def __init__(self, cluster):
        self.cluster = cluster

    def empty(self, template: str = "template1") -> str:
        """A database with nothing in it."""
        name = f"test{next(_numbers)}"
        self.cluster.run_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.cluster.url(name)

    def filled(self) -> str:
        """A database of the test's own with the sample and accounts."""
        return self.empty("sample")

    def names(self) -> set[str]:
        """Of all its databases."""
        return {name for (name,) in self.cluster.run_sql("SELECT datname FROM pg_database")}


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory) -> SQLite:
    return SQLite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql():
    with primary(fsync="off") as cluster:
        yield PostgreSQL(cluster)


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request):
    """Either of them; its name is in the test's."""
    return request.getfixturevalue(request.param)
