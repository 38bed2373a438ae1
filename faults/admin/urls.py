"""Pages of the desk that belong to no single model."""

from django.contrib import admin
from django.urls import path

from faults.admin import desk, transferring

view = admin.site.admin_view

urlpatterns = [
    path("flags/<int:pk>/close/", view(desk.close_flag), name="close_flag"),
    path("transfer/", view(transferring.transfer), name="transfer"),
    path("transfer/template/", view(transferring.template), name="transfer_template"),
    path("transfer/export/<slug:form>/", view(transferring.export), name="transfer_export"),
    path("transfer/<int:pk>/", view(transferring.plan), name="transfer_plan"),
]
