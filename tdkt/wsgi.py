import contextlib
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tdkt.settings")
application = get_wsgi_application()

from core.errors import AppError  # noqa: E402 -- needs the application above
from documents.rendering import warm_up  # noqa: E402 -- needs the application above

with contextlib.suppress(AppError):  # a missing typeface must not keep the pages away; /healthz tells of it
    warm_up()
