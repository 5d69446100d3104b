"""The part of a campaign: rows out of a plan's file, and the same words back."""

from __future__ import annotations

import copy
import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns import interchange
from campaigns.models import Campaign
from plans import interchange as interchange_plan
from plans.models import Plan, UnclaimedPart
from plans.selectors import plan_data, with_content
from plans.services import create_plan
from tests.plans.files import read_file

PART = {
    "theme": "Đoàn kết, kỷ cương",
    "waves": [
        {
            "name": "Đợt thi đua thứ nhất",
            "start": "2024-01-01",
            "end": "2024-06-30",
            "as_printed": "từ ngày 01/01/2024 đến 30/6/2024",
            "review_by": None,
        }
    ],
    "thematic": ["Vì người nghèo"],
    "targets": [
        {"text": "Sản lượng lúa", "op": "=", "low": 2205, "unit": "tấn"},
        {"text": "hộ nghèo", "op": "range", "low": 0.5, "high": 1.25, "unit": "%/năm", "direction": "down"},
    ],
}

figures = st.one_of(
    st.integers(-(10**12), 10**12),
    st.decimals(-(10**6), 10**6, places=3, allow_nan=False, allow_infinity=False).map(float).filter(lambda x: x % 1),
)


class TestValues:
    def test_a_part_is_read_into_plain_values(self):
        data = interchange.read(PART)

        assert data is not None
        assert data.waves[0].start == dt.date(2024, 1, 1)
        assert data.targets[1] == interchange.TargetData(
            "hộ nghèo", "range", Decimal("0.5"), Decimal("1.25"), "%/năm", "down"
        )

    @given(st.text(max_size=50), figures, st.text(min_size=1, max_size=10).filter(lambda unit: "\x00" not in unit))
    def test_what_is_read_is_written_back_the_same(self, text, low, unit):
        part = {
            "theme": "",
            "waves": [],
            "thematic": [],
            "targets": [{"text": text, "op": "=", "low": low, "unit": unit}],
        }

        data = interchange.read(part)

        assert data is None if "\x00" in text else interchange.write(data) == part

    @pytest.mark.parametrize(
        "change",
        [
            lambda part: part.pop("theme"),
            lambda part: part.update(extra=1),
            lambda part: part["targets"][0].update(low="hai nghìn"),
            lambda part: part["targets"][0].update(low=0.12345678),
            lambda part: part["targets"][0].update(op="~"),
            lambda part: part["targets"][1].pop("high"),
            lambda part: part["targets"][1].update(high=0.1),
            lambda part: part["waves"][0].update(start="01/01/2024"),
            lambda part: part.update(waves=None),
        ],
    )
    def test_what_rows_cannot_give_back_is_not_read(self, change):
        part = copy.deepcopy(PART)
        assert interchange.read(part) is not None
        change(part)

        assert interchange.read(part) is None


@pytest.mark.django_db
class TestRows:
    def test_the_plan_becomes_a_campaign_and_goes_out_as_it_came(self):
        data = interchange_plan.read(read_file("cam_linh"))

        plan = create_plan(data, actor=None)

        campaign = Campaign.objects.get(plan=plan)
        assert (campaign.targets.count(), campaign.waves.count(), campaign.movements.count()) == (24, 2, 11)
        assert (campaign.title, campaign.year, campaign.unit, campaign.state) == (
            data.subject,
            2024,
            plan.unit,
            "draft",
        )
        assert interchange_plan.write(plan_data(loaded(plan))) == read_file("cam_linh")
        assert not UnclaimedPart.objects.exists()

    def test_what_no_rows_can_hold_stays_with_the_plan(self):
        odd = PART | {"slogan": "Tất cả vì dân"}
        data = replace(interchange_plan.read(read_file("cam_linh")), parts={"campaign": odd})

        plan = create_plan(data, actor=None)

        assert not Campaign.objects.exists()
        assert [part.content for part in UnclaimedPart.objects.all()] == [odd]
        assert plan_data(loaded(plan)).parts == {"campaign": odd}


def loaded(plan: Plan) -> Plan:
    return with_content(Plan.objects.filter(pk=plan.pk)).get()
