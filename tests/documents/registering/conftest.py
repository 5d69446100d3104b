"""An office that takes its register over, and its officer."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client

from core.files import XLSX
from core.resources import Report
from core.sheets.reading import read_sheets
from core.sheets.tables import find_table
from documents.resources import PaperResource
from tests.core.sheet_samples import book
from tests.factories import IssuerFactory, UserFactory
from tests.units.conftest import signed_in
from units.models import Issuer, Membership


@pytest.fixture
def issuer(db) -> Issuer:
    return IssuerFactory(unit__name="Vân Khê")


@pytest.fixture
def officer(issuer) -> Any:
    return UserFactory(role=Membership.Role.OFFICER, unit=issuer.unit)


@pytest.fixture
def page(officer) -> Client:
    return signed_in(officer)


@pytest.fixture
def run(issuer, officer):
    """What would come of a sheet, or with ``dry_run=False`` comes of it."""

    def run(*rows: list[Any], dry_run: bool = True, into: Issuer = issuer, **options: str) -> Report:
        resource = PaperResource.opened(actor=officer, target_id=into.pk, options=options)
        sheets = read_sheets(io.BytesIO(book(rows)), XLSX)
        table = find_table(sheets, resource.wanted, resource.required, resource.is_group)
        return resource.run(table, dry_run=dry_run)

    return run
