"""What a corrected ranking changed, from two frozen contents: nothing is computed again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from clusters.wording import in_print


@dataclass(frozen=True, slots=True)
class Moved:
    what: str
    """«Hạng», «Tổng điểm», or code and title of a criterion."""
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changed:
    name: str
    moved: list[Moved] = field(default_factory=list)


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Changed]:
    """By unit, in the order of the new one; units that came or went are told."""
    before = {unit["member"]: unit for unit in old["units"]}
    titles = {**dict(_leaves(old["file"]["criteria"])), **dict(_leaves(new["file"]["criteria"]))}
    found = []
    for unit in new["units"]:
        there = before.pop(unit["member"], None)
        moved = [Moved("Đơn vị", "chưa có", "thêm vào")] if there is None else _moved(there, unit, titles)
        if moved:
            found.append(Changed(unit["name"], moved))
    return [*found, *(Changed(unit["name"], [Moved("Đơn vị", "có", "bỏ ra")]) for unit in before.values())]


def _moved(old: Mapping[str, Any], new: Mapping[str, Any], titles: Mapping[str, str]) -> list[Moved]:
    found = [
        Moved(what, show(old[name]), show(new[name]))
        for what, name in (("Hạng", "rank"), ("Tổng điểm", "total"))
        if old[name] != new[name]
    ]
    codes = dict.fromkeys((*old["points"], *new["points"]))
    for code in codes:
        was, now = old["points"].get(code), new["points"].get(code)
        if was != now:
            found.append(Moved(f"{code} {titles.get(code, '')}".strip(), show(was), show(now)))
    return found


def _leaves(nodes: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if "children" in node:
            yield from _leaves(node["children"])
        else:
            yield node["code"], node["title"]


def show(value: Any) -> str:
    """As pages write it; a dash where there is none."""
    return "–" if value is None else in_print(str(value))
