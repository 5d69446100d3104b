"""Hủy bỏ, thu hồi: a line of its own, once; the old one stays and says so."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from awards.judging import standing_grants
from awards.models import Decision, Grant
from awards.register.revoking import (
    NothingToRecover,
    NotRevocable,
    Revocation,
    RevokedAlready,
    note_recovered,
    revoke,
)
from core.errors import UnfitField
from core.models import AuditEntry
from tests.awards.rows import Office, a_grant, a_subject, an_office
from tests.units.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return an_office()


@pytest.fixture
def grant(office: Office) -> Grant:
    return a_grant(a_subject(office.unit), "GK", 2025, money=760_000, paid_on=dt.date(2026, 1, 5))


def said(**more: Any) -> Revocation:
    values: dict[str, Any] = {"number": "415/QĐ-UBND", "day": dt.date(2026, 5, 10), "reason": "Kê khai gian dối"}
    return Revocation(**(values | more))


def test_a_revocation_is_a_line_of_its_own(office, grant):
    made = revoke(grant, actor=office.officer, data=said(to_recover=760_000, signer="Lò Văn Thắng"))

    assert [(row.entry, row.name, row.money, row.reverses_id, row.reason) for row in Grant.objects.order_by("pk")] == [
        ("given", grant.name, 760_000, None, ""),
        ("revoked", grant.name, 760_000, grant.pk, "Kê khai gian dối"),
    ]
    decision = made.decision
    assert (decision.kind, decision.state, decision.number, decision.signer) == (
        *("revoke", "issued", "415/QĐ-UBND", "Lò Văn Thắng"),
    )
    assert list(standing_grants()) == []
    assert AuditEntry.objects.filter(code="awards.grant.revoked", subject_id=grant.pk).count() == 1


def test_one_decision_may_take_back_several(office, grant):
    other = a_grant(a_subject(office.unit, "Trần Văn Bình"), "LDTT", 2025)

    rows = [revoke(one, actor=office.officer, data=said()) for one in (grant, other)]

    assert [(row.decision_id, row.order) for row in rows] == [(rows[0].decision_id, 1), (rows[0].decision_id, 2)]
    assert Decision.objects.filter(kind="revoke").count() == 1


def test_a_second_revocation_changes_nothing(office, grant):
    revoke(grant, actor=office.officer, data=said())

    with pytest.raises(RevokedAlready):
        revoke(grant, actor=office.officer, data=said(number="500/QĐ-UBND"))

    assert (Grant.objects.count(), Decision.objects.filter(number="500/QĐ-UBND").count()) == (2, 0)


def test_a_revocation_is_not_revoked(office, grant):
    made = revoke(grant, actor=office.officer, data=said())

    with pytest.raises(NotRevocable):
        revoke(made, actor=office.officer, data=said())


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"number": "QĐ-UBND"}, "number"),
        ({"day": dt.date(2999, 1, 1)}, "day"),
        ({"day": dt.date(2025, 1, 1)}, "day"),  # before the award
        ({"reason": " "}, "reason"),
        ({"to_recover": -1}, "to_recover"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(office, grant, values, field):
    with pytest.raises(UnfitField) as refused:
        revoke(grant, actor=office.officer, data=said(**values))

    assert (refused.value.field, Grant.objects.count()) == (field, 1)


def test_money_comes_back_in_parts_and_never_more_than_is_owed(office, grant):
    made = revoke(grant, actor=office.officer, data=said(to_recover=760_000))

    note_recovered(made, actor=office.officer, amount=300_000, day=dt.date(2026, 6, 1))
    with pytest.raises(UnfitField):
        note_recovered(made, actor=office.officer, amount=760_001, day=dt.date(2026, 6, 2))
    with pytest.raises(NothingToRecover):
        note_recovered(grant, actor=office.officer, amount=1, day=dt.date(2026, 6, 2))

    made.refresh_from_db()
    assert (made.recovered, made.recovered_on) == (300_000, dt.date(2026, 6, 1))


def test_two_windows_write_one_line(office, grant):
    page, address = signed_in(office.officer), reverse("awards:revoke", args=[grant.pk])
    typed = {"number": "415/QĐ-UBND", "day": "10/5/2026", "reason": "Kê khai gian dối", "to_recover": "760.000"}
    assert page.get(address).context["form"].initial == {"to_recover": 760_000}

    first, second = page.post(address, typed), page.post(address, typed, follow=True)

    assert (first.status_code, first["Location"]) == (302, reverse("awards:grant", args=[grant.pk]))
    assert Grant.objects.count() == 2
    text = second.content.decode()
    assert "Không ghi thêm. Đã bị hủy bỏ, thu hồi theo Quyết định số 415/QĐ-UBND ngày 10/05/2026." in text
    assert "Kê khai gian dối" in text


def test_recovered_money_is_written_on_the_page_of_the_revocation(office, grant):
    made = revoke(grant, actor=office.officer, data=said(to_recover=760_000))
    page = signed_in(office.officer)

    answer = page.post(
        reverse("awards:recovered", args=[made.pk]), {"recovered": "760.000", "recovered_on": "1/6/2026"}, follow=True
    )

    assert "Đã thu hồi 760.000 đồng đến ngày 01/06/2026" in answer.content.decode()


def test_a_refused_form_keeps_what_was_typed(office, grant):
    typed = {"number": "415", "day": "32/5/2026", "reason": "", "to_recover": "nhiều"}

    answer = signed_in(office.officer).post(reverse("awards:revoke", args=[grant.pk]), typed)

    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"day", "reason", "to_recover"})
    assert 'value="32/5/2026"' in answer.content.decode()
