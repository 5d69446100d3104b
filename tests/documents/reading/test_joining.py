"""Printed lines as paragraphs, in each of the ways in which files set them."""

from __future__ import annotations

from documents.reading.joining import habits_of, join_lines
from documents.reading.source import Align, Looks, SourceLine

LONG = "Đẩy mạnh các phong trào thi đua yêu nước, phát huy sức mạnh tổng hợp của cả"


def joined(*lines: SourceLine) -> list[str]:
    return [one.text for one in join_lines(lines, habits_of(lines))]


def text(*lines: str, gaps: bool = False) -> list[SourceLine]:
    """An empty string is an empty line; ``gaps``: one after every line."""
    found: list[SourceLine] = []
    gap = False
    for line in lines:
        if line:
            found.append(SourceLine(line, gap=gap))
        gap = gaps or not line
    return found


def test_where_empty_lines_part_paragraphs_other_lines_go_on() -> None:
    lines = text(
        "I. MỤC", "ĐÍCH, YÊU CẦU", "", "1.", "Mục đích", "", "a) " + LONG, "hệ thống chính trị;", "", "b) Khen"
    )
    lines += text("thưởng, biểu dương.")

    assert joined(*lines) == [
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Mục đích",
        f"a) {LONG} hệ thống chính trị;",
        "b) Khen thưởng, biểu dương.",
    ]


def test_where_every_line_is_followed_by_an_empty_one_room_and_ends_tell() -> None:
    lines = text(
        "1. Mục đích",
        "a) " + LONG,
        "hệ thống chính trị, trong đó trọng tâm là Kế hoạch số 03/KH-",
        "UBND của tỉnh.",
        "Văn phòng chủ trì tham mưu, phối hợp với các ngành, đoàn thể và Hội đồng Thi đua",
        "- Khen thưởng xã tổ chức thực hiện kế hoạch này trong toàn xã và báo cáo về",
        "Ủy ban nhân dân xã.",
        "2. Yêu cầu",
        "Thiết thực, hiệu quả, không phô trương, hình thức; tập trung vào những việc khó",
        "của xã.",
        gaps=True,
    )

    assert joined(*lines) == [
        "1. Mục đích",
        f"a) {LONG} hệ thống chính trị, trong đó trọng tâm là Kế hoạch số 03/KH-UBND của tỉnh.",
        "Văn phòng chủ trì tham mưu, phối hợp với các ngành, đoàn thể và Hội đồng Thi đua - Khen thưởng xã "
        "tổ chức thực hiện kế hoạch này trong toàn xã và báo cáo về Ủy ban nhân dân xã.",
        "2. Yêu cầu",
        "Thiết thực, hiệu quả, không phô trương, hình thức; tập trung vào những việc khó của xã.",
    ]


def test_where_each_line_is_a_paragraph_only_a_page_breaks_one() -> None:
    before = "- Thi đua lập thành tích chào mừng kỷ niệm Ngày thành lập Đảng Cộng sản Việt Nam và mừng Xuân mới của xã"
    lines = text("1. Mục đích:", "", before, "", "(03/02/1930 - 03/02/2026).", "", "2. Yêu cầu", "", "Thiết thực.")

    assert joined(*lines) == ["1. Mục đích:", f"{before} (03/02/1930 - 03/02/2026).", "2. Yêu cầu", "Thiết thực."]


def test_first_lines_that_stand_in_begin_paragraphs() -> None:
    def line(words: str, indent: float, align: Align = Align.JUSTIFIED) -> SourceLine:
        return SourceLine(words, Looks(align=align, indent=indent))

    lines = [
        line("1. Mục đích", 28, Align.LEFT),
        line(f"- {LONG}", 28),
        line("- an ninh, văn hóa; phấn đấu hoàn thành nhiệm vụ của năm, đồng thời", 0),
        line("56% số hộ đạt chuẩn.", 0, Align.LEFT),
        line(f"- {LONG}", 28),
        line("hệ thống; trong đó tập trung cho các việc lớn của địa phương, của từng", 0),
        line("thôn.", 0, Align.LEFT),
    ]

    assert joined(*lines) == [
        "1. Mục đích",
        f"- {LONG} - an ninh, văn hóa; phấn đấu hoàn thành nhiệm vụ của năm, đồng thời 56% số hộ đạt chuẩn.",
        f"- {LONG} hệ thống; trong đó tập trung cho các việc lớn của địa phương, của từng thôn.",
    ]


def test_paragraphs_that_the_file_knows_stay_as_they_are() -> None:
    lines = [SourceLine(words, is_whole=True) for words in ("Một dòng dài không hết câu", "và một đoạn khác", "2. Ba")]

    assert joined(*lines) == ["Một dòng dài không hết câu", "và một đoạn khác", "2. Ba"]
