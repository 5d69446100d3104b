"""A sheet out to Excel for who has no account, and filled in back: looked at first, written only when accepted."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clusters.models import Assignment, Entry
from clusters.sheets import excel
from core.errors import AppError
from core.models import SheetImport
from core.sheets.reading import read_sheets
from core.sheets.tables import find_table
from tests.clusters.season import Round, a_round
from tests.clusters.sheets.cells import entry_of, move_all, write
from tests.units.conftest import signed_in

pytestmark = pytest.mark.django_db
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VALUE, REASON = 7, 8


@pytest.fixture
def found() -> Round:
    """Đông Hải is known by its name only, so the organiser enters what it sends."""
    found = a_round()
    member = found.members[3]
    member.unit = None
    member.save()
    Assignment.objects.create(member=member, criterion=found.criteria["I.1"], target=12)
    Assignment.objects.create(member=member, criterion=found.criteria["I.2"], is_assigned=False)
    return found


def book(found: Round) -> openpyxl.Workbook:
    response = signed_in(found.noivu).get(reverse("clusters:sheet_export", args=[found.sheets[3].pk]))
    assert response["Content-Type"] == XLSX
    return openpyxl.load_workbook(io.BytesIO(response.content))


def row_of(sheet, code: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value == code)


def run(found: Round, made: openpyxl.Workbook, *, dry_run: bool = False):
    """As the worker does (core.importing)."""
    stream = io.BytesIO()
    made.save(stream)
    stream.seek(0)
    resource = excel.SheetOfMember.opened(actor=found.noivu, target_id=found.sheets[3].pk, options={})
    table = find_table(read_sheets(stream, XLSX), resource.wanted, resource.required, resource.is_group)
    return resource.run(table, dry_run=dry_run)


def test_the_sheet_says_how_each_row_is_filled_in(found):
    write(found, 3, "II.3", "2; vắng 01 buổi", actor=found.noivu)
    sheet = book(found).active

    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]

    assert rows[0] == [None, None, "I. Phát triển kinh tế - xã hội", *[None] * 6]
    assert rows[1][:-1] == [
        1, "I.1", "Thu ngân sách trên địa bàn", "20,00", "12 tỷ đồng",
        "Gõ số thực hiện (tỷ đồng), như 1.234,5.", None, None,
    ]  # fmt: skip
    assert rows[2][5] == "Không giao chỉ tiêu, không chấm."
    cut = next(row for row in rows if row[1] == "II.3")
    assert cut[5:-1] == ["Đang đủ 25 điểm; chỉ gõ số điểm trừ, kèm lý do.", "2", "vắng 01 buổi"]


def test_a_filled_sheet_comes_back(found):
    made = book(found)
    sheet = made.active
    sheet.cell(row_of(sheet, "I.1"), VALUE).value = 10.5
    sheet.cell(row_of(sheet, "II.1"), VALUE).value = "x"
    sheet.cell(row_of(sheet, "II.3"), VALUE).value = 2
    sheet.cell(row_of(sheet, "II.3"), REASON).value = "Vắng 01 buổi họp"

    report = run(found, made)

    assert [(row.label, row.errors) for row in report.rows if row.errors] == []
    assert report.count("changed") == 3
    said = {entry.criterion.code: entry for entry in Entry.objects.select_related("criterion")}
    assert {code: (one.actual, one.deduction, one.reason) for code, one in said.items()} == {
        "I.1": (10.5, None, ""),
        "II.1": (1, None, ""),
        "II.3": (None, 2, "Vắng 01 buổi họp"),
    }
    assert {(one.by, one.on_behalf) for one in said.values()} == {(found.noivu, True)}
    assert run(found, book(found)).count("same") == 8


def test_rows_with_faults_are_named_and_nothing_is_written(found):
    made = book(found)
    sheet = made.active
    sheet.cell(row_of(sheet, "I.1"), VALUE).value = "mười"
    sheet.cell(row_of(sheet, "I.2"), VALUE).value = 5
    sheet.cell(row_of(sheet, "II.3"), VALUE).value = 2
    sheet.cell(row_of(sheet, "IV"), VALUE).value = 1
    sheet.cell(row_of(sheet, "II.2"), VALUE).value = 72
    sheet.cell(row_of(sheet, "III"), 2).value = "V.9"

    report = run(found, made, dry_run=True)

    assert [(row.label[:4], row.errors) for row in report.rows if row.errors] == [
        ("I.1.", ["Số thực hiện ghi «mười», không phải một số. Ghi bằng chữ số, như 12 hoặc 12,5."]),
        ("I.2.", ["Đơn vị không được giao chỉ tiêu này nên không chấm."]),
        ("II.3", ["Ghi lý do trừ điểm."]),
        ("V.9", ["Bộ tiêu chí không có mã «V.9»; hãy chép đúng mã trong tệp mẫu."]),
        ("IV. ", ["Tiêu chí này chấm từ bước Thẩm định."]),
    ]
    assert not Entry.objects.exists()


def test_blank_cells_change_nothing(found):
    write(found, 3, "II.2", "72", actor=found.noivu)
    made = book(found)
    made.active.cell(row_of(made.active, "II.2"), VALUE).value = None

    assert run(found, made).count("changed") == 0
    assert entry_of(found.sheets[3], "II.2").actual == 72


def test_a_file_that_comes_back_late_changes_only_what_was_edited_in_it(found):
    write(found, 3, "I.1", "9", actor=found.noivu)
    write(found, 3, "II.2", "72", actor=found.noivu)
    late = book(found)
    write(found, 3, "I.1", "10", actor=found.noivu)
    late.active.cell(row_of(late.active, "II.2"), VALUE).value = 65

    report = run(found, late)

    kept = next(row for row in report.rows if row.label.startswith("I.1."))
    assert (kept.outcome, kept.changes) == ("same", [])
    [note] = kept.notes
    assert note.startswith("Giữ như mới ghi:")
    assert "đã ghi 10 lúc" in note
    assert report.count("changed") == 1
    assert [entry_of(found.sheets[3], code).actual for code in ("I.1", "II.2")] == [10, 65]


def test_a_row_edited_on_both_sides_shows_both_and_writes_nothing(found):
    write(found, 3, "I.1", "9", actor=found.noivu)
    late = book(found)
    write(found, 3, "I.1", "10", actor=found.noivu)
    late.active.cell(row_of(late.active, "I.1"), VALUE).value = 11
    late.active.cell(row_of(late.active, "II.2"), VALUE).value = 65

    report = run(found, late)

    [wrong] = [row for row in report.rows if row.errors]
    [told] = wrong.errors
    assert "đã ghi 10 lúc" in told
    assert told.endswith("; tệp ghi 11. Hãy xuất tệp mới, xem lại rồi sửa trong tệp đó.")
    assert (entry_of(found.sheets[3], "I.1").actual, entry_of(found.sheets[3], "II.2")) == (10, None)


def test_the_same_figure_from_both_sides_is_no_conflict(found):
    late = book(found)
    write(found, 3, "I.1", "10,5", actor=found.noivu)
    late.active.cell(row_of(late.active, "I.1"), VALUE).value = 10.5

    report = run(found, late)

    assert ([row.errors for row in report.rows if row.errors], report.count("changed")) == ([], 0)


def test_a_file_of_another_stage_writes_down_nothing_that_was_only_shown(found):
    """Where the stage has said nothing itself, the file shows what the one before left."""
    write(found, 3, "I.1", "9", actor=found.noivu)
    move_all(found, "review")

    assert run(found, book(found)).count("changed") == 0
    assert entry_of(found.sheets[3], "I.1", "review") is None


def test_the_file_of_another_member_is_refused(found):
    made = book(found)
    other = found.members[2]
    other.unit = None
    other.save()
    row = row_of(made.active, "I.1")
    last = made.active.max_column
    made.active.cell(row, last).value = made.active.cell(row, last).value.replace(
        f"{found.sheets[3].pk}-", f"{found.sheets[2].pk}-", 1
    )

    [wrong] = [row for row in run(found, made).rows if row.errors]

    assert wrong.errors == ["Dòng này của bảng điểm khác, không phải của Xã Đông Hải. Hãy chọn đúng tệp."]


def test_only_who_works_on_the_sheet_brings_it_back(found):
    made = book(found)
    move_all(found, "review")
    run(found, made)
    for actor in (found.officers[0], found.officers[3]):
        with pytest.raises(AppError):
            excel.SheetOfMember.opened(actor=actor, target_id=found.sheets[3].pk, options={})


def test_the_page_keeps_the_file_and_has_it_looked_at(found):
    stream = io.BytesIO()
    book(found).save(stream)
    client = signed_in(found.noivu)
    url = reverse("clusters:sheet_import", args=[found.sheets[3].pk])
    assert client.get(url).status_code == 200

    response = client.post(url, {"file": SimpleUploadedFile("bảng chấm.xlsx", stream.getvalue(), XLSX)})

    [kept] = SheetImport.objects.all()
    assert response.url == reverse("core:import", args=[kept.pk])
    assert (kept.kind, kept.target_id, kept.unit_id) == (excel.KIND, found.sheets[3].pk, found.province.pk)
    assert signed_in(found.officers[0]).get(url).status_code == 404
