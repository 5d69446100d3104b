"""A case's criteria typed into the editor: the table of rows, each row's own form, tie-breaks, publication."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from clusters.criteria.row_views import NEW
from clusters.scheme import Band, Criterion, Scheme
from clusters.states import Stage
from tests.clusters.typing_cases.desk import Desk, Node, typed, walk


def type_criteria(desk: Desk) -> None:
    case = desk.case
    answer = desk.post("set_new", **_head(desk))
    desk.set_pk = int(re.search(r"/bo-tieu-chi/(\d+)/", answer["Location"]).group(1))  # type: ignore[union-attr]
    _type_rows(desk)
    for _, node in walk(case["criteria"]):
        if node.get("kind"):
            _type_leaf(desk, node)
    if case.get("tie_break"):
        desk.post(
            "set_edit", desk.set_pk, **_head(desk), tie_break="; ".join(case["tie_break"]), version=desk.set.version
        )
    desk.post("set_publish", desk.set_pk, version=desk.set.version)


def _head(desk: Desk) -> dict[str, Any]:
    case = desk.case
    return {
        "name": f"Bộ tiêu chí chấm điểm năm {desk.year}",
        "year": desk.year,
        "decimals": case.get("decimals", 2),
        "not_assigned": case.get("not_assigned", "rescale"),
        "surplus_cap": typed(case.get("surplus_cap")),
    }


def _type_rows(desk: Desk) -> None:
    """As many at a time as the table has blank rows; a group is saved before what stands in it."""
    waiting: list[tuple[str, Node]] = []
    for above, node in walk(desk.case["criteria"]):
        if len(waiting) == NEW or above in [one["code"] for _, one in waiting]:
            _save_rows(desk, waiting)
            waiting = []
        waiting.append((above, node))
    _save_rows(desk, waiting)


def _save_rows(desk: Desk, rows: list[tuple[str, Node]]) -> None:
    said: dict[str, Any] = {}
    for at, (above, node) in enumerate(rows):
        fields = {
            "code": node["code"],
            "title": node.get("title") or node["code"],
            "maximum": typed(node.get("max")),
            "parent": desk.criterion(above).pk if above else "",
            "kind": node.get("kind", ""),
        }
        said |= {f"moi{at}-{name}": value for name, value in fields.items()}
    desk.post("set_rows", desk.set_pk, version=desk.set.version, **said)


def _type_leaf(desk: Desk, node: Node) -> None:
    """Its own form. Penalties are left to the reviewer, who knows what came late and what was sent back."""
    surplus = node.get("surplus")
    said: dict[str, Any] = {
        "code": node["code"],
        "title": node.get("title") or node["code"],
        "maximum": typed(node["max"]),
        "kind": node["kind"],
        "scored_by": (Stage.REVIEW if node["kind"] == "penalty" else Stage.SELF).value,
        "bands": _pairs(node.get("bands"), "from"),
        "late": _pairs(node.get("late"), "days"),
        "grades": "\n".join(f"{grade}: {typed(points)}" for grade, points in node.get("grades", {}).items()),
    }
    said |= {name: typed(node.get(name)) for name in ("points_each", "low", "high", "late_each", "returned_each")}
    said |= {name: typed(node.get(name)) for name in ("grace", "cutoff")}
    ticks = {
        "is_lower_better": node.get("better") == "lower",
        "needs_evidence": node.get("evidence"),
        "starts_full": node.get("starts_full"),
        "has_surplus": surplus is not None,
    }
    said |= {name: "on" for name, is_ticked in ticks.items() if is_ticked}
    if surplus:
        said |= {"surplus_each": typed(surplus.get("each_percent")), "surplus_cap": typed(surplus.get("cap_percent"))}
    desk.post("criterion", desk.set_pk, desk.criterion(node["code"]).pk, version=desk.set.version, **said)


def _pairs(bands: list[Node] | None, level: str) -> str:
    return "\n".join(f"{typed(band[level])}: {typed(band['points'])}" for band in bands or [])


def in_order(scheme: Scheme) -> Scheme:
    """Bands may come in any order, the editor keeps them from the lowest; a criterion without words gets its code."""
    return replace(scheme, criteria=tuple(map(_in_order, scheme.criteria)))


def _in_order(node: Criterion) -> Criterion:
    def rising(bands: tuple[Band, ...]) -> tuple[Band, ...]:
        return tuple(sorted(bands, key=lambda band: band.reached))

    return replace(
        node,
        title=node.title or node.code,
        children=tuple(map(_in_order, node.children)),
        bands=rising(node.bands),
        late=replace(node.late, bands=rising(node.late.bands)),
    )
