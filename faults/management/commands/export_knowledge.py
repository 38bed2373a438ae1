"""Writes the knowledge into a table: FILE.xlsx with a sheet for each kind, or FILE.csv with one kind."""

from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faults.editing import exporting
from faults.editing.transfer.workbook import TITLES, CellTooLong
from posdesk.operations.command import SentenceCommand


class Command(SentenceCommand):
    help = gettext_lazy("把知识导出成表格：.xlsx 每类一张表，.csv 只装一类。")

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help=_("写到哪个文件，.xlsx 或 .csv"))
        parser.add_argument("--kind", choices=TITLES, default="fault", help=_("CSV 装哪一类"))

    def handle(self, *, file, kind, **options):
        if file.suffix.lower() not in (".xlsx", ".csv"):
            raise CommandError(_("文件名要以 .xlsx 或 .csv 结尾。"))
        try:
            file.write_bytes(exporting.as_xlsx() if file.suffix.lower() == ".xlsx" else exporting.as_csv(kind))
        except CellTooLong as error:
            raise CommandError(error.sentence) from error
        except OSError as error:
            raise CommandError(_("写不了 %(file)s：%(why)s。") % {"file": file, "why": error.strerror}) from error
        self.stdout.write(self.style.SUCCESS(_("已导出到 %(file)s。") % {"file": file}))
