"""Targets as papers print them, and read back by the reader of plans."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.interchange import TargetData
from campaigns.wording import in_words, sentence, share_in_words, sum_in_words
from plans.reading.targets import targets_in

D = Decimal


def target(comparison: str = "=", low=None, high=None, measure: str = "%", direction: str = "", text: str = "tỷ lệ"):
    figures = [None if value is None else D(str(value)) for value in (low, high)]
    return TargetData(text, comparison, *figures, measure, direction)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (target(">", 98), "trên 98 %"),
        (target("range", 10, 11), "từ 10 đến 11 %"),
        (target("range", 1, 2, "%/năm", "down"), "giảm 1-2 %/năm"),
        (target("=", "0.5", None, "%/năm", "down"), "giảm 0,5 %/năm"),
        (target(">=", 95), "từ 95 % trở lên"),
        (target(">=", 2, None, "%", "down"), "giảm ít nhất 2 %"),
        (target("<=", 2), "không quá 2 %"),
        (target("<", "2.5"), "dưới 2,5 %"),
        (target("=", 3000, None, "cây"), "3.000 cây"),
        (target("=", 12, None, ""), "12"),
        (target("=", None), ""),
    ],
)
def test_a_target_is_said_as_papers_say_it(said, words):
    assert in_words(said) == words


def test_a_share_of_a_range_may_have_one_figure():
    whole = target("range", 300, 350, "người")

    assert share_in_words(whole, D(12), None) == "12 người"
    assert share_in_words(whole, D(12), D(14)) == "từ 12 đến 14 người"
    assert share_in_words(whole, None, None) == ""


figures = st.decimals(D("0.01"), 10**6, places=2)


@given(
    st.sampled_from(["=", ">=", ">", "<=", "<", "range"]),
    figures,
    figures,
    st.sampled_from(["%", "%/năm", "tấn", "ha", "tỷ đồng"]),
    st.booleans(),
)
def test_what_is_printed_is_read_as_the_same_target(comparison, one, other, measure, is_decrease):
    low, high = sorted((one, other))
    printed = target(
        comparison, low, high if comparison == "range" else None, measure, "down" * is_decrease, "hộ nghèo"
    )

    [found] = targets_in(sentence(printed))

    read = (found.text, found.op, found.low, found.high, found.unit, "down" * found.is_decrease)
    assert read == (
        printed.text,
        printed.comparison,
        printed.low,
        printed.high,
        printed.measure,
        printed.direction,
    )


class TestSums:
    whole = target("=", 2350, None, "tấn")

    @pytest.mark.parametrize(
        ("shares", "words"),
        [
            ([2300], "cộng 2.300/2.350 tấn: còn thiếu 50"),
            ([2000, 350], "cộng 2.350/2.350 tấn: vừa đủ"),
            ([2000, "350.5"], "cộng 2.350,5/2.350 tấn: vượt 0,5"),
            ([], "chưa giao cho nơi nào"),
        ],
    )
    def test_shares_add_up_or_what_is_missing_is_said(self, shares, words):
        assert sum_in_words(self.whole, [D(str(share)) for share in shares], adds_up=True) == words

    def test_percentages_are_not_summed(self):
        words = sum_in_words(target(">=", 95), [D(95), D(90)], adds_up=False)

        assert words == "số giao của các nơi không cộng lại được: mỗi nơi một mức"

    def test_without_a_figure_of_the_whole_the_sum_stands_alone(self):
        assert sum_in_words(target("=", None, None, "cây"), [D(5), D(6)], adds_up=True) == "cộng 11 cây"
