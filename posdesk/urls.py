"""All addresses: the admin, the language switch, the public pages."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("faults.urls")),
]

handler404 = "faults.views.errors.not_found"
handler400 = "faults.views.errors.bad_request"
