"""Parts and people, out of Excel and into it: what goes out comes back unchanged, and nobody is taken for another."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.test import Client

from core import exporting
from core.files import XLSX
from core.models import Job
from core.resources import Report
from core.sheets.reading import read_sheets
from core.sheets.tables import Table, TableRow, find_table
from tests.core.sheet_samples import OFFICE_FILES, SHARED, downloaded, outcomes, read_book, saved
from tests.factories import PartFactory, PersonFactory, UnitFactory, UserFactory
from tests.units.conftest import signed_in
from units.models import Part, Person, Unit, User
from units.resources import PartResource, PersonResource

pytestmark = pytest.mark.django_db

HOSTILE = ["=1+1", "+84", "-Thôn", "@Thôn", "Thôn; một", "Thôn, hai", "00123", "5/3/2026", "Thôn  hai  khoảng", "HOÀ"]


@pytest.fixture
def unit() -> Unit:
    return UnitFactory(name="An Hòa")


@pytest.fixture
def an(unit) -> User:
    return UserFactory(role="officer", unit=unit)


@pytest.fixture
def page(an) -> Client:
    return signed_in(an)


@pytest.fixture
def look(unit, an):
    """What would come of these rows: outcome, changes or errors of each."""

    def look(resource, *rows: dict[str, Any], dry_run: bool = True) -> Report:
        names = {name for row in rows for name in row}
        table = Table("", dict.fromkeys(names, ""), [TableRow(place, row) for place, row in enumerate(rows, start=2)])
        return resource.opened(actor=an, target_id=unit.pk, options={}).run(table, dry_run=dry_run)

    return look


def came_back(resource, content: bytes, look) -> Report:
    """What a list that went out would change if it came in again as it is."""
    found = find_table(read_sheets(io.BytesIO(content), XLSX), resource().wanted, resource().required)
    return look(resource, *(row.values for row in found.rows))


# -- Out -------------------------------------------------------------------------------


def test_parts_go_out_with_title_head_and_real_days(page, unit, time_machine):
    time_machine.move_to(dt.datetime(2026, 5, 13, 2, 30, tzinfo=dt.UTC))
    mai = PersonFactory(unit=unit, full_name="Lê Thị Mai")
    PartFactory(unit=unit, name="Thôn Đông", order=2, head=mai, phone="0912345678")
    PartFactory(
        unit=unit, name="Trường Tiểu học", kind="school", order=1, valid_from=dt.date(2025, 7, 1), phone="=1+1"
    )
    PartFactory(name="Của xã khác")

    answer = page.get(f"/don-vi/{unit.pk}/bo-phan/xuat/")

    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''bo-phan-xa-an-hoa.xlsx"
    assert read_book(downloaded(answer)) == {
        "Bộ phận": [
            ("Bộ phận của xã An Hòa", *[None] * 6),
            ("Xuất lúc 09:30 ngày 13/05/2026", *[None] * 6),
            ("TT", "Tên bộ phận", "Loại", "Người đứng đầu", "Điện thoại", "Từ ngày", "Đến hết ngày"),
            (1, "Trường Tiểu học", "Trường học", None, "=1+1", dt.datetime.fromisoformat("2025-07-01"), None),
            (2, "Thôn Đông", "Thôn, khu phố", "Lê Thị Mai", "0912345678", None, None),
        ]
    }


def test_people_go_out_as_the_field_names_them(page, unit):
    part = PartFactory(unit=unit, name="Thôn Đông")
    PersonFactory(unit=unit, full_name="Lò Văn An", birth_year=1980, post="Trưởng thôn", part=part, email="an@vidu.vn")

    [title, _, head, *rows] = read_book(downloaded(page.get(f"/don-vi/{unit.pk}/con-nguoi/xuat/")))["Nhân sự"]

    assert title[0] == "Nhân sự của xã An Hòa"
    assert head == (
        *("TT", "Danh xưng", "Họ và tên", "Năm sinh", "Chức vụ", "Đơn vị, bộ phận"),
        *("Điện thoại", "Thư điện tử", "Từ ngày", "Đến hết ngày"),
    )
    assert rows == [(1, "Bà", "Lò Văn An", 1980, "Trưởng thôn", "Thôn Đông", None, "an@vidu.vn", None, None)]


def test_an_export_follows_the_filters_of_the_page(page, unit):
    PartFactory(unit=unit, name="Thôn Đông")
    PartFactory(unit=unit, name="Trường Tiểu học", kind="school")

    rows = read_book(downloaded(page.get(f"/don-vi/{unit.pk}/bo-phan/xuat/?q=truong&loai=school")))["Bộ phận"]

    assert [row[1] for row in rows[3:]] == ["Trường Tiểu học"]
    shown = page.get(f"/don-vi/{unit.pk}/bo-phan/?q=truong").content.decode()
    assert f'href="/don-vi/{unit.pk}/bo-phan/xuat/?q=truong"' in shown


@pytest.mark.parametrize("count", [3, 300])
def test_an_export_costs_the_same_at_3_and_300_rows(page, unit, count, django_assert_num_queries):
    part = PartFactory(unit=unit)
    for n in range(count):
        PersonFactory(unit=unit, full_name=f"Lò Văn {n}", part=part)
    page.get(f"/don-vi/{unit.pk}/con-nguoi/xuat/")

    with django_assert_num_queries(7):
        content = downloaded(page.get(f"/don-vi/{unit.pk}/con-nguoi/xuat/"))

    assert len(read_book(content)["Nhân sự"]) == count + 3


def test_a_long_list_is_written_by_a_worker(page, unit, an, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(exporting, "ROWS_IN_REQUEST", 1)
    PartFactory.create_batch(2, unit=unit)
    PartFactory(unit=unit, name="Trường Tiểu học", kind="school")

    with django_capture_on_commit_callbacks(execute=True):
        answer = page.get(f"/don-vi/{unit.pk}/bo-phan/xuat/?loai=village")

    job = Job.objects.select_related("result").get()
    assert answer["Location"] == f"/viec/{job.pk}/"
    assert (job.state, job.owner, job.title) == (Job.State.DONE, an, "Xuất Excel: Bộ phận của xã An Hòa")
    assert (job.result.name, job.back_url) == ("bo-phan-xa-an-hoa.xlsx", f"/don-vi/{unit.pk}/bo-phan/?loai=village")
    content = b"".join(page.get(f"/tep/{job.result_id}/").streaming_content)
    assert len(read_book(content)["Bộ phận"]) == 2 + 3


# -- There and back ----------------------------------------------------------------------


def test_parts_that_went_out_come_back_unchanged(page, unit, look):
    first, second = (PersonFactory(unit=unit, full_name="Lò Thị Mây", post=post) for post in ("Y tá", "Kế toán"))
    for place, name in enumerate(HOSTILE):
        PartFactory(unit=unit, name=name, order=place, phone=name[:20], head=second if place % 2 else first)
    content = downloaded(page.get(f"/don-vi/{unit.pk}/bo-phan/xuat/"))
    cells = {cell.data_type for row in openpyxl.load_workbook(io.BytesIO(content)).active for cell in row}
    assert "f" not in cells  # no formula

    assert outcomes(came_back(PartResource, content, look)) == [("same", [])] * len(HOSTILE)


def test_people_that_went_out_come_back_unchanged(page, unit, look):
    ended = PartFactory(unit=unit, name="Thôn cũ", valid_to=dt.date(2025, 6, 30))
    for place, name in enumerate(HOSTILE):
        PersonFactory(
            unit=unit,
            full_name=name,
            post=name,
            birth_year=1970 + place,
            part=ended,
            valid_from=dt.date(2026, 3, 5),
            phone="0912345678",
            email="an@vidu.vn",
        )
    content = downloaded(page.get(f"/don-vi/{unit.pk}/con-nguoi/xuat/"))

    assert outcomes(came_back(PersonResource, content, look)) == [("same", [])] * len(HOSTILE)


@pytest.mark.parametrize(("path", "resource"), [("bo-phan", PartResource), ("con-nguoi", PersonResource)])
def test_a_template_is_filled_in_and_read(page, unit, look, path, resource):
    PartFactory(unit=unit, name="Thôn Đông")
    PartFactory(unit=unit, name="Trường Tiểu học An Sơn", kind="school")
    PersonFactory(unit=unit, full_name="Lê Thị Mai", post="Hiệu trưởng", birth_year=1980)
    made = openpyxl.load_workbook(io.BytesIO(downloaded(page.get(f"/don-vi/{unit.pk}/{path}/mau/"))))
    sheet, example = made.worksheets[0], made["Ví dụ"]
    assert [cell.value for cell in sheet[4]] == [cell.value for cell in example[3]]
    for offset, row in enumerate(example.iter_rows(min_row=4, values_only=True)):
        for column, value in enumerate(row, start=1):
            sheet.cell(5 + offset, column).value = value

    report = came_back(resource, saved(made), look)

    assert len(report.rows) == 2
    assert [row.errors for row in report.rows] == [[], []]


# -- Whose row it is -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("there", "row", "outcome"),
    [
        pytest.param([("Hùng", 1980, 1)], ("Hùng", 1980, 1), "same", id="all the same"),
        pytest.param([("Hùng", 1980, 1)], ("HÙNG", 1980, None), "same", id="by name and year"),
        pytest.param([("Hùng", 1980, 1)], ("Hùng", 1980, 2), "changed", id="moved to another part"),
        pytest.param([("Hùng", 1980, 1)], ("Hùng", 1981, 1), "new", id="another year is another person"),
        pytest.param([("Hùng", 1980, 1)], ("Hưng", 1980, 1), "new", id="another name"),
        pytest.param([("Hùng", None, 1)], ("Hùng", 1980, 1), "changed", id="the year was not known"),
        pytest.param([("Hùng", None, 1)], ("Hùng", 1980, 2), "wrong", id="another part and no year to tell"),
        pytest.param([("Hùng", None, None)], ("Hùng", None, None), "same", id="nothing speaks against it"),
        pytest.param([("Hùng", 1980, 1), ("Hùng", 1990, 1)], ("Hùng", 1990, None), "same", id="two, by year"),
        pytest.param([("Hùng", None, 1), ("Hùng", None, 2)], ("Hùng", None, 2), "same", id="two, by part"),
        pytest.param([("Hùng", 1980, 1), ("Hùng", 1990, 1)], ("Hùng", None, 1), "wrong", id="two, no year"),
        pytest.param([("Hùng", 1980, 1), ("Hùng", 1980, 2)], ("Hùng", 1980, None), "wrong", id="two of one year"),
        pytest.param([("Hùng", 1980, 1), ("Hùng", 1980, 2)], ("Hùng", 1980, 2), "same", id="two, by year and part"),
    ],
)
def test_a_person_is_known_by_name_year_and_part_and_never_guessed(unit, look, there, row, outcome):
    parts = {number: PartFactory(unit=unit, name=f"Thôn {number}") for number in (1, 2)}
    for name, year, part in there:
        PersonFactory(unit=unit, full_name=name, birth_year=year, part=parts.get(part))
    PersonFactory(full_name="Hùng", birth_year=1980)  # of another unit

    name, year, part = row
    report = look(PersonResource, {"full_name": name, "birth_year": year, "part": part and f"Thôn {part}"})

    assert [row.outcome for row in report.rows] == [outcome]
    if outcome == "wrong":
        [sentence] = report.rows[0].errors
        assert sentence.startswith(f"Danh sách đã có {len(there)} người tên «Hùng» (")


def test_what_is_blank_in_the_sheet_stays_as_it_is(unit, look):
    PersonFactory(unit=unit, full_name="Lò An", post="Y tá", phone="0912345678")

    report = look(PersonResource, {"full_name": "Lò An", "post": None, "phone": "  "}, dry_run=False)

    assert outcomes(report) == [("same", [])]
    assert Person.objects.get(unit=unit).phone == "0912345678"


def test_unknown_parts_and_heads_are_errors_not_new_rows(unit, look):
    people = look(PersonResource, {"full_name": "Lò An", "part": "Thôn Lạ"})
    parts = look(PartResource, {"name": "Thôn Đông", "head": "Không Ai"})

    assert outcomes(people) == [
        ("wrong", ["Đơn vị, bộ phận: chưa có bộ phận «Thôn Lạ»; hãy thêm bộ phận đó trước, hoặc để trống ô này."])
    ]
    assert outcomes(parts) == [
        (
            "wrong",
            [
                "Người đứng đầu: chưa có «Không Ai» trong danh sách Nhân sự; "
                "hãy thêm người đó trước, hoặc để trống ô này."
            ],
        )
    ]


@pytest.mark.parametrize(
    ("row", "errors"),
    [
        ({"full_name": "An", "birth_year": 80}, ["Năm sinh: phải từ 1900 đến 2026, ô này ghi 80."]),
        ({"full_name": "An", "email": "không có"}, ["Thư điện tử: «không có» không phải địa chỉ thư điện tử."]),
        (
            {"full_name": None, "valid_from": "hôm qua"},
            [
                "Họ và tên: còn trống.",
                "Từ ngày: «hôm qua» không phải ngày; ghi ngày/tháng/năm như 5/3/2026.",
            ],
        ),
        (
            {"full_name": "An", "valid_from": "5/3/2026", "valid_to": "4/3/2026"},
            ["Ngày kết thúc phải sau ngày bắt đầu."],
        ),
        ({"full_name": "A" * 121}, ["Họ và tên: nội dung dài quá 120 ký tự."]),
        ({"full_name": "An", "post": "<b>Y tá</b>"}, None),
    ],
)
def test_every_error_of_a_row_is_told_at_once(unit, look, row, errors, time_machine):
    time_machine.move_to(dt.datetime(2026, 5, 13, tzinfo=dt.UTC))
    [(outcome, found)] = outcomes(look(PersonResource, row))

    assert outcome == "wrong"
    assert found == errors or (errors is None and found[0].startswith("Chức vụ: Nội dung có thẻ HTML «<b>»"))


def test_of_two_lives_of_a_part_the_one_that_goes_on_is_meant(unit, look):
    PartFactory(unit=unit, name="Thôn Đông", valid_to=dt.date(2025, 6, 30))
    PartFactory(unit=unit, name="Thôn Đông", valid_from=dt.date(2025, 7, 1))

    report = look(PartResource, {"name": "Thôn Đông", "phone": "113"}, dry_run=False)

    assert outcomes(report) == [("changed", [("Điện thoại", "", "113")])]
    assert list(Part.objects.filter(unit=unit).order_by("pk").values_list("phone", flat=True)) == ["", "113"]


def test_the_kind_of_a_new_part_is_told_by_its_name_where_the_sheet_says_nothing(unit, look):
    names = ["Thôn Đông", "Trường Mầm non", "Hội Nông dân xã", "Chợ"]

    look(PartResource, *({"name": name} for name in names), dry_run=False)

    found = Part.objects.filter(unit=unit).order_by("order").values_list("name", "kind", "order")
    assert list(found) == [
        ("Thôn Đông", "village", 1),
        ("Trường Mầm non", "school", 2),
        ("Hội Nông dân xã", "organisation", 3),
        ("Chợ", "other", 4),
    ]


@OFFICE_FILES
def test_a_real_form_filled_in_becomes_people(unit, look):
    PartFactory(unit=unit, name="Văn phòng")
    made = openpyxl.load_workbook(io.BytesIO((SHARED / "office" / "CANHAN.xlsx").read_bytes()))
    sheet = made["DANHSACH"]
    head = next(row for row in range(1, 6) if sheet.cell(row, 1).value == "STT")
    filled = [1, " Lò  Thị Mây", "Nữ", "05/03/1980", "Công chức", "Văn phòng", None]
    for column, value in enumerate(filled, start=1):
        sheet.cell(head + 1, column).value = value

    report = came_back(PersonResource, saved(made), look)

    assert [(row.label, row.outcome) for row in report.rows] == [("Lò Thị Mây", "new")]


# -- Pages ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["bo-phan", "con-nguoi"])
def test_lists_offer_excel_to_whom_it_is_open(page, unit, path):
    member = signed_in(UserFactory(role="council_member", unit=unit))
    address = f"/don-vi/{unit.pk}/{path}/"

    own, read = page.get(address).content.decode(), member.get(address).content.decode()

    offered = [f'href="{address}{act}/' for act in ("nhap", "xuat", "mau")]
    assert [offer in own for offer in offered] == [True, True, True]
    assert [offer in read for offer in offered] == [False, True, True]


def test_the_page_tells_the_columns_and_has_one_primary_button(page, unit):
    answer = page.get(f"/don-vi/{unit.pk}/con-nguoi/nhap/")

    words = answer.content.decode()
    assert [column.column_name for column in answer.context["columns"]] == [
        *("Danh xưng", "Họ và tên", "Năm sinh", "Chức vụ", "Đơn vị, bộ phận"),
        *("Điện thoại", "Thư điện tử", "Từ ngày", "Đến hết ngày"),
    ]
    assert (words.count("btn-primary"), words.count("<h1")) == (1, 1)
    assert f'href="/don-vi/{unit.pk}/con-nguoi/mau/"' in words
