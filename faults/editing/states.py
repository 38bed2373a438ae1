"""What state an item is in, as the desk says it."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from faults.models import Fault, Publication, Status


def heir_of(item: Publication) -> Fault | None:
    """The entry that this one was merged into; None while it stands for itself."""
    return getattr(item, "merged_into", None) if item.status == Status.ARCHIVED else None


def state_text(item: Publication) -> str:
    """The state in words; of an entry that was merged, where it went."""
    heir = heir_of(item)
    return _("已并入%(number)s号") % {"number": heir.number} if heir else item.get_status_display()


def state_of(item: Publication) -> str:
    """The same for a page, with a link to where it went."""
    heir = heir_of(item)
    address = heir and reverse("admin:faults_fault_change", args=[heir.pk])
    return format_html('<a href="{}">{}</a>', address, state_text(item)) if heir else state_text(item)
