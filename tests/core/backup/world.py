"""An office's data with everything that is awkward to carry from one database to another.

Filled by ``manage.py shell`` in a process and a database of its own.
"""

from __future__ import annotations

import datetime as dt
import io
import shutil
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import models, transaction
from django.utils import timezone

from core import audit, files
from core.models import Heartbeat, Job, SheetImport, StoredFile
from documents.models import IssuedPaper
from plans.models import UnclaimedPart
from tests.factories import (
    AssignmentFactory,
    IssuerFactory,
    PartFactory,
    PersonFactory,
    PlanFactory,
    UnitFactory,
    UserFactory,
)
from units.models import Unit, User

PAPERS = {
    "ke-hoach.pdf": b"%PDF-1.7 " + bytes(range(256)) * 20,
    "ban-da-ky.pdf": b"%PDF-1.7 " + bytes(range(256)) * 20,  # the same bytes under another name
    "anh-chup.png": b"\x89PNG\r\n\x1a\n" + bytes(reversed(range(256))),
    "lon.pdf": b"%PDF-1.4 " + b"0123456789abcdef" * 200_000,
}
LEFT_OUT = {"cache", "core_heartbeat", "django_migrations", "django_session"}


@transaction.atomic
def fill() -> None:
    commune = UnitFactory(name="An Sơn", valid_to=dt.date(2025, 6, 30))
    later = UnitFactory(province=True, name="Sông Vân")
    Unit.objects.filter(pk=commune.pk).update(parent=later)  # a row that points to a later one
    _people_in_a_circle(commune)
    officer = UserFactory(username="canbo", role="officer", unit=commune)
    User.objects.filter(pk=officer.pk).update(last_login=dt.datetime(2026, 1, 2, 3, 4, 5, 678_901, tzinfo=dt.UTC))
    _plans(commune)
    kept = [
        files.store(io.BytesIO(content), name=name, unit_id=commune.pk, actor=officer)
        for name, content in PAPERS.items()
    ]
    IssuedPaper.objects.create(
        issuer=IssuerFactory(unit=commune), kind="Kế hoạch", number="07", symbol="KH-UBND", date=dt.date(2024, 2, 29),
        signed_file=kept[1],
    )  # fmt: skip
    _acts(commune, officer)
    _what_libraries_keep(officer)
    _work_of_the_day(commune, officer, kept[0])


def _people_in_a_circle(unit: Unit) -> None:
    part = PartFactory(unit=unit, name="Thôn «Đồng Mới» \\ \"'\n\t", valid_from=None)
    part.head = PersonFactory(unit=unit, part=part, birth_year=None)
    part.save()


def _plans(unit: Unit) -> None:
    plan = PlanFactory(unit=unit, tasks=3, sections=2)
    AssignmentFactory(task=plan.tasks.first())
    contents = {
        "campaign": {"z": 1, "a": [None, True, 1.5, 10**20, "«Đường» \u2028"], "Đ": {"b": {}, "a": []}},
        "season": models.Value(None, models.JSONField()),  # null in the column, which is not the same as nothing
        "number": 9.125,
    }
    for name, content in contents.items():
        UnclaimedPart.objects.create(plan=plan, name=name, content=content)
    PlanFactory(unit=unit).delete()  # its number must not be given again


def _acts(unit: Unit, officer: User) -> None:
    values = ["«Đường»\n\u2028", Decimal("9.125"), 9.5, 10**20, dt.date(2026, 3, 5), {"b": 1, "a": [None, True]}]
    for value in (*values, "thi đua " * 1_000):
        audit.record("units.unit.changed", unit, actor=officer, unit_id=unit.pk, changes={"field": (None, value)})
    audit.record("core.started", unit, actor=None, unit_id=None)


def _what_libraries_keep(officer: User) -> None:
    Authenticator.objects.create(user=officer, type="totp", data={"secret": "ABC", "migrated": None})
    LogEntry.objects.create(
        user=officer, content_type=ContentType.objects.get_for_model(User), object_id="1", object_repr="x",
        action_flag=CHANGE, change_message="",
    )  # fmt: skip


def _work_of_the_day(unit: Unit, officer: User, file: StoredFile) -> None:
    for state in Job.State:
        Job.objects.create(unit_id=unit.pk, owner=officer, title="Dựng văn bản", state=state)
    SheetImport.objects.create(
        unit_id=unit.pk,
        owner=officer,
        kind="units.parts",
        target_id=unit.pk,
        file=file,
        report={"rows": [["1", None]]},
    )
    Session.objects.create(session_key="phiên", session_data="x", expire_date=timezone.now())
    Heartbeat.objects.create(queue="slow", at=timezone.now())
    cache.set("lượt", 3)


# -- What a folder holds ------------------------------------------------------------------


def rows(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Table → its rows as SQLite stores them, without what an archive leaves out."""
    with closing(sqlite3.connect(folder / "db.sqlite3")) as link:
        link.row_factory = sqlite3.Row
        named = link.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        tables = sorted({name for (name,) in named} - LEFT_OUT)
        found = {table: sorted(map(dict, link.execute(f"SELECT * FROM {table}")), key=repr) for table in tables}
    keys = [last for last in found["sqlite_sequence"] if last["seq"] and last["name"] not in LEFT_OUT]
    return found | {"sqlite_sequence": keys}


def run_sql(folder: Path, statement: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "db.sqlite3")) as link, link:
        return link.execute(statement).fetchall()


def stored_files(folder: Path) -> dict[str, bytes]:
    found = (folder / "files").rglob("*")
    return {str(path.relative_to(folder)): path.read_bytes() for path in found if path.is_file()}


def copied(folder: Path, to: Path) -> Path:
    """A folder of its own, to spoil."""
    shutil.copytree(folder, to)
    return to
