"""A secret ballot in the program: members vote on their phones, the secretary opens the box and closes the sitting."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from playwright.sync_api import Browser, Page, expect

from awards.models import Box, Item, Nominee, OpenVote, Seat
from core.models import AuditEntry
from tests.browser.council_people import (
    MEMBERS,
    a_council_that_votes,
    begin,
    make_sitting,
    mark_all_present,
    nominees_that_are_ready,
    results,
    told,
    vote,
)
from tests.browser.windows import PHONE, assert_accessible, opened, sign_in_at
from tests.permissions.world import World

YES, NO, BLANK = "Đồng ý", "Không đồng ý", "Không có ý kiến"
GIANG, CUC, HAI = "Vũ Thị Giang", MEMBERS[1], "Đỗ Văn Hải"
BALLOTS = (
    {CUC: YES, GIANG: YES, HAI: YES},
    {GIANG: YES, HAI: NO},  # she is proposed herself
    {CUC: YES, GIANG: YES, HAI: BLANK},
    {CUC: YES, GIANG: YES, HAI: YES},
)


def test_a_council_votes_in_secret_and_the_box_decides(
    page: Page, browser: Browser, live_server: object, sign_in: Callable[[str], None], world: World
) -> None:
    members = a_council_that_votes(world)
    award_round = nominees_that_are_ready(world)
    sign_in("an")
    make_sitting(page, award_round)
    mark_all_present(page)
    begin(page)
    address = page.url

    with ExitStack() as phones:
        for username, ballot in zip(members, BALLOTS, strict=True):
            phone = phones.enter_context(opened(browser, live_server.url, size=PHONE))  # type: ignore[attr-defined]
            sign_in_at(phone, username)
            vote(phone, address, {name: ballot[name] for name in names_in_order(ballot)})

        page.reload()
        expect(page.get_by_text("Đã bỏ phiếu 4/4.")).to_be_visible()
        assert Item.objects.filter(sitting__name="Họp Hội đồng tháng 11", yes__isnull=False).count() == 0
        page.get_by_role("link", name="Mở hòm phiếu").click()
        page.get_by_role("button", name="Mở hòm phiếu").click()
        told(page, "Hòm phiếu đã mở.")
        assert_accessible(page)
        page.get_by_role("link", name="Kết thúc phiên họp").click()
        page.get_by_role("button", name="Kết thúc phiên họp, chốt kết quả").click()
        told(page, "Phiên họp đã kết thúc: thông qua 1, không thông qua 2.")
        assert_accessible(page)

        phone.goto(address)
        assert_accessible(phone)
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")

    assert results(page) == [
        (GIANG, "4", "Thông qua"),
        (CUC, "3", "Không thông qua"),  # three of four are 75 %
        (HAI, "2", "Không thông qua"),
    ]
    assert Nominee.objects.get(name=GIANG).state == "passed"
    assert Seat.objects.filter(sitting__name="Họp Hội đồng tháng 11", has_voted=True).count() == 4
    assert (OpenVote.objects.count(), Box.objects.count()) == (0, 1)
    assert not AuditEntry.objects.filter(actor__username__in=members).exists()


def names_in_order(ballot: dict[str, str]) -> list[str]:
    """As the list has them: by award, kind and place in what was sent."""
    return [name for name in (GIANG, CUC, HAI) if name in ballot]
