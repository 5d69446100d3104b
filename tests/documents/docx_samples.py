"""One paper with everything in it, and ways to read the Word file made of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from documents.dates import PartialDate
from documents.rendering.docx import render_docx
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

COLUMNS = (Column("TT", 0.1, "center"), Column("Nội dung", 0.6), Column("Kinh phí", 0.3, "right"))
TASKS = Table(
    COLUMNS,
    (
        GroupRow("QUÝ I"),
        Row((("1",), ("Phát động thi đua", "Ký giao ước"), ("2.000.000",))),
        Row((("2",), ("Sơ kết đợt một",), ())),
    ),
)
CLOSING = Paragraph("Yêu cầu các thôn, các đơn vị nghiêm túc thực hiện./.")
PLAN = Paper(
    header=Header(("ỦY BAN NHÂN DÂN", "XÃ SUỐI MƠ"), symbol="KH-UBND", place="Suối Mơ", date=PartialDate(2026, 1)),
    title="KẾ HOẠCH",
    subject="Công tác thi đua, khen thưởng năm 2026",
    preamble=(Basis("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022."), Paragraph("Xã ban hành Kế hoạch:")),
    body=(
        Heading("I.", "MỤC ĐÍCH"),
        Heading("1.1.", "Yêu cầu", level=2),
        Item("1.", "Nhiệm vụ", title=True),
        Item("a)", "Tuyên truyền sâu rộng trong Nhân dân."),
        TASKS,
        AppendixReference("(Có Phụ lục kèm theo)"),
        CLOSING,
    ),
    recipients=Recipients(("TT Đảng ủy, TT HĐND xã", "Các thôn"), "VT, VHXH"),
    signature=Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Đặng Thị Ngọc Ánh", post="TRƯỞNG BAN CHỈ ĐẠO"),
    appendices=(
        Appendix("Phụ lục I", "PHÂN CÔNG NHIỆM VỤ", "(Kèm theo Kế hoạch của xã)", (TASKS,), landscape=True),
        Appendix("Phụ lục II", "MẪU ĐĂNG KÝ", "", (Paragraph("Đơn vị đăng ký danh hiệu:"), TASKS, TASKS)),
    ),
)
TABLE_WORDS = "TT Nội dung Kinh phí QUÝ I 1 Phát động thi đua Ký giao ước 2.000.000 2 Sơ kết đợt một"
PLAN_WORDS = f"""
    ỦY BAN NHÂN DÂN XÃ SUỐI MƠ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc
    Số: /KH-UBND Suối Mơ, ngày tháng 01 năm 2026
    KẾ HOẠCH Công tác thi đua, khen thưởng năm 2026
    Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022. Xã ban hành Kế hoạch:
    I. MỤC ĐÍCH 1.1. Yêu cầu 1. Nhiệm vụ a) Tuyên truyền sâu rộng trong Nhân dân. {TABLE_WORDS}
    (Có Phụ lục kèm theo) Yêu cầu các thôn, các đơn vị nghiêm túc thực hiện./.
    Nơi nhận: - TT Đảng ủy, TT HĐND xã; - Các thôn; - Lưu: VT, VHXH.
    TM. ỦY BAN NHÂN DÂN CHỦ TỊCH TRƯỞNG BAN CHỈ ĐẠO Đặng Thị Ngọc Ánh
    Phụ lục I PHÂN CÔNG NHIỆM VỤ (Kèm theo Kế hoạch của xã) {TABLE_WORDS}
    Phụ lục II MẪU ĐĂNG KÝ Đơn vị đăng ký danh hiệu: {TABLE_WORDS} {TABLE_WORDS}
"""


def opened(paper: Paper = PLAN) -> Document:
    return docx.Document(io.BytesIO(render_docx(paper)))


def paragraphs(container: Document | _Cell) -> Iterator[WordParagraph]:
    """In document order, cell by cell; a merged cell once."""
    for piece in container.iter_inner_content():
        if isinstance(piece, WordParagraph):
            yield piece
        else:
            for tc in piece._tbl.iter_tcs():
                yield from paragraphs(_Cell(tc, piece))


def words(document: Document) -> list[str]:
    return [word for paragraph in paragraphs(document) for word in paragraph.text.split()]


def paragraph_of(document: Document, text: str) -> WordParagraph:
    return next(paragraph for paragraph in paragraphs(document) if paragraph.text == text)


def parts(paper: Paper = PLAN) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(render_docx(paper))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}
