"""The table of the whole campaign: a target that nobody entered shows what its parts sum to; pages keep the period."""

from __future__ import annotations

from decimal import Decimal

from tests.campaigns.results.conftest import PERIOD, rice


def row_of(page) -> tuple[str, str, str]:
    [line] = page.context["lines"]
    return line.value, line.percent, line.state.word


def test_a_sum_of_all_parts_is_told_as_a_figure_of_the_whole(office):
    [target] = office.targets(rice())
    before = row_of(office.page("results", ky=PERIOD))

    for village, value in zip(office.villages, (500, 400, 200), strict=True):
        office.record(target, value, village)

    assert before == ("", "", "Chưa có số liệu")
    assert row_of(office.page("results", ky=PERIOD)) == ("", "50 %", "Đúng tiến độ")


def test_a_sum_that_lacks_parts_says_so_and_is_of_its_own_period_alone(office):
    [target] = office.targets(rice())
    office.record(target, 500, office.villages[0])

    assert row_of(office.page("results", ky=PERIOD))[2] == "Chưa đủ số liệu"
    assert row_of(office.page("results", ky="2024-9M")) == ("", "", "Chưa có số liệu")


def test_what_was_entered_for_the_whole_counts_before_the_sum(office):
    [target] = office.targets(rice())
    for village in office.villages:
        office.record(target, 100, village)

    office.record(target, Decimal(2200))

    assert row_of(office.page("results", ky=PERIOD)) == ("2.200", "100 %", "Đạt")


def test_from_the_results_one_comes_to_the_board_of_the_same_period(office):
    office.targets(rice())

    results, board = (office.page(name, ky="2024-Q1").content.decode() for name in ("results", "board"))

    assert f'href="{office.url("board")}?ky=2024-Q1"' in results
    assert f'href="{office.url("results")}?ky=2024-Q1"' in board
