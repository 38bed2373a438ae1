"""Which tables there are at a point of posdesk's migrations, and getting a database there."""

from collections.abc import Iterable

from django.core.management.color import no_style
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model
from django.utils.translation import gettext as _

from posdesk.operations.backup.container import BadBackup

Node = tuple[str, str]  # app and migration
LEFT_OUT = {"django_session"}  # who holds one is signed in: a key that must not lie about in files


def applied() -> list[Node]:
    """The migrations that the database has gone through. Raises BadBackup if it knows some that this code doesn't."""
    loader = MigrationLoader(connection)
    there = loader.applied_migrations.keys()
    strange = [node for node in there - loader.graph.nodes.keys() - loader.replacements.keys() if node[0] in loader.migrated_apps]
    if strange:
        raise BadBackup(_("数据库比程序新（%(names)s）。先升级程序。") % {"names": _names(strange)})
    if not any(app == "faults" for app, _ in there):
        raise BadBackup(_("数据库里还没有 posdesk 的表。先运行 manage.py migrate，或检查 DATABASE_URL。"))
    return sorted(there & loader.graph.nodes.keys())


def require_known(nodes: Iterable[Node]) -> None:
    """Raises BadBackup if the code hasn't all of these migrations."""
    if strange := set(nodes) - MigrationLoader(None).graph.nodes.keys():
        raise BadBackup(_("这份备份来自更新的 posdesk（%(names)s）。先升级程序，再恢复。") % {"names": _names(strange)})


def _names(nodes: Iterable[Node]) -> str:
    return _("、").join(".".join(node) for node in sorted(nodes))


def tables_at(nodes: list[Node]) -> dict[str, type[Model]]:
    """The tables with their models as they were after these migrations."""
    models = MigrationLoader(None).project_state(nodes).apps.get_models(include_auto_created=True)
    real = (model for model in models if model._meta.managed and not model._meta.proxy)
    return {model._meta.db_table: model for model in sorted(real, key=lambda model: model._meta.db_table)}


def backed_up_at(nodes: list[Node]) -> dict[str, type[Model]]:
    """Those of them that a backup holds."""
    return {table: model for table, model in tables_at(nodes).items() if table not in LEFT_OUT}


def is_empty() -> bool:
    """Whether none of posdesk's tables are there."""
    ours = {"django_migrations", *tables_at(sorted(MigrationLoader(None).graph.leaf_nodes()))}
    return not ours & set(connection.introspection.table_names())


def build(nodes: list[Node]) -> None:
    """Makes the tables as they were after these migrations, with nothing in them."""
    executor = _executor()
    executor.migrate(_leaves(nodes, executor.loader))
    for statement in connection.ops.sql_flush(no_style(), list(tables_at(nodes))):
        connection.cursor().execute(statement)


def bring_up_to_date() -> bool:
    """Applies the migrations that the code has beyond these, and what follows every migration. Whether there were any."""
    executor = _executor()
    leaves = executor.loader.graph.leaf_nodes()
    plan = executor.migration_plan(leaves)
    before = executor.loader.project_state(list(executor.loader.applied_migrations)).apps
    emit_pre_migrate_signal(0, False, DEFAULT_DB_ALIAS, plan=plan, apps=before)
    executor.migrate(leaves, plan)
    emit_post_migrate_signal(0, False, DEFAULT_DB_ALIAS, plan=plan)
    return bool(plan)


def _executor() -> MigrationExecutor:
    """One for a transaction around all migrations: PostgreSQL alters no table while foreign keys wait to be checked."""
    return MigrationExecutor(connection, lambda action, *_: connection.check_constraints() if action == "apply_success" else None)


def _leaves(nodes: list[Node], loader: MigrationLoader) -> list[Node]:
    """Of each app the last of these migrations: an executor asked for an earlier one would go back to it."""
    earlier = {parent.key for node in nodes for parent in loader.graph.node_map[node].parents if parent.key[0] == node[0]}
    return [node for node in nodes if node not in earlier]
