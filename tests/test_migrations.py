"""The migrations say what the models say, and the index can be taken out again."""

import pytest
from django.core.management import call_command
from django.db import connection


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.django_db(transaction=False)
def test_the_index_is_the_databases_own():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'faults_searchdocument'")
            assert any("gin" in definition for (definition,) in cursor.fetchall())
        else:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'faults_index'")
            assert "fts5" in cursor.fetchone()[0]
