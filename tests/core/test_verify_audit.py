"""``verify_audit`` says that every chain is whole, or names the first link that is not.

A chain whose newest entries were cut off is whole; an anchor from before remembers them.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from core import audit, audit_anchor
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


# -- Anchors ------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path) -> str:
    return str(tmp_path / "mốc.json")


@pytest.fixture
def verify(capsys, file):
    """Run with the anchor; what it printed, or the sentence with which it stopped."""

    def verify() -> dict[str, int] | str:
        try:
            call_command("verify_audit", "--anchor", file)
        except SystemExit:
            return capsys.readouterr().err.removesuffix("\n")
        return json.loads(capsys.readouterr().out)

    return verify


def kept(file) -> list[dict]:
    return json.loads(Path(file).read_text(encoding="utf-8"))["chains"]


def act(unit) -> None:
    audit.record("units.unit.changed", unit, actor=None, unit_id=unit.pk)


def test_the_first_anchor_names_the_last_entry_of_every_chain(unit, file, verify):
    other = UnitFactory()
    act(other)

    assert verify() == {"chains": 2, "entries": 4, "compared": 0}
    last = AuditEntry.objects.get(unit_id=unit.pk, position=3), AuditEntry.objects.get(unit_id=other.pk)
    assert kept(file) == [
        {"unit": unit.pk, "position": 3, "hash": last[0].hash},
        {"unit": other.pk, "position": 1, "hash": last[1].hash},
    ]


def test_a_chain_that_grew_fits_and_the_anchor_moves_on(unit, file, verify):
    verify()
    act(unit)
    new = UnitFactory()
    act(new)

    assert verify() == {"chains": 2, "entries": 5, "compared": 1}
    assert [(head["unit"], head["position"]) for head in kept(file)] == [(unit.pk, 4), (new.pk, 1)]


def test_entries_cut_off_at_the_end_are_missed_though_the_rest_is_whole(unit, file, verify):
    verify()
    before = kept(file)
    AuditEntry.objects.filter(unit_id=unit.pk, position__gte=2).delete()
    assert audit.first_broken_link(unit.pk) is None

    sentence = f"Nhật ký của đơn vị {unit.pk} mất những mục cuối: lúc ghi mốc có 3 mục, nay còn 1."
    assert [verify(), verify()] == [sentence, sentence]
    assert kept(file) == before


def test_a_whole_chain_that_is_gone_is_missed(unit, file, verify):
    verify()
    AuditEntry.objects.all().delete()

    assert verify() == f"Nhật ký của đơn vị {unit.pk} mất những mục cuối: lúc ghi mốc có 3 mục, nay còn 0."


def test_other_entries_in_the_place_of_those_cut_off_are_found(unit, file, verify):
    verify()
    AuditEntry.objects.filter(unit_id=unit.pk, position=3).delete()
    act(unit)
    act(unit)
    assert audit.first_broken_link(unit.pk) is None

    assert verify() == f"Nhật ký của đơn vị {unit.pk}: mục thứ 3 không còn như lúc ghi mốc."


def test_a_broken_chain_leaves_the_anchor_as_it_was(unit, file, verify):
    verify()
    before = kept(file)
    act(unit)
    AuditEntry.objects.filter(unit_id=unit.pk, position=4).update(subject_label="một tên khác")

    assert "bị đứt ở mục thứ 4" in verify()
    assert kept(file) == before


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "Tệp FILE không phải JSON đúng, có thể đã bị cắt mất một phần."),
        ("[]", "Tệp mốc phải là một nhóm có tên trường (JSON object)."),
        ('{"schema": "tdkt-plan/1"}', "Tệp mốc không ghi schema là tdkt-audit-anchor/1."),
        (
            '{"schema": "tdkt-audit-anchor/1", "at": "", "chains": [{"unit": 1, "position": 0, "hash": "a"}]}',
            "«chains» mục 1, trường «position» phải là số từ 1 đến 9223372036854775807.",
        ),
    ],
    ids=["empty", "a list", "another form", "no position"],
)
def test_a_file_that_is_no_anchor_is_told_and_kept(unit, file, verify, content, sentence):
    Path(file).write_text(content, encoding="utf-8")

    assert verify() == sentence.replace("FILE", file)
    assert Path(file).read_text(encoding="utf-8") == content


def test_a_place_that_cannot_be_written_is_told(unit, tmp_path, capsys):
    nowhere = str(tmp_path / "không-có" / "mốc.json")

    with pytest.raises(SystemExit):
        call_command("verify_audit", "--anchor", nowhere)

    assert capsys.readouterr().err == f"Không ghi được tệp mốc {nowhere}.\n"


def test_what_is_written_is_what_is_read(unit, file):
    heads = audit_anchor.heads()
    assert len(heads) == 1

    audit_anchor.write(file, heads)

    assert audit_anchor.read(json.loads(Path(file).read_text(encoding="utf-8"))) == heads
