"""A commune runs a khối of its villages from the first click to the printed summary. The villages have no accounts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser import season_people as people
from tests.browser import village_people as villages
from tests.browser.campaign_people import accessible, table
from tests.browser.windows import PASSWORD, opened, sign_in_at
from tests.factories import IssuerFactory, PartFactory, PersonFactory, Role, UnitFactory, UserFactory
from tests.layout.words import raw_text
from units.models import Unit

YEAR = timezone.localdate().year
BLOCK = "Khối thi đua các thôn"
SET = f"Bộ tiêu chí thi đua các thôn năm {YEAR}"
EAST, WEST, SOUTH, NORTH, MIDDLE = VILLAGES = ("Thôn Đông", "Thôn Tây", "Thôn Nam", "Thôn Bắc", "Thôn Trung")
FLAG, CERTIFICATE = "Cờ thi đua", "Giấy khen"
ROWS = (
    ("I", "PHÁT TRIỂN KINH TẾ", "", "40"),
    ("1", "Thu quỹ Đền ơn đáp nghĩa", "triệu đồng", "20"),
    ("2", "Trồng cây phân tán", "cây", "20"),
    ("II", "ĐỜI SỐNG VĂN HÓA", "", "40"),
    ("1", "Vệ sinh môi trường, đường làng ngõ xóm", "", "20"),
    ("2", "An ninh trật tự", "", "20"),
    ("III", "CHẾ ĐỘ HỌP, BÁO CÁO", "", "20"),
    ("1", "Dự họp giao ban, gửi báo cáo tháng", "", "20"),
)


@pytest.fixture
def commune(transactional_db: None) -> Unit:
    """An Hòa with five villages; its officer does all of it alone."""
    commune = UnitFactory(name="An Hòa", parent=UnitFactory(province=True, name="Vĩnh Hà"))
    IssuerFactory(unit=commune)
    for order, name in enumerate(VILLAGES, start=1):
        head = PersonFactory(unit=commune, full_name=f"Lò Văn {name[5:]}", honorific="Ông", post="Trưởng thôn")
        PartFactory(unit=commune, name=name, head=head, order=order)
    an = UserFactory(
        username="an", unit=commune, role=Role.OFFICER, person=PersonFactory(unit=commune, full_name="Lò Thị An")
    )
    an.set_password(PASSWORD)
    an.save()
    return commune


@pytest.fixture
def an(commune: Unit, browser: Browser, live_server: Any) -> Iterator[Page]:
    with opened(browser, live_server.url) as page:
        page.set_default_timeout(10_000)
        sign_in_at(page, "an")
        yield page


# -- The steps, each with what stands there at its end -------------------------------------

RUBBISH, QUARREL, ABSENT = "Còn điểm đổ rác tự phát", "Có 01 vụ gây rối", "Vắng 01 buổi giao ban"
AGAINST_RANK = "Về trước hạn toàn bộ chỉ tiêu, được Ủy ban nhân dân xã biểu dương."
COUNTED = "Kế toán xã đã thu 9 triệu đồng"


def they_are_scored(an: Page) -> None:
    """The officer types what each village sent, line by line; of the others nothing is deducted."""
    villages.open_grid(an)
    villages.type_row(an, "I.1", {EAST: "10", WEST: "9", SOUTH: "10", NORTH: "8", MIDDLE: "12"}, {WEST: "18,00"})
    villages.type_row(an, "I.2", {EAST: "210", WEST: "200", SOUTH: "150", NORTH: "100"}, {SOUTH: "15,00", MIDDLE: ""})
    villages.type_row(an, "II.1", {EAST: f"2; {RUBBISH}", NORTH: f"4; {RUBBISH}", MIDDLE: f"4; {RUBBISH}"}, {})
    villages.type_row(an, "II.2", {WEST: f"3; {QUARREL}"}, {WEST: "17,00"})
    villages.type_row(an, "III.1", {EAST: f"1; {ABSENT}"}, {EAST: "19,00"})
    expect(villages.totals(an)).to_have_text(["97,00", "95,00", "95,00", "82,00", "95,00"])
    accessible(an)
    one_sends_word_later(an)
    villages.open_grid(an)
    villages.hand_in_all(an, "Gửi 5 bảng tự chấm", "Gửi các bảng đã chọn", "Đã gửi 5 bảng điểm.")


def one_sends_word_later(an: Page) -> None:
    """It goes into that village's own sheet, where what it was not given is made up for: 72 of 80 are 90 of 100."""
    people.open_sheet(an, YEAR, MIDDLE)
    people.say(an, "II.2", f"4; {QUARREL}", "16,00")
    expect(people.total(an)).to_have_text("90,00")
    made_up = an.get_by_role("row", name="Quy đổi do không giao chỉ tiêu").locator("[data-out]")
    expect(made_up).to_have_text("18,00")
    accessible(an)


def they_are_reviewed(an: Page) -> None:
    villages.open_grid(an)
    villages.correct(an, "I.1", NORTH, "9", COUNTED, "18,00")
    expect(villages.totals(an)).to_have_text(["97,00", "95,00", "95,00", "84,00", "90,00"])
    accessible(an)
    villages.hand_in_all(
        an,
        "Hoàn thành thẩm định 5 bảng",
        "Hoàn thành thẩm định các bảng đã chọn",
        "Đã thẩm định xong 5 bảng điểm.",
    )


def the_meeting_ranks_them(an: Page) -> None:
    people.open_season(an, YEAR)
    people.tab(an, "Xếp hạng")
    assert [cells[:3] for cells in table(an, "Bảng xếp hạng dự kiến")] == [
        ["1", EAST, "97,00"],
        ["2", WEST, "95,00"],
        ["2", SOUTH, "95,00"],
        ["4", MIDDLE, "90,00"],
        ["5", NORTH, "84,00"],
    ]
    people.vote(an, 2, 5, 5, {SOUTH: 3, WEST: 2})
    people.freeze(an)
    assert [cells[:3] for cells in table(an, "Bảng xếp hạng")] == [
        ["1", EAST, "97,00"],
        ["2", SOUTH, "95,00"],
        ["3", WEST, "95,00"],
        ["4", MIDDLE, "90,00"],
        ["5", NORTH, "84,00"],
    ]


def it_commends_against_the_rank(an: Page) -> None:
    people.commend(an, {EAST: FLAG, MIDDLE: CERTIFICATE})
    refusal = f"Ghi lý do: {WEST}, {SOUTH} xếp hạng cao hơn mà được đề nghị thấp hơn hoặc không."
    expect(an.get_by_text(refusal).last).to_be_visible()
    accessible(an)
    an.get_by_label(f"Lý do khác thứ hạng của {MIDDLE}").fill(AGAINST_RANK)
    an.get_by_role("button", name="Lưu danh sách suy tôn").click()
    people.told(an, "Đã lưu danh sách suy tôn.")
    assert table(an, "Đơn vị được suy tôn") == [
        [EAST, FLAG, "Chưa có quyết định"],
        [f"{MIDDLE} Khác thứ hạng: {AGAINST_RANK}", CERTIFICATE, "Chưa có quyết định"],
    ]


def the_summary_is_printed(an: Page, folder: Path) -> None:
    """Groups, what is made up for a target that was not given, the total, the rank."""
    people.open_season(an, YEAR)
    people.tab(an, "Văn bản")
    pdf = people.print_paper(an, "Bảng tổng hợp kết quả chấm điểm", folder / "tong-hop.pdf")
    text = " ".join(raw_text(pdf.read_bytes()).split())
    for row in (
        f"1 {EAST} 40,00 38,00 19,00 0,00 0,00 97,00 1",
        f"2 {SOUTH} 35,00 40,00 20,00 0,00 0,00 95,00 2",
        f"3 {WEST} 38,00 37,00 20,00 0,00 0,00 95,00 3",
        f"4 {MIDDLE} 20,00 32,00 20,00 0,00 18,00 90,00 4",
        f"5 {NORTH} 28,00 36,00 20,00 0,00 0,00 84,00 5",
    ):
        assert row in text


def test_a_commune_ranks_its_villages(an: Page, tmp_path: Path) -> None:
    villages.make_block(an, BLOCK, YEAR)
    villages.add_villages(an, len(VILLAGES))
    villages.choose_head(an, EAST)
    people.open_season(an, YEAR)
    villages.make_set(an, SET, YEAR)
    villages.read_workbook(an, villages.as_the_office_drew_it(tmp_path, ROWS), len(ROWS))
    villages.add_bonus(an, "IV", "Sáng kiến, mô hình mới", "5")
    villages.publish_set(an)
    villages.set_rules(an, YEAR, f"01 {FLAG}, 01 {CERTIFICATE}")
    villages.give_targets(an, f"I.1, {EAST}", "10\t10\t10\t10\t10\n200\t200\t200\t200\tx\n")
    villages.begin(an)

    they_are_scored(an)
    they_are_reviewed(an)
    the_meeting_ranks_them(an)
    it_commends_against_the_rank(an)
    people.publish(an)
    the_summary_is_printed(an, tmp_path)
    assert people.unbroken()
