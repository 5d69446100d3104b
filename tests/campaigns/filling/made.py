"""Tables as superiors send them, made here: heads over two rows, totals, drop-down lists, a picture, hidden sheets."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from docx import Document
from docx.shared import Pt, RGBColor
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image

TITLE = "BIỂU TỔNG HỢP KẾT QUẢ PHONG TRÀO THI ĐUA 6 THÁNG ĐẦU NĂM 2024"
RICE, MAIZE, INSURED, POOR = "Sản lượng lúa", "Sản lượng ngô", "Tỷ lệ người dân tham gia BHYT", "Tỷ lệ hộ nghèo"
ROWS = (("1", RICE, "tấn"), ("2", MAIZE, "tấn"), ("3", INSURED, "%"), ("4", POOR, "%"))


def superiors_book(title: str = TITLE, rows: tuple[tuple[str, str, str], ...] = ROWS, year: int = 2024) -> bytes:
    """Columns: A number, B target, C measure, D last year, E aim, F reached, G percent (formatted), H its formula."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biểu 01"
    sheet["A1"] = title
    sheet.merge_cells("A1:I1")
    sheet["A1"].font = Font(name="Times New Roman", size=14, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center")
    heads = {"A": "TT", "B": "Nội dung", "C": "Đơn vị tính", "D": f"Thực hiện năm {year - 1}", "I": "Ghi chú"}
    for column, words in heads.items():
        sheet[f"{column}3"] = words
        sheet.merge_cells(f"{column}3:{column}4")
    sheet["E3"] = f"Năm {year}"
    sheet.merge_cells("E3:H3")
    for column, words in zip("EFGH", ("Kế hoạch giao", "Thực hiện", "Tỷ lệ (%)", "So với kế hoạch"), strict=True):
        sheet[f"{column}4"] = words
    thin = Side(style="thin")
    for at, (number, words, measure) in enumerate(rows, start=5):
        sheet[f"A{at}"], sheet[f"B{at}"], sheet[f"C{at}"] = number, words, measure
        sheet[f"H{at}"] = f"=IF(E{at}=0,0,F{at}/E{at}*100)"
        for column in "DEF":
            sheet[f"{column}{at}"].number_format = "#,##0.00"
        sheet[f"G{at}"].number_format = "0.0%"
        for column in "ABCDEFGHI":
            sheet[f"{column}{at}"].border = Border(thin, thin, thin, thin)
        sheet[f"F{at}"].fill = PatternFill("solid", start_color="FFF2CC")
    last = len(rows) + 4
    sheet[f"B{last + 1}"] = "Cộng"
    sheet[f"F{last + 1}"] = f"=SUM(F5:F{last})"
    _more(book, sheet, last)
    return _saved(book)


def _more(book: Any, sheet: Any, last: int) -> None:
    """What a program that rewrites a workbook easily loses."""
    for column, width in {"A": 6, "B": 42, "C": 11, "D": 13, "E": 13, "F": 13, "G": 11, "H": 12, "I": 18}.items():
        sheet.column_dimensions[column].width = width
    choice = DataValidation(type="list", formula1='"Đạt,Chưa đạt"')
    choice.add(f"I5:I{last}")
    sheet.add_data_validation(choice)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.print_title_rows, sheet.print_area = "3:4", f"A1:I{last + 1}"
    picture = io.BytesIO()
    Image.new("RGB", (40, 20), "#9f1d20").save(picture, "PNG")
    sheet.add_image(SheetImage(picture), "K2")
    other = book.create_sheet("Tổng hợp")
    other["A1"], other["B1"] = "Tổng thực hiện", f"='Biểu 01'!F{last + 1}*2"
    hidden = book.create_sheet("Danh mục")
    hidden["A1"] = f"='Biểu 01'!F{last + 1}+1"
    hidden.sheet_state = "hidden"
    book.defined_names["TongThucHien"] = DefinedName("TongThucHien", attr_text=f"'Biểu 01'!$F${last + 1}")


def _saved(book: Any) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def plain_book(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return _saved(book)


def superiors_document() -> bytes:
    """One table: a head over two rows, 13 pt Times New Roman, one row with dots to write on, one in red."""
    document = Document()
    document.add_paragraph("BIỂU MẪU BÁO CÁO")
    table = document.add_table(rows=4, cols=5, style="Table Grid")
    for row, texts in enumerate(
        [
            ("TT", "Chỉ tiêu", "Năm 2024", "", "Ghi chú"),
            ("", "", "Kế hoạch", "Thực hiện", ""),
            ("1", RICE, "", "", ""),
            ("2", INSURED, "", "……", ""),
        ]
    ):
        for column, text in enumerate(texts):
            run = table.cell(row, column).paragraphs[0].add_run(text)
            run.font.name, run.font.size = "Times New Roman", Pt(13)
    for first, last in (((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 3)), ((0, 4), (1, 4))):
        merged = table.cell(*first).merge(table.cell(*last))
        for paragraph in merged.paragraphs[1:]:
            paragraph._p.getparent().remove(paragraph._p)
    table.cell(3, 3).paragraphs[0].runs[0].font.color.rgb = RGBColor(0x9F, 0x1D, 0x20)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(content: bytes, changed: Mapping[str, Callable[[str], str]]) -> bytes:
    """The package with the words of some parts changed."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts(content).items():
            archive.writestr(name, changed[name](data.decode()) if name in changed else data)
    return result.getvalue()


def with_shared_texts(content: bytes) -> bytes:
    """As Excel itself keeps them: once for the whole book, here each in two pieces with a reading of its letters."""
    texts: list[str] = []

    def share(found: re.Match[str]) -> str:
        texts.append(found[2])
        return f'{found[1]} t="s"><v>{len(texts) - 1}</v></c>'

    pattern = re.compile(r'(<c r="[A-Z]+\d+"[^>]*?) t="inlineStr"><is><t[^>]*>(.*?)</t></is></c>')
    names = [name for name in parts(content) if name.startswith("xl/worksheets/sheet")]
    shared = with_parts(content, dict.fromkeys(names, lambda xml: pattern.sub(share, xml)))
    items = "".join(
        f'<si><r><t xml:space="preserve">{text[: text.index(";") + 1] if ";" in text else text}</t></r>'
        f'<r><t xml:space="preserve">{text[text.index(";") + 1 :] if ";" in text else ""}</t></r>'
        '<rPh sb="0" eb="1"><t>đọc</t></rPh></si>'
        for text in texts
    )
    result = io.BytesIO(shared)
    with zipfile.ZipFile(result, "a") as archive:
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{items}</sst>')
    return result.getvalue()


def without_cell(sheet: str, address: str) -> str:
    return re.sub(rf'<c r="{address}"[^>]*?(?:/>|>.*?</c>)', "", sheet)


def has_calc() -> bool:
    """LibreOffice may be there without its sheets."""
    program = shutil.which("soffice")
    return program is not None and (Path(program).resolve().parent / "libsclo.so").exists()


def computed(content: bytes, folder: Path) -> Any:
    """As LibreOffice opens, computes and saves it."""
    source = folder / "in" / "bieu.xlsx"
    source.parent.mkdir()
    source.write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return openpyxl.load_workbook(folder / "bieu.xlsx", data_only=True)
