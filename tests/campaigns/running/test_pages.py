"""The list and the page of one campaign."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse

from campaigns.models import Campaign, Movement, Result, Review, Wave
from documents.models import IssuedPaper
from plans.models import Plan
from reminders.models import Request
from tests.campaigns.running.desk import NAME, TODAY, add_wave
from tests.factories import IssuerFactory, PartFactory


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


def test_a_draft_counts_the_days_to_its_beginning_not_to_its_end(desk):
    desk.campaign(title="Chưa bắt đầu", start=dt.date(2026, 3, 2), end=dt.date(2026, 12, 31))
    desk.campaign(title="Đã qua ngày bắt đầu", start=dt.date(2026, 1, 2), end=dt.date(2026, 12, 31))

    left = [(row.campaign.title, row.shown.left) for row in desk.page("list").context["rows"]]

    assert left == [("Chưa bắt đầu", "còn 10 ngày đến ngày bắt đầu phong trào"), ("Đã qua ngày bắt đầu", "")]


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
    """For figures: registration has a request of its own, whose answers become registrations."""
    made = desk.campaign(is_running=True, register_by=dt.date(2026, 3, 4))
    village = PartFactory(unit=desk.commune)
    address = f"{reverse('reminders:request_new')}?kind=campaigns.campaign&subject={made.pk}"

    form = desk.window(desk.an).get(address).context["form"]
    said = {"title": form.initial["title"], "due": "4/3/2026", "parts": [village.pk]}
    desk.window(desk.an).post(address, said)

    assert (form.initial["title"], form.initial["due"]) == (f"Báo cáo kết quả: {NAME}", dt.date(2026, 3, 6))
    request = Request.objects.get()
    assert (request.kind, request.subject) == ("campaigns.campaign", made.pk)
    assert list(desk.page("campaign", made.pk).context["requests"]) == [request]


def test_those_who_are_missing_are_asked_to_register_from_the_campaigns_page(desk):
    made = desk.campaign(is_running=True, register_by=dt.date(2026, 3, 4))
    asking = reverse("campaigns:registration_ask", args=[made.pk])
    assert asking not in desk.page("campaign", made.pk).content.decode()

    PartFactory(unit=desk.commune)

    assert asking in desk.page("campaign", made.pk).content.decode()
    assert asking not in desk.page("campaign", made.pk, who=desk.binh).content.decode()


def test_a_province_that_prepares_a_campaign_is_not_told_of_villages(desk):
    made = desk.campaign(desk.province)

    words = desk.page("campaign", made.pk, who=desk.nga).content.decode()

    assert "Các nơi tham gia" in words
    assert "đã phát động rồi thì gửi cho các đơn vị cấp dưới từ đây" in words
    assert "Thôn, trường, cơ quan" not in words


@pytest.mark.parametrize("count", [3, 60])
def test_a_page_costs_the_same_with_few_rows_and_many(desk, count, django_assert_num_queries):
    made = desk.campaign(is_running=True)
    for order in range(1, count + 1):
        add_wave(made, order, review_by=dt.date(2026, 6, 30))
        Movement.objects.create(campaign=made, order=order, name=f"Chuyên đề {order}")
        target = made.targets.create(order=order, text=f"Chỉ tiêu {order}", low=1)
        Result.objects.create(target=target, period="2026-Q1", value=1)
    desk.page("campaign", made.pk)

    with django_assert_num_queries(15):
        page = desk.page("campaign", made.pk)

    assert (len(page.context["targets"]), len(page.context["waves"])) == (count, count)
