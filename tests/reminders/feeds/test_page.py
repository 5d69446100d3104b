"""The page on which addresses are made, shown, replaced and taken back."""

from __future__ import annotations

import datetime as dt

import pytest

from core.models import AuditEntry
from core.states import MovedMeanwhile
from reminders import feeds
from reminders.models import Feed
from tests.factories import MembershipFactory, Role, UserFactory
from tests.reminders.desk import NOW, Desk, member
from tests.units.conftest import signed_in
from units.models import Membership, User

pytestmark = pytest.mark.django_db

PAGE = "/nhac-viec/lich-dien-tu/"
OF_UNIT = {"don-vi": "1"}


def heads(desk: Desk, user: str) -> list[str]:
    return [place.head for place in desk.window(getattr(desk, user)).get(PAGE).context["places"]]


def shown(desk: Desk, user: User) -> str:
    return desk.window(user).get(PAGE).content.decode()


def make(desk: Desk, user: User, data: dict[str, str] | None = None, code: int = 302) -> None:
    assert desk.window(user).post(f"{PAGE}tao/{desk.unit.pk}/", data or {}).status_code == code


def alive() -> list[Feed]:
    return list(Feed.objects.filter(revoked_at=None).order_by("pk"))


def test_everybody_has_an_own_calendar_officers_administrators_and_leaders_the_units(desk):
    desk.lan = member(desk.unit, "Lò Thị Lan", Role.LEADER)

    assert {user: heads(desk, user) for user in ("an", "binh", "dung", "lan")} == {
        "an": ["Lịch của tôi", "Lịch chung của xã Mai Khê"],
        "binh": ["Lịch của tôi"],
        "dung": ["Lịch của tôi", "Lịch chung của xã Mai Khê"],
        "lan": ["Lịch của tôi", "Lịch chung của xã Mai Khê"],
    }


def test_who_works_in_two_units_sees_which_is_which(desk):
    MembershipFactory(user=desk.binh, unit=desk.away, role=Role.REVIEWER)

    assert heads(desk, "binh") == ["Lịch của tôi ở xã Hồng Lạc", "Lịch của tôi ở xã Mai Khê"]


def test_an_account_without_a_person_or_a_unit_is_told_so(desk):
    without_person = UserFactory(role=Role.COUNCIL_MEMBER, unit=desk.unit)

    assert "Chưa có lịch nào để tạo địa chỉ" in signed_in(without_person).get(PAGE).content.decode()
    answer = signed_in(without_person).post(f"{PAGE}tao/{desk.unit.pk}/", follow=True)
    assert "chưa gắn với người nào" in answer.content.decode()
    assert alive() == []


def test_an_address_is_made_and_shown_with_how_to_subscribe(desk):
    make(desk, desk.an)

    [feed] = alive()
    page = shown(desk, desk.an)
    address = feeds.address_of(feed)
    assert (feed.unit, feed.person, feed.made_by) == (desk.unit, desk.an.person, desk.an)
    assert len(address.removeprefix("http://127.0.0.1:8000/lich/").removesuffix(".ics")) == 32
    assert address in page
    assert "Chép địa chỉ" in page
    for where in ("Google:", "Outlook:", "iPhone:"):
        assert where in page


def test_nothing_that_is_kept_or_told_holds_the_address(desk):
    make(desk, desk.an)

    [feed] = alive()
    token = feeds.address_of(feed).rpartition("/")[2].removesuffix(".ics")
    entry = AuditEntry.objects.get(code="reminders.feed.made")
    kept = " ".join(map(str, [*Feed.objects.values_list(), entry.changes, entry.subject_label]))
    assert token not in kept


def test_a_new_address_replaces_the_old_one_at_once(desk):
    make(desk, desk.an)
    [old] = alive()

    make(desk, desk.an)

    [new] = alive()
    old.refresh_from_db()
    assert old.revoked_at == NOW
    assert feeds.address_of(old) not in shown(desk, desk.an)
    assert feeds.address_of(new) in shown(desk, desk.an)


def test_two_windows_at_once_make_one_address(desk, monkeypatch):
    """Both found none; the second is told instead of failing."""
    make(desk, desk.an)
    monkeypatch.setattr(feeds, "_still_open", lambda **which: Feed.objects.none())

    with pytest.raises(MovedMeanwhile, match="vừa được tạo mới ở cửa sổ khác"):
        feeds.make_feed(desk.unit, desk.an.person, actor=desk.an)

    assert len(alive()) == 1


def test_an_address_is_taken_back_once_and_a_second_click_changes_nothing(desk):
    make(desk, desk.an)
    [feed] = alive()

    for _ in range(2):
        answer = desk.window(desk.an).post(f"{PAGE}{feed.pk}/huy/", follow=True)
        assert "Đã hủy địa chỉ lịch." in answer.content.decode()

    assert alive() == []
    assert [entry.code for entry in AuditEntry.objects.filter(subject_type="reminders.feed").order_by("pk")] == [
        "reminders.feed.made",
        "reminders.feed.revoked",
    ]


def test_own_addresses_are_nobody_elses_to_see_or_take_back(desk):
    make(desk, desk.an)
    [feed] = alive()

    codes = [desk.window(user).post(f"{PAGE}{feed.pk}/huy/").status_code for user in (desk.dung, desk.cuong)]

    assert codes == [404, 404]
    assert alive() == [feed]
    assert feeds.address_of(feed) not in shown(desk, desk.dung)


def test_the_units_address_is_for_those_who_may_hand_it_on(desk):
    make(desk, desk.an, OF_UNIT)
    [feed] = alive()
    assert feed.person is None

    assert feeds.address_of(feed) in shown(desk, desk.dung)
    assert feeds.address_of(feed) not in shown(desk, desk.binh)
    make(desk, desk.binh, OF_UNIT, code=403)
    make(desk, desk.cuong, OF_UNIT, code=404)
    assert desk.window(desk.binh).post(f"{PAGE}{feed.pk}/huy/").status_code == 403
    assert desk.window(desk.cuong).post(f"{PAGE}{feed.pk}/huy/").status_code == 404
    assert alive() == [feed]


def test_after_somebody_left_a_new_units_address_is_proposed(desk):
    make(desk, desk.an, OF_UNIT)
    make(desk, desk.an)
    hint = "đã có người thôi vai trò ở đơn vị"
    assert hint not in shown(desk, desk.an)
    Feed.objects.update(made_at=NOW - dt.timedelta(days=9))

    Membership.objects.filter(user=desk.binh).update(valid_to=NOW.date() - dt.timedelta(days=1))

    assert shown(desk, desk.an).count(hint) == 1


def test_an_address_that_cannot_be_shown_any_more_says_so(desk, settings):
    make(desk, desk.an)

    settings.SECRET_KEY = "một khóa khác, sau khi chuyển máy"
    again = signed_in(desk.an)

    assert "không hiện lại được" in again.get(PAGE).content.decode()
