"""The pages around signing in. Under the admin's address, because only who works there has an account."""

from django.contrib import admin
from django.urls import path

from posdesk.security.admin import own_password, second_factor_pages, session_pages

urlpatterns = [
    path("login/code/", second_factor_pages.enter, name="second_step"),
    path("second-factor/", admin.site.admin_view(second_factor_pages.look_after), name="second_factor"),
    path("second-factor/set-up/", second_factor_pages.set_up, name="second_factor_set_up"),
    path("password_change/", admin.site.admin_view(own_password.change), name="password_change"),  # in place of the admin's own
    path("sessions/", admin.site.admin_view(session_pages.own), name="sessions"),
]
