"""What every page of the admin is made from: the theme's, but for what an address may break."""

from unfold import admin


class ModelAdmin(admin.ModelAdmin):
    """The theme's. An empty `_to_field` in an address is none: Django looks for a field without a name and finds no answer."""

    def get_object(self, request, object_id, from_field=None):
        return super().get_object(request, object_id, from_field or None)
