"""Writes the search index anew."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faults.checks.stale_index import stale
from faults.management.progress import printer
from faults.search import index
from posdesk.operations.command import SentenceCommand


class Command(SentenceCommand):
    help = gettext_lazy("重建搜索索引：全部成功，或一点不改。")

    def add_arguments(self, parser):
        parser.add_argument("--if-stale", action="store_true", help=_("只在索引和内容对不上时重建"))

    def handle(self, **options):
        if options["if_stale"] and not stale():
            return
        total = index.rebuild(printer(self.stdout, _("索引")))
        self.stdout.write(self.style.SUCCESS(_("索引里有 %(n)s 条。") % {"n": total}))
