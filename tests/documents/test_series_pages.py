"""Sổ số: who gives the numbers is seen, explained and chosen on a page, by those who keep the register."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from core import audit
from documents import series
from documents.models import IssuedPaper, NumberSeries
from tests.factories import IssuerFactory, UserFactory
from tests.plans.rows import again, written
from tests.units.conftest import signed_in
from units.models import Issuer, Membership, Unit

pytestmark = pytest.mark.django_db

Role, Mode = Membership.Role, NumberSeries.Mode
LIST, OPEN = reverse("documents:series_list"), reverse("documents:series_open")
KH = "KH-UBND"
QUERIES = 7


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2026, 2, 20, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def issuer() -> Issuer:
    return IssuerFactory(unit__name="Vân Khê")


@pytest.fixture
def officer(issuer) -> Any:
    return UserFactory(role=Role.OFFICER, unit=issuer.unit)


@pytest.fixture
def page(officer) -> Client:
    return signed_in(officer)


def kept(issuer: Issuer, name: str = KH, year: int = 2026, **values: Any) -> NumberSeries:
    return NumberSeries.objects.create(issuer=issuer, name=name, year=year, **values)


def paper(issuer: Issuer, number: str, symbol: str = KH) -> IssuedPaper:
    return IssuedPaper.objects.create(
        issuer=issuer, kind="Kế hoạch", number=number, symbol=symbol, date=dt.date(2026, 1, 12)
    )


def address(row: NumberSeries) -> str:
    return reverse("documents:series", args=[row.pk])


def typed(shown: NumberSeries, **values: Any) -> dict[str, Any]:
    """What the page sends back: the number that it showed goes along."""
    return {
        "mode": shown.mode,
        "last_number": str(shown.last_number),
        "initial-last_number": str(shown.last_number),
        **values,
    }


def told(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


# -- The list ------------------------------------------------------------------------------


def test_the_list_holds_the_series_of_the_own_issuers(page, issuer):
    kept(issuer, KH, 2026, last_number=27)
    kept(issuer, "QĐ-UBND", 2025, mode=Mode.OWN)
    kept(IssuerFactory(), "KH-KHAC")

    def names(query: str = "") -> list[str]:
        return [row.name for row in page.get(f"{LIST}{query}").context["page"].rows]

    assert names() == [KH, "QĐ-UBND"]
    assert page.get(LIST).content.decode().count("Mọi năm") == 1
    assert names("?nam=2025") == ["QĐ-UBND"]
    assert names("?cach=register") == [KH]
    assert names(f"?cq={issuer.pk}&xep=-so") == ["QĐ-UBND", KH]


def test_the_list_asks_the_database_as_often_for_300_series_as_for_3(page, issuer, django_assert_num_queries):
    def asked() -> int:
        with django_assert_num_queries(QUERIES) as queries:
            answer = page.get(f"{LIST}?dong=100")
        assert len(answer.context["page"].rows) == min(NumberSeries.objects.count(), 100)
        return len(queries)

    for number in range(3):
        kept(issuer, f"KH-{number}")
    page.get(f"{LIST}?dong=100")  # the first look is written down in the session
    few = asked()
    for number in range(3, 300):
        kept(issuer, f"KH-{number}")

    assert asked() == few


@pytest.mark.parametrize(("role", "buttons"), [(Role.OFFICER, 1), (Role.CLERK, 1), (Role.LEADER, 0)])
def test_an_empty_list_teaches_and_offers_what_one_may_do(issuer, role, buttons):
    answer = signed_in(UserFactory(role=role, unit=issuer.unit)).get(LIST).content.decode()

    assert "Chưa có sổ số nào" in answer
    assert answer.count(f'class="btn btn-primary" href="{OPEN}"') == buttons


# -- Opening one ---------------------------------------------------------------------------


def test_a_council_opens_its_own_book_before_its_first_paper(page, issuer, officer):
    data = {"issuer": issuer.name, "symbol": "KH-HĐTĐKT", "year": "2026", "mode": "own", "last_number": "4"}

    answer = page.post(OPEN, data | {"initial-last_number": ""}, follow=True)

    row = NumberSeries.objects.get()
    assert answer.redirect_chain == [(address(row), 302)]
    assert (row.issuer, row.name, row.year, row.mode, row.last_number) == (issuer, "KH-HĐTĐKT", 2026, Mode.OWN, 4)
    assert told(answer) == ["Đã lưu. Chương trình cấp số; số tiếp theo là 05."]
    assert [(entry[0], entry[3]) for entry in written()] == [
        ("documents.series.opened", officer.pk),
        ("documents.series.mode", officer.pk),
        ("documents.series.counter", officer.pk),
    ]
    assert audit.first_broken_link(issuer.unit_id) is None


def test_a_symbol_that_papers_bear_is_known_whatever_capitals_are_typed(page, issuer):
    paper(issuer, "27")

    page.post(OPEN, {"issuer": issuer.name, "symbol": "kh-ubnd", "year": "2026", "mode": "own"})

    row = NumberSeries.objects.get()
    assert (row.name, row.last_number) == (KH, 27)


def test_an_issuer_with_one_book_needs_no_symbol_and_another_does(page, issuer):
    one_book = IssuerFactory(unit=issuer.unit, name_lines="HỘI ĐỒNG", series="Văn bản hành chính")
    data = {"symbol": "", "year": "2026", "mode": "register"}

    refused = page.post(OPEN, {**data, "issuer": issuer.name})
    page.post(OPEN, {**data, "issuer": one_book.name})

    assert refused.context["form"].errors == {"symbol": ["Hãy ghi ký hiệu: cơ quan này có sổ riêng cho từng ký hiệu."]}
    assert [row.name for row in NumberSeries.objects.all()] == ["Văn bản hành chính"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"issuer": "Nơi khác"}, "issuer"),
        ({"symbol": "<b>KH</b>"}, "symbol"),
        ({"year": "1900"}, "year"),
        ({"mode": "khac"}, "mode"),
        ({"last_number": "-1"}, "last_number"),
        ({"last_number": "12345678"}, "last_number"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(page, issuer, values, field):
    data = {"issuer": issuer.name, "symbol": KH, "year": "2026", "mode": "own", "last_number": "3"}

    answer = page.post(OPEN, {**data, **values})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert NumberSeries.objects.count() == 0


# -- One series ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "last", "standing"),
    [
        (Mode.REGISTER, 0, "Chưa có số nào."),
        (Mode.REGISTER, 27, "Ghi theo số văn thư đã cấp; số mới nhất là 27."),
        (Mode.OWN, 0, "Chương trình cấp số; số tiếp theo là 01."),
        (Mode.OWN, 26, "Chương trình cấp số; số tiếp theo là 28."),
    ],
)
def test_its_page_says_how_numbers_are_given_and_which_comes_next(page, issuer, mode, last, standing):
    paper(issuer, "27")

    answer = page.get(address(kept(issuer, mode=mode, last_number=last)))

    assert answer.context["standing"] == standing
    assert "không trùng, không nhảy" in answer.content.decode()


def test_another_way_of_giving_numbers_is_chosen_and_told(page, issuer):
    row = kept(issuer, last_number=27)

    answer = page.post(address(row), typed(row, mode="own"), follow=True)

    assert told(answer) == ["Đã lưu. Chương trình cấp số; số tiếp theo là 28."]
    assert [(entry[0], entry[4]) for entry in written()] == [
        ("documents.series.mode", {"mode": ["Theo sổ của văn thư", "Chương trình cấp số"]})
    ]


def test_a_counter_goes_on_after_the_number_that_is_typed_but_not_below_a_paper(page, issuer):
    paper(issuer, "27")
    row = kept(issuer, mode=Mode.OWN, last_number=27)

    refused = page.post(address(row), typed(row, last_number="12"))
    page.post(address(row), typed(row, last_number="45"))

    assert refused.context["form"].errors == {
        "last_number": ["Sổ «KH-UBND 2026» đã có văn bản mang số 27; số mới nhất không thể thấp hơn."]
    }
    assert again(row).last_number == 45


def test_a_number_given_while_the_page_was_open_stays(page, issuer):
    row = kept(issuer, mode=Mode.REGISTER, last_number=27)
    shown = typed(row, mode="own")
    NumberSeries.objects.update(last_number=31)

    page.post(address(row), shown)

    assert (again(row).mode, again(row).last_number) == (Mode.OWN, 31)


def test_books_of_single_symbols_are_closed_where_the_office_keeps_one_for_all(page, issuer):
    row = kept(issuer)
    Issuer.objects.filter(pk=issuer.pk).update(series="Văn bản hành chính")

    answer = page.get(address(row))

    assert answer.context["standing"] == ("Không dùng nữa: cơ quan này đã chuyển sang sổ chung «Văn bản hành chính».")
    assert answer.context["form"] is None


@pytest.mark.parametrize(("role", "code"), [(Role.OFFICER, 302), (Role.CLERK, 302), (Role.LEADER, 403)])
def test_officer_and_clerk_choose_and_others_read(issuer, role, code):
    row = kept(issuer)
    window = signed_in(UserFactory(role=role, unit=issuer.unit))

    assert window.get(address(row)).status_code == 200
    assert window.post(address(row), typed(row, mode="own")).status_code == code
    assert again(row).mode == (Mode.OWN if code == 302 else Mode.REGISTER)


def test_an_heir_reads_what_its_predecessor_left_and_changes_nothing(page, issuer):
    old = IssuerFactory(unit=Unit.objects.create(kind="commune", designation="xã", name="Cũ", code="X-cũ"))
    old.unit.heirs.create(new_unit=issuer.unit, date=dt.date(2025, 7, 1))
    row = kept(old)

    assert page.get(address(row)).context["form"] is None
    assert page.post(address(row), typed(row, mode="own")).status_code == 403


def test_the_counter_of_the_page_is_the_one_that_papers_get(page, issuer, officer):
    row = kept(issuer, mode=Mode.OWN, last_number=6)
    shown = page.get(address(row)).context["standing"]

    given = series.next_number(issuer=issuer, symbol=KH, year=2026, actor=officer)

    assert (shown, given) == ("Chương trình cấp số; số tiếp theo là 07.", "07")
