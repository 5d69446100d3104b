"""A plan's season as rows: out of the part ``season`` of its file, or, where a file has none, out of the plan itself.

``Tables`` are the models as they are now, or as a migration knows them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clusters import models, season_part
from clusters.running.matching import Places, places_below
from clusters.running.timetable import kind_of, owes_paper
from clusters.season_part import SETTINGS, SeasonPart, StepPart
from core.text import fold
from plans.models import Plan, UnclaimedPart
from units.models import Part, Unit
from units.naming import ordinary_case

NAME = "season"
KIND = Plan.Kind.CLUSTER.value
_TIME_LIMIT, _NAME_LIMIT = 300, 300
_NAMED = re.compile(r"\b(?P<kind>cụm|khối)\s+thi\s+đua\b.*?(?=\s+năm\s+\d{4}|\s+và\s+|[.,;:()]|$)", re.IGNORECASE)
_CAPITALS = re.compile(r"^(?P<kind>CỤM|KHỐI)\b")
_OWN_PLACES = re.compile(r"\b(?:thôn|ấp|bản|buôn|khóm|khu phố|tổ dân phố|trường học|cơ quan)\b", re.IGNORECASE)
_NUMBERED = "{name} ({number})"


@dataclass(frozen=True, slots=True)
class Tables:
    cluster: Any = models.Cluster
    season: Any = models.Season
    member: Any = models.Member
    step: Any = models.Step
    quota: Any = models.Quota
    unit: Any = Unit
    part: Any = Part
    unclaimed: Any = UnclaimedPart


# -- Into rows -----------------------------------------------------------------------------


def load(plan: Plan, content: Any) -> None:
    """Of a plan that was just made. What rows cannot give back word for word is kept beside them."""
    claim(plan, content, Tables())


def begin(plan: Plan) -> None:
    """Of a plan of a cluster whose file has no such part: its tasks are the timetable."""
    if plan.kind == KIND and plan.amends_id is None:
        make(plan, told_by(plan), Tables(), is_in_plan=False)


def claim(plan: Any, content: Any, tables: Tables) -> None:
    data = season_part.read(content)
    if data is None and plan.kind != KIND:
        tables.unclaimed.objects.create(plan_id=plan.pk, name=NAME, content=content)
        return
    season = make(plan, data or told_by(plan), tables, is_in_plan=True)
    if data is not None and season_part.write(data_of(season, plan)) == content:
        return
    tables.season.objects.filter(pk=season.pk).update(is_in_plan=False)
    tables.unclaimed.objects.create(plan_id=plan.pk, name=NAME, content=content)


def told_by(plan: Any) -> SeasonPart:
    """What the words of a plan say of the season that it is written for."""
    name, kind = cluster_named_by(plan)
    tasks = list(plan.tasks.prefetch_related("assignments"))
    steps = []
    for number, task in enumerate(tasks, start=1):
        step_kind = kind_of(task.content)
        doers = "; ".join(one.name for one in task.assignments.all() if one.role == "lead")
        steps.append(StepPart(step_kind, number, owes_paper(step_kind, doers)))
    return SeasonPart(name, kind, steps=tuple(steps))


def cluster_named_by(plan: Any) -> tuple[str, str]:
    """Name and kind: of the issuer in capitals as running text has it, else of the subject."""
    issuer = " ".join(plan.issuer.name_lines.split())
    if found := _CAPITALS.match(issuer.upper()):
        name = ordinary_case(issuer)
    elif found := _NAMED.search(plan.subject):
        name = found[0].strip()
        name = name[:1].upper() + name[1:]
    else:
        return f"Cụm thi đua ({plan.subject})"[:_NAME_LIMIT], "cluster"
    return name[:_NAME_LIMIT], "block" if found["kind"].lower() == "khối" else "cluster"


def organiser_of(plan: Any) -> int:
    """The unit itself where its own villages and offices are meant; of equals the unit above them, if known."""
    unit = plan.unit
    is_highest = unit.kind == Unit.Kind.PROVINCE or unit.parent_id is None
    named = f"{plan.issuer.name_lines}\n{plan.subject}"
    return unit.pk if is_highest or _OWN_PLACES.search(named) else unit.parent_id


def make(plan: Any, data: SeasonPart, tables: Tables, *, is_in_plan: bool, cluster: Any = None) -> Any:
    """``cluster``: whose year it is, where a person has said so; else the plan tells it."""
    organiser = cluster.unit if cluster else tables.unit.objects.get(pk=organiser_of(plan))
    cluster = cluster or cluster_with_free_year(organiser, data.cluster, data.kind, plan.year, tables)
    season = tables.season.objects.create(
        cluster_id=cluster.pk,
        year=plan.year,
        plan_id=plan.pk,
        is_in_plan=is_in_plan,
        search=fold(f"{cluster.name} {plan.year}"),
        **data.settings,
    )
    _write_members(season, organiser, data.members, tables)
    _write_steps(season, plan, data.steps, tables)
    tables.quota.objects.bulk_create(
        tables.quota(season_id=season.pk, order=order, award=award, count=count)
        for order, (award, count) in enumerate(data.quotas, start=1)
    )
    return season


def cluster_with_free_year(organiser: Any, name: str, kind: str, year: int, tables: Tables) -> Any:
    """The organiser's of that name, unless it has that year already: then another, told apart by a number."""
    number, called = 1, name
    while tables.season.objects.filter(cluster__unit_id=organiser.pk, cluster__name=called, year=year).exists():
        number += 1
        called = _NUMBERED.format(name=name[: _NAME_LIMIT - 10], number=number)
    words = fold(f"{called} {organiser.designation} {organiser.name}")
    cluster, _ = tables.cluster.objects.get_or_create(
        unit_id=organiser.pk, name=called, defaults={"kind": kind, "search": words}
    )
    return cluster


def _write_members(season: Any, organiser: Any, members: Sequence[tuple[str, str]], tables: Tables) -> None:
    places = places_below(organiser, unit_model=tables.unit, part_model=tables.part) if members else Places()
    taken: set[tuple[str, int]] = set()
    rows, has_head = [], False
    for order, (name, role) in enumerate(dict(members).items(), start=1):
        place = places.meant_by(name)
        if place in taken:
            place = None
        taken |= {place} if place else set()
        role = "member" if role == "head" and has_head else role
        has_head = has_head or role == "head"
        where = {f"{place[0]}_id": place[1]} if place else {}
        rows.append(tables.member(season_id=season.pk, order=order, name=name, role=role, **where))
    tables.member.objects.bulk_create(rows)


def _write_steps(season: Any, plan: Any, steps: Sequence[StepPart], tables: Tables) -> None:
    tasks = list(plan.tasks.all())
    rows = []
    for order, step in enumerate(steps, start=1):
        task = tasks[step.task - 1] if step.task and step.task <= len(tasks) else None
        said = {**(of_task(task) if task else {}), **step.own}
        if said.get("start") and said.get("due") and said["due"] < said["start"]:
            said["start"] = None
        rows.append(
            tables.step(
                season_id=season.pk,
                order=order,
                kind=step.kind,
                asks_members=step.asks_members,
                task_id=task.pk if task else None,
                **{"text": "…"} | said,
            )
        )
    tables.step.objects.bulk_create(rows)


def of_task(task: Any) -> dict[str, Any]:
    """What a task of the plan says for its line of the timetable."""
    time_text = " ".join(task.time_text.split())[:_TIME_LIMIT]
    return {"text": task.content, "time_text": time_text, "start": task.start, "due": task.due}


# -- Out of rows ---------------------------------------------------------------------------


def dump(plan: Plan) -> Any:
    season = getattr(plan, "season", None)
    return season_part.write(data_of(season, plan)) if season and season.is_in_plan else None


def data_of(season: Any, plan: Any) -> SeasonPart:
    """``plan``: the season's own, with its tasks."""
    tasks: dict[int, tuple[int, Any]] = {task.pk: (at, task) for at, task in enumerate(plan.tasks.all(), start=1)}
    return SeasonPart(
        season.cluster.name,
        season.cluster.kind,
        tuple((member.name, member.role) for member in season.members.all()),
        tuple(_step_part(step, tasks) for step in season.steps.all()),
        tuple((quota.award, quota.count) for quota in season.quotas.all()),
        {name: getattr(season, name) for name in SETTINGS},
    )


def _step_part(step: Any, tasks: Mapping[int, tuple[int, Any]]) -> StepPart:
    number, task = tasks.get(step.task_id, (None, None))
    told = of_task(task) if task is not None else {}
    own = {name: getattr(step, name) for name in ("text", "time_text", "start", "due")}
    differing = {name: value for name, value in own.items() if name not in told or told[name] != value}
    return StepPart(step.kind, number, step.asks_members, differing)


def pk_of(plan: Plan) -> int | None:
    return models.Season.objects.filter(plan=plan).values_list("pk", flat=True).first()
