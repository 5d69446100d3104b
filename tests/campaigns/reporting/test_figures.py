"""What is counted from plain values: standings, ranks, JSON and back, what changed since."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from campaigns.measuring import Aim, Span
from campaigns.periods import period_of
from campaigns.reporting.figures import (
    Change,
    ExemplarFigures,
    Figures,
    MovementFigures,
    PartCount,
    PlaceFigures,
    Rank,
    Registrations,
    TargetFigures,
    WaveFigures,
    changed_since,
    ranks_of,
    read,
    write,
)
from campaigns.results.standing import Bearers, Reported, figure_of
from campaigns.results.status import Status, status_of

SPAN = Span(None, dt.date(2024, 12, 31))
VILLAGES = Bearers({("part", 1): "thôn", ("part", 2): "thôn"})


def target(**said: object) -> TargetFigures:
    usual = {
        "target": 1,
        "text": "Sản lượng lúa",
        "aim": "2.200 tấn",
        "measure": "tấn",
        "low": Decimal(2200),
        "grows": True,
        "value": Decimal("1280.5"),
        "period": "6 tháng đầu năm 2024",
        "is_current": True,
        "is_sum": False,
        "percent": Decimal("58.2"),
        "status": Status.AHEAD,
        "parts": None,
        "forecast": None,
    }
    return TargetFigures(**{**usual, **said})  # type: ignore[arg-type]


def figures(**said: object) -> Figures:
    usual = {
        "campaign": 3,
        "title": "Phong trào thi đua năm 2024",
        "theme": "",
        "year": 2024,
        "period": "2024-H1",
        "period_words": "6 tháng đầu năm 2024",
        "last_day": dt.date(2024, 6, 30),
        "wave": "",
        "is_final": False,
        "launched_on": None,
        "targets": (),
        "places": (),
        "registrations": None,
        "waves": (),
        "movements": (),
        "exemplars": (),
    }
    return Figures(**{**usual, **said})  # type: ignore[arg-type]


class TestStatus:
    @pytest.mark.parametrize(
        ("aim", "value", "period", "status"),
        [
            (Aim("=", Decimal(100), grows=True), None, "2024-H1", Status.NO_DATA),
            (Aim("=", Decimal(100), grows=True), 0, "2024-H1", Status.BEHIND),
            (Aim("=", Decimal(100), grows=True), 30, "2024-H1", Status.BEHIND),
            (Aim("=", Decimal(100), grows=True), 50, "2024-H1", Status.ON_TIME),
            (Aim("=", Decimal(100), grows=True), 60, "2024-H1", Status.AHEAD),
            (Aim("=", Decimal(100), grows=True), 100, "2024-H1", Status.REACHED),
            (Aim("=", Decimal(100), grows=True), 99, "2024-Y", Status.NOT_REACHED),
            (Aim(">=", Decimal(95)), 94, "2024-9M", Status.IN_PROGRESS),
            (Aim(">=", Decimal(95)), 94, "2024-Y", Status.NOT_REACHED),
            (Aim("<=", Decimal(5), grows=True), 2, "2024-H1", Status.KEPT),
            (Aim("<=", Decimal(5), grows=True), 6, "2024-H1", Status.NOT_REACHED),
            (Aim("<=", Decimal(5), grows=True), 5, "2024-Y", Status.REACHED),
            (Aim("<=", Decimal(5)), 6, "2024-H1", Status.IN_PROGRESS),
            (Aim("<=", Decimal(5)), 6, "2024-Y", Status.NOT_REACHED),
            (Aim("=", None), 7, "2024-H1", Status.NO_AIM),
        ],
    )
    def test_a_figure_of_the_whole_is_judged_by_its_target_and_the_time_passed(self, aim, value, period, status):
        rows = [] if value is None else [Reported(1, period_of(period), Decimal(value))]

        assert status_of(figure_of(aim, rows, VILLAGES, span=SPAN)) is status

    @pytest.mark.parametrize(
        ("comparison", "value", "status"),
        [
            ("=", 40, Status.PARTIAL),
            ("=", 100, Status.REACHED),
            ("<=", 40, Status.PARTIAL),
            ("<=", 101, Status.NOT_REACHED),
        ],
    )
    def test_a_sum_that_lacks_parts_is_judged_only_where_they_could_change_nothing(self, comparison, value, status):
        rows = [Reported(1, period_of("2024-Y"), Decimal(value), ("part", 1))]

        assert status_of(figure_of(Aim(comparison, Decimal(100), grows=True), rows, VILLAGES, span=SPAN)) is status


class TestRanks:
    def test_villages_are_compared_with_villages_and_equal_ones_share_a_rank(self):
        places = [
            PlaceFigures("Thôn 1", "thôn", 2, 2, 2),
            PlaceFigures("Thôn 2", "thôn", 1, 1, 1),
            PlaceFigures("Thôn 3", "thôn", 2, 2, 0),
            PlaceFigures("Thôn 4", "thôn", 2, 1, 0),
            PlaceFigures("Trường Tiểu học", "trường", 1, 1, 0),
        ]

        assert list(ranks_of(places)) == [
            (
                Rank("thôn", ("Thôn 1", "Thôn 2"), 3, 4, ("2/2", "1/1")),
                Rank("thôn", ("Thôn 3",), 3, 4, ("0/2",)),
            )
        ]

    @pytest.mark.parametrize(
        "places",
        [
            [],
            [PlaceFigures("Thôn 1", "thôn", 2, 2, 2)],
            [PlaceFigures("Thôn 1", "thôn", 2, 2, 1), PlaceFigures("Thôn 2", "thôn", 4, 4, 2)],
            [PlaceFigures("Thôn 1", "thôn", 2, 2, 2), PlaceFigures("Thôn 2", "thôn", 2, 1, 0)],
            [PlaceFigures("Thôn 1", "thôn", 0, 0, 0), PlaceFigures("Thôn 2", "thôn", 2, 2, 0)],
        ],
    )
    def test_nothing_is_said_where_all_stand_equal_or_too_few_can_be_compared(self, places):
        assert list(ranks_of(places)) == []


class TestJson:
    def test_what_is_written_is_read_back_the_same(self):
        whole = figures(
            launched_on=dt.date(2024, 1, 12),
            targets=(
                target(parts=PartCount(5, 6, "thôn"), forecast=Decimal("2574.1"), is_sum=True),
                target(target=2, value=None, percent=None, status=Status.NO_DATA, period="", movement=4),
            ),
            places=(PlaceFigures("Thôn 1", "thôn", 2, 2, 2), PlaceFigures("Thôn 2", "thôn", 2, 2, 0)),
            registrations=Registrations(3, 1, 1, 2, 4),
            waves=(WaveFigures("Đợt 1", dt.date(2024, 1, 1), None, is_coming=False),),
            movements=(MovementFigures(4, "Cải cách hành chính", ""),),
            exemplars=(ExemplarFigures(9, "person", "Bà Sương", "Thôn 2", "Hiến đất", dt.date(2024, 5, 19), "", 8),),
        )

        content = json.loads(json.dumps(write(whole), ensure_ascii=False))

        assert read(content) == whole
        assert content["counts"] == {"total": 2, "ahead": 1, "no_data": 1}
        assert [rank["names"] for rank in content["best"]] == [["Thôn 1"]]
        assert (content["targets"][0]["value"], content["targets"][1]["value"]) == ("1280.5", None)

    def test_another_format_is_refused(self):
        with pytest.raises(ValueError, match="tdkt-review/9"):
            read(write(figures()) | {"format": "tdkt-review/9"})


class TestSince:
    def test_equal_figures_have_no_changes(self):
        then = figures(targets=(target(),), registrations=Registrations(3, 1, 1, 2, 0))

        assert changed_since(then, read(write(then))) == []

    def test_each_change_says_what_it_was_and_what_it_is(self):
        then = figures(
            targets=(target(), target(target=2, text="Trồng cây"), target(target=3, text="Đường", value=None)),
            registrations=Registrations(3, 1, 1, 2, 0),
        )
        now = replace(
            then,
            targets=(
                target(value=Decimal(1300)),
                target(target=3, text="Đường", low=Decimal(2), aim="2 km", value=None),
                target(target=4, text="Mới", status=Status.ON_TIME),
            ),
            registrations=Registrations(3, 2, 1, 1, 0),
        )

        assert changed_since(then, now) == [
            Change("Sản lượng lúa", "1.280,5 tấn", "1.300 tấn"),
            Change("Trồng cây", "1.280,5 tấn", "không còn chỉ tiêu này"),
            Change("Đường", "chưa có số liệu, giao 2.200 tấn", "chưa có số liệu, giao 2 km"),
            Change("Mới", "chưa có chỉ tiêu này", "đúng tiến độ"),
            Change("Đăng ký thi đua", "5/7 nơi", "6/7 nơi"),
        ]
