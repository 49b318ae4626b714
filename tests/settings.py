"""The site's settings with what tests change: fast passwords, static files straight from source."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

from stipolicy.settings import *  # noqa: F403
from stipolicy.settings import MIDDLEWARE as SITE_MIDDLEWARE

# WhiteNoise warns when nothing has been collected; the live server finds files by itself.
MIDDLEWARE = [name for name in SITE_MIDDLEWARE if not name.startswith("whitenoise.")]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
