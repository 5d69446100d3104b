"""Who heads the cluster next."""

from __future__ import annotations

import pytest

from clusters.running.rotation import Roles, Term, proposed

FOUR = ("An Bình", "Bình Minh", "Cẩm Sơn", "Đông Hải")


def test_the_first_year_begins_with_the_order():
    assert proposed(FOUR, []) == Roles("An Bình", "Bình Minh")


def test_the_deputy_becomes_head_and_who_waited_longest_deputy():
    past = [Term(2025, "An Bình", "Bình Minh")]

    assert proposed(FOUR, past) == Roles("Bình Minh", "Cẩm Sơn")


def test_whom_it_was_handed_over_to_goes_before_the_deputy():
    past = [Term(2025, "An Bình", "Bình Minh", handed_to="Đông Hải")]

    assert proposed(FOUR, past) == Roles("Đông Hải", "Bình Minh")


def test_a_deputy_that_left_is_followed_by_who_waited_longest():
    past = [Term(2024, "Bình Minh", "Cẩm Sơn"), Term(2025, "Cẩm Sơn", "Xã cũ")]

    assert proposed(FOUR, past) == Roles("Đông Hải", "An Bình")


def test_years_come_in_any_order():
    past = [Term(2025, "Bình Minh", None), Term(2023, "Cẩm Sơn", None), Term(2024, "An Bình", None)]

    assert proposed(FOUR[:3], past) == Roles("Cẩm Sơn", "An Bình")


def test_everybody_heads_once_before_anybody_heads_twice():
    past: list[Term] = []
    for year in range(2020, 2028):
        roles = proposed(FOUR, past)
        past.append(Term(year, roles.head, roles.deputy))

    heads = [term.head for term in past]
    assert sorted(heads[:4]) == sorted(heads[4:]) == sorted(FOUR)
    assert all(term.head != term.deputy for term in past)


@pytest.mark.parametrize(("members", "roles"), [((), Roles(None, None)), (("Một",), Roles("Một", None))])
def test_a_list_too_short_for_both_roles(members, roles):
    assert proposed(members, [Term(2025, "Một", "Hai")]) == roles
