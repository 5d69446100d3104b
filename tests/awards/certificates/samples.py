"""Certificates as plain values, and PDF read back in millimetres."""

from __future__ import annotations

import io
from collections import defaultdict

import pdfplumber

from awards.certificates.layouts import Field, layout_of
from awards.certificates.words import Certificate
from awards.shipped import award_name

MM = 25.4 / 72
LONGEST_NAME = "Công Tằng Tôn Nữ Nguyễn Hoàng Phước Bảo Thiên Long Đài Các Nhơn Ái Thị Minh Khai Phương Thảo"
LONGEST_UNIT = (
    "Phó Trưởng ban Thường trực Ban Chỉ đạo xây dựng nông thôn mới, Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam "
    "phường Nhơn Hải Thượng Đông, tỉnh Bình Định, kiêm Bí thư Chi bộ khu phố Mười Hai, Trưởng Ban Công tác Mặt trận "
    "khu phố Mười Hai, thành viên Tổ công nghệ số cộng đồng và Đội cứu nạn, cứu hộ phường Nhơn Hải Thượng Đông"
)
TWO_LINES = (
    "Đã có thành tích đặc biệt xuất sắc trong phong trào “Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh” "
    "gắn với cuộc vận động toàn dân bảo vệ an ninh Tổ quốc giai đoạn 2021 - 2026"
)


def a_certificate(award: str = "GK", name: str = "Bà Nguyễn Thị Hoa", **more: str) -> Certificate:
    texts = {
        Field.NATION: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        Field.MOTTO: "Độc lập - Tự do - Hạnh phúc",
        Field.AUTHORITY: "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ AN SƠN",
        Field.GIVES: layout_of(award).gives,
        Field.AWARD: award_name(award).upper(),
        Field.NAME: name,
        Field.DETAIL: "Giáo viên, Trường Tiểu học số 1",
        Field.CITATION: "Đã cứu hai học sinh bị đuối nước",
        Field.DAY: "An Sơn, ngày 20 tháng 12 năm 2026",
        Field.SIGNED: "CHỦ TỊCH",
        Field.SIGNER: "Lò Văn Thắng",
        Field.DECISION: "Quyết định số 312/QĐ-UBND ngày 20 tháng 12 năm 2026",
        Field.GOLDEN: "Số sổ vàng: 12",
        Field.CODE: "https://tdkt.example/khen-thuong/tra-cuu/abcdefghijklmnopqrstuv",
    }
    return Certificate(award, texts | {Field(key): value for key, value in more.items()})


def printed_lines(pdf: bytes, page: int = 0) -> dict[str, tuple[float, float, float]]:
    """Words of a line → its left and right end and the foot of its letters, in millimetres from the upper left."""
    with pdfplumber.open(io.BytesIO(pdf)) as found:
        sheet = found.pages[page]
        rows = defaultdict(list)
        for char in sheet.chars:
            rows[round(float(sheet.height) - char["matrix"][5], 1)].append(char)
    lines: dict[str, tuple[float, float, float]] = {}
    for foot, chars in rows.items():
        for part in _parts(chars):
            text = "".join(char["text"] for char in part)
            lines[text] = (part[0]["x0"] * MM, part[-1]["x1"] * MM, foot * MM)
    return lines


def _parts(chars: list) -> list[list]:
    """What stands on one height, apart where there is a gap wider than a blank."""
    parts: list[list] = []
    for char in sorted(chars, key=lambda one: one["x0"]):
        if parts and char["x0"] - parts[-1][-1]["x1"] < char["size"]:
            parts[-1].append(char)
        else:
            parts.append([char])
    return parts
