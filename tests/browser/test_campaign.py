"""A movement goes down from the province to two communes, a village and a school, and its figures come up to the
printed report: by clicks and keys alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings

from campaigns.models import Campaign
from core import audit
from plans.models import Plan
from tests.browser import campaign_people as people
from tests.browser.campaign_people import (
    FAMILIES,
    HALF_YEAR,
    OWN_TITLE,
    POOR,
    SCHOOL,
    TITLE,
    TODAY,
    TREES,
    YEAR,
    table,
)
from tests.browser.editor import preview, ready
from tests.browser.windows import PASSWORD, PHONE, opened, sign_in_at
from tests.factories import (
    IssuerFactory,
    MembershipFactory,
    PartFactory,
    PersonFactory,
    PlanFactory,
    Role,
    UnitFactory,
    UserFactory,
)
from tests.layout.words import raw_text
from units.models import Part, Unit

SHARES = {"Thôn Đông": 40, "Thôn Tây": 40, "Thôn Nam": 30, SCHOOL: 10}
PLANTED = {"Thôn Đông": 28, "Thôn Tây": 22, "Thôn Nam": 9, SCHOOL: 10}
PACES = {"Thôn Đông": "Vượt tiến độ", "Thôn Tây": "Vượt tiến độ", "Thôn Nam": "Chậm tiến độ", SCHOOL: "Đạt"}
VILLAGE_ROWS = (
    ("Thôn Đông", "", "Tập thể lao động tiên tiến", "Trồng cây phân tán: 45 cây"),
    ("Lò Văn Đông", "Trưởng thôn", "Lao động tiên tiến", ""),
)
SCHOOL_ROWS = ((SCHOOL, "", "Tập thể lao động xuất sắc", "Trồng cây phân tán: 10 cây"),)
REASON = "Ghi thêm số học sinh tham gia."


def percent(reached: str | int, aim: int) -> str:
    """As it is printed: one decimal, with a comma."""
    return f"{(Decimal(reached) * 100 / aim).quantize(Decimal('0.1')).normalize():f}".replace(".", ",")


def account(username: str, unit: Unit, name: str, *roles: Role) -> None:
    person = PersonFactory(unit=unit, full_name=name)
    user = UserFactory(username=username, unit=unit, person=person)
    for role in roles:
        MembershipFactory(user=user, unit=unit, role=role)
    user.set_password(PASSWORD)
    user.save()


@pytest.fixture
def commune(transactional_db: None) -> Unit:
    """An Hòa with three villages and a school, whose heads have no account; beside it Bình Minh, above it Vĩnh Hà."""
    province = UnitFactory(province=True, name="Vĩnh Hà")
    commune, neighbour = (UnitFactory(name=name, parent=province) for name in ("An Hòa", "Bình Minh"))
    for unit in (province, commune, neighbour):
        IssuerFactory(unit=unit)
    account("nguyet", province, "Đào Thị Nguyệt", Role.OFFICER, Role.REVIEWER)
    account("an", commune, "Lò Thị An", Role.OFFICER)
    account("binh", neighbour, "Vi Văn Bình", Role.OFFICER)
    for order, name in enumerate(("Đông", "Tây", "Nam"), start=1):
        head = PersonFactory(unit=commune, full_name=f"Lò Văn {name}", honorific="Ông", post="Trưởng thôn")
        PartFactory(unit=commune, name=f"Thôn {name}", head=head, phone=f"0912 000 00{order}", order=order)
    PartFactory(unit=commune, name=SCHOOL, kind=Part.Kind.SCHOOL, order=4)
    return commune


@pytest.fixture
def window_of(browser: Browser, live_server: Any, settings: Settings) -> Iterator[Callable[[str], Page]]:
    """Somebody signed in at a window of one's own; nobody's is a phone. A complaint of a console fails the test."""
    settings.SITE_URL = live_server.url
    with ExitStack() as windows:

        def window_of(username: str = "") -> Page:
            if not username:
                return windows.enter_context(opened(browser, live_server.url, size=PHONE))
            page = windows.enter_context(opened(browser, live_server.url))
            sign_in_at(page, username)
            return page

        yield window_of


# -- The steps, each with what stands there at its end -------------------------------------


def the_province_launches(nguyet: Page) -> None:
    people.start_campaign(nguyet)
    people.add_wave(nguyet)
    people.paste_targets(nguyet)
    people.issue_plan(nguyet, "12")
    people.launch(nguyet, TITLE)
    people.hand_down(nguyet)


def one_commune_answers(an: Page) -> None:
    people.receive(an)
    people.answer_by_own_campaign(an)
    people.fit_targets(an, "120")
    people.share_trees(an, "".join(f"{share}\n" for share in SHARES.values()))
    expect(an.get_by_text("cộng 120/120 cây: vừa đủ").first).to_be_visible()
    people.issue_plan(an, "7")
    people.launch(an, OWN_TITLE)
    people.answer_the_province(an)


def the_province_sees_who_has_answered(nguyet: Page) -> None:
    nguyet.get_by_role("link", name="Xem từng đơn vị").click()
    assert table(nguyet, "Đơn vị cấp dưới") == [
        ["Xã An Hòa", TODAY, TODAY, "Đã hưởng ứng", f"{OWN_TITLE} ngày {TODAY}"],
        ["Xã Bình Minh", TODAY, TODAY, "Đã nhận, chưa hưởng ứng", ""],
    ]
    people.accessible(nguyet)


def a_village_and_a_school_register(an: Page, phone: Page, folder: Path) -> None:
    people.ask_to_register(an)
    people.register_by_phone(phone, people.link_for(an, "Thôn Đông"), VILLAGE_ROWS)
    sheet = people.fill_in(people.form_for_the_school(an, folder), SCHOOL_ROWS)
    people.take_list(an, sheet, SCHOOL)
    people.take_registrations(an)
    people.judge(an, REASON)

    village, school = VILLAGE_ROWS, SCHOOL_ROWS[0]
    assert table(an, "Đăng ký thi đua") == [
        ["Thôn (3)"],
        ["", "Thôn Đông 1 cá nhân đăng ký", village[0][2], "trồng cây phân tán: 45 cây", TODAY, "Đã duyệt"],
        ["", "Lò Văn Đông Trưởng thôn, Thôn Đông", village[1][2], "", TODAY, "Đã duyệt"],
        ["", "Thôn Tây", "", "", "", "Chưa gửi Nhập hộ"],
        ["", "Thôn Nam", "", "", "", "Chưa gửi Nhập hộ"],
        ["Trường học (1)"],
        ["", f"{SCHOOL} Lý do trả lại: {REASON}", school[2], "trồng cây phân tán: 10 cây", TODAY, "Trả lại"],
    ]
    expect(an.locator(".standing")).to_contain_text("Chưa gửi 2, chờ duyệt 0, trả lại 1, đã duyệt 1.")


def results_are_entered(an: Page) -> None:
    """Of the places one is typed and corrected, the others come as a block; the commune's own are typed."""
    people.open_results(an, TREES)
    people.type_figure(an, "Thôn Đông", "25")
    people.type_figure(an, "Thôn Đông", str(PLANTED["Thôn Đông"]))
    people.paste(an, people.figure(an, "Thôn Tây"), "".join(f"{one}\n" for one in list(PLANTED.values())[1:]))
    an.get_by_role("button", name="Lưu kết quả").click()
    an.get_by_role("heading", name="Qua các kỳ").wait_for()
    assert {place: people.figure(an, place).input_value() for place in PLANTED} == {
        place: str(planted) for place, planted in PLANTED.items()
    }
    an.get_by_text("Đã sửa 1 lần").click()
    expect(an.get_by_role("listitem").filter(has_text="25 cây – Lò Thị An")).to_be_visible()
    people.accessible(an)

    people.back_to(an, "Kết quả")
    people.type_figure(an, FAMILIES, "92,5")
    people.type_figure(an, POOR, "0,8")
    rows = [(row[2], row[-2], row[-1]) for row in table(an, f"Kết quả {HALF_YEAR}")]
    assert rows == [
        ("trên 90 %", f"{percent('92.5', 90)} %", "Đạt"),
        ("120 cây", f"{percent(sum(PLANTED.values()), 120)} %", "Vượt tiến độ"),
        ("giảm 1-2 %/năm", "80 %", "Đang thực hiện"),
    ]
    people.accessible(an)


def the_board_shows_them(an: Page) -> None:
    people.tab(an, "Bảng theo dõi")
    name = f"Kết quả {HALF_YEAR} của từng nơi theo từng chỉ tiêu"
    assert table(an, name) == [
        [place, f"{planted} ({percent(planted, SHARES[place])} %) {PACES[place]} giao {SHARES[place]} cây", "0"]
        for place, planted in PLANTED.items()
    ]
    [total] = table(an, name, "tfoot")
    assert total == ["Đã có số, trong 4 nơi thực hiện", f"4/4 cộng {sum(PLANTED.values())} cây", "0"]


def the_report_prints_them(an: Page, folder: Path) -> None:
    people.start_report(an)
    trees = sum(PLANTED.values())
    figures = [
        [FAMILIES, "trên 90 %", "92,5 %", percent("92.5", 90), "Đạt"],
        [TREES, "120 cây", f"{trees} cây", percent(trees, 120), "Vượt tiến độ"],
        [POOR, "giảm 1-2 %/năm", "0,8 %/năm", "80", "Đang thực hiện"],
    ]
    shown = [
        [row[0].lower(), row[1], row[2].partition(" 4/4")[0], *row[3:]] for row in table(an, "Chỉ tiêu và kết quả")
    ]
    assert shown == [[name.lower(), aim, value, f"{share} %", state] for name, aim, value, share, state in figures]

    printed = [
        [str(number), f"{name[:1].upper()}{name[1:]}", aim, value + (" (4/4 đơn vị)" if name == TREES else ""), *rest]
        for number, (name, aim, value, *rest) in enumerate(figures, start=1)
    ]
    word = Document(str(people.download(an, "Tải Word", folder)))
    [results] = [found for found in word.tables if found.cell(0, 0).text == "TT"]
    assert [[" ".join(cell.text.split()) for cell in row.cells] for row in results.rows[1:]] == printed
    text = " ".join(raw_text(people.download(an, "Tải PDF", folder).read_bytes()).split())
    table_text = text.partition("Tỷ lệ % Đánh giá ")[2]
    assert table_text.startswith(" ".join(cell for row in printed for cell in row))
    for said in (
        "Thực hiện Kế hoạch số 7/KH-UBND",
        "với chủ đề “Mỗi thôn một việc hay”",
        "Đăng ký thi đua: 2/4 nơi đã đăng ký (đã duyệt 1, trả lại để bổ sung 1). Có 1 cá nhân đăng ký.",
        "1 chỉ tiêu đạt, 1 chỉ tiêu vượt tiến độ, 1 chỉ tiêu đang thực hiện",
        f"trồng cây phân tán ({trees} cây, bằng {percent(trees, 120)} % chỉ tiêu)",
        "Còn 2 nơi chưa đăng ký thi đua.",
    ):
        assert said in text


def test_a_movement_goes_down_to_the_village_and_its_figures_come_up(
    commune: Unit, window_of: Callable[..., Page], tmp_path: Path
) -> None:
    nguyet = window_of("nguyet")
    the_province_launches(nguyet)
    an = window_of("an")
    one_commune_answers(an)
    people.receive(window_of("binh"))
    the_province_sees_who_has_answered(nguyet)

    a_village_and_a_school_register(an, window_of(), tmp_path)
    results_are_entered(an)
    the_board_shows_them(an)
    the_report_prints_them(an, tmp_path)

    assert [audit.first_broken_link(chain) for chain in audit.chains()] == [None] * len(list(audit.chains()))


# -- The campaign in the plan's editor -----------------------------------------------------


@pytest.fixture
def plan(commune: Unit) -> Plan:
    """A draft whose second section says nothing yet; its campaign has two targets."""
    plan = PlanFactory(unit=commune, kind=Plan.Kind.CAMPAIGN, sections=1, subject="Phát động phong trào")
    plan.sections.create(order=2, marker="II.", heading="CHỈ TIÊU", body="")
    campaign = Campaign.objects.create(
        unit=commune, plan=plan, title=OWN_TITLE, year=YEAR, kind="regular", level="commune"
    )
    campaign.targets.create(order=1, text=FAMILIES, comparison=">", low=90, measure="%")
    campaign.targets.create(order=2, text=TREES, low=120, measure="cây", adds_up=True)
    return plan


def test_the_table_of_targets_is_put_into_the_plan_by_two_clicks(
    plan: Plan, window_of: Callable[..., Page], tmp_path: Path
) -> None:
    an = window_of("an")
    an.get_by_role("link", name="Kế hoạch", exact=True).click()
    an.get_by_role("link", name=plan.subject).click()
    an.get_by_role("link", name="Soạn tiếp").click()
    ready(an)

    people.insert_block(an, "II. CHỈ TIÊU", "[Bảng chỉ tiêu]")

    row = preview(an).get_by_role("row").filter(has_text="Trồng cây phân tán")
    expect(row.get_by_role("cell")).to_have_text(["2", "Trồng cây phân tán", "cây", "120"])
    people.accessible(an)
    text = " ".join(raw_text(people.download(an, "Tải PDF", tmp_path).read_bytes()).split())
    assert "II. CHỈ TIÊU STT Chỉ tiêu Đơn vị tính Chỉ tiêu giao" in text
    assert "1 Gia đình đạt danh hiệu Gia đình văn hóa % > 90 2 Trồng cây phân tán cây 120" in text
