from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from tests.factories import UnitFactory
from tests.reminders.sending.mail_server import MailServer, mail_server
from tests.reminders.sending.rows import officer
from units.models import Person, Unit


@pytest.fixture
def unit() -> Unit:
    return UnitFactory()


@pytest.fixture
def mai(unit: Unit) -> Person:
    return officer(unit)


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    """The mail server that the settings name; one second without an answer is too long."""
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 1
        yield server
