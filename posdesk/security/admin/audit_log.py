"""What was done with accounts, rights, exports and publications: to read, to filter, and nothing else."""

from django.contrib import admin

from posdesk.model_admin import ModelAdmin
from posdesk.security.models import Audited


@admin.register(Audited)
class AuditedAdmin(ModelAdmin):
    list_display = ["at", "who_name", "what", "about", "address"]
    list_filter = ["what", ("who", admin.RelatedOnlyFieldListFilter), "at"]
    list_filter_submit = True
    list_per_page = 100
    search_fields = ["who_name", "about", "address", "request_id"]
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
