"""Who cross-checks whom: properties of every rotation, and how well last year is avoided."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.reviewing.rotation import rotated

keys = st.lists(st.text("abcdefghijk", min_size=1, max_size=3), min_size=2, max_size=14, unique=True)


@st.composite
def with_past(draw, names=keys):
    members = draw(names)
    others = st.sampled_from([*members, "one that left"])
    return members, draw(st.dictionaries(st.sampled_from(members), others)), draw(st.integers(0, 3_000))


@given(with_past())
def test_everybody_checks_one_other_and_is_checked_by_one_other(case):
    members, past, year = case

    found = rotated(members, past, year=year)

    assert list(found) == members
    assert sorted(found.values()) == sorted(members)
    assert all(key != checker for key, checker in found.items())


def _fewest_repeats(members, past) -> int:
    """By trying every arrangement."""
    return min(
        sum(past.get(key) == checker for key, checker in zip(members, order, strict=True))
        for order in permutations(members)
        if all(key != checker for key, checker in zip(members, order, strict=True))
    )


@given(with_past(st.lists(st.text("abcdef", min_size=1, max_size=1), min_size=2, max_size=6, unique=True)))
def test_no_arrangement_repeats_fewer_pairs_of_last_year(case):
    members, past, year = case

    found = rotated(members, past, year=year)

    assert sum(past.get(key) == checker for key, checker in found.items()) == _fewest_repeats(members, past)


@given(keys, st.integers(2000, 2100))
def test_three_years_running_no_pair_comes_back_at_once(members, year):
    before = rotated(members, {}, year=year)
    after = rotated(members, before, year=year + 1)

    assert len(members) == 2 or not set(before.items()) & set(after.items())


@pytest.mark.parametrize("members", [[], ["An Bình"]])
def test_nobody_is_checked_where_there_is_nobody_else(members):
    assert rotated(members, {}) == {}


def test_two_do_not_check_each_other_where_another_circle_is_as_good():
    found = rotated(["a", "b", "c", "d"], {}, year=1)

    assert all(found[found[key]] != key for key in found)
