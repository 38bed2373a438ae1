"""The feed: which entries were published or changed last, for those who should read them again."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faults import desk_words
from faults.editing.history import count_publications
from faults.models import Fault

SHOWN = 30
# Signs that XML has no way to write; one of them, pasted into one entry, would leave all readers without a feed.
UNWRITABLE = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF])


class NewAndChanged(Feed):
    """Published entries, the last changed first. A title says whether readers have known the entry before."""

    feed_type = Atom1Feed
    title = gettext_lazy("posdesk：新条目和改过的条目")
    link = reverse_lazy("home")
    author_name = "posdesk"

    def items(self) -> list[tuple[Fault, bool]]:
        faults = list(Fault.objects.order_by("-updated_at", "-number")[:SHOWN])
        desk_words.fill_rows(faults)
        versions = count_publications(faults)
        return [(fault, versions.get(fault.pk, 0) < 2) for fault in faults]

    def item_title(self, item: tuple[Fault, bool]) -> str:
        fault, is_new = item
        return f"{_('新') if is_new else _('改')} {fault}".translate(UNWRITABLE)

    def item_description(self, item: tuple[Fault, bool]) -> str:
        """HTML, as feeds have it: the red line before everything else."""
        fault = item[0]
        return "<br>".join(escape(line) for line in [*fault.warning_lines, fault.symptom] if line).translate(UNWRITABLE)

    def item_link(self, item: tuple[Fault, bool]) -> str:
        return item[0].get_absolute_url()

    def item_pubdate(self, item: tuple[Fault, bool]) -> datetime:
        return item[0].created_at

    def item_updateddate(self, item: tuple[Fault, bool]) -> datetime:
        return item[0].updated_at
