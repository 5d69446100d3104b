"""Pages of units: lists of any length cost the same, forms keep what was typed."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Job
from tests.units.conftest import make_user, signed_in
from units.models import Issuer, Membership, Part, Person
from units.services import add_part, add_person, create_issuer, create_unit, record_succession

Role = Membership.Role


def fill(office, what: str, numbers: range) -> None:
    unit, names = office.unit, [f"{n:03}" for n in numbers]
    if what == "units":
        for name in names:
            create_unit(actor=None, kind="commune", designation="xã", name=f"Xa {name}", parent=unit)
    elif what == "parts":
        head = office.an.person
        Part.objects.bulk_create(Part(unit=unit, name=f"Thôn {name}", head=head, search="thon") for name in names)
    elif what == "people":
        part, _ = Part.objects.get_or_create(unit=unit, name="Thôn Đông")
        Person.objects.bulk_create(
            Person(unit=unit, full_name=f"Lý Văn {name}", part=part, search="ly van") for name in names
        )
    elif what == "issuers":
        Issuer.objects.bulk_create(Issuer(unit=unit, name_lines=f"HỘI ĐỒNG {name}") for name in names)
    elif what == "users":
        for name in names:
            Membership.objects.create(user=make_user(f"user{name}", unit), unit=unit, role=Role.CLERK)
    else:
        Job.objects.bulk_create(Job(owner=office.binh, unit_id=unit.pk, title=f"Việc {name}") for name in names)


@pytest.mark.parametrize(
    ("what", "path", "shown"),
    [
        ("units", "/don-vi/?dong=100&q=m-", r"Xã Xa \d{3}</a>"),
        ("parts", "/don-vi/{}/bo-phan/?dong=100&q=thon", r"Thôn \d{3}</a>"),
        ("people", "/don-vi/{}/con-nguoi/?dong=100&q=ly+van", r"Lý Văn \d{3}</a>"),
        ("issuers", "/don-vi/{}/co-quan-ban-hanh/?dong=100", r"HỘI ĐỒNG \d{3}</a>"),
        (
            "users",
            "/don-vi/{}/nguoi-dung/?dong=100&xep=-tai-khoan",
            r"<td data-label=\"Tên đăng nhập\">user\d{3}</td>",
        ),
        ("jobs", "/viec/?dong=100", r"Việc \d{3}</a>"),
    ],
)
def test_a_list_asks_the_same_number_of_questions_at_3_rows_and_at_300(office, what, path, shown):
    browser = signed_in(office.binh)
    address = path.format(office.unit.pk)
    browser.get(address)  # from now on the session remembers the list's filters

    fill(office, what, range(3))
    with CaptureQueriesContext(connection) as few:
        three = browser.get(address).content.decode()
    fill(office, what, range(3, 300))
    with CaptureQueriesContext(connection) as many:
        hundred = browser.get(address).content.decode()

    assert (len(re.findall(shown, three)), len(re.findall(shown, hundred))) == (3, 100)
    assert len(many) == len(few)
    assert len(many) <= 15


def test_units_are_found_without_marks_and_by_level(office):
    create_unit(actor=None, kind="commune", designation="xã", name="Đồng Thắng", parent=office.unit)
    browser = signed_in(office.an)

    def names(query: str) -> list[str]:
        return re.findall(r'<th scope="row"><a[^>]*>(.*?)</a>', browser.get(f"/don-vi/?{query}").content.decode())

    assert names("") == ["Tỉnh Vĩnh Hà", "Xã An Hòa", "Xã Đồng Thắng"]
    assert names("q=dong+THANG") == ["Xã Đồng Thắng"]
    assert names("cap=province") == ["Tỉnh Vĩnh Hà"]
    assert names(f"tinh={office.province.pk}&xep=-ten") == ["Xã Đồng Thắng", "Xã An Hòa", "Tỉnh Vĩnh Hà"]
    assert names("q=khong-co") == []


def test_ended_parts_are_kept_apart(office):
    add_part(office.unit, actor=None, name="Thôn Nay")
    add_part(office.unit, actor=None, name="Thôn Xưa", valid_to=dt.date(2025, 6, 30))
    browser = signed_in(office.an)

    def names(query: str) -> list[str]:
        page = browser.get(f"/don-vi/{office.unit.pk}/bo-phan/?{query}").content.decode()
        return re.findall(r'<th scope="row"><a[^>]*>(.*?)</a>', page)

    assert (names(""), names("con=dang-dung"), names("con=da-thoi")) == (
        ["Thôn Nay", "Thôn Xưa"],
        ["Thôn Nay"],
        ["Thôn Xưa"],
    )


def test_a_unit_tells_its_past_in_sentences(office):
    one, two, three = (
        create_unit(actor=None, kind="commune", designation="xã", name=name, valid_to=dt.date(2025, 6, 30))
        for name in ("Một", "Hai", "Ba")
    )
    for old, is_whole in ((one, True), (two, True), (three, False)):
        record_succession(actor=None, date=dt.date(2025, 7, 1), old=old, new=office.unit, is_whole=is_whole)

    page = signed_in(office.an).get(f"/don-vi/{office.unit.pk}/").content.decode()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))

    assert "Từ ngày 01/07/2025 tiếp nhận toàn bộ xã Hai, xã Một, và một phần xã Ba." in text
    old_page = re.sub(r"<[^>]+>", "", signed_in(office.an).get(f"/don-vi/{three.pk}/").content.decode())
    assert "Từ ngày 01/07/2025 chia về xã An Hòa." in old_page
    assert "Đã kết thúc hoạt động sau ngày 30/06/2025." in old_page


def test_the_page_of_a_unit_counts_what_is_there_today_in_few_questions(office):
    add_part(office.unit, actor=None, name="Thôn Nay")
    add_part(office.unit, actor=None, name="Thôn Xưa", valid_to=dt.date(2025, 6, 30))
    create_issuer(office.unit, actor=None, name_lines="ỦY BAN NHÂN DÂN")
    create_unit(actor=None, kind="commune", designation="xã", name="Con", parent=office.unit)
    Membership.objects.create(user=office.an, unit=office.unit, role=Role.CLERK)
    browser = signed_in(office.binh)

    with CaptureQueriesContext(connection) as questions:
        page = browser.get(f"/don-vi/{office.unit.pk}/").content.decode()

    text = re.sub(r"<[^>]+>", "", page)
    found = ["1 bộ phận:", "2 người có tên", "1 cơ quan ban hành,", "2 tài khoản", "1 đơn vị trực thuộc"]
    assert [words in text for words in found] == [True] * 5
    assert len(questions) <= 12


def test_an_heir_reads_what_its_predecessor_left_and_changes_nothing(office):
    old = create_unit(actor=None, kind="commune", designation="xã", name="Cũ", valid_to=dt.date(2025, 6, 30))
    record_succession(actor=None, date=dt.date(2025, 7, 1), old=old, new=office.unit)
    add_part(old, actor=None, name="Thôn Xưa")
    browser = signed_in(office.an)

    assert "Thôn Xưa" in browser.get(f"/don-vi/{old.pk}/bo-phan/").content.decode()
    assert browser.get(f"/don-vi/{old.pk}/bo-phan/them/").status_code == 403


def test_the_inside_of_a_visible_unit_is_not_shown_to_its_superior(office):
    reviewer = make_user("noivu", office.province)
    Membership.objects.create(user=reviewer, unit=office.province, role=Role.REVIEWER)

    assert signed_in(reviewer).get(f"/don-vi/{office.unit.pk}/").status_code == 200
    assert signed_in(reviewer).get(f"/don-vi/{office.unit.pk}/con-nguoi/").status_code == 404


def test_a_refused_form_keeps_what_was_typed_and_leads_to_each_error(office):
    page = signed_in(office.an).post(
        f"/don-vi/{office.unit.pk}/bo-phan/them/",
        {"name": "", "kind": "village", "head": "Ai đó", "phone": "0912", "order": "x", "valid_from": "30/02/2026"},
    )
    text = page.content.decode()

    assert page.status_code == 422
    links = re.findall(r'<li><a href="#(\w+)">(.*?)</a></li>', text)
    assert [field for field, _ in links] == ["id_name", "id_head", "id_order", "id_valid_from"]
    assert all(f'id="{field}"' in text and f'id="{field}_error"' in text for field, _ in links)
    assert [value in text for value in ('value="Ai đó"', 'value="0912"', 'value="30/02/2026"')] == [True] * 3
    assert Part.objects.count() == 0


def test_days_are_typed_the_vietnamese_way_and_a_head_by_name_without_marks(office):
    browser = signed_in(office.an)
    answer = browser.post(
        f"/don-vi/{office.unit.pk}/bo-phan/them/",
        {"name": "Thôn Đông", "kind": "village", "head": "nguyen thi an", "order": "", "valid_from": "5/3/2026"},
    )

    part = Part.objects.get()
    assert answer.status_code == 302
    assert (part.name, part.head, part.order, part.valid_from) == (
        "Thôn Đông",
        office.an.person,
        1,
        dt.date(2026, 3, 5),
    )
    page = browser.get(f"/don-vi/{office.unit.pk}/bo-phan/{part.pk}/").content.decode()
    assert 'value="05/03/2026"' in page
    assert 'value="Nguyễn Thị An"' in page


def test_people_of_one_name_are_told_apart(office):
    for post in ("Trưởng thôn", "Hiệu trưởng"):
        add_person(office.unit, actor=None, full_name="Lý Văn Hai", post=post)
    browser = signed_in(office.an)
    address = f"/don-vi/{office.unit.pk}/bo-phan/them/"

    unclear = browser.post(address, {"name": "Thôn A", "kind": "village", "head": "Lý Văn Hai"}).content.decode()
    clear = browser.post(address, {"name": "Thôn A", "kind": "village", "head": "Lý Văn Hai (Hiệu trưởng)"})

    assert "Có nhiều dòng cùng tên này" in unclear
    assert clear.status_code == 302
    assert Part.objects.get().head.post == "Hiệu trưởng"


def test_a_part_is_ended_by_a_button_that_names_it(office):
    part = add_part(office.unit, actor=None, name="Thôn Đông")
    browser = signed_in(office.an)
    address = f"/don-vi/{office.unit.pk}/bo-phan/{part.pk}/thoi-dung/"

    assert 'btn-danger" type="submit">Thôi dùng Thôn Đông</button>' in browser.get(address).content.decode()
    browser.post(address, {"last_day": "30/6/2026"})

    part.refresh_from_db()
    assert part.valid_to == dt.date(2026, 6, 30)


def test_people_and_issuers_are_added_and_changed(office):
    browser = signed_in(office.an)
    base = f"/don-vi/{office.unit.pk}"
    browser.post(f"{base}/con-nguoi/them/", {"full_name": "Lê Thị Bưởi", "birth_year": "1985"})
    person = Person.objects.get(full_name="Lê Thị Bưởi")
    browser.post(f"{base}/con-nguoi/{person.pk}/", {"full_name": "Lê Thị Bưởi", "birth_year": "1986"})
    issuer = create_issuer(office.unit, actor=None, name_lines="ỦY BAN NHÂN DÂN\nXÃ AN HÒA")
    browser.post(
        f"{base}/co-quan-ban-hanh/{issuer.pk}/", {"name_lines": "ỦY BAN NHÂN DÂN\r\nXÃ AN HÒA", "place": "An Hòa"}
    )
    browser.post(f"{base}/sua/", {"village_word": "ấp", "is_verified": "on"})

    person.refresh_from_db(), issuer.refresh_from_db(), office.unit.refresh_from_db()
    assert (person.birth_year, issuer.lines, issuer.place, office.unit.village_word) == (
        1986,
        ("ỦY BAN NHÂN DÂN", "XÃ AN HÒA"),
        "An Hòa",
        "ấp",
    )
    assert (
        "Năm sinh phải từ 1900"
        in browser.post(f"{base}/con-nguoi/them/", {"full_name": "X", "birth_year": "1899"}).content.decode()
    )


ROWS_OF_A_UNIT = {
    "parts": (
        "bo-phan",
        {"name": "Thôn Đông", "kind": "village"},
        {"name": "Thôn Đoài", "kind": "village"},
        ("Thêm bộ phận", "Đã thêm Thôn Đông.", "Thôn Đông", "Đã lưu Thôn Đoài."),
    ),
    "people": (
        "con-nguoi",
        {"full_name": "Lê Thị Bưởi"},
        {"full_name": "Lê Thị Na"},
        ("Thêm người", "Đã thêm Lê Thị Bưởi.", "Lê Thị Bưởi", "Đã lưu Lê Thị Na."),
    ),
    "issuers": (
        "co-quan-ban-hanh",
        {"name_lines": "HỘI ĐỒNG\r\nXÃ"},
        {"name_lines": "BAN\r\nXÃ"},
        ("Thêm cơ quan ban hành", "Đã thêm cơ quan ban hành.", "HỘI ĐỒNG XÃ", "Đã lưu cơ quan ban hành."),
    ),
}


def told(page) -> tuple[str, str]:
    """Heading and message of the page that one ends on."""
    text = page.content.decode()
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL)
    return heading[1].strip() if heading else "", " ".join(str(said) for said in page.context["messages"])


@pytest.mark.parametrize("what", ROWS_OF_A_UNIT)
def test_each_row_of_a_unit_is_added_and_changed_by_one_kind_of_page(office, what):
    folder, first, second, sentences = ROWS_OF_A_UNIT[what]
    browser = signed_in(office.an)
    base = f"/don-vi/{office.unit.pk}/{folder}/"
    model = {"parts": Part, "people": Person, "issuers": Issuer}[what]

    new, _ = told(browser.get(f"{base}them/"))
    added = browser.post(f"{base}them/", first, follow=True)
    row = model.objects.latest("pk")
    known, _ = told(browser.get(f"{base}{row.pk}/"))
    saved = browser.post(f"{base}{row.pk}/", second, follow=True)

    assert (new, told(added)[1], known, told(saved)[1]) == sentences
    assert [answer.redirect_chain for answer in (added, saved)] == [[(base, 302)]] * 2
    assert model.objects.get(pk=row.pk).search != row.search
    history = browser.get(f"{base}{row.pk}/").context["history"]
    assert [line.who for line in history] == ["Nguyễn Thị An"] * 2
    assert "history" not in browser.get(f"{base}them/").context


@pytest.mark.parametrize("what", ROWS_OF_A_UNIT)
def test_a_row_of_another_unit_is_not_found_under_ones_own(office, what):
    folder, fields, _, _ = ROWS_OF_A_UNIT[what]
    away = office.cuong.memberships.first().unit
    base = "/don-vi/{}/{}/"
    signed_in(office.cuong).post(base.format(away.pk, folder) + "them/", fields)
    row = {"parts": Part, "people": Person, "issuers": Issuer}[what].objects.latest("pk")
    assert row.unit == away

    assert signed_in(office.an).get(base.format(office.unit.pk, folder) + f"{row.pk}/").status_code == 404


@pytest.mark.parametrize("path", ["bo-phan/them/", "con-nguoi/them/", "co-quan-ban-hanh/them/"])
@pytest.mark.parametrize("method", ["put", "delete", "options", "patch"])
def test_forms_are_read_and_sent_and_nothing_else(office, path, method):
    answer = getattr(signed_in(office.an), method)(f"/don-vi/{office.unit.pk}/{path}")

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize(
    ("path", "fields", "label"),
    [
        ("bo-phan/them/", {"name": "<b>Thôn Đông</b>", "kind": "village"}, "Tên"),
        ("con-nguoi/them/", {"full_name": "<b>Lê Thị Bưởi</b>"}, "Họ và tên"),
        ("co-quan-ban-hanh/them/", {"name_lines": "<b>HỘI ĐỒNG</b>"}, "Tên cơ quan ban hành"),
    ],
)
def test_web_code_is_told_on_the_form_and_what_was_typed_stays(office, path, fields, label):
    page = signed_in(office.an).post(f"/don-vi/{office.unit.pk}/{path}", fields)
    text = html.unescape(page.content.decode())

    assert page.status_code == 422
    assert f"{label} có thẻ HTML «<b>»; văn bản chỉ gồm chữ, hãy bỏ thẻ đi." in text
    assert next(iter(fields.values())) in text


def test_an_administrator_gives_and_ends_roles(office):
    browser = signed_in(office.binh)
    base = f"/don-vi/{office.unit.pk}/nguoi-dung"

    browser.post(f"{base}/them-vai-tro/", {"user": "Nguyễn Thị An (an)", "role": "leader"})
    given = Membership.objects.get(role="leader")
    assert given.user == office.an
    page = browser.get(f"{base}/vai-tro/{given.pk}/thoi/").content.decode()
    assert "Thôi vai trò Lãnh đạo của Nguyễn Thị An</button>" in page
    browser.post(f"{base}/vai-tro/{given.pk}/thoi/")

    assert Membership.objects.on().filter(role="leader").count() == 0
    last = Membership.objects.get(user=office.binh)
    answer = browser.post(f"{base}/vai-tro/{last.pk}/thoi/", follow=True)
    assert "Đơn vị phải còn ít nhất một người quản trị" in answer.content.decode()


def test_empty_pages_teach_and_filtered_ones_say_so(office):
    browser = signed_in(office.an)
    address = f"/don-vi/{office.unit.pk}/bo-phan/"

    assert "Nạp một kế hoạch thì những nơi được giao việc trong đó tự có mặt" in browser.get(address).content.decode()
    assert "Không có dòng nào khớp" in browser.get(f"{address}?q=khong").content.decode()


def test_the_way_back_keeps_the_filters(office):
    part = add_part(office.unit, actor=None, name="Thôn Đông")
    browser = signed_in(office.an)
    browser.get("/don-vi/?q=an+hoa&xep=-ten")

    page = browser.get(f"/don-vi/{office.unit.pk}/bo-phan/{part.pk}/").content.decode()

    assert 'href="/don-vi/?q=an+hoa&amp;xep=-ten"' in page


@pytest.mark.parametrize("path", ["/", "/don-vi/", "/tai-khoan/", "/viec/"])
def test_pages_have_one_head_and_the_menu_marks_where_one_is(office, path):
    page = signed_in(office.an).get(path).content.decode()

    assert page.count("<h1") == 1
    assert page.count('aria-current="page"') == {"/": 2, "/don-vi/": 1}.get(path, 0)  # menu and tabs of the home page


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500])
def test_pages_of_trouble_speak_vietnamese_and_need_no_session(status):
    from django.template.loader import render_to_string  # noqa: PLC0415 -- the only test that renders without a view

    page = render_to_string(f"{status}.html")

    assert '<html lang="vi">' in page
    assert page.count("<h1") == 1
    assert "Về Việc của tôi" in page
