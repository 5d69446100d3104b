"""Rows of registers as offices type them, and papers that are on record already."""

from __future__ import annotations

import datetime as dt
from typing import Any

from core.resources import Report
from documents.models import IssuedPaper
from units.models import Issuer

PLAIN = ["Số", "Ký hiệu", "Ngày ban hành", "Tên loại", "Trích yếu", "Người ký"]
DECREE = [  # Decree 30/2020/NĐ-CP, Phụ lục IV: sổ đăng ký văn bản đi
    *("Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký"),
    *("Nơi nhận văn bản", "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ghi chú"),
]


def row(number: Any, day: Any = "18/01/2025", **more: str) -> list[Any]:
    values = {"symbol": "KH-UBND", "kind": "Kế hoạch", "subject": "Công tác thi đua", "signer": "Lò Văn Thắng"} | more
    return [number, values["symbol"], day, values["kind"], values["subject"], values["signer"]]


def on_record(issuer: Issuer, number: str, day: str = "2025-01-18", **values: str) -> IssuedPaper:
    fields = {"kind": "Kế hoạch", "symbol": "KH-UBND", "subject": "Công tác thi đua", "signer": "Lò Văn Thắng"}
    return IssuedPaper.objects.create(
        issuer=issuer, number=number, date=dt.date.fromisoformat(day), **(fields | values)
    )


def recorded() -> list[tuple[Any, ...]]:
    fields = ("number", "symbol", "date", "kind", "subject", "signer")
    return list(IssuedPaper.objects.order_by("pk").values_list(*fields))


def errors(report: Report) -> list[list[str]]:
    return [found.errors for found in report.rows]
