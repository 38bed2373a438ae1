"""Writes the search index anew."""

from django.core.management.base import BaseCommand

from faults.management.progress import printer
from faults.search import index


class Command(BaseCommand):
    help = "重建搜索索引：全部成功，或一点不改。"

    def handle(self, **options):
        total = index.rebuild(printer(self.stdout, "索引"))
        self.stdout.write(self.style.SUCCESS(f"索引里有 {total} 条。"))
