"""Writes: the plan of a season, drafted in the cluster's name; a season made of a plan that is there already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from clusters.models import Cluster, Member, Season, Step
from clusters.part import KIND, Tables, make, of_task, told_by
from clusters.running.services import SeasonIsThere, create_cluster
from clusters.running.values import ClusterValues, quotas_in_words
from clusters.wording import head, in_sentence, worded
from core import audit
from core.errors import AppError, UnfitField
from documents.dates import PartialDate
from documents.outline import Kind, Line
from plans import interchange
from plans.interchange import Heading, PlanData, Table, TaskData
from plans.layouts import DEFAULT_COLUMNS, parse_layout
from plans.models import Plan
from plans.services import DEFAULT_LAYOUT, create_plan
from units.models import Unit

_NEW_LAW = 2024
"""The first year under the law of 2022."""


class HasPlan(AppError):
    """``plan``: the one that it has."""

    message = "Năm thi đua đã có kế hoạch; mở kế hoạch ấy để soạn tiếp."

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan


# -- A plan of a season --------------------------------------------------------------------


@transaction.atomic
def draft_plan(season: Season, *, actor: Any, today: dt.date) -> Plan:
    """The organiser's draft, its tasks the lines of the timetable. Raise ``HasPlan``."""
    audit.wait_for_turn(season.unit_id)
    fresh = Season.objects.select_related("plan", "cluster__unit").get(pk=season.pk)
    if fresh.plan is not None:
        raise HasPlan(fresh.plan)
    steps, members = list(season.steps.all()), list(season.members.select_related("unit"))
    data = plan_of(fresh, steps, members, today)
    interchange.read(interchange.write(data))  # what is made can be taken out again; raises UnfitPlan
    plan = create_plan(data, actor=actor, unit=fresh.cluster.unit)
    for step, task in zip(steps, plan.tasks.all(), strict=True):
        Step.objects.filter(pk=step.pk).update(task=task, **of_task(task))
    Season.objects.filter(pk=season.pk).update(plan=plan, is_in_plan=True)
    season.plan, season.is_in_plan = plan, True
    changes = {"plan": (None, plan)}
    audit.record("clusters.season.plan_drafted", season, actor=actor, unit_id=season.unit_id, changes=changes)
    return plan


def plan_of(season: Season, steps: Sequence[Step], members: Sequence[Member], today: dt.date) -> PlanData:
    cluster, year = season.cluster, season.year
    name, kind = cluster.name, cluster.kind
    leader = next((member for member in members if member.role == Member.Role.HEAD), None)
    called = _body(leader)
    return PlanData(
        kind=KIND,
        year=year,
        superior="",
        issuer=name.upper(),
        number="",
        symbol="KH-KTĐ" if kind == Cluster.Kind.BLOCK else "KH-CTĐ",
        place=leader.unit.name if leader and leader.unit else cluster.unit.name,
        date=PartialDate(today.year, today.month) if today.year == year else PartialDate(year),
        title="KẾ HOẠCH",
        subject=f"Triển khai công tác thi đua, khen thưởng của {name} năm {year}",
        preamble=(
            f"Căn cứ Luật Thi đua, Khen thưởng {'ngày 15/6/2022' if year >= _NEW_LAW else 'ngày 26/11/2003'};",
            worded(f"Trên cơ sở thống nhất của các đơn vị thành viên, {called}, Trưởng cụm, ", kind)
            + f"xây dựng Kế hoạch công tác thi đua, khen thưởng của {name} năm {year} như sau:",
        ),
        blocks=tuple(_blocks(season, members, called)),
        table=Table(parse_layout(DEFAULT_LAYOUT), DEFAULT_COLUMNS[DEFAULT_LAYOUT]),
        tasks=tuple(_task(number, step, kind) for number, step in enumerate(steps, start=1)),
        closing=f"Trên đây là Kế hoạch công tác thi đua, khen thưởng năm {year} của {name}. "
        "Đề nghị các đơn vị thành viên triển khai thực hiện./.",
        recipients=(_organ(cluster.unit), "Các đơn vị thành viên"),
        archive="VT",
        signature_lines=(f"TT. {name.upper()}", head(kind).upper()),
        signature_post=_post(leader),
        signature_name="",
        appendix=None,
    )


def _blocks(season: Season, members: Sequence[Member], leader: str) -> list[Heading | Line]:
    kind = season.cluster.kind
    names = ", ".join(in_sentence(member.name) for member in members) or "…"
    quotas = quotas_in_words(list(season.quotas.all()))
    asked = f" Số lượng được đề nghị khen thưởng: {quotas}." if quotas else ""
    said: list[Heading | Line] = [
        Heading("I.", "MỤC ĐÍCH, YÊU CẦU", 1),
        _item("1.", "Đẩy mạnh các phong trào thi đua, giúp nhau hoàn thành nhiệm vụ kinh tế - xã hội, quốc phòng, "
              f"an ninh năm {season.year}; phát hiện, nhân rộng mô hình, điển hình tiên tiến."),
        _item("2.", "Chấm điểm công khai, có tài liệu kiểm chứng; bình xét, suy tôn đúng đơn vị, đúng thành tích."),
        Heading("II.", "NỘI DUNG, NHIỆM VỤ, THỜI GIAN THỰC HIỆN", 1),
        Line(Kind.PARAGRAPH, f"Các đơn vị thành viên gồm: {names}."),
        Line(Kind.TASKS),
        Heading("III.", f"NHIỆM VỤ CỦA {head(kind).upper()} VÀ CÁC ĐƠN VỊ THÀNH VIÊN", 1),
        _item("1.", f"{head(kind)} ({leader})"),
        _item("-", worded("Chủ trì các hoạt động của Cụm theo kế hoạch này; tổ chức sơ kết, tổng kết.", kind)),
        _item("-", f"Chủ trì họp bình xét, suy tôn; trình cấp có thẩm quyền khen thưởng.{asked}"),
        _item("2.", "Các đơn vị thành viên"),
        _item("-", "Thực hiện nội dung giao ước thi đua đã ký; tham gia đầy đủ các hoạt động."),
        _item("-", worded("Tự chấm điểm, gửi báo cáo kèm tài liệu kiểm chứng cho Trưởng cụm đúng hạn.", kind)),
        Heading("IV.", "TỔ CHỨC THỰC HIỆN", 1),
        _item("1.", worded("Trưởng cụm theo dõi, kiểm tra, đôn đốc việc thực hiện kế hoạch này.", kind)),
        _item("2.", worded("Có khó khăn, vướng mắc, các đơn vị báo cáo Trưởng cụm để thống nhất giải quyết.", kind)),
    ]  # fmt: skip
    return said


def _item(marker: str, text: str) -> Line:
    return Line(Kind.ITEM, text, marker)


def _task(number: int, step: Step, kind: str) -> TaskData:
    everybody, leader = ("Các đơn vị thành viên",), (head(kind),)
    lead, support = (everybody, leader) if step.asks_members else (leader, everybody)
    time_text = step.time_text or (f"Đến ngày {step.due:%d/%m/%Y}" if step.due else "")
    text = " ".join(step.text.split())
    return TaskData(number, None, text, lead, support, time_text, step.start, step.due, "", is_ongoing=False)


def _post(leader: Member | None) -> str:
    """«CHỦ TỊCH UBND XÃ AN BÌNH»: on whose behalf the head signs for all."""
    if leader is None or leader.unit is None:
        return ""
    return f"CHỦ TỊCH UBND {str(leader.unit).upper()}"


def _body(leader: Member | None) -> str:
    """Who speaks for the head: a unit's committee, of a village or office its own name."""
    if leader is None:
        return "…"
    return f"UBND {leader.unit}" if leader.unit else in_sentence(leader.name)


def _organ(unit: Unit) -> str:
    return f"UBND {unit}"


# -- A season of a plan --------------------------------------------------------------------


@transaction.atomic
def season_of_plan(plan: Plan, unit: Unit, *, actor: Any, values: ClusterValues) -> Season:
    """Organised by ``unit``; its cluster of that name, or a new one. Raise ``UnfitField`` or ``SeasonIsThere``."""
    if plan.kind != KIND or plan.amends_id:
        raise UnfitField("name", "Chỉ lập năm thi đua từ kế hoạch cụm thi đua.")
    audit.wait_for_turn(unit.pk)
    if there := Season.objects.filter(plan=plan).select_related("cluster").first():
        raise SeasonIsThere(there)
    cluster = Cluster.objects.filter(unit=unit, name=values.name.strip()).first()
    if cluster is None:
        cluster = create_cluster(unit, actor=actor, values=values)
    elif there := cluster.seasons.filter(year=plan.year).select_related("cluster").first():
        raise SeasonIsThere(there)
    season = make(plan, told_by(plan), Tables(), is_in_plan=False, cluster=cluster)
    changes = {"year": (None, season.year), "plan": (None, plan)}
    audit.record("clusters.season.created", season, actor=actor, unit_id=unit.pk, changes=changes)
    return season
