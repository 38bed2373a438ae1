"""The site's settings with an empty view beside it, for measuring both on one server: DJANGO_SETTINGS_MODULE=served."""

import os

from posdesk.settings import *  # noqa: F403

ROOT_URLCONF = "served_urls"
if os.environ.get("CACHE") == "off":
    CACHES = dict.fromkeys(CACHES, {"BACKEND": "django.core.cache.backends.dummy.DummyCache"})  # noqa: F405
