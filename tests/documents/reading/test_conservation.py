"""The balance of words: what is lost, what is invented, where the lost ones stood."""

from __future__ import annotations

from documents.reading.conservation import is_in_order, places_of, weigh, words_of


def test_words_are_runs_of_letters_and_figures() -> None:
    assert words_of("Số: 03/KH-UBND, «Đợt 1»_ngày") == ["Số", "03", "KH", "UBND", "Đợt", "1", "ngày"]


def test_a_line_cut_within_a_word_is_even() -> None:
    assert weigh(["Kế hoạch số 03/KH-", "UBND;"], ["Kế hoạch số 03/KH-UBND"]).is_even


def test_lost_and_invented_words_are_counted() -> None:
    found = weigh(["thi đua thi đua"], ["thi đua yêu nước"])

    assert (found.lost, found.invented, found.is_even) == (("thi", "đua"), ("yêu", "nước"), False)


def test_lost_words_are_found_in_as_few_lines_as_hold_them() -> None:
    lines = ["Công tác thi đua", "Phân công", "Thời gian thực hiện", "thi đua"]

    assert places_of(["Phân", "công", "Thời", "gian"], lines, 5) == ("Phân công", "Thời gian thực hiện")
    assert places_of(["Phân", "công", "Thời", "gian"], lines, 1) == ("Phân công",)
    assert places_of(["vắng"], lines, 5) == ()


def test_order() -> None:
    assert is_in_order(["một hai", "ba bốn"], ["hai", "bốn"])
    assert not is_in_order(["một hai", "ba bốn"], ["bốn", "hai"])
