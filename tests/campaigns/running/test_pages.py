"""The list, the page of one campaign, and the forms: what was typed stays, errors stand at their fields."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse

from campaigns.models import Campaign, Movement, Result, Review, Wave
from documents.models import IssuedPaper
from plans.models import Plan
from reminders.models import Request
from tests.campaigns.running.desk import NAME, TODAY, add_wave, told, typed, typed_rows
from tests.factories import IssuerFactory, PartFactory, UnitFactory


def titles(answer) -> list[str]:
    return [row.campaign.title for row in answer.context["rows"]]


def primary(answer) -> list[str]:
    found = re.findall(
        r'<(?:a|button) class="btn btn-primary"[^>]*>(?:<svg.*?</svg>)?(.*?)</', answer.content.decode(), re.S
    )
    return [" ".join(words.split()) for words in found]


# -- The list ------------------------------------------------------------------------------


def test_the_empty_list_teaches_and_offers_to_begin(desk):
    page = desk.page("list")

    assert "Chưa có phong trào nào" in page.content.decode()
    assert primary(page) == ["Lập phong trào"]
    assert primary(desk.page("list", who=desk.binh)) == []


def test_the_list_says_how_each_stands_and_how_many_days_are_left(desk):
    desk.campaign(title="Một", is_running=True, register_by=dt.date(2026, 3, 4), end=dt.date(2026, 12, 31))
    second = desk.campaign(title="Hai", is_running=True)
    add_wave(second, review_by=dt.date(2026, 2, 17))
    desk.campaign(title="Ba")

    shown = {row.campaign.title: row.shown for row in desk.page("list").context["rows"]}

    assert (shown["Một"].word, shown["Một"].left) == ("Đã phát động", "còn 12 ngày đến hạn đăng ký")
    assert (shown["Hai"].left, shown["Hai"].late) == ("", "quá hạn sơ kết, tổng kết Đợt 1 3 ngày")
    assert (shown["Ba"].word, shown["Ba"].left) == ("Đang chuẩn bị", "")


def test_the_nearest_day_stands_first(desk):
    desk.campaign(title="Không hạn")
    desk.campaign(title="Cuối năm", end=dt.date(2026, 12, 31))
    reviewed = desk.campaign(title="Đã sơ kết", end=dt.date(2026, 11, 30))
    wave = add_wave(reviewed, review_by=dt.date(2026, 3, 1))
    record_review(reviewed, wave)
    waved = desk.campaign(title="Sắp sơ kết", end=dt.date(2026, 12, 31))
    add_wave(waved, review_by=dt.date(2026, 5, 1))
    desk.campaign(title="Đăng ký", register_by=dt.date(2026, 3, 1))

    assert titles(desk.page("list")) == ["Đăng ký", "Sắp sơ kết", "Đã sơ kết", "Cuối năm", "Không hạn"]
    assert titles(desk.page("list", xep="-ten"))[0] == "Đăng ký"


def record_review(campaign: Campaign, wave: Wave) -> None:
    issuer = campaign.unit.issuers.first() or IssuerFactory(unit=campaign.unit)
    paper = IssuedPaper.objects.create(issuer=issuer, kind="Báo cáo", number="9", symbol="BC-UBND", date=TODAY)
    Review.objects.create(campaign=campaign, wave=wave, period="2026-H1", paper=paper)


def test_the_list_is_filtered_and_searched_without_marks(desk):
    desk.campaign(title="Nông thôn mới", kind="thematic", is_running=True)
    desk.campaign(title="Bão lụt", kind="sudden", level="province")
    desk.campaign(title="Năm ngoái", year=2025)
    desk.campaign(title="Giai đoạn", year=2025, period="stage", start=dt.date(2025, 1, 1), end=dt.date(2030, 1, 1))

    def found(**query):
        return sorted(titles(desk.page("list", **({"nam": "2026"} | query))))

    assert found() == ["Bão lụt", "Giai đoạn", "Nông thôn mới"]
    assert found(nam="2025") == ["Giai đoạn", "Năm ngoái"]
    assert len(found(nam="")) == 4
    assert found(q="nong thon") == found(loai="thematic") == found(trang_thai="running") == ["Nông thôn mới"]
    assert found(cap="province") == found(loai="sudden") == ["Bão lụt"]
    assert found(nguon="cap-tren") == []


def test_progress_is_told_in_a_sentence(desk):
    made = desk.campaign(is_running=True)
    first, _ = (made.targets.create(order=order, text=f"Chỉ tiêu {order}", low=1) for order in (1, 2))

    assert [row.progress for row in desk.page("list").context["rows"]] == ["2 chỉ tiêu, chưa có số liệu"]

    Result.objects.create(target=first, period="2026-Q1", value=1)

    assert [row.progress for row in desk.page("list").context["rows"]] == ["2 chỉ tiêu, 1 đã có số liệu"]


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_costs_the_same_at_3_and_300_campaigns(desk, count, django_assert_num_queries):
    above = desk.launched_above(desk.commune)
    for number in range(count):
        made = desk.campaign(title=f"Phong trào {number}", is_running=True, parent=above if number == 0 else None)
        add_wave(made, review_by=dt.date(2026, 6, 30))
        made.targets.create(order=1, text="Trồng cây", low=1)
    desk.page("list")

    with django_assert_num_queries(10):
        page = desk.page("list")

    assert (page.context["page"].total, len(page.context["rows"])) == (count + 1, min(count + 1, 25))


# -- One campaign --------------------------------------------------------------------------


def test_one_page_says_what_how_far_who_is_missing_and_what_is_next(desk):
    made = desk.campaign(
        is_running=True,
        theme="Đoàn kết, sáng tạo",
        start=dt.date(2026, 1, 1),
        end=dt.date(2026, 12, 31),
        register_by=dt.date(2026, 3, 4),
        scope="Cán bộ, Nhân dân",
        rewards="Giấy khen",
    )
    add_wave(made, start=dt.date(2025, 1, 1), end=dt.date(2026, 6, 30), review_by=dt.date(2026, 7, 9))
    Movement.objects.create(campaign=made, order=1, name="Chuyển đổi số", lead="Đoàn xã")
    target = made.targets.create(order=1, text="Trồng cây", low=100, measure="cây", adds_up=True)
    Result.objects.create(target=target, period="2026-Q1", value=60)
    Request.objects.create(
        unit=desk.commune,
        title="Gửi đăng ký",
        due=TODAY,
        state="asked",
        by=desk.an,
        kind="campaigns.campaign",
        subject=made.pk,
    )

    page = desk.page("campaign", made.pk)

    words = " ".join(page.content.decode().split())
    assert page.context["standing"] == "Đã phát động ngày 20/02/2026, còn 12 ngày đến hạn đăng ký."
    for said in ("Đoàn kết, sáng tạo", "Cán bộ, Nhân dân", "Giấy khen", "chủ trì: Đoàn xã", "60 cây", "Gửi đăng ký"):
        assert said in words
    assert "Ngày 01/01/2025 nằm ngoài thời gian của phong trào (từ 01/01/2026 đến 31/12/2026)." in words
    assert [step.words(TODAY) for step, _, _ in page.context["days"]] == [
        "còn 12 ngày đến hạn đăng ký",
        "còn 139 ngày đến hạn sơ kết, tổng kết Đợt 1",
        "còn 314 ngày đến ngày kết thúc phong trào",
    ]
    asking = f"?don_vi={desk.commune.pk}&amp;kind=campaigns.campaign&amp;subject={made.pk}"
    assert reverse("reminders:request_new") + asking in words


def test_the_primary_button_follows_the_state(desk):
    made = desk.campaign(plan=desk.plan())
    assert primary(desk.page("campaign", made.pk)) == ["Soạn kế hoạch"]
    assert primary(desk.page("campaign", made.pk, who=desk.binh)) == []

    Plan.objects.update(state="issued")
    assert primary(desk.page("campaign", made.pk)) == ["Ghi nhận đã phát động"]

    Campaign.objects.update(state="running")
    assert primary(desk.page("campaign", made.pk)) == ["Ghi kết quả"]


def test_the_plan_and_its_campaign_lead_to_each_other(desk):
    plan = desk.plan()
    made = desk.campaign(plan=plan)

    of_plan = desk.window(desk.an).get(reverse("plans:plan", args=[plan.pk])).content.decode()

    assert f'<dt>Phong trào</dt><dd><a href="/phong-trao/{made.pk}/">{NAME}</a></dd>' in of_plan
    assert f'href="/ke-hoach/{plan.pk}/">{plan.subject}</a>' in desk.page("campaign", made.pk).content.decode()


def test_a_plan_without_a_campaign_offers_to_make_one(desk):
    plan = desk.plan()
    pages = [desk.window(user).get(reverse("plans:plan", args=[plan.pk])) for user in (desk.an, desk.binh)]

    offers = ["Lập phong trào từ kế hoạch này" in page.content.decode() for page in pages]

    assert offers == [True, False]
    form = desk.page("new", **{"ke-hoach": plan.pk, "dv": desk.commune.pk}).context["form"]
    assert (form.initial["title"], form.initial["plan"], form.initial["with_plan"]) == (plan.subject, plan, "co-san")


def test_a_request_to_the_parts_is_made_for_the_campaign(desk):
    made = desk.campaign(is_running=True, register_by=dt.date(2026, 3, 4))
    village = PartFactory(unit=desk.commune)
    address = f"{reverse('reminders:request_new')}?kind=campaigns.campaign&subject={made.pk}"

    form = desk.window(desk.an).get(address).context["form"]
    said = {"title": form.initial["title"], "due": "4/3/2026", "parts": [village.pk]}
    desk.window(desk.an).post(address, said)

    assert (form.initial["title"], form.initial["due"]) == (f"Đăng ký thi đua: {NAME}", dt.date(2026, 3, 4))
    request = Request.objects.get()
    assert (request.kind, request.subject) == ("campaigns.campaign", made.pk)
    assert list(desk.page("campaign", made.pk).context["requests"]) == [request]


@pytest.mark.parametrize("count", [3, 60])
def test_a_page_costs_the_same_with_few_rows_and_many(desk, count, django_assert_num_queries):
    made = desk.campaign(is_running=True)
    for order in range(1, count + 1):
        add_wave(made, order, review_by=dt.date(2026, 6, 30))
        Movement.objects.create(campaign=made, order=order, name=f"Chuyên đề {order}")
        target = made.targets.create(order=order, text=f"Chỉ tiêu {order}", low=1)
        Result.objects.create(target=target, period="2026-Q1", value=1)
    desk.page("campaign", made.pk)

    with django_assert_num_queries(19):
        page = desk.page("campaign", made.pk)

    assert (len(page.context["targets"]), len(page.context["waves"])) == (count, count)


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
