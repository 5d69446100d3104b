"""A commune's issued plan of 2026, seen on 13 May: its officer, a colleague without the right, a stranger."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plans.models import Plan, Progress, Task
from plans.progress.services import SignedProof, record_progress
from tests.factories import (
    AssignmentFactory,
    MembershipFactory,
    PersonFactory,
    PlanFactory,
    TaskFactory,
    UnitFactory,
    UserFactory,
)
from units.models import Person, Unit, User

TODAY = dt.date(2026, 5, 13)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32


@dataclass
class Desk:
    unit: Unit
    plan: Plan
    person: Person
    an: User
    """Officer."""
    binh: User
    """A colleague who may only read."""
    cuong: User
    """Officer of another commune."""

    def task(self, content: str = "Tổ chức lễ phát động", *, lead: str = "", **fields) -> Task:
        made = TaskFactory(plan=self.plan, order=self.plan.tasks.count() + 1, content=content, **fields)
        if lead:
            AssignmentFactory(task=made, name=lead)
        return made

    def record(self, task: Task, outcome: str = "done", day: dt.date = TODAY, **more) -> Progress:
        values = {"note": "Đã làm xong", "proof": SignedProof(self.person)} | more
        return record_progress(task, actor=self.an, outcome=outcome, day=day, **values)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(dt.datetime(2026, 5, 13, 2, 0, tzinfo=dt.UTC))


@pytest.fixture
def desk(db) -> Desk:
    unit = UnitFactory(parent=UnitFactory(province=True))
    person = PersonFactory(unit=unit, full_name="Lò Thị Mây")
    an = UserFactory(username="an", role="officer", unit=unit, person=person)
    binh = UserFactory(username="binh")
    MembershipFactory(user=binh, unit=unit, role="council_member")
    cuong = UserFactory(username="cuong", role="officer", unit=UnitFactory())
    plan = PlanFactory(unit=unit, state="issued", number="07", paper_date="2026-01-15", subject="Công tác năm 2026")
    return Desk(unit, plan, person, an, binh, cuong)


def upload(name: str = "biên bản.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
