"""Signs between words."""

from __future__ import annotations

import pytest

from documents.proofreading.rules import marks
from tests.documents.proofreading.papers import about, paper, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chuyên mục “Mỗi tuần một tấm gương trên trang thông tin", 11),
        ("“Phát huy sáng kiến; “Cải cách hành chính”", 0),
        ("một tấm gương” trên trang", 13),
    ],
)
def test_quotation_marks_come_in_pairs(text, expected):
    assert [(one, text.index(one, expected)) for one, _ in about([marks.quotation_marks], text)] == [
        (text[expected], expected)
    ]


def test_a_quotation_may_run_over_several_lines():
    assert said([marks.quotation_marks], paper("1. Khẩu hiệu: “Đoàn kết,\n2. sáng tạo” và “đổi mới”.")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(VNeID, biết nộp hồ sơ", ["("]),
        ("nộp hồ sơ) trực tuyến", [")"]),
        ("gồm: a) hồ sơ; b) tờ trình; 1) khác (nếu có)", []),
    ],
)
def test_brackets_come_in_pairs(text, expected):
    assert [one for one, _ in about([marks.brackets], text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("đầy đủ ;không chạy", [(" ;", ";"), (";", "; ")]),
        ("hai  dấu cách", [("  ", " ")]),
        ("năm 2027 .", [(" .", ".")]),
        ("tiền thưởng,hoa", [(",", ", ")]),
        ("toàn xã.Các thôn", [(".", ". ")]),
        ("( nếu có )", [("( ", "("), (" )", ")")]),
        ("toàn phường..", [("..", ".")]),
        ("tăng 1,5%; 8:30; TT.HĐND; an-son.gov.vn; v.v...; ./.", []),
    ],
)
def test_blanks(text, expected):
    found = about([marks.blanks], text)

    assert len(found) <= len(expected)
    assert set(found) <= set(expected)
    assert bool(found) == bool(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("phát triển kinh tế- xã hội", [("- ", " - ")]),
        ("giai đoạn 2021 -2025", [(" -", " - ")]),
        ("chính trị-xã hội", [("chính trị-xã hội", "chính trị - xã hội")]),
        ("số 128/UBND - NV", [("128/UBND - NV", "128/UBND-NV")]),
        ("Văn hóa – Xã hội, Văn phòng - Thống kê, kinh tế - xã hội", [("–", "-")]),
        ("Văn hóa – Xã hội; 10-11%; 2021-2025; KH-UBND; pa-nô", []),
    ],
)
def test_dashes(text, expected):
    assert about([marks.dashes], text) == expected


def test_a_sentence_ends_where_the_others_do():
    long = "Các cơ quan, đơn vị, trường học tổ chức đăng ký thi đua theo kế hoạch của xã"
    body = "\n".join(f"{number}. {long} lần {number}." for number in range(1, 7))

    assert said([marks.ends], paper(f"{body}\n7. {long}")) == [("mark.end", "xã", "xã.")]
    assert said([marks.ends], paper(f"{body}\n7. {long}:\n- Họp")) == []


def test_the_field_has_its_comma():
    text = "Luật Thi đua, khen thưởng; công tác thi đua khen thưởng; Hội đồng Thi đua - Khen thưởng"

    assert about([marks.field_name], text) == [("thi đua khen thưởng", "thi đua, khen thưởng")]
    assert said([marks.field_name], paper("công tác thi đua khen thưởng", subject="Phong trào năm 2026")) == []
