"""Writes: a season out of ``tdkt-scoring/1``: its set of criteria, its members by name, targets and self-scores.

``clusters.standing.read_season`` then gives what ``score_cluster`` gives for the same file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils import timezone

from clusters.interchange import ScoringData, UnfitScoring
from clusters.kinds import Figure, UnfitFigure
from clusters.models import (
    Assignment,
    Cluster,
    CriteriaSet,
    Criterion,
    Entry,
    Member,
    Receipt,
    ScoreSheet,
    Season,
    Step,
)
from clusters.part import Tables, cluster_with_free_year
from clusters.recompute import write_rule
from clusters.running.matching import places_below
from clusters.scheme import Criterion as Node
from clusters.scheme import Kind, Lateness, Scheme
from clusters.scoring import UnitFigures, score
from clusters.states import SeasonState, SetState, Stage
from core import audit
from units.models import Unit
from units.services import unit_for_issuer_line

_UNNAMED = "Cụm thi đua"


@transaction.atomic
def load_cluster(data: ScoringData, *, actor: Any, unit: Unit | None = None) -> Season:
    """Open for scoring, without cross-checking and a head, of which the file says nothing.

    Without ``unit`` the organiser is found or made from the file's name, as of plans from the issuer's printed line.
    Raise ``UnfitScoring`` for what rows cannot hold.
    """
    _refuse_unfit(data)
    name, year = data.name.strip() or _UNNAMED, data.year or timezone.localdate().year
    unit = unit or unit_for_issuer_line(name.upper(), actor=actor)
    kind = Cluster.Kind.BLOCK if name.casefold().startswith("khối") else Cluster.Kind.CLUSTER
    cluster = cluster_with_free_year(unit, name[:300], kind, year, Tables())
    criteria_set, criteria = _write_set(data, unit, cluster, year)
    season = Season(
        cluster=cluster,
        year=year,
        state=SeasonState.SCORING,
        criteria=criteria_set,
        has_cross=False,
        has_head=False,
    )
    season.save()
    sheets = _write_members(season, unit, data)
    _write_figures(data, criteria, sheets, actor)
    if _papers_of(data) > 1:
        _write_receipts(season, data, sheets, actor)
    changes = {"year": (None, year), "criteria": (None, criteria_set), "members": (None, len(data.units))}
    audit.record("clusters.season.loaded", season, actor=actor, unit_id=unit.pk, changes=changes)
    return season


def _refuse_unfit(data: ScoringData) -> None:
    try:
        score(data.scheme, data.units)
    except UnfitFigure as error:
        raise UnfitScoring(f"{error.unit}, tiêu chí {error.code}: {error.sentence}") from None
    seen: set[str] = set()
    for unit in data.units:
        if unit.name in seen:
            raise UnfitScoring(f"Đơn vị «{unit.name}» có hai lần.")
        if len(unit.name) > 300:
            raise UnfitScoring(f"Tên đơn vị «{unit.name[:60]}…» dài quá 300 ký tự.")
        seen.add(unit.name)
    counting = [one for one in data.scheme.leaves() if one.kind is Kind.PENALTY and one.late != Lateness()]
    if _papers_of(data) > 1 and len(counting) > 1:
        codes = ", ".join(one.code for one in counting)
        raise UnfitScoring(f"Có nhiều văn bản chậm và nhiều tiêu chí trừ điểm chậm ({codes}) nên không nạp được.")


# -- Criteria ------------------------------------------------------------------------------


def _write_set(data: ScoringData, unit: Unit, cluster: Cluster, year: int) -> tuple[CriteriaSet, dict[str, Criterion]]:
    scheme = data.scheme
    criteria_set = CriteriaSet(
        unit=unit,
        cluster=cluster,
        name=f"Bộ tiêu chí {cluster.name}"[:300],
        year=year,
        decimals=scheme.decimals,
        not_assigned=scheme.not_assigned.value,
        surplus_cap=_points(scheme.surplus_cap, "surplus_cap"),
        state=SetState.PUBLISHED,
        published_at=timezone.now(),
    )
    criteria_set.save()
    rows: dict[str, Criterion] = {}
    for node in scheme.criteria:
        _write_criterion(criteria_set, node, None, scheme, rows)
    return criteria_set, rows


def _write_criterion(
    criteria_set: CriteriaSet, node: Node, parent: Criterion | None, scheme: Scheme, rows: dict[str, Criterion]
) -> None:
    """A child needs its parent's id, so the rows are written one by one."""
    if len(node.code) > 40:
        raise UnfitScoring(f"Mã tiêu chí «{node.code[:60]}» dài quá 40 ký tự.")
    rows[node.code] = Criterion.objects.create(
        set=criteria_set,
        parent=parent,
        order=len(rows) + 1,
        code=node.code,
        title=node.title,
        maximum=_points(node.maximum, f"tiêu chí «{node.code}»") or 0,
        kind=node.kind.value if node.kind else Criterion.Kind.GROUP,
        rule=write_rule(node) if node.is_leaf else {},
        is_lower_better=node.is_lower_better,
        needs_evidence=node.needs_evidence,
        starts_full=node.starts_full,
        tie_order=scheme.tie_break.index(node.code) + 1 if node.code in scheme.tie_break else None,
    )
    for child in node.children:
        _write_criterion(criteria_set, child, rows[node.code], scheme, rows)


# -- Members and their figures -------------------------------------------------------------


def _write_members(season: Season, unit: Unit, data: ScoringData) -> dict[str, ScoreSheet]:
    """By the unit's name."""
    places = places_below(unit)
    taken: set[tuple[str, int]] = set()
    members = []
    for order, one in enumerate(data.units, start=1):
        place = places.meant_by(one.name)
        where = {f"{place[0]}_id": place[1]} if place and place not in taken else {}
        taken |= {place} if place else set()
        reason = "Theo tệp đã nạp" if one.is_excluded else ""
        members.append(
            Member(
                season=season,
                order=order,
                name=one.name,
                is_excluded=one.is_excluded,
                exclusion_reason=reason,
                **where,
            )
        )
    Member.objects.bulk_create(members)
    sheets = ScoreSheet.objects.bulk_create(ScoreSheet(member=member) for member in members)
    return {sheet.member.name: sheet for sheet in sheets}


def _write_figures(
    data: ScoringData, criteria: Mapping[str, Criterion], sheets: Mapping[str, ScoreSheet], actor: Any
) -> None:
    said = [(unit, code, figure) for unit in data.units for code, figure in unit.figures.items()]
    is_one_paper = _papers_of(data) <= 1
    Assignment.objects.bulk_create(
        Assignment(
            member=sheets[unit.name].member,
            criterion=criteria[code],
            target=_figure(figure.target, unit, code) if figure.is_assigned else None,
            is_assigned=figure.is_assigned,
            by=actor,
        )
        for unit, code, figure in said
        if figure.target is not None or not figure.is_assigned
    )
    Entry.objects.bulk_create(
        Entry(sheet=sheets[unit.name], criterion=criteria[code], by=actor, **_said(figure, unit, code, is_one_paper))
        for unit, code, figure in said
        if figure.is_assigned
    )


def _papers_of(data: ScoringData) -> int:
    """The most papers that came late of one unit."""
    return max((len(figure.late) for unit in data.units for figure in unit.figures.values()), default=0)


def _write_receipts(season: Season, data: ScoringData, sheets: Mapping[str, ScoreSheet], actor: Any) -> None:
    """An entry says the days of one paper; several are lines of the timetable with the days on which each came."""
    late = {unit.name: [days for figure in unit.figures.values() for days in figure.late] for unit in data.units}
    most = max(days for each in late.values() for days in each)
    due = min(dt.date(season.year, 11, 30), timezone.localdate() - dt.timedelta(days=most))
    for order in range(1, _papers_of(data) + 1):
        step = Step.objects.create(
            season=season,
            order=order,
            kind=Step.Kind.REPORT,
            text=f"Văn bản thứ {order} theo tệp đã nạp",
            due=due,
            asks_members=True,
        )
        Receipt.objects.bulk_create(
            Receipt(
                member=sheets[name].member,
                step=step,
                received_on=due + dt.timedelta(days=each[order - 1] if order <= len(each) else 0),
                by=actor,
            )
            for name, each in late.items()
        )


def _said(figure: Figure, unit: UnitFigures, code: str, is_one_paper: bool) -> dict[str, Any]:
    where = f"«{unit.name}», tiêu chí «{code}»"
    return {
        "stage": Stage.SELF,
        "actual": _figure(figure.actual, unit, code),
        "grade": figure.grade,
        "points": _points(figure.points, where),
        "deduction": _points(figure.deduction, where) if figure.deduction else None,
        "late_days": figure.late[0] if figure.late and is_one_paper else None,
        "returned": figure.returned or None,
        "is_proved": figure.is_proved or None,
    }


def _figure(value: Fraction | None, unit: UnitFigures, code: str) -> Decimal | None:
    return _decimal(value, 6, 14, f"«{unit.name}», tiêu chí «{code}»")


def _points(value: Fraction | None, where: str) -> Decimal | None:
    return _decimal(value, 4, 8, where)


def _decimal(value: Fraction | None, places: int, digits: int, where: str) -> Decimal | None:
    """Exact; raise ``UnfitScoring`` for what its column would round."""
    if value is None:
        return None
    scaled = value * 10**places
    if scaled.denominator != 1 or abs(value) >= 10**digits:
        raise UnfitScoring(f"{where[:1].upper()}{where[1:]}: số lớn quá, hoặc nhiều hơn {places} chữ số thập phân.")
    return Decimal(scaled.numerator).scaleb(-places)
