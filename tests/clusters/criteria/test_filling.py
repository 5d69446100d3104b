"""A superior's own score sheet comes back with the season's points in its cells, its layout and formulas untouched."""

from __future__ import annotations

import io
from collections.abc import Iterator

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl.styles import PatternFill

from clusters.models import Assignment, Entry, ScoreSheet
from core.models import SheetImport
from tests.clusters.season import Round, a_round
from tests.factories import Role, UserFactory
from tests.units.conftest import signed_in
from units.models import User

pytestmark = pytest.mark.django_db


def book(heads: tuple[str, ...]) -> bytes:
    """A title over the table, marks, formulas for the groups and the sum, a coloured column."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Mẫu 02"
    sheet["A1"] = "BẢNG CHẤM ĐIỂM THI ĐUA"
    sheet.merge_cells("A1:F1")
    for column, words in enumerate(heads, start=1):
        sheet.cell(3, column, words)
    rows = [
        ("I", "Phát triển kinh tế - xã hội", 50),
        ("1", "Thu ngân sách trên địa bàn", 20),
        ("2", "Tỷ lệ hộ nghèo", 10),
        ("II", "Công tác thi đua, khen thưởng", 50),
        ("3", "Chế độ họp, sinh hoạt cụm", 25),
    ]
    for at, cells in enumerate(rows, start=4):
        for column, value in enumerate(cells, start=1):
            sheet.cell(at, column, value)
        sheet.cell(at, 4).fill = PatternFill("solid", start_color="FFF2CC")
    sheet["D4"] = "=SUM(D5:D6)"
    sheet["B9"] = "Tổng cộng"
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


OF_ONE = ("TT", "Nội dung", "Điểm chuẩn", "Tự chấm", "Trưởng cụm chấm", "Lý do")
OF_ALL = ("TT", "Nội dung", "Điểm chuẩn", "Xã An Bình", "Xã Bình Minh", "Ghi chú")


@pytest.fixture
def found() -> Iterator[Round]:
    """On a day on which no report is late yet."""
    with time_machine.travel("2026-11-20 03:00Z", tick=False):
        yield _scored()


def _scored() -> Round:
    found = a_round()
    for place, actual in ((0, 8), (1, 5)):
        member = found.members[place]
        Assignment.objects.create(member=member, criterion=found.criteria["I.1"], target=10)
        Entry.objects.create(
            sheet=found.sheets[place], criterion=found.criteria["I.1"], stage="self", actual=actual, reason="Theo Thuế"
        )
    Entry.objects.create(
        sheet=found.sheets[1], criterion=found.criteria["II.3"], stage="head", deduction="2.5", reason="Vắng 01 buổi"
    )
    ScoreSheet.objects.filter(pk=found.sheets[1].pk).update(stage="review")
    return found


def url(found: Round, name: str, *more: int) -> str:
    return reverse(f"clusters:{name}", args=[found.season.pk, *more])


def send(found: Round, content: bytes, who: User | None = None, member: int | None = None):
    upload = SimpleUploadedFile("mau.xlsx", content)
    client = signed_in(who or found.noivu)
    return client.post(url(found, "fillings"), {"file": upload, "member": str(member or "")})


def filled(found: Round, who: User | None = None):
    table = SheetImport.objects.get(kind="clusters.filling")
    answer = signed_in(who or found.noivu).get(url(found, "filling_download", table.pk))
    return openpyxl.load_workbook(io.BytesIO(answer.content)).active


def test_the_sheet_of_one_unit(found):
    answer = send(found, book(OF_ONE), member=found.members[1].pk)
    assert answer.status_code == 302

    sheet = filled(found)

    assert [[sheet.cell(row, column).value for column in (4, 5)] for row in range(4, 10)] == [
        ["=SUM(D5:D6)", 10],
        [10, 10],
        [0, 0],
        [25, 22.5],
        [25, 22.5],
        [35, 32.5],
    ]
    assert (sheet["F5"].value, sheet["F8"].value) == ("Tự chấm: Theo Thuế", "Trưởng cụm chấm: Vắng 01 buổi")
    assert sheet["D5"].fill.start_color.rgb.endswith("FFF2CC")
    assert (sheet["A1"].value, sheet["C5"].value) == ("BẢNG CHẤM ĐIỂM THI ĐUA", 20)


def test_what_a_stage_has_not_given_yet_stays_blank_and_is_told(found):
    send(found, book(OF_ONE), member=found.members[0].pk)
    table = SheetImport.objects.get(kind="clusters.filling")

    page = signed_in(found.noivu).get(url(found, "filling", table.pk))

    assert {one.why for one in page.context["filling"].missing if one.spot.column == 4} == {"chưa xong bước này"}
    assert filled(found)["E5"].value is None


def test_a_summary_with_a_column_for_each_member(found):
    send(found, book(OF_ALL))

    sheet = filled(found)

    assert [sheet[place].value for place in ("D5", "E5", "D8", "E8")] == [16, 10, 25, 22.5]


def test_a_member_fills_its_own_and_learns_no_others_points(found):
    officer = found.officers[2]
    send(found, book(OF_ALL), who=officer)

    sheet = filled(found, who=officer)

    assert [sheet[place].value for place in ("D5", "E5", "D8", "E8")] == [None] * 4
    assert signed_in(found.noivu).get(url(found, "fillings")).context["page"].total == 0


def test_the_same_layout_is_filled_as_the_last_time(found):
    send(found, book(OF_ALL))
    table = SheetImport.objects.get(kind="clusters.filling")
    client = signed_in(found.noivu)
    page = client.get(url(found, "filling", table.pk))
    said = {"seen": page.context["seen"], "viec": "xem-het", "member": "", "hang-4": "", "cot-3": "self"}
    assert client.post(url(found, "filling", table.pk), said).status_code == 302
    kept = SheetImport.objects.get(pk=table.pk).report["cells"]
    assert not any(cell["row"] == 4 for cell in kept)

    send(found, book(OF_ALL))

    second = SheetImport.objects.filter(kind="clusters.filling").latest("pk")
    assert second.report["cells"] == kept


def test_who_chooses_after_somebody_else_is_told(found):
    send(found, book(OF_ALL))
    table = SheetImport.objects.get(kind="clusters.filling")
    client = signed_in(found.noivu)
    said = {"seen": client.get(url(found, "filling", table.pk)).context["seen"], "member": ""}
    client.post(url(found, "filling", table.pk), said | {"cot-3": "self"})

    answer = client.post(url(found, "filling", table.pk), said | {"cot-3": "head"})

    assert answer.status_code == 409
    assert "Vừa có người khác sửa" in answer.content.decode()


def test_what_is_no_table_is_told_at_the_field(found):
    answer = send(found, b"chu")

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])


def test_a_colleague_reads_and_a_stranger_learns_nothing(found):
    colleague = UserFactory(role=Role.COUNCIL_MEMBER, unit=found.province)

    assert signed_in(colleague).get(url(found, "fillings")).status_code == 200
    assert send(found, book(OF_ONE), who=colleague).status_code == 403
    assert signed_in(UserFactory(role=Role.OFFICER)).get(url(found, "fillings")).status_code == 404


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_asks_the_same_of_the_database(found, count):
    send(found, book(OF_ONE))
    one = SheetImport.objects.get(kind="clusters.filling")
    rows = [
        SheetImport(
            kind=one.kind,
            unit_id=one.unit_id,
            owner=one.owner,
            target_id=one.target_id,
            file=one.file,
            report=one.report,
        )
        for _ in range(count)
    ]
    SheetImport.objects.bulk_create(rows)
    client = signed_in(found.noivu)
    client.get(url(found, "fillings"))

    with CaptureQueriesContext(connection) as asked:
        page = client.get(url(found, "fillings"))

    assert page.context["page"].total == count + 1
    assert len(asked) == 9


def test_put_away(found):
    send(found, book(OF_ONE))
    table = SheetImport.objects.get(kind="clusters.filling")

    signed_in(found.noivu).post(url(found, "filling_put_away", table.pk))

    assert not SheetImport.objects.filter(pk=table.pk).exists()
