"""Lists: whitelisted order, pages of one size, the way back."""

from __future__ import annotations

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.test import RequestFactory

from core.paging import list_page, remembered_query, search
from units.models import Unit
from units.services import create_unit

SORTS = {"ten": "search", "ma": ("kind", "-code")}


def request_for(query: str = ""):
    request = RequestFactory().get(f"/don-vi/?{query}")
    request.session = SessionStore()
    return request


@pytest.fixture
def units(db) -> list[Unit]:
    return [create_unit(actor=None, kind="commune", designation="xã", name="An Sơn", code=f"{n:05}") for n in range(7)]


def test_equal_rows_are_told_apart_so_that_pages_neither_repeat_nor_lose_one(units):
    Unit.objects.update(search="xa an son")
    pages = [
        list_page(request_for(f"trang={n}&dong=3"), Unit.objects.all(), sorts=SORTS, default="ten") for n in (1, 2, 3)
    ]

    assert [[unit.pk for unit in page] for page in pages] == [
        [units[6].pk, units[5].pk, units[4].pk],
        [units[3].pk, units[2].pk, units[1].pk],
        [units[0].pk],
    ]
    assert [(page.first, page.last, page.remaining, page.following) for page in pages] == [
        (1, 3, 4, 3),
        (4, 6, 1, 1),
        (7, 7, 0, 0),
    ]
    assert [(page.previous, page.next) for page in pages] == [(None, 2), (1, 3), (2, None)]


@pytest.mark.parametrize(
    ("query", "sort"),
    [("", "ten"), ("xep=ma", "ma"), ("xep=-ma", "-ma"), ("xep=password", "ten"), ("xep=--ma", "ten"), ("xep=", "ten")],
)
def test_only_listed_columns_sort(units, query, sort):
    assert list_page(request_for(query), Unit.objects.all(), sorts=SORTS, default="ten").sort == sort


def test_minus_turns_every_field_of_a_column_round(units):
    up = list_page(request_for("xep=ma"), Unit.objects.all(), sorts=SORTS, default="ten")
    down = list_page(request_for("xep=-ma"), Unit.objects.all(), sorts=SORTS, default="ten")

    assert [unit.code for unit in up] == [f"{n:05}" for n in (6, 5, 4, 3, 2, 1, 0)]
    assert [unit.code for unit in down] == [f"{n:05}" for n in range(7)]


@pytest.mark.parametrize(
    ("query", "number", "size"),
    [
        ("trang=99", 1, 25),
        ("trang=0", 1, 25),
        ("trang=-1", 1, 25),
        ("trang=abc", 1, 25),
        ("trang=99999999999999999999", 1, 25),
        ("dong=2&trang=99", 4, 2),
        ("dong=5000", 1, 100),
        ("dong=0", 1, 1),
        ("dong=x", 1, 25),
    ],
)
def test_any_page_asked_for_is_one_that_exists(units, query, number, size):
    page = list_page(request_for(query), Unit.objects.all(), sorts=SORTS, default="ten")

    assert (page.number, page.size) == (number, size)
    assert page.rows != []


def test_the_whole_list_stands_on_one_page_to_be_printed(units):
    short = list_page(request_for("dong=3"), Unit.objects.all(), sorts=SORTS, default="ten")
    whole = list_page(request_for("dong=tat-ca"), Unit.objects.all(), sorts=SORTS, default="ten")

    assert (len(short), short.printable) == (3, 7)
    assert (len(whole), whole.size, whole.pages, whole.printable) == (7, 1_000, 1, 0)


def test_an_empty_list_has_one_empty_page(db):
    page = list_page(request_for(), Unit.objects.none(), sorts=SORTS, default="ten")

    assert (page.rows, page.total, page.pages, page.first, page.last, page.remaining) == ([], 0, 1, 0, 0, 0)


def test_the_way_back_keeps_the_filters_last_used(units):
    request = request_for("q=an&trang=2")

    list_page(request, Unit.objects.all(), sorts=SORTS, default="ten")

    assert remembered_query(request, "/don-vi/") == "q=an&trang=2"
    assert remembered_query(request, "/ke-hoach/") == ""


def test_showing_the_same_list_again_does_not_write_the_session(units):
    request = request_for("q=an")
    list_page(request, Unit.objects.all(), sorts=SORTS, default="ten")
    request.session.modified = False

    list_page(request, Unit.objects.all(), sorts=SORTS, default="ten")

    assert request.session.modified is False


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("dong thang", ["Đồng Thắng"]),
        ("THẮNG xa", ["Đồng Thắng"]),
        ("lam", ["Lâm Ca"]),
        ("lam dong", []),
        ("  ", ["Đồng Thắng", "Lâm Ca"]),
    ],
)
def test_words_are_found_without_marks_and_in_any_order(db, words, found):
    for name in ("Đồng Thắng", "Lâm Ca"):
        create_unit(actor=None, kind="commune", designation="xã", name=name)

    assert [unit.name for unit in search(Unit.objects.order_by("pk"), words)] == found
