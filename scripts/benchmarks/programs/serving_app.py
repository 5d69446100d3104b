"""The program with one address more: a static file for whoever is signed in, to measure kept papers against."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tdkt.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import include, path
from django.views.static import serve

application = get_wsgi_application()

urlpatterns = [
    path("do-tep/<path:path>", serve, {"document_root": settings.STATIC_ROOT}),
    path("", include("tdkt.urls")),
]
settings.ROOT_URLCONF = __name__
