"""A commune whose villages, school and offices send lists for the round of 2026; seen on 20 November 2026."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import reverse

from awards.collecting import proposals, rows, taking
from awards.collecting.rows import RowData
from awards.collecting.values import NomineeData, Sender
from awards.models import Nominee, Proposal, Round
from core.models import AuditEntry
from reminders.asking import services as asking
from reminders.asking.values import AnswerData
from reminders.models import Answer, Ask, Request
from tests.factories import PartFactory, PersonFactory, Role, UnitFactory, UserFactory
from tests.units.conftest import signed_in
from units.models import Part, Unit, User

NOW = dt.datetime(2026, 11, 20, 3, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
SENT = dt.date(2026, 11, 12)


@dataclass
class Desk:
    province: Unit
    unit: Unit
    an: User
    """Officer."""
    binh: User
    """Of the council: reads and has no right."""
    parts: dict[str, Part]
    round: Round
    windows: dict[int, Client] = field(default_factory=dict)

    def window(self, who: User | None = None) -> Client:
        user = who or self.an
        if user.pk not in self.windows:
            self.windows[user.pk] = signed_in(user)
        return self.windows[user.pk]

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"awards:{name}", args=[self.round.pk, *args])

    def page(self, name: str, *args: Any, who: User | None = None, **query: Any) -> Any:
        return self.window(who).get(self.url(name, *args), query)

    def post(self, name: str, *args: Any, **said: Any) -> Any:
        return self.window().post(self.url(name, *args), said)

    def list_of(self, place: str = "Thôn Đông", **also: Any) -> Proposal:
        sender = Sender(part=self.parts[place]) if place else Sender()
        return proposals.open_proposal(self.round, actor=self.an, sender=sender, day=SENT, **also)

    def nominee(self, name: str, award: str = "LDTT", place: str = "Thôn Đông", **said: Any) -> Nominee:
        identity = said.pop("identity", "")
        data = NomineeData(name, award, **said)
        [made] = rows.add_rows(self.list_of(place), actor=self.an, rows=[RowData(data, None, identity)])
        return self.fresh(made)

    def fresh(self, row: Nominee) -> Nominee:
        joined = Nominee.objects.select_related("round__unit", "proposal__round", "proposal__part", "subject")
        return joined.get(pk=row.pk)

    def received(self, one: Proposal, day: dt.date = TODAY) -> Proposal:
        one.refresh_from_db()
        proposals.receive(self.round, actor=self.an, seen={one.pk: one.version}, day=day)
        return Proposal.objects.select_related("round__unit", "part", "lower").get(pk=one.pk)

    def asked(self, *names: str) -> Request:
        """Out, to these parts; to all of them where none is named."""
        parts = [self.parts[name] for name in names or self.parts]
        request = taking.ask_places(
            self.round, actor=self.an, title="Danh sách đề nghị", body="", due=dt.date(2026, 11, 25), parts=parts
        )
        asking.send_out(request, actor=self.an)
        return request

    def sent(self, request: Request, place: str = "Thôn Đông", *lines: Any, text: str = "") -> Answer:
        """``lines``: name, birth year, post, award, achievement."""
        ask = Ask.objects.select_related("request__unit", "part").get(request=request, part=self.parts[place])
        cells = tuple(dict(zip(request.columns, line, strict=True)) for line in lines)
        return asking.enter_for(ask, actor=self.an, data=AnswerData("Ông Hặc", text=text, rows=cells), way="sheet")


def desk() -> Desk:
    province = UnitFactory.create(province=True, name="Vĩnh Hà")
    unit = UnitFactory.create(name="Mai Khê", parent=province)

    def member(name: str, role: str) -> User:
        return UserFactory.create(person=PersonFactory.create(unit=unit, full_name=name), role=role, unit=unit)

    an, binh = member("Lò Thị An", Role.OFFICER), member("Lò Văn Bình", Role.COUNCIL_MEMBER)
    kinds = {
        "Thôn Đông": Part.Kind.VILLAGE,
        "Thôn Tây": Part.Kind.VILLAGE,
        "Trường Tiểu học số 1": Part.Kind.SCHOOL,
    }
    parts = {
        name: PartFactory.create(unit=unit, name=name, kind=kind, order=order)
        for order, (name, kind) in enumerate(kinds.items())
    }
    found = Round.objects.create(unit=unit, name="Xét khen thưởng cuối năm 2026", year=2026, by=an)
    return Desk(province, unit, an, binh, parts, found)


def told(found: Round) -> list[tuple[str, str, str, str]]:
    """Sender, name, award, state of every nominee in the round's order."""
    nominees = Nominee.objects.filter(round=found).select_related("proposal__part", "proposal__round__unit")
    return [(str(row.proposal), row.name, row.award, row.state) for row in nominees.order_by("order")]


def codes(*subjects: Any) -> list[str]:
    """What the audit log tells of these rows, the oldest first."""
    wanted = {(row._meta.label_lower, row.pk) for row in subjects}
    entries = AuditEntry.objects.order_by("pk").values_list("subject_type", "subject_id", "code")
    return [code for kind, pk, code in entries if (kind, pk) in wanted]
