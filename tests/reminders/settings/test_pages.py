"""Cách nhắc việc: everybody in the unit reads it, who may change it types, and what is wrong is said at the field."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reminders.ladder import Rungs
from reminders.models import DayOff, Ladder, Preference, UnitSettings, Wording
from reminders.settings_services import rungs_of
from reminders.wording import TEXTS
from tests.factories import MembershipFactory, PersonFactory, UserFactory
from tests.reminders.deadlines import KIND, deadline, only
from tests.units.conftest import signed_in
from units.models import Membership

Role = Membership.Role
SETTINGS = reverse("reminders:settings")
MINE = reverse("reminders:preference")
FEW, FEW_OF_DAYS = 14, 7
"""Queries of the overview, of the page of own days."""


@pytest.fixture
def page(office) -> Client:
    return signed_in(office.officer)


def at(name: str, office: Any, *more: Any) -> str:
    return reverse(f"reminders:{name}", args=[office.unit.pk, *more])


def words(answer: Any) -> str:
    """What stands in the main column, as plain text on one line; a blank between two elements."""
    html = answer.content.decode()
    main = html[html.index("<main") : html.index("</main>")] if "<main" in html else html
    text = " ".join(part.partition(">")[2] for part in main.split("<"))
    return " ".join(text.replace("&quot;", '"').split())


def told(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


# -- The overview ----------------------------------------------------------------------


def test_a_unit_that_has_set_nothing_reads_the_program_s_defaults(page, office):
    with only(deadline(office.unit, dt.date(2026, 12, 4), what="Gửi báo cáo năm")):
        said = words(page.get(SETTINGS))

    assert "Không nhắc từ 19:00 đến 07:30; lời nhắc của ngày gửi từ 07:30." in said
    assert "Việc thử mặc định Nhắc trước hạn 7, 3 và 1 ngày làm việc" in said
    assert "Ví dụ «Gửi báo cáo năm» hạn thứ Sáu 04/12/2026 được nhắc: thứ Tư 25/11," in said
    assert "năm 2026 đơn vị không ghi ngày riêng nào" in said
    assert "Đang tắt." in said
    assert said.count("mẫu của chương trình") == len(TEXTS)


def test_what_the_unit_has_set_stands_there(page, office):
    UnitSettings.objects.create(unit=office.unit, quiet_from="18:00", quiet_to="07:00", leader_weekly=True)
    Ladder.objects.create(unit=office.unit, kind=KIND, before=[10], on_the_day=False, every=0)
    DayOff.objects.create(unit=office.unit, day=dt.date(2026, 11, 13), name="Hội")
    DayOff.objects.create(unit=office.unit, day=dt.date(2026, 11, 14), is_working=True, name="Bù")
    Wording.objects.create(unit=office.unit, name="digest_closing", text="Văn phòng {don_vi}.")
    UserFactory(role=Role.LEADER, unit=office.unit, person=PersonFactory(unit=office.unit, full_name="Lò Văn Thắng"))

    with only():
        said = words(page.get(SETTINGS))

    assert "Không nhắc từ 18:00 đến 07:00" in said
    assert "Việc thử đơn vị đã sửa Nhắc trước hạn 10 ngày làm việc, không nhắc vào ngày đến hạn" in said
    assert "năm 2026 đơn vị ghi thêm 1 ngày nghỉ và 1 ngày làm bù." in said
    assert "Đang bật: ngày làm việc đầu tuần, Lò Văn Thắng nhận" in said
    assert "đơn vị sửa ngày 05/11/2026 Văn phòng {don_vi}." in said


def test_a_unit_without_a_leader_s_account_is_told_so(page, office):
    UnitSettings.objects.create(unit=office.unit, leader_weekly=True)

    assert "Đơn vị chưa có tài khoản nào giữ vai trò Lãnh đạo nên chưa ai nhận." in words(page.get(SETTINGS))


def test_who_has_several_units_goes_from_one_to_the_other(page, office):
    MembershipFactory(user=office.officer, unit=office.other, role=Role.OFFICER)
    UnitSettings.objects.create(unit=office.unit, quiet_from="18:00")

    first, second = page.get(SETTINGS), page.get(at("settings_unit", office))

    assert [first.context["unit"], second.context["unit"]] == [office.other, office.unit]
    assert f'href="{at("settings_unit", office)}"' in first.content.decode()
    assert "Không nhắc từ 18:00" in words(second)


def test_an_account_without_a_unit_is_told_what_will_stand_here(db):
    assert "Chưa có đơn vị nào để xem" in words(signed_in(UserFactory()).get(SETTINGS))


def test_the_overview_asks_as_often_for_300_deadlines_and_days_as_for_3(page, office, django_assert_num_queries):
    def asked(count: int) -> str:
        open_ones = [deadline(office.unit, dt.date(2026, 12, 4), subject=number) for number in range(count)]
        with only(*open_ones), django_assert_num_queries(FEW):
            return words(page.get(at("settings_unit", office)))

    first = dt.date(2026, 1, 1)
    DayOff.objects.bulk_create(
        DayOff(unit=office.unit, day=first + dt.timedelta(days=step), name="Nghỉ") for step in range(3)
    )
    page.get(at("settings_unit", office))
    assert "3 ngày nghỉ" in asked(3)
    DayOff.objects.bulk_create(
        DayOff(unit=office.unit, day=first + dt.timedelta(days=step), name="Nghỉ") for step in range(3, 300)
    )
    assert "300 ngày nghỉ" in asked(300)


# -- Who may ---------------------------------------------------------------------------

FORMS = [
    ("settings_hours", []),
    ("settings_ladder", ["reminders.request"]),
    ("settings_text", ["digest_closing"]),
]


@pytest.mark.parametrize(("name", "more"), FORMS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_member_opens_no_form_and_a_stranger_finds_none(office, name, more, method):
    member, stranger = signed_in(office.member), signed_in(office.stranger)

    assert getattr(member, method)(at(name, office, *more)).status_code == 403
    assert getattr(stranger, method)(at(name, office, *more)).status_code == 404
    assert signed_in(office.officer).get(at(name, office, *more)).status_code == 200


def test_a_member_reads_but_is_offered_nothing(office):
    member = signed_in(office.member)
    DayOff.objects.create(unit=office.unit, day=dt.date(2026, 11, 13), name="Hội xã")

    for answer in (member.get(SETTINGS), member.get(at("settings_days", office))):
        html = answer.content.decode()
        main = html[html.index("<main") : html.index("</main>")]
        assert answer.status_code == 200
        assert "<button" not in main
        assert "Sửa" not in main
    assert "Hội xã" in words(member.get(at("settings_days", office)))


def test_only_who_may_change_can_post(office):
    row = DayOff.objects.create(unit=office.unit, day=dt.date(2026, 11, 13), name="Hội xã")
    addresses = [
        at("settings_weekly", office),
        at("settings_days", office),
        at("settings_day_remove", office, row.pk),
    ]

    assert [signed_in(office.member).post(one, {"bat": "1"}).status_code for one in addresses] == [403, 403, 403]
    assert [signed_in(office.stranger).post(one, {"bat": "1"}).status_code for one in addresses] == [404, 404, 404]
    assert list(DayOff.objects.all()) == [row]
    assert not UnitSettings.objects.exists()


def test_a_row_of_another_unit_is_not_removed_through_one_s_own(page, office):
    row = DayOff.objects.create(unit=office.other, day=dt.date(2026, 11, 13), name="Hội xã")

    assert page.post(at("settings_day_remove", office, row.pk)).status_code == 404
    assert list(DayOff.objects.all()) == [row]


def test_an_administrator_may_set_it_too(office):
    admin = UserFactory(role=Role.ADMINISTRATOR, unit=office.unit, person=PersonFactory(unit=office.unit))

    assert signed_in(admin).get(at("settings_hours", office)).status_code == 200


# -- Hours -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("18:30", "18:30"),
        ("18h30", "18:30"),
        ("18 giờ", "18:00"),
        ("18.30", "18:30"),
        ("18g", "18:00"),
        ("20", "20:00"),
    ],
)
def test_hours_are_typed_as_people_write_them(page, office, typed, kept):
    answer = page.post(at("settings_hours", office), {"quiet_from": typed, "quiet_to": "7h"}, follow=True)

    assert told(answer) == ["Đã lưu giờ nhắc."]
    row = UnitSettings.objects.get()
    assert (f"{row.quiet_from:%H:%M}", f"{row.quiet_to:%H:%M}") == (kept, "07:00")


@pytest.mark.parametrize("typed", ["25:00", "tối", "18:75", "-1"])
def test_what_is_no_time_is_said_at_its_field_and_stays_typed(page, office, typed):
    answer = page.post(at("settings_hours", office), {"quiet_from": typed, "quiet_to": "7:00"})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"quiet_from": ["Ghi giờ và phút, ví dụ 19:00 hoặc 7h30."]}
    assert f'value="{typed}"' in answer.content.decode()
    assert not UnitSettings.objects.exists()


def test_hours_over_the_whole_office_day_are_refused_at_the_field(page, office):
    answer = page.post(at("settings_hours", office), {"quiet_from": "7:30", "quiet_to": "19:00"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["quiet_to"]
    assert not UnitSettings.objects.exists()


def test_the_weekly_digest_is_a_switch(page, office):
    answer = page.post(at("settings_weekly", office), {"bat": "1"}, follow=True)
    assert told(answer) == ["Đã bật. Lãnh đạo đơn vị nhận bản đầu tiên vào ngày làm việc đầu tuần tới."]
    assert UnitSettings.objects.get().leader_weekly

    answer = page.post(at("settings_weekly", office), {"bat": "0"}, follow=True)
    assert told(answer) == ["Đã tắt. Lãnh đạo không nhận bản tổng hợp tuần nữa."]
    assert not UnitSettings.objects.get().leader_weekly


# -- Ladders ---------------------------------------------------------------------------


def ladder(**typed: str) -> dict[str, str]:
    return {"before": "7, 3, 1", "on_the_day": "on", "every": "2"} | typed


@pytest.mark.parametrize(
    ("typed", "before"),
    [
        ("10, 5", (10, 5)),
        ("5;10", (10, 5)),
        ("1 3 7 3", (7, 3, 1)),
        ("7 ngày, 3 ngày và 2 ngày.", (7, 3, 2)),
        ("", ()),
    ],
)
def test_rungs_are_typed_in_any_order(page, office, typed, before):
    with only():
        answer = page.post(at("settings_ladder", office, KIND), ladder(before=typed, every="1"))

    assert answer.status_code == 302
    assert rungs_of(Ladder.objects.get()) == Rungs(before, on_the_day=True, every=1)


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"before": "bảy, ba"}, "before", "Ghi các số ngày cách nhau bằng dấu phẩy, ví dụ 7, 3, 1."),
        ({"before": "-3"}, "before", "Ghi các số ngày cách nhau bằng dấu phẩy, ví dụ 7, 3, 1."),
        ({"before": "90"}, "before", "Mỗi mốc trước hạn là một số từ 1 đến 60 ngày làm việc."),
        ({"every": "hai"}, "every", "Ghi một số, ví dụ 2."),
        ({"every": "99"}, "every", "Ghi một số từ 0 đến 30 ngày làm việc; 0 là không nhắc nữa."),
    ],
)
def test_a_wrong_ladder_is_said_at_its_field_and_stays_typed(page, office, typed, field, said):
    with only():
        answer = page.post(at("settings_ladder", office, KIND), ladder(**typed))

    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [said]}
    assert f'value="{typed[field]}"' in answer.content.decode()
    assert not Ladder.objects.exists()


def test_the_page_shows_what_the_ladder_means_on_the_unit_s_own_next_deadline(page, office):
    soon, later = dt.date(2026, 11, 9), dt.date(2026, 12, 4)
    others = deadline(office.other, dt.date(2026, 11, 25), subject=3, what="Việc của xã khác")
    with only(
        deadline(office.unit, soon, what="Đã quá gần"),
        deadline(office.unit, later, subject=2, what="Gửi báo cáo năm"),
        others,
    ):
        said = words(page.get(at("settings_ladder", office, KIND)))

    assert (
        "Ví dụ «Gửi báo cáo năm» hạn thứ Sáu 04/12/2026 được nhắc: thứ Tư 25/11, thứ Ba 01/12, thứ Năm 03/12, "
        "thứ Sáu 04/12. Quá hạn mà chưa có kết quả thì nhắc tiếp: thứ Ba 08/12, thứ Năm 10/12…"
    ) in said


def test_without_a_deadline_a_day_is_the_example_and_own_days_off_count(page, office):
    with only():
        usual = words(page.get(at("settings_ladder", office, KIND)))
        DayOff.objects.create(unit=office.unit, day=dt.date(2026, 11, 26), name="Hội")
        own = words(page.get(at("settings_ladder", office, KIND)))

    assert "Ví dụ một việc hạn thứ Hai 30/11/2026 được nhắc: thứ Tư 18/11," in usual
    assert "Ví dụ một việc hạn thứ Ba 01/12/2026 được nhắc: thứ Tư 18/11," in own


@pytest.mark.parametrize("asked", [{"data": {"xem": "1"}}, {"headers": {"HX-Request": "true"}}])
def test_a_look_at_what_is_typed_saves_nothing(page, office, asked):
    with only():
        answer = page.post(
            at("settings_ladder", office, KIND),
            ladder(before="4") | asked.get("data", {}),
            headers=asked.get("headers"),
        )

    assert answer.status_code == 200
    assert "Nhắc trước hạn 4 ngày làm việc, nhắc vào ngày đến hạn" in words(answer)
    assert ("<main" in answer.content.decode()) == ("data" in asked)
    assert not Ladder.objects.exists()


def test_a_look_at_what_is_wrong_says_so(page, office):
    with only():
        answer = page.post(at("settings_ladder", office, KIND), ladder(before="90"), headers={"HX-Request": "true"})

    assert (answer.status_code, words(answer)) == (200, "Mỗi mốc trước hạn là một số từ 1 đến 60 ngày làm việc.")


def test_back_to_the_default_whatever_stands_in_the_fields(page, office):
    Ladder.objects.create(unit=office.unit, kind=KIND, before=[5])

    with only():
        answer = page.post(at("settings_ladder", office, KIND), ladder(before="xyz") | {"mac-dinh": "1"}, follow=True)

    assert told(answer) == ["Việc thử trở về mốc nhắc mặc định."]
    assert not Ladder.objects.exists()


def test_a_kind_that_nobody_collects_is_not_found(page, office):
    assert page.get(at("settings_ladder", office, "khong.co")).status_code == 404


# -- Days ------------------------------------------------------------------------------


def typed_days(**typed: str) -> dict[str, str]:
    return {"first": "13/11/2026", "last": "", "what": "nghi", "name": "Hội xã"} | typed


def test_days_of_the_year_own_ones_beside_the_country_s(page, office):
    DayOff.objects.create(unit=office.unit, day=dt.date(2026, 11, 13), name="Hội xã")
    DayOff.objects.create(unit=office.unit, day=dt.date(2027, 3, 1), name="Năm sau")
    DayOff.objects.create(unit=office.other, day=dt.date(2026, 11, 12), name="Xã khác")

    said = words(page.get(at("settings_days", office), {"nam": "2026"}))

    assert "Thứ Sáu 13/11 nghỉ Hội xã Bỏ ngày 13/11/2026" in said
    assert "Thứ Hai 16/02 Giao thừa Tết Nguyên Đán" in said
    assert "Thứ Bảy 22/08 Làm bù cho ngày 31/08/2026" in said
    assert "Thứ Ba 24/11 Ngày Văn hóa Việt Nam" in said
    assert "Năm sau" not in said
    assert "Xã khác" not in said
    assert "Năm sau" in words(page.get(at("settings_days", office), {"nam": "2027"}))


def test_an_empty_year_teaches(page, office):
    assert "Ngày riêng là ngày đơn vị nghỉ trong khi nơi khác làm việc" in words(page.get(at("settings_days", office)))


def test_a_range_is_typed_and_the_page_shows_its_year(page, office):
    answer = page.post(
        at("settings_days", office), typed_days(first="31/12/2026", last="4/1/2027", name="Hội xã"), follow=True
    )

    assert told(answer) == ["Đã ghi 2 ngày nghỉ. 3 ngày khác trong khoảng đó vốn đã là ngày nghỉ nên không cần ghi."]
    assert answer.request["QUERY_STRING"] == "nam=2026"
    assert list(DayOff.objects.values_list("day", "is_working", "name")) == [
        (dt.date(2026, 12, 31), False, "Hội xã"),
        (dt.date(2027, 1, 4), False, "Hội xã"),
    ]


def test_a_made_up_day_is_typed(page, office):
    answer = page.post(at("settings_days", office), typed_days(first="14/11/26", what="lam-bu"), follow=True)

    assert told(answer) == ["Đã ghi 1 ngày làm bù."]
    assert list(DayOff.objects.values_list("day", "is_working")) == [(dt.date(2026, 11, 14), True)]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"first": "32/11/2026"}, "first"),
        ({"first": "14/11/2026"}, "first"),
        ({"last": "12/11/2026"}, "last"),
        ({"name": ""}, "name"),
        ({"what": "khac"}, "what"),
    ],
)
def test_a_wrong_day_is_said_at_its_field_and_stays_typed(page, office, typed, field):
    answer = page.post(at("settings_days", office), typed_days(**typed))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert all(f'value="{value}"' in answer.content.decode() for value in [typed_days(**typed)["first"]])
    assert not DayOff.objects.exists()


def test_a_day_is_removed_and_the_year_stays(page, office):
    row = DayOff.objects.create(unit=office.unit, day=dt.date(2025, 11, 13), name="Hội xã")

    answer = page.post(at("settings_day_remove", office, row.pk), follow=True)

    assert told(answer) == ["Đã bỏ ngày 13/11/2025; hôm đó lại theo lịch chung của cả nước."]
    assert answer.request["QUERY_STRING"] == "nam=2025"
    assert not DayOff.objects.exists()


def test_the_days_ask_as_often_for_300_as_for_3(page, office, django_assert_num_queries):
    def asked(first: int, last: int) -> int:
        day = dt.date(2026, 1, 1)
        DayOff.objects.bulk_create(
            DayOff(unit=office.unit, day=day + dt.timedelta(days=step), name="Nghỉ") for step in range(first, last)
        )
        with django_assert_num_queries(FEW_OF_DAYS):
            return words(page.get(at("settings_days", office))).count("Bỏ ngày")

    page.get(at("settings_days", office))
    assert [asked(0, 3), asked(3, 300)] == [3, 300]


# -- One person ------------------------------------------------------------------------


def test_a_person_sees_where_mail_goes_and_turns_it_off(office):
    client = signed_in(office.officer)
    office.officer.email = "may@vidu.vn"
    office.officer.save()

    assert "gửi đến may@vidu.vn." in words(client.get(MINE))
    answer = client.post(MINE, {}, follow=True)

    assert told(answer) == ["Đã lưu cách nhắc bạn."]
    assert "Lời nhắc chỉ hiện trong chương trình, không gửi thư điện tử." in words(answer)
    assert list(Preference.objects.values_list("person", "by_mail")) == [(office.officer.person_id, False)]
    client.post(MINE, {"by_mail": "on"})
    assert list(Preference.objects.values_list("person", "by_mail")) == [(office.officer.person_id, True)]


def test_the_address_on_the_card_serves_where_the_account_has_none(office):
    office.officer.person.email = "the@vidu.vn"
    office.officer.person.save()

    said = words(signed_in(office.officer).get(MINE))

    assert "gửi đến the@vidu.vn." in said
    assert "lấy từ danh sách Nhân sự của đơn vị" in said


def test_without_an_address_it_says_where_to_enter_one(office):
    answer = signed_in(office.officer).get(MINE)

    assert "chưa có địa chỉ thư điện tử" in words(answer)
    assert f'href="{reverse("account")}"' in answer.content.decode()


def test_an_account_that_is_nobody_is_told_why_it_gets_none(db):
    client = signed_in(UserFactory(person=None))

    assert "chưa gắn với người nào" in words(client.get(MINE))
    assert client.post(MINE, {"by_mail": "on"}).status_code == 200
    assert not Preference.objects.exists()


def test_the_account_s_menu_leads_there(page):
    assert f'<a href="{MINE}">Lời nhắc gửi tôi</a>' in page.get(SETTINGS).content.decode()
