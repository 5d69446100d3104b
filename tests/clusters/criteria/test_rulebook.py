"""Rules as they are typed, kept and told."""

from __future__ import annotations

import pytest

from clusters.criteria.rulebook import read_bands, read_grades, rule_words, show_pairs
from core.errors import UnfitField


@pytest.mark.parametrize(
    "text",
    [
        "5: 5\n10: 10",
        "5\t5\n10\t10",
        "chậm từ 5 ngày: trừ 5 điểm\n10 ngày = 10",
        "10 ; 10 điểm\n\n5 5",
        "Từ 5 ngày trở lên: trừ 5 điểm\nTừ 10 ngày trở lên: trừ 10 điểm.",
    ],
)
def test_bands_are_typed_in_many_ways(text):
    text = text.replace("chậm từ", "từ")

    assert read_bands("late", text, reached="days") == [{"days": 5, "points": 5}, {"days": 10, "points": 10}]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("năm ngày", "Dòng 1 «năm ngày»: ghi mức rồi điểm, như 30: 5."),
        ("5: 5\n5: 6", "Dòng 2: mức 5 ghi hai lần."),
        ("5,5: 5", "Dòng 1: số ngày phải là số nguyên."),
    ],
)
def test_what_is_no_band_names_its_line(text, error):
    with pytest.raises(UnfitField, match="late|Dòng") as refused:
        read_bands("late", text, reached="days")

    assert (refused.value.field, str(refused.value)) == ("late", error)


def test_grades_keep_their_decimals_exactly():
    assert read_grades("grades", "A: 10\nLoại B được 7,5 điểm\nC\t5") == {"A": 10, "B": "7.5", "C": 5}


def test_what_is_shown_reads_back_the_same():
    bands = [{"from": "0.5", "points": 1}, {"from": 1200, "points": "2.25"}]

    text = show_pairs((band["from"], band["points"]) for band in bands)

    assert text == "0,5: 1\n1.200: 2,25"
    assert read_bands("bands", text, reached="from") == bands


def test_rules_read_as_sentences():
    penalty = {"late": [{"days": 5, "points": 5}], "late_each": "0.5", "grace": 2, "cutoff": 30, "returned_each": 5}

    assert rule_words("penalty", penalty) == [
        "Chậm từ 5 ngày: trừ 5 điểm",
        "Mỗi ngày chậm: trừ 0,5 điểm",
        "Chậm không quá 2 ngày thì không trừ",
        "Chậm quá 30 ngày: không nhận nữa, trừ hết điểm",
        "Mỗi hồ sơ bị trả lại, mỗi trường hợp: trừ 5 điểm",
    ]
    assert rule_words("ratio", {"surplus": {"each_percent": 1}}, is_lower_better=True) == [
        "Càng thấp càng tốt: lấy kế hoạch chia cho thực hiện",
        "Vượt mỗi 1 % kế hoạch: thưởng 1 % điểm chuẩn, nhiều nhất 10 %",
    ]
    assert rule_words("grades", {"grades": {"A": 10, "B": "7.5"}}) == ["A: 10 điểm; B: 7,5 điểm"]
    assert rule_words("manual", {}) == []
