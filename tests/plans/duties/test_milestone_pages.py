"""Pages of lùi lịch: a kind chosen, days looked through and set, moved, taken away, found in lists."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from plans.duties.milestones.selectors import milestones_of
from plans.duties.milestones.services import MilestoneData, count_back
from plans.duties.types.services import add_type
from plans.models import Task
from plans.progress.services import SignedProof, record_progress
from reminders.models import DayOff, Request
from tests.core.sheet_samples import read_book
from tests.plans.duties.conftest import TODAY, Desk
from tests.units.conftest import signed_in

DUE = dt.date(2026, 7, 9)  # a Thursday
ROWS = [
    MilestoneData("Yêu cầu các thôn gửi danh sách", dt.date(2026, 6, 9), 30),
    MilestoneData("Trình ký", dt.date(2026, 7, 3), 5),
]


@pytest.fixture
def page(desk) -> Client:
    return signed_in(desk.an)


@pytest.fixture
def task(desk) -> Task:
    return desk.duty("Gửi tờ trình đề nghị khen thưởng", due=DUE, follower=desk.person)


@pytest.fixture
def made(desk, task) -> list[Task]:
    return count_back(task, actor=desk.an, rows=ROWS, follower=desk.person)


def address(task: Task, name: str = "count_back", *more: int) -> str:
    return reverse(f"plans:{name}", args=[task.pk, *more])


def told(task: Task) -> list[tuple[str, dt.date | None, int | None]]:
    return [(one.content, one.due, one.duty.days_before) for one in milestones_of(task.duty)]


def shown(answer: Any) -> list[tuple[bool, str, str, tuple[str, ...]]]:
    """Ticked, day, weekday and count, notes."""
    return [
        (bool(form["is_taken"].value()), str(form["day"].value()), f"{weekday}, {before}", notes)
        for form, weekday, before, notes in answer.context["shown"]
    ]


def row(number: int, what: str, day: str, **fields: Any) -> dict[str, Any]:
    values = {"is_taken": "on", "what": what, "day": day, "key": str(uuid.uuid4()), "days": ""} | fields
    return {f"moc-{number}-{name}": value for name, value in values.items()}


def form(*rows: dict[str, Any], follower: str = "") -> dict[str, Any]:
    count = {"moc-TOTAL_FORMS": len(rows), "moc-INITIAL_FORMS": 0, "follower": follower}
    return count | {name: value for one in rows for name, value in one.items()}


# -- Looked through ---------------------------------------------------------------------------


def test_the_kind_that_a_duty_suggests_shows_its_days_with_what_to_know_of_them(desk, task, time_machine):
    time_machine.move_to(dt.datetime(2026, 6, 15, 2, 0, tzinfo=dt.UTC))
    DayOff.objects.create(unit=desk.unit, day=dt.date(2026, 7, 1), name="Hội làng")

    answer = signed_in(desk.an).get(address(task))

    assert answer.context["kinds"]["loai"].value() == "to-trinh"
    assert shown(answer) == [
        (True, "2026-06-09", "thứ Ba, 30 ngày trước hạn", ("đã qua",)),
        (True, "2026-06-19", "thứ Sáu, 20 ngày trước hạn", ()),
        (True, "2026-06-26", "thứ Sáu, 12 ngày trước hạn", ("chuyển từ thứ Bảy 27/06",)),
        (True, "2026-06-30", "thứ Ba, 8 ngày trước hạn", ("chuyển từ thứ Tư 01/07 (Hội làng)",)),
        (True, "2026-07-03", "thứ Sáu, 5 ngày trước hạn", ("chuyển từ thứ Bảy 04/07",)),
        (True, "2026-07-07", "thứ Ba, 2 ngày trước hạn", ()),
    ]
    assert "1 mốc đã qua ngày" in answer.content.decode()
    assert answer.context["follower"].initial == {"follower": desk.person}
    assert not Task.objects.filter(duty__milestone_of__isnull=False).exists()


def test_days_are_moved_off_tet_and_say_so(desk, page):
    task = desk.duty("Gửi báo cáo tổng kết", due=dt.date(2027, 2, 22))

    notes = [notes for *_, notes in shown(page.get(address(task)))]

    assert ("chuyển từ thứ Tư 10/02 (Mùng năm Tết Nguyên Đán)",) in notes
    assert ("chuyển từ Chủ nhật 21/02",) in notes


def test_another_kind_is_chosen_and_the_units_own_is_among_them(desk, task, page):
    own = add_type(desk.unit, actor=desk.an, name="Gia đình văn hóa", steps="3 – Gửi")

    answer = page.get(f"{address(task)}?loai=rieng-{own.pk}")

    assert [one["what"].value() for one in answer.context["rows"].forms] == ["Gửi"]
    assert page.get(f"{address(task)}?loai=tu-ghi").context["rows"].forms == []


def test_where_no_word_suggests_a_kind_the_person_is_asked(desk, page):
    html = page.get(address(desk.duty("Kiện toàn Hội đồng", due=DUE))).content.decode()

    assert "Chọn loại việc gần với việc này nhất" in html
    assert "Đặt các mốc" not in html


def test_what_was_set_before_is_not_ticked_again(desk, task, page):
    count_back(task, actor=desk.an, rows=[MilestoneData("Trình Chủ tịch ký tờ trình", dt.date(2026, 7, 3), 5)])

    answer = page.get(address(task))

    assert [ticked for ticked, *_ in shown(answer)] == [True, True, True, True, False, True]
    assert "Việc này đã có 1 mốc" in answer.content.decode()


@pytest.mark.parametrize(
    ("what", "fields", "why"),
    [("Chưa có hạn", {}, "chưa có hạn"), ("Đã xong", {"due": DUE}, "đã xong")],
)
def test_a_duty_that_cannot_be_counted_back_says_why(desk, page, what, fields, why):
    task = desk.duty(what, **fields)
    if fields:
        record_progress(task, actor=desk.an, outcome="done", day=TODAY, note="Đã gửi", proof=SignedProof(desk.person))

    answer = page.get(address(task), follow=True)

    assert answer.redirect_chain == [(address(task, "duty"), 302)]
    assert why in answer.content.decode()


# -- Set ----------------------------------------------------------------------------------------


def test_ticked_rows_are_set_once_however_often_one_clicks(desk, task, page):
    sent = form(
        row(0, "Yêu cầu các thôn", "9/6/2026", days="30"),
        row(1, "", "hôm nào", is_taken=""),
        row(2, "Trình ký", "1/7/2026", days="5"),
        row(3, "Photo hồ sơ", "5/7/26"),
        follower="lo thi may",
    )

    first = page.post(address(task), sent, follow=True)
    again = page.post(address(task), sent, follow=True)

    assert "Đã đặt 3 mốc." in first.content.decode()
    assert "Đã đặt 3 mốc." in again.content.decode()
    assert told(task) == [
        ("Yêu cầu các thôn", dt.date(2026, 6, 9), 30),
        ("Trình ký", dt.date(2026, 7, 1), 8),
        ("Photo hồ sơ", dt.date(2026, 7, 5), 4),
    ]
    assert {one.duty.follower for one in milestones_of(task.duty)} == {desk.person}


def test_all_errors_stand_at_their_rows_and_what_was_typed_stays(desk, task, page):
    sent = form(row(0, "", "9/6/2026"), row(1, "Trình ký", "10/7/2026"), row(2, "Họp", ""), follower="không ai")

    answer = page.post(address(task), sent)

    assert answer.status_code == 422
    assert [list(one.errors) for one in answer.context["rows"].forms] == [["what"], ["day"], ["day"]]
    html = answer.content.decode()
    assert "Mốc 2, ngày: Ngày này ở sau hạn của việc (09/07/2026)." in html
    assert "Chưa có người này" in html
    assert 'value="10/7/2026"' in html
    assert told(task) == []


def test_nothing_ticked_says_what_to_do(desk, task, page):
    answer = page.post(address(task), form(row(0, "Họp", "1/7/2026", is_taken="")))

    assert "Chưa đánh dấu mốc nào" in answer.content.decode()
    assert told(task) == []


@pytest.mark.parametrize("days", ["-1", "abc", "9" * 30])
def test_a_page_that_was_tampered_with_breaks_nothing(desk, task, page, days):
    answer = page.post(address(task), form(row(0, "Họp", "1/7/2026", days=days)))

    assert answer.status_code in (302, 422)


# -- The duty's page ------------------------------------------------------------------------------


def test_a_duty_lists_its_milestones_with_what_is_to_be_done_next(desk, task, made, page):
    record_progress(made[1], actor=desk.an, outcome="done", day=TODAY, note="Đã ký", proof=SignedProof(desk.person))

    answer = page.get(address(task, "duty"))

    html = answer.content.decode()
    assert "Đã xong 1/2 mốc; mốc kế tiếp: Yêu cầu các thôn gửi danh sách, thứ Ba 09/06/2026." in html
    assert [(one.day, one.before, one.is_open) for one in answer.context["milestones"]] == [
        ("thứ Ba 09/06/2026", "30 ngày trước hạn", True),
        ("thứ Sáu 03/07/2026", "6 ngày trước hạn", False),
    ]
    assert f'href="{address(made[0], "duty_progress")}"' in html
    assert f'href="{address(task, "milestone_remove", made[0].pk)}"' in html
    assert f'href="{address(task, "milestone_remove", made[1].pk)}"' not in html  # it has a result


def test_a_step_that_asks_many_leads_to_a_request_and_then_to_the_one_that_was_made(desk, task, made, page):
    new = f"?kind=plans.milestone&amp;subject={made[0].pk}"

    assert page.get(address(task, "duty")).content.decode().count(new) == _with_pages_of_requests("request_new")
    request = Request.objects.create(
        unit=desk.unit, by=desk.an, title="Gửi", due=DUE, kind="plans.milestone", subject=made[0].pk
    )

    answer = page.get(address(task, "duty"))
    assert [one.request for one in answer.context["milestones"]] == [request, None]
    assert new not in answer.content.decode()
    assert answer.content.decode().count("Xem yêu cầu gửi") == _with_pages_of_requests("request", request.pk)


def _with_pages_of_requests(name: str, *arguments: int) -> int:
    try:
        reverse(f"reminders:{name}", args=arguments)
    except NoReverseMatch:
        return 0
    return 1


def test_the_page_of_a_milestone_says_of_what(desk, task, made, page):
    html = page.get(address(made[0], "duty")).content.decode()

    assert "mốc của «Gửi tờ trình đề nghị khen thưởng»" in html
    assert "09/06/2026, 30 ngày trước hạn" in html
    assert address(made[0]) not in html  # no steps of a step


def test_a_milestone_is_edited_without_asking_how_often_it_returns(desk, task, made, page):
    edit = address(made[1], "duty_edit")
    fields = page.get(edit).context["form"].fields
    said = {name: page.get(edit).context["form"][name].value() or "" for name in fields}

    assert "recurrence" not in fields
    assert page.post(edit, said | {"due": "10/7/2026"}).status_code == 422
    assert page.post(edit, said | {"due": "1/7/2026"}).status_code == 302
    assert told(task)[1] == ("Trình ký", dt.date(2026, 7, 1), 8)


def test_a_colleague_reads_the_milestones_but_is_offered_nothing(desk, task, made):
    html = signed_in(desk.binh).get(address(task, "duty")).content.decode()

    assert "Trình ký" in html
    assert "Ghi kết quả" not in html
    assert "Bỏ mốc" not in html
    assert "Lùi lịch" not in html


@pytest.mark.parametrize("count", [3, 30])
def test_the_page_costs_the_same_with_3_and_30_milestones(desk, task, page, count, django_assert_num_queries):
    rows = [MilestoneData(f"Yêu cầu các thôn gửi phần {number}", dt.date(2026, 6, 9)) for number in range(count)]
    for one in count_back(task, actor=desk.an, rows=rows):
        record_progress(
            one, actor=desk.an, outcome="partly", day=TODAY, note="Một nửa", proof=SignedProof(desk.person)
        )
    page.get(address(task, "duty"))

    with django_assert_num_queries(14):
        answer = page.get(address(task, "duty"))

    assert len(answer.context["milestones"]) == count


# -- Moved with the duty ----------------------------------------------------------------------


def postpone(page: Client, task: Task, due: str) -> Any:
    edit = address(task, "duty_edit")
    fields = page.get(edit).context["form"]
    said = {name: fields[name].value() or "" for name in fields.fields}
    return page.post(edit, said | {"due": due, "follower": ""}, follow=True)


def test_a_duty_that_moves_asks_whether_its_milestones_go_along(desk, task, made, page):
    answer = postpone(page, task, "16/7/2026")

    assert answer.redirect_chain[-1][0] == address(task, "milestones_move")
    assert [(one.old, one.new, one.notes) for one in answer.context["rows"]] == [
        ("thứ Ba 09/06/2026", "thứ Ba 16/06/2026", ()),
        ("thứ Sáu 03/07/2026", "thứ Sáu 10/07/2026", ("chuyển từ thứ Bảy 11/07",)),
    ]
    assert "2 mốc lệch ngày" in page.get(address(task, "duty")).content.decode()

    sent = {"han": "2026-07-16", "moc": [made[1].pk]}
    moved = page.post(address(task, "milestones_move"), sent, follow=True)

    assert "Đã chuyển 1 mốc theo hạn mới." in moved.content.decode()
    assert told(task) == [
        ("Yêu cầu các thôn gửi danh sách", dt.date(2026, 6, 9), 37),
        ("Trình ký", dt.date(2026, 7, 10), 5),
    ]
    assert "lệch ngày" not in moved.content.decode()
    assert page.post(address(task, "milestones_move"), sent).status_code == 302  # a second click


def test_they_may_all_stay(desk, task, made, page):
    postpone(page, task, "16/7/2026")

    sent = {"han": "2026-07-16", "moc": [one.pk for one in made], "giu-nguyen": "1"}
    answer = page.post(address(task, "milestones_move"), sent, follow=True)

    assert "Các mốc giữ nguyên ngày." in answer.content.decode()
    assert [day for _, day, _ in told(task)] == [dt.date(2026, 6, 9), dt.date(2026, 7, 3)]


@pytest.mark.parametrize("shown_day", ["2026-07-20", "", "hôm nay"])
def test_a_page_that_is_out_of_date_shows_the_new_days_first(desk, task, made, page, shown_day):
    postpone(page, task, "16/7/2026")

    answer = page.post(address(task, "milestones_move"), {"han": shown_day, "moc": [made[1].pk]}, follow=True)

    assert "vừa đổi lần nữa" in answer.content.decode()
    assert answer.redirect_chain == [(address(task, "milestones_move"), 302)]
    assert told(task)[1][1] == dt.date(2026, 7, 3)


def test_another_duty_s_milestones_are_not_moved(desk, task, made, page):
    other = desk.duty("Báo cáo", due=DUE)
    [foreign] = count_back(other, actor=desk.an, rows=[MilestoneData("Họp", dt.date(2026, 7, 1))])
    postpone(page, task, "16/7/2026")

    page.post(address(task, "milestones_move"), {"han": "2026-07-16", "moc": [foreign.pk, "x", "9" * 30]})

    assert told(other) == [("Họp", dt.date(2026, 7, 1), 8)]


def test_where_all_fits_there_is_nothing_to_move(desk, task, made, page):
    assert "đã khớp với hạn" in page.get(address(task, "milestones_move"), follow=True).content.decode()


def test_a_duty_without_milestones_is_saved_as_before(desk, task, page):
    assert postpone(page, task, "16/7/2026").redirect_chain[-1][0] == address(task, "duty")


# -- Taken away -------------------------------------------------------------------------------


def test_taking_a_milestone_away_asks_first(desk, task, made, page):
    url = address(task, "milestone_remove", made[1].pk)

    assert "Bỏ mốc «Trình ký»" in page.get(url).content.decode()
    assert len(told(task)) == 2
    answer = page.post(url, follow=True)
    assert "Đã bỏ mốc «Trình ký»." in answer.content.decode()
    assert [what for what, *_ in told(task)] == ["Yêu cầu các thôn gửi danh sách"]
    assert "Mốc này không còn." in page.post(url, follow=True).content.decode()


def test_a_milestone_with_results_is_not_taken_away(desk, task, made, page):
    record_progress(made[1], actor=desk.an, outcome="partly", day=TODAY, note="Gần", proof=SignedProof(desk.person))
    url = address(task, "milestone_remove", made[1].pk)

    for answer in (page.get(url, follow=True), page.post(url, follow=True)):
        assert "đã ghi kết quả nên không bỏ được" in answer.content.decode()
    assert len(told(task)) == 2


def test_only_what_is_a_milestone_of_this_duty_can_be_taken_away_here(desk, task, made, page):
    other = desk.duty("Báo cáo", due=DUE)

    page.post(address(other, "milestone_remove", made[1].pk))
    page.post(address(task, "milestone_remove", other.pk))

    assert len(told(task)) == 2
    assert Task.objects.filter(pk=other.pk).exists()


# -- Lists and papers that came in --------------------------------------------------------------


def test_the_list_of_tasks_says_of_which_duty_a_milestone_is(desk, task, made, page):
    list_url = f"{reverse('plans:tasks')}?nguon=ngoai&nam=2026"
    sheet = read_book(page.get(f"{reverse('plans:export_tasks')}?nam=2026").content)["Nhiệm vụ"][3:]

    html = page.get(list_url).content.decode()

    assert html.count("mốc của «Gửi tờ trình đề nghị khen thưởng»") == 2
    assert [cell for one in sheet for cell in one if str(cell).startswith("mốc của")] == [
        "mốc của «Gửi tờ trình đề nghị khen thưởng»"
    ] * 2


def test_a_paper_whose_duties_were_taken_leads_to_counting_back(desk, page):
    incoming = desk.letter()
    taken = desk.duty("Gửi báo cáo", due=DUE)
    undated = desk.duty("Chưa có hạn")
    for one in (taken, undated):
        one.duty.incoming = incoming
        one.duty.save()
    url = reverse("plans:incoming", args=[incoming.pk])

    html = page.get(url).content.decode()
    assert (address(taken) in html, address(undated) in html) == (True, False)

    count_back(taken, actor=desk.an, rows=ROWS)
    html = page.get(url).content.decode()
    assert address(taken) not in html
    assert "2 mốc" in html


def test_a_stranger_learns_nothing_and_a_colleague_may_not(desk: Desk, task, made):
    urls = [
        address(task),
        address(task, "milestones_move"),
        address(task, "milestone_remove", made[0].pk),
    ]

    answers = {who: [signed_in(who).get(url).status_code for url in urls] for who in (desk.binh, desk.cuong)}

    assert answers == {desk.binh: [403] * 3, desk.cuong: [404] * 3}
