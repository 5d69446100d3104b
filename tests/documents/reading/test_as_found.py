"""Heads and endings as files of other offices have them: broken over lines, run together, repeated, in bars."""

from __future__ import annotations

import pytest

from documents.dates import PartialDate
from documents.outline import Kind, Line
from documents.reading.conservation import weigh
from documents.reading.endings import read_ending
from documents.reading.heads import read_head, title_at
from documents.reading.joining import Habits, join_lines
from documents.reading.paper import Ending, Head
from documents.reading.plain import read_plain
from documents.reading.source import Looks, SourceLine
from documents.reading.understanding import read_paper
from documents.tree import Heading

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"


def lines(text: str) -> list[SourceLine]:
    return [SourceLine(line) for line in text.split("\n")]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        (
            f"UBND TỈNH AN BÌNH\nỦY BAN NHÂN DÂN\nXÃ AN SƠN\n_____\n{NATION}_____\n"
            "Số: 14/KH-UBND\nAn Sơn, ngày 05 tháng 3 năm 2026",
            Head(
                "UBND TỈNH AN BÌNH",
                "ỦY BAN NHÂN DÂN XÃ AN SƠN",
                "14",
                "KH-UBND",
                "An Sơn",
                PartialDate(2026, 3, 5),
            ),
        ),
        (
            f"VĂN PHÒNG\nỦY BAN NHÂN DÂN\nXÃ AN SƠN\n{NATION}Số: 3/TB-VP\nSơn\nHà, ngày 5 tháng 3\nnăm 2026",
            Head("", "VĂN PHÒNG ỦY BAN NHÂN DÂN XÃ AN SƠN", "3", "TB-VP", "Sơn Hà", PartialDate(2026, 3, 5)),
        ),
        (
            f"UBND XÃ AN SƠN\nTRƯỜNG TIỂU HỌC SỐ 2\n{NATION}Số:     /KH-TH\nAn Sơn ngày    tháng   năm 2026",
            Head("UBND XÃ AN SƠN", "TRƯỜNG TIỂU HỌC SỐ 2", "", "KH-TH", "An Sơn", PartialDate(2026)),
        ),
    ],
)
def test_heads(text: str, head: Head) -> None:
    found = read_head(lines(text))

    assert (found.head, found.unsure) == (head, ())


def test_what_a_web_page_shows_above_the_paper_is_named_once() -> None:
    title = "KẾ HOẠCH TUYÊN TRUYỀN NĂM 2026"
    words = "KẾ HOẠCH Tuyên truyền về thi đua, khen thưởng năm 2026 trên địa bàn xã An Sơn, tỉnh An Bình"
    preview = f"UBND XÃ AN SƠN {' '.join(NATION.split())} {words}"
    paper_text = f"UBND XÃ AN SƠN\n\n{NATION}\nKẾ HOẠCH\nTuyên truyền năm 2026\n\nI. MỤC ĐÍCH\n"
    page = f"Đăng nhập\n\n{title}\n\n{preview}\n\n{paper_text}"

    paper = read_paper(read_plain(page))

    assert (paper.head.issuer, paper.title, paper.subject) == ("UBND XÃ AN SƠN", "KẾ HOẠCH", "Tuyên truyền năm 2026")
    assert [(one.path, one.text) for one in paper.unsure] == [("", f"{preview}\nĐăng nhập\n{title}")]


def test_a_title_above_the_nation_counts_where_none_stands_below() -> None:
    found = title_at(lines(f"KẾ HOẠCH\nTuyên truyền\n{NATION}I. MỤC ĐÍCH"))

    assert found is not None
    assert (found.line, found.kind) == (0, "KẾ HOẠCH")


def test_bars_are_borders_of_cells() -> None:
    source = read_plain(
        "ỦY BAN NHÂN DÂN | CỘNG HÒA |\n|\nMột | hai\n"
        "| TT | Nội dung | Chủ trì |\n|---|---|---|\n| 1 | Họp | Văn phòng |\n"
    )

    first, second, third = (block for block in source.blocks if isinstance(block, SourceLine))
    assert [(line.text, line.column) for line in (first, second, third)] == [
        ("ỦY BAN NHÂN DÂN", 0),
        ("CỘNG HÒA", 1),
        ("Một | hai", 0),
    ]
    assert [line.text for line in source.lines()][3:] == ["TT", "Nội dung", "Chủ trì", "1", "Họp", "Văn phòng"]


def test_who_decides_is_no_part_of_a_subject_in_capitals() -> None:
    paper = read_paper(
        read_plain(
            f"UBND XÃ AN SƠN\n{NATION}Số: 9/QĐ-UBND\n\nQUYẾT ĐỊNH\nKIỆN TOÀN HỘI ĐỒNG THI ĐUA\n"
            "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ AN SƠN\nCăn cứ Luật Thi đua, khen thưởng;\n"
            "Xét đề nghị của Văn phòng,\nQUYẾT ĐỊNH:\nĐiều 1. Kiện toàn Hội đồng.\n"
        )
    )

    assert paper.subject == "KIỆN TOÀN HỘI ĐỒNG THI ĐUA"
    assert paper.preamble == (
        "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ AN SƠN",
        "Căn cứ Luật Thi đua, khen thưởng;",
        "Xét đề nghị của Văn phòng,",
        "QUYẾT ĐỊNH:",
    )


def test_parts_are_counted_in_letters_too() -> None:
    paper = read_paper(read_plain("KẾ HOẠCH\nNăm 2026\n\nPhần A. Tình hình\n\nI. Thuận lợi\n\n1. Đủ người.\n"))

    assert paper.body == (
        Heading("Phần A.", "Tình hình", 1),
        Heading("I.", "Thuận lợi", 2),
        Line(Kind.ITEM, "Đủ người.", "1."),
    )


RECIPIENTS = ("Sở Nội vụ", "Các thôn")
SIGNED = Ending(RECIPIENTS, "VT", ("CHỦ TỊCH",), "", "Lê Văn Tám")


def column(text: str, side: int, indent: float = 0) -> list[SourceLine]:
    return [SourceLine(line, Looks(indent=indent), column=side) for line in text.split("\n")]


@pytest.mark.parametrize(
    "ending",
    [
        # The signature on the left, the recipients on the right.
        column("CHỦ TỊCH\nLê Văn Tám", 0) + column("Nơi nhận:\n- Sở Nội vụ;\n- Các thôn;\n- Lưu: VT.", 1),
        # A page turns within the ending: what follows has lost its column, but not its place.
        column("Nơi nhận:\n- Sở Nội vụ;\n- Các thôn;\n- Lưu: VT.", 0)
        + column("CHỦ TỊCH", 1)
        + column("Lê Văn Tám", 0, indent=281),
        # All recipients in one paragraph.
        lines("Nơi nhận:\n- Sở Nội vụ; - Các thôn; - Lưu: VT.\nCHỦ TỊCH\nLê Văn Tám"),
        # The name on the line of the archive.
        column("Nơi nhận:\n- Sở Nội vụ;\n- Các thôn;", 0) + column("CHỦ TỊCH", 1) + column("- Lưu: VT. Lê Văn Tám", 0),
    ],
)
def test_endings(ending: list[SourceLine]) -> None:
    found = read_ending(ending)

    assert (found.ending, found.unsure) == (SIGNED, ())


def test_an_authority_glued_to_the_archive_line() -> None:
    found = read_ending(lines("Nơi nhận:\n- Sở Nội vụ;\n- Lưu: VT, VX.TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Văn Tám"))

    assert found.ending == Ending(("Sở Nội vụ",), "VT, VX", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "", "Lê Văn Tám")


def test_a_note_below_the_signature_is_no_archive() -> None:
    found = read_ending(lines("Nơi nhận:\n- Như trên;\n- Lưu: VT.\nCHỦ TỊCH\nLê Văn Tám\n(1) Công văn số 5."))

    assert found.ending.archive == "VT"
    assert [one.text for one in found.unsure] == ["(1) Công văn số 5."]


def test_an_appendix_may_repeat_the_head() -> None:
    paper = read_paper(
        read_plain(
            f"ỦY BAN NHÂN DÂN\nXÃ AN SƠN\n{NATION}Số: 14/KH-UBND\n\nKẾ HOẠCH\n"
            "Năm 2026\n\nI. NỘI DUNG\n\nCó phụ lục.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nCHỦ TỊCH\nLê Văn Tám\n\n"
            f"ỦY BAN NHÂN DÂN\nXÃ AN SƠN\n{NATION}\nPHỤ LỤC\nDANH SÁCH\n"
            "(Kèm theo Kế hoạch số 14/KH-UBND)\n\n1. Văn phòng.\n"
        )
    )

    assert (paper.ending.archive, paper.ending.signature_name) == ("VT", "Lê Văn Tám")
    assert [(one.title, one.subject) for one in paper.appendices] == [("PHỤ LỤC", "DANH SÁCH")]
    assert paper.unsure == ()


def test_entries_at_the_margin_begin_anew_where_first_lines_stand_in() -> None:
    habits = Habits(wrapped=True, width=70, indents_tell=True)
    source = [
        SourceLine("I. MỤC ĐÍCH, YÊU CẦU", Looks(bold=True, indent=0)),
        SourceLine("1. Mục đích", Looks(bold=True, indent=0)),
        SourceLine("- Tạo khí thế sôi nổi trong cán bộ, công chức và Nhân dân của xã, của", Looks(indent=0)),
        SourceLine("các thôn.", Looks(indent=0)),
    ]

    assert [one.text for one in join_lines(source, habits)] == [
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Mục đích",
        "- Tạo khí thế sôi nổi trong cán bộ, công chức và Nhân dân của xã, của các thôn.",
    ]


def test_a_number_with_a_zero_is_the_same_number() -> None:
    assert weigh(["01 Họp dân"], ["1", "Họp dân"]).is_even
    assert not weigh(["10 Họp dân"], ["1", "Họp dân"]).is_even
