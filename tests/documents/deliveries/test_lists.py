"""What was sent and what came: found, sorted, printed, taken to Excel."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from documents.deliveries import services
from documents.models import Delivery
from tests.core.sheet_samples import downloaded, read_book
from tests.documents.deliveries.conftest import ISSUED, TODAY, Desk, record_of
from tests.documents.deliveries.pages import RECEIPTS, RECEIVED, SENT, rows
from tests.factories import IssuerFactory, Role, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(desk) -> Desk:
    """From the commune: 27 to three receivers, in three states; 9 to the province."""
    early = desk.paper_of(desk.commune, "9", ISSUED, kind="Báo cáo", symbol="BC-UBND", subject="Kết quả phong trào")
    first, second, _ = desk.send(desk.province, desk.far, names=["Công ty Hoa Ban"], purpose="Để biết")
    services.receive(first, actor=desk.nga, unit_id=desk.province.pk, day=TODAY)
    services.withdraw(second, actor=desk.an)
    desk.send(desk.province, paper=early, sent_on=ISSUED)
    return desk


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["27 Công ty Hoa Ban", "27 Xã Hồng Lạc", "27 Tỉnh Sông Vân", "9 Tỉnh Sông Vân"]),
        ("?q=hong lac", ["27 Xã Hồng Lạc"]),
        ("?q=ket qua phong trao", ["9 Tỉnh Sông Vân"]),
        ("?q=27/kh-ubnd de biet song", ["27 Tỉnh Sông Vân"]),
        ("?trang_thai=sent", ["27 Công ty Hoa Ban", "9 Tỉnh Sông Vân"]),
        ("?trang_thai=received", ["27 Tỉnh Sông Vân"]),
        ("?trang_thai=withdrawn", ["27 Xã Hồng Lạc"]),
        ("?trang_thai=returned", []),
        ("?nam=2025", []),
        ("?xep=ngay-gui&trang_thai=sent", ["9 Tỉnh Sông Vân", "27 Công ty Hoa Ban"]),
        ("?xep=ngay-nhan&dong=1", ["27 Tỉnh Sông Vân"]),
        ("?xep=noi-nhan&dong=2", ["27 Công ty Hoa Ban", "27 Xã Hồng Lạc"]),
    ],
)
def test_what_was_sent_is_found_sorted_and_paged(many, query, found):
    assert rows(many.window(many.an).get(f"{SENT}{query}")) == found


def test_the_list_of_one_paper(many):
    answer = many.window(many.an).get(f"{SENT}?vb={many.paper.pk}&q=song van")

    assert rows(answer) == ["27 Tỉnh Sông Vân"]
    assert f'name="vb" value="{many.paper.pk}"' in answer.content.decode()


def test_a_receiver_sees_its_own_and_nothing_withdrawn(many):
    province, far = many.nga, UserFactory(role=Role.OFFICER, unit=many.far)

    assert rows(many.window(province).get(RECEIVED)) == ["27 Tỉnh Sông Vân", "9 Tỉnh Sông Vân"]
    assert rows(many.window(province).get(SENT)) == []
    assert rows(many.window(far).get(RECEIVED)) == []


@pytest.mark.parametrize("url", [SENT, RECEIVED, RECEIPTS])
def test_a_list_asks_the_database_as_often_for_300_rows_as_for_3(desk, url, django_assert_max_num_queries):
    page = desk.window(desk.nga)
    issuer = IssuerFactory(unit=desk.province)
    UserFactory(role=Role.OFFICER, unit=desk.province)
    desk.nga.memberships.create(unit=desk.province, role=Role.OFFICER)

    def make(first: int, last: int) -> None:
        for number in range(first, last):
            theirs, ours = (record_of(one, f"{number}a", ISSUED) for one in (desk.paper.issuer, issuer))
            unit = {"sent_on": TODAY, "way": "next_door"}
            Delivery.objects.create(paper=theirs, sender=desk.commune, receiver=desk.province, **unit)
            Delivery.objects.create(paper=ours, sender=desk.province, receiver=desk.far, **unit)

    def asked() -> int:
        with django_assert_max_num_queries(20) as queries:
            answer = page.get(f"{url}?dong=100")
        shown = len(answer.context["rows"] if url == RECEIPTS else answer.context["page"].rows)
        assert shown == min(Delivery.objects.count() // (1 if url == RECEIPTS else 2), 300 if url == RECEIPTS else 100)
        return len(queries)

    make(0, 3)
    page.get(f"{url}?dong=100")  # the first look is written down in the session
    few = asked()
    make(3, 300)

    assert asked() == few


def test_the_list_goes_into_excel_with_its_filters(many):
    url = f"{reverse('documents:export_sent')}?trang_thai=received"

    [_, _, head, *lines] = read_book(downloaded(many.window(many.an).get(url)))["Văn bản gửi, nhận"]

    assert head == (
        *("TT", "Số, ký hiệu", "Ngày văn bản", "Tên loại", "Trích yếu", "Nơi gửi", "Nơi nhận", "Mục đích gửi"),
        *("Cách gửi", "Ngày gửi", "Ngày nhận", "Tình trạng", "Ngày trả lại", "Lý do trả lại"),
        *("Ngày trả lời", "Trả lời bằng"),
    )
    today, issued = (dt.datetime.combine(day, dt.time()) for day in (TODAY, ISSUED))
    assert lines == [
        (
            *(1, "27/KH-UBND", issued, "Kế hoạch", "Công tác thi đua, khen thưởng năm 2026"),
            *("Xã An Hòa", "Tỉnh Sông Vân", "Để biết", "Trong chương trình"),
            *(today, today, "Đã nhận", None, None, None, None),
        )
    ]


def test_what_came_goes_into_excel_without_the_senders_other_receivers(many):
    book = read_book(downloaded(many.window(many.nga).get(reverse("documents:export_received"))))

    assert [line[6] for line in book["Văn bản gửi, nhận"][3:]] == ["Tỉnh Sông Vân"] * 2


@pytest.mark.parametrize(
    ("url", "heading"), [(SENT, "Chưa gửi văn bản nào"), (RECEIVED, "Chưa nhận được văn bản nào")]
)
def test_empty_lists_teach(desk, url, heading):
    page = desk.window(desk.an)

    assert heading in page.get(url).content.decode()
    assert "Không có dòng nào khớp" in page.get(f"{url}?q=khong").content.decode()


def test_the_register_leads_there(desk):
    assert f'href="{RECEIVED}"' in desk.window(desk.an).get(reverse("documents:register")).content.decode()
