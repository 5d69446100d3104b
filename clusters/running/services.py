"""Writes: clusters, their seasons, the rules of a season. A season of a new year is begun from the one before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from django.db import transaction

from clusters.models import Cluster, CriteriaSet, Member, Quota, ScoreSheet, Season, Step
from clusters.running.matching import title_of
from clusters.running.rotation import Term, proposed
from clusters.running.timetable import StepData, moved
from clusters.running.values import (
    ClusterValues,
    QuotaData,
    Settings,
    checked_settings,
    checked_year,
    cleaned_cluster,
    quotas_in_words,
)
from clusters.states import SeasonState, SetState
from core import audit
from core.errors import AppError, UnfitField
from core.states import claim_version
from reminders.calendars import workdays_of
from units.models import Unit

SETTINGS = tuple(field.name for field in fields(Settings))
_ALWAYS_OPEN = ("shows", "quotas")
"""What moves no points."""
_UNRANKED = (SeasonState.DRAFT, SeasonState.RUNNING, SeasonState.SCORING)
_RULES = tuple(name for name in SETTINGS if name != "criteria")


class SeasonIsThere(UnfitField):
    """``there``: the season of that cluster and year."""

    def __init__(self, there: Season) -> None:
        super().__init__("year", f"{there.cluster} đã có năm thi đua {there.year}.")
        self.there = there


class NotADraft(AppError):
    message = "Chỉ xóa được năm thi đua đang chuẩn bị, chưa có bảng chấm điểm."


class HasSeasons(AppError):
    message = "Cụm đã có năm thi đua nên không xóa được."


# -- Clusters ------------------------------------------------------------------------------


@transaction.atomic
def create_cluster(unit: Unit, *, actor: Any, values: ClusterValues) -> Cluster:
    """Raise ``UnfitField``."""
    values = cleaned_cluster(values, unit.pk)
    audit.wait_for_turn(unit.pk)
    _refuse_second_name(unit.pk, values.name, None)
    order = Cluster.objects.filter(unit=unit).count() + 1
    cluster = Cluster(unit=unit, order=order, name=values.name, kind=values.kind, reviewer=values.reviewer)
    cluster.save()
    changes = {"name": (None, values.name), "kind": (None, values.kind)}
    audit.record("clusters.cluster.created", cluster, actor=actor, unit_id=unit.pk, changes=changes)
    return cluster


@transaction.atomic
def create_cluster_with_year(unit: Unit, *, actor: Any, values: ClusterValues, year: int) -> Season:
    """Raise ``UnfitField``."""
    checked_year(year)
    cluster = create_cluster(unit, actor=actor, values=values)
    return start_season(cluster, actor=actor, year=year).season


@transaction.atomic
def change_cluster(cluster: Cluster, *, actor: Any, values: ClusterValues) -> None:
    """Raise ``UnfitField``."""
    values = cleaned_cluster(values, cluster.unit_id)
    audit.wait_for_turn(cluster.unit_id)
    _refuse_second_name(cluster.unit_id, values.name, cluster.pk)
    after = {name: getattr(values, name) for name in ("name", "kind", "reviewer")}
    changes = audit.differences({name: getattr(cluster, name) for name in after}, after)
    if not changes:
        return
    for name, value in after.items():
        setattr(cluster, name, value)
    cluster.save(update_fields=list(after))
    for season in cluster.seasons.all():
        season.save(update_fields=["year"])  # its words to search for name the cluster
    audit.record("clusters.cluster.changed", cluster, actor=actor, unit_id=cluster.unit_id, changes=changes)


@transaction.atomic
def discard_cluster(cluster: Cluster, *, actor: Any) -> None:
    """One that never had a season. Raise ``HasSeasons``."""
    audit.wait_for_turn(cluster.unit_id)
    if cluster.seasons.exists() or cluster.criteria_sets.exists():
        raise HasSeasons
    audit.record("clusters.cluster.discarded", cluster, actor=actor, unit_id=cluster.unit_id)
    cluster.delete()


def _refuse_second_name(unit_id: int, name: str, own: int | None) -> None:
    if Cluster.objects.filter(unit=unit_id, name=name).exclude(pk=own or 0).exists():
        raise UnfitField("name", f"Đơn vị đã có «{name}».")


# -- Seasons -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Begun:
    season: Season
    source: Season | None
    """The season that it was begun from."""
    left_out: tuple[str, ...] = ()
    """Members whose units have ended and have no single heir."""


@transaction.atomic
def start_season(cluster: Cluster, *, actor: Any, year: int) -> Begun:
    """Empty, or from the newest season before: members, head and deputy in rotation, timetable, quotas, rules.

    The first one of a commune has neither cross-checking nor the head's stage until somebody says so.
    Raise ``UnfitField`` or ``SeasonIsThere``.
    """
    checked_year(year)
    audit.wait_for_turn(cluster.unit_id)
    if there := Season.objects.filter(cluster=cluster, year=year).select_related("cluster").first():
        raise SeasonIsThere(there)
    past = list(cluster.seasons.filter(year__lt=year).order_by("year").prefetch_related("members"))
    source = past[-1] if past else None
    season = Season(cluster=cluster, year=year, criteria=_criteria_of(cluster, year))
    if cluster.unit.kind == Unit.Kind.COMMUNE:  # its villages have nobody who could sign in and judge another
        season.has_cross = season.has_head = False
    if source is not None:
        for name in _RULES:
            setattr(season, name, getattr(source, name))
    season.save()
    left_out = _take_over(season, source, past) if source is not None else ()
    changes: dict[str, tuple[Any, Any]] = {"year": (None, year)}
    if source is not None:
        changes["from_season"] = (None, source)
    audit.record("clusters.season.created", season, actor=actor, unit_id=cluster.unit_id, changes=changes)
    return Begun(season, source, tuple(left_out))


def _criteria_of(cluster: Cluster, year: int) -> CriteriaSet | None:
    """The published set of that year, where just one fits: the cluster's own before the common one."""
    sets = CriteriaSet.objects.filter(unit=cluster.unit_id, year=year, state=SetState.PUBLISHED)
    for rows in (sets.filter(cluster=cluster), sets.filter(cluster=None)):
        found = list(rows[:2])
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _take_over(season: Season, source: Season, past: Sequence[Season]) -> list[str]:
    left_out = _take_members(season, source, past)
    workdays = workdays_of([season.unit_id])[season.unit_id]
    steps = [moved(data_of_step(step), source.year, season.year, workdays) for step in source.steps.all()]
    Step.objects.bulk_create(
        Step(season=season, order=order, **fields_of_step(step)) for order, step in enumerate(steps, start=1)
    )
    Quota.objects.bulk_create(
        Quota(season=season, order=quota.order, award=quota.award, count=quota.count) for quota in source.quotas.all()
    )
    return left_out


def _take_members(season: Season, source: Season, past: Sequence[Season]) -> list[str]:
    first = dt.date(season.year, 1, 1)
    rows: list[Member] = []
    left_out: list[str] = []
    keys: set[str] = set()
    for member in source.members.select_related("unit", "part"):
        heir = _heir_of(member, first)
        if heir is None or (key := key_of(heir)) in keys:
            left_out.append(member.name)
            continue
        keys.add(key)
        heir.season, heir.order = season, len(rows) + 1
        rows.append(heir)
    roles = proposed([key_of(row) for row in rows], [term_of(one) for one in past])
    for row in rows:
        key = key_of(row)
        row.role = Member.Role.HEAD if key == roles.head else Member.Role.MEMBER
        row.role = Member.Role.DEPUTY if key == roles.deputy else row.role
    Member.objects.bulk_create(rows)
    return left_out


def _heir_of(member: Member, day: dt.date) -> Member | None:
    """The same unit or part where it still exists on ``day``, else the one that took it over; None: no single one."""
    for name in ("unit", "part"):
        row: Any = getattr(member, name)
        if row is None:
            continue
        if not row.is_in_force(day) and row.valid_to is not None and row.valid_to < day:
            heirs = [getattr(one, f"new_{name}") for one in row.heirs.select_related(f"new_{name}")]
            if len(heirs) != 1:
                return None
            row = heirs[0]
            return Member(**{name: row}, name=title_of(row))
        return Member(**{name: row}, name=member.name)
    return Member(name=member.name)


def key_of(member: Member) -> str:
    """What stays the same from year to year."""
    if member.unit_id or member.part_id:
        return f"unit-{member.unit_id}" if member.unit_id else f"part-{member.part_id}"
    return member.name


def term_of(season: Season) -> Term:
    by_role = {member.role: key_of(member) for member in season.members.all()}
    handed = next((key_of(one) for one in season.members.all() if one.pk == season.handed_to_id), None)
    return Term(season.year, by_role.get(Member.Role.HEAD), by_role.get(Member.Role.DEPUTY), handed)


def data_of_step(step: Step) -> StepData:
    names = ("text", "kind", "time_text", "start", "due", "asks_members", "done_on")
    return StepData(**{name: getattr(step, name) for name in names}, pk=step.pk, task=step.task_id)


def fields_of_step(step: StepData) -> dict[str, Any]:
    names = ("text", "kind", "time_text", "start", "due", "asks_members", "done_on")
    return {name: getattr(step, name) for name in names}


@transaction.atomic
def discard_season(season: Season, *, actor: Any) -> None:
    """A draft in which nobody has scored; its plan stays. Raise ``NotADraft``."""
    audit.wait_for_turn(season.unit_id)
    is_used = ScoreSheet.objects.filter(member__season=season).exists()
    papers = season.papers.filter(paper__isnull=False).exists()
    if season.state != SeasonState.DRAFT or is_used or papers or season.rankings.exists():
        raise NotADraft
    audit.record("clusters.season.discarded", season, actor=actor, unit_id=season.unit_id)
    season.delete()


# -- Rules ---------------------------------------------------------------------------------


@transaction.atomic
def save_settings(season: Season, *, actor: Any, version: int, values: Settings, quotas: Sequence[QuotaData]) -> None:
    """The criteria stay once there are score sheets, all but what is shown and asked for once ranks are fixed.

    Raise ``UnfitField``, or ``EditedMeanwhile``.
    """
    values = checked_settings(values, season)
    audit.wait_for_turn(season.unit_id)
    if values.criteria != season.criteria and ScoreSheet.objects.filter(member__season=season).exists():
        raise UnfitField("criteria", "Đã mở chấm điểm nên không đổi được bộ tiêu chí của năm này.")
    before = {name: getattr(season, name) for name in SETTINGS}
    before["quotas"] = quotas_in_words(list(season.quotas.all()))
    after = {name: getattr(values, name) for name in SETTINGS} | {"quotas": quotas_in_words(quotas)}
    changes = audit.differences(before, after)
    if not changes:
        return
    if season.state not in _UNRANKED and (fixed := [name for name in changes if name not in _ALWAYS_OPEN]):
        raise UnfitField(fixed[0], "Đã chốt xếp hạng nên không đổi được; mở lại bước chấm điểm rồi sửa.")
    claim_version(season, version)
    for name in SETTINGS:
        setattr(season, name, after[name])
    season.save(update_fields=list(SETTINGS))
    if "quotas" in changes:
        season.quotas.all().delete()
        Quota.objects.bulk_create(
            Quota(season=season, order=order, award=one.award, count=one.count)
            for order, one in enumerate(quotas, start=1)
        )
    audit.record("clusters.season.settings_changed", season, actor=actor, unit_id=season.unit_id, changes=changes)


def settings_of(season: Season) -> Settings:
    return replace(Settings(), **{name: getattr(season, name) for name in SETTINGS})
