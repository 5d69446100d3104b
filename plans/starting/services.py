"""Starting a plan: from earlier plans carried over, from a sample, from an empty outline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from core import audit
from documents.dates import PartialDate
from documents.outline import Kind, Line
from documents.tree import Header
from documents.wording import break_issuer, follow_header
from plans import interchange, samples
from plans.interchange import Heading, PlanData, Table
from plans.layouts import DEFAULT_COLUMNS, parse_layout
from plans.models import Plan
from plans.moving import Proposal
from plans.parts import carried_over
from plans.selectors import plan_data
from plans.services import DEFAULT_LAYOUT, create_plan
from plans.starting import selectors
from plans.starting.merging import Pick, merge
from plans.starting.proposals import changed
from units.models import Issuer, Unit
from units.selectors import issuers_of
from units.services import create_issuer

_COMMITTEE = "ỦY BAN NHÂN DÂN"
_COUNCIL = "HỘI ĐỒNG THI ĐUA"
_OUTLINE = (
    ("I.", "MỤC ĐÍCH, YÊU CẦU", ("1. Mục đích", "2. Yêu cầu")),
    ("II.", "NỘI DUNG", ()),
    ("III.", "TỔ CHỨC THỰC HIỆN", ()),
)


def taken_together(plans: Sequence[Plan], picks: Sequence[Pick]) -> PlanData:
    """One plan's values, or those of the picked parts of several. Plans come from ``with_content``."""
    data = {plan.pk: plan_data(plan) for plan in plans}
    return merge(data, picks) if picks or len(data) > 1 else next(iter(data.values()))


@transaction.atomic
def start_from_sources(
    *,
    actor: Any,
    unit: Unit,
    year: int,
    sources: Sequence[Plan],
    accepted: Sequence[Proposal],
    issuer: Issuer | None,
    picks: Sequence[Pick] = (),
) -> Plan:
    """A draft of the sources with what was accepted; its head is the issuer's, number and day are blank.

    ``issuer`` None: the unit's committee is entered as an issuer first. A task that would fall due
    before the unit existed keeps its words and loses its dates. Raise what ``apply`` raises when a
    source has changed since its proposals were shown.
    """
    issuer = issuer or _committee_of(unit, actor=actor)
    data = changed(taken_together(sources, picks), accepted)
    data = replace(data, parts=carried_over(data.parts))
    is_own = all(plan.unit_id == unit.pk for plan in sources)
    origin = "; ".join(f"{plan} ({plan.unit})" for plan in sources)
    data = _within_life(_headed(data, issuer, year, keeps_signer=is_own), unit)
    plan = _made(data, unit, issuer, actor)
    _record_origin(plan, actor, origin, len(accepted))
    return plan


@transaction.atomic
def start_from_sample(*, actor: Any, unit: Unit, year: int, code: str, today: dt.date) -> Plan:
    """A draft of a template with the unit's names; what nobody has entered stands as «…».

    A template brings the head of its own body along (the committee's, the council's), which is
    entered for the unit where it has none of that name.
    """
    issuers = list(issuers_of(unit.pk))
    committee = default_issuer(issuers)
    names = samples.names_of(unit, committee, **selectors.signers_of(unit))
    data = samples.fill(code, names, year, date=samples.likely_date(code, year, today))
    plan = create_plan(data, actor=actor, unit=unit)
    _record_origin(plan, actor, f"Mẫu «{samples.get(code).label}»")
    return plan


@transaction.atomic
def start_empty(*, actor: Any, unit: Unit, year: int, kind: str, issuer: Issuer | None) -> Plan:
    """The headings that nearly every plan has, and a table of tasks."""
    issuer = issuer or _committee_of(unit, actor=actor)
    plan = _made(_headed(_empty(kind, year), issuer, year), unit, issuer, actor)
    _record_origin(plan, actor, "Đề cương trống")
    return plan


def default_issuer(issuers: Sequence[Issuer], *, like: str = "", kind: str = Plan.Kind.ANNUAL) -> Issuer | None:
    """The one of that very name, else of the same body, else the committee; a programme is the council's."""
    body = break_issuer(like)[0] if like else _COUNCIL if kind == Plan.Kind.PROGRAMME else _COMMITTEE
    for wanted in (like, body, _COMMITTEE):
        for issuer in issuers:
            if wanted and issuer.name.startswith(wanted):
                return issuer
    return issuers[0] if issuers else None


def committee_lines(unit: Unit) -> tuple[str, str]:
    """How the unit's own People's Committee heads its papers: a person sees and picks it before it is entered."""
    return _COMMITTEE, str(unit).upper()


# -- Parts of it -------------------------------------------------------------------------


def _made(data: PlanData, unit: Unit, issuer: Issuer, actor: Any) -> Plan:
    interchange.read(interchange.write(data))  # what is made can be taken out again; raises UnfitPlan
    plan = create_plan(data, actor=actor, unit=unit)
    if plan.issuer_id != issuer.pk:  # another of the same name
        plan.issuer = issuer
        plan.save(update_fields=["issuer"])
    return plan


def _record_origin(plan: Plan, actor: Any, origin: str, places: int = 0) -> None:
    changes: dict[str, tuple[Any, Any]] = {"started_from": (None, origin)}
    if places:
        changes["places_changed"] = (None, places)
    audit.record("plans.plan.started", plan, actor=actor, unit_id=plan.unit_id, changes=changes)


def _headed(data: PlanData, issuer: Issuer, year: int, *, keeps_signer: bool = False) -> PlanData:
    kind_of_paper = data.symbol.partition("-")[0]
    date = PartialDate(data.date.year + year - data.year) if data.date.year else PartialDate()
    headed = replace(
        data,
        year=year,
        superior=issuer.superior,
        issuer=issuer.name,
        number="",
        symbol=f"{kind_of_paper}-{issuer.symbol}" if issuer.symbol else data.symbol,
        place=issuer.place or data.place,
        date=date,
        signature_lines=tuple(issuer.signature_lines.split("\n")) if issuer.signature_lines else data.signature_lines,
        signature_post=issuer.signature_post,
        signature_name=data.signature_name if keeps_signer else "",
    )
    if headed.appendix is None:
        return headed
    reference = follow_header(headed.appendix.reference, _head_of(data), _head_of(headed))
    return replace(headed, appendix=replace(headed.appendix, reference=reference))


def _within_life(data: PlanData, unit: Unit) -> PlanData:
    begins = unit.valid_from
    if begins is None:
        return data
    tasks = (replace(task, start=None, due=None) if task.due and task.due < begins else task for task in data.tasks)
    return replace(data, tasks=tuple(tasks))


def _head_of(data: PlanData) -> Header:
    return Header((), number=data.number, symbol=data.symbol, date=data.date)


def _committee_of(unit: Unit, *, actor: Any) -> Issuer:
    return create_issuer(
        unit,
        actor=actor,
        name_lines="\n".join(committee_lines(unit)),
        place=unit.name,
        symbol="UBND",
        signature_lines=f"TM. {_COMMITTEE}\nCHỦ TỊCH",
    )


_NAMES: Mapping[str, tuple[str, str, str]] = {
    Plan.Kind.ANNUAL: ("KẾ HOẠCH", "KH", "Công tác thi đua, khen thưởng năm {year}"),
    Plan.Kind.PROGRAMME: (
        "CHƯƠNG TRÌNH",
        "CTr",
        "Công tác năm {year} của Hội đồng Thi đua - Khen thưởng",
    ),
    Plan.Kind.CAMPAIGN: ("KẾ HOẠCH", "KH", "Phát động phong trào thi đua năm {year}"),
    Plan.Kind.CLUSTER: ("KẾ HOẠCH", "KH", "Hoạt động của Cụm thi đua năm {year}"),
    Plan.Kind.CONFERENCE: ("KẾ HOẠCH", "KH", "Tổ chức Hội nghị tổng kết công tác thi đua, khen thưởng năm {year}"),
}
EMPTY_KINDS = tuple(_NAMES)
"""Kinds of which an empty outline can be begun."""


def _empty(kind: str, year: int) -> PlanData:
    title, symbol, subject = _NAMES[kind]
    blocks: list[Heading | Line] = []
    for marker, heading, lines in _OUTLINE:
        blocks.append(Heading(marker, heading, 1))
        blocks += [Line(Kind.ITEM, words, number) for number, words in (line.split(" ", 1) for line in lines)]
        if marker == "II.":
            blocks.append(Line(Kind.TASKS))
    return PlanData(
        kind=kind,
        year=year,
        superior="",
        issuer="",
        number="",
        symbol=f"{symbol}-UBND",
        place="",
        date=PartialDate(year),
        title=title,
        subject=subject.format(year=year),
        preamble=(),
        blocks=tuple(blocks),
        table=Table(parse_layout(DEFAULT_LAYOUT), DEFAULT_COLUMNS[DEFAULT_LAYOUT]),
        tasks=(),
        closing="",
        recipients=(),
        archive="VT",
        signature_lines=(),
        signature_post="",
        signature_name="",
        appendix=None,
    )
