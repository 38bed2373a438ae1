"""What bin/release and bin/downgrade ask of the database in use: bin/database.py unknown | vendor | copy TO | put-back FROM KEPT."""

import os
import sqlite3
import sys
from contextlib import closing

import django
from django.db import connection
from django.db.migrations.loader import MigrationLoader


def unknown() -> str:
    """The migrations that the database has gone through and this code doesn't know, such as faults.0019_x."""
    loader = MigrationLoader(connection)
    strange = loader.applied_migrations.keys() - loader.graph.nodes.keys() - loader.replacements.keys()
    return " ".join(".".join(node) for node in sorted(strange) if node[0] in loader.migrated_apps)  # of apps that it has


def vendor() -> str:
    """sqlite or postgresql."""
    return connection.vendor


def copy(target: str) -> str:
    """Copies an SQLite database while others may be at work in it; nothing where it is of another kind. Returns which kind."""
    if connection.vendor == "sqlite":
        with closing(_open(connection.settings_dict["NAME"])) as used, closing(_open(target)) as other:
            used.backup(other)
    return connection.vendor


def put_back(source: str, kept: str) -> str:
    """Copies the SQLite file in use to `kept`, and `source` over it, in one transaction: others may be at work in it."""
    copy(kept)
    with closing(_open(source)) as other, closing(_open(connection.settings_dict["NAME"])) as used:
        other.backup(used)
    return f"what was in use is now in {kept}"


def _open(file: str) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=50)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "posdesk.settings")
    django.setup()
    asked, *arguments = sys.argv[1:]
    print({"unknown": unknown, "vendor": vendor, "copy": copy, "put-back": put_back}[asked](*arguments))
