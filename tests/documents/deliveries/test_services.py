"""What sending, receiving, returning, answering and withdrawing write, refuse and leave in the audit chains."""

from __future__ import annotations

import datetime as dt
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core import audit
from core.history import history_lines
from core.models import AuditEntry
from core.states import MovedMeanwhile, MoveRefused
from documents.deliveries import services
from documents.deliveries.services import UnfitDays, UnfitDelivery
from documents.deliveries.states import DAYS, DeliveryState, in_state, state_of
from documents.models import Delivery
from tests.documents.deliveries.conftest import ISSUED, TODAY
from tests.factories import UnitFactory
from units.models import Unit

pytestmark = pytest.mark.django_db

YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)
Way, State = Delivery.Way, DeliveryState


def again(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(pk=delivery.pk)


def acts() -> list[tuple[str, int, int | None]]:
    """Code, chain and actor of every act on deliveries, oldest first."""
    entries = AuditEntry.objects.filter(code__startswith="documents.delivery").order_by("pk")
    return [(entry.code.rpartition(".")[2], entry.unit_id, entry.actor_id) for entry in entries]


def refused(act: Any) -> tuple[str, str]:
    """Field and sentence; nothing was written."""
    before = list(Delivery.objects.values()), AuditEntry.objects.count()
    with pytest.raises(UnfitDelivery) as error, transaction.atomic():
        act()
    assert (list(Delivery.objects.values()), AuditEntry.objects.count()) == before
    return error.value.field, str(error.value)


# -- Sending -------------------------------------------------------------------------------


def test_who_has_accounts_gets_it_inside_and_the_others_by_the_document_system(desk):
    sent = desk.send(desk.province, desk.neighbour, desk.far, names=["Công ty Hoa Ban"], purpose="Để báo cáo")

    rows = [again(delivery) for delivery in sent]
    assert [(row.receiver_title, row.way) for row in rows] == [
        ("Tỉnh Sông Vân", Way.INSIDE),
        ("Xã Bình Sơn", Way.INSIDE),
        ("Xã Hồng Lạc", Way.NEXT_DOOR),
        ("Công ty Hoa Ban", Way.NEXT_DOOR),
    ]
    assert {(row.paper, row.sender, row.purpose, row.sent_on, row.recorded_by, row.state) for row in rows} == {
        (desk.paper, desk.commune, "Để báo cáo", TODAY, desk.an, State.SENT)
    }
    assert acts() == [("sent", desk.commune.pk, desk.an.pk)] * 4


@pytest.mark.parametrize("way", [Way.NEXT_DOOR, Way.ON_PAPER])
def test_what_went_another_way_is_recorded_so_for_all(desk, way):
    assert {row.way for row in desk.send(desk.province, desk.far, way=way)} == {way}


def test_a_unit_whose_people_cannot_receive_is_outside_the_program(desk):
    desk.nga.memberships.update(role="leader")

    assert desk.sent().way == Way.NEXT_DOOR


def test_a_second_click_sends_nothing_and_only_the_new_receivers_are_sent_to(desk):
    desk.send(desk.province, names=["Công ty Hoa Ban"])

    again = desk.send(desk.province, names=["CÔNG TY  hoa ban"])
    more = desk.send(desk.province, desk.far, names=["Công ty Hoa Ban"])

    assert again == []
    assert [row.receiver_title for row in more] == ["Xã Hồng Lạc"]
    assert Delivery.objects.count() == 3


def test_a_receiver_named_twice_is_sent_to_once(desk):
    sent = desk.send(desk.far, desk.far, names=["Công ty Hoa Ban", "công ty Hoa Ban"])

    assert [row.receiver_title for row in sent] == ["Xã Hồng Lạc", "công ty Hoa Ban"]


def test_the_database_holds_one_open_delivery_of_a_paper_and_a_receiver(desk):
    first = desk.sent()
    row = {"paper": desk.paper, "sender": desk.commune, "receiver": desk.province, "sent_on": TODAY}
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(**row)

    services.withdraw(first, actor=desk.an)

    assert desk.sent().receiver == desk.province


@pytest.mark.parametrize(
    "values",
    [
        {"receiver": None},
        {"receiver_name": "Công ty Hoa Ban"},
        {"received_on": TODAY, "withdrawn_on": TODAY},
        {"answered_on": TODAY, "answer_number": "1/BC"},
        {"received_on": TODAY, "answered_on": TODAY},
        {"received_on": TODAY, "answer_number": "1/BC"},
    ],
)
def test_the_database_refuses_rows_that_contradict_themselves(desk, values):
    row = {"paper": desk.paper, "sender": desk.commune, "receiver": desk.far, "sent_on": TODAY}
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(**(row | values))
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(**(row | {"receiver": desk.commune}))


def test_what_cannot_be_sent_is_said_at_its_field(desk):
    ended = UnitFactory(parent=desk.province, valid_to=dt.date(2025, 6, 30))

    assert refused(lambda: desk.send())[0] == "units"
    assert refused(lambda: desk.send(names=["  "]))[0] == "units"
    assert refused(lambda: desk.send(desk.far, sent_on=TOMORROW))[0] == "day"
    assert refused(lambda: desk.send(desk.far, sent_on=ISSUED - dt.timedelta(days=1)))[0] == "day"
    assert refused(lambda: desk.send(ended))[0] == "units"
    assert refused(lambda: desk.send(desk.commune))[0] == "others"
    assert refused(lambda: desk.send(names=["XÃ AN HÒA"]))[0] == "others"
    assert refused(lambda: desk.send(names=["<b>Công ty</b>"]))[0] == "others"
    assert refused(lambda: desk.send(desk.far, purpose="x" * 301))[0] == "purpose"


def test_a_paper_of_the_days_of_districts_goes_to_the_units_of_that_day(desk):
    district = UnitFactory(district=True, parent=desk.province, valid_to=dt.date(2025, 6, 30))
    day = dt.date(2025, 3, 5)
    old = desk.paper_of(desk.province, "8", dt.date(2025, 1, 6))

    sent = desk.sent(district, paper=old, actor=desk.nga, sent_on=day)

    assert (sent.receiver, sent.sent_on, sent.way) == (district, day, Way.NEXT_DOOR)


# -- Receiving -----------------------------------------------------------------------------


def test_the_receiver_records_the_day_in_its_own_chain(desk):
    delivery = desk.sent(sent_on=YESTERDAY)

    services.receive(delivery, actor=desk.nga, unit_id=desk.province.pk, day=YESTERDAY)

    row = again(delivery)
    assert (row.state, row.received_on, row.received_by) == (State.RECEIVED, YESTERDAY, desk.nga)
    assert acts() == [("sent", desk.commune.pk, desk.an.pk), ("received", desk.province.pk, desk.nga.pk)]
    assert [audit.first_broken_link(chain) for chain in audit.chains()] == [None] * len(list(audit.chains()))
    assert [(line.what, line.who) for line in history_lines(row)] == [("Ghi đã nhận", "nga"), ("Gửi văn bản", "an")]


def test_the_sender_types_the_day_of_a_receiver_outside_the_program_in_its_own_chain(desk):
    delivery = desk.sent(desk.far)

    services.receive(delivery, actor=desk.an, unit_id=desk.commune.pk, day=TODAY)

    assert (again(delivery).received_on, again(delivery).received_by) == (TODAY, None)
    assert acts()[-1] == ("received", desk.commune.pk, desk.an.pk)


@pytest.mark.parametrize("day", [TOMORROW, TODAY - dt.timedelta(days=2)])
def test_no_day_before_it_was_sent_and_none_to_come(desk, day):
    delivery = desk.sent(sent_on=YESTERDAY)

    field, _ = refused(lambda: services.receive(delivery, actor=desk.nga, unit_id=desk.province.pk, day=day))

    assert field == "day"


def test_a_slip_in_the_day_is_corrected_and_both_days_stay_in_the_history(desk):
    delivery = desk.sent(sent_on=YESTERDAY)
    services.receive(delivery, actor=desk.nga, unit_id=desk.province.pk, day=TODAY)

    services.receive(delivery, actor=desk.nga, unit_id=desk.province.pk, day=YESTERDAY)

    assert (again(delivery).received_on, again(delivery).state) == (YESTERDAY, State.RECEIVED)
    entry = AuditEntry.objects.latest("pk")
    changes = {"received_on": [TODAY.isoformat(), YESTERDAY.isoformat()]}
    assert (entry.code, entry.changes) == ("documents.delivery.receipt_changed", changes)


def test_whoever_comes_second_is_told_and_nothing_is_written(desk):
    delivery = desk.sent()
    late = again(delivery)
    services.receive(delivery, actor=desk.nga, unit_id=desk.province.pk, day=TODAY)

    with pytest.raises(MovedMeanwhile):
        services.withdraw(late, actor=desk.an)
    with pytest.raises(MoveRefused):
        services.withdraw(delivery, actor=desk.an)

    assert again(delivery).state == State.RECEIVED
    assert [code for code, *_ in acts()] == ["sent", "received"]


# -- Many days -----------------------------------------------------------------------------


def sent_by_two(desk) -> list[Delivery]:
    """From two communes to the province."""
    other = desk.paper_of(desk.neighbour, "5", ISSUED)
    return [
        desk.sent(sent_on=YESTERDAY),
        desk.sent(paper=other, actor=desk.cuong, sent_on=YESTERDAY),
    ]


def test_many_days_are_recorded_at_once(desk):
    deliveries = sent_by_two(desk)
    days = dict(zip(deliveries, (YESTERDAY, TODAY), strict=True))

    services.receive_many(days, actor=desk.nga, sides={one.pk: desk.province.pk for one in deliveries})

    assert [again(one).received_on for one in deliveries] == [YESTERDAY, TODAY]
    assert acts()[2:] == [("received", desk.province.pk, desk.nga.pk)] * 2


def test_of_many_days_one_wrong_or_late_leaves_all_unwritten(desk):
    deliveries = first, second = sent_by_two(desk)
    sides = {one.pk: desk.province.pk for one in deliveries}

    with pytest.raises(UnfitDays) as wrong:
        services.receive_many({first: TODAY, second: TOMORROW}, actor=desk.nga, sides=sides)
    services.withdraw(again(second), actor=desk.cuong)
    with pytest.raises(UnfitDays) as late:
        services.receive_many({first: TODAY, second: TODAY}, actor=desk.nga, sides=sides)

    assert [list(error.value.errors) for error in (wrong, late)] == [[second.pk]] * 2
    assert again(first).received_on is None


# -- Returning and withdrawing -------------------------------------------------------------


@pytest.mark.parametrize("received", [False, True])
def test_what_is_returned_says_why_and_may_be_sent_again(desk, received):
    delivery = desk.sent()
    if received:
        services.receive(delivery, actor=desk.nga, unit_id=desk.province.pk, day=TODAY)

    services.send_back(delivery, actor=desk.nga, unit_id=desk.province.pk, reason="Thiếu phụ lục.\r\nGửi lại.")

    row = again(delivery)
    assert (row.state, row.returned_on, row.return_reason) == (State.RETURNED, TODAY, "Thiếu phụ lục.\nGửi lại.")
    assert acts()[-1] == ("returned", desk.province.pk, desk.nga.pk)
    assert desk.sent().pk != delivery.pk


def test_nothing_is_returned_without_a_reason(desk):
    delivery = desk.sent()

    act = lambda: services.send_back(delivery, actor=desk.nga, unit_id=desk.province.pk, reason=" \n ")  # noqa: E731

    assert refused(act) == ("reason", "Ghi lý do trả lại, để nơi gửi biết cần làm gì.")


def test_what_nobody_received_is_withdrawn(desk):
    delivery = desk.sent()

    services.withdraw(delivery, actor=desk.an)

    assert (again(delivery).state, again(delivery).withdrawn_on) == (State.WITHDRAWN, TODAY)
    assert acts()[-1] == ("withdrawn", desk.commune.pk, desk.an.pk)


# -- Answers -------------------------------------------------------------------------------


@pytest.fixture
def asked(desk) -> Delivery:
    """The province's paper, which the commune received."""
    paper = desk.paper_of(desk.province, "8", ISSUED)
    delivery = desk.sent(desk.commune, paper=paper, actor=desk.nga, sent_on=ISSUED)
    services.receive(delivery, actor=desk.an, unit_id=desk.commune.pk, day=ISSUED)
    return delivery


def test_an_answer_goes_back_by_a_delivery_of_its_own(desk, asked):
    report = desk.paper_of(desk.commune, "31", kind="Báo cáo", symbol="BC-UBND")

    back = services.answer(asked, actor=desk.an, paper=report)

    row = again(asked)
    assert (row.state, row.answered_by, row.answered_on) == (State.ANSWERED, report, TODAY)
    assert (back.paper, back.sender, back.receiver) == (report, desk.commune, desk.province)
    assert (back.purpose, back.way, back.state) == ("Trả lời Kế hoạch 8/KH-UBND", Way.INSIDE, State.SENT)
    assert [code for code, *_ in acts()[2:]] == ["sent", "answered"]


def test_an_answer_that_was_sent_already_is_not_sent_twice(desk, asked):
    report = desk.paper_of(desk.commune, "31", YESTERDAY)
    before = desk.sent(paper=report, sent_on=YESTERDAY)

    back = services.answer(asked, actor=desk.an, paper=report)

    assert (back, again(asked).answered_on) == (before, YESTERDAY)
    assert Delivery.objects.count() == 2


def test_a_paper_of_another_unit_or_of_earlier_days_is_no_answer(desk, asked):
    foreign = desk.paper_of(desk.neighbour, "5")
    early = desk.paper_of(desk.commune, "3", ISSUED - dt.timedelta(days=1))

    assert refused(lambda: services.answer(asked, actor=desk.an, paper=foreign))[0] == "paper"
    assert refused(lambda: services.answer(asked, actor=desk.an, paper=early))[0] == "paper"


def test_what_was_not_received_is_not_answered_and_nothing_goes_out(desk):
    delivery = desk.sent(desk.neighbour)
    report = desk.paper_of(desk.neighbour, "5")

    with pytest.raises(MoveRefused), transaction.atomic():
        services.answer(delivery, actor=desk.cuong, paper=report)

    assert list(Delivery.objects.all()) == [delivery]


def test_an_answer_withdrawn_or_returned_leaves_the_question_open(desk, asked):
    report, better = desk.paper_of(desk.commune, "31"), desk.paper_of(desk.commune, "32")
    back = services.answer(asked, actor=desk.an, paper=report)

    services.withdraw(back, actor=desk.an)
    open_again = again(asked)
    assert (open_again.state, open_again.answered_by, open_again.answered_on) == (State.RECEIVED, None, None)

    second = services.answer(open_again, actor=desk.an, paper=better)
    services.send_back(second, actor=desk.nga, unit_id=desk.province.pk, reason="Thiếu số liệu.")

    assert again(asked).state == State.RECEIVED
    assert acts()[-1] == ("answer_gone", desk.province.pk, desk.nga.pk)


def test_the_sender_types_the_answer_of_a_receiver_outside_the_program_and_mends_it(desk):
    delivery = desk.sent(desk.far, sent_on=YESTERDAY)
    services.receive(delivery, actor=desk.an, unit_id=desk.commune.pk, day=YESTERDAY)
    wrong = {"number": "không", "day": TODAY}

    assert refused(lambda: services.note_answer(delivery, actor=desk.an, **wrong))[0] == "number"
    assert refused(lambda: services.note_answer(delivery, actor=desk.an, number="1/BC", day=ISSUED))[0] == "day"
    services.note_answer(delivery, actor=desk.an, number="15/BC-UBND", day=YESTERDAY)
    services.note_answer(delivery, actor=desk.an, number="15/BC-UBND", day=TODAY)

    row = again(delivery)
    assert (row.state, row.answer_number, row.answered_on) == (State.ANSWERED, "15/BC-UBND", TODAY)


def test_a_day_of_receipt_stays_before_the_answer(desk, asked):
    services.answer(asked, actor=desk.an, paper=desk.paper_of(desk.commune, "31"))
    Delivery.objects.filter(pk=asked.pk).update(answered_on=YESTERDAY)

    field, _ = refused(lambda: services.receive(again(asked), actor=desk.an, unit_id=desk.commune.pk, day=TODAY))

    assert field == "day"


# -- How it stands -------------------------------------------------------------------------


def test_the_state_is_one_and_the_same_in_python_and_in_sql(desk):
    """Every row that the constraints allow."""
    units = Unit.objects.bulk_create([Unit(name=str(n), code=f"U{n}", kind="commune") for n in range(2 ** len(DAYS))])
    for unit, there in zip(units, product((None, TODAY), repeat=len(DAYS)), strict=True):
        days: dict[str, Any] = dict(zip(DAYS, there, strict=True))
        more = {"answer_number": "1/BC"} if days["answered_on"] else {}
        more |= {"return_reason": "Nhầm nơi nhận"} if days["returned_on"] else {}
        row = {"paper": desk.paper, "sender": desk.commune, "receiver": unit, "sent_on": TODAY}
        try:
            with transaction.atomic():
                Delivery.objects.create(**row, **days, **more)
        except IntegrityError:
            continue

    found = {state: set(Delivery.objects.filter(in_state(state))) for state in DeliveryState.values}

    assert set(found) == set(DeliveryState.values)
    assert all(found.values())
    assert sum(map(len, found.values())) == Delivery.objects.count() >= 5
    assert all(delivery.state == state for state, rows in found.items() for delivery in rows)
    assert state_of(SimpleNamespace(**dict.fromkeys(DAYS))) == State.SENT
