"""Lists out of sheets: in our own layout and in those that offices have, filled as offices fill them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse

from awards.collecting.excel import NomineeResource, NoRight, list_nominees
from awards.models import Nominee, Round, Subject
from core.exporting import _written, template
from core.files import XLSX
from core.models import SheetImport
from core.resources import Report
from core.sheets.reading import UnfitSheet, read_sheets
from tests.awards.collecting.desk import told
from tests.factories import Role, UserFactory

LAYOUTS = Path(__file__).parents[2] / "fixtures" / "awards"
SCHOOL = "Trường Tiểu học số 1"
pytestmark = pytest.mark.filterwarnings("ignore:Data Validation extension")


def filled(layout: str, sheet: str, *rows: dict[str, Any]) -> io.BytesIO:
    """A copy of the office's own file with these cells: column letter → value, from the row below the head."""
    book = openpyxl.load_workbook(LAYOUTS / f"{layout}.xlsx")
    target = book[sheet]
    first = next(cell.row for cell in target["A"] if cell.value == "STT") + 1
    for number, row in enumerate(rows, start=first):
        for column, value in row.items():
            target[f"{column}{number}"] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream


def sheet_of(*rows: tuple[Any, ...]) -> io.BytesIO:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream


def run(desk, stream: io.BytesIO, place: str = SCHOOL, *, dry_run: bool = False) -> Report:
    options = {"sender": f"part-{desk.parts[place].pk}"} if place else {}
    resource = NomineeResource.opened(actor=desk.an, target_id=desk.round.pk, options=options)
    stream.seek(0)
    return resource.run(resource.table_of(read_sheets(stream, XLSX)), dry_run=dry_run)


def faults(report: Report) -> dict[int, list[str]]:
    return {row.number: row.errors for row in report.rows if row.errors}


def test_the_layout_for_people_is_read_with_its_codes(desk):
    stream = filled(
        "ca_nhan",
        "DANHSACH",
        {
            **{"A": 1, "B": "  Nguyễn  Thị Hoa ", "C": "NU", "D": "05/03/1985", "E": "Giáo viên", "F": "Tổ 4-5"},
            **{"G": SCHOOL, "I": "1660638976", "J": "1650360499", "K": "1647933042"},
        },
        {"B": "Lò Văn Hặc", "C": "NAM", "D": 1979, "H": "Bản Mòng", "I": 1660638930, "J": 1650360491},
        {"A": 3, "B": "Vì Thị Mơ", "D": "1990", "I": "#N/A", "K": "1647933380"},
    )

    report = run(desk, stream)

    assert faults(report) == {}
    rows = Nominee.objects.order_by("order")
    assert [(row.name, row.award, row.birth_year, row.level, row.gender) for row in rows] == [
        ("Nguyễn Thị Hoa", "LDTT", 1985, "direct", "female"),
        ("Nguyễn Thị Hoa", "GK", 1985, "direct", "female"),
        ("Lò Văn Hặc", "BKT", 1979, "leader", "male"),
        ("Vì Thị Mơ", "CSTDCS", 1990, "", ""),
    ]
    assert [row.workplace for row in rows] == [f"Tổ 4-5, {SCHOOL}", f"Tổ 4-5, {SCHOOL}", "Bản Mòng", ""]
    assert Subject.objects.filter(name="Nguyễn Thị Hoa").count() == 1


def test_the_layout_for_collectives_tells_households_by_their_code(desk):
    stream = filled(
        "tap_the",
        "DANHSACH",
        {"A": 1, "B": SCHOOL, "C": "1660638226", "E": "1647933198"},
        {"B": "Lò Văn Hặc", "C": "1660638538", "D": "1650360499"},
    )

    report = run(desk, stream)

    assert faults(report) == {}
    assert list(Nominee.objects.order_by("order").values_list("name", "kind", "award")) == [
        (SCHOOL, "collective", "TTLDTT"),
        ("Lò Văn Hặc", "household", "GK"),
    ]


@pytest.fixture
def system_list() -> io.BytesIO:
    """Of the central system: words, and formulas down to row 553 that wait for theirs."""
    person, leader = "Khen thưởng cá nhân", "Các cấp lãnh đạo từ phó phòng trở lên"
    return filled(
        "mau_tdkt",
        "file nhận",
        {
            **{"A": 1, "B": "Ông", "C": "Nguyễn Anh Đại", "D": "Hiệu trưởng", "E": SCHOOL, "F": person},
            **{"G": "Bằng khen cấp bộ, ban, ngành, tỉnh, đoàn thể trung ương", "H": leader},
        },
        {"C": SCHOOL, "F": "Khen thưởng tập thể", "G": "Tập thể lao động tiên tiến", "H": leader},
        {"C": "Hộ ông Lò Văn Hặc", "F": "Khen thưởng hộ gia đình", "G": "Gia đình văn hóa", "H": "Hộ gia đình"},
    )


def test_the_layout_of_the_central_system_is_read_by_its_words(desk, system_list):
    report = run(desk, system_list)

    assert faults(report) == {}
    assert list(Nominee.objects.order_by("order").values_list("honorific", "name", "kind", "award", "level")) == [
        ("Ông", "Nguyễn Anh Đại", "person", "BKT", "leader"),
        ("", SCHOOL, "collective", "TTLDTT", ""),
        ("", "Hộ ông Lò Văn Hặc", "household", "GDVH", ""),
    ]


@pytest.mark.parametrize("layout", ["ca_nhan", "tap_the", "mau_tdkt"])
def test_a_layout_that_nobody_filled_in_is_refused(desk, layout):
    with pytest.raises(UnfitSheet, match="Bảng chưa có dòng nào"):
        run(desk, io.BytesIO((LAYOUTS / f"{layout}.xlsx").read_bytes()))


def test_a_second_time_the_same_file_changes_nothing(desk, system_list):
    run(desk, system_list)

    report = run(desk, system_list)

    assert (report.count("same"), Nominee.objects.count()) == (3, 3)


def test_looking_writes_nothing(desk, system_list):
    assert run(desk, system_list, dry_run=True).count("new") == 3
    assert (Nominee.objects.count(), desk.round.proposals.count()) == (0, 0)


def test_codes_that_no_sheet_explains_and_wrong_cells_are_told(desk):
    stream = filled(
        "ca_nhan",
        "DANHSACH",
        {"B": "Nguyễn Thị Hoa", "J": "1659999999"},
        {"B": "Lò Văn Hặc", "K": "1647933178", "D": "31/02/1980"},
        {"B": "Vì Thị Mơ", "J": "#N/A"},
        {"J": "1650360499"},
    )

    report = run(desk, stream, dry_run=True)

    award = "Danh hiệu, hình thức đề nghị"
    as_in = "ghi như trong danh mục, ví dụ «Lao động tiên tiến»"
    assert faults(report) == {
        4: [f"{award}: danh mục chưa có «1659999999»; {as_in}."],
        5: [
            "Ngày, năm sinh: không có ngày 31/02/1980.",
            f"{award}: danh mục chưa có «Đơn vị quyết thắng»; {as_in}.",
        ],
        6: [f"{award}: ô này đang báo lỗi #N/A của Excel; hãy sửa công thức hoặc gõ thẳng giá trị."],
        7: ["Họ và tên: còn trống."],
    }


def test_one_file_for_all_places_names_them_in_a_column_or_a_heading(desk):
    stream = sheet_of(
        ("ỦY BAN NHÂN DÂN XÃ MAI KHÊ",),
        ("TT", "Nơi đề nghị", "Họ và tên", "Năm sinh", "Danh hiệu đề nghị"),
        (1, "Thôn Đông", "Nguyễn Thị Hoa", 1985, "LĐTT"),
        (2, "thôn tây", "Lò Văn Hặc", None, "Giấy khen"),
        (3, "Thôn Lạ", "Vì Thị Mơ", None, "Giấy khen"),
        (4, None, "Vì Thị Mận", None, "Giấy khen"),
    )

    report = run(desk, stream, "", dry_run=True)

    assert faults(report) == {
        5: ["Nơi đề nghị: «Thôn Lạ» không có trong danh sách của đơn vị."],
        6: ["Nơi đề nghị: còn trống; chọn nơi gửi khi nạp tệp, hoặc thêm cột này."],
    }


def test_a_row_changes_what_is_there_and_keeps_what_the_file_does_not_say(desk):
    row = desk.nominee("Nguyễn Thị Hoa", birth_year=1985, post="Giáo viên", achievement="Dạy giỏi", place=SCHOOL)
    stream = sheet_of(("Họ và tên", "Chức vụ", "Danh hiệu"), ("Bà Nguyễn Thị Hoa", "Tổ trưởng", "LĐTT"))

    report = run(desk, stream)

    assert [(one.outcome, one.changes) for one in report.rows] == [
        ("changed", [("Danh xưng", "", "Bà"), ("Chức vụ", "Giáo viên", "Tổ trưởng")])
    ]
    row = desk.fresh(row)
    assert (row.honorific, row.post, row.birth_year, row.achievement) == ("Bà", "Tổ trưởng", 1985, "Dạy giỏi")


def test_identity_numbers_are_known_again_and_told_to_nobody(desk):
    head = ("Họ và tên", "Số CCCD", "Danh hiệu")
    report = run(desk, sheet_of(head, ("Nguyễn Thị Hoa", 12345678901, "LĐTT")))
    again = run(desk, sheet_of(head, ("Nguyễn Thị Hoa", "012345678901", "LĐTT")))

    assert [change for row in report.rows for change in row.changes if change[0].startswith("Số định danh")] == [
        ("Số định danh cá nhân", "", "đã ghi")
    ]
    assert again.count("same") == 1
    assert Subject.objects.get().identity_hash


def test_the_template_is_read_back(desk):
    book = openpyxl.load_workbook(io.BytesIO(template(NomineeResource(), "Danh sách đề nghị")))
    listed = book["Danh sách"]
    row = listed.max_row
    for number, cells in enumerate(NomineeResource.examples, start=5):
        for column, value in enumerate((None, *cells), start=1):
            listed.cell(number, column, value)
    stream = io.BytesIO()
    book.save(stream)
    assert row > 5

    report = run(desk, stream, "")

    assert faults(report) == {}
    assert told(desk.round) == [
        (SCHOOL, "Nguyễn Thị Hoa", "LDTT", "proposed"),
        ("Thôn Đông", "Hộ ông Lò Văn Hặc", "GK", "proposed"),
    ]


def test_what_goes_out_is_no_formula_and_has_no_identity_number(desk):
    desk.nominee("=HYPERLINK(1)", post="+84", achievement="@lệnh", workplace="-x", identity="012345678901")

    book = openpyxl.load_workbook(io.BytesIO(_written(list_nominees(desk.an, desk.round.pk, QueryDict()))))

    cells = {cell.value: cell for row in book.active.iter_rows(min_row=4) for cell in row if cell.value}
    assert all(not (isinstance(text, str) and "012345678901" in text) for text in cells)
    for text in ("=HYPERLINK(1)", "+84", "@lệnh", "-x"):
        assert (cells[text].data_type, cells[text].quotePrefix) == ("s", True)
    assert "Số định danh cá nhân" not in cells


def test_the_filters_of_the_page_go_along(desk):
    desk.nominee("Nguyễn Thị Hoa")
    desk.nominee("Lò Văn Hặc", "GK", "Thôn Tây")

    listed = list_nominees(desk.an, desk.round.pk, QueryDict("danh_hieu=GK"))

    assert [row.name for row in listed.rows] == ["Lò Văn Hặc"]


def test_an_award_that_the_round_does_not_ask_for_is_pointed_out(desk):
    desk.round.awards = ["LDTT"]
    desk.round.save()

    report = run(desk, sheet_of(("Họ và tên", "Danh hiệu"), ("Nguyễn Thị Hoa", "LĐTT"), ("Lò Văn Hặc", "Giấy khen")))

    told_of = "Ngoài các danh hiệu, hình thức của đợt xét"
    assert [(row.outcome, row.notes) for row in report.rows] == [("new", []), ("new", [f"{told_of}."])]
    rows = desk.page("nominees").context["rows"]
    assert [(row.nominee.name, row.doubts) for row in rows] == [("Nguyễn Thị Hoa", ()), ("Lò Văn Hặc", (told_of,))]


def test_strangers_and_rounds_that_moved_on_take_no_file(desk, system_list):
    with pytest.raises(NoRight):
        NomineeResource.opened(actor=UserFactory.create(role=Role.OFFICER), target_id=desk.round.pk, options={})
    with pytest.raises(NoRight):
        NomineeResource.opened(actor=desk.binh, target_id=desk.round.pk, options={})
    Round.objects.filter(pk=desk.round.pk).update(state="done")

    with pytest.raises(Exception, match="Đợt xét đã qua bước tiếp nhận"):
        run(desk, system_list)


def test_a_file_is_looked_at_shown_and_taken_on_pages(desk, django_capture_on_commit_callbacks, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    stream = filled("ca_nhan", "DANHSACH", {"B": "Nguyễn Thị Hoa", "K": "1647933042"})
    upload = SimpleUploadedFile("CANHAN.xlsx", stream.getvalue())
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post("nominees_import", file=upload, sender=SCHOOL)

    found = SheetImport.objects.get()
    assert answer["Location"] == reverse("core:import", args=[found.pk])
    page = desk.window().get(answer["Location"]).content.decode()
    assert "Nguyễn Thị Hoa" in page
    assert (found.report["counts"]["new"], told(desk.round)) == (1, [])
    with django_capture_on_commit_callbacks(execute=True):
        desk.window().post(reverse("core:import_accept", args=[found.pk]), {"digest": found.digest})

    assert told(desk.round) == [(SCHOOL, "Nguyễn Thị Hoa", "LDTT", "proposed")]
