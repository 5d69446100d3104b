"""History as people read it."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from core import audit
from core.history import history_lines
from tests.factories import PlanFactory
from units.models import Unit, User
from units.services import create_unit

pytestmark = pytest.mark.django_db
MORNING = dt.datetime(2026, 3, 5, 1, 0, tzinfo=dt.UTC)


@pytest.fixture
def unit(db) -> Unit:
    return create_unit(actor=None, kind="commune", designation="xã", name="An Sơn")


def act(unit: Unit, user: User | None, minutes: int, code: str = "units.unit.changed", **changes) -> None:
    with time_machine.travel(MORNING + dt.timedelta(minutes=minutes), tick=False):
        audit.record(code, unit, actor=user, unit_id=unit.pk, changes=changes)


def test_acts_of_one_person_within_ten_minutes_are_one_line(unit):
    an, binh = User.objects.create(username="an"), User.objects.create(username="binh")
    act(unit, an, 0, name=("A", "B"))
    act(unit, an, 4, name=("B", "C"))
    act(unit, an, 20, name=("C", "D"))
    act(unit, binh, 21, name=("D", "E"))

    lines = history_lines(unit)[:3]

    assert [(line.who, [(change.old, change.new) for change in line.changes]) for line in lines] == [
        ("binh", [("D", "E")]),
        ("an", [("C", "D")]),
        ("an", [("B", "C"), ("A", "B")]),
    ]


def test_states_keep_a_line_of_their_own(unit):
    act(unit, None, 0, state=("draft", "submitted"))
    act(unit, None, 1, state=("submitted", "issued"))

    assert [len(line.changes) for line in history_lines(unit)[:2]] == [1, 1]


def test_values_are_told_in_words(unit):
    act(
        unit,
        None,
        0,
        valid_to=(None, dt.date(2025, 6, 30)),
        is_verified=(False, True),
        parts=(None, ["Thôn Đông", "Thôn Đoài"]),
    )

    (line, _added) = history_lines(unit)

    assert (line.who, line.what) == ("Chương trình", "Sửa thông tin đơn vị")
    assert [(change.name, change.old, change.new) for change in line.changes] == [
        ("đã đối chiếu", "không", "có"),
        ("bộ phận", "(trống)", "Thôn Đông, Thôn Đoài"),
        ("đến hết ngày", "(trống)", "30/06/2025"),
    ]


def test_choices_and_dates_without_a_day_are_told_in_words():
    plan = PlanFactory()
    audit.record(
        "plans.plan.changed",
        plan,
        actor=None,
        unit_id=plan.unit_id,
        changes={"state": ("submitted", "draft"), "paper_date": ("2027-01", "2027-01-05"), "kind": (None, "annual")},
    )

    (line,) = history_lines(plan)

    assert [(change.name, change.old, change.new) for change in line.changes] == [
        ("loại kế hoạch", "(trống)", "Kế hoạch công tác năm"),
        ("ngày văn bản", "01/2027", "05/01/2027"),
        ("trạng thái", "Đã trình", "Dự thảo"),
    ]


def told_pieces(old: str, new: str) -> list[tuple[str, str]]:
    plan = PlanFactory()
    audit.record("plans.plan.changed", plan, actor=None, unit_id=plan.unit_id, changes={"closing": (old, new)})
    ((change,),) = [line.changes for line in history_lines(plan)]
    return [(piece.kind, piece.text) for piece in change.pieces]


def test_of_a_long_text_only_the_changed_words_are_told_with_a_few_around():
    before = " ".join(f"từ{n}" for n in range(100))
    after = before.replace("từ50 từ51", "mới").replace("từ98", "cuối")

    assert told_pieces(before, after) == [
        ("kept", " …  từ44 từ45 từ46 từ47 từ48 từ49"),
        ("gone", " từ50 từ51"),
        ("new", " mới"),
        ("kept", " từ52 từ53 từ54 từ55 từ56 từ57 …  từ92 từ93 từ94 từ95 từ96 từ97"),
        ("gone", " từ98"),
        ("new", " cuối"),
        ("kept", " từ99"),
    ]


def test_a_change_beyond_what_the_chain_keeps_says_so_without_its_hash():
    start = "thi đua " * 300

    assert told_pieces(start + "một", start + "hai") == [("kept", "(đoạn sau 2.000 chữ đầu đã sửa)")]


def test_short_texts_are_told_whole():
    assert told_pieces("Thôn Đông", "Thôn Đoài") == []


def test_several_objects_are_told_together_in_one_query(unit, django_assert_num_queries):
    other = create_unit(actor=None, kind="commune", designation="xã", name="Bình Sơn")

    with django_assert_num_queries(1):
        lines = history_lines(unit, [other])

    assert [line.what for line in lines] == ["Lập đơn vị", "Lập đơn vị"]
