"""Who bears a target × targets."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from campaigns.models import Share
from campaigns.results.targets import TargetRow
from tests.campaigns.results.conftest import PERIOD, insured, rice
from tests.factories import PartFactory, UnitFactory

D = Decimal


def told(page) -> dict[str, list]:
    return {
        str(row): [(cell.state.word, cell.value, cell.percent, cell.period) if cell else None for cell in cells]
        for row, _, cells, _ in page.context["rows"]
    }


@pytest.fixture
def shared(office):
    lua, bhyt = office.targets(rice(), insured())
    east, west, south = office.villages
    for part in (east, west, south):
        Share.objects.create(target=lua, part=part, low=100)
    Share.objects.create(target=bhyt, part=east, low=95)
    office.record(lua, 120, east)
    office.record(lua, 20, west)
    office.record(lua, 30, south, period="2024-Q1")
    return office


def test_each_cell_says_how_far_and_who_has_sent_nothing(shared):
    page = shared.page("board", ky=PERIOD)

    assert told(page) == {
        "Thôn Đông": [("Đạt", "120", "120 %", ""), ("Chưa có số liệu", "", "", "")],
        "Thôn Tây": [("Chậm tiến độ", "20", "20 %", ""), None],
        "Thôn Nam": [("Vượt tiến độ", "30", "30 %", "quý I năm 2024"), None],
    }
    totals = [(total.reported, total.expected, total.words) for _, total in page.context["targets"]]
    assert totals == [(2, 3, "140 tấn"), (0, 1, "")]
    assert page.context["standing"].endswith("3 nơi, 2 chỉ tiêu; 2 nơi còn thiếu số liệu.")


def test_colour_only_repeats_word_and_shape(shared):
    html = shared.page("board", ky=PERIOD).content.decode()

    assert (
        '<td class="is-late"><span class="board-figure">20 (20\u00a0%)</span><span class="state state-late"><svg'
        in html
    )


def test_it_opens_on_the_last_period_of_which_a_place_reported(shared):
    shared.record(shared.campaign.targets.first(), 400, period="2024-9M")  # of the whole

    assert shared.page("board").context["period"].code == PERIOD


def test_before_anything_was_reported_it_opens_on_the_month_in_course(office):
    [lua] = office.targets(rice())
    Share.objects.create(target=lua, part=office.villages[0], low=100)

    with time_machine.travel(dt.datetime(2024, 5, 20, 3, tzinfo=dt.UTC), tick=False):
        assert office.page("board").context["period"].code == "2024-M05"


def test_names_of_targets_begin_with_a_capital(shared):
    board, results = (shared.page(name, ky=PERIOD).content.decode() for name in ("board", "results"))

    for html in (board, results):
        assert "Tỷ lệ người tham gia BHYT" in html
        assert ">tỷ lệ người tham gia BHYT" not in html


def test_only_those_who_still_lack_figures(shared):
    page = shared.page("board", ky=PERIOD, tinh_trang="con-thieu")

    assert list(told(page)) == ["Thôn Đông", "Thôn Nam"]
    assert [(total.reported, total.expected) for _, total in page.context["targets"]] == [(1, 2), (0, 1)]


def test_found_by_name_without_marks(shared):
    assert list(told(shared.page("board", ky=PERIOD, q="thon tay"))) == ["Thôn Tây"]


def test_targets_beyond_the_eighth_are_on_the_next_page(office):
    targets = office.targets(*(TargetRow(f"Chỉ tiêu {number}", low=D(1)) for number in range(10)))
    for target in targets:
        office.record(target, 1, office.villages[0])

    first, second = (office.page("board", ky=PERIOD, cot=at) for at in (0, 8))

    assert ([len(page.context["targets"]) for page in (first, second)], first.context["after"]) == ([8, 2], 8)


def test_an_empty_board_teaches(office):
    office.targets(rice())

    html = office.page("board").content.decode()

    assert "Chưa giao chỉ tiêu cho nơi nào" in html
    assert "<table" not in html


def test_of_a_province_the_units_below(office):
    type(office.unit).objects.filter(pk=office.unit.pk).update(kind="province")
    below = UnitFactory(parent=office.unit, name="Ba Vì")
    office.campaign.refresh_from_db()
    [lua] = office.targets(rice())
    office.record(lua, 5, lower=below)

    assert list(told(office.page("board", ky=PERIOD))) == [str(below)]


@pytest.mark.parametrize(("parts", "rows"), [(3, 3), (30, 30), (30, 300)])
def test_the_board_costs_the_same_for_3_and_30_parts_3_and_300_figures(office, parts, rows, django_assert_num_queries):
    targets = office.targets(*(TargetRow(f"Chỉ tiêu {number}", low=D(9)) for number in range(rows // parts)))
    for number in range(parts):
        part = PartFactory(unit=office.unit, name=f"Xóm {number}")
        for target in targets:
            office.record(target, number, part)
    office.page("board", ky=PERIOD)

    with django_assert_num_queries(12):
        page = office.page("board", ky=PERIOD)

    assert page.context["page"].total == parts
