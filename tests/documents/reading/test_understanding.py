"""Which part of a paper each line is: head, subject, preamble, outline, closing, ending, appendices."""

from __future__ import annotations

import pytest

from documents.dates import PartialDate
from documents.outline import Kind, Line
from documents.reading.endings import read_ending
from documents.reading.heads import read_head
from documents.reading.paper import BrokenTable, Ending, Head
from documents.reading.plain import read_plain
from documents.reading.source import SourceLine, SourceTable
from documents.reading.understanding import read_paper
from documents.tree import Heading

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"


def lines(text: str) -> list[SourceLine]:
    return [SourceLine(line) for line in text.split("\n")]


# -- Head -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "head"),
    [
        (
            f"ỦY BAN NHÂN DÂN\nXÃ AN SƠN\n{NATION}Số: 14/KH-UBND\nAn Sơn, ngày 05 tháng 3 năm 2026",
            Head("", "ỦY BAN NHÂN DÂN XÃ AN SƠN", "14", "KH-UBND", "An Sơn", PartialDate(2026, 3, 5)),
        ),
        (
            f"UBND XÃ AN SƠN\nHỘI ĐỒNG THI ĐUA -\nKHEN THƯỞNG\n{NATION}Số:     /CTr-HĐTĐKT\n"
            "An Sơn, ngày    tháng 11 năm 2025",
            Head(
                "UBND XÃ AN SƠN",
                "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG",
                "",
                "CTr-HĐTĐKT",
                "An Sơn",
                PartialDate(2025, 11),
            ),
        ),
        (
            "ỦY BAN NHÂN\nDÂN\nTỈNH LAM GIANG\nCỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
            "Số: 0124/KH-UBND\nLam Giang, ngày\n18 tháng 11 năm 2025",
            Head("", "ỦY BAN NHÂN DÂN TỈNH LAM GIANG", "0124", "KH-UBND", "Lam Giang", PartialDate(2025, 11, 18)),
        ),
        (
            "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ AN SƠN Độc lập - Tự do - Hạnh phúc\n"
            "Số: 7/KH-UBND An Sơn, ngày … tháng … năm 2026",
            Head("", "ỦY BAN NHÂN DÂN XÃ AN SƠN", "7", "KH-UBND", "An Sơn", PartialDate(2026)),
        ),
    ],
)
def test_a_head(text: str, head: Head) -> None:
    found = read_head(lines(text))

    assert (found.head, found.unsure) == (head, ())


def test_a_day_that_no_calendar_has_is_said_and_left_blank() -> None:
    found = read_head(lines(f"XÃ AN SƠN\n{NATION}Số: 1/KH-UBND\nAn Sơn, ngày 31 tháng 02 năm 2026"))

    assert (found.head.date, [one.path for one in found.unsure]) == (PartialDate(), ["date"])


# -- Ending -----------------------------------------------------------------------------------

ENDING = Ending(
    ("Sở Nội vụ (b/c)", "UBND các xã, phường", "Như trên"),
    "VT, VHXH (05b)",
    ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    "",
    "Lê Văn Tám",
)


@pytest.mark.parametrize(
    "text",
    [
        "Nơi nhận:\n- Sở Nội vụ\n(b/c);\n- UBND các xã, phường;\n- Như trên;\n- Lưu: VT, VHXH (05b).\n"
        "TM. ỦY BAN NHÂN\nDÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nLê Văn Tám",
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn Tám\nNơi nhận:\n- Sở Nội vụ (b/c);\n"
        "- UBND các xã, phường;\n- Như trên;\n- Lưu: VT, VHXH (05b).",
        "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Sở Nội vụ (b/c); KT. CHỦ TỊCH\n- UBND các xã, phường; PHÓ CHỦ TỊCH\n"
        "- Như trên;\n- Lưu: VT, VHXH (05b). Lê Văn Tám",
    ],
)
def test_an_ending_however_its_columns_were_copied(text: str) -> None:
    found = read_ending(lines(text))

    assert (found.ending, found.unsure) == (ENDING, ())


def test_columns_that_the_file_knows_are_kept_apart() -> None:
    left = [SourceLine(text, column=0) for text in ("Nơi nhận:", "- TT. Đảng ủy, TT. HĐND xã;", "- Lưu: VT.")]
    right = [SourceLine(text, column=1) for text in ("TM. CỤM THI ĐUA SỐ 3", "CỤM TRƯỞNG", "CHỦ TỊCH UBND XÃ AN SƠN")]

    found = read_ending([left[0], right[0], left[1], right[1], left[2], right[2], SourceLine("Lê Văn Tám", column=1)])

    assert found.ending == Ending(
        ("TT. Đảng ủy, TT. HĐND xã",),
        "VT",
        ("TM. CỤM THI ĐUA SỐ 3", "CỤM TRƯỞNG"),
        "CHỦ TỊCH UBND XÃ AN SƠN",
        "Lê Văn Tám",
    )


# -- The whole --------------------------------------------------------------------------------

PAPER = f"""UBND XÃ AN SƠN
{NATION}Số: 3/KH-UBND
An Sơn, ngày 02 tháng 01 năm 2026

KẾ HOẠCH
Thực hiện công tác thi đua
năm 2026

Căn cứ Luật Thi đua, khen thưởng;

Ủy ban nhân dân xã ban hành Kế hoạch như sau:

PHẦN I
NHỮNG VIỆC CHUNG

I. MỤC ĐÍCH

1/ Nâng cao chất lượng.

\uf0b7 Mở rộng phong trào.

(Có Phụ lục kèm theo)

II. TỔ CHỨC

1. Văn phòng

Theo dõi việc thực hiện.

Trên đây là Kế hoạch năm 2026./.

Nơi nhận:
- Như trên;
- Lưu: VT.
CHỦ TỊCH
Lê Văn Tám

PHỤ LỤC: NHIỆM VỤ NĂM 2026
(Kèm theo Kế hoạch số 3/KH-UBND ngày 02 tháng 01
năm 2026)

STT
NỘI DUNG
CHỦ TRÌ
1
Làm kế hoạch
Văn phòng
"""


def test_a_whole_paper() -> None:
    paper = read_paper(read_plain(PAPER))

    assert (paper.title, paper.subject) == ("KẾ HOẠCH", "Thực hiện công tác thi đua năm 2026")
    assert paper.preamble == (
        "Căn cứ Luật Thi đua, khen thưởng;",
        "Ủy ban nhân dân xã ban hành Kế hoạch như sau:",
    )
    assert paper.body == (
        Heading("PHẦN I", "NHỮNG VIỆC CHUNG", 1),
        Heading("I.", "MỤC ĐÍCH", 2),
        Line(Kind.ITEM, "Nâng cao chất lượng.", "1/"),
        Line(Kind.ITEM, "Mở rộng phong trào.", "-"),
        Line(Kind.REFERENCE, "(Có Phụ lục kèm theo)"),
        Heading("II.", "TỔ CHỨC", 2),
        Line(Kind.ITEM, "Văn phòng", "1."),
        Line(Kind.PARAGRAPH, "Theo dõi việc thực hiện."),
    )
    assert paper.closing == "Trên đây là Kế hoạch năm 2026./."
    [appendix] = paper.appendices
    assert (appendix.title, appendix.subject) == ("PHỤ LỤC:", "NHIỆM VỤ NĂM 2026")
    assert appendix.reference == "(Kèm theo Kế hoạch số 3/KH-UBND ngày 02 tháng 01 năm 2026)"
    assert [type(block) for block in appendix.blocks] == [BrokenTable]
    assert paper.unsure == ()


def test_the_text_below_a_title_is_no_closing() -> None:
    paper = read_paper(
        read_plain("KẾ HOẠCH\nNăm 2026\n\nI. VIỆC\n\n1. Văn phòng\n\nTheo dõi, báo cáo./.\n\nNơi nhận:\n- A.")
    )

    assert (paper.closing, paper.body[-1]) == ("", Line(Kind.PARAGRAPH, "Theo dõi, báo cáo./."))


def test_a_letter_has_addressees_and_what_it_is_about() -> None:
    text = (
        f"UBND XÃ AN SƠN\n{NATION}Số: 12/UBND-VHXH\nV/v đăng ký thi đua năm 2026\nAn Sơn, ngày 02 tháng 01 năm 2026\n"
        "Kính gửi:\n- Các trường học;\n- Trưởng các thôn.\n\nThực hiện Kế hoạch của tỉnh, UBND xã đề nghị:\n\n"
        "1. Gửi đăng ký trước ngày 20/01.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nCHỦ TỊCH\nLê Văn Tám"
    )

    paper = read_paper(read_plain(text))

    assert (paper.title, paper.subject) == ("", "đăng ký thi đua năm 2026")
    assert paper.addressees == ("Các trường học", "Trưởng các thôn")
    assert paper.body == (Line(Kind.ITEM, "Gửi đăng ký trước ngày 20/01.", "1."),)
    assert paper.unsure == ()


def test_stamps_of_a_digital_signature_are_set_aside() -> None:
    paper = read_paper(
        read_plain("Người ký: Lê Văn Tám\nEmail: tam@example.vn\nNgày ký: 02/01/2026\nKẾ HOẠCH\nNăm 2026")
    )

    assert (paper.title, paper.subject, paper.head) == ("KẾ HOẠCH", "Năm 2026", Head())
    assert paper.said_otherwise[:3] == ("Người ký: Lê Văn Tám", "Email: tam@example.vn", "Ngày ký: 02/01/2026")


def test_a_table_stays_where_it_stands() -> None:
    paper = read_paper(
        read_plain("KẾ HOẠCH\nNăm 2026\n\nI. VIỆC\n\nTT\tViệc\tAi\n1\tHọp\tVăn phòng\n\nII. SAU\n\nHết./.")
    )

    assert [type(block) for block in paper.body] == [Heading, SourceTable, Heading, Line]
