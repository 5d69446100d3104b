"""Words pasted into the body of a plan."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.outline import read_body, write_body
from plans.pasting import PastedSection, UnfitPaste, split_sections
from tests.plans.pasting.samples_of import sample


def test_paragraphs_lists_and_headings_of_word():
    assert split_sections("", sample("word_body.html")) == [
        PastedSection("", "", 0, "Thực hiện Kế hoạch của tỉnh, Ủy ban nhân dân xã ban hành kế hoạch như sau:"),
        PastedSection(
            "I.",
            "MỤC ĐÍCH, YÊU CẦU",
            1,
            "1. Mục đích\n"
            "- Cổ vũ cán bộ và Nhân dân hăng hái thi đua;\n"
            "- Nhân rộng điển hình tiên tiến.\n"
            "2. Yêu cầu: thiết thực, tiết kiệm",
        ),
        PastedSection(
            "II.",
            "Tổ chức thực hiện",
            1,
            "a) Các thôn đăng ký trước ngày 15/3.\n"
            "b) Văn phòng tổng hợp.\n"
            "II. Tiếp tục duy trì nền nếp sinh hoạt của các tổ tự quản theo quy định.",
        ),
    ]


def test_parts_letters_and_figures_are_levels_in_the_order_met():
    text = "PHẦN I\nĐÁNH GIÁ\nA. KẾT QUẢ\nI. Ưu điểm\n1. Tốt\nB. HẠN CHẾ\nPhần thứ hai: PHƯƠNG HƯỚNG\nA. MỤC TIÊU\n"

    assert split_sections(text) == [
        PastedSection("PHẦN I", "ĐÁNH GIÁ", 1, ""),
        PastedSection("A.", "KẾT QUẢ", 2, ""),
        PastedSection("I.", "Ưu điểm", 3, "1. Tốt"),
        PastedSection("B.", "HẠN CHẾ", 2, ""),
        PastedSection("Phần thứ hai:", "PHƯƠNG HƯỚNG", 1, ""),
        PastedSection("A.", "MỤC TIÊU", 2, ""),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "I. Tiếp tục đẩy mạnh phong trào thi đua.",
        "A. Nguyễn, B. Trần và các ông, bà khác",
        "I love you",
        "Phần lớn các thôn đã đăng ký",
        "V. v và các nội dung khác;",
        "1. MỤC ĐÍCH",
        "a) YÊU CẦU",
        "IIII",
    ],
)
def test_what_is_no_heading(line):
    assert split_sections(line) == [PastedSection("", "", 0, line)]


@pytest.mark.parametrize(
    ("pasted", "body"),
    [
        ("1.\tMục đích", "1. Mục đích"),
        ("a)\t Yêu cầu", "a) Yêu cầu"),
        ("\tThụt đầu dòng", "Thụt đầu dòng"),
        ("Bước 1:\tĐăng ký", "Bước 1:\tĐăng ký"),
        ("Nơi nhận:\tTM. ỦY BAN", "Nơi nhận: TM. ỦY BAN"),
        ("·\tThi đua", "- Thi đua"),
        ("\uf0b7\tThi đua", "- Thi đua"),
        ("● Thi đua", "- Thi đua"),
        ("– Thi đua", "– Thi đua"),
        ("thi\u00ad\xa0đua\u200b", "thi đua"),
        (unicodedata.normalize("NFD", "đ) Kỷ niệm"), "đ) Kỷ niệm"),
        ("một\x0bhai\r\nba\rbốn", "một\nhai\nba\nbốn"),
        ("3.\nHình thức khen thưởng", "3. Hình thức khen thưởng"),
    ],
)
def test_lines_of_word_as_plain_lines(pasted, body):
    assert split_sections(pasted) == [PastedSection("", "", 0, body)]


def test_lines_broken_by_a_window_become_paragraphs_again():
    text = (
        "I. MỤC ĐÍCH,\nYÊU CẦU\n\n1. Phát huy sức mạnh của cả hệ\nthống chính trị trong việc vận động của\n"
        "Mặt trận Tổ quốc xã.\n\n2. Sở\nNội vụ hướng dẫn.\n- Văn phòng\n- Các thôn\nTM. ỦY BAN\n"
    )

    assert split_sections(text) == [
        PastedSection(
            "I.",
            "MỤC ĐÍCH, YÊU CẦU",
            1,
            "1. Phát huy sức mạnh của cả hệ thống chính trị trong việc vận động của Mặt trận Tổ quốc xã.\n"
            "2. Sở Nội vụ hướng dẫn.\n- Văn phòng\n- Các thôn\nTM. ỦY BAN",
        )
    ]


def test_lines_that_nothing_broke_stay_as_they_are():
    text = "1. Mục đích\nĐẩy mạnh phong trào thi đua yêu nước trên địa bàn xã\nTạo khí thế sôi nổi"

    assert split_sections(text) == [PastedSection("", "", 0, text)]


def test_a_table_within_the_text_is_a_line_for_each_row():
    html = (
        "<p>Như sau:</p><table><tr><td>1</td><td>Họp</td><td></td></tr><tr><td>2</td><td>Sơ<br>kết</td></tr></table>"
    )

    assert split_sections("", html) == [PastedSection("", "", 0, "Như sau:\n1 | Họp\n2 | Sơ kết")]


def test_nothing_pasted_is_no_section():
    assert split_sections("", "") == split_sections(" \n\t\n") == split_sections("", "<p>&nbsp;</p>") == []


@pytest.mark.parametrize(
    ("text", "html", "sentence"),
    [
        ("a" * 1_000_001, "", "Phần vừa dán có hơn 1.000.000 ký tự; hãy dán từng phần."),
        ("a\n" * 5001, "", "Phần vừa dán có hơn 5.000 dòng; hãy dán từng phần."),
        ("", "<p>a" * 5001, "Phần vừa dán có hơn 5.000 dòng; hãy dán từng phần."),
    ],
)
def test_more_than_a_plan_holds_is_refused(text, html, sentence):
    with pytest.raises(UnfitPaste) as refused:
        split_sections(text, html)

    assert str(refused.value) == sentence


lines = st.sampled_from(
    [
        "I. MỤC TIÊU",
        "II.",
        "PHẦN I",
        "A. CHUNG",
        "1. Mục đích",
        "a)\tb",
        "- c",
        "·\td",
        "và tiếp",
        "Đoạn văn",
        "VIẾT HOA",
    ]
    + [
        "",
        " ",
        "Bước 1:\tx",
        "3.",
        "Đẩy mạnh phong trào thi đua yêu nước trên địa bàn xã",
        "(Phụ lục I)",
        "\t1. tháng",
    ]
)


@given(st.lists(lines, max_size=12).map("\n".join))
def test_every_word_stays_in_its_order_and_bodies_are_outlines(text):
    sections = split_sections(text)

    shown = [word for part in sections for word in f"{part.marker} {part.heading} {part.body}".split()]
    assert shown == text.replace("·", "-").split()
    for section in sections:
        outline = read_body(section.body)
        assert len(outline) == len(section.body.split("\n")) * bool(section.body)
        assert read_body(write_body(outline)) == outline
