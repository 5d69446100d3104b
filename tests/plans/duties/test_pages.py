"""The pages: a paper dropped or pasted, its proposals ticked and taken, duties in the list, results."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import Job
from plans.duties.services import add_duty
from plans.duties.values import DutyData
from plans.models import Incoming, Progress, Task
from plans.selectors import visible_tasks
from tests.core.sheet_samples import read_book
from tests.factories import PlanFactory, TaskFactory, UnitFactory, UserFactory
from tests.plans.duties.conftest import LETTER, TODAY
from tests.units.conftest import signed_in
from units.models import Succession

DROP = reverse("plans:incoming_drop")
TASKS = reverse("plans:tasks")
DUE = dt.date(2026, 7, 9)


@pytest.fixture
def page(desk):
    return signed_in(desk.an)


def address(incoming: Incoming) -> str:
    return reverse("plans:incoming", args=[incoming.pk])


def row(number: int, what: str, **fields: Any) -> dict[str, Any]:
    values = {"is_taken": "on", "what": what, "key": str(uuid.uuid4())} | fields
    return {f"viec-{number}-{name}": value for name, value in values.items()}


def form(*rows: dict[str, Any], **head: Any) -> dict[str, Any]:
    said = {"kind": "Công văn", "number": "1479/SNV-TĐKT", "date": "5/5/2026", "issuer": "Sở Nội vụ"} | head
    count = {"viec-TOTAL_FORMS": len(rows), "viec-INITIAL_FORMS": 0}
    return said | count | {name: value for one in rows for name, value in one.items()}


def listed(page, query: str = "") -> list[str]:
    return [one.task.content for one in page.get(f"{TASKS}?{query}").context["rows"]]


# -- In ---------------------------------------------------------------------------------------


def test_pasted_text_leads_to_its_proposals(page):
    answer = page.post(DROP, {"unit": page_unit(page), "text": LETTER}, follow=True)

    assert answer.redirect_chain[-1][0] == address(Incoming.objects.get())
    html = answer.content.decode()
    assert "Câu này giao cho Phòng Thi đua." in html
    assert html.count('id="cau-') == 3
    rows = answer.context["rows"].forms
    assert [one["is_taken"].value() for one in rows] == [True, True, False]
    assert 'value="09/07/2026"' in str(rows[0]["due"])


def page_unit(page) -> str:
    return str(page.get(DROP).context["form"].fields["unit"].choices[0][0])


def test_a_file_is_read_by_a_worker_and_found_again(page, django_capture_on_commit_callbacks):
    upload = SimpleUploadedFile("cv 1479.txt", LETTER.encode())
    with django_capture_on_commit_callbacks() as callbacks:
        answer = page.post(DROP, {"unit": page_unit(page), "file": upload}, follow=True)
    waiting = answer.request["PATH_INFO"]
    assert "Chương trình đang đọc văn bản" in answer.content.decode()
    assert page.get(waiting, headers={"HX-Request": "true"}).templates[0].name == "plans/_reading_waiting.html"

    for callback in callbacks:
        callback()

    assert page.get(waiting, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert Job.objects.get().back_url == waiting
    assert "Công văn số 1479/SNV-TĐKT" in page.get(waiting).content.decode()
    assert "Chưa nhận việc nào" in page.get(DROP).content.decode()


def test_nothing_sent_says_what_to_do(page):
    answer = page.post(DROP, {"unit": page_unit(page)})

    assert answer.status_code == 422
    assert "Hãy chọn tệp, hoặc dán chữ" in answer.content.decode()


def test_the_page_teaches_before_the_first_paper(page):
    assert "Nên biết trước" in page.get(DROP).content.decode()


# -- Ticked and taken ---------------------------------------------------------------------------


def test_ticked_rows_are_taken_and_stand_in_the_list(desk, page):
    incoming = desk.letter()
    keys = [one["key"] for one in incoming.proposals]
    rows = [
        row(0, "Gửi báo cáo sơ kết", due="9/7/2026", recurrence="year", to="Sở Nội vụ", key=keys[0]),
        {**row(1, "Kiện toàn Hội đồng", key=keys[1]), "viec-1-is_taken": ""},
    ]

    answer = page.post(address(incoming), form(*rows, follower="lo thi may"), follow=True)

    assert Task.objects.get().duty.follower == desk.person
    assert "Đã nhận 1 việc." in answer.content.decode()
    assert answer.redirect_chain == [(address(incoming), 302)]
    assert [one["key"].value() for one in answer.context["rows"].forms] == keys[1:]
    assert [one.task.content for one, _ in answer.context["taken"]] == ["Gửi báo cáo sơ kết"]
    in_list = page.get(answer.context["all_url"])
    assert [one.task.content for one in in_list.context["rows"]] == ["Gửi báo cáo sơ kết"]
    assert "theo Công văn số 1479/SNV-TĐKT ngày 05/05/2026 của Sở Nội vụ" in in_list.content.decode()


def test_all_errors_stand_at_their_rows_and_what_was_typed_stays(desk, page):
    incoming = desk.letter()
    rows = [row(0, ""), row(1, "Nộp hồ sơ", due="31/2/2026"), row(2, "Gửi báo cáo", recurrence="year")]

    answer = page.post(address(incoming), form(*rows))

    assert answer.status_code == 422
    assert [list(one.errors) for one in answer.context["rows"].forms] == [["what"], ["due"], ["due"]]
    html = answer.content.decode()
    assert "Việc 1, việc phải làm: Nội dung việc còn trống." in html
    assert "31/2/2026" in html
    assert not Task.objects.exists()


def test_rows_that_are_not_ticked_are_not_looked_at(desk, page):
    incoming = desk.letter()

    page.post(address(incoming), form(row(0, "Gửi báo cáo"), row(1, "", is_taken="", due="hôm nào")))

    assert [task.content for task in Task.objects.all()] == ["Gửi báo cáo"]


def test_what_the_paper_asks_without_a_day_is_taken_with_the_day_that_was_typed(desk, page):
    incoming = desk.letter("Sở Nội vụ đề nghị các xã cử 02 cán bộ tham dự tập huấn.")
    [proposed] = page.get(address(incoming)).context["rows"].forms
    assert (proposed["is_taken"].value(), proposed["due"].value()) == (False, None)

    page.post(address(incoming), form(row(0, proposed["what"].value(), due="9/7/2026", key=proposed["key"].value())))

    assert (Task.objects.get().content, Task.objects.get().due) == ("Cử 02 cán bộ tham dự tập huấn", DUE)


def test_nothing_ticked_says_what_to_do(desk, page):
    answer = page.post(address(desk.letter()), form(row(0, "Gửi báo cáo", is_taken="")))

    assert "Chưa đánh dấu việc nào" in answer.content.decode()
    assert not Task.objects.exists()


def test_days_are_read_anew_for_another_day_of_the_paper(desk, page):
    rows = [row(0, "Gửi báo cáo", time_text="trước ngày 15/6", due="14/6/2026")]

    answer = page.post(address(desk.letter()), form(*rows, date="5/5/2027") | {"doc-lai": "1"})

    assert answer.status_code == 200
    assert answer.context["rows"].forms[0]["due"].value() == "14/06/2027"
    assert not Task.objects.exists()


def test_a_paper_that_asks_for_nothing_says_so(desk, page):
    incoming = desk.letter("Sở Nội vụ thông báo số điện thoại mới của bộ phận thi đua.")

    assert "không thấy câu nào giao việc có hạn" in page.get(address(incoming)).content.decode()


# -- The list -----------------------------------------------------------------------------------


def test_duties_stand_beside_the_tasks_of_plans_and_are_filtered(desk, page):
    TaskFactory(plan=PlanFactory(unit=desk.unit, year=2026), content="Của kế hoạch", due=TODAY)
    desk.duty("Hạn năm nay", due=DUE, lead=("Văn phòng",))
    desk.duty("Hạn năm sau", due=dt.date(2027, 1, 9))
    desk.duty("Chưa có hạn")

    assert listed(page) == ["Của kế hoạch", "Hạn năm nay", "Chưa có hạn"]
    assert listed(page, "nguon=ngoai&nam=") == ["Hạn năm nay", "Hạn năm sau", "Chưa có hạn"]
    assert listed(page, "nguon=trong") == ["Của kế hoạch"]
    assert listed(page, "quy=3") == ["Hạn năm nay"]
    assert listed(page, "q=han+nam&nam=2027") == ["Hạn năm sau"]
    assert listed(page, "xep=ke-hoach&nam=2026")[0] == "Của kế hoạch"


def test_a_duty_past_its_day_is_overdue_also_of_last_year(desk, page):
    desk.duty("Quá hạn", due=dt.date(2026, 5, 10))
    desk.duty("Quá hạn từ năm ngoái", due=dt.date(2025, 12, 1))

    assert listed(page, "trang_thai=overdue&nam=") == ["Quá hạn từ năm ngoái", "Quá hạn"]
    assert "quá 3 ngày" in page.get(f"{TASKS}?nam=").content.decode()


def test_others_do_not_see_them_and_heirs_do(desk):
    desk.duty("Của xã này", due=DUE)
    heir, above = UnitFactory(), desk.unit.parent
    Succession.objects.create(date=dt.date(2026, 1, 1), old_unit=desk.unit, new_unit=heir)
    seen = {
        name: list(visible_tasks(user).values_list("content", flat=True))
        for name, user in {
            "colleague": desk.binh,
            "stranger": desk.cuong,
            "reviewer above": UserFactory(role="reviewer", unit=above),
            "heir": UserFactory(role="officer", unit=heir),
        }.items()
    }

    assert seen == {"colleague": ["Của xã này"], "stranger": [], "reviewer above": [], "heir": ["Của xã này"]}


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_costs_the_same_at_3_and_300_duties(desk, page, count, django_assert_num_queries):
    for number in range(count):
        add_duty(desk.unit, actor=desk.an, data=DutyData(f"Việc {number}", due=DUE))
    page.get(f"{TASKS}?dong=100")

    with django_assert_num_queries(11):  # the officer's own name is one
        answer = page.get(f"{TASKS}?dong=100")

    assert len(answer.context["rows"]) == min(count, 100)


def test_the_sheet_names_the_paper_instead_of_a_plan(desk, page):
    desk.duty("Gửi báo cáo", due=DUE)

    rows = read_book(page.get(f"{reverse('plans:export_tasks')}?nam=2026").content)["Nhiệm vụ"][3:]

    said = [cell for cell in rows[0] if cell]
    assert "theo Công văn số 1479/SNV-TĐKT ngày 05/05/2026 của Sở Nội vụ" in said
    assert 2026 in said
    assert "Chưa đến hạn" in said


def test_what_falls_due_stands_on_the_home_page(desk, page):
    task = desk.duty("Gửi báo cáo", due=TODAY)

    assert reverse("plans:duty", args=[task.pk]) in page.get("/").content.decode()


# -- One duty -----------------------------------------------------------------------------------


def test_the_page_of_a_duty_tells_what_it_is_and_whence(desk, page):
    task = desk.duty(due=DUE, time_text="trước ngày 10/7 hằng năm", recurrence="year", send="báo cáo", to="Sở Nội vụ")

    answer = page.get(reverse("plans:duty", args=[task.pk]))

    assert answer.context["standing"] == (
        "Hạn 09/07/2026, còn 57 ngày, hằng năm; theo Công văn số 1479/SNV-TĐKT ngày 05/05/2026 của Sở Nội vụ."
    )
    assert "báo cáo, cho Sở Nội vụ" in answer.content.decode()
    assert "Nhận việc từ văn bản đến" in answer.content.decode()  # its history


def test_a_result_is_recorded_as_for_any_task_and_next_year_is_offered(desk, page):
    task = desk.duty(due=DUE, recurrence="year")
    said = {"outcome": "done", "day": "13/5/2026", "note": "Đã gửi", "proof": "xac-nhan", "by": "Lò Thị Mây"}

    answer = page.post(reverse("plans:duty_progress", args=[task.pk]), said, follow=True)

    html = answer.content.decode()
    assert Progress.objects.get().task == task
    assert "Tạo việc năm sau, hạn 09/07/2027" in html
    assert 'href="{}"'.format(reverse("plans:duty_progress", args=[task.pk])) in html  # to correct it
    following = page.post(reverse("plans:duty_repeat", args=[task.pk]), follow=True)
    assert "Đã tạo việc của kỳ sau, hạn 09/07/2027." in following.content.decode()
    assert "Tạo việc năm sau" not in page.get(reverse("plans:duty", args=[task.pk])).content.decode()


def test_a_duty_that_is_none_is_dropped_with_its_reason(desk, page):
    task = desk.duty(due=DUE)
    url = f"{reverse('plans:duty_progress', args=[task.pk])}?ket-qua=thoi"
    initial = page.get(url).context["form"]
    assert (initial["outcome"].value(), initial["proof"].value()) == ("dropped", "xac-nhan")
    said = {"outcome": "dropped", "day": "13/5/2026", "proof": "xac-nhan", "by": "Lò Thị Mây"}

    refused = page.post(url, said)
    page.post(url, said | {"note": "Không thuộc khối này"})

    assert "Ghi lý do không thực hiện." in refused.content.decode()
    assert Task.objects.prefetch_related("progress").get(pk=task.pk).state_on(TODAY) == "dropped"


def test_a_colleague_reads_but_writes_nothing(desk):
    task = desk.duty(due=DUE)
    colleague = signed_in(desk.binh)

    html = colleague.get(reverse("plans:duty", args=[task.pk])).content.decode()

    assert "Ghi kết quả" not in html
    assert "Việc từ văn bản đến" not in colleague.get(TASKS).content.decode()


def test_a_duty_is_added_by_hand_and_changed(desk, page):
    said = {
        "unit": desk.unit.pk,
        "what": "Gửi danh sách",
        "time_text": "trước ngày 10/7",
        "lead": "Văn phòng; Đoàn xã",
    }
    answer = page.post(reverse("plans:duty_add"), said | {"key": str(uuid.uuid4())}, follow=True)
    task = Task.objects.get()
    assert (task.due, task.lead, task.duty.origin) == (DUE, ("Văn phòng", "Đoàn xã"), "")
    assert "việc ghi tay" in answer.context["standing"]

    edit = reverse("plans:duty_edit", args=[task.pk])
    values = {
        name: page.get(edit).context["form"][name].value() or "" for name in page.get(edit).context["form"].fields
    }
    assert page.post(edit, values | {"due": "15/7/2026"}).status_code == 302
    stale = page.post(edit, values | {"due": "20/7/2026"})

    assert stale.status_code == 409
    assert "vừa được người khác sửa" in stale.content.decode()
    assert Task.objects.get().due == dt.date(2026, 7, 15)
