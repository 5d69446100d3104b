"""A commune whose round is decided: five who passed, an issuer, a chairman's paper."""

from __future__ import annotations

import datetime as dt
from typing import Any

from awards.deciding import issuing, services
from awards.deciding.printing import printed
from awards.models import Decision, Nominee
from documents.issuing import PaperData
from tests.awards.rows import Office, a_nominee, a_subject, an_office
from tests.factories import IssuerFactory
from units.models import User

TODAY = dt.date(2026, 11, 22)
SIGNED = dt.date(2026, 11, 20)


def an_office_to_decide(**more: Any) -> Office:
    office = an_office(**more)
    IssuerFactory(unit=office.unit)
    return office


def passed(office: Office, award: str = "LDTT", name: str = "Nguyễn Thị Hoa", **more: Any) -> Nominee:
    values = {"state": "passed", "honorific": "Bà", "post": "Giáo viên", "workplace": "Trường Tiểu học số 1"} | more
    where = office.lists[values.pop("sender", "school")]
    subject = values.pop("subject", None) or a_subject(office.unit, name, kind=values.get("kind", "person"))
    return a_nominee(where, award, subject, name=name, **values)


def a_draft(office: Office, *groups: str, actor: User | None = None) -> Decision:
    return services.draft(office.round, actor=actor or office.officer, groups=groups or ["LDTT:person"])


def typed(decision: Decision, **more: Any) -> PaperData:
    values = {"number": "01", "symbol": "QĐ-UBND", "date": SIGNED, "signer": "Lò Văn Thắng"} | more
    return issuing.paper_of(printed(decision), **values)


def issued(decision: Decision, *, actor: User, **more: Any) -> Decision:
    found = Decision.objects.select_related("unit", "round", "issuer__unit").get(pk=decision.pk)
    confirmed = more.pop("is_confirmed", False)
    issuing.record_issue(found, actor=actor, version=found.version, paper=typed(found, **more), is_confirmed=confirmed)
    return found


def drawn_quickly(paper: Any, to: str) -> bytes:
    """Instead of a second of WeasyPrint, where a test is about something else."""
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
