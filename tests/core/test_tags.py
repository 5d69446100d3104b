"""What templates say with the shared tags."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from core.paging import ListPage
from core.templatetags.tdkt import STATES, file_size, state_badge
from core.year import current_year, offered_years


def render(text: str, **context) -> str:
    return Template("{% load tdkt %}" + text).render(Context(context)).strip()


@pytest.mark.parametrize("state", sorted(STATES))
def test_every_state_has_its_word_and_its_shape(state):
    badge = state_badge(state)

    assert f'<span class="state-word">{STATES[state].word}</span>' in badge
    assert badge.count("<svg") == 1


def test_states_of_one_tone_differ_in_shape_or_word():
    looks = [(look.word, look.tone, look.shape) for look in STATES.values()]

    assert len(set(looks)) == len(looks)


def test_a_note_is_escaped():
    assert "(&lt;b&gt;)" in state_badge("overdue", note="<b>")


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 KB"), (512, "0,5 KB"), (1536, "1,5 KB"), (2 << 20, "2 MB"), (int(1.5 * (1 << 30)), "1,5 GB")],
)
def test_sizes_have_a_decimal_comma(size, words):
    assert file_size(size) == words


@pytest.mark.parametrize(
    ("sort", "href", "direction"),
    [
        ("ten", "?q=an&amp;xep=-ten", ' aria-sort="ascending"'),
        ("-ten", "?q=an&amp;xep=ten", ' aria-sort="descending"'),
        ("ma", "?q=an&amp;xep=ten", ""),
    ],
)
def test_a_head_sorts_by_its_column_keeps_filters_and_starts_at_the_first_page(sort, href, direction):
    page = ListPage([], 0, 1, 1, 25, sort)
    request = RequestFactory().get(f"/don-vi/?q=an&trang=3&xep={sort}")

    head = render('{% sort_head page "ten" "Tên" %}', page=page, request=request)

    assert head.startswith(f'<th scope="col"{direction}><a class="sort-link" href="{href}">Tên')


def test_a_way_back_without_memory_is_the_bare_list():
    request = RequestFactory().get("/")

    assert render("{% list_url 'units:list' %}", request=request) == "/don-vi/"


@pytest.mark.parametrize(
    ("query", "year"), [("nam=2025", 2025), ("nam=1999", 2026), ("nam=20x5", 2026), ("nam=²⁰²⁵", 2026), ("", 2026)]
)
def test_the_year_is_chosen_by_the_address_and_remembered(time_machine_2026, query, year):
    request = RequestFactory().get(f"/?{query}")
    request.session = {}
    assert current_year(request) == year

    again = RequestFactory().get("/")
    again.session = request.session

    assert current_year(again) == year


def test_next_year_down_to_four_years_back_are_offered_and_the_chosen_one(time_machine_2026):
    assert offered_years(2019) == [2027, 2026, 2025, 2024, 2023, 2022, 2019]


@pytest.fixture
def time_machine_2026(time_machine):
    time_machine.move_to("2026-11-21T03:00:00+07:00")
