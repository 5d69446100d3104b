"""Every page of campaigns at the widths that officers have, by keyboard alone, and on paper."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pdfplumber
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from campaigns.models import Campaign, Exemplar, Result, Target
from scripts.benchmarks.many_campaigns import Written, write_campaigns
from tests.browser.editor import copied
from tests.browser.windows import DESK, PASSWORD, PHONE, assert_accessible, opened, sign_in_at
from tests.campaigns.addresses import DOWNLOADS, POSTED, address, names
from tests.factories import PartFactory, PersonFactory, Role, UnitFactory, UserFactory
from units.models import Part, Unit

PAGES = [name for name in names() if name not in POSTED | DOWNLOADS]
TWICE = {"width": DESK["width"] // 2, "height": DESK["height"] // 2}
"""What is left of the desk's window at 200 % zoom."""
ADDRESS_LIKE = "vidu.example/" + "thidua" * 20
"""One word without a blank to break at."""
MARGIN = 30
"""Points of a sheet's right edge that no printer reaches."""


@pytest.fixture
def unit(transactional_db: None) -> Unit:
    unit = UnitFactory(name="Vân Khê", parent=UnitFactory(province=True, name="Sông Vân"))
    person = PersonFactory(unit=unit, full_name="Lò Thị An")
    officer = UserFactory(username="an", role=Role.OFFICER, unit=unit, person=person)
    officer.set_password(PASSWORD)
    officer.save()
    return unit


@pytest.fixture
def written(unit: Unit) -> Written:
    """Twelve places and 24 targets, as long as those of real plans; a few words as they come out of other programs."""
    officer = unit.memberships.get().user
    written = write_campaigns(unit, actor=officer, count=30, parts=12, targets=24, wide=24)
    campaign = written.campaign
    Campaign.objects.filter(pk=campaign.pk).update(title=f"Phong trào thi đua {ADDRESS_LIKE}", theme=ADDRESS_LIKE)
    Target.objects.filter(campaign=campaign, order=2).update(text=f"Tỷ lệ hộ dân xem {ADDRESS_LIKE}")
    Part.objects.filter(unit=unit, order=3).update(name=f"Trường {ADDRESS_LIKE}")
    Exemplar.objects.filter(pk=written.rows["exemplar_pk"]).update(name=ADDRESS_LIKE, story=ADDRESS_LIKE)
    return written


def too_wide(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("size", [DESK, PHONE, TWICE], ids=["desk", "phone", "zoom 200 %"])
def test_every_page_fits_the_window_and_all_can_read_it(
    browser: Browser, live_server: Any, written: Written, size: dict[str, int], half: int
) -> None:
    addresses = {name: address(name, written) for name in PAGES[half::2]}
    unfit: dict[str, str] = {}

    with opened(browser, live_server.url, size=size) as page:
        sign_in_at(page, "an")
        for name, url in addresses.items():
            page.goto(url)
            try:
                assert too_wide(page) == 0, f"{too_wide(page)} px too wide"
                assert_accessible(page)
            except AssertionError as error:
                unfit[name] = str(error)[:1000]

    assert unfit == {}


# -- By keyboard alone -----------------------------------------------------------------------


@pytest.fixture
def campaign(unit: Unit) -> Campaign:
    """Two targets and three villages; nothing was reported."""
    for order, name in enumerate(("Thôn Đông", "Thôn Tây", "Thôn Nam")):
        PartFactory(unit=unit, name=name, order=order)
    campaign = Campaign.objects.create(
        unit=unit, title="Thi đua năm 2024", year=2024, start="2024-01-01", end="2024-12-31", state="running"
    )
    for order, (text, low, measure) in enumerate(
        (("Trồng cây", 3000, "cây"), ("Hộ dùng nước sạch", 95, "%")), start=1
    ):
        Target.objects.create(campaign=campaign, order=order, text=text, low=low, measure=measure)
    return campaign


def test_targets_are_typed_by_keyboard_and_pasted_by_column(
    page: Page, context_of: BrowserContext, sign_in: Callable[[str], None], campaign: Campaign
) -> None:
    sign_in("an")
    copied(context_of, "<table><tr><td>4.000</td></tr><tr><td>96,5</td></tr></table>")
    page.goto(f"/phong-trao/{campaign.pk}/chi-tieu/")

    page.get_by_label("Số giao, dòng 1").focus()
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+V")
    expect(page.get_by_label("Số giao, dòng 1")).to_have_value("4.000")
    expect(page.get_by_label("Số giao, dòng 2")).to_have_value("96,5")
    page.get_by_label("Chỉ tiêu, dòng 3", exact=True).focus()
    page.keyboard.type("Bê tông hóa đường thôn")
    page.keyboard.press("Tab")  # to what is folded: direction, last year, waves
    page.keyboard.press("Tab")
    expect(page.get_by_label("So sánh, dòng 3")).to_be_focused()
    page.keyboard.press("ArrowDown")  # «từ … trở lên»
    page.keyboard.press("Tab")
    page.keyboard.type("4,5")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("km")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Đã lưu 3 chỉ tiêu.")).to_be_visible()
    assert list(campaign.targets.order_by("order").values_list("text", "comparison", "low", "measure")) == [
        ("Trồng cây", "=", Decimal("4000"), "cây"),
        ("Hộ dùng nước sạch", "=", Decimal("96.5"), "%"),
        ("Bê tông hóa đường thôn", ">=", Decimal("4.5"), "km"),
    ]


def test_results_are_typed_down_the_column_and_pasted(
    page: Page, context_of: BrowserContext, sign_in: Callable[[str], None], campaign: Campaign
) -> None:
    trees = campaign.targets.get(order=1)
    sign_in("an")
    page.goto(f"/phong-trao/{campaign.pk}/ket-qua/?ky=2024-H1&chi-tieu={trees.pk}")
    status = page.locator("[data-save-status]")

    page.get_by_label("Thực hiện, Thôn Đông").focus()
    page.keyboard.type("120")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Thực hiện, Thôn Tây")).to_be_focused()
    page.keyboard.type("mười hai")
    page.keyboard.press("Tab")
    expect(page.get_by_text("không phải một số").first).to_be_visible()
    page.get_by_label("Thực hiện, Thôn Tây").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("95")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("Đã lưu")

    copied(context_of, "<table><tr><td>130</td></tr><tr><td>140</td></tr><tr><td>1.050</td></tr></table>")
    page.get_by_label("Thực hiện, Thôn Đông").focus()
    page.keyboard.press("Control+V")
    page.get_by_label("Thực hiện, Thôn Nam").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Thực hiện, Thôn Nam")).to_have_value("1.050")
    page.wait_for_function(
        "() => !localStorage.length || Object.keys(localStorage).every((key) => !key.includes('results'))"
    )

    now = Result.objects.filter(replaced_by=None).order_by("part__order")
    assert [(row.part.name, float(row.value)) for row in now if row.part] == [
        ("Thôn Đông", 130),
        ("Thôn Tây", 140),
        ("Thôn Nam", 1050),
    ]


# -- On paper --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "last"),
    [("list", "Chỉ tiêu"), ("campaign", "Tiến độ"), ("results", "Tiến độ"), ("targets", "tính"), ("board", "")],
)
def test_a_page_prints_whole_and_without_the_shell(
    page: Page, sign_in: Callable[[str], None], written: Written, name: str, last: str
) -> None:
    sign_in("an")
    page.goto(address(name, written))
    page.emulate_media(media="print")

    with pdfplumber.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as printed:
        left = [float(sheet.width) - word["x1"] for sheet in printed.pages for word in sheet.extract_words()]
        text = "\n".join(sheet.extract_text() for sheet in printed.pages)

    assert min(left) >= MARGIN
    assert "Việc của tôi" not in text
    assert last in text
