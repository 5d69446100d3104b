"""A unit puts reminders in its own words: place-holders beside the text, tried on real data, checked on saving."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from reminders.asking.links import address_of
from reminders.models import Answer, Ask, Request, Wording
from reminders.wording import TEXTS
from tests.factories import IssuerFactory, PartFactory, PersonFactory, UserFactory
from tests.reminders.deadlines import deadline, only
from tests.reminders.settings.test_pages import told, words
from tests.units.conftest import signed_in
from units.models import Membership

Role = Membership.Role


@pytest.fixture
def page(office) -> Client:
    return signed_in(office.officer)


def at(name: str, office: Any) -> str:
    return reverse("reminders:settings_text", args=[office.unit.pk, name])


def asked(office: Any, **fields: Any) -> Request:
    fields = {"title": "danh sách hộ gia đình văn hóa", "due": dt.date(2026, 11, 20), "state": "asked"} | fields
    return Request.objects.create(**{"unit": office.unit, "by": office.officer} | fields)


def previewed(answer: Any) -> tuple[str, str]:
    """On what it was tried, and what came out."""
    return answer.context["preview"].about, answer.context["filled"]


# -- The page --------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_the_page_lists_every_place_holder_with_its_meaning_and_example(page, office, name):
    with only():
        said = words(page.get(at(name, office)))

    for holder in TEXTS[name].holders:
        assert f"{holder.typed} " in said
        assert holder.means[1:] in said
        assert f"Ví dụ: {holder.example}" in said


def test_a_text_that_is_none_is_not_found(page, office):
    assert page.get(at("khong_co", office)).status_code == 404


def test_own_words_are_saved_and_told(page, office):
    with only():
        answer = page.post(at("digest_closing", office), {"text": "Văn phòng {don_vi}, {lien_ket}"}, follow=True)

    assert told(answer) == ["Đã lưu lời kết thư nhắc việc."]
    assert list(Wording.objects.values_list("unit", "name", "text")) == [
        (office.unit.pk, "digest_closing", "Văn phòng {don_vi}, {lien_ket}")
    ]


def test_what_does_not_check_is_said_at_the_field_and_stays_typed(page, office):
    answer = page.post(at("digest_closing", office), {"text": "Văn phòng {đơn vị} {"})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "text": [
            "Không có chỗ điền {đơn vị}; có phải {don_vi} không?",
            "Dấu { sau «Văn phòng {đơn vị}» không có dấu } đi cùng; hãy thêm hoặc bỏ đi.",
        ]
    }
    assert "Văn phòng {đơn vị} {</textarea>" in answer.content.decode()
    assert not Wording.objects.exists()


def test_markup_is_refused_and_what_is_shown_is_escaped(page, office):
    office.unit.name = "<i>Vân</i>"
    office.unit.save()

    with only():
        answer = page.get(at("digest_greeting", office))

    assert "<i>Vân</i>" not in answer.content.decode()
    assert "&lt;i&gt;Vân&lt;/i&gt;" in answer.content.decode()
    assert page.post(at("digest_closing", office), {"text": "<b>Chào</b>"}).status_code == 422


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_look_saves_nothing(page, office, headers):
    with only():
        answer = page.post(at("digest_closing", office), {"text": "{don_vi} chào.", "xem": "1"}, headers=headers)

    assert answer.status_code == 200
    assert previewed(answer)[1] == "Xã Vân Khê chào."
    assert ("<main" in answer.content.decode()) == (not headers)
    assert not Wording.objects.exists()


def test_a_look_at_what_does_not_check_says_why(page, office):
    answer = page.post(at("digest_closing", office), {"text": "{viec}"}, headers={"HX-Request": "true"})

    assert (answer.status_code, words(answer)) == (
        200,
        "Xem trước Không có chỗ điền {viec}; dùng được: {lien_ket}, {nguoi_nhan}, {don_vi}, {ngay}.",
    )


def test_back_to_the_program_s_text(page, office):
    Wording.objects.create(unit=office.unit, name="digest_closing", text="Hết.")
    assert 'name="mac-dinh"' in page.get(at("digest_closing", office)).content.decode()

    answer = page.post(at("digest_closing", office), {"text": "{", "mac-dinh": "1"}, follow=True)

    assert told(answer) == ["Lời kết thư nhắc việc trở về mẫu của chương trình."]
    assert not Wording.objects.exists()
    with only():
        assert 'name="mac-dinh"' not in page.get(at("digest_closing", office)).content.decode()


# -- Tried on something real -----------------------------------------------------------


def test_the_digest_is_tried_on_the_unit_s_own_deadlines(page, office):
    late, today, far = dt.date(2026, 11, 2), dt.date(2026, 11, 5), dt.date(2026, 12, 2)
    days = [(office.unit, late), (office.unit, today), (office.unit, far), (office.other, late)]
    with only(*[deadline(unit, due, subject=number) for number, (unit, due) in enumerate(days)]):
        found = previewed(page.get(at("digest_greeting", office)))

    assert found == (
        "Xem trước với 2 việc quá hạn hoặc sắp đến hạn của đơn vị.",
        "Kính gửi bà Lò Thị Mây,\nXã Vân Khê có 2 việc thi đua, khen thưởng cần lưu ý, tính đến ngày 05/11/2026:",
    )


def test_without_deadlines_the_number_is_the_example_s_and_the_page_says_so(page, office):
    with only():
        about, filled = previewed(page.get(at("digest_greeting", office)))

    assert about == "Đơn vị không có việc nào quá hạn hay đến hạn nên số việc lấy theo ví dụ."
    assert "có 3 việc" in filled


def test_the_address_in_the_closing_is_the_installation_s(page, office):
    with only():
        assert previewed(page.get(at("digest_closing", office)))[1].endswith(f": {settings.SITE_URL}/")


def test_the_zalo_text_is_tried_on_the_newest_request_and_shows_no_real_link(page, office):
    head = PersonFactory(unit=office.unit, honorific="Ông", full_name="Lò Văn Hặc")
    part = PartFactory(unit=office.unit, name="Thôn Đông", head=head)
    asked(office, title="việc cũ")
    ask = Ask.objects.create(request=asked(office), part=part, nonce="abc")

    with only():
        answer = page.get(at("zalo_request", office))

    about, filled = previewed(answer)
    assert about == (
        "Xem trước với yêu cầu «danh sách hộ gia đình văn hóa» gửi Thôn Đông. "
        "Liên kết ở đây là ví dụ, liên kết thật chỉ có trong tin để gửi."
    )
    assert filled.startswith(
        "Kính gửi ông Lò Văn Hặc.\nXã Vân Khê đề nghị Thôn Đông gửi: danh sách hộ gia đình văn hóa.\n"
        "Hạn gửi: 20/11/2026.\n"
    )
    assert filled.endswith("xin liên hệ bà Lò Thị Mây.")
    assert address_of(ask) not in answer.content.decode()
    assert "http://nhacviec.xa.vn/gui/…" in filled


def test_a_request_of_another_unit_is_no_example(page, office):
    part = PartFactory(unit=office.other, name="Thôn Tây")
    Ask.objects.create(request=asked(office, unit=office.other, title="việc của xã khác"), part=part)

    with only():
        answers = [page.get(at(name, office)) for name in ("zalo_request", "letter_opening")]

    for answer in answers:
        assert "việc của xã khác" not in answer.content.decode()
        assert previewed(answer)[0].endswith("nên nội dung lấy theo ví dụ.")


def test_the_letter_is_tried_on_the_newest_request_that_went_out(page, office):
    IssuerFactory(unit=office.unit, name_lines="ỦY BAN NHÂN DÂN\nXÃ VÂN KHÊ")
    request = asked(office)
    asked(office, title="còn đang soạn", state="draft")
    sent, *_ = [Ask.objects.create(request=request, part=PartFactory(unit=office.unit)) for _ in range(3)]
    Answer.objects.create(ask=sent, way="behalf", day=dt.date(2026, 11, 4), text="Đã gửi", by=office.officer)

    with only():
        about, filled = previewed(page.get(at("letter_opening", office)))

    assert about == "Xem trước với yêu cầu «danh sách hộ gia đình văn hóa»; hạn mới lấy theo ví dụ."
    assert filled == (
        "Thực hiện yêu cầu ngày 05/11/2026 của Ủy ban nhân dân xã Vân Khê về việc gửi danh sách hộ gia đình văn hóa, "
        "hạn gửi ngày 20/11/2026; đến hết ngày 05/11/2026, có 1/3 đơn vị đã gửi, còn 2 đơn vị chưa gửi, gồm:"
    )


def test_the_weekly_greeting_is_tried_on_the_unit_s_leader(page, office):
    with only():
        assert previewed(page.get(at("weekly_greeting", office)))[0] == (
            "Đơn vị chưa có tài khoản lãnh đạo nên tên người nhận lấy theo ví dụ."
        )
        leader = PersonFactory(unit=office.unit, honorific="Ông", full_name="Lò Văn Thắng")
        UserFactory(role=Role.LEADER, unit=office.unit, person=leader)
        found = previewed(page.get(at("weekly_greeting", office)))

    assert found == (
        "Xem trước với tuần này, gửi ông Lò Văn Thắng.",
        "Kính gửi ông Lò Văn Thắng,\n"
        "Tổng hợp việc thi đua, khen thưởng của xã Vân Khê, tuần từ 02/11/2026 đến 08/11/2026:",
    )
