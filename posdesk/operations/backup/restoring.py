"""Puts a backup into an empty place: all of it, or nothing."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from secrets import token_hex

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Model
from django.dispatch import Signal
from django.utils.translation import gettext as _

from posdesk.operations.backup import media, rows, schema, sequences
from posdesk.operations.backup.container import BadBackup, Reader, as_bad_backup
from posdesk.operations.backup.saving import FORMAT, TABLE
from posdesk.page_cache.models import ContentVersion

restored = Signal()  # sent in the transaction, when everything is there and before anybody reads it
Said = Callable[[str, int], None]  # a table, and how many rows it has got


@as_bad_backup()
def restore(backup: Reader, say: Said) -> None:
    """Raises BadBackup, OSError and DatabaseError, and then has changed nothing."""
    nodes = nodes_of(backup)
    media.require_empty()
    # Without looking at foreign keys row by row; all are looked at in the end. SQLite lets nobody turn that off in a transaction.
    with connection.constraint_checks_disabled(), transaction.atomic(), media.unpacked(backup):
        if not schema.is_empty():
            raise BadBackup(_("这里已经有 posdesk 的数据。只能恢复到空的数据库：把 DATABASE_URL 指到一个新的。什么也没改。"))
        load(backup, nodes, say)
        finish()


def nodes_of(backup: Reader) -> list[schema.Node]:
    """The migrations that the backup's tables have gone through. Raises BadBackup if this code doesn't know them all."""
    if backup.manifest.get("format") != FORMAT:
        raise BadBackup(_("这份备份的格式不认得，是更新的 posdesk 写的。先升级程序，再恢复。"))
    nodes = [tuple(node) for node in backup.manifest["migrations"]]
    schema.require_known(nodes)
    return nodes


def load(backup: Reader, nodes: list[schema.Node], say: Said) -> None:
    """Makes the tables as they were, with every row."""
    models = schema.backed_up_at(nodes)
    _check_manifest(backup.manifest, models)
    schema.build(nodes)
    for table, model in models.items():
        rows.write(model, _checked(backup, table, model))
        say(table, backup.manifest["tables"][table]["rows"])
    sequences.write(models, backup.manifest["counters"])
    connection.check_constraints()


def _check_manifest(manifest: dict, models: dict[str, type[Model]]) -> None:
    """Raises BadBackup, or what nonsense ends in, before the tables are made: that takes a while."""
    if models.keys() != manifest["tables"].keys():
        raise BadBackup(_("表和程序的对不上，这不是 posdesk 写的。什么也没改。"))
    for table, model in models.items():
        if manifest["tables"][table]["columns"] != [field.column for field in rows.fields_of(model)]:
            raise BadBackup(_("%(table)s 的列和程序的对不上。什么也没改。") % {"table": table})
    if not all(type(last) is int and 0 <= last < 2**63 for last in manifest["counters"].values()):
        raise BadBackup(_("计数不是自然数，这不是 posdesk 写的。什么也没改。"))
    if not all(isinstance(digest, str) for digest in manifest["files"].values()):
        raise BadBackup(_("文件清单不是 posdesk 写的。什么也没改。"))


def _checked(backup: Reader, table: str, model: type[Model]) -> Iterator[bytes]:
    said, digest, count = backup.manifest["tables"][table], sha256(), 0
    for line in backup.lines(TABLE.format(table)):
        digest.update(line)
        count += 1
        yield line
    if (count, digest.hexdigest()) != (said["rows"], said["sha256"]):
        raise BadBackup(_("%(table)s 的内容和清单对不上。什么也没改。") % {"table": table})


def finish() -> None:
    """Brings what is restored to where the code is: newer tables, triggers, and what is made of the content."""
    is_older = schema.bring_up_to_date()
    ContentType.objects.clear_cache()
    if is_older:  # pages that some cache keeps under the old version may read otherwise now
        ContentVersion.objects.update(token=token_hex(16))
    restored.send(sender=None)
