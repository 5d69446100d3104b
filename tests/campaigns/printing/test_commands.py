"""The commands that take a campaign's plan in and give it back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command

from campaigns.models import Campaign
from clusters.models import Season
from plans.models import Plan
from tests.plans.files import OURS, REAL_PLANS, SHARED, every_plan, read_file

pytestmark = pytest.mark.django_db

real = pytest.mark.skipif(not (SHARED / "plans").is_dir(), reason="the real plans are not at hand (TDKT_SHARED)")


@pytest.fixture
def run(capsys: Any) -> Callable[..., Any]:
    def run(*words: str) -> Any:
        call_command(*words)
        return json.loads(capsys.readouterr().out)

    return run


def path_of(name: str) -> str:
    return str((SHARED / "plans" if name in REAL_PLANS else OURS) / f"{name}.json")


@pytest.mark.parametrize("name", every_plan())
def test_every_plan_comes_back_as_it_was_loaded(run, name):
    loaded = run("load_plan", path_of(name))

    campaign, season = Campaign.objects.first(), Season.objects.first()
    made = {"campaign": campaign and campaign.pk, "season": season and season.pk}
    assert loaded == {"plan": Plan.objects.get().pk} | {name: pk for name, pk in made.items() if pk}
    assert (campaign is not None) == ("campaign" in read_file(name))
    assert run("export_plan", str(loaded["plan"])) == read_file(name)


@real
def test_a_real_campaign_has_its_targets_waves_and_movements(run):
    loaded = run("load_plan", path_of("cam_linh"))

    campaign = Campaign.objects.get(pk=loaded["campaign"])
    assert (campaign.targets.count(), campaign.waves.count(), campaign.movements.count()) == (24, 2, 11)
    assert campaign.targets.filter(direction="down").count() == 4


@real
def test_reading_its_text_finds_the_targets_and_invents_none(run):
    found = run("read_plan", str(SHARED / "plans" / "cam_linh.txt"))["campaign"]["targets"]

    wanted = read_file("cam_linh")["campaign"]["targets"]
    assert sum(target in found for target in wanted) >= 22
    assert [target for target in found if target not in wanted] == []
