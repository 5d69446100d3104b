"""The chain of audit entries: what is written, what is hidden, and that no change to it goes unseen."""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core import audit
from core.models import SYSTEM_CHAIN, AuditEntry
from tests.factories import PartFactory, PersonFactory, UnitFactory, UserFactory
from units.models import Part, Unit

HASH = "0" * 64


@pytest.fixture
def unit(db) -> Unit:
    return UnitFactory(name="An Sơn")


@pytest.fixture
def chain(unit: Unit) -> list[AuditEntry]:
    """Five acts of one unit, between those of another."""
    other = UnitFactory()
    for number in range(5):
        audit.record("units.unit.changed", unit, actor=None, unit_id=unit.pk, changes={"name": (number, number + 1)})
        audit.record("units.unit.changed", other, actor=None, unit_id=other.pk)
    assert audit.first_broken_link(unit.pk) is None
    return list(AuditEntry.objects.filter(unit_id=unit.pk).order_by("position"))


# -- What is written ----------------------------------------------------------------------


def test_an_act_is_kept_whole(unit, time_machine):
    time_machine.move_to(dt.datetime(2026, 3, 5, 20, 0, tzinfo=dt.UTC), tick=False)
    actor = UserFactory()

    audit.record("units.unit.changed", unit, actor=actor, unit_id=unit.pk, changes={"name": ("An", "An Sơn")})

    entry = AuditEntry.objects.get()
    assert (entry.unit_id, entry.position, entry.previous_hash, entry.at) == (unit.pk, 1, HASH, timezone.now())
    assert (entry.actor, entry.code) == (actor, "units.unit.changed")
    assert (entry.subject_type, entry.subject_id, entry.subject_label) == ("units.unit", unit.pk, "xã An Sơn")
    assert entry.changes == {"name": ["An", "An Sơn"]}


def test_each_entry_carries_the_hash_of_the_one_before(chain):
    assert [entry.position for entry in chain] == [1, 2, 3, 4, 5]
    assert [entry.previous_hash for entry in chain] == [HASH, *(entry.hash for entry in chain[:-1])]
    assert len({entry.hash for entry in chain}) == 5


def test_every_unit_has_a_chain_of_its_own_and_so_has_the_program(chain, unit):
    audit.record("core.started", unit, actor=None, unit_id=None)

    assert AuditEntry.objects.get(unit_id=SYSTEM_CHAIN).position == 1
    assert len(list(audit.chains())) == 3
    assert [audit.first_broken_link(found) for found in audit.chains()] == [None, None, None]


@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_the_program_itself_acts_as_nobody(unit, nobody):
    audit.record("units.unit.changed", unit, actor=nobody, unit_id=unit.pk)

    assert AuditEntry.objects.get().actor is None


def test_an_act_that_is_undone_leaves_no_entry(unit):
    @transaction.atomic
    def act() -> None:
        audit.record("units.unit.changed", unit, actor=None, unit_id=unit.pk)
        assert AuditEntry.objects.exists()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        act()

    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (dt.date(2026, 3, 5), "2026-03-05"),
        (dt.datetime(2026, 3, 5, 20, tzinfo=dt.UTC), "2026-03-05T20:00:00Z"),
        (Decimal("9.125"), "9.125"),
        (("Thôn Đông", "Thôn Đoài"), ["Thôn Đông", "Thôn Đoài"]),
        ({"b": 1, "a": [None, True]}, {"a": [None, True], "b": 1}),
        ("«Đường» \u2028 \\ \" '", "«Đường» \u2028 \\ \" '"),
        (9.5, 9.5),
        (10**20, 10**20),
    ],
)
def test_values_of_every_kind_are_kept_and_the_chain_holds(unit, value, stored):
    audit.record("units.unit.changed", unit, actor=None, unit_id=unit.pk, changes={"field": (None, value)})

    assert AuditEntry.objects.get().changes == {"field": [None, stored]}
    assert audit.first_broken_link(unit.pk) is None


@pytest.mark.parametrize("name", ["password", "new_password", "secret_key", "token_hash", "identity_number"])
def test_secrets_are_masked_on_both_sides(unit, name):
    audit.record(
        "units.user.changed", unit, actor=None, unit_id=unit.pk, changes={name: ("cũ-1", "mới-2"), "a": (1, 2)}
    )

    entry = AuditEntry.objects.get()
    assert entry.changes == {name: ["•••", "•••"], "a": [1, 2]}
    assert audit.first_broken_link(unit.pk) is None


def test_a_long_text_is_kept_by_its_start_and_its_hash(unit):
    text = "thi đua " * 1_000

    audit.record("units.unit.changed", unit, actor=None, unit_id=unit.pk, changes={"body": ("", text)})

    digest = hashlib.sha256(text.encode()).hexdigest()
    assert AuditEntry.objects.get().changes == {"body": ["", f"{text[:2_000]}… (SHA-256 {digest})"]}


def test_a_long_name_is_cut_to_its_column(unit):
    part = PartFactory(unit=unit, name="Đ" * 300)

    audit.record("units.part.changed", part, actor=None, unit_id=unit.pk)

    assert AuditEntry.objects.get().subject_label == "Đ" * 300


def test_only_real_changes_are_differences():
    assert audit.differences({"a": 1, "b": 2, "c": None}, {"a": 1, "b": 3, "c": None, "d": 4}) == {
        "b": (2, 3),
        "d": (None, 4),
    }


def test_the_history_of_a_thing_holds_its_parts_and_nobody_elses(unit):
    mine, other, person = PartFactory(unit=unit), PartFactory(), PersonFactory(unit=unit)
    for subject in (unit, mine, other, person):
        audit.record("units.changed", subject, actor=None, unit_id=unit.pk)

    history = audit.history_of(unit, Part.objects.filter(unit=unit))

    assert [(entry.subject_type, entry.subject_id) for entry in history] == [
        ("units.part", mine.pk),
        ("units.unit", unit.pk),
    ]


# -- What is found ------------------------------------------------------------------------


def broken(unit: Unit) -> tuple[int, int, str] | None:
    """Entry, position and reason of the first broken link; the rest of it always names the unit."""
    link = audit.first_broken_link(unit.pk)
    if link is None:
        return None
    assert link.unit_id == unit.pk
    return link.entry_id, link.position, link.why


@pytest.mark.parametrize(
    "values",
    [
        {"changes": {"name": [0, 9]}},
        {"changes": {}},
        {"code": "units.unit.added"},
        {"at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
        {"subject_label": "xã Khác"},
        {"subject_id": 99},
        {"subject_type": "units.part"},
        {"hash": "f" * 64},
    ],
    ids=lambda values: next(iter(values)),
)
def test_a_changed_entry_is_found(unit, chain, values):
    AuditEntry.objects.filter(pk=chain[2].pk).update(**values)

    assert broken(unit) == (chain[2].pk, 3, "nội dung đã bị sửa")


def test_an_entry_put_on_somebody_else_is_found(unit, chain):
    AuditEntry.objects.filter(pk=chain[2].pk).update(actor=UserFactory())

    assert broken(unit) == (chain[2].pk, 3, "nội dung đã bị sửa")


def test_a_change_with_a_hash_that_fits_is_found_at_the_next_entry(unit, chain):
    forged = chain[2]
    forged.changes = {"name": [0, 9]}
    forged.hash = audit._hash_of(forged)
    forged.save()

    assert broken(unit) == (chain[3].pk, 4, "không nối với mục trước")


@pytest.mark.parametrize("position", [1, 3])
def test_a_removed_entry_is_found(unit, chain, position):
    chain[position - 1].delete()

    assert broken(unit) == (chain[position].pk, position + 1, f"thiếu mục thứ {position}")


def test_a_removed_entry_is_found_though_the_others_close_up(unit, chain):
    chain[2].delete()
    for entry in chain[3:]:
        AuditEntry.objects.filter(pk=entry.pk).update(position=entry.position - 1)

    assert broken(unit) == (chain[3].pk, 3, "không nối với mục trước")


def inserted(like: AuditEntry, **values) -> AuditEntry:
    fields = {name: getattr(like, name) for name in ("unit_id", "at", "code", "subject_type", "subject_id", "hash")}
    return AuditEntry.objects.create(**(fields | {"previous_hash": like.previous_hash} | values))


def test_two_entries_never_share_a_position(chain):
    with pytest.raises(IntegrityError), transaction.atomic():
        inserted(chain[2], position=3)


def test_an_inserted_entry_is_found(unit, chain):
    for entry in reversed(chain[2:]):
        AuditEntry.objects.filter(pk=entry.pk).update(position=entry.position + 1)

    added = inserted(chain[2], position=3, previous_hash=chain[1].hash)

    assert broken(unit) == (added.pk, 3, "nội dung đã bị sửa")


def test_an_inserted_entry_with_a_hash_that_fits_is_found_at_the_next(unit, chain):
    for entry in reversed(chain[2:]):
        AuditEntry.objects.filter(pk=entry.pk).update(position=entry.position + 1)
    added = inserted(chain[2], position=3, previous_hash=chain[1].hash)
    AuditEntry.objects.filter(pk=added.pk).update(hash=audit._hash_of(added))

    assert broken(unit) == (chain[2].pk, 4, "không nối với mục trước")


def test_an_entry_appended_without_its_place_is_found(unit, chain):
    added = inserted(chain[2], position=6)

    assert broken(unit) == (added.pk, 6, "không nối với mục trước")


def test_a_unit_without_entries_has_nothing_broken(unit):
    assert audit.first_broken_link(unit.pk) is None


# -- Several at once ----------------------------------------------------------------------


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_concurrent_writers_get_consecutive_positions():
    unit, writers, acts = UnitFactory(), 6, 5
    start, errors = threading.Barrier(writers), []

    def write() -> None:
        try:
            start.wait(timeout=20)
            for _ in range(acts):
                with transaction.atomic():
                    audit.record("units.unit.changed", unit, actor=None, unit_id=unit.pk)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    positions = list(
        AuditEntry.objects.filter(unit_id=unit.pk).order_by("position").values_list("position", flat=True)
    )
    assert errors == []
    assert positions == list(range(1, writers * acts + 1))
    assert audit.first_broken_link(unit.pk) is None
