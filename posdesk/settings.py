"""All settings, from environment variables. Safe as it stands: DEBUG is off, and nonsense stops the start with a sentence."""

from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import validate

from posdesk import environment
from posdesk.environment import LOCAL_CACHE, NATURAL, TOKEN, env
from posdesk.security import policies

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"  # what this installation writes: database, secret key
KNOWLEDGE_DIR = BASE_DIR / "fixtures"

# ---------- who may call ----------
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = environment.secret_key(VAR_DIR / "secret-key")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS", default="")
CSRF_FAILURE_VIEW = "faults.views.errors.csrf_failure"
TOO_MANY_REQUESTS_VIEW = "faults.views.errors.too_many_requests"
BUSY_VIEW = "faults.views.errors.busy"
HTTPS = env.bool("HTTPS", default=False)  # on behind a TLS proxy: secure cookies, HSTS, redirect
# Fields of one form, a reader's too: Django reads a form before it is known who sent it. An entry of 50 causes with two fixes each
# has 2,000, and to read 10,000 takes some milliseconds; DATA_UPLOAD_MAX_MEMORY_SIZE limits what they weigh.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
LARGE_FORMS = ("/admin/faults/", "/admin/desk/")  # the only addresses that take more than posdesk/request_sizes.py lets in elsewhere
WEB_WORKERS = env.int("WEB_CONCURRENCY", default=1, validate=NATURAL)  # processes; gunicorn starts that many
WEB_THREADS = env.int("WEB_THREADS", default=48, validate=NATURAL)  # of each; how many of them may work: posdesk/capacity.py

PROXIES = env.int("PROXIES", default=0, validate=NATURAL)  # of ours in front: so many addresses of X-Forwarded-For are believed
# The proxy must set X-Forwarded-Proto itself, or a visitor could claim to be on TLS.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=3600, validate=NATURAL) if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [  # what only the owner of the whole domain may promise
    "security.W005",  # that every name below this one is on TLS too
    "security.W021",  # that browsers may be shipped with the promise
]
CONTENT_SECURITY_POLICY = {"DIRECTIVES": policies.READERS}  # the admin has its own: posdesk/security/headers.py

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
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "faults",
]
MIDDLEWARE = [  # down to gzip: what every answer passes; below: what a kept page is spared
    "posdesk.operations.request_ids.RequestIdMiddleware",
    "posdesk.operations.metrics.RequestMetricsMiddleware",
    "posdesk.operations.access_log.AccessLogMiddleware",
    "posdesk.operations.health.HealthMiddleware",  # before any that asks for a host name, TLS or a cookie
    "posdesk.client_address.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "posdesk.security.headers.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # static files are compressed beforehand
    "posdesk.page_cache.middleware.PageCacheMiddleware",
    "posdesk.capacity.CapacityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "posdesk.security.sessions.SessionTimeoutMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "faults.traditional_chinese.TraditionalMiddleware",  # inside the locale's, which says what the reader chose
    "posdesk.request_sizes.RequestSizeMiddleware",  # before any that reads a form; inside of what says the reader's language
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "posdesk.security.second_factor_middleware.SecondFactorMiddleware",
    "posdesk.security.audit.CurrentRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
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
DATABASES = {"default": environment.database(VAR_DIR / "posdesk.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASE_ROUTERS = ["posdesk.page_cache.replica.ReplicaRouter"]
if replica := environment.replica():
    DATABASES["replica"] = replica

# ---------- cache: pages kept under the content version (posdesk/page_cache/middleware.py), and what is counted for limits ----------
CACHES = {"local": LOCAL_CACHE, "default": environment.shared_cache() or LOCAL_CACHE}

# ---------- how often, from one address (posdesk/rate_limits.py) ----------
# Together less than one process can do (docs/reliability.md), and enough for fifty agents behind one address.
PAGES_A_MINUTE = env.int("PAGES_A_MINUTE", default=1_200, validate=NATURAL)  # that are made anew
SEARCHES_A_MINUTE = env.int("SEARCHES_A_MINUTE", default=300, validate=NATURAL)
KEYSTROKES_A_MINUTE = env.int("KEYSTROKES_A_MINUTE", default=2_400, validate=NATURAL)

# ---------- accounts (docs/accounts.md) ----------
PASSWORD_HASHERS = [  # the first for new ones; an old hash is made anew at the next sign-in
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "posdesk.security.passwords.ForbiddenWordsValidator", "OPTIONS": {"words": env.words("PASSWORD_WORDS", "posdesk,unionpay")}},
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]

SECOND_FACTOR_REQUIRED = "faults.editing.permissions.must_have_second_factor"
CAPABILITIES = "faults.editing.capabilities.CAPABILITIES"  # what a role may do, as sentences
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=2 * 60 * 60, validate=NATURAL)
SESSION_MAX_SECONDS = SESSION_COOKIE_AGE = env.int("SESSION_MAX_SECONDS", default=12 * 60 * 60, validate=NATURAL)
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"  # with the prefix no other host of the domain can set it
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
LANGUAGE_COOKIE_NAME = "__Host-language" if HTTPS else "language"
LANGUAGE_COOKIE_SECURE, LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE = HTTPS, True, "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"  # Strict would ask for a password again after every link in a message

AXES_CLIENT_IP_CALLABLE = "posdesk.security.lockout.client_ip"
AXES_HANDLER = "posdesk.security.lockout.LockoutHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or whoever goes on trying would keep the door shut
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "posdesk.security.lockout.username_of"
AXES_LOCKOUT_CALLABLE = "posdesk.security.lockout.lockout_response"
AXES_IPWARE_META_PRECEDENCE_ORDER = ["REMOTE_ADDR"]  # the reader's own: posdesk/client_address.py
AXES_DISABLE_ACCESS_LOG = True  # the audit log has it
AXES_ENABLE_ADMIN = AXES_VERBOSE = False

OTP_TOTP_ISSUER = "posdesk"
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
    "staticfiles": {"BACKEND": "posdesk.static_storage.StaticStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# ---------- what a running installation tells (docs/operating.md) ----------
METRICS_TOKEN = env.str("METRICS_TOKEN", default="", validate=TOKEN)  # without it there is no /metrics
environment.check_folder("PROMETHEUS_MULTIPROC_DIR")  # prometheus_client reads it itself
ACCESS_LOG = env.bool("ACCESS_LOG", default=False)  # nginx writes one already

# ---------- log: card numbers never reach it ----------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "repeats": {"()": "posdesk.operations.log_repeats.LimitRepeats"},
        "mask_cards": {"()": "posdesk.operations.log_masking.MaskCardNumbers"},
        "request_id": {"()": "posdesk.operations.request_ids.AddRequestId"},
    },
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {request_id} {message}", "style": "{", "datefmt": "%Y-%m-%d %H:%M:%S%z"},
        "json": {"()": "posdesk.operations.json_lines.JsonLines"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": env.str("LOG_FORMAT", default="line", validate=validate.OneOf(["line", "json"], error="write line or json.")),
            "filters": ["repeats", "mask_cards", "request_id"],
        }
    },
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
    "DASHBOARD_CALLBACK": "faults.admin.dashboard.work_list",
    "SIDEBAR": {"navigation": "faults.admin.sidebar.navigation"},
    "STYLES": ["faults.admin.assets.stylesheet"],
    "SCRIPTS": ["faults.admin.assets.focus", "faults.admin.assets.forget_copies"],
    "ACCOUNT": {"navigation": "faults.admin.sidebar.account"},
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
