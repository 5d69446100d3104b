"""Sổ khen thưởng on the screen: found, sorted, counted, opened, taken to Excel."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from awards.models import Decision, Grant
from tests.awards.rows import Office, a_grant, a_subject, an_office
from tests.core.sheet_samples import downloaded, read_book
from tests.factories import UnitFactory
from tests.units.conftest import signed_in
from units.models import Succession

pytestmark = pytest.mark.django_db

REGISTER = reverse("awards:register")


@pytest.fixture
def office() -> Office:
    return an_office()


@pytest.fixture
def page(office: Office) -> Client:
    return signed_in(office.officer)


def names(answer: Any) -> list[str]:
    return [grant.name for grant in answer.context["page"].rows]


def four(office: Office) -> None:
    a_grant(a_subject(office.unit, "Nguyễn Thị Hoa"), "CSTDCS", 2025, level="direct")
    a_grant(a_subject(office.unit, "Trần Văn Bình"), "GK", 2024, mode="sudden", money=760_000)
    a_grant(a_subject(office.unit, "Thôn Đông", kind="collective"), "TTLDTT", 2023)
    a_grant(a_subject(office.unit, "Bùi Thị Đào"), "", 2022)
    a_grant(a_subject(an_office().unit, "Người xã khác"), "GK", 2025)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Nguyễn Thị Hoa", "Trần Văn Bình", "Thôn Đông", "Bùi Thị Đào"]),
        ("?q=hoa nguyen", ["Nguyễn Thị Hoa"]),
        ("?q=THON dong", ["Thôn Đông"]),
        ("?q=gk-2024/qd", ["Trần Văn Bình"]),
        ("?nam=2024", ["Trần Văn Bình"]),
        ("?danh_hieu=CSTDCS", ["Nguyễn Thị Hoa"]),
        ("?danh_hieu=khac", ["Bùi Thị Đào"]),
        ("?doi_tuong=collective", ["Thôn Đông"]),
        ("?phan_loai=direct", ["Nguyễn Thị Hoa"]),
        ("?phuong_thuc=sudden", ["Trần Văn Bình"]),
        ("?tinh_trang=da-huy", []),
        ("?xep=ten", ["Bùi Thị Đào", "Nguyễn Thị Hoa", "Thôn Đông", "Trần Văn Bình"]),
        ("?xep=nam", ["Bùi Thị Đào", "Thôn Đông", "Trần Văn Bình", "Nguyễn Thị Hoa"]),
    ],
)
def test_lines_are_found_without_marks_filtered_and_sorted(office, page, query, found):
    four(office)

    assert names(page.get(f"{REGISTER}{query}")) == found


def test_an_heir_reads_what_its_predecessor_left_and_can_choose_it(office, page):
    before = UnitFactory.create(parent=office.province, name="Cũ")
    Succession.objects.create(old_unit=before, new_unit=office.unit, date=dt.date(2025, 7, 1))
    a_grant(a_subject(before, "Lê Văn Tám"), "CSTDCS", 2020)
    a_grant(a_subject(office.unit, "Nguyễn Thị Hoa"), "CSTDCS", 2025)

    assert names(page.get(REGISTER)) == ["Nguyễn Thị Hoa", "Lê Văn Tám"]
    assert names(page.get(f"{REGISTER}?don_vi={before.pk}")) == ["Lê Văn Tám"]


def test_the_list_asks_the_database_as_often_for_300_rows_as_for_3(office, page, django_assert_num_queries):
    def enter(many: int) -> None:
        for number in range(many):
            a_grant(a_subject(office.unit, f"Người {Grant.objects.count()}"), "LDTT", 2020 + number % 6)

    def asked() -> int:
        with django_assert_num_queries(QUERIES) as queries:
            answer = page.get(f"{REGISTER}?dong=100")
        assert len(names(answer)) == min(Grant.objects.count(), 100)
        return len(queries)

    enter(3)
    page.get(f"{REGISTER}?dong=100")  # the first look is written down in the session

    few = asked()
    enter(297)

    assert (few, asked()) == (QUERIES, QUERIES)


QUERIES = 7


def test_the_empty_register_teaches(page):
    answer = page.get(REGISTER)

    assert "Sổ khen thưởng chưa có dòng nào" in answer.content.decode()


def test_excel_holds_what_the_page_shows(office, page):
    four(office)
    grant = Grant.objects.get(award="GK", unit=office.unit)

    sheet = read_book(downloaded(page.get(f"{reverse('awards:export_register')}?danh_hieu=GK")))["Sổ khen thưởng"]

    [row] = [row for row in sheet if "Trần Văn Bình" in row]
    assert (row[1], row[5], row[6], row[9], row[10], row[12], row[14]) == (
        *(grant.decision.number, "Trần Văn Bình", "Cá nhân", "GK", 2024, "Đột xuất", 760_000),
    )
    assert not any("Nguyễn Thị Hoa" in row for row in sheet)


def test_one_line_says_by_which_decision_and_shows_its_code(office, page):
    grant = a_grant(
        a_subject(office.unit, "Trần Văn Bình"), "GK", 2024, money=760_000, golden_number="12", detail="Thôn Đông"
    )
    Decision.objects.filter(pk=grant.decision_id).update(number="312/QĐ-UBND", signer="Lò Văn Thắng")

    answer = page.get(reverse("awards:grant", args=[grant.pk]))

    text = answer.content.decode()
    assert answer.context["standing"] == (
        "Khen thưởng theo Quyết định số 312/QĐ-UBND ngày 31/12/2024; đang có hiệu lực."
    )
    for words in ("760.000 đồng", "Lò Văn Thắng", grant.code, 'src="data:image/svg+xml', "Hủy bỏ, thu hồi…"):
        assert words in text


def test_a_leader_reads_a_line_and_may_not_take_it_back(office):
    grant = a_grant(a_subject(office.unit), "GK", 2024)
    leader = signed_in(office.leader)

    answer = leader.get(reverse("awards:grant", args=[grant.pk]))

    assert (answer.status_code, "Hủy bỏ, thu hồi…" in answer.content.decode()) == (200, False)
    assert leader.get(reverse("awards:revoke", args=[grant.pk])).status_code == 403
