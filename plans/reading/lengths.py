"""Lines longer than their field: what fits is kept, the rest is named with the field, so that nothing is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from documents.reading.paper import Unsure
from plans import limits
from plans.interchange import PlanData

_FIELDS = {
    "number": ("Số", limits.NUMBER),
    "symbol": ("Ký hiệu", limits.SYMBOL),
    "place": ("Địa danh", limits.PLACE),
    "title": ("Tên loại", limits.TITLE),
    "subject": ("Trích yếu", limits.SUBJECT),
    "archive": ("Lưu", limits.ARCHIVE),
    "signature_post": ("Chức vụ khác của người ký", limits.SIGNATURE_POST),
    "signature_name": ("Họ tên người ký", limits.SIGNATURE_NAME),
}
_APPENDIX = {
    "title": ("Tên phụ lục", limits.APPENDIX_TITLE),
    "subject": ("Trích yếu của phụ lục", limits.SUBJECT),
    "reference": ("Dòng «Kèm theo …» của phụ lục", limits.SUBJECT),
}


def within_limits(plan: PlanData) -> tuple[PlanData, list[Unsure]]:
    unsure: list[Unsure] = []
    header: dict[str, Any] = {
        name: _fitted(getattr(plan, name), label, limit, name, unsure) for name, (label, limit) in _FIELDS.items()
    }
    appendix = plan.appendix
    if appendix is not None:
        lines: dict[str, Any] = {
            name: _fitted(getattr(appendix, name), label, limit, f"appendix.{name}", unsure)
            for name, (label, limit) in _APPENDIX.items()
        }
        appendix = replace(appendix, **lines)
    tasks = tuple(
        replace(
            task,
            lead=_names(task.lead, f"tasks[{at}].lead", unsure),
            support=_names(task.support, f"tasks[{at}].support", unsure),
        )
        for at, task in enumerate(plan.tasks)
    )
    return replace(plan, **header, appendix=appendix, tasks=tasks), unsure


def _names(names: tuple[str, ...], path: str, unsure: list[Unsure]) -> tuple[str, ...]:
    """Bodies listed without an end between them are parted at a comma, which loses no word."""
    found: list[str] = []
    for name in names:
        while len(name) > limits.BODY_NAME:
            cut = max(name.rfind(", ", 0, limits.BODY_NAME), name.rfind("; ", 0, limits.BODY_NAME))
            cut = cut if cut > 0 else name.rfind(" ", 0, limits.BODY_NAME)
            cut = cut if cut > 0 else limits.BODY_NAME
            found.append(name[:cut].strip())
            name = name[cut:].lstrip(" ,;")
            why = f"Tên cơ quan, đơn vị dài hơn {limits.BODY_NAME} ký tự; đã tách thành nhiều dòng, hãy xem lại."
            unsure.append(Unsure(path, why))
        found.append(name)
    return tuple(found)


def _fitted(text: str, label: str, limit: int, path: str, unsure: list[Unsure]) -> str:
    if len(text) <= limit:
        return text
    cut = text.rfind(" ", 0, limit + 1)
    cut = cut if cut > 0 else limit
    rest = text[cut:].strip()
    unsure.append(Unsure(path, f"Mục «{label}» dài hơn {limit} ký tự; phần sau chưa đưa vào được.", text=text))
    unsure.append(Unsure("", f"Phần sau của mục «{label}», vì mục này chỉ ghi được {limit} ký tự.", text=rest))
    return text[:cut].strip()
