"""«Việc của tôi»: what waits for the user, by nearness, until its result is there."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Job
from plans.duties.services import add_duty
from plans.duties.values import DutyData
from plans.models import Plan, Task
from reminders.costs import Cost
from reminders.models import Answer, Ask, Request, Watcher
from tests.factories import PartFactory
from tests.units.conftest import make_user, signed_in
from units.models import Membership, Unit
from units.services import create_issuer, grant_role

TODAY = dt.date(2026, 3, 5)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-03-05T09:00:00+07:00")


def plan_with(unit: Unit, days: list[int], **fields) -> Plan:
    """An issued plan with one task falling due so many days from today each."""
    issuer = create_issuer(unit, actor=None, name_lines="ỦY BAN NHÂN DÂN")
    values = {"unit": unit, "issuer": issuer, "year": 2026, "state": "issued", "subject": "Công tác năm 2026"} | fields
    plan = Plan.objects.create(**values)
    Task.objects.bulk_create(
        Task(plan=plan, unit=unit, order=n + 1, content=f"Việc {day:+}", due=TODAY + dt.timedelta(days=day))
        for n, day in enumerate(days)
    )
    return plan


def groups(page: str) -> dict[str, list[str]]:
    sections = re.findall(r"<section>\s*<h2>(.*?) <span.*?</h2>(.*?)</section>", page, re.S)
    return {head: re.findall(r'<th scope="row"><a [^>]*>(.*?)</a>', body) for head, body in sections}


def standing(page: str) -> str:
    found = re.search(r'<p class="standing">(.*?)</p>', page)
    return found[1] if found else ""


def shown(user, query: str = "") -> dict[str, list[str]]:
    return groups(signed_in(user).get(f"/?{query}").content.decode())


# -- What stands there ---------------------------------------------------------------------


def test_what_is_open_stands_by_nearness_the_most_pressing_first(office):
    plan_with(office.unit, [8, -63, -1, 0, 1, 7, 200])

    page = signed_in(office.an).get("/").content.decode()

    assert groups(page) == {
        "Quá hạn": ["Việc -63", "Việc -1"],
        "Tuần này (7 ngày tới)": ["Việc +0", "Việc +1", "Việc +7"],
        "Sau đó": ["Việc +8", "Việc +200"],
    }
    assert list(groups(page)) == ["Quá hạn", "Tuần này (7 ngày tới)", "Sau đó"]
    assert standing(page) == "Hôm nay 05/03/2026: 2 việc quá hạn, 3 việc trong 7 ngày tới, 2 việc sau đó."


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ([], "Hôm nay 05/03/2026: không có việc nào chờ bạn."),
        ([20, 21], "Hôm nay 05/03/2026: 2 việc sau đó."),
        ([-2], "Hôm nay 05/03/2026: 1 việc quá hạn."),
    ],
)
def test_the_first_sentence_counts_what_is_there(office, days, sentence):
    plan_with(office.unit, days)

    assert standing(signed_in(office.an).get("/").content.decode()) == sentence


def test_each_row_says_how_near_it_is_and_leads_to_its_form_and_back(office):
    plan_with(office.unit, [-3, 0, 4, 90])
    late, now, soon, far = Task.objects.order_by("due")

    page = signed_in(office.an).get("/")
    rows = [row for group in page.context["list"].groups for row in group.rows]

    assert [(row.state, row.note) for row in rows] == [
        ("overdue", "quá 3 ngày"),
        ("due_today", ""),
        ("not_due", "còn 2 ngày làm việc"),
        ("not_due", ""),
    ]
    assert {row.who for row in rows} == {"Nguyễn Thị An"}
    words = page.content.decode()
    assert f'<a href="/ke-hoach/{late.plan_id}/#viec-{late.pk}">Việc -3</a>' in words
    assert f'href="/ke-hoach/{now.plan_id}/nhiem-vu/{now.pk}/ket-qua/?ve=%2F"' in words
    assert f'href="/nhac-viec/viec/plans.task/{soon.pk}/0/"' in words


def test_duties_and_check_lists_stand_between_the_tasks_of_plans(office):
    plan = plan_with(office.unit, [3])
    Task.objects.create(
        plan=plan, unit=office.unit, order=9, content="Quý I", start=dt.date(2026, 1, 1), due=dt.date(2026, 3, 31)
    )
    add_duty(office.unit, actor=office.an, data=DutyData("Gửi báo cáo", due=TODAY + dt.timedelta(days=20)))

    assert shown(office.an) == {
        "Tuần này (7 ngày tới)": ["Việc +3"],
        "Sau đó": ["Gửi báo cáo", "Rà soát 1 việc quý I/2026"],
    }


def test_what_lateness_costs_is_said_in_the_row(office, monkeypatch):
    plan_with(office.unit, [-3])
    monkeypatch.setattr(
        "reminders.costs._costings",
        [lambda deadlines, day: {one.key: Cost(5, "thêm 3 ngày nữa: −5 điểm") for one in deadlines}],
    )

    assert "thêm 3 ngày nữa: −5 điểm" in signed_in(office.an).get("/").content.decode()


# -- Whose it is ---------------------------------------------------------------------------


def test_mine_is_what_i_am_told_of_and_the_switch_shows_the_whole_unit(office):
    colleague = make_user("dung", office.unit)
    grant_role(colleague, office.unit, Membership.Role.CLERK, actor=None)
    plan_with(office.unit, [1], follower=colleague.person)
    plan_with(office.unit, [2])

    assert shown(office.an) == {"Tuần này (7 ngày tới)": ["Việc +2"]}
    assert shown(colleague) == {"Tuần này (7 ngày tới)": ["Việc +1"]}
    assert shown(office.an, "pham_vi=don-vi") == {"Tuần này (7 ngày tới)": ["Việc +1", "Việc +2"]}


def test_who_was_named_besides_has_it_too(office):
    plan = plan_with(office.unit, [1])
    assert shown(office.binh) == {}

    Watcher.objects.create(
        unit=office.unit, kind="plans.plan", subject=plan.pk, person=office.binh.person, added_by=office.an
    )

    assert shown(office.binh) == {"Tuần này (7 ngày tới)": ["Việc +1"]}


def test_an_officer_whose_account_names_nobody_has_what_nobody_follows(office):
    plan_with(office.unit, [1])
    plan_with(office.unit, [2], follower=office.binh.person)
    office.an.person = None
    office.an.save()

    assert shown(office.an) == {"Tuần này (7 ngày tới)": ["Việc +1"]}


def test_the_work_of_another_unit_is_nowhere(office):
    plan_with(office.cuong.memberships.first().unit, [0])
    assert shown(office.cuong) == {"Tuần này (7 ngày tới)": ["Việc +0"]}, "there is something to leak"

    assert shown(office.an) == shown(office.an, "pham_vi=don-vi") == {}


def test_whoever_may_not_record_is_offered_no_form(office):
    plan_with(office.unit, [1])

    page = signed_in(office.binh).get("/?pham_vi=don-vi").content.decode()

    assert groups(page) == {"Tuần này (7 ngày tới)": ["Việc +1"]}
    assert "Ghi kết quả" not in page


def test_whoever_has_nothing_is_shown_the_way_to_the_whole_unit(office):
    plan_with(office.unit, [1])

    page = signed_in(office.binh).get("/").content.decode()

    assert "Không có việc nào chờ bạn" in page
    assert 'href="?pham_vi=don-vi"' in page


# -- Finding -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=bao+cao", ["Gửi báo cáo"]),
        ("q=viec+cong+tac", ["Việc +1", "Việc +2"]),  # the name of the plan counts
        ("loai=plans.duty", ["Gửi báo cáo"]),
        ("q=%2B2&loai=plans.task", ["Việc +2"]),
        ("q=khong+co", []),
        ("loai=khong.co", ["Việc +1", "Việc +2", "Gửi báo cáo"]),
    ],
)
def test_work_is_found_by_words_without_marks_and_by_kind(office, query, found):
    plan_with(office.unit, [1, 2])
    add_duty(office.unit, actor=office.an, data=DutyData("Gửi báo cáo", due=TODAY + dt.timedelta(days=3)))

    page = signed_in(office.an).get(f"/?{query}").content.decode()

    assert [what for names in groups(page).values() for what in names] == found
    assert standing(page) == "Hôm nay 05/03/2026: 3 việc trong 7 ngày tới.", "the sentence tells of all"
    assert ("Không có dòng nào khớp" in page) == (not found)


def test_a_filter_keeps_the_switch(office):
    plan_with(office.unit, [1], follower=office.binh.person)

    page = signed_in(office.an).get("/?pham_vi=don-vi&q=viec").content.decode()

    assert groups(page) == {"Tuần này (7 ngày tới)": ["Việc +1"]}
    assert '<input type="hidden" name="pham_vi" value="don-vi"' in page


def test_a_long_list_is_cut_into_pages_whose_heads_count_the_whole(office):
    plan_with(office.unit, [-2] * 30 + [1] * 10)

    first, second = (signed_in(office.an).get(f"/?trang={number}").content.decode() for number in (1, 2))

    assert [len(names) for names in groups(first).values()] == [25]
    assert [len(names) for names in groups(second).values()] == [5, 10]
    assert re.findall(r'<span class="count">(.*?)</span>', second) == ["30 việc", "10 việc"]
    assert "Dòng 26 đến 40 trong 40 việc" in second


def test_another_year_shows_that_years_plans_alone_and_says_so(office):
    plan_with(office.unit, [0, 1])
    plan_with(office.unit, [2], year=2027)
    browser = signed_in(office.an)

    page = browser.get("/?nam=2027").content.decode()

    assert groups(page) == {"Tuần này (7 ngày tới)": ["Việc +2"]}
    assert standing(page) == "Hôm nay 05/03/2026: 1 việc trong 7 ngày tới của năm 2027."
    assert "Đang xem việc của các kế hoạch năm 2027." in page
    back = browser.get("/?nam=2026").content.decode()
    assert sum(map(len, groups(back).values())) == 3
    assert "Đang xem việc" not in back


def test_the_home_page_asks_the_same_number_of_questions_for_3_deadlines_and_for_300(office):
    browser = signed_in(office.an)
    plan_with(office.unit, [0, 1, 2])
    browser.get("/")
    with CaptureQueriesContext(connection) as few:
        three = browser.get("/").context["page"]
    plan_with(office.unit, [3] * 297)
    with CaptureQueriesContext(connection) as many:
        three_hundred = browser.get("/").context["page"]

    assert (three.total, three_hundred.total, len(three_hundred.rows)) == (3, 300, 25)
    assert len(many) == len(few)
    assert len(many) <= 24  # four above other pages: the lists of every app come together here


# -- Besides deadlines ---------------------------------------------------------------------


def test_what_came_by_link_waits_until_it_is_looked_at(office):
    asked = Request.objects.create(
        unit=office.unit, title="Gửi danh sách", due=TODAY, state="asked", by=office.an, follower=office.an.person
    )
    places = [PartFactory(unit=office.unit, name=f"Thôn {name}") for name in ("Đông", "Đoài")]
    for place in places:
        Answer.objects.create(ask=Ask.objects.create(request=asked, part=place), way="link", day=TODAY, text="Có")

    page = signed_in(office.an).get("/").content.decode()

    assert "Các nơi mới gửi về, chưa xem" in page
    assert "2 nơi: Thôn Đông, Thôn Đoài" in page
    assert "Các nơi mới gửi về" not in signed_in(office.cuong).get("/").content.decode()


def test_work_in_the_background_is_shown_until_it_is_done(office):
    for state, title in (("running", "Dựng PDF"), ("done", "Việc cũ")):
        Job.objects.create(owner=office.an, unit_id=office.unit.pk, title=title, state=state)

    page = signed_in(office.an).get("/").content.decode()

    assert "Dựng PDF" in page
    assert "Việc cũ" not in page


def test_an_account_without_a_role_is_told_what_to_do(office):
    office.an.memberships.all().delete()

    page = signed_in(office.an).get("/").content.decode()

    assert "Hãy nhờ người quản trị của đơn vị thêm vai trò cho tài khoản này." in page


def test_the_year_chosen_above_stays_for_the_next_page(office):
    browser = signed_in(office.an)

    browser.get("/?nam=2025")

    assert "<summary>Năm 2025 " in browser.get("/don-vi/").content.decode()
