"""The demonstration with campaigns: from the launch in the province to the commune's report, on whatever day."""

from __future__ import annotations

import datetime as dt
import io
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.test import TestCase, override_settings
from django.utils import timezone

from campaigns.models import (
    Campaign,
    Exemplar,
    Pledge,
    Registration,
    Result,
    Review,
    Share,
    Signatory,
    TakenAnswer,
    Target,
    Wave,
)
from campaigns.reporting.figures import read
from campaigns.reporting.printing import as_issued, current_figures, report_of
from campaigns.results.selectors import standing
from campaigns.running.handing import board_of
from campaigns.taking_part.pledges import data_of, issuer_of, paper_of, pledge_of
from campaigns.taking_part.selectors import answers_to_take, counts
from core import audit
from core.models import AuditEntry
from documents.models import Delivery, Evidence, IssuedPaper
from plans.models import Plan
from plans.paper import compose
from plans.selectors import plan_data, with_content
from reminders.models import Answer, Ask, Message, Notice, Request
from reminders.people import responsible
from reminders.selectors import mine_of, unit_deadlines
from tdkt.management.commands import seed_demo
from tests.layout.content import content_findings
from units.models import Unit, User

TABLES = (
    *(Campaign, Wave, Target, Share, Result, Registration, Pledge, Signatory, Review, Exemplar, TakenAnswer),
    *(Plan, IssuedPaper, Delivery, Evidence, Request, Ask, Answer, Message, Notice, AuditEntry),
)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = dt.datetime(2026, 11, 5, 9, 30, tzinfo=HANOI)
TODAY = NOW.date()
_NUMBER_LINE = "C14"
"""A pledge enters no register, so it has no number."""


def seed(stage: str = "campaign") -> dict[str, Any]:
    said = io.StringIO()
    call_command("seed_demo", "--stage", stage, stdout=said)
    answer: dict[str, Any] = json.loads(said.getvalue())
    return answer


def rows() -> dict[str, list[dict[str, Any]]]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}


def commune() -> Unit:
    return User.objects.get(username="canbo").memberships.get().unit


def campaign_of(kind: str) -> Campaign:
    """Of the commune in depth: «year», «sudden», «thematic», or «autumn»."""
    own = Campaign.objects.filter(unit=commune()).select_related("unit__parent", "plan__issuer__unit", "plan__paper")
    if kind in ("year", "autumn"):
        return own.get(kind=Campaign.Kind.WAVE, plan__isnull=kind == "autumn")
    return own.get(kind=kind)


@pytest.fixture
def var(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(seed_demo, "VAR_DIR", tmp_path / "var")
    return tmp_path / "var"


class OneNovember(TestCase):
    """Loaded once for all of these tests, first the plans and then the campaigns."""

    @classmethod
    def setUpClass(cls) -> None:
        folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.folder = Path(folder)
        cls.enterClassContext(patch.object(seed_demo, "VAR_DIR", cls.folder / "var"))
        cls.enterClassContext(override_settings(MEDIA_ROOT=cls.folder / "files"))
        cls.enterClassContext(time_machine.travel(NOW, tick=False))
        super().setUpClass()

    @classmethod
    def setUpTestData(cls) -> None:
        seed("plan")
        cls.states_before = Counter(Campaign.objects.values_list("state", flat=True))
        cls.demo = seed()

    def test_a_demonstration_with_plans_alone_gets_its_campaigns_and_loading_again_changes_no_row(self) -> None:
        before = rows()

        again, plans_again = seed(), seed("plan")

        assert self.states_before == {"draft": 1}
        assert (self.demo["stage"], plans_again["stage"]) == ("campaign", "plan")
        assert again == self.demo
        assert rows() == before

    def test_the_next_year_it_says_that_it_is_old_and_changes_nothing(self) -> None:
        Campaign.objects.filter(unit__kind="province").update(unit=commune())  # as before this stage
        before = rows()

        with time_machine.travel(NOW + dt.timedelta(days=90), tick=False), pytest.raises(SystemExit) as stop:
            seed()

        assert stop.value.code == 1
        assert rows() == before

    def test_campaigns_in_every_state_that_a_list_shows(self) -> None:
        own = {
            (one.kind, one.state, one.year): (one.targets.count(), one.waves.count(), one.movements.count())
            for one in Campaign.objects.filter(unit=commune())
        }

        assert own == {
            ("wave", "running", 2026): (25, 2, 11),
            ("wave", "closed", 2025): (7, 2, 0),
            ("sudden", "running", 2026): (4, 1, 0),
            ("thematic", "draft", 2026): (0, 0, 3),
        }

    def test_it_came_down_from_the_province_and_most_have_answered(self) -> None:
        above = Campaign.objects.get(unit__kind="province")
        mine = campaign_of("year")
        board = board_of(above)

        assert (mine.parent, mine.delivery.paper, mine.theme != above.theme) == (above, above.plan.paper, True)
        assert board.units[commune().pk].campaign == mine
        assert Counter(one.state for one in board.units.values()) == {"answered": 21, "received": 3}
        assert len(board.late) == 3
        assert Campaign.objects.filter(parent=above).count() == 2

    def test_all_have_registered_for_the_year_and_for_the_sudden_one_they_stand_in_every_state(self) -> None:
        year, sudden = counts(campaign_of("year")), counts(campaign_of("sudden"))
        promised = Registration.objects.filter(campaign=campaign_of("year"), person=None)

        assert (year.missing, year.waiting, year.returned, year.approved) == (0, 0, 0, year.total)
        assert year.people > 10
        assert min(sudden.missing, sudden.waiting, sudden.approved) >= 10
        assert sudden.returned == 1
        assert sum(any("target" in one for one in row.promises) for row in promised) >= 28
        assert len(answers_to_take(campaign_of("sudden"))) == 3

    def test_all_who_take_part_sign_the_pledge(self) -> None:
        campaign = campaign_of("year")
        pledge = pledge_of(campaign)

        assert pledge is not None
        assert (pledge.state, pledge.signed_on) == ("signed", campaign.register_by)
        assert pledge.signatories.count() == counts(campaign).total
        paper = paper_of(campaign, data_of(campaign, pledge), issuer_of(campaign))
        assert [one for one in content_findings(paper) if one.check != _NUMBER_LINE] == []

    def test_figures_of_every_quarter_that_is_over_with_some_missing_and_none_invented(self) -> None:
        campaign = campaign_of("year")
        periods = Counter(Result.objects.filter(target__campaign=campaign).values_list("period", flat=True))
        found = {one.target.text: one.figure for one in standing(campaign)}
        crops = found["sản lượng lương thực có hạt"]
        income = found["thu nhập bình quân đầu người"]

        assert set(periods) == {"2026-Q1", "2026-H1", "2026-9M", "2026-M10"}
        assert (crops.is_partial, str(crops.parts)) == (True, "25/28 thôn")
        assert (income.value, income.percent) == (None, None)
        assert {figure.pace.value for figure in found.values()} >= {"no_data", "reached", "ahead", "behind"}

    def test_a_correction_keeps_what_stood_there_and_figures_have_their_proof(self) -> None:
        corrected = Result.objects.filter(target__campaign=campaign_of("year"), note__startswith="Đính chính").get()
        proofs = Evidence.objects.filter(pk__in=Result.objects.values("evidence"))

        assert corrected.replaces is not None
        assert corrected.value == corrected.replaces.value - 2
        assert (proofs.exclude(typed_number="").count(), proofs.exclude(file=None).count()) == (6, 1)

    def test_exemplars_have_a_story_and_most_a_picture(self) -> None:
        cases = Exemplar.objects.filter(campaign=campaign_of("year"))

        assert Counter(cases.values_list("kind", flat=True)) == {"person": 2, "household": 1, "collective": 1}
        assert cases.exclude(picture=None).count() == 3
        assert all(len(case.story) > 80 for case in cases)

    def test_reports_that_are_over_are_issued_with_frozen_figures_and_one_is_a_draft(self) -> None:
        found = [
            (one.campaign.year, one.period, one.is_final, str(one.paper or ""), bool(one.texts))
            for one in Review.objects.select_related("campaign", "paper").order_by("period")
        ]

        assert found == [
            (2025, "2025-9M", False, "Báo cáo 88/BC-UBND", True),
            (2025, "2025-Y", True, "Báo cáo 121/BC-UBND", True),
            (2026, "2026-9M", False, "", True),
            (2026, "2026-H1", False, "Báo cáo 63/BC-UBND", False),
        ]

    def test_a_figure_put_right_after_the_report_is_not_in_it(self) -> None:
        review = Review.objects.select_related("campaign").get(period="2025-Y")
        frozen, now = read(review.frozen), current_figures(review)

        changed = [
            (then.value, today.value)
            for then, today in zip(frozen.targets, now.targets, strict=True)
            if then.value != today.value
        ]

        assert changed == [(43, 45)]

    def test_every_paper_is_clean_of_slips(self) -> None:
        plans = [compose(plan_data(plan), plan.issuer.lines) for plan in _plans_of_campaigns()]
        with self.settings(MEDIA_ROOT=self.folder / "files"):
            reports = [as_issued(report_of(one)).paper() for one in Review.objects.all()]
        found = [finding for paper in (*plans, *reports) for finding in content_findings(paper)]

        assert (len(plans), len(reports)) == (3, 4)
        assert found == []

    def test_the_report_comes_as_pdf_word_and_json(self) -> None:
        year = campaign_of("year").pk
        starts = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "json": b"{"}

        for period in ("2026-H1", "2026-9M"):
            for to, start in starts.items():
                out = self.folder / f"{period}.{to}"
                arguments = (str(year), "--period", period, "--to", to, "--out", str(out))
                with self.settings(MEDIA_ROOT=self.folder / "files"):
                    call_command("campaign_report", *arguments, stdout=io.StringIO())
                assert out.read_bytes().startswith(start), (period, to)

    def test_every_audit_chain_holds(self) -> None:
        chains = list(audit.chains())

        assert [audit.first_broken_link(chain) for chain in chains] == [None] * len(chains)


def _plans_of_campaigns() -> list[Plan]:
    return list(with_content(Plan.objects.filter(kind=Plan.Kind.CAMPAIGN)))


DAYS = {
    "first of January": dt.datetime(2027, 1, 1, 0, 30, tzinfo=HANOI),
    "Tết": dt.datetime(2027, 2, 6, 10, 0, tzinfo=HANOI),
    "leap day": dt.datetime(2028, 2, 29, 23, 30, tzinfo=HANOI),
    "middle of the year": dt.datetime(2027, 7, 4, 12, 0, tzinfo=HANOI),
    "last of December": dt.datetime(2027, 12, 31, 23, 30, tzinfo=HANOI),
}


@pytest.mark.django_db
@pytest.mark.parametrize("moment", DAYS.values(), ids=DAYS)
def test_on_any_day_something_falls_due_soon_and_nothing_lies_ahead_of_its_time(var, moment):
    today = moment.date()

    with time_machine.travel(moment, tick=False):
        assert timezone.localdate() == today
        seed()
        officer = User.objects.get(username="canbo")
        found = unit_deadlines(officer)
        mine = [one for one in mine_of(officer, found, responsible(found)) if one.kind.startswith("campaigns.")]
        stands = counts(campaign_of("sudden"))
        reports = [as_issued(report_of(one)).paper() for one in Review.objects.all()]

    soon = [one for one in mine if today <= one.due <= today + dt.timedelta(days=7)]
    assert "campaigns.registration" in {one.kind for one in soon}
    assert min(stands.missing, stands.waiting, stands.returned, stands.approved) >= 1
    assert [finding for paper in reports for finding in content_findings(paper)] == []
    assert_nothing_is_dated_after(today)


def assert_nothing_is_dated_after(today: dt.date) -> None:
    """Nor is anything told of a period that is not over."""
    days = {
        "launched": Campaign.objects.exclude(launched_on=None).values_list("launched_on", flat=True),
        "registered": Registration.objects.values_list("day", flat=True),
        "exemplar": Exemplar.objects.values_list("day", flat=True),
        "issued": IssuedPaper.objects.values_list("date", flat=True),
        "sent": Delivery.objects.values_list("sent_on", flat=True),
    }
    ended = {code for code in Result.objects.values_list("period", flat=True) if code.startswith(str(today.year))}

    assert {name: len(found) > 0 for name, found in days.items()} == dict.fromkeys(days, True)
    assert {name: max(found) for name, found in days.items() if max(found) > today} == {}
    assert ended == expected_periods(today)


def expected_periods(today: dt.date) -> set[str]:
    """Quarters that are over, and the month after the last of them."""
    quarters = {3: "Q1", 6: "H1", 9: "9M"}
    over = {f"{today.year}-{code}" for month, code in quarters.items() if today.month > month}
    last_month = today.month - 1
    return over | ({f"{today.year}-M{last_month:02}"} if last_month % 3 else set())
