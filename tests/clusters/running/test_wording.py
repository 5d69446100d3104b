"""A khối is spoken of as a khối, points stand with a comma, days are counted."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from clusters.models import Step
from clusters.states import SheetStage, Stage
from clusters.wording import days_left, deputy, head, in_print, in_sentence, points_shown, role_label, word, worded


def test_every_label_of_ours_speaks_of_a_block():
    labels = [str(label) for choices in (Stage, SheetStage, Step.Kind) for label in choices.labels]
    assert any("cụm" in label for label in labels)

    assert not [one for label in labels if "cụm" in (one := worded(label, "block")).lower()]
    assert [worded(label, "cluster") for label in labels] == labels


def test_roles_by_kind():
    assert (word("cluster"), head("cluster"), deputy("cluster")) == ("cụm", "Trưởng cụm", "Phó trưởng cụm")
    assert (word("block"), head("block"), deputy("block")) == ("khối", "Trưởng khối", "Phó trưởng khối")
    assert role_label("member", "block") == "Thành viên"


@pytest.mark.parametrize(
    ("points", "decimals", "shown"),
    [(Fraction(1804, 100), 2, "18,04"), (Fraction(5, 2), 0, "3"), (Fraction(-1, 8), 2, "−0,13")],
)
def test_points_have_the_sets_decimals_and_a_comma(points, decimals, shown):
    assert points_shown(points, decimals) == shown


def test_days_are_counted_by_the_calendar():
    today = dt.date(2026, 2, 20)
    days = [dt.date(2026, 3, 4), today, dt.date(2026, 2, 17)]

    assert [days_left(day, today) for day in days] == ["còn 12 ngày", "hạn hôm nay", "quá hạn 3 ngày"]


def test_a_name_within_a_sentence():
    names = ["Xã An Bình", "Thôn Đông", "Công an tỉnh"]

    assert [in_sentence(name) for name in names] == ["xã An Bình", "thôn Đông", "Công an tỉnh"]


def test_a_figure_of_a_file_is_printed_with_a_comma_and_a_real_minus():
    assert [in_print(one) for one in ("18.04", "-1.50", "-2", "0")] == ["18,04", "−1,50", "−2", "0"]
    assert points_shown(Fraction(-3, 2), 2) == "−1,50"
