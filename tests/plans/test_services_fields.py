"""What does not fit in a plan is refused with the name of its field; time words become days."""

from __future__ import annotations

import datetime as dt

import pytest

from core.errors import UnfitField
from plans.models import Plan, Task
from plans.services import (
    time_problem,
    update_plan,
    update_section,
    update_table,
    update_task,
)
from tests.factories import PlanFactory, UnitFactory
from tests.plans.rows import again, everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return PlanFactory(sections=2, tasks=2, number="07", paper_date="2026-01-15")


# -- What does not fit names its field -----------------------------------------------------


def too_long(field: str) -> str:
    return "x" * ((Plan._meta.get_field(field).max_length or 20_000) + 1)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("subject", "  ", "Trích yếu còn trống."),
        ("paper_date", "2026-02-30", "Không có ngày này. Ghi ngày/tháng/năm, tháng/năm hoặc năm."),
        ("paper_date", "2026-00", "Không có ngày này. Ghi ngày/tháng/năm, tháng/năm hoặc năm."),
        ("paper_date", "15/01/2026", "Không có ngày này. Ghi ngày/tháng/năm, tháng/năm hoặc năm."),
        ("place", "An\nSơn", "Nội dung phải nằm trên một dòng, không có dấu xuống dòng hay dấu tab."),
        ("closing", "a\x07", "Nội dung có ký tự không in được (mã U+0007) sau «a»; hãy xóa ký tự đó."),
        (
            "recipients",
            "Các thôn\n<b>",
            "Nội dung có thẻ HTML «<b>»; văn bản chỉ gồm chữ, hãy bỏ thẻ đi.",
        ),
    ],
)
def test_an_unfit_header_field_is_named(plan, field, value, sentence):
    before = everything(plan)

    with pytest.raises(UnfitField) as refusal:
        update_plan(plan, actor=None, version=1, **{field: value})

    assert (refusal.value.field, str(refusal.value)) == (field, sentence)
    assert everything(plan) == before


@pytest.mark.parametrize(
    "field", ["number", "symbol", "place", "title", "archive", "signature_post", "signature_name"]
)
def test_a_header_field_longer_than_its_column_is_named(plan, field):
    """PostgreSQL would end the request with an error of its own; SQLite would keep what no other keeps."""
    before = everything(plan)

    with pytest.raises(UnfitField) as refusal:
        update_plan(plan, actor=None, version=1, **{field: too_long(field)})

    assert refusal.value.field == field
    assert everything(plan) == before


@pytest.mark.parametrize("field", ["unit", "state", "year", "kind"])
def test_no_other_field_can_be_set_as_a_header_field(plan, field):
    with pytest.raises(ValueError, match=field):
        update_plan(plan, actor=None, version=1, **{field: "2"})


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"content": " "}, "content", "Nội dung nhiệm vụ còn trống."),
        ({"content": "a\tb"}, "content", "Nội dung phải nằm trên một dòng, không có dấu xuống dòng hay dấu tab."),
        ({"due": "31/6/2026"}, "due", "Không có ngày này."),
        ({"start": 5}, "start", "Không có ngày này."),
        ({"quarter": 5}, "quarter", "Quý từ 1 đến 4."),
        (
            {"start": dt.date(2026, 5, 1), "due": dt.date(2026, 4, 1)},
            "due",
            "Hạn 01/04/2026 lại trước ngày bắt đầu 01/05/2026.",
        ),
        (
            {"lead": ["Văn phòng", "<i>"]},
            "lead",
            "Nội dung có thẻ HTML «<i>»; văn bản chỉ gồm chữ, hãy bỏ thẻ đi.",
        ),
    ],
)
def test_an_unfit_task_field_is_named(plan, values, field, sentence):
    before = everything(plan)

    with pytest.raises(UnfitField) as refusal:
        update_task(plan.tasks.first(), actor=None, version=1, **values)

    assert (refusal.value.field, str(refusal.value)) == (field, sentence)
    assert everything(plan) == before


def test_a_task_due_before_its_unit_began_is_refused():
    unit = UnitFactory(valid_from=dt.date(2025, 7, 1))
    plan = PlanFactory(unit=unit, tasks=1)

    with pytest.raises(UnfitField) as refusal:
        update_task(plan.tasks.get(), actor=None, version=1, due=dt.date(2025, 6, 30))

    assert refusal.value.field == "due"
    assert str(refusal.value) == f"Hạn này trước ngày {unit} được thành lập (01/07/2025)."


def test_a_paper_dated_before_its_unit_began_is_refused():
    plan = PlanFactory(unit=UnitFactory(valid_from=dt.date(2026, 7, 1)))

    with pytest.raises(UnfitField, match="chỉ có từ ngày 01/07/2026"):
        update_plan(plan, actor=None, version=1, paper_date="2026-06-30")


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"columns": "TT\nNội dung"}, "columns", "Kiểu trình bày này cần 5 tên cột, bạn ghi 2."),
        ({"layout": "quarters-3col"}, "columns", "Kiểu trình bày này cần 3 tên cột, bạn ghi 5."),
        ({"layout": "vòng tròn"}, "layout", "Không có kiểu trình bày này."),
        (
            {"title": "a\nb"},
            "title",
            "Nội dung phải nằm trên một dòng, không có dấu xuống dòng hay dấu tab.",
        ),
    ],
)
def test_an_unfit_table_field_is_named(plan, values, field, sentence):
    before = everything(plan)

    with pytest.raises(UnfitField) as refusal:
        update_table(plan.task_tables.get(), actor=None, version=1, **values)

    assert (refusal.value.field, str(refusal.value)) == (field, sentence)
    assert everything(plan) == before


def test_a_second_line_for_the_table_is_refused(plan):
    first, second = plan.sections.all()
    update_section(first, actor=None, version=1, body="[Bảng nhiệm vụ]")
    before = everything(plan)

    with pytest.raises(UnfitField) as refusal:
        update_section(again(second), actor=None, version=2, body="1. Một\n[Bảng nhiệm vụ]")

    assert refusal.value.field == "body"
    assert everything(plan) == before


def test_a_line_for_the_table_makes_the_table_where_there_is_none():
    plan = PlanFactory(sections=1)

    update_section(plan.sections.get(), actor=None, version=1, body="1. Một\n[Bảng nhiệm vụ]")

    assert list(plan.task_tables.values_list("place", "layout", "columns")) == [
        ("body", "columns-5", "TT\nNội dung\nChủ trì\nPhối hợp\nThời gian thực hiện")
    ]


# -- Time words ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "start", "due", "ongoing"),
    [
        ("Quý II/2026", dt.date(2026, 4, 1), dt.date(2026, 6, 30), False),
        ("Tháng 3", dt.date(2026, 3, 1), dt.date(2026, 3, 31), False),
        ("Trước ngày 01/7", None, dt.date(2026, 6, 30), False),
        ("Thường xuyên", dt.date(2026, 1, 1), dt.date(2026, 12, 31), True),
        ("", None, None, False),
    ],
)
def test_new_time_words_set_the_days(plan, words, start, due, ongoing):
    task = plan.tasks.first()
    Task.objects.filter(pk=task.pk).update(time_text="Cũ", due=dt.date(2026, 12, 1))

    update_task(again(task), actor=None, version=1, time_text=words)

    found = again(task)
    assert (found.time_text, found.start, found.due, found.is_ongoing) == (words, start, due, ongoing)


def test_time_words_that_did_not_change_leave_typed_days_alone(plan):
    task = plan.tasks.first()
    Task.objects.filter(pk=task.pk).update(time_text="Quý II/2026", due=dt.date(2026, 12, 1))

    update_task(again(task), actor=None, version=1, time_text="Quý II/2026", note="Giữ hạn")

    assert (again(task).due, again(task).note) == (dt.date(2026, 12, 1), "Giữ hạn")


def test_time_words_that_cannot_be_read_stay_and_are_told(plan):
    task = update_task(plan.tasks.first(), actor=None, version=1, time_text="Tháng 13/2026")

    assert (again(task).time_text, again(task).due) == ("Tháng 13/2026", None)
    assert "tháng 13" in time_problem(task)


def test_time_words_that_are_clear_have_no_problem(plan):
    task = update_task(plan.tasks.first(), actor=None, version=1, time_text="Quý II/2026")

    assert time_problem(task) == ""
