"""What tests of moving share: the plans, the two-tier world they move into, short ways to say what is expected."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from plans import interchange
from plans.interchange import PlanData
from plans.moving import Group, Kind, LegalTextRow, Proposal, ReformNames
from plans.moving.places import texts_of
from tests.plans.files import read_file

AFTER = dt.date(2026, 1, 15)
_QUARTERS = {
    ("01-01", "03-31"): "quý I",
    ("04-01", "06-30"): "quý II",
    ("07-01", "09-30"): "quý III",
    ("10-01", "12-31"): "quý IV",
}

LAWS = (
    LegalTextRow(
        "15/2003/QH11",
        "Luật Thi đua, Khen thưởng",
        dt.date(2004, 7, 1),
        dt.date(2023, 12, 31),
        "06/2022/QH15",
        dt.date(2003, 11, 26),
    ),
    LegalTextRow("06/2022/QH15", "Luật Thi đua, khen thưởng", dt.date(2024, 1, 1), None, "", dt.date(2022, 6, 15)),
    LegalTextRow(
        "91/2017/NĐ-CP",
        "Nghị định quy định chi tiết thi hành một số điều",
        dt.date(2017, 10, 1),
        dt.date(2023, 12, 31),
        "98/2023/NĐ-CP",
        dt.date(2017, 7, 31),
        "Chính phủ",
    ),
    LegalTextRow(
        "98/2023/NĐ-CP",
        "Nghị định quy định chi tiết thi hành một số điều",
        dt.date(2024, 1, 1),
        dt.date(2025, 6, 30),
        "152/2025/NĐ-CP",
        dt.date(2023, 12, 31),
        "Chính phủ",
    ),
    LegalTextRow(
        "152/2025/NĐ-CP",
        "Nghị định về phân cấp",
        dt.date(2025, 7, 1),
        None,
        "",
        dt.date(2025, 6, 14),
        "Chính phủ",
    ),
)

# Heirs that no map knows: what is tried is the moving, not the geography.
WORLDS = {
    "cam_linh": ("tỉnh Thử Nghiệm", "xã Cẩm Lĩnh", "xã Tân An"),
    "cuong_loi": ("tỉnh Thử Nghiệm", "xã Cường Lợi", "xã Tân An"),
    "minh_tien": ("tỉnh Thử Nghiệm", "xã Minh Tiến", "xã Tân An"),
    "tuan_giao": ("tỉnh Thử Nghiệm", "huyện Tuần Giáo", "xã Tân An"),
    "vinh_cuu": ("tỉnh Thử Nghiệm", "huyện Vĩnh Cửu", "xã Tân An"),
    "diem_hai": ("tỉnh Nam Hải", "xã Diêm Hải", "xã Hải Lạc"),
    "doai_trung": ("tỉnh Hải Lâm", "xã Đoài Trung", "xã Đoài Khê"),
    "muong_than": ("tỉnh Mộc Sơn", "huyện Mường Thàn", "xã Pa Thàn"),
    "na_luong": ("thành phố Khê Giang", "xã Nà Lường", "phường Nà Khoang"),
    "trang_son": ("tỉnh Bình Lộc", "huyện Trảng Sơn", "phường Trảng Khê"),
}


@dataclass(frozen=True)
class Moved:
    words: str
    """Certain changes, in the order of the paper."""
    dates: list[str]
    """Of the tasks after it."""
    left: list[str]
    """Years that no certain change touches."""
    asked: str


@dataclass(frozen=True)
class Reformed:
    words: str
    asked: str


def plan_of(name: str) -> PlanData:
    return interchange.read(read_file(name))


def world_of(name: str, day: dt.date = AFTER) -> ReformNames:
    province, old, new = WORLDS[name]
    return ReformNames(province, {old: new}, day, LAWS)


def certain(proposals: Iterable[Proposal]) -> list[Proposal]:
    return [proposal for proposal in proposals if proposal.kind is Kind.CERTAIN]


def asked(proposals: Iterable[Proposal]) -> list[Proposal]:
    return [proposal for proposal in proposals if proposal.kind is Kind.ASK]


def said(proposals: Iterable[Proposal]) -> list[str]:
    """``tasks/0/content: năm 2024 → năm 2026``, with «!» where the reader is told to look again."""
    return [f"{one.where}: {change(one)}" for one in proposals]


def change(one: Proposal) -> str:
    new = "?" if one.new is None else short(one.new) or "–"
    return f"{short(one.old)} → {new}{' !' if one.is_doubtful else ''}"


def short(text: str) -> str:
    """Six words at most of anybody's paper."""
    words = text.split()
    return " ".join(words) if len(words) <= 6 else f"{' '.join(words[:2])} … {' '.join(words[-2:])}"


def lines(text: str) -> list[str]:
    """A list written as a block of lines; ``content: a → b ×3`` stands for three of them."""
    found: list[str] = []
    for line in text.strip().split("\n"):
        words, _, times = line.strip().partition(" ×")
        found += [words] * int(times or 1)
    return found


def words_changed(proposals: Iterable[Proposal]) -> list[str]:
    """All but the dates of tasks, which ``dates_of`` shows."""
    return said(one for one in proposals if one.group is not Group.TASK_DATES or one.where.path[0] != "tasks")


def dates_of(plan: PlanData) -> list[str]:
    """``quý I ×6``, or the days of a task: one line for neighbours that are alike."""
    days = [_days(task.start, task.due) for task in plan.tasks]
    return [f"{words} ×{len(list(group))}" for words, group in itertools.groupby(days)]


def _days(start: dt.date | None, due: dt.date | None) -> str:
    if start and due and start.year == due.year:
        quarter = _QUARTERS.get((f"{start:%m-%d}", f"{due:%m-%d}"))
        if quarter:
            return f"{quarter}/{start.year}"
    return f"{start or '…'} – {due or '…'}"


def years_left_alone(plan: PlanData, proposals: Iterable[Proposal]) -> list[str]:
    """Every year that stands in the plan's texts outside the given proposals: ``preamble/0: 2024 2024``."""
    spans = [(one.where, one.start, one.end) for one in proposals]
    left: list[str] = []
    for place, text in texts_of(plan):
        years = [
            match[0]
            for match in re.finditer(r"(?<!\d)(?:1[0-9]|20)\d\d(?!\d)", text)
            if not any(where == place and start <= match.start() < end for where, start, end in spans)
        ]
        if years:
            left.append(f"{place}: {' '.join(years)}")
    return left
