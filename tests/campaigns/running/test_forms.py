"""The forms of a campaign and its states: what was typed stays, errors stand at their fields."""

from __future__ import annotations

import datetime as dt

import pytest

from campaigns.models import Campaign, Movement, Wave
from tests.campaigns.running.desk import TODAY, add_wave, told, typed, typed_rows
from tests.factories import UnitFactory

# -- Forms ---------------------------------------------------------------------------------


def test_a_campaign_is_made_with_days_typed_the_vietnamese_way(desk):
    answer = desk.post("new", **typed(register_by="05/03/26", follower="nguyen thi an"))

    made = Campaign.objects.get()
    assert answer["Location"].endswith(f"/{made.pk}/")
    assert (made.start, made.end, made.register_by) == (
        dt.date(2026, 1, 1),
        dt.date(2026, 12, 31),
        dt.date(2026, 3, 5),
    )
    assert (made.follower, made.made_by) == (desk.an.person, desk.an)


def test_a_draft_of_the_plan_is_made_along(desk):
    answer = desk.post("new", **typed(with_plan="du-thao"))

    made = Campaign.objects.get()
    assert (made.plan.state, made.plan.unit, made.targets.count()) == ("draft", desk.commune, 25)
    page = desk.window(desk.an).get(answer["Location"])
    assert told(page) == [
        "Đã lập phong trào và dự thảo kế hoạch của phong trào. "
        "Xem lại các đợt, chuyên đề, chỉ tiêu rồi ghi nhận phát động."
    ]


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"title": ""}, "title", "Ghi tên phong trào."),
        ({"start": "31/2/2026"}, "start", "Không có ngày này. Ngày/tháng/năm, ví dụ 5/3/2026."),
        ({"end": "1/1/2025"}, "end", "Ngày kết thúc trước ngày bắt đầu 01/01/2026."),
        ({"with_plan": "co-san"}, "plan", "Chọn kế hoạch, hoặc chọn cách khác ở câu trên."),
        (
            {"follower": "Ông Ất"},
            "follower",
            "Chưa có người này trong danh sách Nhân sự của đơn vị.",
        ),
    ],
)
def test_a_refused_form_keeps_what_was_typed_with_the_error_at_its_field(desk, said, field, sentence):
    answer = desk.post("new", **typed(**said))

    form = answer.context["form"]
    assert (answer.status_code, dict(form.errors)) == (422, {field: [sentence]})
    assert form["theme"].value() == "Đoàn kết, sáng tạo"
    assert form[field].value() == said.get(field, form[field].value())
    assert Campaign.objects.count() == 0


def test_two_people_who_edit_both_see_the_others_words(desk):
    made = desk.campaign()
    there = {**typed(theme="Của An"), "version": "1"}
    desk.post("edit", made.pk, **typed(theme="Của Bình"), version="1")

    answer = desk.post("edit", made.pk, **there)

    form = answer.context["form"]
    assert answer.status_code == 409
    assert form.errors["theme"] == ["Người khác vừa lưu: «Của Bình»."]
    assert (form["theme"].value(), form["version"].value()) == ("Của An", "2")
    assert Campaign.objects.get().theme == "Của Bình"

    desk.post("edit", made.pk, **there | {"version": form["version"].value()})

    assert (Campaign.objects.get().theme, Campaign.objects.get().version) == ("Của An", 3)


def test_the_plan_is_linked_and_let_go_on_the_form(desk):
    plan, made = desk.plan(), desk.campaign()

    desk.post("edit", made.pk, **typed(plan=plan.title.capitalize() + " " + plan.subject), version="1")
    linked = Campaign.objects.get().plan
    desk.post("edit", made.pk, **typed(), version="2")

    assert (linked, Campaign.objects.get().plan) == (plan, None)


def test_waves_are_typed_moved_and_taken_out(desk):
    made = desk.campaign()
    first, second, third = (add_wave(made, order) for order in (1, 2, 3))
    rows = [
        {"pk": first.pk, "order": 3, "name": "Đợt 1", "start": "5/1/2026", "end": "30/06/26"},
        {"pk": second.pk, "order": 2, "name": "", "is_removed": "on"},
        {"pk": third.pk, "order": 3, "name": "Đợt 3", "occasion": "Quốc khánh 2/9"},
        {"order": "", "name": "Đợt mới"},
        {"order": "", "name": ""},
    ]

    answer = desk.post("waves", made.pk, **typed_rows("dot", rows, there=3, version=1))

    assert answer["Location"] == f"/phong-trao/{made.pk}/"
    waves = list(made.waves.all())
    assert [(wave.order, wave.name) for wave in waves] == [(1, "Đợt 3"), (2, "Đợt 1"), (3, "Đợt mới")]
    assert (waves[0].occasion, waves[1].start, waves[1].end) == (
        "Quốc khánh 2/9",
        dt.date(2026, 1, 5),
        dt.date(2026, 6, 30),
    )


def test_rows_that_are_refused_stay_as_typed(desk):
    made = desk.campaign()
    there = add_wave(made)
    rows = [{"pk": there.pk, "order": 1, "name": "Đợt một", "start": "40/1/2026"}, {"name": "", "start": "1/7/2026"}]

    answer = desk.post("waves", made.pk, **typed_rows("dot", rows, there=1, version=1))

    forms = list(answer.context["rows"])
    assert answer.status_code == 422
    assert [dict(form.errors) for form in forms[:2]] == [
        {"start": ["Không có ngày này. Ngày/tháng/năm, ví dụ 5/3/2026."]},
        {"name": ["Ghi tên đợt."]},
    ]
    assert (forms[0]["name"].value(), forms[0]["start"].value()) == ("Đợt một", "40/1/2026")
    assert Wave.objects.get().name == "Đợt 1"


def test_movements_saved_from_an_old_page_are_not_written(desk):
    made = desk.campaign()
    desk.post("movements", made.pk, **typed_rows("cd", [{"name": "Một"}], there=0, version=1))

    answer = desk.post("movements", made.pk, **typed_rows("cd", [{"name": "Hai"}], there=0, version=1))

    assert (answer.status_code, list(answer.context["rows"])[0]["name"].value()) == (409, "Hai")
    assert [row.name for row in Movement.objects.all()] == ["Một"]


def test_a_page_saved_with_more_rows_stays_there(desk):
    made = desk.campaign()

    answer = desk.post("movements", made.pk, them="1", **typed_rows("cd", [{"name": "Một"}], there=0, version=1))

    assert answer["Location"] == f"/phong-trao/{made.pk}/chuyen-de/"
    page = desk.page("movements", made.pk)
    assert len(list(page.context["rows"])) == 1 + 3  # blank ones to type in


# -- States --------------------------------------------------------------------------------


def test_the_launch_is_recorded_with_its_day(desk):
    made = desk.campaign(plan=desk.plan(number="7"))

    assert desk.page("launch", made.pk).context["form"]["day"].value() == TODAY
    refused = desk.post("launch", made.pk, day="21/2/2026")
    desk.post("launch", made.pk, day="15/1/2026")
    again = desk.post("launch", made.pk, day="16/1/2026")

    assert (refused.status_code, again.status_code) == (422, 302)
    assert refused.context["form"].errors["day"] == ["Ngày 21/02/2026 chưa đến. Phát động rồi hãy ghi nhận."]
    now = Campaign.objects.get()
    assert (now.state, now.launched_on) == ("running", dt.date(2026, 1, 15))


def test_closing_twice_says_how_it_stands(desk):
    made = desk.campaign(is_running=True)

    desk.post("move", made.pk, viec="tong-ket")
    answer = desk.post("move", made.pk, viec="chuan-bi")
    page = desk.window(desk.an).get(answer["Location"])

    assert Campaign.objects.get().state == "closed"
    assert told(page)[-1] == "Không ghi thêm. Đã tổng kết."


def test_dropping_asks_for_the_reason(desk):
    made = desk.campaign()

    refused = desk.post("drop", made.pk, reason="")
    desk.post("drop", made.pk, reason="Tỉnh không phát động nữa")

    assert refused.context["form"].errors["reason"] == ["Ghi lý do không thực hiện phong trào."]
    assert desk.page("campaign", made.pk).context["standing"] == "Không thực hiện: Tỉnh không phát động nữa."


def test_those_without_the_right_are_refused(desk):
    made = desk.campaign()
    other = UnitFactory()

    for name in ("edit", "waves", "movements", "launch", "drop"):
        assert desk.page(name, made.pk, who=desk.binh).status_code == 403
        assert desk.page(name, made.pk, who=desk.cuong).status_code == 404
    assert desk.page("new", dv=other.pk).status_code == 404
    assert desk.page("new", who=desk.binh).status_code == 403
