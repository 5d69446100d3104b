"""Rows: every kind of value comes back as it was, and rows that do not fit leave nothing behind."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import uuid
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection, models
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import isolate_apps

from core.backup import tables
from core.backup.manifest import UnfitArchive
from core.backup.rows import insert, lines_of
from core.backup.tables import UnfitTables
from core.errors import AppError
from core.models import AuditEntry
from tests.core.backup.archives import described, forged, rewritten, table_of, with_value
from units.models import Unit

# -- Kinds of values ----------------------------------------------------------------------


@isolate_apps("core")
def test_values_of_every_kind_come_back_as_they_were(db):
    class Kinds(models.Model):
        amount = models.DecimalField(max_digits=20, decimal_places=6, null=True)
        day = models.DateField(null=True)
        at = models.DateTimeField(null=True, auto_now=True)
        hour = models.TimeField(null=True)
        length = models.DurationField(null=True)
        key = models.UUIDField(null=True)
        bytes = models.BinaryField(null=True)
        share = models.FloatField(null=True)
        is_it = models.BooleanField(null=True)
        text = models.TextField(null=True)
        content = models.JSONField(null=True)

        class Meta:
            app_label = "core"

    columns = ", ".join(f'"{field.column}" {field.db_type(connection)}' for field in Kinds._meta.local_fields)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE core_kinds ({columns})")
    Kinds.objects.create(id=1)
    Kinds.objects.create(
        id=2, amount=Decimal("-123456789.123456"), day=dt.date(1930, 2, 3), hour=dt.time(23, 59, 59, 999_999),
        length=dt.timedelta(days=-3, microseconds=7), key=uuid.UUID(int=7), bytes=b"\x00\xff", share=0.1, is_it=False,
        text=' «Đường»\n\t\u2028\\" ', content={"b": 1, "a": [None, "ệ"]},
    )  # fmt: skip
    Kinds.objects.create(id=3, content=models.Value(None, models.JSONField()))
    Kinds.objects.update(at=dt.datetime(2001, 2, 3, 4, 5, 6, 789_012, tzinfo=dt.UTC))
    before, lines = values_of(Kinds), list(lines_of(Kinds))
    Kinds.objects.all().delete()

    assert list(insert(Kinds, io.BytesIO(b"".join(line for line, _ in lines)))) == [3]

    assert values_of(Kinds) == before
    assert list(lines_of(Kinds)) == lines
    # nothing in the column, and «null» in it
    assert [Kinds.objects.filter(pk=pk, content__isnull=True).exists() for pk in (1, 3)] == [True, False]
    assert lines[0][0] == b'[1,null,null,"2001-02-03T04:05:06.789012+00:00",null,null,null,null,null,null,null,null]\n'


def values_of(model: type[models.Model]) -> list[tuple]:
    found = model._base_manager.order_by("pk").values_list()
    return [tuple(bytes(value) if isinstance(value, memoryview) else value for value in row) for row in found]


def test_every_kept_table_is_read_in_an_order_that_both_databases_share(db):
    """Each database orders words in its own way; numbers not."""
    kept = tables.models_after(tables.migrations_applied())

    assert len(kept) > 30
    assert [model for model in kept if not isinstance(_own_key(model), models.AutoField | models.BigAutoField)] == []


def _own_key(model: type[models.Model]) -> models.Field:
    """Of a row that is another's (one for a unit, for a person): the key of that one."""
    key = model._meta.pk
    return key.target_field if isinstance(key, models.ForeignKey) else key


def test_a_table_stands_behind_those_that_it_points_to(db):
    names = [model._meta.label_lower for model in tables.models_after(tables.migrations_applied())]
    places = [names.index(name) for name in ("units.unit", "plans.plan", "plans.task", "plans.assignment")]

    assert places == sorted(places)
    assert {"sessions.session", "core.heartbeat"}.isdisjoint(names)


# -- Rows that do not fit, though every hash of the archive does --------------------------


def everything() -> dict[str, int]:
    """Rows of each table; where nobody has worked yet, some are there all the same."""
    kept = tables.models_after(tables.migrations_applied())
    counts = {model._meta.label_lower: model._base_manager.count() for model in kept}
    assert counts["documents.legaltext"] > 10
    assert counts["units.user"] == counts["units.unit"] == counts["core.auditentry"] == 0
    return counts


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("valid_to", "2026-13-45", "có dòng không đọc được sau dòng 0; hãy dùng bản khác."),
        ("is_verified", "có", "có dòng không đọc được sau dòng 0; hãy dùng bản khác."),
        ("id", [1], "có dòng không đọc được sau dòng 0; hãy dùng bản khác."),
        ("id", 2, "Không nạp được bảng «units.unit» của bản sao lưu ("),
        ("name", None, "Không nạp được bảng «units.unit» của bản sao lưu ("),
        ("parent_id", 99, "Có dòng trong bản sao lưu trỏ đến dòng không có ("),
        ("name", "Khác", "Bảng «units.unit» sau khi nạp không giống trong bản sao lưu nên đã bỏ mọi thứ vừa nạp."),
    ],
)
def test_rows_that_do_not_fit_leave_nothing_behind(saved, tmp_path, settings, into_the_tests, column, value, sentence):
    before = everything()
    path = with_value(saved, tmp_path / "tdkt.zip", "units.unit", column, value)

    with pytest.raises(AppError) as refusal:
        into_the_tests(path)

    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert everything() == before
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "change",
    [lambda lines: lines[0].pop(), lambda lines: lines[0].append(1), lambda lines: lines.__setitem__(0, {})],
    ids=["too short", "too long", "no list"],
)
def test_a_line_that_is_no_row_is_told(saved, tmp_path, into_the_tests, change):
    path = forged(saved, tmp_path / "tdkt.zip", "units.unit", change)

    with pytest.raises(UnfitArchive, match="^Bảng «units.unit» trong bản sao lưu có dòng không đọc được sau dòng 0; "):
        into_the_tests(path)

    assert not Unit.objects.exists()


def test_columns_that_the_migrations_did_not_make_are_told(saved, tmp_path, into_the_tests):
    path = rewritten(saved, tmp_path / "tdkt.zip", change=lambda m: m["tables"][0]["columns"].reverse())

    with pytest.raises(UnfitArchive, match="^Các bảng trong bản sao lưu không khớp với chương trình; "):
        into_the_tests(path)

    assert not Unit.objects.exists()


def test_tables_that_cannot_be_unmade_are_told(saved, tmp_path, into_the_tests, monkeypatch):
    path = rewritten(
        saved, tmp_path / "tdkt.zip", change=lambda m: m["migrations"].remove("mfa.0003_authenticator_type_uniq")
    )

    def refuse(*arguments: object, **options: object) -> None:
        raise IrreversibleError

    monkeypatch.setattr(MigrationExecutor, "unapply_migration", refuse)

    with pytest.raises(UnfitTables) as refusal:
        into_the_tests(path)

    assert str(refusal.value) == (
        "Bản sao lưu của phiên bản cũ hơn, mà các bảng ở đây không lùi về được như lúc đó; "
        "hãy phục hồi vào cơ sở dữ liệu chưa có bảng nào."
    )


def test_an_audit_entry_that_was_rewritten_with_every_hash_of_the_archive_is_found(saved, tmp_path, into_the_tests):
    path = with_value(saved, tmp_path / "1.zip", "core.auditentry", "code", "khác")

    def follow(found: dict) -> None:
        table_of(found, "core.auditentry")["content_sha256"] = content_of_entries(saved, "khác")

    with pytest.raises(AppError, match="^Nhật ký sau khi nạp không nối nhau như lúc sao lưu"):
        into_the_tests(rewritten(path, tmp_path / "2.zip", change=follow))

    assert not AuditEntry.objects.exists()


def content_of_entries(saved: Path, code: str) -> str:
    """Of the audit entries once the first of them has another code."""
    columns = table_of(described(saved), "core.auditentry")["columns"]
    digest = hashlib.sha256()
    with zipfile.ZipFile(saved) as packed:
        for number, line in enumerate(packed.read("data/core.auditentry.jsonl").splitlines()):
            row = json.loads(line)
            row[columns.index("code")] = row[columns.index("code")] if number else code
            place = columns.index("changes")
            row[place] = compact(json.loads(row[place]), sort_keys=True)
            digest.update(f"{compact(row)}\n".encode())
    return digest.hexdigest()


def compact(value: object, *, sort_keys: bool = False) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=sort_keys)
