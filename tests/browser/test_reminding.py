"""A guidance comes, villages are asked by Zalo, mail nags until the proof is there: by clicks and keys alone."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from docx import Document
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings

from core import audit
from reminders.workdays import WorkDays
from tests.browser.windows import PASSWORD, PHONE, assert_accessible, opened
from tests.factories import PartFactory, PersonFactory, Role, UnitFactory, UserFactory
from tests.reminders.sending.mail_server import MailServer, mail_server, text_in
from units.models import Unit

VILLAGES = 28
DUTY = "Gửi tờ trình và hồ sơ đề nghị khen thưởng"
ASKING = "Yêu cầu các thôn, trường, đơn vị gửi đề nghị khen thưởng"
NAGGING = "Nhắc nơi chưa gửi đề nghị"
WANTED = "Danh sách đề nghị khen thưởng của thôn"
WORKDAYS = WorkDays()


def in_figures(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"


@dataclass(frozen=True)
class Days:
    """Far enough ahead that every step before the duty is still to come, whatever the day is."""

    due: dt.date

    @property
    def nagging(self) -> dt.date:
        """Twenty days before, as the kind of duty has it, or the last working day before that."""
        return WORKDAYS.not_after(self.due - dt.timedelta(days=20))

    @property
    def eve(self) -> dt.date:
        return WORKDAYS.before(self.nagging, 1)


@pytest.fixture
def days() -> Days:
    return Days(WORKDAYS.not_after(timezone.localdate() + dt.timedelta(days=70)))


@pytest.fixture
def commune(transactional_db: None) -> Unit:
    """28 villages, each with a head who has a phone and no account; one officer with an address."""
    unit = UnitFactory(name="An Hòa", parent=UnitFactory(province=True))
    for number in range(1, VILLAGES + 1):
        head = PersonFactory(unit=unit, full_name=f"Lò Văn Hặc {number}", honorific="Ông", post="Trưởng thôn")
        PartFactory(unit=unit, name=f"Thôn {number:02d}", head=head, phone=f"0912 000 {number:03d}", order=number)
    person = PersonFactory(unit=unit, full_name="Lò Thị An")
    officer = UserFactory(username="an", role=Role.OFFICER, unit=unit, person=person, email="an@vidu.example")
    officer.set_password(PASSWORD)
    officer.save()
    return unit


@pytest.fixture
def post_office(settings: Settings, live_server: Any) -> Iterator[MailServer]:
    """The mail server that the settings name; links in mails and texts lead to the program under test."""
    settings.SITE_URL = live_server.url
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 5
        yield server


@pytest.fixture
def guidance(tmp_path: Path, days: Days) -> Path:
    document = Document()
    for line in (
        "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG TỈNH VĨNH HÀ",
        "Số: 21/HD-HĐTĐKT",
        f"Vĩnh Hà, ngày {timezone.localdate():%d} tháng {timezone.localdate():%m} năm {timezone.localdate().year}",
        "HƯỚNG DẪN",
        "Đề nghị khen thưởng tổng kết công tác năm",
        "1. Ủy ban nhân dân các xã, phường",
        f"a) {DUTY} về Sở Nội vụ chậm nhất ngày {in_figures(days.due)}.",
        f"b) Báo cáo việc công khai danh sách khen thưởng về Sở Nội vụ chậm nhất ngày "
        f"{in_figures(WORKDAYS.after(days.due, 20))}.",
        "Nơi nhận:",
        "- Các xã, phường;",
        "- Lưu: VT.",
    ):
        document.add_paragraph(line)
    path = tmp_path / "huong dan khen thuong.docx"
    document.save(str(path))
    return path


@pytest.fixture
def photograph() -> dict[str, Any]:
    picture = io.BytesIO()
    Image.new("RGB", (640, 480), "ivory").save(picture, "JPEG")
    return {"name": "danh sách.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}


@pytest.fixture
def phone(browser: Browser, live_server: Any) -> Iterator[Page]:
    """Of a village head: cookies of its own, no account. The link that is used up is refused with 404."""
    with opened(browser, live_server.url, size=PHONE, expected=("404",)) as window:
        yield window


# -- What a person does ----------------------------------------------------------------


def accessible(page: Page) -> None:
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def take_duties(page: Page, guidance: Path) -> None:
    page.get_by_role("link", name="Kế hoạch", exact=True).click()
    page.get_by_role("link", name="Nhiệm vụ của mọi kế hoạch").click()
    page.get_by_role("link", name="Việc từ văn bản đến").click()
    page.get_by_label("Tệp văn bản").set_input_files(guidance)
    accessible(page)
    page.get_by_role("button", name="Đọc văn bản").click()
    expect(page.get_by_role("heading", name="Hướng dẫn số 21/HD-HĐTĐKT")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Nhận 2 việc").click()
    expect(page.get_by_text("Đã nhận 2 việc.").first).to_be_visible()


def count_back(page: Page, days: Days) -> None:
    page.get_by_role("link", name=f"Lùi lịch cho việc {DUTY}").click()
    expect(page.get_by_role("heading", name="Các mốc tính từ hạn")).to_be_visible()
    page.get_by_role("combobox", name="Người theo dõi các mốc này").fill("lo thi an")
    accessible(page)
    page.get_by_role("button", name="Đặt 6 mốc").click()
    expect(page.get_by_text("Đã đặt 6 mốc.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text=NAGGING)).to_contain_text(in_figures(days.nagging))
    accessible(page)


def ask_the_villages(page: Page, days: Days) -> None:
    page.get_by_role("link", name="Lập yêu cầu gửi").click()
    expect(page.get_by_label("Yêu cầu gửi gì")).to_have_value(ASKING)
    page.get_by_label("Yêu cầu gửi gì").fill(WANTED)
    page.get_by_label("Hạn gửi").fill(in_figures(days.nagging))
    page.get_by_label(f"Tất cả thôn ({VILLAGES})").check()
    expect(page.get_by_text(f"Đã chọn {VILLAGES} nơi.")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Lập yêu cầu", exact=True).click()
    expect(page.get_by_text("Chưa nơi nào được hỏi.")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name=f"Gửi yêu cầu cho {VILLAGES} nơi").click()
    expect(page.get_by_text(f"{VILLAGES} nơi chưa gửi, chưa nhắn nơi nào.")).to_be_visible()
    accessible(page)


def copied_text(page: Page, village: str) -> str:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name=f"Chép tin gửi {village}").click()
    expect(page.locator(".zalo-text").filter(has_text=village).get_by_text("Đã chép. Đã nhắn lúc")).to_be_visible()
    return page.evaluate("navigator.clipboard.readText()")


def link_in(text: str) -> str:
    [link] = re.findall(r"http://\S+", text)
    return link


def answer_on_the_phone(phone: Page, link: str, photograph: dict[str, Any]) -> None:
    phone.goto(link)
    expect(phone.get_by_role("heading", level=1)).to_have_text(WANTED)
    expect(phone.get_by_text("đề nghị Thôn 01 gửi nội dung này")).to_be_visible()
    accessible(phone)
    phone.get_by_label("Nội dung trả lời").fill("Đề nghị khen ông Lò Văn Thắng và hộ bà Vi Thị Mai.")
    phone.get_by_label("Chụp ảnh văn bản, danh sách").set_input_files(photograph)
    phone.get_by_label("Họ và tên người gửi").fill("Lò Văn Hặc")
    phone.get_by_role("button", name="Gửi xã An Hòa").click()
    expect(phone.get_by_role("heading", name="Đã gửi xong")).to_be_visible()
    accessible(phone)


def home(page: Page) -> None:
    page.get_by_role("link", name="Việc của tôi").first.click()
    page.get_by_role("heading", name="Việc của tôi", level=1).wait_for()


def look_at_what_came(page: Page) -> None:
    home(page)
    fresh = page.get_by_role("region", name="Các nơi mới gửi về, chưa xem")
    expect(fresh).to_contain_text("1 nơi: Thôn 01")
    accessible(page)
    fresh.get_by_role("link", name=WANTED).click()
    expect(page.get_by_role("row").filter(has_text="Thôn 01")).to_contain_text("Mới")
    page.get_by_role("link", name="Xem nội dung Thôn 01 gửi").click()
    expect(page.locator(".came-text")).to_have_text("Đề nghị khen ông Lò Văn Thắng và hộ bà Vi Thị Mai.")
    expect(page.get_by_role("img", name="danh sách.jpg")).to_be_visible()
    expect(page.get_by_role("img", name="danh sách.jpg")).to_have_js_property("naturalWidth", 640)
    accessible(page)
    page.get_by_role("button", name="Đã xem").click()
    expect(page.get_by_text("Đã đánh dấu đã xem 1 nội dung.")).to_be_visible()


def enter_on_behalf(page: Page, village: str) -> None:
    page.get_by_role("link", name=f"Nhập hộ {village}").click()
    expect(page.get_by_label("Ai gửi, ai báo")).to_have_value("Lò Văn Hặc 2")
    page.get_by_label("Nội dung trả lời").fill("Báo qua điện thoại: đề nghị khen hộ ông Hà Văn Sơn.")
    accessible(page)
    page.get_by_role("button", name=f"Nhập hộ {village}").click()
    expect(page.get_by_text(f"Đã nhập hộ {village}")).to_be_visible()


def record_the_proof(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.locator(".standing")).to_contain_text(NAGGING)
    page.get_by_label("Nội dung kết quả, lý do").fill("Đã gọi điện cho 26 trưởng thôn.")
    page.get_by_role("radio", name="Một câu có người xác nhận").check()
    page.get_by_role("combobox", name="Người xác nhận").fill("lo thi an")
    accessible(page)
    page.get_by_role("button", name="Ghi kết quả").click()
    expect(page.get_by_text("Đã ghi: đã hoàn thành")).to_be_visible()
    accessible(page)


# -- What the clock does ---------------------------------------------------------------


def reminders_of(day: dt.date) -> dict[str, Any]:
    said = io.StringIO()
    call_command("send_reminders", "--on", day.isoformat(), stdout=said)
    return json.loads(said.getvalue())


def lines_in(mail: Any) -> dict[str, str]:
    """Line of the mail → the link under it."""
    return dict(re.findall(r"^- (.+)\n(?:  .+\n)*?  [^:\n]+: (https?://\S+)$", text_in(mail), re.MULTILINE))


def test_a_guidance_is_followed_from_its_arrival_to_the_proof(
    page: Page,
    phone: Page,
    sign_in: Callable[[str], None],
    commune: Unit,
    guidance: Path,
    days: Days,
    photograph: dict[str, Any],
    post_office: MailServer,
) -> None:
    # a guidance becomes duties, one of them steps, the first step a request to all villages
    sign_in("an")
    take_duties(page, guidance)
    count_back(page, days)
    ask_the_villages(page, days)

    # one answers by its link, one by telephone; the others are missing
    link = link_in(copied_text(page, "Thôn 01"))
    answer_on_the_phone(phone, link, photograph)
    look_at_what_came(page)
    enter_on_behalf(page, "Thôn 02")
    expect(page.get_by_text("26 nơi chưa gửi, 2 nơi đã gửi.")).to_be_visible()
    page.get_by_role("link", name="Chưa gửi (26)").click()
    expect(page.locator(".board tbody tr")).to_have_count(26)
    accessible(page)

    # what is due is told by mail, and the mail leads to the form that ends it
    assert reminders_of(days.eve)["sent_by_channel"]["mail"] == 1
    [mail] = post_office.received
    still_missing = f"{WANTED}: còn 26 nơi chưa gửi"
    told = lines_in(mail)
    assert mail["To"] == "an@vidu.example"
    assert {NAGGING, still_missing} <= set(told)
    record_the_proof(page, told[NAGGING])

    # the next working day is the day of both: of what has its proof nothing is said any more
    assert reminders_of(days.nagging)["sent_by_channel"]["mail"] == 1
    later = lines_in(post_office.received[-1])
    assert (still_missing in later, NAGGING in later) == (True, False)
    assert reminders_of(days.nagging)["sent"] == 0
    assert len(post_office.received) == 2

    # and the link that was used opens nothing
    phone.goto(link)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Liên kết không dùng được")
    expect(phone.get_by_text("Thôn 01")).to_have_count(0)
    accessible(phone)
    assert audit.first_broken_link(commune.pk) is None
