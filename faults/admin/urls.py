"""Pages of the desk that belong to no single model."""

from django.contrib import admin
from django.urls import path

from faults.admin import (
    alias_from_search,
    dashboard,
    import_columns,
    import_export,
    item_choice,
    renewals,
    replacing,
    usage,
    wording_from_search,
)
from faults.admin.autocomplete import ChoicesView

view = admin.site.admin_view

urlpatterns = [
    path("lists/<slug:listed>/", view(dashboard.work_list_page), name="work_list"),
    path("choices/", view(ChoicesView.as_view(admin_site=admin.site)), name="choices"),
    path("choices/items/", view(item_choice.item_choices), name="item_choices"),
    path("flags/<int:pk>/close/", view(dashboard.close_flag), name="close_flag"),
    path("renewals/<int:pk>/", view(renewals.renewal), name="renewal"),
    path("replace/", view(replacing.replace), name="replace"),
    path("transfer/", view(import_export.transfer), name="transfer"),
    path("transfer/template/", view(import_export.template), name="transfer_template"),
    path("transfer/export/<slug:form>/", view(import_export.export), name="transfer_export"),
    path("transfer/<int:pk>/", view(import_export.plan), name="transfer_plan"),
    path("transfer/<int:pk>/columns/", view(import_columns.columns), name="transfer_columns"),
    path("usage/", view(usage.usage), name="usage"),
    path("usage/alias/", view(alias_from_search.alias), name="usage_alias"),
    path("usage/wording/", view(wording_from_search.wording), name="usage_wording"),
    path("usage/<slug:name>/", view(usage.usage), name="usage_list"),
    path("usage/<slug:name>/csv/", view(usage.export), name="usage_csv"),
    path("usage/<slug:name>/dealt/", view(usage.deal_with), name="usage_dealt"),
]
