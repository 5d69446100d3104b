"""``verify_audit`` says that every chain is whole, or names the first link that is not."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from core import audit
from core.models import AuditEntry
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    AuditEntry.objects.all().delete()
    unit = UnitFactory()
    for position in range(3):
        changes = {"name": (position, position + 1)}
        audit.record("units.unit.changed", unit, actor=None, unit_id=unit.pk, changes=changes)
    return unit


def test_whole_chains_are_counted(unit, capsys):
    call_command("verify_audit")

    assert json.loads(capsys.readouterr().out) == {"chains": 1, "entries": 3}


def test_a_changed_entry_is_named(unit, capsys):
    entry = AuditEntry.objects.get(unit_id=unit.pk, position=2)
    AuditEntry.objects.filter(pk=entry.pk).update(subject_label="một tên khác")

    with pytest.raises(SystemExit) as stop:
        call_command("verify_audit")

    sentence = f"Nhật ký của đơn vị {unit.pk} bị đứt ở mục thứ 2 (dòng {entry.pk}): nội dung đã bị sửa.\n"
    assert (stop.value.code, capsys.readouterr().err) == (1, sentence)
