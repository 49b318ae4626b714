"""One settings file. Every choice of an installation is an environment variable.

Without any of them the site runs safely by itself: DEBUG off, SQLite under var/, a secret key
made at the first start.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

from stipolicy.private_files import PrivateFile, private_folder, stored_secret_key

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR_IS_OURS = VAR_DIR.resolve() == BASE_DIR / "var"
LONGEST_WAIT_S = 20  # for what another writes


def database(url: str) -> dict:
    """Read a DATABASE_URL; SQLite gets WAL together with IMMEDIATE transactions.

    One without the other loses writes: deferred transactions under WAL fail at once with
    "database is locked" when two of them upgrade to a write. PostgreSQL by itself would wait for
    another's rows without end; a DATABASE_URL may bring a bound of its own.
    """
    config = environ.Env.db_url_config(url)
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": LONGEST_WAIT_S,
            "factory": PrivateFile,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            ),
        }
    else:
        given = config.setdefault("OPTIONS", {}).get("options", "")
        if "lock_timeout" not in given:
            bound = f"-c lock_timeout={LONGEST_WAIT_S}s {given}"
            config["OPTIONS"]["options"] = bound.rstrip()
    return config


SECRET_KEY = env.str("SECRET_KEY", default="")
DATABASE_URL = env.str("DATABASE_URL", default="")
if not (SECRET_KEY and DATABASE_URL):
    private_folder(VAR_DIR)
SECRET_KEY = SECRET_KEY or stored_secret_key(VAR_DIR / "secret_key")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "stipolicy",
    "chapters",
    "timeline",
    "programs",
    "spreadsheets",
    "records",
    "import_export",
    "simple_history",
    "django_filters",
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
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "stipolicy.middleware.SignedOutMiddleware",
    "stipolicy.middleware.WriteFailureMiddleware",
    "stipolicy.request_bounds.RequestBounds",
]

ROOT_URLCONF = "stipolicy.urls"
WSGI_APPLICATION = "stipolicy.wsgi.application"

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
            ],
        },
    },
]

DATABASES = {"default": database(DATABASE_URL or f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "stipolicy" / "locale"]
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Pages load only from here and hold no code or style of their own, in the admin too: no nonce is
# needed anywhere. The files of a figure differ (chapters/pages/figure_views.py).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# A programme with 20 years of budgets on eight bases is one admin form of some 1,300 fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# A section of 300,000 Japanese characters is 2.7 MB as a form sends it: what is too long must
# arrive, so that the form can refuse it with its words kept. Strangers: see request_bounds.
DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000_000

# With DEBUG off Django writes errors nowhere by itself.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}

FORMS_URLFIELD_ASSUME_HTTPS = True
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
