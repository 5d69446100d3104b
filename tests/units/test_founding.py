"""The set-up of an empty installation: by the code, once, all or nothing."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from core.audit import first_broken_link
from core.errors import AppError
from units import founding
from units.models import Issuer, Membership, Person, Unit, User

UNIT = {"kind": "commune", "designation": "xã", "name": "An Hòa", "province": "Vĩnh Hà", "village_word": "thôn"}
ISSUER = {
    "name_lines": "ỦY BAN NHÂN DÂN\nXÃ AN HÒA",
    "place": "An Hòa",
    "symbol": "UBND",
    "signature_lines": "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
}
ACCOUNT = {
    "full_name": "Nguyễn Thị An",
    "username": "quantri",
    "password1": "thuyền về có nhớ bến",
    "password2": "thuyền về có nhớ bến",
}


@pytest.fixture(autouse=True)
def _own_var(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def browser(db) -> Client:
    client = Client()
    assert client.get(f"/thiet-lap/?ma={founding.setup_code()}").status_code == 302
    return client


def test_three_steps_make_the_office_and_its_first_account(browser):
    assert browser.post("/thiet-lap/?buoc=1", UNIT)["Location"] == "/thiet-lap/?buoc=2"
    step = browser.get("/thiet-lap/?buoc=2").content.decode()
    assert "ỦY BAN NHÂN DÂN\nXÃ AN HÒA</textarea>" in step
    assert browser.post("/thiet-lap/?buoc=2", ISSUER)["Location"] == "/thiet-lap/?buoc=3"
    assert (Unit.objects.count(), User.objects.count()) == (0, 0)
    done = browser.post("/thiet-lap/?buoc=3", ACCOUNT, follow=True)

    assert "Đã thiết lập xong. Hãy đăng nhập bằng tên quantri." in done.content.decode()
    unit = Unit.objects.get(name="An Hòa")
    user = User.objects.get()
    assert (str(unit), str(unit.parent), unit.parent.is_verified) == ("xã An Hòa", "tỉnh Vĩnh Hà", False)
    assert (user.username, user.person, user.is_superuser) == ("quantri", Person.objects.get(), False)
    assert list(Issuer.objects.values_list("unit", "name_lines", "place", "symbol", "signature_lines")) == [
        (unit.pk, *ISSUER.values())
    ]
    assert sorted(Membership.objects.values_list("user", "unit", "role")) == [
        (user.pk, unit.pk, "administrator"),
        (user.pk, unit.pk, "officer"),
    ]
    assert first_broken_link(unit.pk) is None
    assert not founding.code_file().exists()


def test_what_was_typed_stays_when_going_back_and_when_refused(browser):
    browser.post("/thiet-lap/?buoc=1", UNIT)
    browser.post("/thiet-lap/?buoc=2", ISSUER)

    assert 'value="Vĩnh Hà"' in browser.get("/thiet-lap/?buoc=1").content.decode()
    page = browser.post("/thiet-lap/?buoc=3", ACCOUNT | {"password2": "khác"}).content.decode()

    assert 'value="Nguyễn Thị An"' in page
    assert page.count("Hai lần gõ mật khẩu chưa giống nhau.") == 2
    assert User.objects.count() == 0


def test_a_step_that_is_open_comes_first(browser):
    page = browser.get("/thiet-lap/?buoc=3").content.decode()

    assert "Bước 1 trong 3" in page


@pytest.mark.parametrize("query", ["", "?ma=", "?ma=sai", "?ma=mã", "?buoc=1"])
def test_without_the_code_there_is_no_such_page(db, query):
    founding.setup_code()

    assert Client().get(f"/thiet-lap/{query}").status_code == 404


def test_once_there_is_an_account_the_page_is_gone_for_good(browser):
    code = founding.setup_code()
    User.objects.create(username="an")

    assert browser.get("/thiet-lap/").status_code == 404
    assert Client().get(f"/thiet-lap/?ma={code}").status_code == 404


def test_two_who_finish_at_once_leave_one_office(db):
    founding.setup_code()
    office = founding.Office(**UNIT, **ISSUER, full_name="Nguyễn Thị An", username="an", password=ACCOUNT["password1"])
    founding.code_file().unlink()  # the other one was faster by a hair

    with pytest.raises(founding.AlreadyFounded):
        founding.found(office)

    assert (Unit.objects.count(), User.objects.count()) == (0, 0)


def test_the_command_prints_one_code_for_good_and_refuses_afterwards(db, capsys):
    first, second = StringIO(), StringIO()
    call_command("setup_code", stdout=first)
    call_command("setup_code", stdout=second)

    assert first.getvalue() == second.getvalue()
    told = json.loads(first.getvalue())
    assert told == {"code": told["code"], "url": f"http://127.0.0.1:8000/thiet-lap/?ma={told['code']}"}
    assert founding.code_file().stat().st_mode & 0o777 == 0o600

    User.objects.create(username="an")
    with pytest.raises(SystemExit) as ending:
        call_command("setup_code")
    assert ending.value.code == 1
    assert capsys.readouterr().err.startswith("Chương trình đã có tài khoản")


@pytest.mark.parametrize(
    ("province", "stored"),
    [
        ("Vĩnh Hà", ("province", "tỉnh", "Vĩnh Hà")),
        ("tỉnh Vĩnh Hà", ("province", "tỉnh", "Vĩnh Hà")),
        ("Thành phố Huế", ("province", "thành phố", "Huế")),
        ("  ", None),
    ],
)
def test_the_level_above_is_read_as_people_type_it(db, province, stored):
    founding.setup_code()

    founding.found(
        founding.Office(
            **(UNIT | {"province": province}),
            **ISSUER,
            full_name="Nguyễn Thị An",
            username="an",
            password=ACCOUNT["password1"],
        )
    )

    parent = Unit.objects.get(name="An Hòa").parent
    assert (parent and (parent.kind, parent.designation, parent.name)) == stored


def test_what_a_service_refuses_is_said_and_nothing_stays(browser, monkeypatch):
    def refuse(office):
        raise AppError("Chưa được.")

    browser.post("/thiet-lap/?buoc=1", UNIT)
    browser.post("/thiet-lap/?buoc=2", ISSUER)
    monkeypatch.setattr(founding, "found", refuse)

    assert "Chưa được." in browser.post("/thiet-lap/?buoc=3", ACCOUNT).content.decode()
