"""A paper goes to the superior, to all below, to others by name: once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from documents.models import Delivery
from tests.documents.deliveries.pages import primary, sending, told, typed
from tests.factories import Role, UnitFactory, UserFactory
from units.models import Unit

pytestmark = pytest.mark.django_db


def test_a_plan_is_sent_from_its_page_and_leads_back_there(desk):
    page, plan_url = desk.window(desk.an), reverse("plans:plan", args=[desk.plan.pk])
    link = f"{sending(desk)}?ve={plan_url}"
    assert link in page.get(plan_url).content.decode()

    answer = page.post(link, typed(desk.province, purpose="Để báo cáo"), follow=True)

    assert answer.redirect_chain == [(plan_url, 302)]
    assert told(answer) == ["Đã gửi Kế hoạch 27/KH-UBND cho 1 nơi."]
    assert "Tỉnh Sông Vân" in answer.content.decode()
    assert list(Delivery.objects.values_list("receiver", "purpose", "way")) == [
        (desk.province.pk, "Để báo cáo", "inside")
    ]


@pytest.mark.parametrize("back", ["https://vidu.example/", "//vidu.example/", "javascript:alert(1)", ""])
def test_the_way_back_is_ours(desk, back):
    answer = desk.window(desk.an).post(f"{sending(desk)}?ve={back}", typed(desk.province))

    assert answer["Location"] == reverse("documents:paper", args=[desk.paper.pk])


def test_the_superior_and_neighbours_of_a_commune_are_at_hand(desk):
    answer = desk.window(desk.an).get(sending(desk))

    form = answer.context["form"]
    assert (form.candidates.superior, form.candidates.lower) == (desk.province, [])
    assert form.offers == ["xã Bình Sơn (Tỉnh Sông Vân)", "xã Hồng Lạc (Tỉnh Sông Vân)"]
    assert "cấp trên trực tiếp, nhận trong chương trình" in answer.content.decode()
    assert primary(answer) == ["Gửi văn bản"]


def test_a_province_sends_to_all_its_communes_at_once(desk):
    officer = UserFactory(role=Role.OFFICER, unit=desk.province)
    paper = desk.paper_of(desk.province, "8")
    for number in range(97):
        UnitFactory(parent=desk.province, name=f"Vân Khê {number}")
    UnitFactory(parent=desk.province, name="Đã giải thể", valid_to=dt.date(2025, 6, 30))

    answer = desk.window(officer).post(sending(desk, paper), typed(everyone="1"), follow=True)

    assert told(answer) == [
        "Đã gửi Kế hoạch 8/KH-UBND cho 100 nơi: 2 nơi nhận trong chương trình, "
        "98 nơi ghi là đã gửi trên hệ thống quản lý văn bản."
    ]
    assert Delivery.objects.filter(paper=paper).count() == 100
    assert "Gửi 100 nơi: 100 chưa nhận." in answer.content.decode()


def test_another_day_has_other_receivers_and_nothing_is_sent_meanwhile(desk):
    district = UnitFactory(district=True, name="Thượng Vân", parent=desk.province, valid_to=dt.date(2025, 6, 30))
    Unit.objects.filter(kind="commune").update(valid_from=dt.date(2025, 7, 1))
    officer = UserFactory(role=Role.OFFICER, unit=desk.province)
    old = desk.paper_of(desk.province, "8", dt.date(2025, 1, 6))
    page = desk.window(officer)

    refused = page.post(sending(desk, old), typed(desk.commune, day="5/3/2025"))

    assert (refused.status_code, refused.context["form"].candidates.lower) == (422, [district])
    assert refused.context["form"].errors["units"] == [
        "Danh sách nơi nhận vừa lấy lại theo ngày 05/03/2025; hãy chọn lại."
    ]
    assert not Delivery.objects.exists()
    page.post(sending(desk, old), typed(district, day="5/3/2025"))
    assert list(Delivery.objects.values_list("receiver", "sent_on")) == [(district.pk, dt.date(2025, 3, 5))]


def test_a_typed_name_means_the_unit_of_that_name_and_others_stand_as_typed(desk):
    names = ["xa binh son", "Xã Hồng Lạc (Tỉnh Sông Vân)", " Công ty   Hoa Ban "]

    desk.window(desk.an).post(sending(desk), typed(others=names))

    sent = Delivery.objects.order_by("pk").values_list("receiver", "receiver_name")
    assert list(sent) == [(desk.neighbour.pk, ""), (desk.far.pk, ""), (None, "Công ty Hoa Ban")]
    assert "Công ty Hoa Ban" in desk.window(desk.an).get(sending(desk)).context["form"].offers


def test_two_units_of_one_name_are_asked_about(desk):
    UnitFactory(name="Bình Sơn", parent=desk.province)

    answer = desk.window(desk.an).post(sending(desk), typed(others=["xã Bình Sơn"]))

    assert answer.context["form"].errors == {
        "others": ["Có nhiều nơi tên «xã Bình Sơn»; hãy chọn dòng có ghi thêm trong ngoặc."]
    }


def test_a_second_click_and_a_second_window_send_nothing(desk):
    page = desk.window(desk.an)
    page.post(sending(desk), typed(desk.province, others=["Công ty Hoa Ban"]), follow=True)

    answer = page.post(sending(desk), typed(desk.province, others=["công ty hoa ban"]), follow=True)

    assert told(answer) == ["Không gửi thêm: những nơi này đã được gửi văn bản này rồi."]
    assert Delivery.objects.count() == 2


def test_the_summary_names_the_missing_receiver_and_leads_to_its_box(desk):
    answer = desk.window(desk.an).post(sending(desk), typed())

    assert '<a href="#id_units">Nơi nhận: Chưa chọn nơi nhận nào.</a>' in answer.content.decode()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"units": []}, "units"),
        ({"day": "31/2/2026"}, "day"),
        ({"day": "21/2/2026"}, "day"),
        ({"day": "1/1/2026"}, "day"),
        ({"day": ""}, "day"),
        ({"way": "bưu điện"}, "way"),
        ({"units": ["999999"]}, "units"),
        ({"others": ["xã An Hòa"]}, "others"),
        ({"others": ["<script>"]}, "others"),
    ],
)
def test_what_cannot_be_sent_is_said_at_its_field_and_what_was_typed_stays(desk, values, field):
    answer = desk.window(desk.an).post(sending(desk), typed(desk.province) | {"purpose": "Để biết"} | values)

    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, [field])
    assert form["purpose"].value() == "Để biết"
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(("who", "code"), [("an", 200), ("binh", 403), ("cuong", 404), ("nga", 404)])
def test_only_the_senders_officer_sends(desk, who, code):
    page = desk.window(getattr(desk, who))

    assert page.get(sending(desk)).status_code == code
    assert page.post(sending(desk), typed(desk.province)).status_code == {200: 302}.get(code, code)
    assert Delivery.objects.count() == (code == 200)


def test_a_receiver_does_not_send_on_what_is_not_its_own(desk):
    desk.send(desk.neighbour)

    assert desk.window(desk.cuong).post(sending(desk), typed(desk.far)).status_code == 403


def test_many_receivers_cost_no_more_reads(desk, django_assert_max_num_queries):
    officer = UserFactory(role=Role.OFFICER, unit=desk.province)
    paper = desk.paper_of(desk.province, "8")
    page = desk.window(officer)

    def asked() -> int:
        with django_assert_max_num_queries(20) as queries:
            assert page.get(sending(desk, paper)).status_code == 200
        return len(queries)

    few = asked()
    for number in range(297):
        UnitFactory(parent=desk.province, name=f"Vân Khê {number}")
    desk.send(*desk.province.lower.all()[:150], paper=paper, actor=officer)

    assert asked() == few
