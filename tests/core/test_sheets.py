"""Sheets: whatever an office puts into a file is read as meant, refused with a way out, or told as unread."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
import zipfile

import openpyxl
import pytest

from core.files import XLSX, UnfitFile
from core.sheets import reading
from core.sheets.reading import CSV, Broken, UnfitSheet, clean_text, type_of_sheet
from core.sheets.tables import find_table
from core.sheets.writing import SheetColumn, SheetData, workbook
from tests.core.sheet_samples import WANTED, book, read_book, rewritten, saved, sheets, values

FIRST, FIFTH = (dt.datetime.fromisoformat(day) for day in ("2026-03-01", "2026-03-05"))
HALF_PAST_SEVEN = dt.datetime.fromisoformat("2026-03-05T07:30")
"""As Excel keeps days: without a time zone."""


def rows(content: bytes) -> list[tuple]:
    [sheet] = sheets(content)
    return sheet.rows


@pytest.fixture
def type_of(tmp_path):
    def type_of(content: bytes) -> str:
        path = tmp_path / "tep"
        path.write_bytes(content)
        return type_of_sheet(path)

    return type_of


# -- Which files -------------------------------------------------------------------------


def test_a_sheet_is_known_by_its_content(type_of):
    assert type_of(book([["a"]])) == XLSX
    assert type_of("TT,Họ và tên\n1,An\n".encode()) == CSV


NO_SHEET = "Tệp này không phải bảng tính. Chương trình nhận tệp Excel (.xlsx) hoặc CSV."
AS_XLSX = "Hãy mở tệp bằng Excel, chọn Lưu thành (Save As), kiểu «Excel Workbook (*.xlsx)», rồi nạp tệp mới."


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


OLD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(OLD, f"Tệp này theo kiểu Excel cũ (.xls). {AS_XLSX}", id="xls"),
        pytest.param(
            OLD + "EncryptedPackage".encode("utf-16-le"),
            "Tệp Excel này đặt mật khẩu. Hãy mở tệp, bỏ mật khẩu, lưu lại rồi nạp tệp mới.",
            id="password",
        ),
        pytest.param(
            zipped(**{"[Content_Types].xml": b"<T/>", "xl__workbook.xml": b"<w/>", "xl__vbaProject.bin": b"\1"}),
            f"Tệp này có macro nên không nhận. {AS_XLSX}",
            id="macros",
        ),
        pytest.param(
            zipped(**{"[Content_Types].xml": b"<T/>", "xl__workbook.xml": bytes(70 << 20)}),
            "Tệp này khi mở ra quá lớn. Hãy chép riêng bảng cần nạp sang một tệp Excel mới rồi nạp tệp đó.",
            id="zip bomb",
        ),
        pytest.param(
            b"PK\x03\x04" + bytes(300),
            "Tệp Excel này bị hỏng. Hãy mở lại bằng Excel, lưu thành tệp mới rồi nạp tệp mới.",
            id="broken zip",
        ),
        pytest.param(zipped(**{"[Content_Types].xml": b"<T/>", "word__document.xml": b"<w/>"}), NO_SHEET, id="word"),
        pytest.param(b"%PDF-1.7\n", NO_SHEET, id="pdf"),
        pytest.param(b"\x00\x01\x02\x03", NO_SHEET, id="bytes"),
        pytest.param(b"  \n", NO_SHEET, id="nothing"),
    ],
)
def test_other_files_are_refused_with_a_way_out(type_of, content, sentence):
    with pytest.raises(UnfitFile) as refusal:
        type_of(content)

    assert str(refusal.value) == sentence


def test_a_damaged_sheet_is_told_in_a_sentence():
    damaged = rewritten(book([["a"]]), **{"xl__worksheets__sheet1.xml": ("</sheetData>.*", "<row")})

    with pytest.raises(UnfitSheet, match="^Không đọc được bảng trong tệp này"):
        sheets(damaged)


def test_a_file_that_grows_without_end_inside_is_refused():
    bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
    )
    content = rewritten(book([["đích"]]), **{"xl__worksheets__sheet1.xml": (r"^(<worksheet)", f"{bomb}]>\\1 x='&j;'")})

    with pytest.raises(UnfitSheet):
        sheets(content)


# -- What a cell says --------------------------------------------------------------------


def test_cells_are_read_as_plain_values():
    made = openpyxl.Workbook()
    made.active.append(
        ["  Lê\u00a0 Thị   Mai ", 3, 3.0, 2.5, True, None, "hai\ndòng", "e\u0302\u0323", "\ufeff", "a_x000D_"]
    )

    assert rows(saved(made)) == [("Lê Thị Mai", 3, 3, 2.5, True, None, "hai\ndòng", "ệ", None, "a")]


def test_days_of_excel_are_days_and_a_month_stays_as_typed():
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append([FIFTH, HALF_PAST_SEVEN, FIRST, FIRST])
    for cell, shown in zip(sheet[1], ("dd/mm/yyyy", "dd/mm/yyyy hh:mm", "mmm-yy", "[$-42A]d/m/yyyy"), strict=True):
        cell.number_format = shown

    assert rows(saved(made)) == [(dt.date(2026, 3, 5), HALF_PAST_SEVEN, "3/2026", dt.date(2026, 3, 1))]


def test_formulas_are_read_as_their_values_and_those_without_are_told():
    computed = rewritten(
        book([["=1+2", "x"], ["=A1*2", "y"]]),
        **{"xl__worksheets__sheet1.xml": (r"(<f>1\+2</f>)<v ?/>|(<f>1\+2</f>)<v></v>", r"<f>1+2</f><v>3</v>")},
    )

    assert rows(computed) == [
        (3, "x"),
        (Broken("công thức chưa có kết quả; hãy mở tệp bằng Excel, lưu lại rồi nạp lại"), "y"),
    ]


def test_an_error_of_excel_is_no_value():
    assert rows(book([["#N/A", "tốt"]])) == [
        (Broken("ô này đang báo lỗi #N/A của Excel; hãy sửa công thức hoặc gõ thẳng giá trị"), "tốt")
    ]


def test_hidden_sheets_are_not_read():
    made = openpyxl.Workbook()
    made.active.append(["thấy"])
    made.create_sheet("DANHMUC").append(["ẩn"])
    made["DANHMUC"].sheet_state = "hidden"

    assert [sheet.name for sheet in sheets(saved(made))] == ["Sheet"]


def test_blank_rows_between_keep_their_places_and_those_at_the_end_go():
    made = openpyxl.Workbook()
    made.active["B2"], made.active["A900"] = "x", "  "

    assert rows(saved(made)) == [(), (None, "x")]


def test_a_sheet_too_long_is_refused_before_it_is_held(monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 20)

    with pytest.raises(UnfitSheet, match="^Bảng dài quá 20 dòng. Hãy chia thành nhiều tệp.$"):
        sheets(book([[n] for n in range(200)]))


def test_a_row_far_below_costs_no_time(monkeypatch):
    content = rewritten(book([["a"], ["b"]]), **{"xl__worksheets__sheet1.xml": ('r="2"', 'r="900000"')})

    with pytest.raises(UnfitSheet, match="dài quá 5.000 dòng"):
        sheets(content)


# -- CSV ---------------------------------------------------------------------------------

LINES = [["TT", "Họ và tên", "Chức vụ"], ["1", "Nguyễn Thị Hằng", "Phó Chủ tịch; Trưởng ban"], ["2", "Lò Văn Ướt", ""]]
READ = [("TT", "Họ và tên", "Chức vụ"), ("1", "Nguyễn Thị Hằng", "Phó Chủ tịch; Trưởng ban"), ("2", "Lò Văn Ướt")]


def as_cp1258(text: str) -> bytes:
    """As Excel on a Vietnamese Windows: tone marks stand behind their letters."""
    out = bytearray()
    for letter in text:
        for piece in (letter, _taken_apart(letter)):
            try:
                out += piece.encode("cp1258")
            except UnicodeEncodeError:
                continue
            break
    return bytes(out)


def _taken_apart(letter: str) -> str:
    marks = unicodedata.normalize("NFD", letter)
    tones = "".join(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
    rest = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones))
    return rest + tones


@pytest.mark.parametrize(
    "encode",
    [
        pytest.param(lambda text: text.encode(), id="utf-8"),
        pytest.param(lambda text: text.encode("utf-8-sig"), id="utf-8 with its mark"),
        pytest.param(lambda text: text.encode("utf-16"), id="utf-16"),
        pytest.param(as_cp1258, id="windows"),
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_in_every_form_that_excel_writes(type_of, encode, separator):
    quoted = "\r\n".join(separator.join(f'"{cell}"' for cell in line) for line in LINES)
    content = encode(quoted)
    assert type_of(content) == CSV

    [sheet] = sheets(content, CSV)

    assert sheet.rows == READ


def test_csv_keeps_line_breaks_in_cells_and_obeys_its_own_separator():
    [sheet] = sheets('sep=;\r\n"a, b";"hai\ndòng"\r\n'.encode(), CSV)

    assert sheet.rows == [("a, b", "hai\ndòng")]


# -- Writing -----------------------------------------------------------------------------

HOSTILE = ["=1+1", "+84 912", "-5", "@SUM(A1)", '=HYPERLINK("x")', "\tx", "\rx", "00123", "bình thường"]


def written(**more) -> bytes:
    columns = [SheetColumn("TT", 6), SheetColumn("Họ và tên", 30, "Ghi đủ họ, chữ đệm, tên."), SheetColumn("Hạn", 14)]
    data = {
        "name": "Nhân sự",
        "title": "Nhân sự của xã An Sơn",
        "columns": columns,
        "rows": [],
        "note": "Xuất lúc 9:00",
    }
    return workbook([SheetData(**(data | more))])


def test_a_written_sheet_has_title_head_real_days_and_stays_put_while_scrolling():
    content = written(rows=[[1, "Lê Mai", dt.date(2026, 3, 5)]])

    assert read_book(content) == {
        "Nhân sự": [
            ("Nhân sự của xã An Sơn", None, None),
            ("Xuất lúc 9:00", None, None),
            ("TT", "Họ và tên", "Hạn"),
            (1, "Lê Mai", FIFTH),
        ]
    }
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A4", "A3:C4", "$3:$3")
    assert [sheet.column_dimensions[letter].width for letter in "ABC"] == [6, 30, 14]
    assert sheet["C4"].number_format == "dd/mm/yyyy"


def test_nothing_that_was_typed_becomes_a_formula_and_all_comes_back():
    content = written(rows=[[position, text, None] for position, text in enumerate(HOSTILE, start=1)])

    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    cells = [sheet.cell(row, 2) for row in range(4, 4 + len(HOSTILE))]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == HOSTILE
    assert [cell.quotePrefix for cell in cells] == [True] * 7 + [False] * 2
    found = find_table(sheets(content), WANTED, ["name"])
    assert [row.values["name"] for row in found.rows] == [clean_text(text) for text in HOSTILE]


def test_a_template_offers_choices_and_its_hints_are_not_taken_for_a_row():
    columns = [
        SheetColumn("TT", 6),
        SheetColumn("Họ và tên", 30, "Họ và tên đầy đủ"),
        SheetColumn("Chức vụ", 20, choices=("Bí thư", "Chủ tịch, Phó chủ tịch")),
    ]
    content = written(columns=columns, with_hints=True, offered_rows=3)

    made = openpyxl.load_workbook(io.BytesIO(content))
    sheet = made["Nhân sự"]
    [offer] = sheet.data_validations.dataValidation
    assert (offer.formula1, str(offer.sqref)) == ("'Danh mục'!$A$2:$A$3", "C5:C7")
    assert read_book(content)["Danh mục"] == [("Chức vụ",), ("Bí thư",), ("Chủ tịch, Phó chủ tịch",)]
    sheet["B5"] = "Lê Mai"
    assert values(find_table(sheets(saved(made)), WANTED, ["name"])) == [(5, {"name": "Lê Mai"})]
