"""What holds for every request: limits, privacy, refusals that lead on."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from units.models import User

MANY = "&".join(f"a{n}=1" for n in range(1_001))


@pytest.fixture
def an(db) -> User:
    return User.objects.create(username="an")


@pytest.fixture
def browser(an) -> Client:
    client = Client()
    client.force_login(an, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def heading(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page)
    return found[1] if found else ""


@pytest.mark.parametrize("path", ["/", "/ke-hoach/", "/khong-co/", "/tai-khoan/", "/tai-khoan/dang-nhap/"])
def test_an_address_with_too_many_parameters_is_refused_in_words(browser, path):
    for client in (browser, Client()):
        answer = client.get(f"{path}?{MANY}")

        assert (answer.status_code, heading(answer.content.decode())) == (400, "Yêu cầu không hợp lệ")


def test_a_form_with_too_many_fields_is_refused_in_words(browser):
    answer = browser.post("/tai-khoan/", {f"a{n}": "1" for n in range(1_001)})

    assert (answer.status_code, heading(answer.content.decode())) == (400, "Yêu cầu không hợp lệ")


def test_what_is_too_large_is_told_with_the_limit(browser):
    answer = browser.post("/tai-khoan/", {"email": "a" * 16_000_000})

    page = answer.content.decode()
    assert (answer.status_code, heading(page)) == (413, "Nội dung gửi lên quá lớn")
    assert "tối đa 15,0\xa0MB mỗi lần gửi" in page


def test_pages_of_a_signed_in_person_are_kept_by_nobody(browser):
    assert browser.get("/")["Cache-Control"] == "private, no-store"
    assert browser.get("/khong-co/")["Cache-Control"] == "private, no-store"
    style = browser.get("/static/css/tdkt.css")
    style.close()
    assert "private" not in style.headers.get("Cache-Control", "")


def test_a_page_that_is_not_there_keeps_the_menu_of_whoever_is_signed_in(browser, db):
    inside, outside = browser.get("/khong-co/"), Client().get("/khong-co/")

    assert [answer.status_code for answer in (inside, outside)] == [404, 404]
    assert [heading(answer.content.decode()) for answer in (inside, outside)] == ["Không tìm thấy trang"] * 2
    assert ['id="muc-luc"' in answer.content.decode() for answer in (inside, outside)] == [True, False]


def test_a_refused_token_sends_nobody_to_throw_the_text_away(an):
    client = Client(enforce_csrf_checks=True)
    client.force_login(an, backend="allauth.account.auth_backends.AuthenticationBackend")

    answer = client.post("/tai-khoan/", {"email": ""})

    page = answer.content.decode()
    assert (answer.status_code, heading(page)) == (403, "Trang đã để quá lâu")
    assert "tải lại" not in page
    assert "bấm «Lấy lại»" in page
