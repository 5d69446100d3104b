"""Decisions as their pages tell them, from rows already read."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from awards.models import Decision
from awards.states import DecisionState

_LOOKS = {DecisionState.DRAFT: "draft", DecisionState.ISSUED: "issued", DecisionState.PUBLISHED: "done"}


@dataclass(frozen=True, slots=True)
class Link:
    words: str
    url: str
    icon: str


def look(decision: Decision) -> str:
    return _LOOKS[DecisionState(decision.state)]


def named(decision: Decision) -> str:
    return f"Quyết định số {decision.number}" if decision.number else "Dự thảo quyết định"


def standing(decision: Decision, *, lacks: int = 0) -> str:
    if decision.state == DecisionState.DRAFT:
        left = f"còn {lacks} chỗ cần hoàn thiện" if lacks else "tải Word, trình ký, lấy số rồi ghi nhận tại đây"
        return f"Đang soạn: {left}."
    issuer = f" của {decision.issuer_name}" if decision.issuer_name else ""
    signed = f"Ban hành ngày {decision.day:%d/%m/%Y}{issuer}" if decision.day else "Đã ban hành"
    if decision.state == DecisionState.PUBLISHED and decision.published_at:
        return f"{signed}; đã công bố."
    return f"{signed}; chưa công bố."


def links_of(decision: Decision) -> list[Link]:
    """Pages of other rooms that belong to it, in the order in which they are needed."""
    wanted: list[tuple[str, str, list[int | str | None], str]] = []
    if decision.state == DecisionState.DRAFT:
        wanted.append(("Tờ trình", "awards:paper_of", ["to-trinh", decision.pk], "file-text"))
        wanted.append(("Soát tên trước khi in", "awards:certificate_names", [decision.pk], "award"))
    else:
        wanted.append(("Giấy khen, bằng", "awards:certificates", [decision.pk], "award"))
        wanted.append(("Danh sách chi tiền", "awards:paper_of", ["chi-tien", decision.pk], "banknote"))
        wanted.append(("Kịch bản trao thưởng", "awards:paper_of", ["kich-ban", decision.pk], "file-text"))
        wanted.append(("Sổ khen thưởng", "awards:register", [], "book-text"))
    wanted.append(("Văn bản của đợt xét", "awards:round_papers", [decision.round_id], "file-text"))
    found = []
    for words, name, args, icon in wanted:
        if None in args:
            continue
        try:
            found.append(Link(words, reverse(name, args=args), icon))
        except NoReverseMatch:
            continue
    return found
