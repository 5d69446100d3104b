"""The office of the results, and how its sheets go out and come in."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.excel.results import ResultResource
from core import importing
from core.files import XLSX
from core.models import SheetImport
from core.resources import Report, SheetResource
from core.sheets.reading import read_sheets
from core.sheets.tables import Table, TableRow, find_table
from tests.campaigns.results.conftest import (  # noqa: F401 -- fixtures are found by name
    PERIOD,
    Office,
    _summer,
    insured,
    office,
    rice,
)
from tests.core.conftest import at_once  # noqa: F401 -- as above
from tests.core.sheet_samples import again


@dataclass
class Sheets:
    office: Office
    now: Callable[..., Any]
    """What an act sends to the workers is done at once."""

    def run(
        self, resource: type[SheetResource], *rows: dict[str, Any], dry_run: bool = False, **options: str
    ) -> Report:
        """What comes of rows, told by the attributes of their cells; the first is row 2."""
        names = {name for row in rows for name in row}
        table = Table("", dict.fromkeys(names, ""), [TableRow(place, row) for place, row in enumerate(rows, start=2)])
        opened = resource.opened(actor=self.office.an, target_id=self.office.campaign.pk, options=options)
        return opened.run(table, dry_run=dry_run)

    def look(self, resource: type[SheetResource], content: bytes, **options: str) -> Report:
        """What a whole file would change."""
        read = resource()
        table = find_table(read_sheets(io.BytesIO(content), XLSX), read.wanted, read.required, read.is_group)
        opened = resource.opened(actor=self.office.an, target_id=self.office.campaign.pk, options=options)
        return opened.run(table, dry_run=True)

    def receive(self, kind: str, content: bytes, *, actor: Any = None, name: str = "tep.xlsx", **options: str) -> Any:
        """A file handed in and looked at by the worker."""
        found = self.now(
            importing.receive,
            SimpleUploadedFile(name, content),
            kind=kind,
            unit_id=self.office.unit.pk,
            target_id=self.office.campaign.pk,
            actor=actor or self.office.an,
            options=options,
        )
        return again(found)

    def accept(self, found: SheetImport) -> SheetImport:
        self.now(importing.accept, found, digest=found.digest)
        return again(found)


@pytest.fixture
def sheets(office, at_once) -> Sheets:  # noqa: F811 -- the fixtures of the imports above
    return Sheets(office, at_once)


@pytest.fixture
def targets(office):  # noqa: F811 -- as above
    return office.targets(rice(), insured())


@pytest.fixture
def run_results(sheets, targets):
    """Rows of results: target, place, figure, and what else the row says."""

    def run(*rows, **options):
        cells = [
            {"target": one[0], "place": one[1], "value": one[2]} | (one[3] if len(one) > 3 else {}) for one in rows
        ]
        return sheets.run(ResultResource, *cells, **{"period": PERIOD, **options})

    return run
