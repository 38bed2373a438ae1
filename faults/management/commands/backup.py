"""Writes everything that posdesk holds into one file."""

from argparse import ArgumentTypeError
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from posdesk.operations.backup import destination, saving
from posdesk.operations.backup.error_messages import as_command_errors
from posdesk.operations.command import SentenceCommand


class Command(SentenceCommand):
    help = gettext_lazy("把账号、知识、历史、使用记录全部写进一个文件。不用停机。")
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("directory", type=Path, help=_("写到哪个文件夹，没有就建一个"))
        parser.add_argument("--keep", type=_at_least_one, metavar="N", help=_("新的写完以后，只留最新的 N 份"))

    def handle(self, *, directory, keep, **options):
        with as_command_errors(_("没有备份")):
            path = saving.save(directory)
        done = _("已备份到 %(path)s（%(size).1f MB）。") % {"path": path, "size": path.stat().st_size / 1e6}
        self.stdout.write(self.style.SUCCESS(done))
        with as_command_errors(_("备份好了，但旧的没删掉")):
            for old in destination.remove_older(path, keep) if keep else ():
                self.stdout.write(_("删掉旧的 %(name)s") % {"name": old.name})


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(_("至少留 1 份。"))
    return int(text)
