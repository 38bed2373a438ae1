"""Does the hourly upkeep of what readers did now: for a timer, or to see at once what use has shown."""

from django.utils.translation import gettext_lazy

from faults.usage import upkeep
from posdesk.operations.command import SentenceCommand


class Command(SentenceCommand):
    help = gettext_lazy("马上做一遍使用记录的例行工作：删掉过期的查询和投票，重排原因和常查，检查“该找到什么”。")

    def handle(self, **options):
        upkeep.tend()
