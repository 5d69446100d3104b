"""One officer, from last year's plan to the chairman's sheet: a scan for one paper, a signed file for the other."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from core import audit
from documents.models import IssuedPaper
from documents.signed import Outcome, compare, inspect_file
from plans.models import Plan
from plans.moving.places import Place, write_at
from plans.paper import compose
from plans.selectors import plan_data
from tests.browser.editor import ready
from tests.browser.test_officer import download
from tests.documents.signed.samples import photo, pictures_of, scan
from tests.documents.signed.signing import leader, signed
from tests.factories import PlanFactory
from tests.layout.words import docx_words
from tests.permissions.world import World
from tests.plans.issuing.signed_copies import loaded, printed

CAMPAIGN = "Phát động đợt thi đua cao điểm"
BODY = "1. Mục đích\n- Phong trào thi đua thiết thực, hiệu quả.\n[Bảng nhiệm vụ]"
SIGNED = "Phong trào thi đua thiết thực, hiệu quả, tiết kiệm."
TASKS = ("Ký giao ước thi đua", "Tổ chức hội nghị sơ kết", "Tuyên truyền điển hình tiên tiến")


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def last_year(world: World, today: dt.date) -> Plan:
    """What the officer begins with: a plan in force last year."""
    plan = PlanFactory(
        unit=world.unit,
        state="issued",
        year=today.year - 1,
        number="15",
        paper_date=f"{today.year - 1}-01-20",
        subject=f"Công tác thi đua, khen thưởng năm {today.year - 1}",
        sections=1,
        sections__body=BODY,
        tasks=3,
    )
    for task, content in zip(plan.tasks.all(), TASKS, strict=True):
        task.content, task.time_text = content, f"Tháng 12/{today.year - 1}"
        task.save()
    return plan


@pytest.fixture
def campaign(world: World, today: dt.date) -> Plan:
    """A second draft, which next door changed in one sentence before it was signed."""
    return PlanFactory(
        unit=world.unit,
        year=today.year,
        paper_date=f"{today:%Y-%m}",
        subject=CAMPAIGN,
        sections=1,
        sections__body=BODY,
        tasks=1,
    )


def come_back(campaign: Plan, today: dt.date, folder: Path) -> Path:
    """The campaign's paper as it came back: numbered, dated, one sentence longer, signed digitally."""
    content = printed(
        campaign,
        lambda data: write_at(data, Place(("blocks", "2", "text")), SIGNED),
        number="28",
        date=today,
    )
    with ThreadPoolExecutor() as apart:  # the browser's driver keeps this thread's event loop to itself
        returned = apart.submit(signed, content, leader(), at=timezone.now()).result()
    return written(folder / "28-KH-UBND.signed.pdf", returned)


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def drop(page: Page, label: str, path: Path) -> None:
    """Choose a file in the browser's own window."""
    with page.expect_file_chooser() as chooser:
        page.locator("input[type=file]").and_(page.get_by_label(label)).filter(visible=True).click()
    chooser.value.set_files(path)


def choose(page: Page, *links: str) -> None:
    for link in links:
        page.get_by_role("link", name=link).first.click()
        page.wait_for_load_state()


def test_one_officer_goes_from_last_years_plan_to_the_sheet(
    page: Page,
    sign_in: Callable[[str], None],
    accessible: Callable[[], None],
    world: World,
    last_year: Plan,
    campaign: Plan,
    today: dt.date,
    tmp_path: Path,
) -> None:
    scanned = written(tmp_path / "27-KH-UBND.pdf", scan(pictures_of("plain_plan")))
    digital = come_back(campaign, today, tmp_path)
    picture = written(tmp_path / "hoi-nghi.jpg", photo(pictures_of("decision")[0], "JPEG"))
    sign_in("an")

    copy_last_year(page, last_year, today)
    word = download(page, "Tải Word", tmp_path)
    assert {"/KH-UBND", "Số:"} <= set(docx_words(word.read_bytes()))

    choose(page, "Kế hoạch", f"khen thưởng năm {today.year}")
    to_the_record(page)
    drop(page, "Bản đã ký", scanned)
    record_by_hand(page, today)
    expect(page.get_by_text("Đã ghi nhận ban hành Kế hoạch 27/KH-UBND")).to_be_visible()
    accessible()

    choose(page, "Kế hoạch", CAMPAIGN)
    to_the_record(page)
    take_the_signed_words(page, digital, accessible)
    look_at_the_record(page, accessible)

    choose(page, "Kế hoạch", f"khen thưởng năm {today.year}")
    prove_three_ways(page, today, picture)
    choose(page, "Báo cáo một trang")
    [sheet] = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert "Đã hoàn thành 3 trên 3 nhiệm vụ" in " ".join(sheet.extract_text().split())

    what_was_signed_is_what_was_issued(campaign, digital)
    assert [audit.first_broken_link(chain) for chain in audit.chains()] == [None] * len(list(audit.chains()))


def copy_last_year(page: Page, last_year: Plan, today: dt.date) -> None:
    choose(page, "Kế hoạch", "Lập kế hoạch")
    page.get_by_label("Năm", exact=False).first.select_option(str(today.year))
    page.get_by_role("radio", name=last_year.subject).check()
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("heading", name="Phần đầu văn bản")).to_be_visible()
    page.wait_for_load_state()
    for question in page.locator("[data-question]").all():
        question.get_by_role("radio").first.click()
    page.get_by_role("button", name=f"Lập kế hoạch năm {today.year}").click()
    ready(page)


def to_the_record(page: Page) -> None:
    page.get_by_text("Trình, ban hành").click()
    choose(page, "Ghi nhận đã ban hành")
    expect(page.get_by_role("heading", name="Ghi nhận văn bản đã ban hành")).to_be_visible()


def record_by_hand(page: Page, today: dt.date) -> None:
    page.get_by_label("Số", exact=True).fill("27/KH-UBND")
    page.get_by_label("Ngày ban hành").fill(f"{today:%d/%m/%Y}")
    page.keyboard.press("Enter")


def take_the_signed_words(page: Page, digital: Path, accessible: Callable[[], None]) -> None:
    drop(page, "Bản đã ký", digital)
    page.get_by_role("button", name="Đọc từ tệp").click()
    expect(page.get_by_text("Bản đã ký khác kế hoạch ở 1 chỗ.")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="Mục I, dòng 2")
    expect(row.get_by_role("cell")).to_have_text([re.compile("hiệu quả\\."), re.compile("hiệu quả, tiết kiệm\\.")])
    expect(page.get_by_role("cell", name="Lò Văn Thắng", exact=True)).to_be_visible()
    expect(page.get_by_label("Số", exact=True)).to_have_value("28")
    accessible()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    accessible()
    page.set_viewport_size({"width": 1366, "height": 768})
    page.get_by_role("button", name="Lấy theo bản đã ký và ghi nhận").click()
    expect(page.get_by_text("Đã lấy 1 chỗ theo bản đã ký.")).to_be_visible()
    expect(page.locator(".plan-section").get_by_text(SIGNED)).to_be_visible()


def look_at_the_record(page: Page, accessible: Callable[[], None]) -> None:
    choose(page, "Xem trong Sổ văn bản")
    expect(page.get_by_text("Bản đã ký khớp từng chữ với bản phát hành.")).to_be_visible()
    expect(page.get_by_role("cell", name="Lò Văn Thắng", exact=True)).to_be_visible()
    accessible()


def prove_three_ways(page: Page, today: dt.date, picture: Path) -> None:
    """A paper, a picture, a sentence signed by name."""
    choose(page, f"Ghi kết quả «{TASKS[0]}")
    page.get_by_label("Số, ký hiệu").fill("29/BC-UBND")
    page.get_by_label("Ngày văn bản").fill(f"{today:%d/%m/%Y}")
    keep_result(page)
    choose(page, f"Ghi kết quả «{TASKS[1]}")
    page.get_by_role("radio", name="Tệp: biên bản, giấy mời, ảnh").check()
    drop(page, "Tệp", picture)
    keep_result(page)
    choose(page, f"Ghi kết quả «{TASKS[2]}")
    page.get_by_label("Nội dung kết quả, lý do").fill("Đài truyền thanh đã phát 12 bài")
    page.get_by_role("radio", name="Một câu có người xác nhận").check()
    page.get_by_role("combobox", name="Người xác nhận").fill("nguyen thi an")
    keep_result(page)
    expect(page.get_by_text("Đã hoàn thành 3 trên 3 nhiệm vụ")).to_be_visible()


def keep_result(page: Page) -> None:
    page.get_by_role("button", name="Ghi kết quả").click()
    expect(page.get_by_text("Đã ghi: đã hoàn thành")).to_be_visible()


def what_was_signed_is_what_was_issued(campaign: Plan, digital: Path) -> None:
    after, signed_file = loaded(campaign), inspect_file(digital.read_bytes())
    assert compare(compose(plan_data(after), after.issuer.lines), signed_file).outcome is Outcome.MATCH
    kept = IssuedPaper.objects.get(plan=campaign)
    assert kept.signed_file is not None
    assert kept.signed_file.sha256 == hashlib.sha256(digital.read_bytes()).hexdigest()
