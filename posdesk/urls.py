"""All addresses: the admin, the language switch, the public pages."""

from django.contrib import admin
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

urlpatterns = [
    path("admin/desk/", include("faults.admin.urls")),
    path("admin/", include("posdesk.security.admin.urls")),
    path("admin/", admin.site.urls),
    # Without a token: all that another site could do is to choose a language, and public pages need no cookie for it.
    path("i18n/setlang/", csrf_exempt(set_language), name="set_language"),
    path("", include("faults.urls")),
]

handler400 = "faults.views.errors.bad_request"
handler403 = "faults.views.errors.forbidden"
handler404 = "faults.views.errors.not_found"
handler500 = "faults.views.errors.server_error"
