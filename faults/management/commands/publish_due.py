"""Publishes and withdraws what reviewers set for a time that has come: for a timer, every few minutes."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faults.editing.scheduling import take_due
from posdesk.operations.command import SentenceCommand


class Command(SentenceCommand):
    help = gettext_lazy("做到了时间的定时发布和定时下架；做不成的列在工作台上，写明为什么。")

    def handle(self, **options):
        taken, refused = take_due()
        if taken or refused:
            self.stdout.write(_("定时做了%(taken)s条，没做成%(refused)s条。") % {"taken": taken, "refused": refused})
