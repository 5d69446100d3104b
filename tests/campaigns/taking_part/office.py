"""A commune whose villages register for a campaign by 15 February 2026; seen on Wednesday 18 February."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.test import Client
from django.urls import reverse

from campaigns.models import Campaign, Registration, Target
from campaigns.taking_part import services, taking
from campaigns.taking_part.promises import Promise
from campaigns.taking_part.values import RegistrationData, Who
from core.models import AuditEntry
from reminders.asking import services as asking
from reminders.asking.values import AnswerData
from reminders.models import Answer, Ask, Request
from tests.factories import IssuerFactory, PartFactory, PersonFactory, Role, UnitFactory, UserFactory
from tests.units.conftest import signed_in
from units.models import Part, Person, Unit, User

NOW = dt.datetime(2026, 2, 18, 3, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
DUE = dt.date(2026, 2, 15)
IN_TIME = dt.date(2026, 2, 10)
TITLE = "Phong trào thi đua phát triển kinh tế - xã hội năm 2026"
LDTT, TTLDTT = "Lao động tiên tiến", "Tập thể lao động tiên tiến"


@dataclass
class Office:
    province: Unit
    unit: Unit
    an: User
    """Officer."""
    lan: User
    """Leader: judges, does not enter."""
    binh: User
    """Of the council: reads and has no right."""
    cuong: User
    """Officer of another commune."""
    parts: dict[str, Part]
    campaign: Campaign
    trees: Target
    poverty: Target
    windows: dict[int, Client] = field(default_factory=dict)

    def window(self, who: User | None = None) -> Client:
        user = who or self.an
        if user.pk not in self.windows:
            self.windows[user.pk] = signed_in(user)
        return self.windows[user.pk]

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"campaigns:{name}", args=[self.campaign.pk, *args])

    def page(self, name: str, *args: Any, who: User | None = None, **query: Any) -> Any:
        return self.window(who).get(self.url(name, *args), query)

    def post(self, name: str, *args: Any, who: User | None = None, **said: Any) -> Any:
        return self.window(who).post(self.url(name, *args), said)

    def person(self, name: str, part: str = "Thôn Đông", **fields: Any) -> Person:
        return PersonFactory(unit=self.unit, part=self.parts[part], full_name=name, **fields)

    def data(self, *titles: str, day: dt.date = IN_TIME, **fields: Any) -> RegistrationData:
        return RegistrationData(day, titles or (TTLDTT,), **fields)

    def registered(
        self, part: str = "Thôn Đông", *titles: str, person: Person | None = None, **fields: Any
    ) -> Registration:
        who = Who(self.parts[part], person)
        row = services.register(self.campaign, actor=self.an, who=who, data=self.data(*titles, **fields))
        return self.fresh(row)

    def approved(self, row: Registration) -> Registration:
        services.approve(self.campaign, actor=self.lan, seen={row.pk: row.version})
        return self.fresh(row)

    def fresh(self, row: Registration) -> Registration:
        return Registration.objects.select_related(
            "campaign__unit", "part", "lower", "person", "answer__ask__request"
        ).get(pk=row.pk)

    def asked(self, *names: str) -> Request:
        """Out, to these parts; to all of them where none is named."""
        parts = [self.parts[name] for name in names or self.parts]
        request = taking.ask_places(
            self.campaign, actor=self.an, title="Đăng ký thi đua", body="", due=dt.date(2026, 2, 28), parts=parts
        )
        asking.send_out(request, actor=self.an)
        return request

    def sent(
        self, request: Request, part: str = "Thôn Đông", *rows: Any, text: str = "", way: str = "sheet"
    ) -> Answer:
        """``rows``: name, post, titles, promises."""
        ask = Ask.objects.select_related("request__unit", "part").get(request=request, part=self.parts[part])
        cells = tuple(dict(zip(request.columns, row, strict=True)) for row in rows)
        return asking.enter_for(ask, actor=self.an, data=AnswerData("Ông Hặc", text=text, rows=cells), way=way)


def office() -> Office:
    province = UnitFactory(province=True, name="Vĩnh Hà")
    unit, away = UnitFactory(name="Mai Khê", parent=province), UnitFactory(name="Hồng Lạc", parent=province)

    def member(name: str, role: str, where: Unit) -> User:
        return UserFactory(person=PersonFactory(unit=where, full_name=name), role=role, unit=where)

    parts = {}
    for order, name in enumerate(("Thôn Đông", "Thôn Tây", "Thôn Nam")):
        head = PersonFactory(unit=unit, full_name=f"Lò Văn {name[5:]}", honorific="Ông", post="Trưởng thôn")
        parts[name] = PartFactory(unit=unit, name=name, order=order, head=head)
        Person.objects.filter(pk=head.pk).update(part=parts[name])
    school = "Trường Tiểu học Mai Khê"
    parts[school] = PartFactory(unit=unit, name=school, kind=Part.Kind.SCHOOL, order=9)
    PartFactory(unit=unit, name="Các thôn", kind=Part.Kind.GROUP, order=10)
    IssuerFactory(unit=unit)
    campaign = Campaign(
        unit=unit, title=TITLE, theme="Đoàn kết, sáng tạo", year=2026, register_by=DUE, state="running"
    )
    campaign.save()
    trees = Target.objects.create(
        campaign=campaign, order=1, text="Trồng cây phân tán", low=Decimal(3000), measure="cây", adds_up=True
    )
    poverty = Target.objects.create(
        campaign=campaign, order=2, text="Tỷ lệ hộ nghèo", low=Decimal(2), measure="%", direction="down"
    )
    people = (
        member("Lò Thị An", Role.OFFICER, unit),
        member("Vì Thị Lan", Role.LEADER, unit),
        member("Lò Văn Bình", Role.COUNCIL_MEMBER, unit),
        member("Vì Thị Cương", Role.OFFICER, away),
    )
    return Office(province, unit, *people, parts, campaign, trees, poverty)


def promised(target: Target, figure: str) -> Promise:
    return Promise(target.pk, Decimal(figure))


def codes(*subjects: Any) -> list[str]:
    """What the audit log tells of these rows, the oldest first."""
    wanted = {(row._meta.label_lower, row.pk) for row in subjects}
    entries = AuditEntry.objects.order_by("pk").values_list("subject_type", "subject_id", "code")
    return [code for kind, pk, code in entries if (kind, pk) in wanted]
