"""The exact text form: every word of the paper, in reading order, one line per paragraph."""

from __future__ import annotations

from dataclasses import replace

from documents.dates import PartialDate
from documents.rendering.text import render_text
from documents.tree import (
    Appendix,
    AppendixReference,
    Basis,
    Column,
    GroupRow,
    Header,
    Heading,
    Item,
    Paper,
    Paragraph,
    Recipients,
    Row,
    Signature,
    Table,
)

TABLE = Table(
    columns=(Column("TT", 0.1, "center"), Column("Việc", 0.6), Column("Chủ trì", 0.3)),
    rows=(
        GroupRow("QUÝ I"),
        Row((("1",), ("Ký giao ước thi đua",), ("Văn phòng;", "Các thôn"))),
        Row((("2",), ("Sơ kết",), ())),
    ),
)
PAPER = Paper(
    header=Header(
        issuer=("HỘI ĐỒNG", "THI ĐUA - KHEN THƯỞNG"),
        superior="UBND XÃ SUỐI MƠ",
        number="07",
        symbol="KH-HĐTĐKT",
        place="Suối Mơ",
        date=PartialDate(2026, 2, 5),
    ),
    title="KẾ HOẠCH",
    subject="Hoạt động năm 2026",
    preamble=(Basis("Căn cứ Luật Thi đua, khen thưởng;"), Paragraph("Hội đồng ban hành Kế hoạch như sau:")),
    body=(
        Heading("I.", "NHIỆM VỤ"),
        Item("1.", "Công việc từng quý", title=True),
        TABLE,
        Item("-", "Tuyên truyền;"),
        AppendixReference("(Có Phụ lục kèm theo)"),
        Paragraph("Trên đây là Kế hoạch./."),
    ),
    recipients=Recipients(lines=("Sở Nội vụ (để b/c)", "Các thôn"), archive="VT"),
    signature=Signature(lines=("TM. HỘI ĐỒNG", "CHỦ TỊCH"), post="CHỦ TỊCH UBND XÃ", name="Lê Thị Hòa"),
    appendices=(
        Appendix(
            title="Phụ lục",
            subject="CHỈ TIÊU",
            reference="(Kèm theo Kế hoạch số 07/KH-HĐTĐKT)",
            blocks=(Paragraph("Mười chỉ tiêu./."),),
        ),
    ),
)

WORDS = """\
UBND XÃ SUỐI MƠ
HỘI ĐỒNG
THI ĐUA - KHEN THƯỞNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 07/KH-HĐTĐKT
Suối Mơ, ngày 05 tháng 02 năm 2026
KẾ HOẠCH
Hoạt động năm 2026
Căn cứ Luật Thi đua, khen thưởng;
Hội đồng ban hành Kế hoạch như sau:
I. NHIỆM VỤ
1. Công việc từng quý
TT\tViệc\tChủ trì
QUÝ I
1\tKý giao ước thi đua\tVăn phòng; Các thôn
2\tSơ kết\t
- Tuyên truyền;
(Có Phụ lục kèm theo)
Trên đây là Kế hoạch./.
Nơi nhận:
- Sở Nội vụ (để b/c);
- Các thôn;
- Lưu: VT.
TM. HỘI ĐỒNG
CHỦ TỊCH
CHỦ TỊCH UBND XÃ
Lê Thị Hòa
Phụ lục
CHỈ TIÊU
(Kèm theo Kế hoạch số 07/KH-HĐTĐKT)
Mười chỉ tiêu./.
"""


def lines_that_differ(paper: Paper) -> tuple[list[str], list[str]]:
    """Lines gone from the text of ``PAPER``, and lines new in it."""
    before, after = WORDS.splitlines(), render_text(paper).splitlines()
    return [line for line in before if line not in after], [line for line in after if line not in before]


def test_every_word_stands_in_reading_order():
    text = render_text(PAPER)

    assert text == WORDS


def test_what_is_empty_leaves_no_line():
    paper = replace(
        PAPER,
        header=replace(PAPER.header, superior=""),
        recipients=Recipients(lines=(), archive=""),
        signature=Signature(lines=("CHỦ TỊCH",)),
    )

    gone, new = lines_that_differ(paper)

    assert gone == [
        "UBND XÃ SUỐI MƠ",
        "Nơi nhận:",
        "- Sở Nội vụ (để b/c);",
        "- Các thôn;",
        "- Lưu: VT.",
        "TM. HỘI ĐỒNG",
        "CHỦ TỊCH UBND XÃ",
        "Lê Thị Hòa",
    ]
    assert new == []


def test_blanks_stand_for_a_number_and_a_day_still_to_come():
    paper = replace(PAPER, header=replace(PAPER.header, number="", date=PartialDate(2026, 2)))

    gone, new = lines_that_differ(paper)

    assert gone == ["Số: 07/KH-HĐTĐKT", "Suối Mơ, ngày 05 tháng 02 năm 2026"]
    assert new == ["Số:        /KH-HĐTĐKT", "Suối Mơ, ngày      tháng 02 năm 2026"]


def test_entries_without_marker_or_words_have_no_stray_blank():
    paper = replace(PAPER, body=(Heading("", "NHIỆM VỤ"), Item("a)", ""), *PAPER.body[2:]))

    gone, new = lines_that_differ(paper)

    assert gone == ["I. NHIỆM VỤ", "1. Công việc từng quý"]
    assert new == ["NHIỆM VỤ", "a)"]


def test_line_breaks_and_tabs_of_the_writer_part_no_line_and_no_cell():
    table = replace(TABLE, rows=(Row((("1\n",), ("Ký\tgiao\nước",), ("Các\u2028thôn",))),))
    paper = replace(PAPER, subject="Hoạt động\nnăm 2027", body=(table,))

    _, new = lines_that_differ(paper)

    assert new == ["Hoạt động năm 2027", "1\tKý giao ước\tCác thôn"]
