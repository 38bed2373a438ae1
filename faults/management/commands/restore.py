"""Puts a backup into an empty database, or tries whether that would go well."""

import signal
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from posdesk.operations.backup import restoring, verifying
from posdesk.operations.backup.container import Reader, open_backup
from posdesk.operations.backup.error_messages import as_command_errors
from posdesk.operations.command import SentenceCommand


class Command(SentenceCommand):
    help = gettext_lazy("把备份恢复到空的数据库：全部，或一点不改。SQLite 和 PostgreSQL 的备份可以互相恢复。")
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help=_("backup 写的文件"))
        parser.add_argument("--verify", action="store_true", help=_("只在临时数据库里试，逐表比对，正在用的库不动"))

    def handle(self, *, file, verify, **options):
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service that is stopped tidies up, too
        with as_command_errors(_("备份不能用") if verify else _("没有恢复")), open_backup(file) as backup:
            self._verify(backup) if verify else self._restore(backup)

    def _restore(self, backup: Reader) -> None:
        restoring.restore(backup, lambda table, count: self._line(table, count))
        self.stdout.write(self.style.SUCCESS(_("恢复好了。")))

    def _verify(self, backup: Reader) -> None:
        compared = verifying.verify(backup)
        for one in compared:
            self._line(one.name, one.rows, _("一致") if one.is_same else _("不一致"))
        if different := [one.name for one in compared if not one.is_same]:
            said = _("%(n)s 处和备份时不一致：%(names)s。换一份备份。")
            raise CommandError(said % {"n": len(different), "names": _("、").join(different)})
        self.stdout.write(self.style.SUCCESS(_("每张表都和备份时一样。")))

    def _line(self, table: str, rows: int, *more: str) -> None:
        self.stdout.write("  ".join([f"{table:40}{rows:>10}", *more]))
        self.stdout.flush()
