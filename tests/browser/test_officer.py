"""The officer's first path: sign in, find a plan, change a task, take the paper along."""

from __future__ import annotations

import subprocess
from pathlib import Path

import docx
from playwright.sync_api import Page, expect

TASK = "Xây dựng Kế hoạch"
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
    accessible()
    page.get_by_label("Nội dung").fill(NEW_CONTENT)
    page.get_by_label("Thời gian thực hiện").fill("Trước ngày 20/02/2024")
    page.get_by_role("button", name="Lưu").click()

    expect(page.get_by_text("Đã lưu.")).to_be_visible()
    changed = page.get_by_role("row").filter(has_text=NEW_CONTENT).first
    expect(changed).to_contain_text("19/02/2024")
    pdf, word = download(page, "Tải PDF", tmp_path), download(page, "Tải Word", tmp_path)
    assert (pdf.suffix, word.suffix) == (".pdf", ".docx")
    for words in (words_of_pdf(pdf), words_of_word(word)):
        assert NEW_CONTENT in words
        assert "Trước ngày 20/02/2024" in words


def test_a_wrong_day_is_told_at_its_field_and_nothing_typed_is_lost(page, world, sign_in, accessible):
    sign_in("an")
    page.goto(f"/ke-hoach/{world.plan.pk}/")
    page.get_by_role("region", name="Nhiệm vụ, Quý I", exact=True).get_by_role("link").first.click()

    page.get_by_label("Ghi chú").fill("gửi kèm biểu mẫu")
    page.get_by_label("Hạn hoàn thành").fill("31/02/2024")
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("Hạn hoàn thành")
    expect(page.get_by_label("Ghi chú")).to_have_value("gửi kèm biểu mẫu")
    expect(page.get_by_label("Hạn hoàn thành")).to_have_value("31/02/2024")
    expect(page.get_by_label("Hạn hoàn thành")).to_have_attribute("aria-invalid", "true")
    accessible()


def test_two_tabs_meet_and_the_person_decides(page, world, sign_in, accessible):
    sign_in("an")
    address = f"/ke-hoach/{world.plan.pk}/sua/"
    other = page.context.new_page()
    page.goto(address)
    other.goto(address)

    other.get_by_label("Trích yếu").fill("Công tác thi đua năm 2024")
    other.get_by_role("button", name="Lưu").click()
    expect(other.get_by_text("Đã lưu.")).to_be_visible()
    page.get_by_label("Trích yếu").fill("Công tác khen thưởng năm 2024")
    page.get_by_role("button", name="Lưu").click()

    conflict = page.get_by_role("alert").filter(has_text="Kế hoạch này vừa được sửa ở nơi khác")
    expect(conflict).to_contain_text("Công tác thi đua năm 2024")
    expect(conflict).to_contain_text("Công tác khen thưởng năm 2024")
    accessible()
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Công tác khen thưởng năm 2024")
