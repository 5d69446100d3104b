"""The officer's whole path: last year's plan found, moved into the two-tier world, filled and printed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.editor import cell, contents, copied, preview, ready, saved
from tests.browser.hand import Hand
from tests.browser.windows import PASSWORD
from tests.layout.words import docx_words
from tests.plans.files import every_plan
from tests.plans.starting.world import StartWorld, heir_of

MOST_CLICKS = 40
ROWS = """
<table>
<tr><td>STT</td><td>Nội dung</td><td>Thời gian</td><td>Chủ trì</td></tr>
<tr><td>1</td><td>Tập huấn nghiệp vụ thi đua, khen thưởng cho các thôn</td><td>Tháng 4/2026</td><td>UBND xã</td></tr>
<tr><td>2</td><td>Phát động đợt thi đua cao điểm</td><td>Trước ngày 15/5/2026</td><td>UBND xã</td></tr>
</table>
"""
OLD_WORLD = ("huyện", "Phòng Nội vụ", "thị trấn", "Ban Thi đua")


@pytest.fixture
def world_of(transactional_db: None) -> Callable[[str], StartWorld]:
    def world_of(name: str) -> StartWorld:
        world = heir_of(name)
        world.officer.set_password(PASSWORD)
        world.officer.save()
        return world

    return world_of


@pytest.fixture
def hand() -> Hand:
    return Hand()


def communes() -> list[object]:
    """Plans of communes: one of our own and, where it is at hand, the real one of Cường Lợi."""
    named = {getattr(param, "values", (param,))[0]: param for param in every_plan()}
    return [named["na_luong"], named["cuong_loi"]]


def begin(page: Page, hand: Hand, year: int = 2026) -> None:
    """From the list to the page of proposals; the old plan is chosen already."""
    hand.click(page.get_by_role("link", name="Kế hoạch", exact=True).first)
    hand.click(page.get_by_role("link", name="Lập kế hoạch"))
    page.get_by_label("Năm", exact=False).first.select_option(str(year))
    hand.click(page.get_by_role("button", name="Tiếp tục"))
    expect(page.get_by_role("heading", name="Phần đầu văn bản")).to_be_visible()
    page.wait_for_load_state()  # all of it: what it asks and proposes is counted


def answer_as_suggested(page: Page, hand: Hand) -> None:
    """Each question by its first answer."""
    for question in page.locator("[data-question]").all():
        hand.click(question.get_by_role("radio").first)


@pytest.mark.parametrize("name", communes())
def test_last_years_plan_becomes_this_years_paper_in_few_clicks(
    page: Page,
    context_of: BrowserContext,
    sign_in: Callable[[str], None],
    world_of: Callable[[str], StartWorld],
    hand: Hand,
    tmp_path: Path,
    name: str,
):
    world = world_of(name)
    copied(context_of, ROWS)
    sign_in(world.officer.username)

    begin(page, hand)
    answer_as_suggested(page, hand)
    hand.click(page.get_by_role("button", name="Lập kế hoạch năm 2026"))
    ready(page)
    before = contents(page)
    hand.click(cell(page, len(before), "content"))
    page.keyboard.press("Control+v")
    hand.click(page.get_by_role("button", name="Lấy 2 nhiệm vụ"))
    saved(page)
    with page.expect_download() as word:
        hand.click(page.get_by_role("link", name="Tải Word"))
    with page.expect_download() as pdf:
        hand.click(page.get_by_role("link", name="Tải PDF"))

    assert hand.clicks <= MOST_CLICKS
    assert pdf.value.suggested_filename.endswith(".pdf")
    docx = tmp_path / "ke-hoach.docx"
    word.value.save_as(docx)
    words = opened_by_libreoffice(docx)
    assert words == docx_words(docx.read_bytes())
    text = " ".join(words)
    assert "Phát động đợt thi đua cao điểm" in text
    assert [old for old in OLD_WORLD if old in text] == []


def opened_by_libreoffice(docx: Path) -> list[str]:
    profile = docx.parent / "profile"
    subprocess.run(
        [
            shutil.which("soffice") or "soffice",
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--convert-to",
            "txt:Text (encoded):UTF8",
            "--outdir",
            str(docx.parent),
            str(docx),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return docx.with_suffix(".txt").read_text(encoding="utf-8-sig").split()


@pytest.mark.parametrize("name", communes())
def test_every_proposal_is_looked_at_before_it_is_taken(
    page: Page,
    sign_in: Callable[[str], None],
    accessible: Callable[[], None],
    world_of: Callable[[str], StartWorld],
    hand: Hand,
    name: str,
):
    sign_in(world_of(name).officer.username)
    begin(page, hand)

    for more in page.locator(".moving-form details > summary").all():
        hand.click(more)
    accessible()
    places = page.locator(".move-places > li")
    expect(places.filter(visible=True)).to_have_count(places.count())
    lines = [(line.locator("del"), line.locator("ins"), line.locator("mark")) for line in places.all()]
    assert all((old.count() and new.count()) or asked.count() for old, new, asked in lines)
    certain = page.locator("[data-line]").all()
    seen = {line.locator("ins").first.inner_text() for line in certain if line.locator("label ins").count()}
    answer_as_suggested(page, hand)
    hand.click(page.get_by_role("button", name="Lập kế hoạch năm 2026"))
    ready(page)

    printed = " ".join(preview(page).inner_text().split())
    days = [word for word in seen if word.count("/") == 2 and len(word) == len("31/03/2026")]  # days are not printed
    assert sorted(word for word in seen if word not in printed and word not in days and word != "(bỏ)") == []
