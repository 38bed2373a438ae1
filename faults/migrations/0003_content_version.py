"""The content version, token counts, and how phrases sound. Search documents are emptied: `rebuild_search --if-stale` writes them anew."""

from importlib import import_module

from django.db import migrations, models

search_index = import_module("faults.migrations.0002_search_index")


def empty(apps, schema_editor):
    apps.get_model("faults", "SearchDocument").objects.all().delete()


def on_sqlite(step):
    """SQLite alters a table by making it anew, which loses the triggers that keep the index: they are dropped before and made behind."""

    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            step(apps, schema_editor)

    return run


POSTGRESQL = [
    # New rows at once into the index proper: a list of pending ones would be read through by every search.
    "ALTER INDEX faults_searchdocument_vector SET (fastupdate = off)",
    # One look into the index for each token: ts_rank would unpack every vector that matches. Planned without
    # sequential scans, which the planner takes for cheap while the table is small: they unpack all vectors.
    """CREATE FUNCTION faults_candidates(tokens text[], weights real[], drafts_too boolean, most integer) RETURNS SETOF bigint
        LANGUAGE sql STABLE SET enable_seqscan = off AS $$
        SELECT d.id FROM unnest(tokens, weights) AS wanted(token, weight)
            JOIN faults_searchdocument d ON d.vector @@ quote_literal(wanted.token)::tsquery
        WHERE d.is_published OR drafts_too GROUP BY d.id ORDER BY sum(wanted.weight) DESC, d.id LIMIT most $$""",
]
POSTGRESQL_BACK = [
    "DROP FUNCTION faults_candidates(text[], real[], boolean, integer)",
    "ALTER INDEX faults_searchdocument_vector RESET (fastupdate)",
]


def on_postgresql(statements):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("faults", "0002_search_index")]
    operations = [
        migrations.CreateModel(
            name="ContentVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="SearchToken",
            fields=[
                ("text", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("documents", models.IntegerField()),
            ],
        ),
        migrations.RunPython(empty, migrations.RunPython.noop),
        migrations.RunPython(on_sqlite(search_index.drop), on_sqlite(search_index.add)),
        migrations.AddField(model_name="searchdocument", name="spoken", field=models.TextField(blank=True)),
        migrations.RunPython(on_sqlite(search_index.add), on_sqlite(search_index.drop)),
        migrations.RunPython(on_postgresql(POSTGRESQL), on_postgresql(POSTGRESQL_BACK)),
    ]
