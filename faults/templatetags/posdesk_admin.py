"""Tags of the editors' desk: addresses of its pages."""

from django import template
from django.urls import reverse

from faults.editing import states
from faults.models import WITH_HISTORY, Revision

register = template.Library()
register.filter(states.state_of)


@register.filter
def admin_page(opts, page: str) -> str:
    """The name of an admin page of a model, as `url` wants it: {% url opts|admin_page:'review' item.pk %}."""
    return f"admin:{opts.app_label}_{opts.model_name}_{page}"


@register.filter
def admin_page_of(item, page: str) -> str:
    """The same, from an item."""
    return admin_page(item._meta, page)


@register.filter
def admin_change(item) -> str:
    """The address of an item's form."""
    return reverse(admin_page_of(item, "change"), args=[item.pk])


@register.filter
def display_name(user) -> str:
    """What a person is called; nothing for nobody."""
    return (user.get_full_name() or user.get_username()) if user else ""


@register.filter
def with_return(revision: Revision) -> Revision:
    """The revision with who sent it back, and when."""
    return Revision.objects.with_return().get(pk=revision.pk)


@register.filter
def admin_item_page(row, page: str) -> str:
    """The address of a page about what a row of Revision or Change is about."""
    return reverse(admin_page(WITH_HISTORY[row.kind]._meta, page), args=[row.item_id])


@register.filter
def admin_history(change) -> str:
    """Where to look at a change: the item's history, or what was deleted."""
    model = WITH_HISTORY[change.kind]
    return reverse(admin_page(model._meta, "deleted")) if change.action == "deleted" else admin_item_page(change, "history")


@register.filter
def has_mistakes(inline_row) -> bool:
    """Whether a row of a set, or a row inside it, was refused."""
    nested = getattr(inline_row.form, "nested_formsets", [])
    return bool(inline_row.form.errors) or any(any(one.formset.errors) for one in nested)
