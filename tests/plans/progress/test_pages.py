"""Ghi kết quả on its page, the plan's page after it, the chairman's sheet."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from plans.models import Progress
from plans.progress.services import PaperProof
from tests.factories import AssignmentFactory, PlanFactory, TaskFactory
from tests.plans.progress.conftest import PDF, TODAY, upload
from tests.units.conftest import signed_in

APRIL = dt.date(2026, 4, 15)


@pytest.fixture
def page(desk) -> Client:
    return signed_in(desk.an)


def address(task) -> str:
    return f"/ke-hoach/{task.plan_id}/nhiem-vu/{task.pk}/ket-qua/"


def typed(**more) -> dict:
    return {"outcome": "done", "day": "13/5/2026", "note": "", "proof": "van-ban"} | more


# -- The three proofs ------------------------------------------------------------------------


def test_a_paper_is_recorded_and_the_page_comes_back_to_the_task(desk, page):
    task = desk.task(due=APRIL)
    data = typed(number="27/BC-UBND", date="5/5/2026", issuer="UBND xã", scan=upload("bc.pdf"))

    answer = page.post(address(task), data, follow=True)

    assert answer.redirect_chain == [(f"/ke-hoach/{desk.plan.pk}/#nhiem-vu-{task.key}", 302)]
    words = answer.content.decode()
    assert "Đã ghi: đã hoàn thành, ngày 13/05/2026." in words
    assert "Văn bản số 27/BC-UBND ngày 05/05/2026 của UBND xã" in words
    assert "chậm 28 ngày" in words
    [row] = answer.context["quarters"][0].rows
    assert (row.state, row.note, row.lines[0].file.name) == ("done", "chậm 28 ngày", "bc.pdf")


def test_a_file_is_recorded_and_opened_from_the_plan(desk, page):
    task = desk.task()

    words = page.post(address(task), typed(proof="tep", file=upload("ảnh.pdf")), follow=True).content.decode()

    line = task.progress.get()
    assert f'href="/tep/{line.evidence.file_id}/"' in words
    assert b"".join(page.get(f"/tep/{line.evidence.file_id}/").streaming_content) == PDF


def test_a_sentence_is_confirmed_by_a_name_typed_without_marks(desk, page):
    task = desk.task()

    words = page.post(
        address(task), typed(proof="xac-nhan", note="28/28 thôn đã họp", by="lo thi may"), follow=True
    ).content.decode()

    assert (task.progress.get().by, "Lò Thị Mây xác nhận" in words) == (desk.person, True)


def test_the_form_proposes_today_the_officer_and_the_quarter_to_write(desk, page):
    task = desk.task(is_ongoing=True)
    desk.record(task, quarter=1)

    form = page.get(address(task)).context["form"]

    assert [form[name].value() for name in ("day", "outcome", "proof", "quarter")] == [TODAY, "done", "van-ban", 2]
    assert form["by"].value() == "Lò Thị Mây (Công chức Văn hóa - Xã hội)"
    assert form["issuer"].value() == desk.plan.issuer.name
    assert "quarter" not in page.get(address(desk.task())).context["form"].fields


# -- Refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        (typed(), {"number", "date"}),
        (typed(proof="tep"), {"file"}),
        (typed(proof="xac-nhan", by=""), {"by"}),
        (typed(proof="xac-nhan", by="Không Ai"), {"by"}),
        (typed(proof="xac-nhan", by="Lò Thị Mây"), {"note"}),
        (typed(proof=""), {"proof"}),
        (typed(proof="khác"), {"proof"}),
        (typed(number="27/BC-UBND", date="31/2/2026"), {"date"}),
        (typed(number="27/BC-UBND", date="5/5/2026", day="14/5/2026"), {"day"}),
        (typed(number="27/BC-UBND", date="5/5/2026", outcome="dropped"), {"note"}),
        (typed(proof="xac-nhan", number="", date="hôm qua", note="Đã họp", by="Lò Thị Mây", day=""), {"day"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(desk, page, data, fields):
    task = desk.task()

    answer = page.post(address(task), data)

    form = answer.context["form"]
    assert (answer.status_code, set(form.errors)) == (422, fields)
    words = answer.content.decode()
    assert all(f'href="#id_{name}"' in words and f'id="id_{name}' in words for name in fields)
    assert all(str(form[name].value() or "") == value for name, value in data.items())
    assert not Progress.objects.exists()


def test_a_file_that_is_no_paper_is_refused_at_its_field(desk, page):
    answer = page.post(address(desk.task()), typed(proof="tep", file=upload("biên bản.pdf", b"MZ\x90")))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])


@pytest.mark.parametrize(("who", "code"), [("an", 200), ("binh", 403), ("cuong", 404)])
def test_the_officer_may_a_colleague_may_not_a_stranger_sees_nothing(desk, who, code):
    task = desk.task()

    client = signed_in(getattr(desk, who))

    assert client.get(address(task)).status_code == code
    data = typed(proof="xac-nhan", note="Đã họp", by="Lò Thị Mây")
    assert client.post(address(task), data).status_code == (302 if code == 200 else code)
    assert Progress.objects.count() == (1 if code == 200 else 0)


def test_a_task_is_reached_through_its_own_plan_only(desk, page):
    other = PlanFactory(unit=desk.unit, state="issued")

    assert page.get(f"/ke-hoach/{other.pk}/nhiem-vu/{desk.task().pk}/ket-qua/").status_code == 404


def test_a_draft_says_why_it_has_no_results_yet(desk, page):
    task = desk.task()
    type(desk.plan).objects.update(state="draft")

    answer = page.get(address(task), follow=True)

    assert answer.redirect_chain == [(f"/ke-hoach/{desk.plan.pk}/#nhiem-vu-{task.key}", 302)]
    words = answer.content.decode()
    assert "Kế hoạch chưa được ghi nhận là đã ban hành nên chưa ghi kết quả được." in words
    assert "Ghi nhận kế hoạch đã ban hành rồi thì ghi kết quả" in words
    assert (address(task) in words, answer.context["year_standing"]) == (False, None)


# -- The plan's page ---------------------------------------------------------------------------


def test_who_may_only_read_sees_results_and_no_link_to_record(desk, page):
    task = desk.task()
    desk.record(task, note="28/28 thôn đã họp")

    read = signed_in(desk.binh).get(f"/ke-hoach/{desk.plan.pk}/").content.decode()

    assert ("28/28 thôn đã họp" in read, address(task) in read) == (True, False)
    assert address(task) in page.get(f"/ke-hoach/{desk.plan.pk}/").content.decode()


def test_lines_are_told_newest_first_and_corrected_ones_say_so(desk, page):
    task = desk.task()
    desk.record(task, "done", note="Xong")
    desk.record(task, "partly", note="Còn 2 thôn")

    [row] = page.get(f"/ke-hoach/{desk.plan.pk}/").context["quarters"][0].rows

    assert [(line.word, line.line.note, line.is_corrected) for line in row.lines] == [
        ("Hoàn thành một phần", "Còn 2 thôn", False),
        ("Đã hoàn thành", "Xong", True),
    ]
    assert row.state == "in_progress"


def test_a_recorded_result_stands_in_the_plans_history(desk, page):
    desk.record(desk.task())

    [told] = page.get(f"/ke-hoach/{desk.plan.pk}/").context["history"]

    assert told.what == "Ghi kết quả một nhiệm vụ"


@pytest.mark.parametrize("count", [3, 300])
@pytest.mark.parametrize(("path", "queries"), [("", 16), ("mot-trang/", 10)])
def test_plan_and_sheet_cost_the_same_at_3_and_300_tasks(desk, page, count, path, queries, django_assert_num_queries):
    for number in range(count):
        task = TaskFactory(plan=desk.plan, order=number + 1, due=APRIL)
        AssignmentFactory(task=task)
        Progress.objects.create(task=task, outcome="partly", day=APRIL, note="Đã họp", by=desk.person)
    page.get(f"/ke-hoach/{desk.plan.pk}/{path}")

    with django_assert_num_queries(queries):
        answer = page.get(f"/ke-hoach/{desk.plan.pk}/{path}")

    assert answer.content.decode().count("quá 28 ngày") == count


# -- Lists elsewhere ---------------------------------------------------------------------------


def test_the_list_finds_what_is_done_and_what_was_dropped_in_any_year(desk, page):
    desk.record(desk.task("Đã họp"))
    desk.record(desk.task("Đã thôi"), "dropped", note="Hết kinh phí")
    desk.task("Chưa làm", due=APRIL)
    old = PlanFactory(unit=desk.unit, year=2025, state="issued")
    last_year = TaskFactory(plan=old, content="Năm ngoái")
    desk.record(last_year, day=dt.date(2025, 12, 1))

    found = {
        state: [row.task.content for row in page.get(f"/ke-hoach/nhiem-vu/?nam=&trang_thai={state}").context["rows"]]
        for state in ("done", "dropped", "overdue")
    }

    assert {state: sorted(names) for state, names in found.items()} == {
        "done": ["Năm ngoái", "Đã họp"],
        "dropped": ["Đã thôi"],
        "overdue": ["Chưa làm"],
    }


def test_my_work_no_longer_asks_for_what_is_done(desk, page):
    desk.record(desk.task("Đã họp", due=APRIL))
    desk.record(desk.task("Đã thôi", due=APRIL), "dropped")
    desk.record(desk.task("Dở dang", due=APRIL), "partly")
    desk.task("Chưa làm", due=APRIL)

    [late] = page.get("/").context["list"].groups

    assert sorted(row.deadline.what for row in late.rows) == ["Chưa làm", "Dở dang"]


# -- The chairman's sheet ----------------------------------------------------------------------


def test_the_sheet_says_what_is_late_and_who_leads_what_comes_and_what_needs_a_word(desk, page):
    desk.record(desk.task("Đã họp", due=APRIL), day=APRIL)
    desk.record(desk.task("Hội thi"), "dropped", note="Hết kinh phí", proof=PaperProof("30/TB-UBND", APRIL, ""))
    desk.task("Báo cáo quý I", due=dt.date(2026, 3, 31), lead="Văn phòng")
    desk.task("Sơ kết", due=APRIL)
    desk.task("Phát động", due=dt.date(2026, 5, 20), lead="Phòng Văn hóa")
    desk.task("Sang tháng", due=dt.date(2026, 6, 30))
    PlanFactory(unit=desk.unit, state="submitted", subject="Tổng kết năm")
    PlanFactory(state="submitted", subject="Của xã khác")

    answer = page.get(f"/ke-hoach/{desk.plan.pk}/mot-trang/")

    sheet = answer.context["sheet"]
    assert [(figure.number, figure.words) for figure in sheet.figures] == [
        (1, "đã hoàn thành, trên 6 nhiệm vụ"),
        (2, "quá hạn"),
        (1, "đến hạn trong 30 ngày tới"),
    ]
    assert [(task.content, task.lead, task.note) for task in sheet.late] == [
        ("Báo cáo quý I", "Văn phòng", "quá 43 ngày"),
        ("Sơ kết", "", "quá 28 ngày"),
    ]
    assert [(task.content, task.lead, task.note) for task in sheet.coming] == [
        ("Phát động", "Phòng Văn hóa", "còn 7 ngày")
    ]
    assert sheet.asks == (
        "1 việc quá hạn trên 30 ngày: đôn đốc, giao lại hay thôi không thực hiện.",
        "1 việc quá hạn hoặc sắp đến hạn chưa ghi ai chủ trì.",
        "Không thực hiện «Hội thi»: Hết kinh phí",
        "Chờ ký: Kế hoạch Tổng kết năm.",
    )
    words = answer.content.decode()
    assert all(part in words for part in ("Văn phòng", "Chưa ghi ai chủ trì", "Tính đến ngày 13/05/2026"))


def test_a_sheet_with_nothing_to_tell_says_so(desk, page):
    sheet = page.get(f"/ke-hoach/{desk.plan.pk}/mot-trang/")

    assert sheet.context["sheet"].words == "Kế hoạch không có nhiệm vụ nào."
    assert sheet.content.decode().count("Không có việc nào.") == 3


@pytest.mark.parametrize(("who", "code"), [("binh", 200), ("cuong", 404)])
def test_the_sheet_is_read_by_whoever_reads_the_plan(desk, who, code):
    assert signed_in(getattr(desk, who)).get(f"/ke-hoach/{desk.plan.pk}/mot-trang/").status_code == code
