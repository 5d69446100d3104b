"""Parts that plans kept word for word become campaigns when the program is brought up to date."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from campaigns.models import Campaign
from plans import interchange
from plans.models import UnclaimedPart
from plans.selectors import any_plan, plan_data
from plans.services import create_plan
from tests.core.backup.archives import described
from tests.core.backup.world import copied
from tests.plans.files import OURS, read_file
from tests.test_prepare_database import run, said

NAME = "diem_hai"
BEFORE, AFTER = "0001_initial", "0002_claim_parts"


@pytest.fixture
def step() -> Any:
    """Bring the campaigns to one of their migrations; all of them have run when the test is over."""

    def step(name: str) -> Any:
        executor = MigrationExecutor(connection)
        executor.migrate([("campaigns", name)])
        return executor.loader.project_state([("campaigns", name)]).apps

    yield step
    bring_up_to_date()


def forget_rows() -> None:
    """As in a database that knew no campaigns."""
    with connection.cursor() as cursor:
        for name in ("target", "movement", "wave", "campaign"):
            cursor.execute(f"DELETE FROM campaigns_{name}")


def bring_up_to_date() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.mark.django_db(transaction=True)
class TestStep:
    def test_a_part_becomes_the_rows_that_loading_makes_of_it(self, step: Callable[[str], Any]) -> None:
        plan = create_plan(interchange.read(read_file(NAME)), actor=None)
        loaded = rows_of(Campaign.objects.get())

        old = step(BEFORE)
        [part] = old.get_model("plans", "UnclaimedPart").objects.all()
        assert (part.name, part.content) == ("campaign", read_file(NAME)["campaign"])
        forget_rows()

        step(AFTER)
        bring_up_to_date()

        assert rows_of(Campaign.objects.get()) == loaded
        assert not UnclaimedPart.objects.exists()
        assert interchange.write(plan_data(any_plan(plan.pk))) == read_file(NAME)

    def test_what_no_rows_can_hold_stays_word_for_word(self, step: Callable[[str], Any]) -> None:
        odd = {"theme": "Đoàn kết", "slogan": "Tất cả vì dân", "waves": None}
        plan = create_plan(replace(interchange.read(read_file(NAME)), parts={"campaign": odd}), actor=None)

        step(BEFORE)
        step(AFTER)
        bring_up_to_date()

        assert not Campaign.objects.exists()
        assert [part.content for part in UnclaimedPart.objects.all()] == [odd]
        assert plan_data(any_plan(plan.pk)).parts == {"campaign": odd}


def rows_of(campaign: Campaign) -> dict[str, Any]:
    rows = {
        name: list(getattr(campaign, name).order_by("order").values()) for name in ("waves", "movements", "targets")
    }
    for found in rows.values():
        for row in found:
            del row["id"], row["campaign_id"]
    names = [field.attname for field in campaign._meta.concrete_fields if field.name != "id"]
    return {name: getattr(campaign, name) for name in names} | rows


# -- In an archive -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty") / "var"
    assert said(run("prepare_database", TDKT_VAR=str(folder))) == (0, {"empty": True}, "")
    return folder


@pytest.fixture(scope="module")
def old(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive from before there were campaigns, with one plan."""
    folder = copied(empty, tmp_path_factory.mktemp("old") / "var")
    assert said(run("load_plan", str(OURS / f"{NAME}.json"), TDKT_VAR=str(folder)))[::2] == (0, "")
    for app, name in (("campaigns", "zero"), ("plans", "0008_milestones")):
        done = run("migrate", app, name, "-v", "0", TDKT_VAR=str(folder))
        assert (done.returncode, done.stderr) == (0, "")
    path = folder.parent / "old.zip"
    assert said(run("backup", str(path), TDKT_VAR=str(folder)))[::2] == (0, "")
    assert "campaigns.campaign" not in {table["name"] for table in described(path)["tables"]}
    return path


@pytest.mark.parametrize("has_tables", [False, True], ids=["no database yet", "prepared database"])
def test_an_archive_from_before_campaigns_gives_its_campaigns(old, empty, tmp_path, has_tables):
    folder = copied(empty, tmp_path / "new") if has_tables else tmp_path / "new"

    assert said(run("restore", str(old), TDKT_VAR=str(folder)))[::2] == (0, "")

    assert said(run("export_plan", "1", TDKT_VAR=str(folder))) == (0, read_file(NAME), "")
    counted = run("shell", "-v", "0", "-c", _COUNT, TDKT_VAR=str(folder))
    assert json.loads(counted.stdout) == [1, 0]


_COUNT = (
    "import json; from campaigns.models import Campaign; from plans.models import UnclaimedPart; "
    "print(json.dumps([Campaign.objects.count(), UnclaimedPart.objects.count()]))"
)
