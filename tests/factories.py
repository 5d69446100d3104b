"""Rows that tests need: the shortest believable life of each noun.

Unsaid fields are filled in; what a test is about is said by the test:
``UserFactory(role=Role.OFFICER, unit=commune)``, ``PlanFactory(unit=commune, tasks=3)``.
Rows are written as they are, past the services, so that a test of a service starts clean.
"""

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory

from plans.layouts import DEFAULT_COLUMNS
from plans.models import Assignment, Plan, Section, Task, TaskTable
from units.models import Issuer, Membership, Part, Person, Unit, User

Role = Membership.Role


class UnitFactory(DjangoModelFactory[Unit]):
    """A commune; ``UnitFactory(province=True)`` and ``UnitFactory(district=True)`` for the levels above."""

    class Meta:
        model = Unit

    class Params:
        province = factory.Trait(
            kind=Unit.Kind.PROVINCE, designation="tỉnh", name=factory.Sequence(lambda n: f"Sông Vân {n}")
        )
        district = factory.Trait(
            kind=Unit.Kind.DISTRICT, designation="huyện", name=factory.Sequence(lambda n: f"Thượng Vân {n}")
        )

    kind = Unit.Kind.COMMUNE
    designation = "xã"
    name = factory.Sequence(lambda n: f"Vân Khê {n}")
    code = factory.Sequence(lambda n: f"X-{n}")


class PartFactory(DjangoModelFactory[Part]):
    class Meta:
        model = Part

    unit = factory.SubFactory(UnitFactory)
    kind = Part.Kind.VILLAGE
    name = factory.Sequence(lambda n: f"Thôn {n}")


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person

    unit = factory.SubFactory(UnitFactory)
    honorific = "Bà"
    full_name = factory.Sequence(lambda n: f"Lò Thị Mây {n}")
    post = "Công chức Văn hóa - Xã hội"


class IssuerFactory(DjangoModelFactory[Issuer]):
    """The People's Committee of the unit."""

    class Meta:
        model = Issuer

    unit = factory.SubFactory(UnitFactory)
    name_lines = factory.LazyAttribute(lambda issuer: f"ỦY BAN NHÂN DÂN\n{str(issuer.unit).upper()}")
    place = factory.LazyAttribute(lambda issuer: issuer.unit.name)
    symbol = "UBND"
    signature_lines = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"


class UserFactory(DjangoModelFactory[User]):
    """An account; with ``role`` it holds that role in ``unit``, from the days given or for ever."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"nguoi-{n}")
    role = None
    unit = None
    role_from = None
    role_to = None

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **fields: Any) -> User:
        role, unit, first, last = (fields.pop(name) for name in ("role", "unit", "role_from", "role_to"))
        user = super()._create(model_class, *args, **fields)
        if role:
            MembershipFactory(user=user, role=role, unit=unit or UnitFactory(), valid_from=first, valid_to=last)
        return user


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    role = Role.OFFICER


class PlanFactory(DjangoModelFactory[Plan]):
    """A draft. ``tasks=3`` gives it a table in the body with three rows, ``sections=2`` two headings with lines."""

    class Meta:
        model = Plan
        skip_postgeneration_save = True

    unit = factory.SubFactory(UnitFactory)
    issuer = factory.SubFactory(IssuerFactory, unit=factory.SelfAttribute("..unit"))
    year = 2026
    symbol = "KH-UBND"
    place = factory.SelfAttribute("unit.name")
    paper_date = "2026-01"
    subject = factory.Sequence(lambda n: f"Công tác thi đua, khen thưởng năm 2026, lần {n}")
    preamble = "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022."
    closing = "Trên đây là Kế hoạch của Ủy ban nhân dân xã./."
    recipients = "Như trên\nCác thôn"
    archive = "VT"
    signature_lines = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"
    signature_name = "Lò Văn Thắng"

    @factory.post_generation
    def sections(plan: Plan, create: bool, count: int | None, **fields: Any) -> None:
        for order in range(1, (count or 0) + 1):
            SectionFactory(plan=plan, order=order, **fields)

    @factory.post_generation
    def tasks(plan: Plan, create: bool, count: int | None, **fields: Any) -> None:
        if count:
            TaskTableFactory(plan=plan)
        for order in range(1, (count or 0) + 1):
            TaskFactory(plan=plan, order=order, number=order, **fields)


class SectionFactory(DjangoModelFactory[Section]):
    class Meta:
        model = Section

    plan = factory.SubFactory(PlanFactory)
    order = factory.Sequence(lambda n: n + 1)
    marker = factory.LazyAttribute(lambda section: f"{'I' * section.order if section.order < 4 else section.order}.")
    heading = "MỤC ĐÍCH, YÊU CẦU"
    body = "1. Mục đích\n- Phong trào thi đua thiết thực, hiệu quả."


class TaskTableFactory(DjangoModelFactory[TaskTable]):
    class Meta:
        model = TaskTable

    plan = factory.SubFactory(PlanFactory)
    layout = "columns-5"
    columns = factory.LazyAttribute(lambda table: "\n".join(DEFAULT_COLUMNS[table.layout]))


class TaskFactory(DjangoModelFactory[Task]):
    class Meta:
        model = Task

    plan = factory.SubFactory(PlanFactory)
    unit = factory.SelfAttribute("plan.unit")
    order = factory.Sequence(lambda n: n + 1)
    content = factory.Sequence(lambda n: f"Phát động phong trào thi đua, đợt {n}")


class AssignmentFactory(DjangoModelFactory[Assignment]):
    class Meta:
        model = Assignment

    task = factory.SubFactory(TaskFactory)
    role = Assignment.Role.LEAD
    order = 1
    name = "Phòng Văn hóa - Xã hội"
