"""How far scorers are apart."""

from __future__ import annotations

from fractions import Fraction as F

from clusters.reviewing.spread import Gap, Spread, spreads_of

POINTS = {
    "An Bình": {"Tự chấm": {"I": F(10), "II": F(5)}, "Thẩm định": {"I": F(7), "II": F(5)}},
    "Bình Minh": {"Tự chấm": {"I": F(9), "II": None}, "Thẩm định": {"I": F(8), "II": None}},
    "Cẩm Sơn": {"Tự chấm": {"I": F(4), "II": F(3)}},
}


def test_the_largest_difference_between_stages_of_one_unit_and_between_units():
    assert spreads_of(["I", "II"], POINTS) == [
        Spread("I", Gap(F(3), "Thẩm định", "Tự chấm", "An Bình"), Gap(F(4), "Cẩm Sơn", "Bình Minh")),
        Spread("II", Gap(), Gap(F(2), "Cẩm Sơn", "An Bình")),
    ]


def test_who_still_fills_in_the_sheet_is_neither_low_nor_high():
    assert spreads_of(["I"], POINTS, {"Cẩm Sơn"}) == [
        Spread("I", Gap(F(3), "Thẩm định", "Tự chấm", "An Bình"), Gap(F(1), "An Bình", "Bình Minh"))
    ]


def test_nobody_is_apart_from_himself():
    assert spreads_of(["I"], {"An Bình": {"Tự chấm": {"I": F(1)}}, "Bình Minh": {}}) == [Spread("I", Gap(), Gap())]
