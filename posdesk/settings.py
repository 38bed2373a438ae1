"""All settings, from environment variables. Safe as it stands: DEBUG is off, and nonsense stops the start with a sentence."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from posdesk import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"  # what this installation writes: database, secret key
KNOWLEDGE_DIR = BASE_DIR / "fixtures"

# ---------- who may call ----------
DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = env.secret_key(VAR_DIR / "secret-key")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")
HTTPS = env.flag("HTTPS", default=False)  # on behind a TLS proxy: secure cookies, HSTS, redirect

# The proxy must set X-Forwarded-Proto itself, or a visitor could claim to be on TLS.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = env.seconds("HSTS_SECONDS", default=3600) if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# ---------- what it is made of ----------
INSTALLED_APPS = [
    "unfold",  # before django.contrib.admin: it brings the admin's templates
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "django_htmx",
    "faults",
]
MIDDLEWARE = [  # down to gzip: what every answer passes; below: what a kept page is spared
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pages; static files are compressed beforehand
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "faults.traditional.TraditionalMiddleware",  # inside the locale's, which says what the reader chose
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "posdesk.urls"
WSGI_APPLICATION = "posdesk.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# ---------- database ----------
DATABASES = {"default": env.database(VAR_DIR / "posdesk.sqlite3")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        timeout=20,  # seconds a writer waits for another before it gives up
        transaction_mode="IMMEDIATE",  # takes the write lock at once: no deadlock when a reader turns writer
        init_command="PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA mmap_size=134217728;",
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---------- cache: answers kept under the content version (faults/views/kept.py) ----------
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 5_000},  # some 2 kB each
    }
}

# ---------- accounts ----------
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# ---------- language and time ----------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.words("TIME_ZONE", "Asia/Shanghai")[0]
USE_TZ = True

# ---------- static files ----------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# ---------- log: card numbers never reach it ----------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"mask_cards": {"()": "faults.logs.MaskCardNumbers"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["mask_cards"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {name: {"handlers": ["console"], "level": "INFO", "propagate": False} for name in ("django", "django.server")},
}

# ---------- the admin's looks ----------
UNFOLD = {
    "SITE_TITLE": "posdesk",
    "SITE_HEADER": "posdesk",
    "SITE_URL": "/",
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": True,
    "DASHBOARD_CALLBACK": "faults.admin.desk.work_list",
    "SIDEBAR": {"navigation": "faults.admin.sidebar.navigation"},
    "STYLES": ["faults.admin.assets.stylesheet"],
    "COLORS": {  # the public pages' petrol
        "primary": {
            "50": "#f0f8fb",
            "100": "#e2eff3",
            "200": "#bfdde7",
            "300": "#8fc4d6",
            "400": "#4fa3bf",
            "500": "#1f7f9f",
            "600": "#005a76",
            "700": "#004c64",
            "800": "#083f52",
            "900": "#0d3544",
            "950": "#06222d",
        },
    },
}

if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is empty: name the hosts this site answers to, such as help.example.cn.")
