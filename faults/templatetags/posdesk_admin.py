"""Tags of the editors' desk."""

from django import template
from django.urls import reverse

register = template.Library()


@register.filter
def admin_page(opts, page: str) -> str:
    """The name of an admin page of a model, as `url` wants it: {% url opts|admin_page:'review' item.pk %}."""
    return f"admin:{opts.app_label}_{opts.model_name}_{page}"


@register.filter
def admin_change(item) -> str:
    """The address of an item's form."""
    return reverse(admin_page(item._meta, "change"), args=[item.pk])
