"""From the file that the superior sent to the same file with our figures in it."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from campaigns.filling.mapping import load
from campaigns.filling.services import receive
from campaigns.filling.tables import Spot
from campaigns.models import Campaign, TableMap
from campaigns.results.targets import TargetRow
from core.models import AuditEntry
from tests.campaigns.filling.made import INSURED, RICE, plain_book, superiors_book, superiors_document
from tests.campaigns.results.conftest import Office

LIST_QUERIES, TABLE_QUERIES = 8, 11


@pytest.fixture
def running(office: Office) -> Office:
    """Rice and insurance with figures, poverty without."""
    rice, insured, _ = office.targets(
        TargetRow(RICE, low=Decimal(2200), measure="tấn", adds_up=True, baseline=Decimal("2150.5")),
        TargetRow("tỷ lệ người dân tham gia bảo hiểm y tế", ">=", Decimal(95), measure="%"),
        TargetRow("tỷ lệ hộ nghèo", "range", Decimal(1), Decimal(2), measure="%"),
    )
    office.record(rice, "1100.25")
    office.record(insured, 93)
    return office


def send(office: Office, content: bytes, name: str = "Biểu 01.xlsx"):
    return office.post("fillings", file=SimpleUploadedFile(name, content))


def sent(office: Office, content: bytes, name: str = "Biểu 01.xlsx") -> TableMap:
    answer = send(office, content, name)
    assert answer.status_code == 302, answer.context["form"].errors
    return TableMap.objects.latest("pk")


def told(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def save(office: Office, table_map: TableMap, query: str = "", **said: str):
    table_map.refresh_from_db()
    return office.post("filling", table_map.pk, query=query, **{"seen": table_map.at.isoformat(), **said})


def sheet(answer):
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content))["Biểu 01"]


def test_a_table_is_proposed_looked_at_and_given_back_filled(running):
    table_map = sent(running, superiors_book())

    page = running.page("filling", table_map.pk, ky="2024-H1")

    assert told(page) == []
    assert "12 ô do chương trình đề nghị" in page.text
    assert "Tải tệp đã điền" not in page.text
    assert page.context["standing"] == "6 tháng đầu năm 2024: điền 8 ô, 4 ô chưa có số liệu."

    save(running, table_map, viec="xem-het")
    page = running.page("filling", table_map.pk, ky="2024-H1")
    assert "đề nghị" not in page.text
    assert "Tải tệp đã điền" in page.text
    answer = running.page("filling_download", table_map.pk, ky="2024-H1")

    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''Bi%E1%BB%83u%2001-da-dien.xlsx"
    rows = [[cell.value for cell in row] for row in sheet(answer)["D5:H8"]]
    assert rows == [
        [2150.5, 2200, 1100.25, 0.5, "=IF(E5=0,0,F5/E5*100)"],
        [None, None, None, None, "=IF(E6=0,0,F6/E6*100)"],
        [None, 95, 93, 0.979, "=IF(E7=0,0,F7/E7*100)"],
        [None, 1, None, None, "=IF(E8=0,0,F8/E8*100)"],
    ]
    missing = [(one.spot.address, one.why) for one in page.context["filling"].missing]
    assert missing == [
        ("D7", "chưa ghi số năm trước đạt"),
        ("D8", "chưa ghi số năm trước đạt"),
        ("F8", "chưa có số liệu"),
        ("G8", "chưa có số liệu"),
    ]


def test_the_next_file_of_the_same_layout_is_filled_at_once_and_old_figures_do_not_stay(running):
    table_map = sent(running, superiors_book())
    save(running, table_map, viec="xem-het")
    old = running.page("filling_download", table_map.pk, ky="2024-H1").content

    answer = send(running, old, "Biểu 9 tháng.xlsx")

    page = running.window().get(answer.url, {"ky": "2024-Q1"})
    assert told(page)[-1] == "Bảng này đã điền trước đây: 12 ô được điền như lần trước."
    assert TableMap.objects.get() == table_map
    assert sheet(running.page("filling_download", table_map.pk, ky="2024-Q1"))["F5"].value is None
    assert AuditEntry.objects.filter(code="campaigns.table.received").count() == 2


def test_next_years_campaign_fills_it_by_the_words_of_its_targets(running):
    table_map = sent(running, superiors_book())
    save(running, table_map, viec="xem-het")
    next_year = Campaign.objects.create(unit=running.unit, title="Thi đua năm 2025", year=2025, state="running")
    running.campaign = next_year
    rice, _ = running.targets(
        TargetRow("sản lượng lúa", low=Decimal(2300)), TargetRow("Tỷ lệ hộ nghèo", low=Decimal(1))
    )

    received = receive(
        next_year,
        io.BytesIO(superiors_book(title="BIỂU TỔNG HỢP KẾT QUẢ PHONG TRÀO THI ĐUA NĂM 2025", year=2025)),
        name="b.xlsx",
        actor=running.an,
    )

    assert (received.is_known, received.kept) == (True, 8)
    assert received.lost == ("tỷ lệ người dân tham gia bảo hiểm y tế: phong trào này không có",)
    uses = load(received.table_map.cells)
    assert (uses[Spot(0, 4, 5)].target, uses[Spot(0, 4, 5)].what) == (rice.pk, "value")


def test_a_changed_layout_keeps_what_still_fits_and_says_what_does_not(running):
    table_map = sent(running, superiors_book())
    save(running, table_map, viec="xem-het")
    rows = (("1", "Trồng cây", "cây"), ("2", RICE, "tấn"), ("3", "Tỷ lệ hộ nghèo", "%"))

    received = receive(running.campaign, io.BytesIO(superiors_book(rows=rows)), name="m.xlsx", actor=running.an)

    assert (received.is_known, received.kept) == (False, 8)
    assert received.lost == tuple(
        f"{INSURED}, {what}" for what in ("Năm trước đạt", "Chỉ tiêu giao", "Thực hiện", "Tỷ lệ % so với chỉ tiêu")
    )
    assert load(received.table_map.cells)[Spot(0, 5, 5)].what == "value"


def test_a_row_a_column_and_a_cell_are_chosen_anew(running):
    table_map = sent(running, plain_book(("Nội dung", "Số liệu", "Khác"), ("Lúa gạo",), ("Rau",)))
    rice, insured = (target.pk for target in running.campaign.targets.all()[:2])
    assert table_map.cells == []

    save(running, table_map, **{"hang-1": str(rice), "hang-2": "", "cot-1": "value", "cot-2": ""})
    table_map.refresh_from_db()
    assert table_map.cells == [{"table": 0, "row": 1, "column": 1, "target": rice, "what": "value"}]
    page = running.page("filling", table_map.pk, ky="2024-H1", o="2.2")
    assert 'name="o-chi-tieu"' in page.text
    chosen = {"hang-1": str(rice), "hang-2": "", "cot-1": "value", "cot-2": ""}
    save(running, table_map, **chosen, o="2.2", **{"o-chi-tieu": str(insured), "o-so-lieu": "aim"})

    answer = running.page("filling_download", table_map.pk, ky="2024-H1")
    found = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [[cell.value for cell in row] for row in found["B2:C3"]] == [[1100.25, None], [None, 95]]


def test_a_target_of_another_campaign_and_an_unknown_figure_are_no_choice(running):
    table_map = sent(running, plain_book(("Nội dung", "Số liệu"), ("Lúa gạo", None)))

    save(running, table_map, **{"hang-1": "999999", "cot-1": "password", "hang-77": "1", "o": "x.y"})

    table_map.refresh_from_db()
    assert table_map.cells == []


def test_two_who_map_at_once_lose_nothing(running):
    table_map = sent(running, superiors_book())
    seen = table_map.at.isoformat()
    TableMap.objects.filter(pk=table_map.pk).update(at="2024-07-05T10:00:00Z")  # somebody saved meanwhile

    answer = running.post("filling", table_map.pk, seen=seen, viec="xem-het")

    assert answer.status_code == 409
    assert "Vừa có người khác sửa cách điền bảng này" in answer.text
    table_map.refresh_from_db()
    assert all(cell["proposed"] for cell in table_map.cells)


def test_a_word_table_is_filled_in_words(running):
    table_map = sent(running, superiors_document(), "Biểu mẫu.docx")
    save(running, table_map, viec="xem-het")

    answer = running.page("filling_download", table_map.pk, ky="2024-H1")

    table = Document(io.BytesIO(answer.content)).tables[0]
    assert [[cell.text for cell in row.cells][2:4] for row in table.rows][2:] == [["2.200", "1.100,25"], ["95", "93"]]


def test_figures_of_some_villages_are_no_figure_of_the_commune(running):
    [trees] = running.targets(TargetRow("Trồng cây phân tán", low=Decimal(3000), measure="cây", adds_up=True))
    running.record(trees, 100, running.villages[0])
    table_map = sent(running, plain_book(("Nội dung", "Thực hiện"), ("Trồng cây phân tán", None)))

    [missing] = running.page("filling", table_map.pk, ky="2024-H1").context["filling"].missing

    assert missing.why == "mới có số của 1/3 thôn"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"TT,Ten", "Tệp này không phải bảng tính hay văn bản"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "đặt mật khẩu"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "kiểu cũ (.xls, .doc)"),
        (b"PK\x03\x04 broken", "bị hỏng"),
        (plain_book(), "không có bảng nào"),
        (superiors_book()[:-400], "bị hỏng"),
    ],
)
def test_what_is_no_table_is_refused_at_its_field(running, content, words):
    answer = send(running, content)

    assert answer.status_code == 422
    [error] = answer.context["form"].errors["file"]
    assert words in error
    assert not TableMap.objects.exists()


def test_macros_and_bombs_are_refused_before_they_are_unpacked(running):
    for name, data, words in (("xl/vbaProject.bin", b"x", "macro"), ("xl/big.xml", b"0" * (41 << 20), "quá lớn")):
        content = io.BytesIO(superiors_book())
        with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, data)

        [error] = send(running, content.getvalue()).context["form"].errors["file"]

        assert words in error


def test_a_colleague_reads_and_takes_the_file_and_changes_nothing(running):
    content = superiors_book()
    table_map = sent(running, content)

    page = running.page("filling", table_map.pk, who=running.binh, ky="2024-H1")

    assert page.status_code == 200
    assert '<select id="hang-' not in page.text
    assert running.page("filling_download", table_map.pk, who=running.binh).status_code == 200
    original = running.window(running.binh).get(f"/tep/{table_map.file_id}/")
    assert b"".join(original.streaming_content) == content
    assert running.window(running.cuong).get(f"/tep/{table_map.file_id}/").status_code == 404
    assert running.post("filling", table_map.pk, who=running.binh).status_code == 403


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_costs_the_same_however_long_it_is(running, count):
    stored = sent(running, superiors_book()).file
    TableMap.objects.bulk_create(
        TableMap(unit=running.unit, campaign=running.campaign, layout=f"{at}", file=stored, by=running.an)
        for at in range(count - 1)
    )

    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = running.page("fillings")

    assert page.context["page"].total == count
    assert len(queries) == LIST_QUERIES


def test_putting_a_table_away_is_told_in_the_history(running):
    table_map = sent(running, superiors_book())

    assert running.post("filling_put_away", table_map.pk).status_code == 302

    assert not TableMap.objects.exists()
    assert AuditEntry.objects.filter(code="campaigns.table.put_away").count() == 1


def test_a_table_costs_the_same_with_three_targets_and_with_sixty(running):
    table_map = sent(running, superiors_book())
    running.page("filling", table_map.pk, ky="2024-H1")  # the message of the upload is shown once
    counts = {}
    for count in (3, 60):
        with CaptureQueriesContext(connection) as queries:
            page = running.page("filling", table_map.pk, ky="2024-H1")
        assert len(page.context["targets"]) == count
        counts[count] = len(queries)
        running.targets(*(TargetRow(f"Mô hình số {at}", low=Decimal(at)) for at in range(1, 58)))

    assert counts == {3: TABLE_QUERIES, 60: TABLE_QUERIES}


def test_what_was_done_with_a_table_is_told_in_the_history_of_the_campaign(running):
    table_map = sent(running, superiors_book())
    save(running, table_map, viec="xem-het")
    running.post("filling_put_away", table_map.pk)

    lines = running.page("campaign").context["history"].lines

    told_of = [(line.who, line.what) for line in lines if "cấp trên" in line.what]
    assert told_of == [
        ("Nguyễn Thị An", "Bỏ bảng của cấp trên"),
        ("Nguyễn Thị An", "Chọn số liệu cho các ô của bảng cấp trên"),
        ("Nguyễn Thị An", "Nhận bảng của cấp trên để điền"),
    ]
    changes = [{one.name: (one.old, one.new) for one in line.changes} for line in lines[:3]]
    assert [one["Bảng"] for one in changes] == [
        ("Biểu 01.xlsx", "(trống)"),
        ("(trống)", "Biểu 01.xlsx"),
        ("(trống)", "Biểu 01.xlsx"),
    ]
    assert len(changes[1]) == 13, "the table and its 12 cells"
