"""Figures as people type them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.figures import UnfitFigure, read_figure, show_figure


@pytest.mark.parametrize(
    ("typed", "measure", "figure"),
    [
        ("1.234.567", "", "1234567"),
        ("1234567", "", "1234567"),
        ("1 234 567", "", "1234567"),
        ("1.234,5", "", "1234.5"),
        ("12,5", "", "12.5"),
        ("12.5", "", "12.5"),
        ("1.234", "", "1234"),
        ("0,125", "", "0.125"),
        ("-3", "", "-3"),
        ("−3,5", "", "-3.5"),
        ("95%", "%", "95"),
        ("95 %", "%/năm", "95"),
        ("2.350 tấn", "tấn", "2350"),
        (2350, "", "2350"),
        (0.1, "", "0.1"),
        (12.3, "", "12.3"),
    ],
)
def test_a_figure_is_read_the_vietnamese_way(typed, measure, figure):
    assert read_figure(typed, measure) == Decimal(figure)


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_nothing_is_not_zero(blank):
    assert read_figure(blank) is None


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("mười hai", "ghi «mười hai», không phải một số. Ghi bằng chữ số, như 12 hoặc 12,5."),
        ("1,234,567", "ghi «1,234,567»: phần nghìn dùng dấu chấm, phần lẻ dùng dấu phẩy, như 1.234.567,5."),
        ("1,234.5", "ghi «1,234.5»: phần nghìn dùng dấu chấm, phần lẻ dùng dấu phẩy, như 1.234.567,5."),
        ("#N/A", "là lỗi công thức của Excel (#N/A)."),
        ("12 tấn", "ghi «12 tấn», không phải một số. Ghi bằng chữ số, như 12 hoặc 12,5."),
        ("1.23.456", "ghi «1.23.456», không phải một số. Ghi bằng chữ số, như 12 hoặc 12,5."),
        ("0,1234567", "có quá 6 chữ số lẻ."),
        ("100000000000000", "lớn quá, hãy xem lại đơn vị tính."),
        (float("nan"), "phải là một số."),
        (True, "phải là một số."),
    ],
)
def test_what_is_no_figure_says_why(typed, why):
    with pytest.raises(UnfitFigure, match="^") as error:
        read_figure(typed)

    assert str(error.value) == why


@given(st.decimals(-(10**13), 10**13, places=6, allow_nan=False, allow_infinity=False))
def test_what_is_shown_is_read_back(figure):
    assert read_figure(show_figure(figure)) == figure


@pytest.mark.parametrize(
    ("figure", "shown"),
    [("1234567.5", "1.234.567,5"), ("0.5", "0,5"), ("-1000", "-1.000"), ("0", "0"), ("10.0", "10")],
)
def test_a_figure_is_shown_the_vietnamese_way(figure, shown):
    assert show_figure(Decimal(figure)) == shown
