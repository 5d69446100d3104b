"""One delivery: the same facts for both sides, and what each may say of it."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from documents.deliveries import services
from documents.models import Delivery, IssuedPaper
from tests.documents.deliveries.conftest import ISSUED, TODAY
from tests.documents.deliveries.pages import RECEIVED, YESTERDAY, acts, address, primary, rows, sending, told
from tests.factories import Role, UserFactory
from tests.units.conftest import signed_in

pytestmark = pytest.mark.django_db


def test_both_sides_see_the_same_facts_and_their_own_acts(desk):
    delivery = desk.sent(purpose="Để báo cáo")
    pages = [desk.window(user).get(address(delivery)) for user in (desk.an, desk.nga, desk.binh)]

    facts = {re.search(r"<dl.*?</dl>", page.content.decode(), re.S)[0] for page in pages}  # type: ignore[index]
    assert len(facts) == 1
    assert {page.context["standing"] for page in pages} == {
        "Xã An Hòa gửi Tỉnh Sông Vân ngày 20/02/2026, chưa ghi ngày nhận."
    }
    assert [acts(page) for page in pages] == [["thu-hoi"], ["nhan", "tra-lai"], []]
    assert [primary(page) for page in pages] == [[], ["Ghi đã nhận"], []]


def test_a_delivery_is_seen_by_its_two_sides_only(desk):
    delivery = desk.sent()

    codes = {who: desk.window(getattr(desk, who)).get(address(delivery)).status_code for who in ("an", "nga", "cuong")}

    assert codes == {"an": 200, "nga": 200, "cuong": 404}


@pytest.mark.parametrize("role", sorted({Role.OFFICER, Role.CLERK, Role.REVIEWER}))
def test_the_receiver_records_the_day(desk, role):
    delivery = desk.sent(desk.far, sent_on=YESTERDAY)
    page = signed_in(UserFactory(role=role, unit=desk.far))

    answer = page.post(address(delivery), {"viec": "nhan", "nhan-day": "19/2/2026"}, follow=True)

    assert told(answer) == ["Đã ghi nhận được ngày 19/02/2026."]
    assert Delivery.objects.get().received_on == YESTERDAY


@pytest.mark.parametrize("day", ["18/2/2026", "21/2/2026", "31/2/2026", ""])
def test_a_day_that_cannot_be_stands_at_its_field(desk, day):
    delivery = desk.sent(sent_on=YESTERDAY)

    answer = desk.window(desk.nga).post(address(delivery), {"viec": "nhan", "nhan-day": day})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["day"])
    assert primary(answer) == ["Ghi đã nhận"]
    assert Delivery.objects.get().received_on is None


@pytest.mark.parametrize("act", ["nhan", "tra-lai", "tra-loi", "thu-hoi", "ghi-tra-loi", "xoa", ""])
def test_colleagues_without_the_right_do_nothing(desk, act):
    delivery = desk.sent()
    leader = UserFactory(role=Role.LEADER, unit=desk.province)
    before = list(Delivery.objects.values())

    codes = [desk.window(user).post(address(delivery), {"viec": act}).status_code for user in (desk.binh, leader)]

    assert codes == [403, 403]
    assert list(Delivery.objects.values()) == before


def test_the_sender_does_not_speak_for_a_receiver_in_the_program(desk):
    delivery = desk.sent()

    answer = desk.window(desk.an).post(address(delivery), {"viec": "nhan", "nhan-day": "20/2/2026"})

    assert (answer.status_code, Delivery.objects.get().received_on) == (403, None)


def test_the_sender_speaks_for_a_receiver_outside_to_the_end(desk):
    delivery = desk.sent(desk.far)
    page = desk.window(desk.an)
    assert acts(page.get(address(delivery))) == ["nhan", "tra-lai", "thu-hoi"]

    page.post(address(delivery), {"viec": "nhan", "nhan-day": "20/2/2026"})
    assert acts(page.get(address(delivery))) == ["ghi-tra-loi", "nhan", "tra-lai"]
    answer = page.post(
        address(delivery),
        {"viec": "ghi-tra-loi", "ghi-tra-loi-number": "15/BC-UBND", "ghi-tra-loi-day": "20/2/2026"},
        follow=True,
    )

    assert told(answer) == ["Đã ghi nhận Xã Hồng Lạc trả lời bằng văn bản 15/BC-UBND."]
    assert acts(answer) == ["ghi-tra-loi", "nhan"]
    assert answer.context["standing"] == "Xã An Hòa gửi Xã Hồng Lạc ngày 20/02/2026, đã trả lời ngày 20/02/2026."


def test_what_is_returned_tells_its_reason_to_the_sender(desk):
    delivery = desk.sent()

    desk.window(desk.nga).post(address(delivery), {"viec": "tra-lai", "tra-lai-reason": "Thiếu phụ lục."})

    page = desk.window(desk.an).get(address(delivery))
    assert "Lý do: Thiếu phụ lục." in page.content.decode()
    assert acts(page) == []
    assert list(desk.window(desk.an).get(sending(desk)).context["form"].there) == []


@pytest.mark.parametrize("act", ["thu-hoi", "nhan"])
def test_a_second_click_and_the_other_side_are_told_how_it_stands(desk, act):
    delivery = desk.sent()
    who = {"thu-hoi": desk.an, "nhan": desk.nga}[act]
    services.send_back(delivery, actor=desk.nga, unit_id=desk.province.pk, reason="Nhầm nơi nhận.")

    answer = desk.window(who).post(address(delivery), {"viec": act, "nhan-day": "20/2/2026"}, follow=True)

    assert told(answer) == ["Không ghi thêm. Xã An Hòa gửi Tỉnh Sông Vân ngày 20/02/2026, bị trả lại ngày 20/02/2026."]


def test_after_withdrawing_the_receiver_finds_nothing(desk):
    delivery = desk.sent()

    answer = desk.window(desk.an).post(address(delivery), {"viec": "thu-hoi"}, follow=True)

    assert told(answer) == ["Đã thu hồi Kế hoạch 27/KH-UBND. Tỉnh Sông Vân không xem được văn bản này nữa."]
    assert desk.window(desk.nga).get(address(delivery)).status_code == 404
    assert desk.window(desk.nga).post(address(delivery), {"viec": "nhan"}).status_code == 404


@pytest.fixture
def asked(desk) -> Delivery:
    """A paper of the province that the commune received."""
    delivery = desk.sent(desk.commune, paper=desk.paper_of(desk.province, "8", ISSUED), actor=desk.nga, sent_on=ISSUED)
    services.receive(delivery, actor=desk.an, unit_id=desk.commune.pk, day=TODAY)
    return delivery


def test_an_answer_is_chosen_from_the_register(desk, asked):
    desk.paper_of(desk.commune, "31", kind="Báo cáo", symbol="BC-UBND", subject="Kết quả quý I")
    page = desk.window(desk.an)
    assert primary(page.get(address(asked))) == ["Trả lời"]

    answer = page.post(address(asked), {"viec": "tra-loi", "tra-loi-paper": "báo cáo 31/bc-ubnd"}, follow=True)

    assert told(answer) == ["Đã trả lời bằng Báo cáo 31/BC-UBND, gửi lại Tỉnh Sông Vân."]
    assert rows(desk.window(desk.nga).get(RECEIVED)) == ["31 Tỉnh Sông Vân"]
    assert "31/BC-UBND" in desk.window(desk.nga).get(address(asked)).content.decode()


@pytest.mark.parametrize("words", ["", "Báo cáo 99/BC-UBND", "Kế hoạch 5/KH-UBND"])
def test_what_is_not_in_the_own_register_is_no_answer(desk, asked, words):
    desk.paper_of(desk.neighbour, "5")
    desk.paper_of(desk.commune, "31")

    answer = desk.window(desk.an).post(address(asked), {"viec": "tra-loi", "tra-loi-paper": words})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["paper"])


def test_a_missing_answer_is_put_on_the_register_and_comes_back_chosen(desk, asked):
    page = desk.window(desk.an)
    Delivery.objects.filter(pk=asked.pk).update(sent_on=TODAY)
    link = f"{reverse('documents:record')}?tra-loi={asked.pk}"
    assert primary(page.get(address(asked))) == ["Ghi văn bản trả lời vào sổ"]
    assert link in page.get(address(asked)).content.decode()
    report = {"issuer": desk.paper.issuer.name, "kind": "Báo cáo", "number": "31/BC-UBND", "date": "20/2/2026"}

    answer = page.post(link, report | {"confirmed": "on"}, follow=True)

    assert answer.redirect_chain == [(f"{address(asked)}?van-ban={IssuedPaper.objects.latest('pk').pk}", 302)]
    assert 'value="Báo cáo 31/BC-UBND (20/02/2026)"' in answer.content.decode()


def test_the_answer_that_was_chosen_stays_while_the_day_of_receipt_is_noted(desk):
    above = desk.paper_of(desk.province, "8", ISSUED)
    waiting = desk.sent(desk.commune, paper=above, actor=desk.nga, sent_on=ISSUED)
    chosen = f"{address(waiting)}?van-ban={desk.paper_of(desk.commune, '31', kind='Báo cáo', symbol='BC-UBND').pk}"
    page = desk.window(desk.an)
    assert f'action="{chosen}"' in page.get(chosen).content.decode()

    answer = page.post(chosen, {"viec": "nhan", "nhan-day": "20/2/2026"}, follow=True)

    assert answer.redirect_chain == [(chosen, 302)]
    assert 'value="Báo cáo 31/BC-UBND' in answer.content.decode()


def test_what_went_outside_is_only_noted_as_withdrawn(desk):
    [outside] = desk.send(names=["Công ty Hoa Ban"])
    page = desk.window(desk.an)

    assert "ở đây chỉ ghi lại là đã thu hồi" in page.get(address(outside)).content.decode()
    answer = page.post(address(outside), {"viec": "thu-hoi"}, follow=True)

    assert told(answer) == ["Đã ghi thu hồi Kế hoạch 27/KH-UBND gửi Công ty Hoa Ban."]


def test_whoever_may_not_write_in_the_register_is_not_sent_there(desk):
    page, waiting = desk.window(desk.nga), desk.sent()
    Delivery.objects.filter(pk=waiting.pk).update(received_on=TODAY, received_by=desk.nga)

    without = page.get(address(waiting)).content.decode()
    desk.paper_of(desk.province, "8")
    with_one = page.get(address(waiting)).content.decode()

    assert "Nhờ văn thư hoặc cán bộ của đơn vị ghi văn bản trả lời vào sổ, rồi chọn ở đây." in without
    assert 'name="tra-loi-paper"' in with_one
    assert reverse("documents:record") not in without + with_one


def test_what_came_back_is_sent_again_from_its_page(desk):
    back = desk.sent()
    Delivery.objects.filter(pk=back.pk).update(returned_on=TODAY, return_reason="Thiếu phụ lục")

    answer = desk.window(desk.an).get(address(back))

    assert primary(answer) == ["Gửi lại"]
    assert f'href="{reverse("documents:send", args=[desk.paper.pk])}"' in answer.content.decode()
    assert primary(desk.window(desk.nga).get(address(back))) == []


def test_one_delivery_asks_the_database_a_few_times(desk, asked, django_assert_max_num_queries):
    for number in range(40):
        desk.paper_of(desk.commune, f"4{number}")

    page = desk.window(desk.an)

    with django_assert_max_num_queries(12):
        assert acts(page.get(address(asked))) == ["tra-loi", "nhan", "tra-lai"]
