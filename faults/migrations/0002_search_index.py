"""The database's own full-text index over SearchDocument.tokens, kept in step by the database itself."""

from django.db import migrations

SQLITE = [
    # External content: the words stay in the document's row, the index only points there.
    "CREATE VIRTUAL TABLE faults_index USING fts5(tokens, content='faults_searchdocument', content_rowid='id', tokenize='unicode61')",
    "CREATE VIRTUAL TABLE faults_vocabulary USING fts5vocab('faults_index', 'row')",
    """CREATE TRIGGER faults_index_added AFTER INSERT ON faults_searchdocument BEGIN
        INSERT INTO faults_index(rowid, tokens) VALUES (new.id, new.tokens);
    END""",
    """CREATE TRIGGER faults_index_removed AFTER DELETE ON faults_searchdocument BEGIN
        INSERT INTO faults_index(faults_index, rowid, tokens) VALUES ('delete', old.id, old.tokens);
    END""",
    """CREATE TRIGGER faults_index_changed AFTER UPDATE ON faults_searchdocument BEGIN
        INSERT INTO faults_index(faults_index, rowid, tokens) VALUES ('delete', old.id, old.tokens);
        INSERT INTO faults_index(rowid, tokens) VALUES (new.id, new.tokens);
    END""",
]
SQLITE_BACK = [
    "DROP TRIGGER faults_index_added",
    "DROP TRIGGER faults_index_removed",
    "DROP TRIGGER faults_index_changed",
    "DROP TABLE faults_vocabulary",
    "DROP TABLE faults_index",
]
POSTGRESQL = [
    # Our tokens as they are: to_tsvector would cut them again, by the server's locale.
    """ALTER TABLE faults_searchdocument ADD COLUMN vector tsvector
        GENERATED ALWAYS AS (array_to_tsvector(array_remove(string_to_array(tokens, ' '), ''))) STORED""",
    "CREATE INDEX faults_searchdocument_vector ON faults_searchdocument USING gin (vector)",
]
POSTGRESQL_BACK = ["ALTER TABLE faults_searchdocument DROP COLUMN vector"]


def _run(schema_editor, sqlite, postgresql):
    for statement in postgresql if schema_editor.connection.vendor == "postgresql" else sqlite:
        schema_editor.execute(statement)


def add(apps, schema_editor):
    _run(schema_editor, SQLITE, POSTGRESQL)


def drop(apps, schema_editor):
    _run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


class Migration(migrations.Migration):
    dependencies = [("faults", "0001_initial")]
    operations = [migrations.RunPython(add, drop)]
