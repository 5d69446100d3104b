"""Without an account: a certificate is checked by its code, and the list holds only what may be public."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Decision, Grant
from awards.register.public_views import RATES
from awards.register.revoking import Revocation, revoke
from core.models import AuditEntry
from tests.awards.rows import Office, a_grant, a_subject, an_office
from tests.units.conftest import signed_in

pytestmark = pytest.mark.django_db

LIST = reverse("awards:public_list")
DETAILS = {"detail": "Giáo viên, số nhà 12", "achievement": "Cứu người", "money": 760_000, "honorific": "Bà"}


@pytest.fixture
def office() -> Office:
    return an_office()


@pytest.fixture
def grant(office: Office) -> Grant:
    subject = a_subject(office.unit, "Nguyễn Thị Hoa", part=office.school, birth_year=1980, post="Hiệu trưởng")
    return published(a_grant(subject, "CSTDCS", 2025, **DETAILS))


def published(grant: Grant) -> Grant:
    Decision.objects.filter(pk=grant.decision_id).update(state="published")
    return grant


def verify(code: str, visitor: Client | None = None) -> Any:
    return (visitor or Client()).get(reverse("awards:verify", args=[code]))


def test_the_code_tells_name_unit_award_decision_validity_and_nothing_else(office, grant):
    answer = verify(grant.code)

    text = answer.content.decode()
    assert answer.status_code == 200
    for words in ("Bà Nguyễn Thị Hoa", f"Trường Tiểu học số 1, {office.unit.title}", "đang có hiệu lực", "31/12/2025"):
        assert words in text
    for hidden in ("Giáo viên", "số nhà", "Cứu người", "760", "1980", "Hiệu trưởng"):
        assert hidden not in text
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")


def test_a_revoked_award_says_so_and_by_which_decision(office, grant):
    reversal = revoke(
        grant,
        actor=office.officer,
        data=Revocation("415/QĐ-UBND", grant.decision.day.replace(year=2026, month=5), "Kê khai gian dối"),
    )

    text = verify(grant.code).content.decode()

    assert "Đã bị hủy bỏ theo Quyết định số 415/QĐ-UBND ngày 31/05/2026." in text
    assert "gian dối" not in text
    assert verify(reversal.code).status_code == 404  # the line that takes back has no certificate


@pytest.mark.parametrize("code", ["khong-co", "x" * 300, "Ma%20la", "1"])
def test_whatever_is_wrong_with_a_code_is_one_page_with_one_status(grant, code):
    known = verify("khongcomanaonhuthe123")

    with CaptureQueriesContext(connection) as queries:
        answer = verify(code)

    assert (answer.status_code, answer.content) == (404, known.content)
    lookups = [one for one in queries if "awards_grant" in one["sql"]]
    assert len(lookups) == 1


def test_guessing_ends_after_a_while_even_for_a_right_code(grant, monkeypatch):
    monkeypatch.setitem(RATES, "verify", "2/5m/ip")
    visitor = Client()
    before = verify(grant.code, visitor).status_code
    for number in range(2):
        verify(f"doan-{number}", visitor)

    assert (before, verify(grant.code, visitor).status_code) == (200, 404)


def test_looking_at_right_codes_costs_no_guess(grant):
    visitor = Client()

    assert {verify(grant.code, visitor).status_code for _ in range(40)} == {200}


def test_only_what_may_be_public_is_listed(office, grant):
    draft = a_grant(a_subject(office.unit, "Chưa công bố"), "GK", 2025)
    held = published(a_grant(a_subject(office.unit, "Xin không công khai"), "GK", 2025, is_public=False))
    gone = published(a_grant(a_subject(office.unit, "Đã bị hủy"), "GK", 2025))
    revoke(gone, actor=office.officer, data=Revocation("9/QĐ-UBND", gone.decision.day, "Sai"))

    text = Client().get(LIST).content.decode()

    assert "Nguyễn Thị Hoa" in text
    for hidden in (draft, held, gone):
        assert hidden.name not in text
    for words in ("Giáo viên", "760", "1980", "Cứu người"):
        assert words not in text


def test_the_list_is_searched_without_marks_paged_and_gives_no_session(office, grant):
    for number in range(30):
        published(a_grant(a_subject(office.unit, f"Trần Văn {number}"), "GK", 2024))
    visitor = Client()

    found = visitor.get(f"{LIST}?q=nguyen thi hoa")
    second = visitor.get(f"{LIST}?trang=2")

    assert [row[0].name for row in found.context["rows"]] == ["Nguyễn Thị Hoa"]
    assert len(second.context["rows"]) == 6
    assert "sessionid" not in visitor.cookies


def test_queries_of_the_list_do_not_grow(office, grant):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            Client().get(LIST)
        return len([one for one in queries if "cache" not in one["sql"]])

    few = asked()
    for number in range(24):
        published(a_grant(a_subject(office.unit, f"Trần Văn {number}"), "GK", 2024))

    assert asked() == few


def test_too_many_pages_are_refused_for_a_while(grant, monkeypatch):
    monkeypatch.setitem(RATES, "list", "2/5m/ip")
    visitor = Client()

    assert [visitor.get(LIST).status_code for _ in range(3)] == [200, 200, 429]


def test_the_qr_leads_to_the_public_page(office, grant):
    answer = signed_in(office.officer).get(reverse("awards:grant", args=[grant.pk]))

    assert answer.context["verify_url"].endswith(reverse("awards:verify", args=[grant.code]))


def test_who_asks_not_to_be_listed_is_taken_off_and_still_verified(office, grant):
    page, address = signed_in(office.officer), reverse("awards:grant_publicity", args=[grant.pk])

    page.post(address, {"cong-khai": "khong"})
    hidden = (grant.name in Client().get(LIST).content.decode(), verify(grant.code).status_code)
    page.post(address, {"cong-khai": "co"})

    assert hidden == (False, 200)
    assert grant.name in Client().get(LIST).content.decode()
    assert AuditEntry.objects.filter(code="awards.grant.publicity").count() == 2
