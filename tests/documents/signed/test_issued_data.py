"""What a paper says about itself, read from its text; what it does not say is None."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from documents.dates import PartialDate
from documents.signed import IssuedData, read_issued_data
from documents.tree import Paper
from tests.documents.signed.samples import report_of, word_report_of
from tests.layout.papers import EXAMPLES
from tests.plans.files import REAL_PLANS, SHARED, read_file

RECOGNISED = """\
|ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ SUỐI BẠC Độc lập - Tự do - Hạnh phúc ~
_____
Số : 05 /KH- UBND Suối Bạc, ngày 05 tháng 02 năm 2026 .
*KẾ HOẠCH*
Công tác thi đua, khen thưởng năm 2026
của xã Suối Bạc
___
Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;
Căn cứ Kế hoạch số 12/KH-UBND ngày 20 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh.
I. MỤC ĐÍCH
a) Nội dung./.
Nơi nhận: TM. ỦY BAN NHÂN DÂN
- Sở Nội vụ (để b/c); KT. CHỦ TỊCH
- Thường trực Đảng ủy; PHÓ CHỦ TỊCH
- Lưu: VT, VP. *
~
Lò Văn Thắng
2
"""
"""As a machine reads a scan: both columns on one line, stray marks, blanks in the symbol."""


def told(paper: Paper) -> IssuedData:
    """What the paper holds, as its readers should find it."""
    header, signature = paper.header, paper.signature
    return IssuedData(
        number=header.number or None,
        symbol=header.symbol,
        date=header.date,
        place=header.place,
        kind=paper.title or "CÔNG VĂN",  # a letter prints no title
        subject=paper.subject or header.about.removeprefix("V/v "),
        superior=header.superior or None,
        issuer=" ".join(header.issuer),
        signer_lines=signature.lines,
        signer_post=signature.post or None,
        signer=signature.name or None,
    )


@pytest.mark.parametrize("example", EXAMPLES)
def test_our_own_pdf_is_read_exactly(example: str) -> None:
    assert read_issued_data(report_of(example).text) == told(EXAMPLES[example]())


@pytest.mark.parametrize("example", ["plain_plan", "issuer_over_three_lines", "cluster_signature", "decision"])
def test_our_own_word_file_is_read_exactly(example: str) -> None:
    assert read_issued_data(word_report_of(example).text) == told(EXAMPLES[example]())


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_recognised_scan_is_read_through_its_stray_marks(form: str) -> None:
    assert read_issued_data(unicodedata.normalize(form, RECOGNISED)) == told(EXAMPLES["plain_plan"]())


def test_a_line_broken_anywhere_is_read() -> None:
    text = (
        "ỦY BAN NHÂN\nDÂN \nPHƯỜNG BẾN MƠ\nCỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 159/KH-UBND\nBến Mơ,\nngày\n19 tháng 11 năm 2026\n\n\nKẾ HOẠCH\n\nPHÁT ĐỘNG ĐỢT THI ĐUA LẬP THÀNH\n"
        "TÍCH CAO NHẤT\n\nCăn cứ Luật Thi đua, khen thưởng./.\nNơi nhận:\n- Các tổ dân phố;\n- Lưu: VT.\n"
        "TM. ỦY BAN\nNHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nHà Thị Mơ"
    )

    assert read_issued_data(text) == IssuedData(
        "159",
        "KH-UBND",
        PartialDate(2026, 11, 19),
        "Bến Mơ",
        "KẾ HOẠCH",
        "PHÁT ĐỘNG ĐỢT THI ĐUA LẬP THÀNH TÍCH CAO NHẤT",
        None,
        "ỦY BAN NHÂN DÂN PHƯỜNG BẾN MƠ",
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        None,
        "Hà Thị Mơ",
    )


def test_a_letter_has_its_subject_under_the_number() -> None:
    text = (
        "UBND XÃ SUỐI BẠC\nPHÒNG VĂN HÓA - XÃ HỘI\nSố: 12/VHXH\nV/v đăng ký danh hiệu thi đua\nnăm 2026\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSuối Bạc, ngày 3/3/2026\n\n"
        "Kính gửi: Các thôn, trường học.\n\nThực hiện Kế hoạch số 05/KH-UBND ngày 05 tháng 02 năm 2026./.\n"
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTRƯỞNG PHÒNG\n(Đã ký)\nHà Thị Mơ\n"
    )

    assert read_issued_data(text) == IssuedData(
        "12",
        "VHXH",
        PartialDate(2026, 3, 3),
        "Suối Bạc",
        "CÔNG VĂN",
        "đăng ký danh hiệu thi đua năm 2026",
        "UBND XÃ SUỐI BẠC",
        "PHÒNG VĂN HÓA - XÃ HỘI",
        ("TRƯỞNG PHÒNG",),
        None,
        "Hà Thị Mơ",
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Danh sách các hộ gia đình văn hóa năm 2026\nSố: ...\n1. Lò Văn A",
        "Xin chào. Ngày 12 tháng 3 năm 2026 họp tại Suối Bạc.",
        "Thực hiện Kế hoạch số 274/KH-UBND ngày 23/12/2022 của UBND tỉnh, các thôn báo cáo trước ngày 5 tháng 6.",
    ],
)
def test_a_text_that_is_no_paper_says_nothing(text: str) -> None:
    assert read_issued_data(text) == IssuedData()


HEAD = "ỦY BAN NHÂN DÂN\nXÃ SUỐI BẠC\nSố: {number}\n{date}\nKẾ HOẠCH\nThi đua\n\nCăn cứ Luật./."


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("05/KH-UBND", ("05", "KH-UBND")),
        ("  /KH-UBND", (None, "KH-UBND")),
        ("......./KH-UBND", (None, "KH-UBND")),
        ("27a/KH–UBND", ("27a", "KH-UBND")),
        ("5O/KH-UBND", (None, "KH-UBND")),
        ("03/CTr-HĐTĐKT", ("03", "CTr-HĐTĐKT")),
        ("12/2026/NQ-HĐND", ("12", "2026/NQ-HĐND")),
        ("05", (None, None)),
    ],
)
def test_a_number_is_read_or_left_but_never_guessed(number: str, expected: tuple[str | None, str | None]) -> None:
    read = read_issued_data(HEAD.format(number=number, date="Suối Bạc, ngày 05 tháng 02 năm 2026"))

    assert (read.number, read.symbol) == expected


@pytest.mark.parametrize(
    ("line", "place", "date"),
    [
        ("Suối Bạc, ngày 05 tháng 02 năm 2026", "Suối Bạc", PartialDate(2026, 2, 5)),
        ("Thành phố Hồ Chí Minh, ngày 29 tháng 10 năm 2026", "Thành phố Hồ Chí Minh", PartialDate(2026, 10, 29)),
        ("Suối Bạc, ngày     tháng 3 năm 2026", "Suối Bạc", PartialDate(2026, 3)),
        ("Suối Bạc, ngày ... tháng ... năm 2026", "Suối Bạc", PartialDate(2026)),
        ("Suối Bạc, ngày     tháng     năm", "Suối Bạc", None),
        ("Suối Bạc, ngày 31 tháng 02 năm 2026", "Suối Bạc", None),
        ("Suối Bạc, ngày05 tháng 02 năm2026", "Suối Bạc", PartialDate(2026, 2, 5)),
        ("Suối Bạc, 05/02/2026", None, None),
    ],
)
def test_a_day_is_read_as_far_as_it_is_written(line: str, place: str | None, date: PartialDate | None) -> None:
    read = read_issued_data(HEAD.format(number="05/KH-UBND", date=line))

    assert (read.place, read.date) == (place, date)


@pytest.mark.parametrize("name", REAL_PLANS)
def test_the_real_plans_are_read_as_far_as_their_files_print(name: str) -> None:
    if not (SHARED / "plans").is_dir():
        pytest.skip("the real plans are not at hand (TDKT_SHARED)")

    read = read_issued_data((SHARED / "plans" / f"{name}.txt").read_text(encoding="utf-8"))

    assert read == _printed(name, read_file(name))


def _printed(name: str, plan: dict[str, Any]) -> IssuedData:
    """What the text file shows: one alone has its issuer, one lacks its whole head and misprints «KT.»."""
    signature = plan["signature"]
    lines = [line.replace("KT.", "KI.") if name == "vinh_cuu" else line for line in signature["lines"]]
    foot = {"signer_lines": tuple(lines), "signer_post": signature["post"] or None, "signer": signature["name"]}
    if name == "vinh_cuu":
        return IssuedData(kind=plan["title"], subject=plan["subject"], **foot)
    return IssuedData(
        plan["number"] or None,
        plan["symbol"],
        PartialDate.parse(plan["date"]),
        plan["place"],
        plan["title"],
        plan["subject"],
        None,
        plan["issuer"] if name == "minh_tien" else None,
        **foot,
    )
