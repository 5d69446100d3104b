"""What tests of imports share: an office with its officer, and work that is done as soon as it is handed over."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core import importing
from core.models import SheetImport
from tests.core.sheet_samples import again, book
from tests.factories import UnitFactory, UserFactory
from units.models import Unit, User


@pytest.fixture
def unit() -> Unit:
    return UnitFactory()


@pytest.fixture
def an(unit) -> User:
    return UserFactory(role="officer", unit=unit)


@pytest.fixture
def at_once(django_capture_on_commit_callbacks):
    """Work that is handed over is done as soon as the act is committed."""

    def at_once(act, *args: Any, **kwargs: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return act(*args, **kwargs)

    return at_once


@pytest.fixture
def receive(unit, an, at_once):
    def receive(rows, *, name: str = "bo-phan.xlsx", actor: User = an) -> SheetImport:
        upload = SimpleUploadedFile(name, rows if isinstance(rows, bytes) else book(rows))
        found = at_once(importing.receive, upload, kind="units.parts", unit_id=unit.pk, target_id=unit.pk, actor=actor)
        return again(found)

    return receive
