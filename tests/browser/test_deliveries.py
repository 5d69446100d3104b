"""A paper goes to many by keyboard alone; days of receipt are pasted as a column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from documents.deliveries.services import send
from documents.models import Delivery, IssuedPaper
from tests.browser.windows import PASSWORD
from tests.factories import IssuerFactory, MembershipFactory, Role, UnitFactory, UserFactory
from tests.permissions.world import World
from units.models import Unit, User


@pytest.fixture
def paper(world: World) -> IssuedPaper:
    """Of the province, which has 32 communes and one person for everything."""
    province = Unit.objects.get(kind=Unit.Kind.PROVINCE)
    for number in range(29):
        UnitFactory(parent=province, name=f"Văn Quan {number}")
    UnitFactory(parent=province, name="Lang Chánh")
    officer = UserFactory(username="noivu", unit=province, role=Role.OFFICER)
    MembershipFactory(user=officer, unit=province, role=Role.REVIEWER)
    officer.set_password(PASSWORD)
    officer.save()
    day = timezone.localdate() - dt.timedelta(days=10)
    return IssuedPaper.objects.create(
        issuer=IssuerFactory(unit=province), kind="Kế hoạch", number="8", symbol="KH-UBND", date=day
    )


def test_receivers_are_found_ticked_and_counted_by_keyboard(
    page: Page, sign_in: Callable[[str], None], accessible: Callable[[], None], paper: IssuedPaper
) -> None:
    sign_in("noivu")
    page.goto(f"/so-van-ban/{paper.pk}/gui/")
    accessible()

    page.get_by_label("Tìm nơi nhận").focus()
    page.keyboard.type("lang chanh")
    expect(page.get_by_role("checkbox", name="Xã")).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.type("an hoa")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.get_by_role("status")).to_have_text("Đã chọn 2 nơi nhận.")
    page.get_by_label("Nơi nhận khác, ô 2").fill("Công ty Hoa Ban")
    expect(page.get_by_label("Nơi nhận khác, ô 3")).to_be_visible()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Gửi 3 nơi: 3 chưa nhận.")).to_be_visible()
    expect(page.get_by_role("link", name="Xã Lang Chánh")).to_be_visible()
    accessible()


def test_one_tick_sends_to_all(page: Page, sign_in: Callable[[str], None], paper: IssuedPaper) -> None:
    sign_in("noivu")
    page.goto(f"/so-van-ban/{paper.pk}/gui/")

    page.get_by_label("Tất cả 32 đơn vị trực thuộc").check()
    expect(page.get_by_role("status")).to_have_text("Đã chọn 32 nơi nhận.")
    page.get_by_role("checkbox", name="Xã An Hòa").uncheck()
    expect(page.get_by_label("Tất cả 32 đơn vị trực thuộc")).not_to_be_checked()
    page.get_by_role("button", name="Gửi văn bản").click()

    expect(page.get_by_text("Gửi 31 nơi: 31 chưa nhận.")).to_be_visible()


def test_a_pasted_column_runs_down_the_days_of_receipt(
    page: Page,
    sign_in: Callable[[str], None],
    accessible: Callable[[], None],
    context_of: BrowserContext,
    paper: IssuedPaper,
    world: World,
) -> None:
    send(paper, actor=world.an, sent_on=paper.date, units=list(Unit.objects.filter(name__startswith="Văn Quan 2")))
    context_of.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in("noivu")
    page.goto("/so-van-ban/gui-nhan/ngay-nhan/?q=van quan")
    days = page.locator("td input")
    count = days.count()
    day = f"{paper.date:%d/%m/%Y}"

    page.evaluate("words => navigator.clipboard.writeText(words)", f"{day}\n\n{day}\n")
    days.first.focus()
    page.keyboard.press("Control+V")
    for at, pasted in enumerate((day, "", day, "")):
        expect(days.nth(at)).to_have_value(pasted)
    accessible()
    page.get_by_role("button", name="Ghi các ngày đã điền").click()

    expect(page.get_by_text("Đã ghi ngày nhận của 2 văn bản.")).to_be_visible()
    expect(days).to_have_count(count - 2)
    expect(page.get_by_text("Có nội dung gõ dở")).to_have_count(0)


@pytest.mark.parametrize("window", [390, 1366])
def test_no_page_of_deliveries_is_wider_than_the_window(
    page: Page, sign_in: Callable[[str], None], accessible: Callable[[], None], paper: IssuedPaper, window: int
) -> None:
    officer = User.objects.get(username="noivu")
    long = "Công ty trách nhiệm hữu hạn một thành viên " + "thidua" * 30
    [delivery] = send(paper, actor=officer, sent_on=paper.date, names=[long])
    sign_in("noivu")
    page.set_viewport_size({"width": window, "height": 768})
    addresses = [
        f"/so-van-ban/{paper.pk}/gui/",
        f"/so-van-ban/{paper.pk}/",
        "/so-van-ban/gui-nhan/",
        "/so-van-ban/gui-nhan/nhan-duoc/",
        "/so-van-ban/gui-nhan/ngay-nhan/",
        f"/so-van-ban/gui-nhan/{delivery.pk}/",
    ]

    widths = {}
    for address in addresses:
        page.goto(address)
        widths[address] = page.evaluate("document.documentElement.scrollWidth")
        accessible()

    assert widths == dict.fromkeys(addresses, window)
    assert Delivery.objects.count() == 2
