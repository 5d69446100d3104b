"""Text as people type it: one form for keeping, one for comparing, and what is never kept."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import (
    LINE_LIMIT,
    TEXT_LIMIT,
    UnfitText,
    as_pasted,
    clean_line,
    clean_lines,
    fold,
    refuse_markup,
    split_lines,
)

INVISIBLE = "\u034f\u17b4\u17b5\uffa0"  # letters by their category that nobody sees
ordinary = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn"], exclude_characters=INVISIBLE))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Thi đua  yêu nước", "thi dua yeu nuoc"),
        ("ĐIỀU ĐỘNG", "dieu dong"),
        (unicodedata.normalize("NFD", "Ủy ban nhân dân"), "uy ban nhan dan"),
        ("Đắk Lắk, ỷ lại, ngoằn ngoèo", "dak lak, y lai, ngoan ngoeo"),
        (" \tmột\nhai\u00a0ba ", "mot hai ba"),
        ("14/KH-UBND", "14/kh-ubnd"),
        ("", ""),
    ],
)
def test_folding_takes_marks_capitals_and_loose_blanks_away(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_decomposed_and_composed_letters_fold_alike(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_every_vietnamese_letter_folds_to_a_plain_one():
    letters = "aàảãáạăằẳẵắặâầẩẫấậđeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"

    assert re.fullmatch(r"a{18}de{12}i{6}o{18}u{12}y{6}", fold(letters))
    assert fold(letters.upper()) == fold(letters)


@given(ordinary)
def test_ordinary_text_is_kept_in_composed_letters(text):
    assert clean_lines(text) == unicodedata.normalize("NFC", text)


@given(st.text())
def test_what_is_kept_is_kept_as_it_is_ever_after(text):
    try:
        kept = clean_lines(text)
    except UnfitText:
        return

    assert clean_lines(kept) == kept


def test_decomposed_letters_are_composed():
    decomposed = unicodedata.normalize("NFD", "Đường Nguyễn Huệ")
    assert len(decomposed) > len("Đường Nguyễn Huệ")

    assert clean_line(decomposed) == "Đường Nguyễn Huệ"


def test_line_ends_of_every_machine_become_one():
    assert clean_lines("một\r\nhai\rba\n") == "một\nhai\nba\n"


def test_nothing_else_is_touched():
    text = "\t1. tháng  hai \u00a0dấu — “ngoặc”; <tên> & 🙂"

    assert clean_lines(text) == text


@pytest.mark.parametrize(
    ("letter", "code"),
    [
        ("\x00", "0000"),
        ("\x07", "0007"),
        ("\x0b", "000B"),
        ("\x1b", "001B"),
        ("\x7f", "007F"),
        ("\x9f", "009F"),
        ("\ud800", "D800"),
        ("\uffff", "FFFF"),
        ("\ufdd0", "FDD0"),
        ("\u202e", "202E"),
        ("\u2066", "2066"),
        ("\xad", "00AD"),
        ("\u200b", "200B"),
        ("\uf0b7", "F0B7"),
    ],
)
def test_what_cannot_be_printed_is_told_by_its_code(letter, code):
    with pytest.raises(UnfitText) as refusal:
        clean_lines(f"Thi đua{letter}", name="Trích yếu")

    assert str(refusal.value) == f"Trích yếu có ký tự không in được (mã U+{code}) sau «Thi đua»; hãy xóa ký tự đó."


def test_the_place_of_what_cannot_be_seen_is_named():
    with pytest.raises(UnfitText, match="ở dòng 2 sau «hai»"):
        clean_lines("một\nhai\u202e\nba")


def test_what_word_and_browsers_add_unseen_becomes_what_was_meant():
    pasted = "\uf0b7 Thôn Đông\x0bThôn\u200b Tây\xad"

    assert as_pasted(pasted) == "- Thôn Đông\nThôn Tây"


@pytest.mark.parametrize("text", ["một\nhai", "một\thai", "một\rhai", "hết\n"])
def test_one_line_is_one_line(text):
    with pytest.raises(UnfitText) as refusal:
        clean_line(text, name="Địa danh")

    assert str(refusal.value) == "Địa danh phải nằm trên một dòng, không có dấu xuống dòng hay dấu tab."


@pytest.mark.parametrize(("clean", "limit"), [(clean_line, LINE_LIMIT), (clean_lines, TEXT_LIMIT)])
def test_the_longest_text_is_kept_and_one_letter_more_is_not(clean, limit):
    assert len(clean("a" * limit)) == limit

    with pytest.raises(UnfitText, match=f"^Nội dung dài quá {f'{limit:,}'.replace(',', '.')} ký tự.$"):
        clean("a" * (limit + 1))


def test_a_limit_of_its_own_is_told():
    with pytest.raises(UnfitText) as refusal:
        clean_line("Mường Động", limit=5, name="Tên")

    assert str(refusal.value) == "Tên dài quá 5 ký tự."


def test_a_name_that_only_its_keyboard_makes_long_is_kept():
    """Ten letters typed with combining marks are ten letters."""
    name = "ưỡưỡưỡưỡưỡ"

    assert clean_line(unicodedata.normalize("NFD", name), limit=10) == name


@pytest.mark.parametrize(
    "text",
    [
        "Tỷ lệ hộ nghèo < 5 % và > 3 %",
        "a < b > c",
        "Mẫu <tên đơn vị>, <họ và tên>, <thứ tự>, <p. 5",
        "Đạt <=98% & >=95%",
        "thôn<xã<tỉnh",
        "<3 ngày",
        "Sở Nội vụ <sonoivu@lamgiang.gov.vn>",
        "<https://lamgiang.gov.vn>",
        "&amp; &lt;b&gt;",
        "<b",
        "",
    ],
)
def test_words_with_angle_brackets_stay_words(text):
    assert refuse_markup(text) == text


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Gửi <b>hồ sơ</b>", "<b>"),
        ("hồ sơ</p>", "</p>"),
        ("<BR/>", "<BR/>"),
        ('<img src="x" onerror="alert(1)">', '<img src="x" onerror="alert(1)">'),
        ("<script>alert(1)</script>", "<script>"),
        ("một<h2 class=a>hai", "<h2 class=a>"),
    ],
)
def test_web_code_is_told_by_its_tag(text, tag):
    with pytest.raises(UnfitText) as refusal:
        refuse_markup(text, name="trích yếu")

    assert str(refusal.value) == f"Trích yếu có thẻ HTML «{tag}»; văn bản chỉ gồm chữ, hãy bỏ thẻ đi."


@given(st.text(st.characters(exclude_characters="<>")))
def test_text_without_angle_brackets_is_never_refused(text):
    assert refuse_markup(text) == text


def test_only_lines_that_say_something_count():
    assert split_lines("\nmột\n \n\t\n  hai \n") == ("một", "  hai ")
