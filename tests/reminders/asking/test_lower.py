"""Units below: asked by a paper that was delivered to them, judged by what they delivered back and by nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from core.errors import UnfitField
from documents.deliveries import services as deliveries
from documents.models import Delivery, IssuedPaper
from reminders.asking import lower_deadlines, services
from reminders.asking.lower import ask_by_paper, papers_to_ask_by
from reminders.asking.lower_board import grid_of, open_requests
from reminders.asking.values import AnswerData, RequestData
from reminders.deadlines import Scope
from reminders.models import Ask, Request
from reminders.states import RequestState
from tests.factories import PartFactory, Role, UnitFactory, UserFactory
from tests.reminders.asking.desk import DUE, NOW, TODAY, answer_of, deliver, officer, paper_of
from tests.units.conftest import signed_in
from units.models import Unit, User

pytestmark = pytest.mark.django_db

PLAN = RequestData("Báo cáo 6 tháng", DUE, (), body="Theo mẫu số 1.")


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@dataclass
class House:
    """A unit above with communes below; ``nga`` is its officer, ``an`` the officer of An Hòa."""

    above: Unit
    hoa: Unit
    son: Unit
    nga: User
    an: User
    windows: dict[int, Client] = field(default_factory=dict)

    def window(self, user: User) -> Client:
        return self.windows.setdefault(user.pk, signed_in(user))

    def asked(self, number: str = "15", data: RequestData = PLAN, *units: Unit) -> Request:
        paper = paper_of(self.above, number)
        deliver(paper, self.nga, *(units or (self.hoa, self.son)))
        return ask_by_paper(paper, actor=self.nga, data=data)

    def answers(self, request: Request, number: str = "7", *, day: dt.date = DUE) -> IssuedPaper:
        """An Hòa receives the paper and answers it by a report of that day."""
        delivery = Delivery.objects.get(asks__request=request, receiver=self.hoa)
        deliveries.receive(delivery, actor=self.an, unit_id=self.hoa.pk, day=delivery.sent_on)
        report = paper_of(self.hoa, number, day=day, kind="Báo cáo", symbol="BC-UBND")
        with time_machine.travel(dt.datetime.combine(day, NOW.timetz()), tick=False):
            deliveries.answer(delivery, actor=self.an, paper=report)
        return report

    def cells(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Commune and request → what the board says."""
        requests = list(open_requests(self.nga))
        grid = grid_of(requests, TODAY)
        names = {self.hoa.pk: "An Hòa", self.son.pk: "Bình Sơn"} | dict(Unit.objects.values_list("pk", "name"))
        titles = {request.pk: request.title for request in requests}
        return {
            (names[unit], titles[request]): (cell.state.word, cell.state.note)
            for (unit, request), cell in grid.cells.items()
        }


@pytest.fixture(params=["province", "district"])
def house(request) -> House:
    """Since July 2025 the province is above the communes, before it was the district: nothing depends on it."""
    above = UnitFactory(**{request.param: True})
    hoa, son = (UnitFactory(name=name, parent=above) for name in ("An Hòa", "Bình Sơn"))
    made = House(above, hoa, son, officer(above, "nga"), officer(hoa, "an"))
    officer(son, "cuong")
    return made


@pytest.fixture
def province_house() -> House:
    above = UnitFactory(province=True, name="Sông Vân")
    hoa, son = (UnitFactory(name=name, parent=above) for name in ("An Hòa", "Bình Sơn"))
    return House(above, hoa, son, officer(above, "nga"), officer(hoa, "an"))


# -- Asking ------------------------------------------------------------------------------------


def test_everybody_below_who_has_the_paper_is_asked(house):
    request = house.asked()

    assert (request.state, request.unit, request.paper.number, request.body) == (
        RequestState.ASKED,
        house.above,
        "15",
        "Theo mẫu số 1.",
    )
    assert [(ask.lower, ask.delivery.receiver, ask.part) for ask in request.asks.order_by("lower__name")] == [
        (house.hoa, house.hoa, None),
        (house.son, house.son, None),
    ]


def test_a_province_asks_over_a_district(db):
    province = UnitFactory(province=True)
    district = UnitFactory(district=True, parent=province)
    commune = UnitFactory(parent=district)
    nga = officer(province, "nga")
    paper = paper_of(province)
    deliver(paper, nga, district, commune)

    request = ask_by_paper(paper, actor=nga, data=PLAN)

    assert {ask.lower for ask in request.asks.all()} == {district, commune}


def test_without_a_delivery_to_anybody_below_nobody_can_be_asked(house):
    unsent, sent_up = paper_of(house.above, "1"), paper_of(house.hoa, "2")
    deliver(sent_up, house.an, house.above)

    for paper, by in ((unsent, house.nga), (sent_up, house.an)):
        with pytest.raises(UnfitField, match="chưa gửi cho đơn vị cấp dưới nào"):
            ask_by_paper(paper, actor=by, data=PLAN)
    assert list(papers_to_ask_by(house.nga)) == []


def test_a_paper_asks_once(house):
    request = house.asked()

    with pytest.raises(UnfitField, match="Văn bản này đã có yêu cầu «Báo cáo 6 tháng»"):
        ask_by_paper(request.paper, actor=house.nga, data=PLAN)
    assert list(papers_to_ask_by(house.nga)) == []


def test_whoever_gets_the_paper_later_is_asked_too_and_who_loses_it_no_more(house):
    request = house.asked("15", PLAN, house.hoa)
    late = deliver(request.paper, house.nga, house.son, day=TODAY)[house.son]
    assert set(house.cells()) == {("An Hòa", PLAN.title), ("Bình Sơn", PLAN.title)}

    deliveries.withdraw(late, actor=house.nga)

    assert set(house.cells()) == {("An Hòa", PLAN.title)}
    assert [ask.lower for ask in request.asks.all()] == [house.hoa]


def test_a_paper_sent_again_is_answered_by_its_new_delivery(house):
    request = house.asked("15", PLAN, house.hoa)
    first = Delivery.objects.get(asks__request=request)
    deliveries.receive(first, actor=house.an, unit_id=house.hoa.pk, day=TODAY)
    deliveries.send_back(first, actor=house.an, unit_id=house.hoa.pk, reason="thiếu mẫu")
    assert house.cells() == {("An Hòa", PLAN.title): ("Trả lại", "quá 5 ngày")}

    again = deliver(request.paper, house.nga, house.hoa, day=TODAY)[house.hoa]

    assert Ask.objects.get(request=request).delivery == again
    assert house.cells() == {("An Hòa", PLAN.title): ("Quá hạn", "quá 5 ngày")}


# -- Who has sent ------------------------------------------------------------------------------


def test_only_what_was_delivered_counts(house):
    """First something that could leak: an answer that is written, issued, and still at home."""
    request = house.asked()
    delivery = Delivery.objects.get(asks__request=request, receiver=house.hoa)
    deliveries.receive(delivery, actor=house.an, unit_id=house.hoa.pk, day=TODAY)
    report = paper_of(house.hoa, "7", day=DUE, kind="Báo cáo", subject="BÁO CÁO CHƯA GỬI")
    assert IssuedPaper.objects.filter(pk=report.pk).exists()

    board = house.window(house.nga).get(reverse("reminders:lower_board")).content.decode()
    assert "BÁO CÁO CHƯA GỬI" not in board
    assert house.cells()["An Hòa", PLAN.title] == ("Quá hạn", "quá 5 ngày")

    deliveries.answer(delivery, actor=house.an, paper=report)
    assert house.cells()["An Hòa", PLAN.title] == ("Đã gửi 25/11", "muộn 5 ngày")


def test_lateness_is_counted_by_the_calendar_to_the_day_of_receipt(house):
    request = house.asked()
    report = house.answers(request, day=DUE)
    assert house.cells() == {
        ("An Hòa", PLAN.title): ("Đã gửi 20/11", ""),
        ("Bình Sơn", PLAN.title): ("Quá hạn", "quá 5 ngày"),
    }

    back = Delivery.objects.get(paper=report)
    deliveries.receive(back, actor=house.nga, unit_id=house.above.pk, day=dt.date(2026, 11, 23))
    assert house.cells()["An Hòa", PLAN.title] == ("Đã gửi 23/11", "muộn 3 ngày")


def test_an_answer_that_was_returned_is_none(house):
    request = house.asked()
    report = house.answers(request)
    back = Delivery.objects.get(paper=report)
    deliveries.receive(back, actor=house.nga, unit_id=house.above.pk, day=TODAY)

    deliveries.send_back(back, actor=house.nga, unit_id=house.above.pk, reason="thiếu biểu")

    assert house.cells()["An Hòa", PLAN.title] == ("Quá hạn", "quá 5 ngày")


def test_what_came_on_paper_is_entered_for_the_unit(house):
    request = house.asked()
    ask = request.asks.get(lower=house.son)

    services.enter_for(
        ask, actor=house.nga, data=AnswerData("Văn thư xã", text="Đã nộp bản giấy.", day=dt.date(2026, 11, 23))
    )

    assert house.cells()["Bình Sơn", PLAN.title] == ("Đã gửi 23/11", "muộn 3 ngày")


def test_a_commune_outside_the_program_is_noted_by_the_sender(province_house):
    house = province_house
    far = UnitFactory(name="Hồng Lạc", parent=house.above)
    request = house.asked("15", PLAN, far)
    delivery = Delivery.objects.get(asks__request=request)
    deliveries.receive(delivery, actor=house.nga, unit_id=house.above.pk, day=delivery.sent_on)

    deliveries.note_answer(delivery, actor=house.nga, number="9/BC-UBND", day=dt.date(2026, 11, 19))

    assert house.cells() == {("Hồng Lạc", PLAN.title): ("Đã gửi 19/11", "")}


def test_before_the_day_the_board_says_so(house):
    house.asked("15", RequestData("Đăng ký thi đua", dt.date(2026, 12, 1), ()), house.hoa)

    assert house.cells() == {("An Hòa", "Đăng ký thi đua"): ("Chưa gửi", "")}


# -- The board ---------------------------------------------------------------------------------


def test_the_board_shows_totals_and_can_be_narrowed(house):
    request = house.asked()
    house.asked("16", RequestData("Đăng ký thi đua", dt.date(2026, 12, 1), ()), house.hoa)
    house.answers(request)
    window, url = house.window(house.nga), reverse("reminders:lower_board")

    page = window.get(url)
    lacking = window.get(url, {"tinh_trang": "gui-du"})
    one = window.get(url, {"q": "binh son"})

    assert page.context["standing"] == "2 đơn vị, 2 việc đang chờ: còn thiếu 2, trong đó 1 đã quá hạn."
    assert [(unit.name, missing) for unit, _, missing in page.context["rows"]] == [("An Hòa", 1), ("Bình Sơn", 1)]
    assert [(one.title, total.sent, total.asked) for one, total in page.context["requests"]] == [
        ("Báo cáo 6 tháng", 1, 2),
        ("Đăng ký thi đua", 0, 1),
    ]
    assert page.context["total_missing"] == 2
    assert "không yêu cầu" in page.content.decode()
    assert lacking.context["rows"] == []
    assert [unit.name for unit, _, _ in one.context["rows"]] == ["Bình Sơn"]
    assert [(total.sent, total.asked) for _, total in one.context["requests"]] == [(0, 1), (0, 0)]


def test_more_requests_than_fit_stand_on_further_pages(house):
    for number in range(12):
        house.asked(str(20 + number), RequestData(f"Việc {number:02}", dt.date(2026, 12, number + 1), ()), house.hoa)
    window, url = house.window(house.nga), reverse("reminders:lower_board")

    first, second = window.get(url), window.get(url, {"cot": "10"})

    assert [one.title for one, _ in first.context["requests"]] == [f"Việc {number:02}" for number in range(10)]
    assert [one.title for one, _ in second.context["requests"]] == ["Việc 10", "Việc 11"]
    assert [missing for _, _, missing in second.context["rows"]] == [12]
    for odd in ("x", "999", "-3", "9" * 40):
        assert window.get(url, {"cot": odd}).context["requests"][0][0].title == "Việc 00"


@pytest.mark.parametrize(("communes", "requests"), [(3, 2), (100, 10)])
def test_a_large_board_asks_no_more(province_house, communes, requests, django_assert_num_queries):
    house = province_house
    units = [house.hoa, *(UnitFactory(parent=house.above) for _ in range(communes - 1))]
    for number in range(requests):
        request = house.asked(str(20 + number), RequestData(f"Việc {number}", DUE, ()), *units)
        answer_of(request.asks.first())
    window, url = house.window(house.nga), reverse("reminders:lower_board")
    window.get(url, {"dong": "tat-ca"})

    with django_assert_num_queries(12):
        page = window.get(url, {"dong": "tat-ca"})

    assert len(page.context["rows"]) == communes
    assert page.content.decode().count('class="lower-cell"') == communes * requests


def test_an_empty_board_teaches(house):
    page = house.window(house.nga).get(reverse("reminders:lower_board")).content.decode()

    assert "Chưa có việc nào chờ đơn vị cấp dưới" in page
    assert reverse("reminders:lower_new") in page


def test_nobody_sees_the_board_of_others(house):
    house.asked()
    stranger = officer(UnitFactory(province=True), "la")

    for other in (stranger, house.an):
        page = house.window(other).get(reverse("reminders:lower_board")).content.decode()
        assert PLAN.title not in page


# -- The form ----------------------------------------------------------------------------------


def test_a_request_is_made_on_the_page(house):
    paper = paper_of(house.above, "15", subject="Gửi báo cáo sơ kết")
    deliver(paper, house.nga, house.hoa)
    window, url = house.window(house.nga), reverse("reminders:lower_new")

    page = window.get(url, {"van-ban": paper.pk})
    label = page.context["form"]["paper"].value()
    refused = window.post(url, {"paper": "không có", "title": "", "due": ""})
    done = window.post(url, {"paper": label, "title": "Báo cáo sơ kết", "due": "1/12/2026"}, follow=True)

    assert label == "Công văn 15/UBND-TĐKT (02/11/2026, Gửi báo cáo sơ kết)"
    assert "Gửi báo cáo sơ kết" in page.content.decode()
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"paper", "title", "due"})
    assert "Đã yêu cầu 1 đơn vị cấp dưới." in done.content.decode()
    assert Request.objects.get().paper == paper


def test_who_writes_no_requests_makes_none(house):
    reviewer = UserFactory(role=Role.REVIEWER, unit=house.above)

    assert house.window(reviewer).get(reverse("reminders:lower_new")).status_code == 403
    assert house.window(reviewer).get(reverse("reminders:lower_board")).status_code == 200


# -- The unit below ----------------------------------------------------------------------------


def test_it_is_a_deadline_of_the_unit_below_until_it_answers(house):
    request = house.asked()
    delivery = Delivery.objects.get(asks__request=request, receiver=house.hoa)
    scope = Scope(units=[house.hoa.pk])

    [deadline] = lower_deadlines.collect(scope)
    assert (deadline.key, deadline.unit_id, deadline.due, deadline.what) == (
        ("reminders.asked", delivery.pk, 0),
        house.hoa.pk,
        DUE,
        "Báo cáo 6 tháng",
    )
    assert deadline.origin == f"theo Công văn số 15/UBND-TĐKT của {house.above}"
    assert lower_deadlines.COLLECTOR.record_url(deadline) == reverse("documents:delivery", args=[delivery.pk])

    house.answers(request)
    assert list(lower_deadlines.collect(scope)) == []
    assert [one.unit_id for one in lower_deadlines.collect(Scope())] == [house.son.pk]


@pytest.mark.parametrize(
    ("scope", "count"),
    [
        (Scope(), 2),
        (Scope(units=[]), 0),
        (Scope(subjects=[0]), 0),
        (Scope(until=dt.date(2026, 11, 19)), 0),
        (Scope(until=DUE), 2),
    ],
)
def test_only_what_is_asked_for_is_collected(house, scope, count):
    house.asked()

    assert len(list(lower_deadlines.collect(scope))) == count


def test_withdrawn_returned_and_closed_ones_are_no_deadlines(house):
    request = house.asked()
    first, second = Delivery.objects.filter(asks__request=request).order_by("pk")
    deliveries.withdraw(first, actor=house.nga)
    deliveries.receive(second, actor=User.objects.get(username="cuong"), unit_id=house.son.pk, day=TODAY)
    assert len(list(lower_deadlines.collect(Scope()))) == 1

    deliveries.send_back(second, actor=User.objects.get(username="cuong"), unit_id=house.son.pk, reason="nhầm")
    assert list(lower_deadlines.collect(Scope())) == []

    other = house.asked("16", PLAN, house.hoa)
    assert len(list(lower_deadlines.collect(Scope()))) == 1
    services.close(other, actor=house.nga)
    assert list(lower_deadlines.collect(Scope())) == []


@pytest.mark.parametrize("communes", [3, 100])
def test_collecting_takes_one_query(province_house, communes, django_assert_num_queries):
    units = [UnitFactory(parent=province_house.above) for _ in range(communes)]
    province_house.asked("15", PLAN, *units)

    with django_assert_num_queries(1):
        assert len(list(lower_deadlines.collect(Scope()))) == communes


def test_the_unit_below_reads_what_is_asked_where_it_answers(house):
    request = house.asked()
    delivery = Delivery.objects.get(asks__request=request, receiver=house.hoa)
    url = reverse("documents:delivery", args=[delivery.pk])

    page = house.window(house.an).get(url).content.decode()
    board = house.window(house.an).get(reverse("reminders:request", args=[request.pk]))

    for words in ("Báo cáo 6 tháng", "Theo mẫu số 1.", "20/11/2026"):
        assert words in page
    assert board.status_code == 404

    services.close(request, actor=house.nga)
    assert "Báo cáo 6 tháng" not in house.window(house.an).get(url).content.decode()


def test_parts_and_units_below_are_never_mixed_up(house):
    """A village of the unit above has no cell on the board."""
    request = house.asked()
    request.asks.create(part=PartFactory(unit=house.above, name="Thôn Đông"))

    assert set(house.cells()) == {("An Hòa", PLAN.title), ("Bình Sơn", PLAN.title)}
