"""What may be changed in an earlier plan, shown to a person before anything is."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from core.errors import AppError
from plans.moving.places import Place


class UnfitAnswer(AppError):
    message = "Phần chữ thay vào không dùng được."


class Kind(enum.Enum):
    CERTAIN = "certain"
    """A rule says it; accepted with all others by one click."""
    ASK = "ask"
    """Only a person knows; ``new`` is at most a suggestion."""


class Group(enum.Enum):
    HEADER = "header"
    YEAR = "year"
    DAY = "day"
    ANNIVERSARY = "anniversary"
    PERIOD = "period"
    CITATION = "citation"
    TASK_DATES = "task-dates"
    BODY = "body"
    UNIT = "unit"
    LAW = "law"

    @property
    def label(self) -> str:
        return _GROUP_LABELS[self]


_GROUP_LABELS = {
    Group.HEADER: "Số, ngày văn bản",
    Group.YEAR: "Năm",
    Group.DAY: "Ngày, tháng, quý",
    Group.ANNIVERSARY: "Ngày kỷ niệm",
    Group.PERIOD: "Giai đoạn, nhiệm kỳ",
    Group.CITATION: "Văn bản làm căn cứ",
    Group.TASK_DATES: "Thời hạn nhiệm vụ",
    Group.BODY: "Cơ quan, chức danh",
    Group.UNIT: "Tên đơn vị",
    Group.LAW: "Văn bản pháp luật",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A change within one text that has no place yet; ``start`` and ``end`` count characters, ``end`` excluded."""

    start: int
    end: int
    new: str | None
    why: str
    group: Group
    kind: Kind = Kind.CERTAIN
    choices: tuple[str, ...] = ()
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """``old`` at ``where`` from ``start`` to ``end`` (excluded) becomes ``new``; None: nobody but a person knows."""

    where: Place
    start: int
    end: int
    old: str
    new: str | None
    why: str
    """One sentence for the screen."""
    kind: Kind
    group: Group
    choices: tuple[str, ...] = ()
    """Answers to pick from, where there are several; others may be typed."""
    is_doubtful: bool = False
    """What stood there does not add up; the change keeps that, and ``why`` says so."""

    def answered(self, text: str) -> Proposal:
        """With the words that the person picked or typed, none where the words go."""
        if "\n" in text or "\t" in text:
            raise UnfitAnswer("Phần chữ thay vào phải nằm trên một dòng, không có dấu xuống dòng hay dấu tab.")
        return replace(self, new=text)


Span = tuple[int, int]


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def keep_apart(findings: Iterable[Finding], taken: Sequence[Span] = ()) -> list[Finding]:
    """Those that touch no span already taken, the earlier in the list before the later; in the order of the text."""
    kept: list[Finding] = []
    spans = list(taken)
    for finding in findings:
        span = finding.start, finding.end
        if not overlaps(span, spans):
            spans.append(span)
            kept.append(finding)
    return sorted(kept, key=lambda finding: finding.start)


def placed(where: Place, text: str, findings: Iterable[Finding]) -> list[Proposal]:
    """What would change nothing is left out."""
    return [
        Proposal(
            where,
            finding.start,
            finding.end,
            text[finding.start : finding.end],
            finding.new,
            finding.why,
            finding.kind,
            finding.group,
            finding.choices,
            finding.is_doubtful,
        )
        for finding in findings
        if finding.new != text[finding.start : finding.end]
    ]


def whole(where: Place, old: str, new: str, why: str, group: Group, *, is_doubtful: bool = False) -> Proposal:
    """The whole value becomes another one."""
    return Proposal(where, 0, len(old), old, new, why, Kind.CERTAIN, group, is_doubtful=is_doubtful)
