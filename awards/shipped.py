"""The catalogue: titles and forms, for whom, by whom decided at which date, on which route, with which papers. Pure.

It ships with the program; what a province orders otherwise stands beside it (``awards.catalogue``).
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from awards.facts import Recipient
from awards.money import By

_SHIPPED = Path(__file__).parent / "data" / "awards.json"


class AwardKind(StrEnum):
    TITLE = "title"
    FORM = "form"


class Cycle(StrEnum):
    YEAR = "year"
    SCHOOL_YEAR = "school_year"
    OCCASION = "occasion"


class Route(StrEnum):
    """How it is decided whom to propose or to award."""

    SECRET = "secret"  # noqa: S105 -- a ballot, no password
    SHOW = "show"
    WRITTEN = "written"
    STANDING = "standing"
    CHAIR = "chair"
    VILLAGE = "village"


ROUTE_WORDS = {
    Route.SECRET: "Hội đồng họp, bỏ phiếu kín",
    Route.SHOW: "Hội đồng họp, biểu quyết giơ tay",
    Route.WRITTEN: "Lấy ý kiến Hội đồng bằng văn bản",
    Route.STANDING: "Thường trực Hội đồng xét",
    Route.CHAIR: "Chủ tịch quyết định ngay",
    Route.VILLAGE: "Họp thôn, niêm yết danh sách",
}
KIND_WORDS = {AwardKind.TITLE: "Danh hiệu thi đua", AwardKind.FORM: "Hình thức khen thưởng"}
CYCLE_WORDS = {Cycle.YEAR: "Hằng năm", Cycle.SCHOOL_YEAR: "Theo năm học", Cycle.OCCASION: "Theo đợt, theo việc"}
PAPER_WORDS = {
    "submission": "Tờ trình",
    "report": "Báo cáo thành tích",
    "summary": "Tóm tắt thành tích",
    "minutes": "Biên bản họp xét",
    "count": "Biên bản kiểm phiếu",
    "initiative": "Chứng nhận sáng kiến",
    "proof": "Chứng nhận sáng kiến hoặc xếp loại hoàn thành xuất sắc nhiệm vụ",
    "clearance": "Ý kiến hiệp y",
}
"""Of a dossier (hồ sơ): code → name."""


@dataclass(frozen=True, slots=True)
class Decider:
    by: By
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    source: str = ""

    def is_in_force(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Award:
    code: str
    name: str
    kind: AwardKind
    recipients: tuple[Recipient, ...]
    cycle: Cycle
    deciders: tuple[Decider, ...]
    route: Route
    papers: tuple[str, ...]
    source: str
    quick_route: Route | None = None
    """For sudden merit, where it is another one."""
    vote_percent: int | None = None
    """Of all members of the council; None: more than half of them."""
    report: str = ""
    """Number of the form (Mẫu) of the report, Nghị định số 152/2025/NĐ-CP, Phụ lục."""
    days: int | None = None
    """Working days from the dossier's receipt to the decision."""

    def decided_by(self, day: dt.date) -> tuple[By, ...]:
        return tuple(one.by for one in self.deciders if one.is_in_force(day))


@cache
def shipped_awards() -> dict[str, Award]:
    """Code → award, in the order of the law."""
    rows = json.loads(_SHIPPED.read_text(encoding="utf-8"))
    return {row["code"]: _read(row) for row in rows}


def award_name(code: str, otherwise: str = "") -> str:
    found = shipped_awards().get(code)
    return found.name if found else otherwise or code


def _read(row: dict[str, Any]) -> Award:
    return Award(
        code=row["code"],
        name=row["name"],
        kind=AwardKind(row["kind"]),
        recipients=tuple(Recipient(one) for one in row["recipients"]),
        cycle=Cycle(row["cycle"]),
        deciders=tuple(_decider(one) for one in row["deciders"]),
        route=Route(row["route"]),
        papers=tuple(row["papers"]),
        source=row["source"],
        quick_route=Route(row["quick_route"]) if "quick_route" in row else None,
        vote_percent=row.get("vote_percent"),
        report=row.get("report", ""),
        days=row.get("days"),
    )


def _decider(row: dict[str, str]) -> Decider:
    valid_from, valid_to = (dt.date.fromisoformat(row[key]) if key in row else None for key in ("from", "to"))
    return Decider(By(row["by"]), valid_from, valid_to, row.get("source", ""))
