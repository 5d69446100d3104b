"""The settings under test: the program's own, away from a developer's data and quick where quickness changes nothing.

``DATABASE_URL`` and ``REDIS_URL`` choose what the tests run on, as they do for the program.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

_folder = tempfile.TemporaryDirectory(prefix="tdkt-")  # gone when the process ends
os.environ["TDKT_VAR"] = _folder.name
for _name in ("SITE_URL", "SECRET_KEY", "TDKT_DEBUG", "TDKT_DEMO", "DATABASE_OWNER_URL", "EMAIL_HOST"):
    os.environ.pop(_name, None)
if os.environ.get("REDIS_URL"):
    # Clearing a cache empties its whole Redis database, so each process of pytest-xdist has its own.
    _worker = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw") or "0"
    os.environ["REDIS_URL"] = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{_worker}").geturl()

from tdkt.settings import *  # noqa: E402, F403 -- the environment above decides where they point
from tdkt.settings import DATABASES, REDIS_URL, STATIC_ROOT, STORAGES, VAR_DIR  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in use: in memory there is no WAL and no second connection.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
else:
    # Two sessions that wait for each other outside PostgreSQL's sight: an error that names the row, no silence.
    limits = "-c lock_timeout=120s -c statement_timeout=200s -c jit=off"
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = limits
DATABASES["default"]["CONN_MAX_AGE"] = 0

if not REDIS_URL:
    # The table of the usual cache would forbid tests without a database.
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

CELERY_TASK_ALWAYS_EAGER = CELERY_TASK_EAGER_PROPAGATES = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
Path(STATIC_ROOT).mkdir()  # WhiteNoise warns where there is none
