"""What falls due out of a year of a cluster, for whom, and what closes it; what lateness costs beside it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clusters.deadlines import EXPLAIN, REPORT, SCORING, STEP, collect, collect_steps
from clusters.models import Explanation, Member, Receipt, ScoreSheet, Season, Step
from clusters.reviewing.explaining import open_window
from documents.models import Delivery, IssuedPaper
from reminders import deadlines
from reminders.costs import lateness_costs
from reminders.deadlines import Deadline, Scope
from reminders.digests import Content
from reminders.models import Message
from reminders.planning import plan
from reminders.sending import hand_over
from tests.clusters.season import Round, a_round
from tests.clusters.sheets.cells import fresh
from tests.factories import IssuerFactory, PersonFactory, PlanFactory, TaskFactory
from tests.units.conftest import signed_in
from units.models import Unit

pytestmark = pytest.mark.django_db
DUE = dt.date(2026, 11, 30)


@pytest.fixture
def found() -> Round:
    return a_round()


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-12-03T09:00:00+07:00")


def due(unit: Unit, *kinds: str) -> list[tuple[str, dt.date, str]]:
    rows = deadlines.open_deadlines(Scope(units=[unit.pk]))
    return [(one.kind, one.due, one.what) for one in rows if one.kind in (kinds or (STEP, REPORT, SCORING, EXPLAIN))]


def one_of(unit: Unit, kind: str) -> Deadline:
    return next(row for row in deadlines.open_deadlines(Scope(units=[unit.pk])) if row.kind == kind)


def step(found: Round, kind: str, day: dt.date, **fields) -> Step:
    order = found.season.steps.count() + 1
    return Step.objects.create(season=found.season, order=order, kind=kind, text=f"Việc {order}", due=day, **fields)


def receipt(found: Round, place: int, **fields) -> Receipt:
    said = fields or {"received_on": dt.date(2026, 11, 28)}
    return Receipt.objects.create(member=found.members[place], step=found.season.steps.get(order=1), **said)


def delivery(found: Round, place: int, subject: str, **fields) -> Delivery:
    unit = found.communes[place]
    paper = IssuedPaper.objects.create(
        issuer=IssuerFactory(unit=unit),
        kind="Báo cáo",
        number=str(Delivery.objects.count() + 1),
        symbol="BC-UBND",
        date=dt.date(2026, 11, 27),
        subject=subject,
    )
    said = {"sent_on": dt.date(2026, 11, 27)} | fields
    return Delivery.objects.create(paper=paper, sender=unit, receiver=found.province, **said)


# -- The organiser ---------------------------------------------------------------------------


def test_a_line_that_waits_for_papers_says_how_many_are_missing_and_leads_to_them(found):
    receipt(found, 0)
    receipt(found, 1, waived="Bão số 10")

    [line] = [one for one in deadlines.open_deadlines(Scope(units=[found.province.pk])) if one.kind == STEP]

    assert (line.due, line.what) == (DUE, "Gửi báo cáo: Gửi báo cáo tổng kết")
    assert line.origin == "Cụm thi đua số 2 năm 2026; còn thiếu 2 đơn vị"
    page = reverse("clusters:receipts", args=[found.season.pk])
    assert deadlines.record_url(line) == f"{page}?viec={line.subject}&trang_thai=chua"


def test_it_is_over_with_the_last_paper(found):
    for place in range(4):
        receipt(found, place)

    assert due(found.province) == []


def test_a_stage_is_over_when_no_sheet_waits_for_it(found):
    step(found, Step.Kind.SELF, dt.date(2026, 12, 5))
    step(found, Step.Kind.REVIEW, dt.date(2026, 12, 20))
    ScoreSheet.objects.filter(pk__in=[sheet.pk for sheet in found.sheets[:3]]).update(stage="review")

    stages = [one for one in deadlines.open_deadlines(Scope(units=[found.province.pk])) if one.what != REPORT_LINE]
    assert [(one.what, one.origin.partition("; ")[2]) for one in stages] == [
        ("Tự chấm điểm: Việc 2", "còn thiếu 1 bảng điểm"),
        ("Thẩm định: Việc 3", "còn thiếu 4 bảng điểm"),
    ]

    ScoreSheet.objects.update(stage="done")
    assert due(found.province) == [(STEP, DUE, REPORT_LINE)]


REPORT_LINE = "Gửi báo cáo: Gửi báo cáo tổng kết"


def test_a_line_that_a_person_settles_stays_until_it_is_done(found):
    line = step(found, Step.Kind.MEETING, dt.date(2026, 12, 26))
    assert (STEP, line.due, "Họp bình xét, suy tôn: Việc 2") in due(found.province)

    Step.objects.filter(pk=line.pk).update(done_on=dt.date(2026, 12, 3))

    assert due(found.province) == [(STEP, DUE, REPORT_LINE)]


# -- A member's own papers -------------------------------------------------------------------


def test_each_member_is_told_of_its_own_paper_and_led_to_sending_it(found):
    for commune in found.communes:
        assert due(commune, REPORT) == [(REPORT, DUE, "Gửi báo cáo tổng kết")]
    own = one_of(found.communes[1], REPORT)

    answer = signed_in(found.officers[1]).get(deadlines.record_url(own))

    pair = [found.season.pk, found.members[1].pk, found.season.steps.get().pk]
    assert answer.url == reverse("clusters:receipt_send", args=pair)
    assert deadlines.record_words(own) == "Gửi văn bản"


@pytest.mark.parametrize("fields", [{"received_on": DUE}, {"waived": "Bão số 10"}])
def test_a_receipt_or_a_waiver_closes_it(found, fields):
    receipt(found, 1, **fields)

    assert due(found.communes[1], REPORT) == []
    assert due(found.communes[2], REPORT) != []


def test_so_does_a_delivery_that_answers_it_and_no_other(found):
    delivery(found, 1, "Tổng kết công tác thi đua, khen thưởng năm 2026")
    delivery(found, 2, "Sơ kết công tác thi đua, khen thưởng 6 tháng đầu năm 2026")
    delivery(found, 3, "Tổng kết công tác thi đua, khen thưởng năm 2026", withdrawn_on=dt.date(2026, 11, 28))

    assert [bool(due(commune, REPORT)) for commune in found.communes] == [True, False, True, True]


def test_nothing_is_owed_in_a_season_that_is_prepared_or_ranked(found):
    for state in ("draft", "ranked", "published", "closed"):
        Season.objects.update(state=state)
        assert due(found.communes[1]) == []


def test_a_unit_that_was_dissolved_is_told_no_more(found):
    Unit.objects.filter(pk=found.communes[1].pk).update(valid_to=dt.date(2026, 12, 1))

    assert due(found.communes[1]) == []


def test_a_part_without_an_account_is_in_no_list_of_its_own(found):
    Member.objects.filter(pk=found.members[1].pk).update(unit=None)

    assert due(found.communes[1]) == []
    assert one_of(found.province, STEP).origin.endswith("còn thiếu 4 đơn vị")


# -- Scoring ---------------------------------------------------------------------------------


def test_each_stage_is_told_to_whom_the_sheets_lie_with(found):
    for kind, day in ((Step.Kind.SELF, 5), (Step.Kind.CROSS, 10), (Step.Kind.HEAD, 15)):
        step(found, kind, dt.date(2026, 12, day))
    first, second, third, fourth = found.sheets
    ScoreSheet.objects.filter(pk=first.pk).update(stage="head")
    ScoreSheet.objects.filter(pk=third.pk).update(stage="cross", cross_by=found.members[3])
    ScoreSheet.objects.filter(pk=fourth.pk).update(stage="head")

    assert [due(commune, SCORING) for commune in found.communes] == [
        [(SCORING, dt.date(2026, 12, 15), "Trưởng cụm chấm 1 bảng điểm")],
        [
            (SCORING, dt.date(2026, 12, 5), "Tự chấm điểm, gửi bảng điểm"),
            (SCORING, dt.date(2026, 12, 15), "Trưởng cụm chấm 1 bảng điểm"),  # the deputy, of the head's own sheet
        ],
        [],
        [(SCORING, dt.date(2026, 12, 10), "Chấm chéo 1 bảng điểm")],
    ]
    assert second.member.role == Member.Role.DEPUTY


def test_handing_in_the_own_sheet_is_told_once_even_where_the_timetable_asks_for_it(found):
    Step.objects.update(kind=Step.Kind.SELF)

    assert due(found.communes[1]) == [(SCORING, DUE, "Tự chấm điểm, gửi bảng điểm")]

    own = one_of(found.communes[1], SCORING)
    assert lateness_costs([own], dt.date(2026, 12, 6))[own.key].points == 5
    ScoreSheet.objects.update(stage="review")
    assert due(found.communes[1]) == []


def test_the_window_for_explaining_is_told_while_it_is_open_and_nothing_was_said(found, time_machine):
    ScoreSheet.objects.filter(pk=found.sheets[1].pk).update(stage="review", explain_until=dt.date(2026, 12, 8))
    assert due(found.communes[1], EXPLAIN) == [
        (EXPLAIN, dt.date(2026, 12, 8), "Xem điểm bị trừ, gửi giải trình nếu có")
    ]
    said = Explanation.objects.create(
        sheet=found.sheets[1], criterion=found.criteria["II.3"], text="Có giấy mời trùng"
    )
    assert due(found.communes[1], EXPLAIN) == []

    said.delete()
    time_machine.move_to("2026-12-09T09:00:00+07:00")
    assert due(found.communes[1], EXPLAIN) == []


def test_who_works_for_the_unit_is_told_in_the_program_when_the_window_opens_and_when_it_opens_again(found):
    officer = found.officers[1]
    officer.person = PersonFactory(unit=found.communes[1])
    officer.save()

    def told() -> list[str]:
        plan(timezone.now(), at_once=True, units=[found.communes[1].pk])
        hand_over(timezone.now(), respects_quiet=False)
        said = [Content.of(one) for one in Message.objects.filter(channel="app", person=officer.person).order_by("pk")]
        lines = [line for one in said if one for group in one.groups for line in group.lines]
        return [f"{line.what}, {line.due:%d/%m/%Y}" for line in lines if "giải trình" in line.what]

    assert told() == []
    sheet = fresh(found.sheets[1])
    ScoreSheet.objects.filter(pk=sheet.pk).update(stage="review")

    open_window(sheet.member.season, [sheet], days=3, actor=found.noivu)
    assert told() == ["Xem điểm bị trừ, gửi giải trình nếu có, 08/12/2026"]
    assert told() == ["Xem điểm bị trừ, gửi giải trình nếu có, 08/12/2026"], "once"

    open_window(sheet.member.season, [sheet], days=5, actor=found.noivu)
    assert told()[1:] == ["Xem điểm bị trừ, gửi giải trình nếu có, 10/12/2026"]


# -- What lateness costs ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "words", "points"),
    [
        (dt.date(2026, 11, 15), None, None),  # 15 days before: noise
        (dt.date(2026, 11, 30), "chậm từ 5 ngày: −5 điểm", 0),
        (dt.date(2026, 12, 2), "thêm 3 ngày nữa: −5 điểm", 0),
        (dt.date(2026, 12, 6), "đã −5 điểm; thêm 4 ngày nữa: −10 điểm", 5),
        (dt.date(2026, 12, 20), "đã −20 điểm", 20),
    ],
)
def test_a_member_is_told_what_waiting_costs(found, day, words, points):
    own = one_of(found.communes[1], REPORT)

    cost = lateness_costs([own], day).get(own.key)

    assert (cost and cost.words, cost and cost.points) == (words, points)


def test_grace_and_the_last_day_are_told(found):
    rule = {"late_each": 1, "grace": 3, "cutoff": 10}
    type(found.criteria["IV"]).objects.filter(pk=found.criteria["IV"].pk).update(rule=rule)
    own = one_of(found.communes[1], REPORT)

    said = [lateness_costs([own], dt.date(2026, 12, day))[own.key].words for day in (1, 4, 10, 11)]

    assert said == [
        "thêm 3 ngày nữa: −1 điểm",
        "đã −1 điểm; thêm 1 ngày nữa: −2 điểm",
        "đã −7 điểm; thêm 1 ngày nữa: −50 điểm, không nhận nữa",
        "đã −50 điểm",
    ]


def test_working_days_are_counted_as_the_season_says_over_tet(found):
    """Lunar New Year of 2026 is on 17 February; the office is closed from the 14th to the 22nd."""
    found.season.late_in = Season.LateIn.WORKING
    found.season.save()
    Step.objects.update(due=dt.date(2026, 2, 12))
    own = Deadline(
        REPORT, found.members[1].pk, found.communes[1].pk, dt.date(2026, 2, 12), "", 1, group=found.season.pk
    )

    said = {day: lateness_costs([own], dt.date(2026, 2, day))[own.key].words for day in (13, 22, 23, 26, 27)}

    assert said == {
        13: "thêm 4 ngày làm việc nữa: −5 điểm",
        22: "thêm 4 ngày làm việc nữa: −5 điểm",
        23: "thêm 3 ngày làm việc nữa: −5 điểm",
        26: "đã −5 điểm; thêm 5 ngày làm việc nữa: −10 điểm",
        27: "đã −5 điểm; thêm 4 ngày làm việc nữa: −10 điểm",
    }


def test_a_task_of_a_member_that_a_line_stands_for_costs_the_same(found):
    member, organiser = found.communes[0], found.province
    plans = [PlanFactory(unit=unit, state="issued", subject="Cụm thi đua") for unit in (member, organiser)]
    tasks = [TaskFactory(plan=plan, content="Gửi báo cáo tổng kết", due=DUE) for plan in plans]
    Step.objects.update(task=tasks[0])
    Step.objects.create(
        season=found.season, order=2, kind="report", text="Gửi báo cáo khác", due=DUE, asks_members=True, task=tasks[1]
    )
    open_ones = [row for row in deadlines.open_deadlines(Scope()) if row.kind == "plans.task"]
    assert len(open_ones) == 2

    costs = lateness_costs(open_ones, dt.date(2026, 12, 6))

    assert {key.subject: cost.words for key, cost in costs.items()} == {
        tasks[0].pk: "đã −5 điểm; thêm 4 ngày nữa: −10 điểm"
    }
    receipt(found, 0)
    assert lateness_costs(open_ones, dt.date(2026, 12, 6)) == {}


def test_the_home_page_and_the_page_of_the_deadline_say_it(found):
    window = signed_in(found.officers[1])
    own = one_of(found.communes[1], REPORT)

    home = window.get("/").content.decode()
    page = window.get(reverse("reminders:deadline", args=list(own.key))).content.decode()

    for words in (home, page):
        assert "thêm 2 ngày nữa: −5 điểm" in words
    assert deadlines.record_url(own) in home


# -- How often the database is asked ---------------------------------------------------------


def more_seasons(found: Round, count: int) -> None:
    """The second commune is the only member of each."""
    first = Season.objects.count()
    for number in range(first, first + count):
        season = Season.objects.create(
            cluster=type(found.season.cluster).objects.create(unit=found.province, name=f"Cụm {number}"),
            year=2026,
            state="scoring",
            criteria=found.season.criteria,
        )
        member = Member.objects.create(
            season=season, order=1, unit=found.communes[1], name="Xã Bình Minh", role="head"
        )
        ScoreSheet.objects.create(member=member)
        for order, kind in enumerate(("report", "self"), start=1):
            Step.objects.create(
                season=season, order=order, kind=kind, text="Gửi báo cáo tổng kết", due=DUE, asks_members=order == 1
            )


@pytest.mark.parametrize("count", [3, 300])
def test_collecting_and_costs_ask_as_often_for_3_seasons_as_for_300(found, count, django_assert_num_queries):
    more_seasons(found, count - 1)

    with django_assert_num_queries(2):  # members with what they owe, deliveries
        owed = list(collect(Scope(units=[found.communes[1].pk])))
    with django_assert_num_queries(1):
        lines = list(collect_steps(Scope(units=[found.province.pk])))
    with django_assert_num_queries(2):  # seasons, penalties
        costs = lateness_costs(owed, dt.date(2026, 12, 6))

    assert (len(owed), len(lines)) == (2 * count - 1, 2 * count - 1)
    assert len(costs) == count


def test_the_home_page_asks_as_often_for_2_seasons_as_for_32(found):
    window = signed_in(found.officers[1])
    more_seasons(found, 1)
    window.get("/")
    with CaptureQueriesContext(connection) as few:
        window.get("/")
    more_seasons(found, 30)
    with CaptureQueriesContext(connection) as many:
        shown = window.get("/")

    assert shown.context["page"].total > 25
    assert len(few) == len(many)
