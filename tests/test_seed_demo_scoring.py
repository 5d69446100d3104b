"""The demonstration with clusters: one season whole, the next being scored, a commune's own, on whatever day."""

from __future__ import annotations

import datetime as dt
import io
import json
import tempfile
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.test import TestCase, override_settings

from clusters import rules
from clusters.models import (
    Assignment,
    Ballot,
    CriteriaSet,
    Criterion,
    Entry,
    Explanation,
    Member,
    Receipt,
    ScoreSheet,
    Season,
    StageMark,
)
from clusters.selectors import visible_sheets
from clusters.standing import read_season
from clusters.states import Stage
from core.models import AuditEntry
from documents.models import Delivery
from tdkt.management.commands import seed_demo
from units.models import Membership, User

TABLES = (
    *(Season, CriteriaSet, Criterion, Member, Assignment, ScoreSheet, Entry, StageMark, Explanation, Receipt, Ballot),
    *(User, Membership, Delivery, AuditEntry),
)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = dt.datetime(2026, 11, 22, 9, 30, tzinfo=HANOI)
FIRST, SECOND, VILLAGES = "Cụm thi đua số 03", "Cụm thi đua số 04", "Cụm thi đua các thôn"


def seed(stage: str = "scoring") -> dict[str, Any]:
    said = io.StringIO()
    call_command("seed_demo", "--stage", stage, stdout=said)
    answer: dict[str, Any] = json.loads(said.getvalue())
    return answer


def rows() -> dict[str, list[dict[str, Any]]]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}


def season(name: str, year: int) -> Season:
    return Season.objects.select_related("cluster__unit", "criteria").get(cluster__name=name, year=year)


def user(name: str) -> User:
    return User.objects.get(username=name)


class InNovember(TestCase):
    """Loaded once for all of these tests."""

    @classmethod
    def setUpClass(cls) -> None:
        folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.enterClassContext(patch.object(seed_demo, "VAR_DIR", folder / "var"))
        cls.enterClassContext(override_settings(MEDIA_ROOT=folder / "files"))
        cls.enterClassContext(time_machine.travel(NOW, tick=False))
        super().setUpClass()

    @classmethod
    def setUpTestData(cls) -> None:
        seed("campaign")
        cls.drafts_before = list(Season.objects.values_list("cluster__name", "year", "state"))
        cls.season_before = Season.objects.get().pk
        cls.demo = seed()

    def test_it_stands_on_the_campaigns_and_loading_again_changes_no_row(self) -> None:
        before = rows()

        again = seed()

        assert self.drafts_before == [(FIRST, 2026, "draft")]
        assert self.demo["stage"] == "scoring"
        assert again == self.demo
        assert rows() == before

    def test_seasons_of_two_years_with_all_their_members(self) -> None:
        found = {
            (one.cluster.name, one.year): (one.state, one.members.count(), one.pledged_on is not None)
            for one in Season.objects.select_related("cluster")
        }

        assert found == {
            (FIRST, 2025): ("closed", 12, True),
            (SECOND, 2025): ("closed", 12, True),
            (FIRST, 2026): ("scoring", 12, True),
            (SECOND, 2026): ("scoring", 12, True),
            (VILLAGES, 2026): ("scoring", 28, False),
        }
        assert season(FIRST, 2026).pk == self.season_before
        assert season(FIRST, 2026).plan is not None

    def test_the_criteria_add_up_to_a_hundred_and_this_year_is_a_copy_that_differs(self) -> None:
        last, this = season(FIRST, 2025).criteria, season(FIRST, 2026).criteria
        kinds = set(this.criteria.exclude(kind="").values_list("kind", flat=True))

        assert (last.state, this.state, this.copied_from) == ("published", "published", last)
        assert this.criteria.exclude(kind="").count() == 29
        assert kinds == set(Criterion.Kind.values) - {""}
        assert read_season(season(FIRST, 2026)).scheme.base == Fraction(100)
        assert (last.surplus_cap, this.surplus_cap) == (2, 3)
        assert [last.criteria.get(code=code).maximum for code in ("I.5", "I.6")] == [3, 2]
        assert [this.criteria.get(code=code).maximum for code in ("I.5", "I.6")] == [2, 3]

    def test_last_year_went_through_every_stage_of_every_sheet(self) -> None:
        sheets = ScoreSheet.objects.filter(member__season__year=2025)
        marks = Counter(StageMark.objects.filter(sheet__in=sheets).values_list("stage", flat=True))

        assert set(sheets.values_list("stage", flat=True)) == {"done"}
        assert marks == {stage.value: 24 for stage in Stage}
        assert not StageMark.objects.filter(sheet__in=sheets, at__year__gt=2025).exists()

    def test_who_scored_never_belonged_to_the_unit_but_in_its_own_stage(self) -> None:
        entries = Entry.objects.filter(sheet__member__season__cluster__name__in=[FIRST, SECOND])
        entries = entries.select_related("by", "sheet__member")

        wrong = [one for one in entries if rules.belongs_to(one.by, one.sheet.member) != (one.stage == Stage.SELF)]

        assert wrong == []

    def test_one_report_came_late_as_its_receipt_says_and_cost_points(self) -> None:
        last = season(FIRST, 2025)
        [receipt] = Receipt.objects.filter(member__season=last, source="delivery")
        standing = read_season(last)

        assert receipt.delivery.received_on == receipt.received_on == receipt.step.due + dt.timedelta(days=6)
        assert standing.late == {receipt.member_id: {receipt.step_id: 6}}
        assert standing.scores()[receipt.member_id].points["VII.1"] == -1

    def test_explanations_were_answered_each_way_and_one_waits_in_the_year_in_scoring(self) -> None:
        found = Explanation.objects.order_by("pk")
        last, this = (found.filter(sheet__member__season=season(FIRST, year)) for year in (2025, 2026))

        assert list(last.values_list("state", flat=True)) == ["accepted", "refused"]
        assert list(this.values_list("state", flat=True)) == ["open"]

    def test_a_tie_was_voted_on_and_no_rank_is_shared(self) -> None:
        last = season(FIRST, 2025)
        content = last.rankings.get().content

        assert last.ballots.filter(purpose="tie").count() == 1
        assert sorted(unit["rank"] for unit in content["units"]) == list(range(1, 13))
        assert content["vote_needed"] == []

    def test_commended_otherwise_than_by_rank_with_its_reason_and_decided_above(self) -> None:
        last = season(FIRST, 2025)
        ranks = {unit["member"]: unit["rank"] for unit in last.rankings.get().content["units"]}
        found = {ranks[one.member_id]: one for one in last.commendations.select_related("decision")}

        assert {rank: bool(one.reason) for rank, one in found.items()} == {1: False, 2: False, 4: True}
        assert {one.outcome for one in found.values()} == {"granted"}
        assert {rank: one.decision.typed_number for rank, one in found.items()} == {
            1: "312/QĐ-UBND",
            2: "312/QĐ-UBND",
            4: "57/QĐ-SNV",
        }
        assert found[4].granted_award == "Giấy khen của Giám đốc Sở Nội vụ"

    def test_all_was_published_at_one_moment_and_handed_to_this_years_head(self) -> None:
        last = [season(name, 2025) for name in (FIRST, SECOND)]
        heads = [Member.objects.get(season=season(name, 2026), role="head").unit for name in (FIRST, SECOND)]

        assert len({one.published_at for one in last}) == 1
        assert [one.handed_to.unit for one in last] == heads
        assert {one.state for one in last} == {"closed"}

    def test_sheets_of_this_year_lie_at_every_stage_and_both_have_work(self) -> None:
        stages = Counter(ScoreSheet.objects.filter(member__season=season(FIRST, 2026)).values_list("stage", flat=True))
        mine = {
            name: {sheet.stage for sheet in visible_sheets(user(name)) if rules.works_on_sheet(user(name), sheet)}
            for name in ("canbo", "noivu")
        }
        returned = ScoreSheet.objects.filter(member__season__year=2026).exclude(return_reason="")

        assert set(stages) == {"self", "cross", "head", "review", "done"}
        assert mine["canbo"] == {"self", "cross", "head", "review"}
        assert mine["noivu"] == {"review"}
        assert set(returned.values_list("stage", flat=True)) == {"self"}
        assert returned.filter(member__season__cluster__name=FIRST).count() == 1

    def test_the_officers_own_sheet_is_begun_with_gaps(self) -> None:
        own = ScoreSheet.objects.get(
            member__season=season(FIRST, 2026), member__unit=user("canbo").memberships.get().unit
        )

        assert (own.stage, own.member.role) == ("self", "head")
        assert 5 < own.entries.count() < 20

    def test_the_commune_scores_its_villages_on_their_behalf(self) -> None:
        entries = Entry.objects.filter(sheet__member__season=season(VILLAGES, 2026))

        assert set(entries.values_list("by__username", "stage", "on_behalf")) == {
            ("canbo", "self", True),
            ("canbo", "review", False),
        }
        assert Counter(ScoreSheet.objects.filter(member__part__isnull=False).values_list("stage", flat=True)) == {
            "done": 6,
            "review": 8,
            "self": 14,
        }

    def test_officers_of_other_communes_cannot_sign_in(self) -> None:
        others = User.objects.filter(username__startswith="canbo.")

        assert others.count() == 23
        assert [one for one in others if one.has_usable_password()] == []


DAYS = {
    dt.datetime(2027, 1, 1, 0, 30, tzinfo=HANOI): (2026, {(FIRST, 2027): "draft"}),
    dt.datetime(2028, 2, 29, 23, 30, tzinfo=HANOI): (2027, {(FIRST, 2028): "draft"}),
    dt.datetime(2026, 7, 1, 8, 0, tzinfo=HANOI): (2026, {}),
}


@pytest.mark.django_db
@pytest.mark.parametrize("moment", DAYS, ids=str)
def test_on_any_day_one_year_is_closed_and_the_next_is_in_scoring(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, moment: dt.datetime
) -> None:
    monkeypatch.setattr(seed_demo, "VAR_DIR", tmp_path / "var")
    year, ahead = DAYS[moment]
    with time_machine.travel(moment, tick=False):
        seed()
        again = rows()
        seed()

        assert rows() == again
        assert not StageMark.objects.filter(at__gt=moment).exists()
        assert not Receipt.objects.filter(received_on__gt=moment.date()).exists()
    assert {(one.cluster.name, one.year): one.state for one in Season.objects.select_related("cluster")} == {
        (FIRST, year - 1): "closed",
        (SECOND, year - 1): "closed",
        (FIRST, year): "scoring",
        (SECOND, year): "scoring",
        (VILLAGES, year): "scoring",
    } | ahead
    assert {one.members.count() for one in Season.objects.all()} == {12, 28}
