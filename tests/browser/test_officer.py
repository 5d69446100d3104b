"""The officer's first path: sign in, find a plan, change a task, take the paper along."""

from __future__ import annotations

import subprocess
from pathlib import Path

import docx
from playwright.sync_api import Page, expect

from tests.browser.editor import saved

NEW_CONTENT = "Soạn và trình ký Kế hoạch công tác thi đua, khen thưởng của xã"


def download(page: Page, link: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).click()
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


def words_of_pdf(path: Path) -> str:
    text = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(text.split())


def words_of_word(path: Path) -> str:
    cells = (cell.text for table in docx.Document(str(path)).tables for row in table.rows for cell in row.cells)
    return " ".join(" ".join(cells).split())


def test_an_officer_finds_a_plan_changes_a_task_and_takes_pdf_and_word(page, world, sign_in, accessible, tmp_path):
    sign_in("an")
    accessible()
    page.get_by_role("link", name="Kế hoạch", exact=True).click()
    accessible()

    page.get_by_label("Tìm", exact=True).first.fill("thi dua khen thuong doai trung")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("row").nth(1).get_by_role("link").click()
    accessible()

    page.get_by_role("region", name="Nhiệm vụ, Quý I", exact=True).get_by_role("link").first.click()
    expect(page.get_by_role("gridcell").filter(has_text="Ban hành Kế hoạch").first).to_be_focused()
    page.keyboard.type(NEW_CONTENT)
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.type("Trước ngày 20/02/2024")
    page.keyboard.press("Enter")
    saved(page)
    changed = page.get_by_role("row").filter(has_text=NEW_CONTENT).first
    expect(changed).to_contain_text("19/02/2024")
    pdf, word = download(page, "Tải PDF", tmp_path), download(page, "Tải Word", tmp_path)

    assert (pdf.suffix, word.suffix) == (".pdf", ".docx")
    for words in (words_of_pdf(pdf), words_of_word(word)):
        assert NEW_CONTENT in words
        assert "Trước ngày 20/02/2024" in words
