"""Cells of a sheet: read in every form that people type, refused in half a sentence."""

from __future__ import annotations

import datetime as dt

import pytest

from core.cells import (
    Choice,
    Day,
    Email,
    Phone,
    RowByName,
    UnfitCell,
    Whole,
    Words,
    Year,
    name_key,
    read_day,
)
from core.sheets.reading import Broken, clean_text

HALF_PAST_SEVEN = dt.datetime.fromisoformat("2026-03-05T07:30")
"""As Excel keeps days: without a time zone."""


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("5/3/2026", dt.date(2026, 3, 5)),
        ("05/03/26", dt.date(2026, 3, 5)),
        ("5-3-2026", dt.date(2026, 3, 5)),
        ("05.03.2026", dt.date(2026, 3, 5)),
        (" ngày 5 / 3 / 2026 ", dt.date(2026, 3, 5)),
        ("2026-03-05", dt.date(2026, 3, 5)),
        ("1/1/75", dt.date(1975, 1, 1)),
        (dt.date(2026, 3, 5), dt.date(2026, 3, 5)),
        (HALF_PAST_SEVEN, dt.date(2026, 3, 5)),
    ],
)
def test_a_day_is_read_in_every_form(typed, day):
    assert Day().clean(typed) == day


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("3/2026", "«3/2026» không phải ngày; ghi ngày/tháng/năm như 5/3/2026"),
        (46086, "«46086» không phải ngày; ghi ngày/tháng/năm như 5/3/2026"),
        ("31/02/2026", "không có ngày 31/02/2026"),
        ("5/3/1026", "năm 1026 ngoài khoảng 1900 đến 2100"),
        ("hôm qua", "«hôm qua» không phải ngày; ghi ngày/tháng/năm như 5/3/2026"),
        (True, "«có» không phải ngày; ghi ngày/tháng/năm như 5/3/2026"),
    ],
)
def test_what_is_no_day_is_told(typed, words):
    with pytest.raises(UnfitCell) as refusal:
        Day().clean(typed)

    assert str(refusal.value) == words


def year(typed):
    return Year(1900, lambda: 2026).clean(typed)


@pytest.mark.parametrize("typed", [1980, "1980", 1980.0, "5/3/1980", "03/1980", dt.date(1980, 3, 5), "1980."])
def test_a_year_of_birth_is_read_out_of_what_lists_hold(typed):
    assert year(int(typed) if isinstance(typed, float) else typed) == 1980


@pytest.mark.parametrize("typed", [80, 1899, 2027, "32/13/1980", "13/1980", "trẻ", 1980.5, True])
def test_what_is_no_year_of_birth_is_refused(typed):
    with pytest.raises(UnfitCell):
        year(typed)


@pytest.mark.parametrize(
    ("cell", "typed", "value"),
    [
        (Words(10), "  hai\nba ", "hai ba"),
        (Words(10), 12, "12"),
        (Words(10), 2.5, "2,5"),
        (Words(20), dt.date(2026, 3, 5), "05/03/2026"),
        (Words(10), "   ", None),
        (Phone(20), 912345678, "0912345678"),
        (Phone(20), 2438123456, "02438123456"),
        (Phone(20), "0912 345 678", "0912 345 678"),
        (Phone(20), 113, "113"),
        (Email(60), "mai@vidu.vn", "mai@vidu.vn"),
        (Whole(0, 50), "12.", 12),
        (Choice([("village", "Thôn, khu phố")]), "thon, khu PHO", "village"),
    ],
)
def test_cells_give_values(cell, typed, value):
    assert cell.clean(typed) == value


@pytest.mark.parametrize(
    ("cell", "typed", "words"),
    [
        (Words(5), "sáu chữ", "nội dung dài quá 5 ký tự."),
        (
            Words(50),
            "<script>alert(1)</script>",
            "Nội dung có thẻ HTML «<script>»; văn bản chỉ gồm chữ, hãy bỏ thẻ đi.",
        ),
        (Words(50), "a\x07b", "nội dung có ký tự không in được (mã U+0007) sau «a»; hãy xóa ký tự đó."),
        (Email(60), "mai@", "«mai@» không phải địa chỉ thư điện tử"),
        (Whole(0, 50), 51, "phải từ 0 đến 50, ô này ghi 51"),
        (Whole(0, 50), "mười", "«mười» không phải số nguyên"),
        (Choice([("village", "Thôn, khu phố")]), "Bản", "«Bản» không có trong các lựa chọn: Thôn, khu phố"),
        (Words(5), Broken("ô hỏng"), "ô hỏng"),
    ],
)
def test_cells_refuse_in_words(cell, typed, words):
    with pytest.raises(UnfitCell) as refusal:
        cell.clean(typed)

    assert str(refusal.value) == words


def test_names_are_known_again_by_case_blanks_and_place_of_the_tone_only():
    assert name_key("THÔN  HOÀ") == name_key("thôn hòa")
    assert name_key("Thủy") == name_key("Thuỷ")
    assert len({name_key(name) for name in ("Hùng", "Hưng", "Hung", "Húng", "Đông", "Đồng", "Dong")}) == 7


def test_rows_of_one_name_are_told_apart_by_what_stands_in_brackets():
    class Someone:
        def __init__(self, pk, name, post=""):
            self.pk, self.name, self.post = pk, name, post

        def __str__(self):
            return self.name

    mai, first, second = Someone(1, "Lê Mai", "Kế toán"), Someone(2, "Lò An", "Y tá"), Someone(3, "Lò An", "Bí thư")
    cell = RowByName("chưa có «{}»")
    cell.offer([mai, first, second], lambda someone: someone.post)

    assert [cell.render(row) for row in (mai, first, second, None)] == ["Lê Mai", "Lò An (Y tá)", "Lò An (Bí thư)", ""]
    assert [cell.clean(text) for text in ("LÊ MAI", "lò an (y tá)", "Lò An (Bí thư)")] == [mai, first, second]
    with pytest.raises(UnfitCell, match="^có 2 dòng cùng tên «Lò An»; ghi thêm trong ngoặc để phân biệt$"):
        cell.clean("Lò An")
    with pytest.raises(UnfitCell, match="^chưa có «Lò Anh»$"):
        cell.clean("Lò Anh")


def test_a_day_out_of_words_alone_is_read_by_the_same_rule():
    day = dt.date(2026, 3, 5)
    assert [read_day(text) for text in ("5/3/2026", "ngày 05 tháng 3 năm 2026", "5 tháng 03 năm 2026")] == [day] * 3
    with pytest.raises(UnfitCell, match="^không có ngày 31 tháng 2 năm 2026$"):
        read_day("31 tháng 2 năm 2026")


def test_texts_are_cleaned_of_what_is_not_seen():
    assert clean_text(" \u200bLê\u00a0\tMai \r\n\n  x ") == "Lê Mai\n\nx"
