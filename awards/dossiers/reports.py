"""Sections of an achievement report, by the number of its form (Mẫu). Pure.

Nghị định số 152/2025/NĐ-CP, Phụ lục, as far as its list is known: the officer's own words stand under these headings.
"""

from __future__ import annotations

from dataclasses import dataclass

from awards.facts import Path, Recipient


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    heading: str
    hint: str = ""


_ACHIEVED = "Thành tích đạt được"
_BEFORE = Section("before", "Các hình thức đã được khen thưởng", "Danh hiệu, hình thức, số và ngày quyết định.")
_PERSON = (
    Section("about", "Sơ lược lý lịch", "Quê quán, nơi cư trú, trình độ, chức vụ, quá trình công tác."),
    Section("duties", f"{_ACHIEVED}: quyền hạn, nhiệm vụ được giao"),
    Section("achieved", f"{_ACHIEVED} của cá nhân", "Kết quả bằng số liệu, biện pháp, sáng kiến, hiệu quả."),
    _BEFORE,
)
_COLLECTIVE = (
    Section("about", "Sơ lược đặc điểm, tình hình", "Địa điểm, tổ chức, số người, chức năng, nhiệm vụ."),
    Section("achieved", _ACHIEVED, "So sánh các chỉ tiêu với năm trước; biện pháp; thực hiện chủ trương, chính sách."),
    _BEFORE,
)
_SUDDEN = (
    Section("about", "Sơ lược về đối tượng được khen"),
    Section("achieved", "Thành tích đột xuất", "Việc làm, thời gian, địa điểm, kết quả, ảnh hưởng."),
)
_MOVEMENT = (
    Section("about", "Sơ lược đặc điểm, tình hình"),
    Section("achieved", "Thành tích trong phong trào thi đua, chuyên đề"),
    _BEFORE,
)


def form_of(report: str, recipient: Recipient, path: Path) -> str:
    """The number of the form: «04» of a collective, «05» of a person, «06» sudden, «08» of a movement."""
    if path is Path.SUDDEN:
        return "06"
    if path is Path.MOVEMENT:
        return "08"
    if report in ("04", "05", ""):
        return "05" if recipient is Recipient.PERSON else "04"
    return report


def sections_of(form: str, recipient: Recipient) -> tuple[Section, ...]:
    """
    >>> [one.code for one in sections_of("06", Recipient.PERSON)]
    ['about', 'achieved']
    """
    if form == "06":
        return _SUDDEN
    if form == "08":
        return _MOVEMENT
    return _PERSON if recipient is Recipient.PERSON else _COLLECTIVE
