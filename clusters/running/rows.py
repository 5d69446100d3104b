"""Writes: who is in a season and what stands in its timetable, all of one kind at once as the page sends them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models.functions import Cast, Concat

from clusters.models import BallotCount, Commendation, Entry, Member, Ranking, Receipt, ScoreSheet, Season, Step
from clusters.part import of_task
from clusters.rules import belongs_to
from clusters.running.matching import title_of
from clusters.running.services import data_of_step, fields_of_step
from clusters.running.timetable import StepData
from clusters.running.values import MemberData, cleaned_members, cleaned_steps
from clusters.states import SeasonState
from clusters.wording import head, in_season
from core import audit
from core.errors import AppError, UnfitRow
from core.states import EditedMeanwhile, claim_version
from units.models import Part, Unit

_OUT_OF_THE_WAY = 10_000
"""Added to every place before the new ones are given, for no two rows may share one even for a moment."""
_JUDGED = ("role", "is_excluded", "exclusion_reason", "barred_reason")
"""What nobody says of the unit he belongs to."""
_OPEN = (SeasonState.DRAFT, SeasonState.RUNNING, SeasonState.SCORING)


class SeasonIsRanked(AppError):
    message = "Năm thi đua đã chốt xếp hạng nên không sửa được nữa. Mở lại bước chấm điểm rồi sửa."


# -- Members -------------------------------------------------------------------------------


@transaction.atomic
def add_members(season: Season, *, actor: Any, places: Iterable[Unit | Part] = (), names: Iterable[str] = ()) -> int:
    """Behind those that are there; who is in already is passed over. How many came in. Raise ``UnfitRow``."""
    audit.wait_for_turn(season.unit_id)
    there = [_member_data(row) for row in season.members.all()]
    units = {row.unit for row in there if row.unit}
    parts = {row.part for row in there if row.part}
    called = {row.name.casefold() for row in there}
    added: list[MemberData] = []
    for place in places:
        is_unit = isinstance(place, Unit)
        if place.pk in (units if is_unit else parts):
            continue
        unit, part = (place.pk, None) if is_unit else (None, place.pk)
        added.append(MemberData(title_of(place), unit=unit, part=part))
    added += [MemberData(name) for name in names]
    added = [row for row in added if row.name.casefold() not in called]
    if added:
        save_members(season, actor=actor, version=_version(season), rows=[*there, *added])
    return len(added)


def _version(season: Season) -> int:
    return Season.objects.values_list("version", flat=True).get(pk=season.pk)


@transaction.atomic
def save_members(season: Season, *, actor: Any, version: int, rows: Sequence[MemberData]) -> None:
    """In their order; one that is not among them goes, unless something was scored of it.

    Raise ``UnfitRow``, ``SeasonIsRanked``, or ``EditedMeanwhile``.
    """
    rows = cleaned_members(rows, head(season.cluster.kind))
    audit.wait_for_turn(season.unit_id)
    _refuse_ranked(season)
    there = {row.pk: row for row in season.members.select_related("unit", "part")}
    if any(row.pk is not None and row.pk not in there for row in rows):
        raise EditedMeanwhile  # somebody took it out
    before = [_member_data(row) for row in there.values()]
    if before == list(rows):
        return
    _refuse_own(actor, there, rows)
    kept = {row.pk for row in rows}
    gone = [row for pk, row in there.items() if pk not in kept]
    _refuse_scored(gone)
    claim_version(season, version)
    Member.objects.filter(pk__in=[row.pk for row in gone]).delete()
    # one head at a time, and no name twice even for a moment
    Member.objects.filter(season=season).update(
        order=models.F("order") + _OUT_OF_THE_WAY,
        role=Member.Role.MEMBER,
        name=Concat(models.Value("\x1f"), Cast("pk", models.CharField())),
    )
    for order, row in enumerate(rows, start=1):
        _write_member(season, order, row)
    if season.state == SeasonState.SCORING:
        _open_missing_sheets(season)
    after = list(season.members.all())
    changes = {"members": ([_told(row) for row in there.values()] or None, [_told(row) for row in after] or None)}
    audit.record("clusters.season.members_changed", season, actor=actor, unit_id=season.unit_id, changes=changes)


def _write_member(season: Season, order: int, row: MemberData) -> None:
    said = {name: getattr(row, name) for name in ("name", *_JUDGED)}
    if row.pk is None:
        Member.objects.create(season=season, order=order, unit_id=row.unit, part_id=row.part, **said)
    else:
        Member.objects.filter(pk=row.pk).update(order=order, **said)


def _member_data(row: Member) -> MemberData:
    said = {name: getattr(row, name) for name in ("name", *_JUDGED)}
    return MemberData(**said, pk=row.pk, unit=row.unit_id, part=row.part_id)


def _refuse_own(actor: Any, there: dict[int, Member], rows: Sequence[MemberData]) -> None:
    if actor is None:
        return
    for position, row in enumerate(rows):
        old = there.get(row.pk) if row.pk else None
        if old is None or not belongs_to(actor, old):
            continue
        for name in _JUDGED:
            if getattr(old, name) != getattr(row, name):
                told = "Không ai tự quyết định về đơn vị của mình; nhờ người khác của đơn vị tổ chức ghi."
                raise UnfitRow(position, name, told)


def _refuse_scored(gone: Sequence[Member]) -> None:
    scored = Member.objects.filter(pk__in=[row.pk for row in gone]).filter(
        models.Exists(Entry.objects.filter(sheet__member=models.OuterRef("pk")))
        | models.Exists(Receipt.objects.filter(member=models.OuterRef("pk")))
    )
    if first := scored.first():
        told = "đã có điểm hoặc văn bản gửi đến nên không bỏ ra được; hãy đánh dấu không xếp hạng và ghi lý do."
        raise UnfitRow(0, "", f"«{first.name}» {told}")
    of_gone = models.OuterRef("pk")
    judged = Member.objects.filter(pk__in=[row.pk for row in gone]).filter(
        models.Exists(Commendation.objects.filter(member=of_gone))
        | models.Exists(BallotCount.objects.filter(member=of_gone))
    )
    if first := judged.first():
        told = "đã được bỏ phiếu hoặc suy tôn nên không bỏ ra được; hãy đánh dấu không xếp hạng và ghi lý do."
        raise UnfitRow(0, "", f"«{first.name}» {told}")
    _refuse_frozen(gone)


def _refuse_frozen(gone: Sequence[Member]) -> None:
    """What was frozen names it for ever, whatever the rows say by now."""
    seasons = {row.season_id for row in gone}
    frozen = Ranking.objects.filter(season__in=seasons).values_list("content__ranks", flat=True) if gone else ()
    named = {pk for ranks in frozen for pk in ranks or ()}
    if first := next((row for row in gone if str(row.pk) in named), None):
        told = "đã có trong xếp hạng được chốt nên không bỏ ra được; hãy đánh dấu không xếp hạng và ghi lý do."
        raise UnfitRow(0, "", f"«{first.name}» {told}")


def _open_missing_sheets(season: Season) -> None:
    without = season.members.filter(sheet=None)
    ScoreSheet.objects.bulk_create(ScoreSheet(member=member) for member in without)


def _refuse_ranked(season: Season) -> None:
    if Season.objects.filter(pk=season.pk).exclude(state__in=_OPEN).exists():
        raise SeasonIsRanked


def _told(row: Member) -> str:
    """For the history."""
    told = [row.get_role_display()] if row.role != Member.Role.MEMBER else []
    told += [f"không xếp hạng: {row.exclusion_reason}"] if row.is_excluded else []
    told += [f"không suy tôn: {row.barred_reason}"] if row.barred_reason else []
    return f"{row.name} ({in_season('; '.join(told), row.season)})" if told else row.name


# -- Timetable -----------------------------------------------------------------------------


@transaction.atomic
def save_steps(season: Season, *, actor: Any, version: int, rows: Sequence[StepData]) -> None:
    """Raise ``UnfitRow``, ``SeasonIsRanked``, or ``EditedMeanwhile``."""
    rows = cleaned_steps(rows, season.year)
    audit.wait_for_turn(season.unit_id)
    _refuse_ranked(season)
    there = {row.pk: row for row in season.steps.all()}
    if any(row.pk is not None and row.pk not in there for row in rows):
        raise EditedMeanwhile
    if [_said(data_of_step(row)) for row in there.values()] == [_said(row) for row in rows]:
        return
    kept = {row.pk for row in rows}
    gone = [pk for pk in there if pk not in kept]
    if first := Receipt.objects.filter(step__in=gone).select_related("step").first():
        raise UnfitRow(0, "", f"«{str(first.step)[:80]}» đã có văn bản của đơn vị gửi đến nên không bỏ được.")
    claim_version(season, version)
    Step.objects.filter(pk__in=gone).delete()
    Step.objects.filter(season=season).update(order=models.F("order") + _OUT_OF_THE_WAY)
    for order, row in enumerate(rows, start=1):
        if row.pk is None:
            Step.objects.create(season=season, order=order, **fields_of_step(row))
        else:
            Step.objects.filter(pk=row.pk).update(order=order, **fields_of_step(row))
    changes = {"steps": ([_line(row) for row in there.values()] or None, [_line(row) for row in season.steps.all()])}
    audit.record("clusters.season.timetable_changed", season, actor=actor, unit_id=season.unit_id, changes=changes)


def _said(row: StepData) -> tuple[Any, ...]:
    return (row.pk, *fields_of_step(row).values())


def _line(row: Step) -> str:
    days = " - ".join(f"{day:%d/%m/%Y}" for day in (row.start, row.due) if day)
    done = f", xong {row.done_on:%d/%m/%Y}" if row.done_on else ""
    return f"{row.text[:80]}{f' ({days}{done})' if days or done else ''}"


@transaction.atomic
def mark_done(step: Step, *, actor: Any, day: dt.date | None) -> None:
    """``day`` None: it is not done after all."""
    season = step.season
    audit.wait_for_turn(season.unit_id)
    old = Step.objects.values_list("done_on", flat=True).get(pk=step.pk)
    if old == day:
        return
    Step.objects.filter(pk=step.pk).update(done_on=day)
    step.done_on = day
    changes = {"done_on": (old, day), "text": (None, step.text[:200])}
    audit.record("clusters.season.step_done", season, actor=actor, unit_id=season.unit_id, changes=changes)


def steps_behind(season: Season) -> list[tuple[Step, dict[str, Any]]]:
    """Lines that say something else than the task of the plan they belong to; with what the task says."""
    rows = season.steps.filter(task__isnull=False).select_related("task")
    found = ((step, _differing(step)) for step in rows)
    return [(step, said) for step, said in found if said]


def _differing(step: Step) -> dict[str, Any]:
    assert step.task is not None
    return {name: value for name, value in of_task(step.task).items() if getattr(step, name) != value}


@transaction.atomic
def follow_plan(season: Season, *, actor: Any) -> int:
    """Take the plan's words and days over into the timetable; how many lines changed. Raise ``SeasonIsRanked``."""
    audit.wait_for_turn(season.unit_id)
    _refuse_ranked(season)
    behind = steps_behind(season)
    for step, said in behind:
        Step.objects.filter(pk=step.pk).update(**said)
    if behind:
        changes = {"steps": ([_line(step) for step, _ in behind], [_line(_with(step, said)) for step, said in behind])}
        audit.record("clusters.season.timetable_changed", season, actor=actor, unit_id=season.unit_id, changes=changes)
    return len(behind)


def _with(step: Step, said: dict[str, Any]) -> Step:
    for name, value in said.items():
        setattr(step, name, value)
    return step
