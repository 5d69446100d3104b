"""Reviews told to the person at the screen, from values already read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.models import Review
from campaigns.periods import UnfitPeriod, period_of
from campaigns.reporting import texts
from campaigns.reporting.drafting import CAUSES, LABELS, RECIPIENTS, subject
from campaigns.reporting.figures import Figures, TargetFigures
from campaigns.reporting.paper import said
from campaigns.reporting.printing import Report, unfilled_recipients
from campaigns.reporting.texts import Segment, Stale
from campaigns.results.presenters import LOOKS
from campaigns.results.status import words_of as status_words
from campaigns.wording import percent_in_words, with_measure
from core.text import fold

CAUSES_HINT = "Chương trình không đoán nguyên nhân. Viết ở đây thì báo cáo có thêm phần «Nguyên nhân»."


@dataclass(frozen=True, slots=True)
class ReviewRow:
    review: Review
    what: str
    """«Sơ kết 6 tháng đầu năm 2024», «Tổng kết năm 2024, Đợt thi đua thứ hai»."""
    look: str
    word: str


def review_row(review: Review) -> ReviewRow:
    if review.paper is None:
        return ReviewRow(review, name_of(review), "draft", "Đang soạn")
    return ReviewRow(review, name_of(review), "done", f"Đã ban hành số {review.paper.full_number}")


def name_of(review: Review) -> str:
    act = "Tổng kết" if review.is_final else "Sơ kết"
    wave = f", {review.wave.name}" if review.wave else ""
    return f"{act} {words_of(review.period)}{wave}"


def words_of(period: str) -> str:
    try:
        return period_of(period).words
    except UnfitPeriod:
        return period


def standing(review: Review, figures: Figures) -> str:
    """How it stands, in one sentence."""
    if review.paper is not None:
        return f"Đã ban hành số {review.paper.full_number} ngày {review.paper.date:%d/%m/%Y}; số liệu đã chốt."
    return f"Đang soạn: số liệu lấy từ kết quả đã ghi, đến ngày {figures.last_day:%d/%m/%Y}."


def counted(figures: Figures) -> list[tuple[str, str, int]]:
    """Look, word and number of each status that some target has."""
    return [(LOOKS[status], status_words(status), number) for status, number in figures.counts.items() if number]


@dataclass(frozen=True, slots=True)
class TargetRow:
    target: TargetFigures
    value: str
    note: str
    percent: str
    look: str
    word: str


def target_rows(figures: Figures) -> list[TargetRow]:
    return [_target_row(target) for target in figures.targets]


def _target_row(target: TargetFigures) -> TargetRow:
    notes = [str(target.parts)] if target.parts and target.is_sum else []
    if target.value is not None and not target.is_current:
        notes.append(f"số liệu {target.period}")
    if target.forecast is not None:
        notes.append(f"dự báo cả năm {with_measure(target.forecast, target.measure)}")
    percent = percent_in_words(target.percent)
    value = with_measure(target.value, target.measure)
    return TargetRow(target, value, "; ".join(notes), percent, LOOKS[target.status], said(target))


@dataclass(frozen=True, slots=True)
class Section:
    """One piece of the report's words on its page."""

    key: str
    label: str
    segments: list[Segment]
    is_written: bool
    stale: list[Stale]
    hint: str
    missing: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.segments


def sections(report: Report) -> list[Section]:
    return [section_of(report, key) for key in LABELS]


def section_of(report: Report, key: str) -> Section:
    own = texts.written_in(report.review.texts).get(key)
    old = texts.stale(own, report.drafts[key]) if own and report.review.paper_id is None else []
    segments = texts.marked(report.lines[key], old)
    hint = CAUSES_HINT if key == CAUSES else ""
    missing = "" if own else _missing(report, key)
    return Section(key, LABELS[key], segments, own is not None, old, hint, missing)


def _missing(report: Report, key: str) -> str:
    """What the plan left blank and the report therefore leaves out."""
    if key != RECIPIENTS or report.review.paper_id is not None:
        return ""
    blank = unfilled_recipients(report.review.campaign.plan)
    named = "; ".join(f"«{line}»" for line in blank)
    return f"Kế hoạch còn để trống {named} nên báo cáo chưa in nơi nhận này. Sửa mục này để ghi đủ." if blank else ""


def stale_words(found: Sequence[Section]) -> str:
    """«Lời đã viết ở 2 mục có số liệu không còn khớp»; empty where all agree."""
    count = sum(bool(section.stale) for section in found)
    return f"{count} mục có số liệu trong lời đã viết không còn khớp với kết quả đã ghi." if count else ""


def file_name(figures: Figures, to: str, number: str = "") -> str:
    """Without marks and blanks, so that every mail program and document system takes it."""
    words = fold(f"bao cao {number} {subject(figures)}")
    return "-".join("".join(letter if letter.isalnum() else " " for letter in words).split())[:80] + f".{to}"


def proposed_period(campaign_year: int, today: dt.date) -> str:
    """What is usually summed up now: half a year around June, else the year."""
    return f"{campaign_year}-H1" if today < dt.date(campaign_year, 10, 1) else f"{campaign_year}-Y"
