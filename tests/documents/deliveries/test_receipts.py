"""Many days of receipt on one page: all are saved or none."""

from __future__ import annotations

import pytest
from django.test import Client

from documents.deliveries import services
from documents.models import Delivery
from tests.documents.deliveries.conftest import ISSUED
from tests.documents.deliveries.pages import RECEIPTS, YESTERDAY, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(desk) -> list[Delivery]:
    """Of two communes to the province, since yesterday."""
    other = desk.paper_of(desk.neighbour, "5", ISSUED)
    return [
        desk.sent(sent_on=YESTERDAY),
        desk.sent(paper=other, actor=desk.cuong, sent_on=YESTERDAY),
    ]


def days(*pairs: tuple[Delivery, str]) -> dict[str, str]:
    return {f"ngay-{delivery.pk}": text for delivery, text in pairs}


def test_days_of_many_are_saved_at_once_and_blank_rows_wait(desk, waiting):
    first, second = waiting
    page = desk.window(desk.nga)

    answer = page.post(RECEIPTS, days((first, "19-02-26"), (second, " ")), follow=True)

    assert told(answer) == ["Đã ghi ngày nhận của 1 văn bản."]
    assert [Delivery.objects.get(pk=one.pk).received_on for one in waiting] == [YESTERDAY, None]
    assert [row.delivery for row in answer.context["rows"]] == [second]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31/2/2026", "Không có ngày 31/2/2026."),
        ("hôm qua", "«hôm qua» không phải ngày; ghi ngày/tháng/năm như 5/3/2026."),
        ("21/2/2026", "Ngày 21/02/2026 chưa đến."),
        ("18/2/2026", "Văn bản gửi ngày 19/02/2026, không nhận trước ngày đó được."),
    ],
)
def test_one_wrong_day_leaves_all_unwritten_and_everything_typed_stays(desk, waiting, text, said):
    first, second = waiting

    answer = desk.window(desk.nga).post(RECEIPTS, days((first, "20/2/2026"), (second, text)))

    assert answer.status_code == 422
    shown = {row.delivery.pk: (row.typed, row.error) for row in answer.context["rows"]}
    assert shown == {first.pk: ("20/2/2026", ""), second.pk: (text, said)}
    assert set(Delivery.objects.values_list("received_on", flat=True)) == {None}


def test_a_row_that_somebody_wrote_meanwhile_and_one_of_strangers_is_told(desk, waiting):
    first, second = waiting
    services.withdraw(second, actor=desk.cuong)

    answer = desk.window(desk.nga).post(RECEIPTS, days((first, "20/2/2026"), (second, "20/2/2026")))
    stranger = desk.window(desk.cuong).post(RECEIPTS, days((first, "20/2/2026")))

    for page in (answer, stranger):
        assert page.status_code == 422
        assert "vừa được ghi ngày nhận, trả lại hay thu hồi" in page.content.decode()
    assert set(Delivery.objects.values_list("received_on", flat=True)) == {None}


def test_nothing_typed_is_said(desk, waiting):
    answer = desk.window(desk.nga).post(RECEIPTS, days((waiting[0], "")))

    assert "Chưa ghi ngày nhận ở dòng nào." in answer.content.decode()


def test_the_sender_types_days_of_those_outside_the_program(desk):
    desk.send(desk.province, desk.far, names=["Công ty Hoa Ban"])

    waiting = desk.window(desk.an).get(RECEIPTS).context["rows"]

    assert [row.delivery.receiver_title for row in waiting] == ["Công ty Hoa Ban", "Xã Hồng Lạc"]


@pytest.mark.parametrize(
    ("query", "found"), [("?q=binh son", ["5"]), ("?xep=van-ban", ["27", "5"]), ("", ["27", "5"])]
)
def test_waiting_rows_are_found_and_sorted(desk, waiting, query, found):
    answer = desk.window(desk.nga).get(f"{RECEIPTS}{query}")

    assert [row.delivery.paper.number for row in answer.context["rows"]] == found


def test_who_receives_nowhere_has_no_such_page(desk):
    assert desk.window(desk.binh).get(RECEIPTS).status_code == 403
    assert Client().get(RECEIPTS).status_code == 302
