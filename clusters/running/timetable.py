"""The timetable of a season, without a database: which work a line means, and the lines a year later."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from clusters.models import Step
from core.text import fold
from documents.times import read_time
from plans.moving.proposals import Kind as Certainty
from plans.moving.proposals import keep_apart
from plans.moving.years import Move, find_years
from reminders.workdays import WorkDays

K = Step.Kind
_PREPARES = re.compile(
    r"^(?:xay dung|tham muu|du thao) (?:va ban hanh )?(?:ke hoach|chuong trinh|giay moi|cong van)|^ban hanh ke hoach"
)
"""Writing a plan for a conference is not the conference."""
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(words))
    for kind, words in (
        (K.REPORT, r"^(?:gui|nop) (?:bao cao|ho so).*(?:(?:cum|khoi) truong|truong (?:cum|khoi))"),
        (K.CROSS, r"cham cheo|kiem tra cheo|cham diem cheo"),
        (K.MEETING, r"binh xet|suy ton|hop xet|binh bau"),
        (K.MIDYEAR, r"so ket|(?:6|06|sau) thang dau nam"),
        (K.FINAL, r"hoi nghi tong ket|to chuc tong ket|tong ket (?:cum|khoi|cong tac|phong trao|hoat dong)"),
        (K.REVIEW, r"tham dinh|phuc tra"),
        (K.HEAD, r"(?:truong (?:cum|khoi)|(?:cum|khoi) truong).{0,40}cham diem|tong hop (?:diem|ket qua cham)"),
        (K.SELF, r"tu cham|tu danh gia|bang tu cham"),
        (K.REPORT, r"gui bao cao|nop bao cao|bao cao (?:tong ket|ket qua|cong tac|nam)|gui ho so|nop ho so"),
        (K.PLEDGE, r"ky (?:ket |cam ket )?(?:ban )?giao uoc"),
        (K.REGISTER, r"dang ky"),
        (K.LAUNCH, r"phat dong"),
        (K.HANDOVER, r"ban giao"),
    )
)
_MEMBERS = re.compile(r"\b(?:don vi|thanh vien|cac xa|cac thon|cac phuong)\b")


def kind_of(text: str) -> str:
    """The work that a line of a timetable means; of several things in one line the weightiest, else «Việc khác»."""
    words = fold(text)
    if _PREPARES.search(words):
        return K.OTHER
    return next((kind for kind, pattern in _WORDS if pattern.search(words)), K.OTHER)


def owes_paper(kind: str, doers: str) -> bool:
    """Whether each member has to send something by that day. ``doers``: who does it, as the plan names them."""
    return kind in (K.REGISTER, K.REPORT, K.SELF) and bool(_MEMBERS.search(fold(doers)))


@dataclass(frozen=True, slots=True)
class StepData:
    """One line as plain values."""

    text: str
    kind: str = K.OTHER
    time_text: str = ""
    start: dt.date | None = None
    due: dt.date | None = None
    asks_members: bool = False
    done_on: dt.date | None = None
    pk: int | None = None
    task: int | None = None


def moved(step: StepData, from_year: int, to_year: int, workdays: WorkDays) -> StepData:
    """The line for another year: its words, and its days off weekends and Tết, on the working day before."""
    move = Move(from_year, to_year)
    time_text = moved_text(step.time_text, move)
    start, due = _moved_days(step, time_text, move)
    if due is not None:
        worked = workdays.not_after(due)
        due = worked if start is None or worked >= start else due
    return StepData(moved_text(step.text, move), step.kind, time_text, start, due, step.asks_members)


def moved_text(text: str, move: Move) -> str:
    """Years and days of the season's own time; those of history stay."""
    for finding in reversed(keep_apart(find_years(text, move))):
        if finding.kind is Certainty.CERTAIN and finding.new is not None:
            text = text[: finding.start] + finding.new + text[finding.end :]
    return text


def _moved_days(step: StepData, time_text: str, move: Move) -> tuple[dt.date | None, dt.date | None]:
    """Read anew where the old words gave the old days («Tháng 02/2028» ends a day later), else so many years on."""
    before, after = read_time(step.time_text, move.old), read_time(time_text, move.new)
    if step.time_text and (before.start, before.due) == (step.start, step.due):
        return after.start, after.due
    return step.start and move.day(step.start), step.due and move.day(step.due)
