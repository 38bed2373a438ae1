"""Pages of the desk that belong to no single model."""

from django.contrib import admin
from django.urls import path

from faults.admin import aliasing, desk, transferring, usage

view = admin.site.admin_view

urlpatterns = [
    path("flags/<int:pk>/close/", view(desk.close_flag), name="close_flag"),
    path("transfer/", view(transferring.transfer), name="transfer"),
    path("transfer/template/", view(transferring.template), name="transfer_template"),
    path("transfer/export/<slug:form>/", view(transferring.export), name="transfer_export"),
    path("transfer/<int:pk>/", view(transferring.plan), name="transfer_plan"),
    path("usage/", view(usage.usage), name="usage"),
    path("usage/alias/", view(aliasing.alias), name="usage_alias"),
    path("usage/<slug:name>/", view(usage.usage), name="usage_list"),
    path("usage/<slug:name>/csv/", view(usage.export), name="usage_csv"),
    path("usage/<slug:name>/dealt/", view(usage.deal_with), name="usage_dealt"),
]
