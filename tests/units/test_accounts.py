"""Accounts by one-time links, sign-in and its lock, two steps."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from django.urls import reverse

from core.errors import AppError
from core.models import AuditEntry
from tests.units.conftest import PASSWORD, signed_in
from units import accounts
from units.models import Invitation, Membership, User
from units.services import add_person, create_unit, grant_role

LOGIN = "/tai-khoan/dang-nhap/"
NEW = {"username": "dung.anhoa", "password1": PASSWORD, "password2": PASSWORD}


def link(office, **fields) -> str:
    """The path of a fresh link."""
    wanted = {"full_name": "Lê Văn Dũng", "role": "clerk"} | fields
    _, address = accounts.invite(office.unit, actor=office.binh, **wanted)
    return address.removeprefix("http://127.0.0.1:8000")


def refusal(path: str, client: Client | None = None) -> tuple[int, str]:
    answer = (client or Client()).get(path)
    sentence = re.search(r'<p class="standing">(.*?)</p>', answer.content.decode(), re.S)
    return answer.status_code, sentence[1] if sentence else ""


# -- One-time links


def test_an_invited_person_makes_the_account_and_signs_in(office):
    browser = Client()
    path = link(office, email="dung@anhoa.gov.vn")

    assert "Lê Văn Dũng" in browser.get(path).content.decode()
    answer = browser.post(path, NEW)

    user = User.objects.get(username="dung.anhoa")
    assert (answer.status_code, answer["Location"]) == (302, LOGIN)
    assert (user.person.full_name, user.email, user.is_staff) == ("Lê Văn Dũng", "dung@anhoa.gov.vn", False)
    assert list(user.memberships.values_list("unit", "role")) == [(office.unit.pk, "clerk")]
    assert browser.post(LOGIN, {"login": "dung.anhoa", "password": PASSWORD}).status_code == 302
    assert browser.get("/").status_code == 200


def test_the_database_holds_no_token(office):
    token = link(office).strip("/").split("/")[-1]
    stored = Invitation.objects.get()

    assert len(token) == 22  # 128 bits in base64
    assert token not in str(vars(stored)) + str(list(AuditEntry.objects.values()))


def test_used_expired_withdrawn_and_guessed_links_are_refused_alike(office, time_machine):
    used, withdrawn = link(office), link(office, full_name="Trần Thị Én")
    assert Client().post(used, NEW).status_code == 302
    accounts.withdraw(Invitation.objects.get(person__full_name="Trần Thị Én"), actor=office.binh)
    guessed = refusal("/moi/AAAAAAAAAAAAAAAAAAAAAA/")
    assert guessed[0] == 404
    assert "Liên kết này không dùng được" in guessed[1]

    assert refusal(used) == guessed
    assert refusal(withdrawn) == guessed
    expired = link(office, full_name="Vũ Văn Giang")
    time_machine.move_to(Invitation.objects.first().expires_at)
    assert refusal(expired) == guessed


def test_a_link_works_once_even_for_two_forms_that_were_open(office):
    path = link(office)
    first, second = Client(), Client()
    first.get(path), second.get(path)

    assert first.post(path, NEW).status_code == 302
    assert second.post(path, NEW | {"username": "ke.gian"}).status_code == 404

    assert not User.objects.filter(username="ke.gian").exists()


def test_a_name_taken_while_the_form_was_being_read_costs_no_link(office, monkeypatch):
    path = link(office)
    monkeypatch.setattr("units.forms.NewAccountForm.clean_username", lambda form: form.cleaned_data["username"])

    page = Client().post(path, NEW | {"username": "binh"}).content.decode()

    assert page.count("Tên đăng nhập này vừa có người dùng.") == 2
    assert Invitation.objects.get().used_at is None


def test_after_many_guesses_even_a_good_link_waits(office):
    path = link(office)
    assert refusal(path)[0] == 200
    for number in range(20):
        refusal(f"/moi/{number:022}/")

    assert refusal(path)[0] == 404
    assert refusal(path, Client(REMOTE_ADDR="10.0.0.9"))[0] == 200


def test_a_new_link_for_a_person_ends_the_old_one(office):
    old = link(office)
    new = link(office)

    assert (refusal(old)[0], refusal(new)[0]) == (404, 200)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"username": "an"}, "Tên đăng nhập gồm 3 đến 60 chữ thường"),
        ({"username": "Dũng"}, "Tên đăng nhập gồm 3 đến 60 chữ thường"),
        ({"username": "binh"}, "Tên đăng nhập này đã có người dùng"),
        ({"password2": "khác hẳn đi nhé"}, "Hai lần gõ mật khẩu chưa giống nhau."),
        ({"password1": "ngắn", "password2": "ngắn"}, "Mật khẩu phải có ít nhất 10 ký tự."),
        ({"password1": "1234567890", "password2": "1234567890"}, "Mật khẩu không được chỉ gồm chữ số."),
        ({"password1": "dung.anhoa", "password2": "dung.anhoa"}, "Mật khẩu quá giống tên đăng nhập."),
    ],
)
def test_an_unfit_account_is_told_at_its_field_and_the_name_stays(office, typed, sentence):
    path = link(office)

    page = Client().post(path, NEW | typed).content.decode()

    assert page.count(sentence) == 2  # in the summary and at the field
    assert f'value="{(NEW | typed)["username"]}"' in page
    assert Invitation.objects.get().used_at is None
    assert User.objects.count() == 3


def test_a_person_with_an_account_sets_a_new_password_by_link(office):
    _, address = accounts.offer_new_password(office.an, office.unit, actor=office.binh)
    path = address.removeprefix("http://127.0.0.1:8000")

    assert 'name="username"' not in Client().get(path).content.decode()
    assert Client().post(path, {"password1": "mật khẩu mới tinh", "password2": "mật khẩu mới tinh"}).status_code == 302

    office.an.refresh_from_db()
    assert office.an.check_password("mật khẩu mới tinh")
    assert Membership.objects.filter(user=office.an).count() == 1


def test_nobody_enters_another_unit_through_a_shared_colleague(office):
    away = office.cuong.memberships.first().unit
    grant_role(office.cuong, office.unit, Membership.Role.COUNCIL_MEMBER, actor=office.binh)

    with pytest.raises(AppError, match="Người này còn làm việc ở đơn vị khác"):
        accounts.offer_new_password(office.cuong, office.unit, actor=office.binh)

    assert away != office.unit
    assert Invitation.objects.count() == 0


def test_two_people_of_one_name_are_not_mixed_up(office):
    for _ in range(2):
        add_person(office.unit, actor=None, full_name="Lê Văn Dũng")

    with pytest.raises(AppError, match="nhiều người tên Lê Văn Dũng"):
        link(office)


def test_the_administrator_gets_a_slip_to_print_and_the_mail_goes_to_the_address(office):
    page = (
        signed_in(office.binh)
        .post(
            reverse("units:invite", args=[office.unit.pk]),
            {"full_name": "Lê Văn Dũng", "role": "clerk", "email": "dung@anhoa.gov.vn", "post": "Văn thư"},
        )
        .content.decode()
    )

    address = re.search(r'<p class="secret" id="lien-ket">(http://127.0.0.1:8000/moi/[\w-]{22}/)</p>', page)
    assert address
    assert [(message.to, address[1] in message.body) for message in mail.outbox] == [(["dung@anhoa.gov.vn"], True)]
    assert refusal(address[1].removeprefix("http://127.0.0.1:8000"))[0] == 200


@pytest.mark.parametrize(
    ("site", "is_warned"),
    [("http://127.0.0.1:8000", True), ("http://localhost:8000", True), ("https://tdkt.anhoa.example", False)],
)
def test_a_link_that_opens_on_the_server_alone_says_so(office, settings, site, is_warned):
    settings.SITE_URL = site

    page = signed_in(office.binh).post(
        reverse("units:invite", args=[office.unit.pk]), {"full_name": "Lê Văn Dũng", "role": "clerk"}
    )

    assert ("Liên kết này chỉ mở được trên chính máy chủ." in page.content.decode()) is is_warned


def test_a_mail_that_does_not_leave_is_said_and_the_slip_still_works(office, monkeypatch):
    def broken(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr(accounts, "send_mail", broken)

    page = (
        signed_in(office.binh)
        .post(
            reverse("units:invite", args=[office.unit.pk]),
            {"full_name": "Lê Văn Dũng", "role": "clerk", "email": "dung@anhoa.gov.vn"},
        )
        .content.decode()
    )

    assert "Chưa gửi được thư tới dung@anhoa.gov.vn" in page
    assert Invitation.objects.count() == 1


# -- Sign-in


def test_sign_up_is_closed_and_other_doors_of_allauth_are_not_there(db):
    for path in ("signup/", "password/reset/", "email/", "login/", "dang-ky/"):
        assert Client().get(f"/tai-khoan/{path}").status_code in {302, 404}
        assert Client().post(f"/tai-khoan/{path}", NEW).status_code in {302, 404}
    assert User.objects.count() == 0


def test_failed_tries_elsewhere_lock_nobody_out(office):
    for _ in range(6):
        Client(REMOTE_ADDR="10.0.0.9").post(LOGIN, {"login": "an", "password": "sai"})
    right = {"login": "an", "password": PASSWORD}

    assert "Đã nhập sai quá nhiều lần" in Client(REMOTE_ADDR="10.0.0.9").post(LOGIN, right).content.decode()
    assert Client(REMOTE_ADDR="10.0.0.8").post(LOGIN, right).status_code == 302


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_tells(office, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    near, far = Client(headers={"X-Forwarded-For": "10.0.0.8"}), Client(headers={"X-Forwarded-For": "10.0.0.9"})
    for _ in range(6):
        far.post(LOGIN, {"login": "an", "password": "sai"})

    assert near.post(LOGIN, {"login": "an", "password": PASSWORD}).status_code == 302


def test_five_failed_tries_shut_the_name_out_and_say_until_when(office, time_machine):
    time_machine.move_to("2026-03-05T10:00:00+07:00")
    wrong = {"login": "an", "password": "sai"}

    pages = [Client().post(LOGIN, wrong).content.decode() for _ in range(5)]
    sixth = Client().post(LOGIN, {"login": "an", "password": PASSWORD}).content.decode()

    assert all("Tên đăng nhập hoặc mật khẩu không đúng." in page for page in pages)
    assert "Đã nhập sai quá nhiều lần. Hãy thử lại sau 10:05." in sixth
    assert Client().post(LOGIN, {"login": "binh", "password": PASSWORD}).status_code == 302
    time_machine.move_to("2026-03-05T10:05:01+07:00")
    assert Client().post(LOGIN, {"login": "an", "password": PASSWORD}).status_code == 302


def test_a_stopped_account_does_not_enter(office):
    User.objects.filter(pk=office.an.pk).update(is_active=False)

    answer = Client().post(LOGIN, {"login": "an", "password": PASSWORD}, follow=True)

    assert answer.redirect_chain[-1][0] == "/tai-khoan/ngung-hoat-dong/"


# -- The own account


def test_the_hint_for_a_new_password_is_ours_and_stands_once(office):
    page = signed_in(office.an).get("/tai-khoan/doi-mat-khau/").content.decode()

    assert re.findall(r'<span class="hint"[^>]*>(.*?)</span>', page, re.S) == [
        "Ít nhất 10 ký tự, không chỉ gồm chữ số. Một câu ngắn dễ nhớ là tốt nhất."
    ]
    assert page.count("10 ký tự") == 1


def test_the_password_is_changed_by_who_knows_the_old_one(office):
    browser = signed_in(office.an)
    new = {"password1": "con đường xưa em đi", "password2": "con đường xưa em đi"}

    refused = browser.post("/tai-khoan/doi-mat-khau/", {"oldpassword": "sai", **new}).content.decode()
    done = browser.post("/tai-khoan/doi-mat-khau/", {"oldpassword": PASSWORD, **new})

    assert "Mật khẩu đang dùng chưa đúng." in refused
    assert (done.status_code, done["Location"]) == (302, "/tai-khoan/")
    assert browser.get("/tai-khoan/").status_code == 200


def test_the_mail_address_is_optional_and_audited(office):
    browser = signed_in(office.an)

    assert browser.post("/tai-khoan/", {"email": "an@anhoa.gov.vn"}).status_code == 302
    assert "Địa chỉ thư điện tử chưa đúng" in browser.post("/tai-khoan/", {"email": "không phải"}).content.decode()

    office.an.refresh_from_db()
    assert office.an.email == "an@anhoa.gov.vn"
    assert AuditEntry.objects.filter(code="units.user.email_changed").count() == 1


def test_large_letters_are_switched_and_lead_back(office):
    browser = signed_in(office.an)

    back = browser.post("/tai-khoan/co-chu/", {"next": "/don-vi/?q=an"})
    away = browser.post("/tai-khoan/co-chu/", {"next": "https://example.org/"})

    assert (back["Location"], away["Location"]) == ("/don-vi/?q=an", "/tai-khoan/")
    browser.post("/tai-khoan/co-chu/", {})
    assert '<html lang="vi" class="large-text">' in browser.get("/").content.decode()


@pytest.mark.django_db(transaction=True)  # the notice is given after the commit
def test_two_steps_are_offered_switched_on_and_asked_for(office):
    browser = Client()
    browser.post(LOGIN, {"login": "an", "password": PASSWORD})
    assert "Bật xác thực hai bước" in browser.get("/").content.decode()

    asked = browser.get("/tai-khoan/hai-buoc/bat/", follow=True)
    assert "Xác nhận mật khẩu" in asked.content.decode()
    back = {"password": PASSWORD, "next": "/tai-khoan/hai-buoc/bat/"}
    page = browser.post("/tai-khoan/xac-nhan-mat-khau/", back, follow=True).content.decode()
    secret = re.search(r'<span class="secret">(\w+)</span>', page)
    assert secret
    wrong = browser.post("/tai-khoan/hai-buoc/bat/", {"code": "000000"}).content.decode()
    assert "Mã chưa đúng" in wrong
    secret = re.search(r'<span class="secret">(\w+)</span>', wrong) or secret
    done = browser.post("/tai-khoan/hai-buoc/bat/", {"code": code_of(secret[1])}, follow=True)
    assert done.redirect_chain == [("/tai-khoan/hai-buoc/ma-du-phong/", 302)]
    assert "Còn 10 trong 10 mã" in done.content.decode()
    assert re.findall(r'<div class="notice[^>]*>.*?<p>(.*?)</p>', done.content.decode(), re.S) == [
        "Đã bật xác thực hai bước. Hãy in các mã dự phòng dưới đây và cất kỹ."
    ]
    assert "Bật xác thực hai bước" not in browser.get("/").content.decode()

    again = Client()
    asked = again.post(LOGIN, {"login": "an", "password": PASSWORD}, follow=True)
    assert asked.redirect_chain[-1][0].startswith("/tai-khoan/hai-buoc/nhap-ma/")
    assert again.get("/").status_code == 302
    spare = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    again.post("/tai-khoan/hai-buoc/nhap-ma/", {"code": spare})
    assert again.get("/").status_code == 200


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_whoever_waits_for_the_second_step_may_turn_back(office):
    Authenticator.objects.create(user=office.an, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    browser = Client()
    browser.post(LOGIN, {"login": "an", "password": PASSWORD})

    answer = browser.post("/tai-khoan/dang-xuat/", {"next": LOGIN}, follow=True)

    assert answer.redirect_chain[-1][0] == LOGIN
    assert 'name="login"' in answer.content.decode()


def test_rights_of_a_user_begin_and_end_with_the_role(office):
    browser = signed_in(office.an)
    other = create_unit(actor=None, kind="commune", designation="xã", name="Xa")
    assert browser.get(f"/don-vi/{other.pk}/").status_code == 404

    grant_role(office.an, other, Membership.Role.LEADER, actor=None)

    assert browser.get(f"/don-vi/{other.pk}/").status_code == 200
    assert browser.get(f"/don-vi/{other.pk}/nguoi-dung/").status_code == 403
