"""Where a word stands in a plan: a path that a page can send and get back.

    tasks/2/content                       the third task's content
    recipients/0                          the first recipient
    parts/campaign/waves/0/as_printed     inside another app's part

Dates, years and numbers are read and written as texts too, so that one kind of proposal serves all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from documents.dates import PartialDate
from plans.interchange import PlanData

_NAMES = {
    "year": "Năm của kế hoạch",
    "superior": "Cơ quan chủ quản",
    "issuer": "Cơ quan ban hành",
    "number": "Số văn bản",
    "place": "Địa danh",
    "date": "Ngày văn bản",
    "title": "Tên loại văn bản",
    "subject": "Trích yếu",
    "preamble": "Phần mở đầu, đoạn",
    "blocks": "Nội dung, dòng",
    "tasks": "Nhiệm vụ dòng",
    "closing": "Đoạn kết",
    "recipients": "Nơi nhận, dòng",
    "signature_lines": "Quyền hạn, chức vụ người ký, dòng",
    "signature_post": "Chức vụ ghi trên họ tên",
    "appendix": "Phụ lục",
    "table": "Bảng nhiệm vụ",
    "columns": "tên cột",
    "content": "nội dung",
    "lead": "chủ trì",
    "support": "phối hợp",
    "time_text": "thời gian",
    "start": "ngày bắt đầu",
    "due": "hạn hoàn thành",
    "note": "ghi chú",
    "reference": "dòng dẫn",
    "campaign": "phong trào",
    "season": "năm thi đua",
    "theme": "chủ đề",
    "waves": "đợt",
    "as_printed": "thời gian của đợt",
    "end": "ngày kết thúc",
    "review_by": "hạn sơ kết, tổng kết",
    "thematic": "phong trào chuyên đề",
    "targets": "chỉ tiêu",
    "name": "tên",
}
_TASK_LABELS = {"subject": "trích yếu", "title": "tên"}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    path: tuple[str, ...]

    def __str__(self) -> str:
        return "/".join(step.replace("~", "~0").replace("/", "~1") for step in self.path)

    @classmethod
    def parse(cls, text: str) -> Place:
        return cls(tuple(step.replace("~1", "/").replace("~0", "~") for step in text.split("/")))

    def into(self, *steps: str | int) -> Place:
        return Place((*self.path, *map(str, steps)))

    @property
    def label(self) -> str:
        """For the screen: «Nhiệm vụ dòng 3, nội dung»."""
        said: list[str] = []
        for position, step in enumerate(self.path):
            if step in {"parts", "text"}:
                continue
            if step.isdigit() and said:
                said[-1] += f" {int(step) + 1}"
            else:
                said.append((_TASK_LABELS if position else {}).get(step) or _NAMES.get(step, step))
        label = ", ".join(said)
        return label[:1].upper() + label[1:]


def read_at(plan: PlanData, place: Place) -> str:
    """The text there. Raise ``LookupError`` where the plan has no such place, ``TypeError`` for what is no text."""
    value: Any = plan
    for step in place.path:
        value = _child(value, step)
    return _as_text(value)


def write_at(plan: PlanData, place: Place, text: str) -> PlanData:
    """The plan with another text there. Raise ``ValueError`` for a text that is no date or year where one belongs."""
    return _written(plan, place.path, text)


def texts_of(plan: PlanData) -> Iterator[tuple[Place, str]]:
    """Every text that a person may have written words into, in the order of the paper."""
    for name in ("superior", "issuer", "place", "title", "subject"):
        yield Place((name,)), getattr(plan, name)
    yield from _listed(Place(("preamble",)), plan.preamble)
    for position, block in enumerate(plan.blocks):
        yield Place(("blocks", str(position), "text")), block.text
    for position, task in enumerate(plan.tasks):
        place = Place(("tasks", str(position)))
        yield place.into("content"), task.content
        yield from _listed(place.into("lead"), task.lead)
        yield from _listed(place.into("support"), task.support)
        yield place.into("time_text"), task.time_text
        yield place.into("note"), task.note
    yield Place(("closing",)), plan.closing
    yield from _listed(Place(("recipients",)), plan.recipients)
    yield from _listed(Place(("signature_lines",)), plan.signature_lines)
    yield Place(("signature_post",)), plan.signature_post
    if plan.appendix is not None:
        yield Place(("appendix", "title")), plan.appendix.title
        yield Place(("appendix", "subject")), plan.appendix.subject
        yield Place(("appendix", "reference")), plan.appendix.reference
    for name in sorted(plan.parts):
        yield from _texts_within(Place(("parts", name)), plan.parts[name])


def _listed(place: Place, texts: tuple[str, ...]) -> Iterator[tuple[Place, str]]:
    for position, text in enumerate(texts):
        yield place.into(position), text


def _texts_within(place: Place, value: Any) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for key in value:
            yield from _texts_within(place.into(key), value[key])
    elif isinstance(value, list | tuple):
        for position, entry in enumerate(value):
            yield from _texts_within(place.into(position), entry)


def _child(value: Any, step: str) -> Any:
    if is_dataclass(value):
        if step not in {field.name for field in fields(value)}:
            raise LookupError(step)
        return getattr(value, step)
    if isinstance(value, Mapping):
        return value[step]
    if isinstance(value, list | tuple) and step.isdigit():
        return value[int(step)]
    raise LookupError(step)


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, PartialDate) or (isinstance(value, int) and not isinstance(value, bool)):
        return str(value)
    raise TypeError(f"no text: {value!r}")


def _written(value: Any, path: tuple[str, ...], text: str) -> Any:
    if not path:
        return _as_value(text, like=value)
    step, rest = path[0], path[1:]
    child = _written(_child(value, step), rest, text)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{step: child})
    if isinstance(value, Mapping):
        return {**value, step: child}
    position = int(step)
    return type(value)((*value[:position], child, *value[position + 1 :]))


def _as_value(text: str, *, like: Any) -> Any:
    if isinstance(like, PartialDate):
        return PartialDate.parse(text)
    if isinstance(like, dt.date):
        return dt.date.fromisoformat(text)
    return int(text) if isinstance(like, int) else text
