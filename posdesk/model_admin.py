"""What every page of the admin is made from: the theme's, but for what an address may break."""

from functools import partial

from unfold import admin

from posdesk.query_masking import masks_query


class ModelAdmin(admin.ModelAdmin):
    """The theme's. A card number that was pasted into a list's search leaves the address.

    An empty `_to_field` in an address is none: Django looks for a field without a name and finds no answer.
    """

    def changelist_view(self, request, extra_context=None):
        return masks_query(partial(super().changelist_view, extra_context=extra_context))(request)

    def get_object(self, request, object_id, from_field=None):
        return super().get_object(request, object_id, from_field or None)
