"""A commune that asks three villages and a school for a list, due on Friday; seen on a Tuesday morning."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core import files
from core.models import AuditEntry, StoredFile
from reminders.asking import links, presenters, selectors, services
from reminders.asking.values import AnswerData, RequestData
from reminders.models import Answer, Ask, Request
from tests.factories import PartFactory, PersonFactory
from tests.reminders.desk import Desk, desk
from tests.units.conftest import signed_in
from units.models import Part, User

DUE = dt.date(2026, 11, 20)
COLUMNS = ("Họ và tên", "Năm sinh", "Thành tích")
TITLE = "Danh sách đề nghị khen thưởng năm 2026"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"0" * 20
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class Office:
    desk: Desk
    parts: list[Part]
    windows: dict[int, Client] = field(default_factory=dict)

    @property
    def an(self) -> User:
        """Officer of the commune, who follows what she asks."""
        return self.desk.an

    def window(self, user: User) -> Client:
        """One for each person, signed in once."""
        if user.pk not in self.windows:
            self.windows[user.pk] = signed_in(user)
        return self.windows[user.pk]

    def page(self, name: str, *args: int, who: User | None = None, **query: Any) -> Any:
        return self.window(who or self.an).get(reverse(f"reminders:{name}", args=args), query)

    def post(self, name: str, *args: int, who: User | None = None, **said: Any) -> Any:
        return self.window(who or self.an).post(reverse(f"reminders:{name}", args=args), said)

    def data(self, **values: Any) -> RequestData:
        usual = {"title": TITLE, "due": DUE, "parts": self.parts, "follower": self.an.person}
        return RequestData(**(usual | values))

    def draft(self, **values: Any) -> Request:
        return services.create_request(self.desk.unit, actor=self.an, data=self.data(**values))

    def asked(self, **values: Any) -> Request:
        request = self.draft(**values)
        services.send_out(request, actor=self.an)
        return request

    def entered(self, ask: Ask, **values: Any) -> Answer:
        return services.enter_for(
            ask, actor=self.an, data=AnswerData(**({"sender": "Ông Hặc", "text": "Đủ"} | values))
        )


def office() -> Office:
    commune = desk()
    names = ("Thôn Đông", "Thôn Tây", "Thôn Nam")
    heads = [PersonFactory(unit=commune.unit, full_name=f"Lò Văn {name[5:]}", honorific="Ông") for name in names]
    villages = [
        PartFactory(unit=commune.unit, name=name, head=head, phone=f"0912 345 67{order}", order=order)
        for order, (name, head) in enumerate(zip(names, heads, strict=True))
    ]
    school = PartFactory(unit=commune.unit, name="Trường Tiểu học Mai Khê", kind=Part.Kind.SCHOOL, order=9)
    return Office(commune, [*villages, school])


def ask_of(request: Request, name: str = "Thôn Đông") -> Ask:
    return request.asks.select_related("request__unit", "part__head").get(part__name=name)


def path_of(ask: Ask) -> str:
    """The link, as a browser on this machine opens it."""
    return links.address_of(ask).removeprefix("http://127.0.0.1:8000")


def state_of(request: Request) -> dict[str, str]:
    """Place → how it stands on the board."""
    rows = [presenters.ask_row(ask, request, timezone.localdate()) for ask in selectors.asks_of(request)]
    return {str(row.ask): f"{row.state.word} {row.state.note}".strip() for row in rows}


def stored(office: Office, name: str = "mau.pdf", content: bytes = PDF) -> StoredFile:
    return files.store(io.BytesIO(content), name=name, unit_id=office.desk.unit.pk, actor=office.an)


def upload(name: str, content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def codes(*subjects: Any) -> list[str]:
    """What the audit log tells of these rows, the oldest first."""
    wanted = {(row._meta.label_lower, row.pk) for row in subjects}
    entries = AuditEntry.objects.order_by("pk").values_list("subject_type", "subject_id", "code")
    return [code for kind, pk, code in entries if (kind, pk) in wanted]
