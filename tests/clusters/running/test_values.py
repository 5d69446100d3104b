"""Quotas as offices write them, and what a part of a plan's file says."""

from __future__ import annotations

import datetime as dt

import pytest

from clusters import season_part
from clusters.running.values import QuotaData, quotas_in_words, read_quotas
from core.errors import UnfitField

PART = {
    "cluster": "Cụm thi đua số 2",
    "kind": "cluster",
    "members": [{"name": "Xã An Bình", "role": "head"}, {"name": "Xã Bình Minh", "role": "deputy"}],
    "steps": [
        {"kind": "report", "task": 1, "asks_members": True},
        {"kind": "other", "text": "Việc riêng", "time_text": "", "start": None, "due": "2026-11-30"},
    ],
    "quotas": [{"award": "Cờ thi đua", "count": 2}],
    "has_cross": True,
    "has_head": False,
    "late_from": "sent",
    "late_in": "working",
    "explain_days": 3,
    "shows": "all",
}


@pytest.mark.parametrize(
    "text",
    [
        "02 Cờ thi đua, 01 Bằng khen",
        "2 Cờ thi đua; 1 Bằng khen.",
        "02 Cờ thi đua\n\n01   Bằng khen",
    ],
)
def test_quotas_are_read_as_offices_write_them(text):
    found = read_quotas(text)

    assert found == [QuotaData("Cờ thi đua", 2), QuotaData("Bằng khen", 1)]
    assert quotas_in_words(found) == "02 Cờ thi đua, 01 Bằng khen"


def test_a_comma_within_a_name_parts_nothing():
    assert read_quotas("01 Bằng khen cho tập thể, cá nhân") == [QuotaData("Bằng khen cho tập thể, cá nhân", 1)]


@pytest.mark.parametrize("text", ["Cờ thi đua", "00 Cờ", "2 Cờ, 1 cờ", "02"])
def test_quotas_that_say_no_number_or_say_it_twice(text):
    with pytest.raises(UnfitField) as refused:
        read_quotas(text)
    assert refused.value.field == "quotas"


def test_a_part_is_read_and_written_back_the_same():
    data = season_part.read(PART)

    assert data is not None
    assert data.members == (("Xã An Bình", "head"), ("Xã Bình Minh", "deputy"))
    assert data.steps[1].own["due"] == dt.date(2026, 11, 30)
    assert season_part.write(data) == PART


@pytest.mark.parametrize(
    "change",
    [
        {"cluster": " "},
        {"kind": "khối"},
        {"members": [{"name": "Xã", "role": "chief"}]},
        {"members": "Xã An Bình"},
        {"steps": [{"kind": "report"}]},
        {"steps": [{"kind": "report", "task": 0}]},
        {"steps": [{"kind": "report", "text": "Gửi", "due": "30/11/2026"}]},
        {"quotas": [{"award": "Cờ", "count": 0}]},
        {"explain_days": True},
        {"shows": "everything"},
    ],
)
def test_what_no_rows_can_hold_is_not_read(change):
    assert season_part.read(PART | change) is None
