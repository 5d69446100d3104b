"""Danh mục on the screen: the law on a day, what differs from it and by which paper; orders entered and changed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.catalogue.ordering import RuleData, add_rule, change_rule
from awards.catalogue.wording import condition_in_words
from awards.conditions import shipped_conditions
from awards.models import LocalRule
from awards.shipped import shipped_awards
from core.errors import UnfitField
from core.models import AuditEntry
from tests.awards.rows import Office, an_office
from tests.units.conftest import signed_in

pytestmark = pytest.mark.django_db

CATALOGUE = reverse("awards:catalogue")


@pytest.fixture
def office() -> Office:
    return an_office()


@pytest.fixture
def page(office: Office) -> Client:
    return signed_in(office.officer)


def award_page(page: Client, code: str, day: str = "1/9/2026") -> str:
    return page.get(f"{reverse('awards:award', args=[code])}?ngay={day}").content.decode()


def test_every_award_is_listed_and_has_its_page(page):
    text = page.get(CATALOGUE).content.decode()

    for code, award in shipped_awards().items():
        assert award.name in text
        assert page.get(reverse("awards:award", args=[code])).status_code == 200
    assert page.get(reverse("awards:award", args=["KHONGCO"])).status_code == 404


def test_every_condition_has_words():
    assert all(condition_in_words(one) for one in shipped_conditions())


@pytest.mark.parametrize(
    ("day", "decider", "money"),
    [
        ("30/6/2025", "Chủ tịch Ủy ban nhân dân cấp huyện", "2.340.000"),
        ("1/9/2026", "Chủ tịch Ủy ban nhân dân cấp xã", "2.530.000"),
    ],
)
def test_who_decides_and_what_is_paid_follow_the_day(page, day, decider, money):
    text = award_page(page, "CSTDCS", day)
    rows = page.get(f"{reverse('awards:award', args=['CSTDCS'])}?ngay={day}").context["money"]

    assert f"1 × {money} = {money} đồng" in text
    assert decider in {row.by for row in rows}
    assert (
        len({row.by for row in rows} & {"Chủ tịch Ủy ban nhân dân cấp huyện", "Chủ tịch Ủy ban nhân dân cấp xã"}) == 1
    )


def test_both_readings_and_both_sums_stand_side_by_side(page):
    conditions, money = award_page(page, "CSTDCS", "1/10/2026"), award_page(page, "GK")

    assert "Hoàn thành xuất sắc nhiệm vụ và có sáng kiến được công nhận ở cơ sở" in conditions
    assert conditions.count("Cần xác nhận") == 2
    for words in ("làm tròn lên 380.000 đồng", "làm tròn lên 760.000 đồng", "Cần xác nhận"):
        assert words in money


def test_a_day_without_a_base_salary_says_why_there_is_no_sum(page):
    assert "Mức lương cơ sở trước ngày 01/07/2024 chưa được kiểm chứng" in award_page(page, "LDTT", "1/1/2024")


def test_what_differs_from_the_law_shows_both_and_the_paper(office, page):
    LocalRule.objects.create(
        unit=office.province, award="CSTDCS", source="12/HD-SNV", days=15, due_month=12, due_day=10
    )

    text = award_page(page, "CSTDCS")

    for words in ("<s>20 ngày làm việc</s>", "<strong>15 ngày làm việc</strong>", "12/HD-SNV", "trước ngày 10/12"):
        assert words in text
    assert "15 ngày làm việc" in page.get(CATALOGUE).content.decode()


def test_queries_do_not_grow_with_the_rules(office, page):
    def asked() -> list[int]:
        counts = []
        for address in (CATALOGUE, reverse("awards:award", args=["GK"])):
            with CaptureQueriesContext(connection) as queries:
                page.get(address)
            counts.append(len(queries))
        return counts

    LocalRule.objects.create(unit=office.unit, award="GK", source="Q", days=1, valid_from=dt.date(2025, 1, 1))
    page.get(CATALOGUE)
    few = asked()
    for day in range(1, 29):
        LocalRule.objects.create(unit=office.unit, award="GK", source="Q", days=day, valid_from=dt.date(2025, 2, day))

    assert asked() == few


# -- Orders --------------------------------------------------------------------------------


def typed(**more: Any) -> dict[str, Any]:
    return {"source": "Hướng dẫn số 12/HD-SNV ngày 5/3/2026", "due": "10/12", "days": "15", **more}


def test_an_order_is_entered_on_the_page_and_changed(office, page):
    added = page.post(
        reverse("awards:local_rule_add", args=["GK"]),
        typed(
            unit=str(office.unit.pk),
            has_papers="on",
            papers=["submission"],
            own_papers="Ảnh chân dung\n\n",
            multiplier="0,3",
            recipient="person",
            quota_percent="12,5",
            quota_of="people",
            route="standing",
        ),
        follow=True,
    )
    assert "Đã lưu quy định" in added.content.decode()
    rule = LocalRule.objects.get()
    fields = ("award", "papers", "due_month", "due_day", "days", "multiplier", "recipient", "quota_percent", "route")
    assert [getattr(rule, name) for name in fields] == [
        *("GK", ["submission", "Ảnh chân dung"], 12, 10, 15, Decimal("0.3"), "person", Decimal("12.5"), "standing"),
    ]

    form = page.get(reverse("awards:local_rule", args=[rule.pk])).context["form"]
    again = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    page.post(reverse("awards:local_rule", args=[rule.pk]), {**again, "multiplier": "0,3", "days": "12"})

    rule.refresh_from_db()
    assert (rule.days, rule.papers, rule.multiplier) == (12, ["submission", "Ảnh chân dung"], Decimal("0.3"))
    entries = AuditEntry.objects.filter(code__startswith="awards.local_rule").order_by("pk")
    assert [entry.code for entry in entries] == ["awards.local_rule.added", "awards.local_rule.changed"]
    assert entries[1].changes == {"days": [15, 12]}


def test_an_order_that_was_wrong_is_removed(office, page):
    rule = add_rule(office.unit, "GK", actor=office.officer, data=RuleData("Q", days=3))

    page.post(reverse("awards:local_rule_remove", args=[rule.pk]))

    assert LocalRule.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"source": " ", "days": 3}, "source"),
        ({}, ""),
        ({"days": 0}, "days"),
        ({"vote_percent": 40}, "vote_percent"),
        ({"due_month": 2, "due_day": 30}, "due"),
        ({"quota_percent": Decimal(15)}, "quota_of"),
        ({"multiplier": Decimal(0)}, "multiplier"),
        ({"multiplier": Decimal(1), "recipient": "khac"}, "recipient"),
        ({"days": 3, "valid_from": dt.date(2026, 5, 1), "valid_to": dt.date(2026, 4, 1)}, "valid_to"),
        ({"papers": ("submission", "<b>x</b>")}, "own_papers"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(office, values, field):
    with pytest.raises(UnfitField) as refused:
        add_rule(office.unit, "GK", actor=office.officer, data=RuleData(**({"source": "Q"} | values)))

    assert (refused.value.field, LocalRule.objects.count()) == (field, 0)


def test_two_orders_from_one_day_are_refused(office):
    add_rule(office.unit, "GK", actor=office.officer, data=RuleData("Q", days=3))
    second = add_rule(office.unit, "GK", actor=office.officer, data=RuleData("Q", dt.date(2026, 1, 1), days=4))

    with pytest.raises(UnfitField) as refused:
        change_rule(second, actor=office.officer, data=RuleData("Q", days=4))

    assert refused.value.field == "valid_from"


def test_a_commune_reads_what_its_province_orders_and_does_not_change_it(office, page):
    rule = LocalRule.objects.create(unit=office.province, award="GK", source="12/HD-SNV", days=3)
    address = reverse("awards:local_rule", args=[rule.pk])

    assert "12/HD-SNV" in award_page(page, "GK")
    assert page.get(address).status_code == 403
    assert signed_in(an_office().officer).get(address).status_code == 404
    assert signed_in(office.leader).get(reverse("awards:local_rule_add", args=["GK"])).status_code == 403
