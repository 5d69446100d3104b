"""The editor's addresses: what one act changes, what another page did meanwhile, what each costs."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import audit
from plans.models import Plan, Section, Task
from plans.selectors import any_plan, plan_data
from plans.services import submit_plan, update_task
from tests.factories import PersonFactory, PlanFactory, Role, TaskFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return PlanFactory(sections=2, tasks=3)


@pytest.fixture
def officer(plan: Plan) -> Any:
    return UserFactory(role=Role.OFFICER, unit=plan.unit)


@pytest.fixture
def desk(client: Client, plan: Plan, officer: Any) -> Desk:
    client.force_login(officer)
    return Desk(client, plan)


class Desk:
    """One window of the editor: it knows the version that it was last told."""

    def __init__(self, client: Client, plan: Plan) -> None:
        self.client, self.plan, self.version = client, plan, plan.version

    def send(self, *acts: dict[str, Any], version: int | None = None) -> Any:
        response = self.client.post(
            f"/ke-hoach/{self.plan.pk}/soan/luu/",
            {"version": self.version if version is None else version, "acts": list(acts)},
            content_type="application/json",
        )
        if "version" in response.json():
            self.version = response.json()["version"]
        return response

    def set(self, row: Any, field: str, value: Any, was: Any = "") -> Any:
        of = "task" if isinstance(row, Task) else "section"
        return self.send({"do": "set", "of": of, "key": str(row.key), "field": field, "value": value, "was": was})

    @property
    def data(self) -> Any:
        return plan_data(any_plan(self.plan.pk))

    @property
    def contents(self) -> list[str]:
        return [task.content for task in self.data.tasks]

    @property
    def numbers(self) -> list[int | None]:
        return [task.number for task in self.data.tasks]


def kinds(response: Any) -> list[str]:
    return [outcome["kind"] for outcome in response.json()["outcomes"]]


def task(plan: Plan, position: int) -> Task:
    return plan.tasks.all()[position]


def section(plan: Plan, position: int) -> Section:
    return plan.sections.all()[position]


# -- Single values -------------------------------------------------------------------------


def test_each_kind_of_value_is_saved_by_one_act(desk, plan):
    person = PersonFactory(unit=plan.unit)
    table = plan.task_tables.get()
    row, part, names = task(plan, 0), section(plan, 0), ["Công an xã", "Thôn 1"]

    response = desk.send(
        {"do": "set", "of": "header", "field": "paper_date", "value": "5/3/2026", "was": "01/2026"},
        {"do": "set", "of": "follower", "value": person.pk, "was": None},
        {"do": "set", "of": "table", "field": "body.layout", "value": "quarters-3col", "was": table.layout},
        {"do": "set", "of": "section", "key": str(part.key), "field": "line", "value": "A. MỤC TIÊU", "was": ""},
        {"do": "set", "of": "section", "key": str(part.key), "field": "body", "value": "- Một\n- Hai", "was": ""},
        {"do": "set", "of": "task", "key": str(row.key), "field": "time_text", "value": "Trước ngày 10/7", "was": ""},
        {
            "do": "set",
            "of": "task",
            "key": str(row.key),
            "field": "lead",
            "value": names,
            "was": [],
        },
    )

    assert (response.status_code, set(kinds(response))) == (200, {"saved"})
    plan.refresh_from_db()
    row.refresh_from_db()
    assert (str(plan.date), plan.follower, plan.task_tables.get().heads) == (
        "2026-03-05",
        person,
        ("TT", "Nội dung", "Phân công thực hiện"),
    )
    assert (row.due, row.lead, [part.name for part in plan.unit.parts.all()]) == (
        dt.date(2026, 7, 9),
        ("Công an xã", "Thôn 1"),
        ["Công an xã", "Thôn 1"],
    )
    found = section(plan, 0)
    assert (found.marker, found.heading, found.level, found.body) == ("A.", "MỤC TIÊU", 1, "- Một\n- Hai")
    assert audit.first_broken_link(plan.unit_id) is None


def test_what_does_not_fit_is_told_and_the_rest_is_saved(desk, plan):
    row = task(plan, 0)
    before = row.content

    response = desk.send(
        {"do": "set", "of": "task", "key": str(row.key), "field": "content", "value": " ", "was": before},
        {"do": "set", "of": "task", "key": str(row.key), "field": "due", "value": "31/2/2026", "was": ""},
        {"do": "set", "of": "header", "field": "paper_date", "value": "mai", "was": ""},
        {"do": "set", "of": "header", "field": "paper_date", "value": "18/01/2999", "was": ""},
        {"do": "set", "of": "task", "key": str(row.key), "field": "note", "value": "có lưu", "was": ""},
    )

    assert response.status_code == 422
    assert [(outcome["kind"], outcome["message"]) for outcome in response.json()["outcomes"]] == [
        ("refused", "Nội dung nhiệm vụ còn trống."),
        ("refused", "Không có ngày 31/2/2026."),
        ("refused", "Ghi ngày/tháng/năm, tháng/năm hoặc năm, ví dụ 18/01/2026."),
        ("refused", "Năm 2999 cách xa năm của kế hoạch (2026)."),
        ("saved", ""),
    ]
    row.refresh_from_db()
    assert (row.content, row.note) == (before, "có lưu")


def test_time_words_without_a_day_are_told(desk, plan):
    answer = desk.set(task(plan, 0), "time_text", "khi có hướng dẫn", "").json()

    assert answer["tasks"][0]["problem"] == (
        "Lời ghi «khi có hướng dẫn» không cho biết ngày nào, nên nhiệm vụ này chưa có hạn."
    )


def test_a_quarter_is_asked_once_for_the_day_in_mind(desk, plan):
    row = task(plan, 0)
    answer = desk.set(row, "time_text", "Quý II/2026", "").json()
    assert answer["tasks"][0]["asks_day"] is True

    answer = desk.set(row, "planned_for", "15/5", "").json()

    row.refresh_from_db()
    assert (row.planned_for, answer["tasks"][0]["asks_day"]) == (dt.date(2026, 5, 15), False)
    assert desk.data.tasks[0].due == dt.date(2026, 6, 30)

    answer = desk.set(row, "time_text", "Quý III/2026", "Quý II/2026").json()
    row.refresh_from_db()
    assert (row.planned_for, answer["tasks"][0]["asks_day"]) == (None, True)
    answer = desk.set(row, "asks_day", False, True).json()
    assert answer["tasks"][0]["asks_day"] is False


# -- Rows ----------------------------------------------------------------------------------


def test_rows_are_added_moved_and_taken_out_and_numbers_run_on(desk, plan):
    first, second, third = desk.contents
    rows = [
        {"key": str(uuid.uuid4()), "content": "Việc thêm một", "time_text": "Tháng 3/2026", "support": ["Thôn 2"]},
        {"key": str(uuid.uuid4()), "content": "Việc thêm hai", "planned_for": "20/3/2026"},
    ]

    desk.send({"do": "add", "of": "task", "after": str(task(plan, 0).key), "rows": rows})
    assert (desk.contents, desk.numbers) == (
        [first, "Việc thêm một", "Việc thêm hai", second, third],
        [1, 2, 3, 4, 5],
    )
    desk.send({"do": "move", "of": "task", "key": rows[1]["key"], "after": "", "quarter": None})
    assert desk.contents == ["Việc thêm hai", first, "Việc thêm một", second, third]
    desk.send({"do": "remove", "of": "task", "key": str(task(plan, 3).key)})

    assert (desk.contents, desk.numbers) == (["Việc thêm hai", first, "Việc thêm một", third], [1, 2, 3, 4])
    added = plan.tasks.get(content="Việc thêm một")
    assert (added.due, added.support) == (dt.date(2026, 3, 31), ("Thôn 2",))
    assert plan.tasks.get(content="Việc thêm hai").planned_for == dt.date(2026, 3, 20)


def test_a_writers_own_numbers_are_never_touched(desk, plan):
    for row, number in zip(plan.tasks.all(), (3, 7, 9), strict=True):
        desk.set(row, "number", str(number), "")

    desk.send({"do": "add", "of": "task", "after": "", "rows": [{"key": str(uuid.uuid4()), "content": "Mới"}]})

    assert desk.numbers == [None, 3, 7, 9]


def test_a_task_moved_to_another_quarter_takes_its_words_and_days_along(desk, plan):
    row = task(plan, 0)
    desk.set(row, "time_text", "Quý I/2026", "")

    desk.send({"do": "move", "of": "task", "key": str(row.key), "after": str(task(plan, 2).key), "quarter": 3})

    row.refresh_from_db()
    assert (row.quarter, row.time_text, row.due) == (3, "Quý III/2026", dt.date(2026, 9, 30))


def test_sections_are_added_moved_and_taken_out(desk, plan):
    one, two = (str(part.key) for part in plan.sections.all())
    fresh = [
        {"key": str(uuid.uuid4()), "line": "III. TỔ CHỨC THỰC HIỆN", "level": None, "body": "1. Văn phòng"},
        {"key": str(uuid.uuid4()), "line": "", "level": 0, "body": "Lời thêm."},
    ]

    desk.send({"do": "add", "of": "section", "after": one, "rows": fresh})
    desk.send({"do": "move", "of": "section", "key": two, "after": ""})
    desk.send({"do": "remove", "of": "section", "key": one})

    assert [(part.marker, part.level, part.body) for part in plan.sections.all()] == [
        ("II.", 1, "1. Mục đích\n- Phong trào thi đua thiết thực, hiệu quả."),
        ("III.", 1, "1. Văn phòng"),
        ("", 0, "Lời thêm."),
    ]


# -- Another page, a lost answer -----------------------------------------------------------


def test_two_pages_on_different_rows_do_not_stop_each_other(desk, plan, officer):
    mine, theirs = task(plan, 0), task(plan, 1)
    update_task(theirs, actor=officer, version=plan.version, note="của người kia")

    response = desk.set(mine, "note", "của tôi", "")

    assert (response.status_code, kinds(response)) == (200, ["saved"])
    assert [row["note"] for row in response.json()["state"]["tasks"]] == ["của tôi", "của người kia", ""]


def test_the_same_place_changed_twice_gives_both_texts_and_saves_neither_over_the_other(desk, plan, officer):
    row = task(plan, 0)
    before = row.content
    update_task(task(plan, 0), actor=officer, version=plan.version, content="Bản của người kia")

    response = desk.set(row, "content", "Bản của tôi", before)

    assert response.status_code == 409
    assert response.json()["outcomes"] == [{"kind": "conflict", "message": "", "stored": "Bản của người kia"}]
    assert response.json()["by"][0]["who"] == str(officer)
    assert desk.contents[0] == "Bản của người kia"
    assert desk.set(row, "content", "Bản gộp", "Bản của người kia").status_code == 200
    assert desk.contents[0] == "Bản gộp"


def test_a_row_that_somebody_took_out_is_told(desk, plan, officer):
    row = task(plan, 0)
    other = Desk(desk.client, plan)
    other.send({"do": "remove", "of": "task", "key": str(row.key)})

    response = desk.set(row, "note", "muộn mất rồi", "")

    assert (response.status_code, kinds(response)) == (409, ["gone"])
    assert len(response.json()["state"]["tasks"]) == 2


def test_acts_sent_again_after_a_lost_answer_are_done_once(desk, plan):
    old = desk.version
    row = task(plan, 0)
    acts = [
        {"do": "set", "of": "task", "key": str(row.key), "field": "note", "value": "một lần", "was": row.note},
        {"do": "add", "of": "task", "after": str(row.key), "rows": [{"key": str(uuid.uuid4()), "content": "Thêm"}]},
        {"do": "remove", "of": "task", "key": str(task(plan, 2).key)},
    ]
    desk.send(*acts, version=old)
    after = desk.data

    response = desk.send(*acts, version=old)

    assert (response.status_code, kinds(response)) == (200, ["saved", "saved", "saved"])
    assert desk.data == after


def test_a_plan_that_was_submitted_meanwhile_is_closed(desk, plan, officer):
    submit_plan(plan, actor=officer)

    response = desk.set(task(plan, 0), "note", "muộn", "")

    assert (response.status_code, response.json()) == (
        409,
        {"closed": True, "message": "Kế hoạch không còn là dự thảo nên không sửa được."},
    )


def test_a_closed_plan_is_not_opened_for_writing(desk, plan, officer):
    submit_plan(plan, actor=officer)

    response = desk.client.get(f"/ke-hoach/{plan.pk}/soan/")

    assert (response.status_code, response["Location"]) == (302, f"/ke-hoach/{plan.pk}/")


# -- Bad input -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "không phải JSON",
        "[]",
        '{"acts": 5}',
        '{"acts": [{"do": "burn", "of": "task"}]}',
        '{"acts": [{"do": "set", "of": "task", "key": "không phải khóa", "field": "note", "value": ""}]}',
        '{"acts": [{"do": "set", "of": "task", "field": "note", "value": ""}]}',
        '{"acts": [{"do": "set", "of": "header", "field": "state", "value": "issued"}]}',
        '{"acts": [{"do": "set", "of": "header", "field": "subject", "value": {"a": 1}}]}',
        '{"acts": [{"do": "add", "of": "header", "rows": []}]}',
        '{"acts": [{"do": "move", "of": "task", "key": "0b0f4c9e-6f43-4a94-9d4e-1f0c7d2f5a11", "quarter": 5}]}',
        '{"version": "một", "acts": [{"do": "set", "of": "table", "field": "x.y", "value": ""}]}',
    ],
)
def test_what_no_page_of_ours_sends_is_refused_whole(desk, plan, body):
    before = desk.data

    response = desk.client.post(f"/ke-hoach/{plan.pk}/soan/luu/", body, content_type="application/json")

    assert response.status_code == 400
    assert response.json()["message"].startswith("Trang soạn gửi nội dung không đúng mẫu.")
    assert desk.data == before


def test_rows_of_another_plan_cannot_be_reached_through_ones_own(desk, plan):
    foreign = TaskFactory(plan=PlanFactory())

    response = desk.set(foreign, "note", "của người khác", "")

    assert kinds(response) == ["gone"]
    foreign.refresh_from_db()
    assert foreign.note == ""


# -- The preview ---------------------------------------------------------------------------


def test_the_preview_prints_what_is_typed_and_saves_nothing(desk, plan):
    state = _state(desk)
    state["header"]["subject"] = "Lời đang gõ dở"
    state["sections"][0]["body"] = "1. Ý đang gõ\n[Bảng nhiệm vụ]"
    state["tasks"][0] |= {"content": "Việc đang gõ", "time_text": "Trước ngày 10/7"}
    before = desk.data

    response = desk.client.post(
        f"/ke-hoach/{plan.pk}/soan/xem/",
        {"state": state, "times": [state["tasks"][0]["key"]]},
        content_type="application/json",
    )

    answer = response.json()
    assert response.status_code == 200
    assert [words in answer["html"] for words in ("Lời đang gõ dở", "1. Ý đang gõ", "Việc đang gõ")] == [True] * 3
    assert answer["times"] == {state["tasks"][0]["key"]: {"start": "", "due": "09/07/2026", "problem": ""}}
    assert desk.data == before


def _state(desk: Desk) -> dict[str, Any]:
    response = desk.client.get(f"/ke-hoach/{desk.plan.pk}/soan/")
    return response.context["state"]


# -- Cost ----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [12, 200])
@pytest.mark.parametrize("field", ["content", "time_text", "lead"])
def test_one_cell_costs_at_most_fifteen_queries_however_long_the_table(
    client, django_assert_max_num_queries, count, field
):
    plan = PlanFactory(sections=3, tasks=count)
    client.force_login(UserFactory(role=Role.OFFICER, unit=plan.unit))
    desk = Desk(client, plan)
    desk.set(task(plan, 0), "lead", ["Thôn Mới"], [])

    with django_assert_max_num_queries(15):
        response = desk.set(task(plan, 5), field, ["Thôn Mới"] if field == "lead" else "Tháng 5/2026", "")

    assert response.status_code == 200


def test_the_page_costs_the_same_at_3_and_at_300_tasks(client):
    counts = []
    for count in (3, 300):
        plan = PlanFactory(sections=2, tasks=count)
        client.force_login(UserFactory(role=Role.OFFICER, unit=plan.unit))
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"/ke-hoach/{plan.pk}/soan/")
        assert len(response.context["state"]["tasks"]) == count
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20
