"""Rows of awards as tests need them: a commune with a round, lists of a village and a school, a council of nine.

Written as they are, past the services, so that a test of a service starts clean.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from awards import facts
from awards.models import (
    CouncilMember,
    Decision,
    Grant,
    Headcount,
    Impediment,
    Initiative,
    Nominee,
    Proposal,
    Rating,
    Round,
    Subject,
)
from tests.factories import PartFactory, PersonFactory, Role, UnitFactory, UserFactory
from units.models import Part, Person, Unit, User


@dataclass
class Office:
    province: Unit
    unit: Unit
    officer: User
    secretary: User
    leader: User
    round: Round
    village: Part
    school: Part
    lists: dict[str, Proposal] = field(default_factory=dict)
    """By «village», «school»."""
    council: list[CouncilMember] = field(default_factory=list)


def an_office(*, year: int = 2026, received_on: dt.date | None = dt.date(2026, 9, 1), **of_round: Any) -> Office:
    province = UnitFactory.create(province=True)
    unit = UnitFactory.create(parent=province)
    officer, secretary, leader = (
        UserFactory.create(role=role, unit=unit) for role in (Role.OFFICER, Role.COUNCIL_SECRETARY, Role.LEADER)
    )
    award_round = Round.objects.create(unit=unit, name=f"Xét khen thưởng năm {year}", year=year, **of_round)
    village = PartFactory.create(unit=unit, name="Thôn Đông", kind=Part.Kind.VILLAGE)
    school = PartFactory.create(unit=unit, name="Trường Tiểu học số 1", kind=Part.Kind.SCHOOL)
    found = Office(province, unit, officer, secretary, leader, award_round, village, school)
    for name, part in (("village", village), ("school", school)):
        found.lists[name] = Proposal.objects.create(
            round=award_round, part=part, day=dt.date(year, 8, 20), received_on=received_on
        )
    return found


def with_council(office: Office, members: int = 9) -> list[CouncilMember]:
    roles = [CouncilMember.Role.CHAIR, CouncilMember.Role.VICE, *[CouncilMember.Role.MEMBER] * members]
    for order in range(members):
        person = PersonFactory.create(unit=office.unit)
        office.council.append(
            CouncilMember.objects.create(unit=office.unit, person=person, role=roles[order], order=order + 1)
        )
    return office.council


def a_subject(unit: Unit, name: str = "Nguyễn Thị Hoa", **more: Any) -> Subject:
    return Subject.objects.create(unit=unit, name=name, **more)


def a_nominee(proposal: Proposal, award: str = "LDTT", subject: Subject | None = None, **more: Any) -> Nominee:
    subject = subject or a_subject(proposal.round.unit, more.get("name", "Nguyễn Thị Hoa"))
    order = proposal.round.nominees.count() + 1
    values = {"kind": subject.kind, "name": subject.name, "year": proposal.round.year} | more
    return Nominee.objects.create(
        round=proposal.round, proposal=proposal, order=order, subject=subject, award=award, **values
    )


def a_grant(subject: Subject, award: str, year: int, **more: Any) -> Grant:
    """By a decision of its own."""
    decision = Decision.objects.create(
        unit=subject.unit, state="issued", number=f"{subject.pk}-{award}-{year}/QĐ-UBND", day=dt.date(year, 12, 31)
    )
    return Grant.objects.create(
        unit=subject.unit,
        decision=decision,
        order=1,
        subject=subject,
        kind=subject.kind,
        name=subject.name,
        award=award,
        award_name=award,
        year=year,
        **more,
    )


def from_case(proposal: Proposal, case: facts.Case) -> Nominee:
    """The rows that say what a case says."""
    known = case.subject
    subject = a_subject(
        proposal.round.unit, f"Đối tượng {case.award}", kind=known.kind, maternity_years=sorted(known.maternity_years)
    )
    for year, level in known.ratings.items():
        Rating.objects.create(subject=subject, year=year, level=level)
    for title in known.titles:
        a_grant(subject, title.code, title.year, mode=title.mode)
    for one in known.initiatives:
        Initiative.objects.create(
            unit=subject.unit,
            title=one.id,
            year=one.year,
            scope=one.scope,
            is_recognised=one.is_recognised,
            used_for=one.used_for,
        ).authors.add(subject)
    for ban in known.discipline:
        Impediment.objects.create(subject=subject, kind="discipline", level=ban.level, start=ban.start, end=ban.end)
    if known.has_open_case:
        Impediment.objects.create(subject=subject, kind="case", level="Đơn tố cáo", start=case.received_on)
    if known.members is not None:
        members = known.members
        Headcount.objects.create(
            subject=subject,
            year=case.year,
            total=members.total,
            ldtt=members.ldtt,
            cstdcs=members.cstdcs,
            completed=members.completed,
            warned_or_worse=members.warned_or_worse,
        )
    return a_nominee(
        proposal, case.award, subject, year=case.year, path=case.path, received_on=case.received_on, name=subject.name
    )


def a_person(office: Office, name: str) -> Person:
    return PersonFactory.create(unit=office.unit, full_name=name)
