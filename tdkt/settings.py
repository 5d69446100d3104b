"""Settings: safe by default, moved by a handful of environment variables (docs/installing.md).

``SITE_URL`` decides cookies and HSTS, ``DATABASE_URL`` and ``REDIS_URL`` where data and
queues live; without them SQLite and a folder serve one office.
"""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from whitenoise.compress import Compressor

from tdkt.environment import BASE_DIR, VAR_DIR, database, flag, secret_key, words

# -- Where and how it is reached -------------------------------------------------------

SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
_site = urlsplit(SITE_URL)
IS_HTTPS = _site.scheme == "https"

DEBUG = flag("TDKT_DEBUG")
DEMO = flag("TDKT_DEMO") or (VAR_DIR / "demo").exists()  # the banner on every page
SECRET_KEY = secret_key()
ALLOWED_HOSTS = [_site.hostname or "127.0.0.1", "127.0.0.1", "localhost", *words("TDKT_ALLOWED_HOSTS")]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# -- Apps ------------------------------------------------------------------------------

INSTALLED_APPS = [
    "tdkt.apps.TdktConfig",
    "campaigns",
    "clusters",
    "awards",
    "plans",
    "reminders",
    "documents",
    "units",
    "core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rules.apps.AutodiscoverRulesConfig",
    "django_filters",
    "django_htmx",
    "bootstrap",
    "lucide",
    "import_export",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.AddressLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.PrivatePagesMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.AppErrorMiddleware",
]

ROOT_URLCONF = "tdkt.urls"
WSGI_APPLICATION = "tdkt.wsgi.application"

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
                "tdkt.context.shell",
            ],
        },
    }
]

# -- Data ------------------------------------------------------------------------------

DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'db.sqlite3'}"
DATABASE_OWNER_URL = os.environ.get("DATABASE_OWNER_URL") or ""  # the role that migrates; the same where empty
DATABASES = {"default": database(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Readers never wait for the one writer; a transaction that may write takes its turn at once.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MEDIA_ROOT = VAR_DIR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 15 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
UPLOAD_LIMIT_BYTES = 50 * 1024 * 1024

SIGNATURE_ROOT_FILES = [path for path in os.environ.get("SIGNATURE_ROOT_FILES", "").split(":") if path]
"""Root certificates (PEM or DER) that signed files are checked against; without any, the chain stays unproved."""

# -- Queues and cache: Redis, or a folder and a table, so that limits count across workers --

REDIS_URL = os.environ.get("REDIS_URL", "")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "global_keyprefix": "tdkt:"}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
    CELERY_BROKER_URL = "folder://localhost"
    CELERY_BROKER_TRANSPORT = "tdkt.broker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {"folder": str(VAR_DIR / "broker"), "polling_interval": 0.5}
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    **{f"*.{verb}_*": {"queue": "slow"} for verb in ("render", "import", "read")},
    "*.mail_*": {"queue": "mail"},
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
HEARTBEAT_SECONDS = 30
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    f"heartbeat-{queue}": {
        "task": "core.beat",
        "schedule": HEARTBEAT_SECONDS,
        "kwargs": {"queue": queue},
        # A stopped worker must not wake to a pile of old beats.
        "options": {"queue": queue, "expires": HEARTBEAT_SECONDS - 5},
    }
    for queue in ("default", "slow")
}

# -- People ----------------------------------------------------------------------------

AUTH_USER_MODEL = "units.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "units.adapter.AccountAdapter"
ACCOUNT_FORMS = {"change_password": "units.forms.OwnPasswordForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/m/ip,5/5m/key"}  # the key: name and address
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if IS_HTTPS else 0  # https ends in a proxy of ours (deploy/nginx.conf)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Thi đua, khen thưởng"

EMAIL_URL_HOST = os.environ.get("EMAIL_HOST", "")
if EMAIL_URL_HOST:
    EMAIL_HOST = EMAIL_URL_HOST
    EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
    EMAIL_USE_TLS = flag("EMAIL_USE_TLS", default=True)
    EMAIL_TIMEOUT = 30
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", f"tdkt@{_site.hostname or 'localhost'}")

# -- Language and clock ----------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["tdkt.formats"]
USE_I18N = USE_TZ = True
USE_THOUSAND_SEPARATOR = False  # with it a year prints 2.026 and a typed 9.125 is read as 9125
TIME_ZONE = "Asia/Ho_Chi_Minh"

# -- Static files ----------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# No browser of a reader asks for source maps; compressing them took most of the first start.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECRET_ADDRESSES = ["moi", "gui", "lich", "tra-cuu"]
"""Whoever knows what follows these opens something: never logged."""
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"secrets": {"()": "core.logs.HideSecretAddresses", "under": SECRET_ADDRESSES}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("TDKT_LOG_LEVEL", "WARNING")},
}
