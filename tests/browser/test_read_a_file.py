"""Last year's Word file is dropped in, looked at beside its source, proofread and taken along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from documents.rendering import render
from plans import interchange
from plans.interchange import PlanData
from plans.paper import compose
from tests.browser.editor import cell, contents, preview, ready, saved
from tests.browser.test_officer import download, words_of_word
from tests.browser.windows import PASSWORD
from tests.factories import Role, UnitFactory, UserFactory
from tests.plans.files import read_file
from units.models import User

RIGHT, SLIP = "tiên tiến", "tiên tiên"


@pytest.fixture
def officer(transactional_db: None) -> User:
    """Of the commune whose plan it is."""
    unit = UnitFactory(kind="commune", designation="xã", name="Đoài Trung", valid_from=None)
    user = UserFactory(role=Role.OFFICER, unit=unit)
    user.set_password(PASSWORD)
    user.save()
    return user


def with_slips() -> PlanData:
    """A plan with two mistakes that a careful colleague would see, and a cell that no reader can be sure of."""
    plan = interchange.read(read_file("doai_trung"))
    first, second, *others = plan.tasks
    tasks = (
        replace(first, content=f"{first.content}, nêu gương điển hình {SLIP}"),
        replace(second, content=f"Cùng cố tổ chức; {second.content[0].lower()}{second.content[1:]}"),
        *others,
    )
    return replace(plan, tasks=tasks)


@pytest.fixture
def word_file(tmp_path: Path) -> Path:
    file = tmp_path / "Kế hoạch năm cũ.docx"
    file.write_bytes(render(compose(with_slips()), "docx"))
    return file


def test_a_word_file_becomes_a_draft_that_is_corrected_proofread_and_exported(
    page: Page,
    officer: User,
    word_file: Path,
    sign_in: Callable[[str], None],
    accessible: Callable[[], None],
    tmp_path: Path,
):
    sign_in(officer.username)
    page.get_by_role("link", name="Kế hoạch", exact=True).first.click()
    page.get_by_role("link", name="Lập kế hoạch").click()
    page.get_by_role("link", name="Đọc từ tệp Word, PDF").click()
    accessible()
    page.get_by_label("Tệp kế hoạch").set_input_files(word_file)
    page.get_by_role("button", name="Đọc tệp").click()

    source = page.get_by_role("region", name="Bản gốc: Kế hoạch năm cũ.docx")
    expect(source).to_contain_text("KẾ HOẠCH")
    ready(page)
    accessible()
    assert contents(page) == [task.content for task in with_slips().tasks]
    cell(page, 3, "content").click()
    page.keyboard.type("Họp giao ban công tác thi đua quý I")
    page.keyboard.press("Enter")
    saved(page)
    page.get_by_role("button", name="Xong, nhận dự thảo này").click()
    expect(page.get_by_role("status").filter(has_text="Đã nhận dự thảo đọc từ tệp")).to_be_visible()
    ready(page)

    page.get_by_role("button", name="Soát lỗi").click()
    page.get_by_role("button", name=f"Sửa thành «{RIGHT}»").click()
    expect(page.get_by_role("button", name=f"Sửa thành «{RIGHT}»")).to_have_count(0)
    page.get_by_role("button", name="Sửa thành «Củng cố»").click()
    expect(page.get_by_role("button", name="Sửa thành «Củng cố»")).to_have_count(0)
    accessible()
    saved(page)
    page.get_by_role("button", name="Trang in").click()
    expect(preview(page)).to_contain_text("Củng cố tổ chức")
    words = words_of_word(download(page, "Tải Word", tmp_path))

    assert "Họp giao ban công tác thi đua quý I" in words
    assert f"điển hình {RIGHT}" in words
    assert "Củng cố tổ chức;" in words
    assert SLIP not in words
    assert "Cùng cố" not in words
