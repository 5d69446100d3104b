"""What the people of a council do at their windows: the secretary at a desk, the members on their phones."""

from __future__ import annotations

import datetime as dt

from playwright.sync_api import Page, expect

from awards.models import CouncilMember, Nominee, Proposal, Round, Subject
from tests.browser.windows import PASSWORD, assert_accessible
from tests.permissions.world import World
from units.models import Membership, User
from units.services import add_person, grant_role

MEMBERS = ("Trần Văn Bình", "Lê Thị Cúc", "Phạm Văn Dũng", "Hoàng Thị Em")


def a_council_that_votes(world: World) -> list[str]:
    """Four members with accounts; the user names, in the order of the council."""
    CouncilMember.objects.filter(unit=world.unit).update(valid_to=dt.date(2020, 12, 31))
    names = []
    for order, full_name in enumerate(MEMBERS, start=1):
        person = add_person(world.unit, actor=None, full_name=full_name, post="Ủy viên UBND xã")
        username = f"uyvien{order}"
        user = User.objects.create_user(username=username, password=PASSWORD, person=person)
        grant_role(user, world.unit, Membership.Role.COUNCIL_MEMBER, actor=None)
        role = CouncilMember.Role.CHAIR if order == 1 else CouncilMember.Role.MEMBER
        CouncilMember.objects.create(unit=world.unit, person=person, role=role, order=order)
        names.append(username)
    return names


def nominees_that_are_ready(world: World) -> Round:
    """Three for Chiến sĩ thi đua cơ sở; the second member is one of them."""
    found = Round.objects.get(pk=world.things["award_round"])
    proposal = Proposal.objects.get(pk=world.things["proposal"])
    member = CouncilMember.objects.get(unit=world.unit, person__full_name=MEMBERS[1]).person
    for order, name in enumerate(("Vũ Thị Giang", MEMBERS[1], "Đỗ Văn Hải"), start=2):
        person = member if name == MEMBERS[1] else None
        subject = Subject.objects.create(unit=world.unit, name=name, person=person)
        Nominee.objects.create(
            round=found,
            proposal=proposal,
            order=order,
            subject=subject,
            name=name,
            workplace="Trường Tiểu học số 1",
            award="CSTDCS",
            year=2026,
            state="ready",
            achievement="Hoàn thành xuất sắc nhiệm vụ, có sáng kiến được công nhận.",
        )
    return found


def told(page: Page, words: str) -> None:
    expect(page.locator(".notice").filter(has_text=words).first).to_be_visible()


def make_sitting(page: Page, award_round: Round) -> None:
    """From the round, by secret ballot in the program."""
    page.goto(f"/khen-thuong/phien-hop/?dot={award_round.pk}")
    assert_accessible(page)
    page.get_by_role("link", name="Lập phiên họp").click()
    expect(page.get_by_label("Chiến sĩ thi đua cơ sở: 3 đối tượng")).to_be_checked()
    page.get_by_label("Tên phiên họp").fill("Họp Hội đồng tháng 11")
    page.get_by_label("Bỏ phiếu", exact=True).select_option(label="Bỏ phiếu kín trong chương trình")
    page.get_by_label("Ngày họp").fill("25/11/2026")
    page.get_by_label("Giờ họp").fill("8:00")
    assert_accessible(page)
    page.get_by_role("button", name="Lập phiên họp").click()
    told(page, "Đã lập phiên họp.")


def mark_all_present(page: Page) -> None:
    page.get_by_role("link", name="Điểm danh").first.click()
    assert_accessible(page)
    page.get_by_role("button", name="Tất cả có mặt").click()
    told(page, "Đã lưu điểm danh.")
    page.get_by_role("navigation", name="Phiên họp này").get_by_role("link", name="Danh sách, kết quả").click()


def begin(page: Page) -> None:
    page.get_by_role("link", name="Bắt đầu phiên họp").click()
    page.get_by_role("button", name="Bắt đầu phiên họp").click()
    told(page, "Phiên họp đã bắt đầu.")
    assert_accessible(page)


def vote(phone: Page, address: str, choices: dict[str, str]) -> None:
    """``choices``: name → word; a name that is missing has to be missing on the ballot, too."""
    phone.goto(address)
    phone.get_by_role("link", name="Bỏ phiếu", exact=True).click()
    assert_accessible(phone)
    on_ballot = [text.split(". ", 1)[1] for text in phone.locator("fieldset.ballot-name legend").all_inner_texts()]
    assert on_ballot == list(choices)
    for name, word in choices.items():
        phone.get_by_role("group", name=name).get_by_label(word, exact=True).check()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.get_by_role("button", name="Bỏ phiếu vào hòm").click()
    told(phone, "Phiếu của bạn đã ở trong hòm phiếu.")
    assert_accessible(phone)


def results(page: Page) -> list[tuple[str, str, str]]:
    """Name, votes and outcome of each row."""
    rows = page.get_by_role("table", name="Danh sách trích ngang").locator("tbody tr").all()
    return [
        (
            row.locator("th a, th").first.inner_text().split("\n")[0],
            row.locator("td[data-label='Phiếu'] strong").inner_text(),
            row.locator("td[data-label='Kết quả'] .state-word").inner_text(),
        )
        for row in rows
    ]
