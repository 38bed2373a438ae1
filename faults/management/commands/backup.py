"""Writes everything that posdesk holds into one file."""

from argparse import ArgumentTypeError
from pathlib import Path

from django.core.management.base import BaseCommand

from posdesk.operations.backup import destination, saving
from posdesk.operations.backup.error_messages import as_command_errors


class Command(BaseCommand):
    help = "把账号、知识、历史、使用记录全部写进一个文件。不用停机。"
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("directory", type=Path, help="写到哪个文件夹，没有就建一个")
        parser.add_argument("--keep", type=_at_least_one, metavar="N", help="新的写完以后，只留最新的 N 份")

    def handle(self, *, directory, keep, **options):
        with as_command_errors("没有备份"):
            path = saving.save(directory)
        self.stdout.write(self.style.SUCCESS(f"已备份到 {path}（{path.stat().st_size / 1e6:.1f} MB）。"))
        with as_command_errors("备份好了，但旧的没删掉"):
            for old in destination.remove_older(path, keep) if keep else ():
                self.stdout.write(f"删掉旧的 {old.name}")


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError("至少留 1 份。")
    return int(text)
