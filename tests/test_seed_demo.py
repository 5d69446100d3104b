"""The demonstration: one province, made once, alive on whatever day it is loaded."""

from __future__ import annotations

import datetime as dt
import io
import json
import stat
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import TestCase
from django.utils import timezone

from core import audit
from core.models import AuditEntry
from documents.dates import PartialDate
from documents.times import read_time
from plans.models import Plan, Progress, Section, Task, TaskTable
from plans.paper import compose
from plans.selectors import plan_data, visible_plans, with_content
from plans.states import PlanState
from reminders.models import Answer, Ask, DayOff, Message, Notice, Request, Snooze, Watcher
from reminders.people import responsible
from reminders.selectors import mine_of, unit_deadlines
from tdkt.management.commands import seed_demo
from tests.factories import UserFactory
from tests.layout.content import content_findings
from units.models import Issuer, Membership, Part, Person, Succession, Unit, User

TABLES = (
    Unit,
    Part,
    Person,
    Issuer,
    Succession,
    User,
    Membership,
    Plan,
    Section,
    TaskTable,
    Task,
    Progress,
    Request,
    Ask,
    Answer,
    DayOff,
    Snooze,
    Watcher,
    Message,
    Notice,
    AuditEntry,
)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = dt.datetime(2026, 5, 13, 9, 30, tzinfo=HANOI)
TODAY = NOW.date()


def seed() -> dict[str, Any]:
    said = io.StringIO()
    call_command("seed_demo", "--stage", "plan", stdout=said)
    answer: dict[str, Any] = json.loads(said.getvalue())
    return answer


def reminders_of(day: dt.date) -> dict[str, Any]:
    """All that is said is one JSON: no mail on the standard output."""
    said = io.StringIO()
    call_command("send_reminders", "--on", day.isoformat(), stdout=said)
    answer: dict[str, Any] = json.loads(said.getvalue())
    return answer


def rows() -> dict[str, list[dict[str, Any]]]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}


def commune_in_depth() -> Unit:
    return User.objects.get(username="canbo").memberships.get().unit


@pytest.fixture
def var(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(seed_demo, "VAR_DIR", tmp_path / "var")
    return tmp_path / "var"


@pytest.mark.django_db
def test_a_base_with_real_accounts_is_left_alone(var, capsys):
    UserFactory(username="that")
    before = rows()

    with pytest.raises(SystemExit) as stop:
        call_command("seed_demo")

    sentence = "Cơ sở dữ liệu này đã có người dùng thật, nên không nạp bản trình diễn vào."
    assert (stop.value.code, capsys.readouterr().err.strip()) == (1, sentence)
    assert rows() == before


class Province(TestCase):
    """Loaded once for all of these tests, on an ordinary day of 2026."""

    @classmethod
    def setUpClass(cls) -> None:
        folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.var = Path(folder) / "var"
        cls.enterClassContext(patch.object(seed_demo, "VAR_DIR", cls.var))
        cls.enterClassContext(time_machine.travel(NOW, tick=False))
        super().setUpClass()

    @classmethod
    def setUpTestData(cls) -> None:
        cls.demo = seed()

    def test_loading_twice_changes_no_row_and_no_password(self) -> None:
        before = rows()

        again = seed()

        assert again == self.demo
        assert rows() == before

    def test_every_account_opens_with_the_one_password_that_only_the_owner_of_the_machine_reads(self) -> None:
        names = ["canbo", "vanthu", "lanhdao", "thuky", "hoidong", "noivu", "quantri"]
        file = self.var / "demo_password"

        assert (self.demo["stage"], self.demo["accounts"]) == ("plan", names)
        assert sorted(User.objects.values_list("username", flat=True)) == sorted(names)
        assert all(user.check_password(self.demo["password"]) for user in User.objects.all())
        assert file.read_text().strip() == self.demo["password"]
        assert stat.S_IMODE(file.stat().st_mode) == 0o600

    def test_accounts_hold_their_roles_today(self) -> None:
        held = {
            (membership.user.username, membership.role, membership.unit.kind)
            for membership in Membership.objects.on(TODAY).select_related("user", "unit")
        }

        assert held == {
            ("canbo", "officer", "commune"),
            ("vanthu", "clerk", "commune"),
            ("lanhdao", "leader", "commune"),
            ("thuky", "council_secretary", "commune"),
            ("hoidong", "council_member", "commune"),
            ("noivu", "reviewer", "province"),
            ("quantri", "administrator", "commune"),
            ("quantri", "administrator", "province"),
        }

    def test_every_audit_chain_holds(self) -> None:
        chains = list(audit.chains())

        assert len(chains) == Unit.objects.count()
        assert [audit.first_broken_link(chain) for chain in chains] == [None] * len(chains)

    def test_a_province_with_24_communes_of_today_and_the_district_of_yesterday(self) -> None:
        today, before = Unit.objects.on(TODAY), Unit.objects.on(dt.date(2025, 6, 30))
        province = Unit.objects.get(kind=Unit.Kind.PROVINCE)

        assert Counter(today.values_list("kind", flat=True)) == {"province": 1, "commune": 24}
        assert set(today.filter(kind="commune").values_list("parent", flat=True)) == {province.pk}
        assert Counter(before.values_list("kind", flat=True)) == {"province": 1, "district": 1, "commune": 9}
        district = Unit.objects.get(kind=Unit.Kind.DISTRICT)
        assert set(before.filter(kind="commune").values_list("parent", flat=True)) == {district.pk}
        assert sorted(
            Part.objects.filter(name__in=["Sở Nội vụ", "Phòng Nội vụ"]).values_list("unit", "name")
        ) == sorted([(province.pk, "Sở Nội vụ"), (district.pk, "Phòng Nội vụ")])

    def test_one_commune_in_depth(self) -> None:
        unit = commune_in_depth()
        kinds = Counter(unit.parts.values_list("kind", flat=True))

        assert (kinds[Part.Kind.VILLAGE], kinds[Part.Kind.SCHOOL]) == (28, 12)
        assert unit.people.count() == 450
        assert unit.people.values("full_name").distinct().count() == 450

    def test_every_village_and_school_has_a_head_with_a_phone(self) -> None:
        parts = commune_in_depth().parts.filter(kind__in=["village", "school"]).select_related("head")

        assert parts.count() == 40
        assert [
            part.name for part in parts if part.head is None or part.head.part_id != part.pk or not part.phone
        ] == []

    def test_old_communes_went_whole_or_in_shares_to_new_ones(self) -> None:
        successions = list(Succession.objects.select_related("old_unit", "new_unit"))
        shares = Counter(succession.old_unit.name for succession in successions if not succession.is_whole)
        whole = [succession.old_unit.name for succession in successions if succession.is_whole]

        assert {succession.date for succession in successions} == {dt.date(2025, 7, 1)}
        assert shares == {"Đồng Nhuệ": 2}
        assert sorted([*whole, *shares]) == sorted(
            Unit.objects.filter(parent__kind="district").values_list("name", flat=True)
        )
        assert len(whole) == 8
        assert all(succession.old_unit.valid_to == dt.date(2025, 6, 30) for succession in successions)
        assert all(succession.new_unit.valid_from == dt.date(2025, 7, 1) for succession in successions)

    def test_plans_of_2024_2025_and_this_year(self) -> None:
        by_year = {
            year: Counter(Plan.objects.filter(year=year).values_list("kind", "unit__kind", "state"))
            for year in range(2024, 2028)
        }

        assert by_year == {
            2024: {("annual", "district", "issued"): 1, ("annual", "commune", "issued"): 9},
            2025: {
                ("annual", "district", "issued"): 1,
                ("annual", "province", "issued"): 1,
                ("annual", "commune", "issued"): 33,
            },
            2026: {
                ("annual", "province", "issued"): 1,
                ("annual", "commune", "issued"): 24,
                ("decision", "commune", "issued"): 1,
                ("programme", "commune", "issued"): 1,
                ("campaign", "commune", "issued"): 1,
                ("cluster", "commune", "issued"): 1,
                ("conference", "commune", "submitted"): 1,
            },
            2027: {("annual", "commune", "draft"): 1},
        }

    def test_no_paper_is_dated_outside_the_life_of_its_unit_or_after_today(self) -> None:
        issued = Plan.objects.filter(state=PlanState.ISSUED).select_related("unit")
        wrong = [
            (str(plan), plan.paper_date)
            for plan in issued
            if plan.date.exact is None or not plan.unit.is_in_force(plan.date.exact) or plan.date.exact > TODAY
        ]

        assert issued.count() > 70
        assert wrong == []

    def test_the_officer_sees_three_pages_and_the_reviewer_every_commune(self) -> None:
        officer, reviewer = User.objects.get(username="canbo"), User.objects.get(username="noivu")
        reviewed = visible_plans(reviewer).filter(year=2026, kind="annual", unit__kind="commune")

        assert reviewed.count() == 24
        assert not visible_plans(reviewer).filter(state=PlanState.DRAFT).exists()
        assert visible_plans(officer).filter(unit__valid_to__isnull=False).exists()
        assert Counter(visible_plans(officer).filter(unit=commune_in_depth()).values_list("state", flat=True)) == {
            "issued": 6,
            "submitted": 1,
            "draft": 1,
        }

    def test_the_officer_follows_the_annual_plans(self) -> None:
        person = User.objects.get(username="canbo").person

        followed = Plan.objects.filter(unit=commune_in_depth(), kind="annual")

        assert [(plan.year, plan.follower) for plan in followed.order_by("year")] == [
            (2025, person),
            (2026, person),
            (2027, person),
        ]

    def test_every_paper_is_clean_of_slips(self) -> None:
        plans = list(with_content(Plan.objects.all()))

        papers = [(plan, compose(plan_data(plan), plan.issuer.lines)) for plan in plans]
        found = [
            (plan.unit.name, plan.kind, plan.year, finding)
            for plan, paper in papers
            for finding in content_findings(paper)
        ]

        assert len(plans) > 70
        assert found == []

    def test_every_task_is_due_when_its_words_say(self) -> None:
        tasks = list(Task.objects.exclude(plan=None).select_related("plan"))

        wrong = []
        for task in tasks:
            plan = task.plan
            reading = read_time(task.time_text, plan.year, issued=plan.date.exact, quarter=task.quarter)
            said = (reading.start, reading.due, reading.ongoing, reading.problem)
            if said != (task.start, task.due, task.is_ongoing, ""):
                wrong.append((plan.year, plan.kind, task.time_text, said, task.start, task.due))
        assert len(tasks) > 900
        assert wrong == []

    def test_the_officer_has_a_few_late_things_and_some_for_the_week(self) -> None:
        officer = User.objects.get(username="canbo")
        found = unit_deadlines(officer)
        mine = mine_of(officer, found, responsible(found))

        near = Counter(
            "late" if one.due < TODAY else "this week" if one.due <= TODAY + dt.timedelta(days=7) else "later"
            for one in mine
        )
        kinds = {one.kind for one in mine}

        assert 2 <= near["late"] <= 6, near
        assert near["this week"] >= 3, near
        assert near["later"] >= 3, near
        assert {"plans.task", "plans.duty", "plans.milestone", "plans.quarter", "reminders.request"} <= kinds

    def test_villages_schools_and_communes_were_asked_and_most_are_missing(self) -> None:
        asked = {
            request.title: Counter(
                "missing" if not came else "back" if came[-1].returned_at else came[-1].way
                for came in ([*ask.answers.all()] for ask in request.asks.all())
            )
            for request in Request.objects.all()
        }

        assert asked == {
            "Danh sách đề nghị khen thưởng chuyên đề": {"behalf": 7, "link": 3, "back": 1, "missing": 17},
            "Báo cáo gương điển hình tiên tiến của trường": {"link": 3, "missing": 9},
            "Báo cáo kết quả thực hiện phong trào thi đua": {"behalf": 3, "missing": 21},
        }
        assert set(Request.objects.values_list("state", flat=True)) == {"asked"}

    def test_one_step_is_put_off_with_a_reason_and_one_day_is_off(self) -> None:
        snooze, day_off = Snooze.objects.get(), DayOff.objects.get()

        assert Task.objects.get(pk=snooze.subject).content.startswith("Lấy ý kiến")
        assert (snooze.until > TODAY, bool(snooze.reason)) == (True, True)
        assert (day_off.unit, day_off.day > TODAY, day_off.is_working) == (commune_in_depth(), True, False)

    def test_the_outbox_has_what_went_what_was_refused_and_what_was_missed(self) -> None:
        told = Message.objects.exclude(purpose="arrived")

        assert set(told.values_list("state", flat=True)) == {"sent", "failed", "missed"}
        assert set(told.filter(state="failed").values_list("result", flat=True)) == {"550 5.1.1 Không có hộp thư này"}
        assert max(message.day for message in told) < TODAY
        assert all(timezone.localdate(message.ended_at) < TODAY for message in told if message.ended_at)
        assert told.filter(ended_at=None).count() == 0
        assert Message.objects.filter(state="due").values_list("purpose", "channel").distinct().get() == (
            "arrived",
            "app",
        )
        assert mail.outbox == []


DAYS = {
    "first of January": dt.datetime(2027, 1, 1, 0, 30, tzinfo=HANOI),
    "Sunday": dt.datetime(2027, 8, 15, 12, 0, tzinfo=HANOI),
    "leap day": dt.datetime(2028, 2, 29, 23, 30, tzinfo=HANOI),
    "last of December": dt.datetime(2027, 12, 31, 23, 30, tzinfo=HANOI),
    "Tết": dt.datetime(2027, 2, 6, 10, 0, tzinfo=HANOI),
}


@pytest.mark.django_db
@pytest.mark.parametrize("moment", DAYS.values(), ids=DAYS)
def test_on_any_day_something_is_late_due_today_due_this_week_and_later(var, moment):
    today = moment.date()

    with time_machine.travel(moment, tick=False):
        assert timezone.localdate() == today
        seed()
        assert_reminders_go_out_on_each_of_seven_days(today)

    plan = Plan.objects.get(unit=commune_in_depth(), kind="annual", year=today.year)
    distances = [(due - today).days for due in plan.tasks.exclude(due=None).values_list("due", flat=True)]
    standing = Counter(
        "late" if days < 0 else "today" if days == 0 else "this week" if days <= 7 else "later" for days in distances
    )
    assert min(standing[name] for name in ("late", "today", "this week", "later")) >= 1, standing
    states = Counter(task.state_on(today) for task in plan.tasks.prefetch_related("progress"))
    assert min(states[state] for state in ("done", "overdue", "dropped")) >= 1, states
    assert states["not_due"] + states["in_progress"] >= 2, states  # due today, due this week
    assert_papers_fit_the_day(today)


def assert_reminders_go_out_on_each_of_seven_days(today: dt.date) -> None:
    """Whichever is the first; asked again on the same day, nothing is left to be said."""
    for ahead in range(7):
        day = today + dt.timedelta(days=ahead)
        with transaction.atomic():
            first, again = reminders_of(day), reminders_of(day)
            transaction.set_rollback(True)

        assert min(first["sent_by_channel"].values()) > 0, (day, first)
        assert (again["sent"], again["planned"]) == (0, 0), (day, again)


def assert_papers_fit_the_day(today: dt.date) -> None:
    """Nothing was signed after today; next year's plan is a draft without a day."""
    dates = [plan.date for plan in Plan.objects.filter(state=PlanState.ISSUED)]
    [draft] = Plan.objects.filter(state=PlanState.DRAFT)

    assert len(dates) > 70
    assert [str(date) for date in dates if date.exact is None or date.exact > today] == []
    assert (draft.year, draft.date) == (today.year + 1, PartialDate(today.year + 1, 1))
