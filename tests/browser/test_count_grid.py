"""The tellers' grid: typed and pasted like a sheet, saved as one goes, nothing lost without a line."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from awards.councils import moving
from awards.councils.services import SittingData, create_sitting, record_presence
from awards.models import Item, Nominee, Sitting
from core.models import AuditEntry
from tests.browser.council_people import a_council_that_votes, nominees_that_are_ready, told
from tests.browser.windows import PHONE, assert_accessible
from tests.permissions.world import World

GRID = "Kết quả kiểm phiếu từng tên"


def counting_on_paper(world: World) -> Sitting:
    a_council_that_votes(world)
    award_round = nominees_that_are_ready(world)
    keys = list(Nominee.objects.filter(state="ready").values_list("pk", flat=True))
    data = SittingData("Họp Hội đồng bỏ phiếu giấy")
    sitting = create_sitting(world.unit, actor=world.an, data=data, nominees=keys, award_round=award_round)
    everybody = {seat.pk: "present" for seat in sitting.seats.all()}
    record_presence(sitting, actor=world.an, presence=everybody, tellers=[])
    moving.open_sitting(sitting, actor=world.an, is_confirmed=True)
    moving.start_counting(sitting, actor=world.an)
    return sitting


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def saved(page: Page) -> None:
    expect(page.locator("[data-status]")).to_contain_text("Đã lưu")


def counts() -> list[tuple[int | None, int | None, int | None]]:
    found = Item.objects.filter(sitting__name="Họp Hội đồng bỏ phiếu giấy").order_by("order")
    return list(found.values_list("yes", "no", "blank"))


def test_tellers_type_and_paste_and_close_what_adds_up(
    page: Page, context_of: BrowserContext, sign_in: Callable[[str], None], world: World
) -> None:
    sitting = counting_on_paper(world)
    sign_in("an")
    page.goto(f"/khen-thuong/phien-hop/{sitting.pk}/kiem-phieu/")
    assert_accessible(page)
    grid = page.get_by_role("table", name=GRID)
    for label in ("Số phiếu phát ra", "Số phiếu thu về", "Số phiếu hợp lệ"):
        page.get_by_label(label).fill("4")

    grid.get_by_label("Vũ Thị Giang: Đồng ý").focus()
    for key in ("4", "Enter", "3", "Enter", "2"):
        page.keyboard.press(key)
    saved(page)
    grid.get_by_label("Vũ Thị Giang: Không đồng ý").focus()
    paste(page, "0\t0\n0\t0\n3\t0\n")
    saved(page)

    row = grid.get_by_role("row").filter(has_text="Đỗ Văn Hải")
    expect(row).to_contain_text("Cộng được 5, phải bằng 4.")
    expect(page.locator("[data-told]")).to_have_text("1 dòng chưa khớp.")
    assert_accessible(page)
    assert counts() == [(4, 0, 0), (3, 0, 0), (2, 3, 0)]

    context_of.set_offline(True)
    row.get_by_label("Không đồng ý").fill("2")
    expect(page.locator("[data-status]")).to_contain_text("Chưa lưu được vì mất mạng.")
    context_of.set_offline(False)
    saved(page)
    expect(page.locator("[data-told]")).to_have_text("Đã nhập đủ, các dòng đều khớp.")
    assert counts() == [(4, 0, 0), (3, 0, 0), (2, 2, 0)]

    page.get_by_role("link", name="Kết thúc phiên họp").click()
    assert_accessible(page)
    page.get_by_role("button", name="Kết thúc phiên họp, chốt kết quả").click()
    told(page, "Phiên họp đã kết thúc: thông qua 1, không thông qua 2.")
    assert AuditEntry.objects.filter(code="awards.sitting.counts").exists()


def test_what_is_no_number_stays_in_its_field_when_the_page_is_opened_again(
    page: Page, sign_in: Callable[[str], None], world: World
) -> None:
    sitting = counting_on_paper(world)
    sign_in("an")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/khen-thuong/phien-hop/{sitting.pk}/kiem-phieu/")
    field = page.get_by_label("Vũ Thị Giang: Đồng ý")
    field.fill("4o")
    expect(page.locator("[data-fault]").first).to_have_text("«4o» không phải số phiếu; ghi số từ 0 đến 999.")

    page.reload()

    expect(field).to_have_value("4o")
    expect(page.locator("[data-fault]").first).to_have_text("«4o» không phải số phiếu; ghi số từ 0 đến 999.")
    assert counts()[0] == (None, None, None)


def test_pages_around_the_grid_are_accessible_and_fit_a_phone(
    page: Page, sign_in: Callable[[str], None], world: World
) -> None:
    sitting = counting_on_paper(world)
    draft = world.things["sitting"]
    sign_in("an")
    of_sitting = f"/khen-thuong/phien-hop/{sitting.pk}"
    addresses = (
        "/khen-thuong/hoi-dong/",
        "/khen-thuong/hoi-dong/them/",
        f"{of_sitting}/",
        f"{of_sitting}/khong-bo-phieu/",
        f"{of_sitting}/ket-luan/",
        f"/khen-thuong/phien-hop/{draft}/danh-sach/",
    )

    for address in addresses:
        page.goto(address)
        assert_accessible(page)
    page.set_viewport_size(PHONE)
    for address in (*addresses, f"{of_sitting}/kiem-phieu/", f"{of_sitting}/diem-danh/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
