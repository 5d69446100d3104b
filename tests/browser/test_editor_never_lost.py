"""What is typed outlives the other window, the cut line, the closed window and the ended session."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.editor import cell, contents, copied, ready, saved, write
from tests.browser.windows import PASSWORD


def test_another_window_changes_the_same_cell_and_the_person_decides(
    page: Page, context_of: BrowserContext, open_editor: Callable[[], None], accessible: Callable[[], None]
):
    open_editor()
    other = context_of.new_page()
    other.goto(page.url)
    cell(other, 1, "content").click()
    other.keyboard.type("Bản ở cửa sổ kia")
    other.keyboard.press("Enter")
    saved(other)

    cell(page, 1, "content").click()
    page.keyboard.type("Bản ở cửa sổ này")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Nội dung nhiệm vụ: hai bản khác nhau")
    expect(dialog).to_contain_text("Bản ở cửa sổ kia")
    expect(dialog.get_by_label("Bạn gõ")).to_have_value("Bản ở cửa sổ này")
    accessible()
    dialog.get_by_label("Bạn gõ").fill("Bản gộp hai cửa sổ")
    dialog.get_by_role("button", name="Lưu bản bên phải").click()
    saved(page)
    page.reload()

    expect(cell(page, 1, "content")).to_contain_text("Bản gộp hai cửa sổ")


def test_another_window_changes_another_cell_and_nobody_is_stopped(
    page: Page, context_of: BrowserContext, open_editor: Callable[[], None]
):
    open_editor()
    other = context_of.new_page()
    other.goto(page.url)
    cell(other, 2, "note").click()
    other.keyboard.type("ghi ở cửa sổ kia")
    other.keyboard.press("Enter")
    saved(other)

    cell(page, 1, "note").click()
    page.keyboard.type("ghi ở cửa sổ này")
    page.keyboard.press("Enter")
    saved(page)

    expect(cell(page, 1, "note")).to_have_text("ghi ở cửa sổ này")
    expect(cell(page, 2, "note")).to_have_text("ghi ở cửa sổ kia")


def test_the_line_is_cut_and_restored_with_nothing_lost(
    page: Page, context_of: BrowserContext, open_editor: Callable[[], None]
):
    open_editor()
    context_of.set_offline(True)

    page.get_by_label("Trích yếu").fill("Gõ khi mất mạng")
    cell(page, 1, "content").click()
    page.keyboard.press("Control+Enter")
    page.keyboard.type("Việc thêm khi mất mạng")
    page.keyboard.press("Enter")
    expect(page.locator("#luu")).to_have_text(
        "Chưa lưu được vì mất mạng. Nội dung vẫn ở máy này, sẽ lưu khi có mạng lại."
    )
    context_of.set_offline(False)
    saved(page)
    page.reload()

    expect(page.get_by_label("Trích yếu")).to_have_value("Gõ khi mất mạng")
    expect(cell(page, 2, "content")).to_contain_text("Việc thêm khi mất mạng")


def test_the_window_is_closed_while_the_line_is_cut_and_the_next_one_takes_the_work_back(
    page: Page, context_of: BrowserContext, open_editor: Callable[[], None]
):
    open_editor()
    address = page.url
    context_of.set_offline(True)
    page.get_by_label("Trích yếu").fill("Gõ khi mất mạng")
    expect(page.locator("#luu")).to_contain_text("mất mạng")
    page.close()
    context_of.set_offline(False)

    later = context_of.new_page()
    later.goto(address)
    saved(later)

    expect(later.get_by_text("Đã lấy lại 1 chỗ gõ dở")).to_be_visible()
    expect(later.get_by_label("Trích yếu")).to_have_value("Gõ khi mất mạng")
    later.reload()
    expect(later.get_by_label("Trích yếu")).to_have_value("Gõ khi mất mạng")


def test_the_session_ends_meanwhile_and_the_work_waits_for_the_next_sign_in(
    page: Page, context_of: BrowserContext, open_editor: Callable[[], None]
):
    open_editor()
    context_of.clear_cookies(name="sessionid")

    page.get_by_label("Trích yếu").fill("Gõ khi hết phiên")
    page.get_by_label("Trích yếu").blur()
    expect(page.locator("#luu")).to_contain_text("Phiên đăng nhập đã hết.")
    page.get_by_role("link", name="Đăng nhập lại").click()
    page.get_by_label("Tên đăng nhập").fill("an")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    saved(page)
    page.reload()

    expect(page.get_by_label("Trích yếu")).to_have_value("Gõ khi hết phiên")


def test_what_does_not_fit_stays_in_its_cell_with_the_reason(
    page: Page, open_editor: Callable[[], None], accessible: Callable[[], None]
):
    open_editor()

    cell(page, 1, "due").click()
    page.keyboard.type("31/2/2024")
    page.keyboard.press("Enter")
    expect(cell(page, 1, "due")).to_contain_text("Không có ngày 31/2/2024.")
    expect(page.locator("#luu")).to_contain_text("Còn 1 chỗ chưa lưu được")
    accessible()
    page.reload()
    expect(cell(page, 1, "due")).to_contain_text("Không có ngày 31/2/2024.")
    cell(page, 1, "due").click()
    page.keyboard.type("28/2/2024")
    page.keyboard.press("Enter")
    saved(page)

    expect(cell(page, 1, "due")).to_contain_text("28/02/2024")


def test_a_pause_in_the_middle_of_a_line_changes_nothing_under_the_hands(page: Page, open_editor: Callable[[], None]):
    open_editor()
    body = page.get_by_label("Nội dung, I. MỤC ĐÍCH, YÊU CẦU")

    body.press("Control+End")
    page.keyboard.type("\n3. Ý thứ ba ")
    saved(page)
    page.keyboard.type("viết tiếp.\n")
    page.wait_for_timeout(2500)  # a pause, in which it is saved
    saved(page)
    page.keyboard.type("4. Ý thứ tư")
    body.blur()
    saved(page)

    expect(body).to_have_value(re.compile("3. Ý thứ ba viết tiếp.\n4. Ý thứ tư$"))


def test_a_section_that_is_refused_stays_with_its_words(
    page: Page, context_of: BrowserContext, open_editor: Callable[[], None]
):
    open_editor()
    body = page.get_by_label("Nội dung, I. MỤC ĐÍCH, YÊU CẦU")
    words = body.input_value().split()
    copied(context_of, "<p><b>III. GIẢI PHÁP</b></p><p>1. Ghi &lt;b&gt;họ tên&lt;/b&gt; người dự</p>")

    body.press("Control+Home")
    page.keyboard.press("End")
    page.keyboard.press("Control+v")
    expect(page.locator("#luu")).to_contain_text("Còn 1 chỗ chưa lưu được")
    page.reload()
    expect(page.locator("#luu")).to_contain_text("Còn 1 chỗ chưa lưu được")

    kept = page.get_by_label("Nội dung, III. GIẢI PHÁP")
    assert [word for word in words if word not in f"{body.input_value()} {kept.input_value()}".split()] == []
    kept.fill(kept.input_value().replace("<b>", "").replace("</b>", ""))
    kept.blur()
    saved(page)
    page.reload()
    expect(page.get_by_label("Nội dung, III. GIẢI PHÁP")).to_have_value(re.compile("1. Ghi họ tên người dự"))


# -- Opening, leaving and the line that says how things stand


def test_a_page_that_was_made_before_the_last_words_were_saved_fetches_them(
    page: Page, open_editor: Callable[[], None]
):
    open_editor()
    before = contents(page)
    expect(page.locator("#ban-in[data-drawn]")).to_be_visible()
    saving: list[Route] = []
    page.route("**/soan/luu/", lambda route: route.continue_() if saving else saving.append(route))
    with page.expect_response("**/soan/xem/"):
        cell(page, 1, "content").click()
        page.keyboard.press("Control+Delete")

    def overtaken(reload: Route) -> None:
        """The server makes the next page and then saves; the window is told in the other order."""
        made = reload.fetch()
        with page.expect_request("**/soan/xem/"):  # when it has been told, it draws the paper
            saving[0].fulfill(response=saving[0].fetch())
        reload.fulfill(response=made)

    page.route(page.url, overtaken)
    page.reload()
    saved(page)

    assert contents(page) == before[1:]


def test_what_waits_is_never_called_saved(page: Page, context_of: BrowserContext, open_editor: Callable[[], None]):
    open_editor()
    status = page.locator("#luu")
    assert status.text_content() == "Mọi thay đổi được lưu ngay khi bạn gõ xong."
    write(page, 1, "note", "ghi lần đầu")
    saved(page)

    page.get_by_label("Trích yếu").press("x")
    assert status.text_content() == "Đang lưu…"
    saved(page)
    context_of.set_offline(True)
    page.get_by_label("Trích yếu").press("y")
    expect(status).to_contain_text("Chưa lưu được vì mất mạng.")
    page.keyboard.press("Control+s")
    page.wait_for_timeout(500)  # in which it is tried once more
    assert (status.text_content() or "").startswith("Chưa lưu được vì mất mạng.")
    context_of.set_offline(False)
    saved(page)


def test_nothing_can_be_typed_before_the_page_listens(page: Page, open_editor: Callable[[], None]):
    open_editor()
    subject = page.get_by_label("Trích yếu")
    before = subject.input_value()
    script: list[Route] = []
    page.route("**/js/editor/draft*.js", lambda route: script.append(route))

    with page.expect_request("**/js/editor/draft*.js"):
        page.reload(wait_until="commit")
    expect(page.locator("#luu")).to_have_text("Đang mở trang soạn…")
    subject.focus()
    page.keyboard.type("Chữ gõ quá sớm")
    expect(subject).not_to_be_focused()
    expect(subject).to_have_value(before)
    script[0].continue_()
    ready(page)

    subject.fill("Chữ gõ đúng lúc")
    subject.blur()
    saved(page)
