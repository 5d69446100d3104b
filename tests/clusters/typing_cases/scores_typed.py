"""A case's year typed into the pages: members, rules, timetable, targets, sheets, receipts, proofs, review."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from clusters.models import Step
from clusters.running.next_acts import OPEN_SCORING, START
from clusters.states import SheetStage, Stage
from tests.clusters.running.desk import typed_members, typed_rows
from tests.clusters.typing_cases.desk import Desk, Node, typed

REASON = "Theo biên bản kiểm tra của cụm"
NOT_GIVEN = "không giao"
Figures = list[tuple[str, str, Node]]
"""Unit, code, figure."""


def type_season(desk: Desk) -> None:
    """Up to the score sheets of all members."""
    name = desk.case.get("name") or "Cụm thi đua"
    answer = desk.post("new", kind="cluster", name=name, unit=desk.province.pk, year=desk.year)
    desk.season_pk = int(re.search(r"/nam/(\d+)/", answer["Location"]).group(1))  # type: ignore[union-attr]
    _type_members(desk)
    desk.post(
        "settings",
        desk.season_pk,
        criteria=desk.set.name,
        late_from="received",
        late_in="calendar",
        explain_days=5,
        shows="totals",
        version=desk.season.version,
    )
    _type_timetable(desk)
    for act in (START, OPEN_SCORING):
        desk.post("move", desk.season_pk, viec=act)
    assert desk.season.state == "scoring", "the season's page says what is missing"


def _type_members(desk: Desk) -> None:
    units = desk.case["units"]
    desk.post("members_add", desk.season_pk, names="\n".join(unit["name"] for unit in units))
    rows = typed_members(desk.season)
    excluded = {unit["name"] for unit in units if unit.get("excluded")}
    places = {unit["name"]: place for place, unit in enumerate(units, start=1)}
    for row in rows:
        row["order"] = places[row["name"]]
        row["role"] = {1: "head", 2: "deputy"}.get(row["order"], "member")
        if row["name"] in excluded:
            row |= {"is_excluded": "on", "exclusion_reason": "Đơn vị mới thành lập"}
    said = typed_rows("dv", rows, there=len(rows), version=desk.season.version)
    desk.post("members", desk.season_pk, **said)


def _type_timetable(desk: Desk) -> None:
    """A line for each paper that some unit sent late; none where the days are typed into the sheets instead."""
    most = max((len(days_late(figure)) for *_, figure in figures(desk.case)), default=0)
    if not most or not counts_receipts(desk):
        return
    due = f"{due_day(desk):%d/%m/%Y}"
    rows = [{"kind": "report", "text": f"Gửi báo cáo {at}", "due": due, "asks_members": "on"} for at in range(most)]
    desk.post("timetable", desk.season_pk, **typed_rows("viec", rows, there=0, version=desk.season.version))


def counts_receipts(desk: Desk) -> bool:
    """A late paper costs points under every criterion of lateness; where a case has several, each has its own days."""
    return sum(leaf["kind"] == "penalty" and has_lateness(leaf) for leaf in desk.leaves.values()) < 2


def has_lateness(leaf: Node) -> bool:
    return any(leaf.get(name) is not None for name in ("late", "late_each", "cutoff"))


def due_day(desk: Desk) -> dt.date:
    """Early enough that papers may come very late and still before today."""
    return dt.date(desk.year - 1, 12, 15)


def figures(case: Node) -> Figures:
    return [
        (unit["name"], code, figure)
        for unit in case["units"]
        for code, figure in unit.get("figures", {}).items()
        if figure is not None
    ]


def days_late(figure: Node) -> list[int]:
    """Of each paper; one that came in time is none."""
    said = figure.get("late_days") or []
    return [days for days in (said if isinstance(said, list) else [said]) if days]


# -- Targets -----------------------------------------------------------------------------------


def type_targets(desk: Desk) -> None:
    said = {}
    for name, code, figure in figures(desk.case):
        text = NOT_GIVEN if figure.get("not_assigned") else typed(figure.get("target"))
        if text:
            said[f"g-{desk.criterion(code).pk}-{desk.member(name).pk}"] = text
    if not said:
        return
    pages = desk.get("assignments", desk.season_pk, query="?xem=tat-ca").context["page"].paginator.page_range
    for page in pages:
        desk.post("assignments", desk.season_pk, query=f"?xem=tat-ca&trang={page}", seen="{}", **said)


# -- What the units say of themselves ----------------------------------------------------------


def type_own_sheets(desk: Desk) -> None:
    """Each unit its own, one request for all its cells, then the papers that prove them; then handed in."""
    for unit in desk.case["units"]:
        name = unit["name"]
        who = desk.speaker(name)
        own = [(code, figure) for one, code, figure in figures(desk.case) if one == name]
        cells = [
            desk.cell(name, code, text, REASON)
            for code, figure in own
            if (text := own_text(desk.leaves[code], figure)) is not None
        ]
        if cells:
            desk.save(who, Stage.SELF, cells)
        for code, figure in own:
            if figure.get("evidence"):
                _prove(desk, name, code)
        desk.post("sheet_hand_in", desk.member(name).sheet.pk, who=who)


def own_text(leaf: Node, figure: Node) -> str | None:
    """What a unit types into the cell; None where it leaves it as it stands."""
    if figure.get("not_assigned") or leaf["kind"] == "penalty":
        return None
    if figure.get("grade"):
        return str(figure["grade"])
    if figure.get("deduction"):
        return typed(figure["deduction"])
    if leaf["kind"] == "manual" and figure.get("points") is not None:
        return f"{typed(figure['points'])} đ"
    actual = figure.get("actual")
    if actual is None:
        return None
    return ("x" if actual else "k") if leaf["kind"] == "yes_no" else typed(actual)


def _prove(desk: Desk, name: str, code: str) -> None:
    said = {"number": "27/KH-UBND", "date": f"05/01/{desk.year}", "issuer": f"UBND {name}"}
    desk.post("entry_prove", desk.member(name).sheet.pk, desk.criterion(code).pk, who=desk.speaker(name), **said)


# -- What the reviewer adds --------------------------------------------------------------------


def type_receipts(desk: Desk, *, but: str = "") -> None:
    """On which day each paper of each unit came; ``but``: a unit of which nothing is typed."""
    steps = list(Step.objects.filter(season=desk.season_pk).order_by("order"))
    late = {name: days_late(figure) for name, _, figure in figures(desk.case) if days_late(figure)}
    for name in (unit["name"] for unit in desk.case["units"] if unit["name"] != but):
        for step, days in zip(steps, [*late.get(name, []), *[0] * len(steps)], strict=False):
            day = f"{due_day(desk) + dt.timedelta(days=days):%d/%m/%Y}"
            desk.post("receipt", desk.season_pk, desk.member(name).pk, step.pk, received_on=day, was="")


def type_days(desk: Desk, name: str, code: str, figure: Node) -> None:
    """How many days late, written into the row of the sheet with its reason, beside the dossiers that came back."""
    (days,) = days_late(figure)
    said: dict[str, Any] = {"reason": REASON, "version": 0}
    if desk.leaves[code].get("returned_each"):
        said |= {"value": str(figure.get("returned", "")), "late_days": days}
    else:
        said["value"] = str(days)
    desk.post("entry", desk.member(name).sheet.pk, desk.criterion(code).pk, **said)


def type_review(desk: Desk) -> None:
    """What only the reviewer scores, then every sheet to its end."""
    cells = [desk.cell(name, code, text, REASON) for name, code, text in reviewed(desk)]
    if cells:
        desk.save(desk.reviewer, Stage.REVIEW, cells)
    if not Step.objects.filter(season=desk.season_pk).exists():
        for name, code, figure in figures(desk.case):
            if days_late(figure):
                type_days(desk, name, code, figure)
    for unit in desk.case["units"]:
        desk.post("sheet_hand_in", desk.member(unit["name"]).sheet.pk)
        assert desk.member(unit["name"]).sheet.stage == SheetStage.DONE


def reviewed(desk: Desk) -> Iterator[tuple[str, str, str]]:
    by_row = not Step.objects.filter(season=desk.season_pk).exists()
    for name, code, figure in figures(desk.case):
        leaf = desk.leaves[code]
        if figure.get("not_assigned"):
            continue
        if leaf["kind"] == "penalty" and by_row and days_late(figure):
            continue
        if leaf["kind"] == "penalty" and figure.get("returned"):
            yield name, code, str(figure["returned"])
        elif leaf["kind"] == "penalty" and figure.get("points"):
            yield name, code, typed(figure["points"])
        elif leaf["kind"] not in ("penalty", "manual") and figure.get("points") is not None:
            yield name, code, f"{typed(figure['points'])} đ"


def type_case(desk: Desk, **more: Any) -> None:
    """From the season on; the criteria have to be there."""
    type_season(desk)
    type_targets(desk)
    type_own_sheets(desk)
    type_receipts(desk, **more)
    type_review(desk)
