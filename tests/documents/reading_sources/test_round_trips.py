"""The papers of the templates, printed by our own renderers, are read back word for word.

So are the same papers after LibreOffice has saved them again, and real files of offices where this machine has them.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from functools import cache

import docx
import pikepdf
import pytest
from django.conf import settings
from docx.oxml import OxmlElement

from documents.reading.source import Source, SourceLine, SourceTable
from documents.rendering import render
from documents.rendering.text import render_text
from documents.tree import NATIONAL_MOTTO, NATIONAL_NAME, RECIPIENTS_LABEL
from plans import interchange
from plans.paper import compose
from tests.documents.reading_sources.making import read, words
from tests.plans.files import SHARED
from tests.test_fixture_plans import NAMES, load

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
LIBREOFFICE = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
GUIDANCE = SHARED / "office" / "huong_dan_cum_khoi.docx"
REAL = pytest.mark.skipif(not GUIDANCE.exists(), reason="real files are read where TDKT_SHARED points to them")

_CUT = re.compile(r"(?<=[^\W_])([-–/]) (?=\S)|(?<= [-–]) (?=\d)")
"""Where LibreOffice may end a line within a word: behind its hyphen."""


@cache
def paper(name: str):
    return compose(interchange.read(load(name)))


@cache
def printed(name: str, form: str) -> bytes:
    return render(paper(name), form)


def shape(source: Source) -> list[object]:
    """Tables with their spans, and what stands on the right of a head or a foot."""
    grids: list[object] = [
        [[(_CUT.sub(r"\1", cell.text), cell.spans_columns, cell.spans_rows) for cell in cells] for cells in block.rows]
        for block in source.blocks
        if isinstance(block, SourceTable)
    ]
    right = [block.text for block in source.blocks if isinstance(block, SourceLine) and block.column]
    return [*grids, " ".join(right).split()]


@pytest.mark.parametrize("form", ["docx", "pdf"])
@pytest.mark.parametrize("name", NAMES)
def test_our_own_papers_are_read_back_word_for_word(name, form):
    source = read(printed(name, form), f"{name}.{form}")

    assert words(source) == render_text(paper(name)).split()
    assert source.notes == ()


@pytest.mark.parametrize("name", NAMES)
def test_word_and_pdf_have_the_same_tables_heads_and_feet(name):
    assert shape(read(printed(name, "pdf"))) == shape(read(printed(name, "docx")))


@pytest.fixture(scope="module")
def resaved(tmp_path_factory) -> dict[str, bytes]:
    """The papers as LibreOffice saves them, by the ending of the file."""
    folder = tmp_path_factory.mktemp("papers")
    for name in NAMES:
        (folder / f"{name}.docx").write_bytes(printed(name, "docx"))
    files = {}
    for ending, filter_name in {
        "docx": "docx:MS Word 2007 XML",
        "odt": "odt",
        "rtf": "rtf",
        "doc": "doc:MS Word 97",
        "pdf": "pdf",
    }.items():
        out = folder / ending
        subprocess.run(
            [
                *(OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"),
                *(filter_name, "--outdir", str(out), *(str(folder / f"{name}.docx") for name in NAMES)),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
        files |= {f"{name}.{ending}": (out / f"{name}.{ending}").read_bytes() for name in NAMES}
    return files


@LIBREOFFICE
@pytest.mark.parametrize("name", NAMES)
def test_papers_that_libreoffice_saved_again_are_read_word_for_word(name, resaved):
    source = read(resaved[f"{name}.docx"], f"{name}.docx")

    assert words(source) == render_text(paper(name)).split()
    assert shape(source) == shape(read(printed(name, "docx")))
    assert source.notes == ()


@LIBREOFFICE
@pytest.mark.parametrize("name", NAMES)
def test_papers_that_libreoffice_printed_are_read_but_for_words_cut_at_their_hyphen(name, resaved):
    source = read(resaved[f"{name}.pdf"], f"{name}.pdf")

    assert _CUT.sub(r"\1", " ".join(words(source))) == _CUT.sub(r"\1", " ".join(render_text(paper(name)).split()))
    assert shape(source) == shape(read(printed(name, "docx")))


@LIBREOFFICE
@pytest.mark.parametrize("ending", ["odt", "rtf", "doc"])
def test_papers_of_older_and_other_programs_are_read_through_libreoffice(ending, resaved):
    name = NAMES[0]

    source = read(resaved[f"{name}.{ending}"], f"{name}.{ending}")

    assert words(source) == render_text(paper(name)).split()
    assert shape(source) == shape(read(printed(name, "docx")))


def long_table() -> bytes:
    """Rows that pages may cut, a head that each page repeats, rows across all columns, a cell over three rows."""
    document = docx.Document()
    table = document.add_table(rows=1, cols=4, style="Table Grid")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, text in zip(table.rows[0].cells, ("TT", "Nội dung công việc", "Chủ trì", "Thời gian"), strict=True):
        cell.text = text
    for number in range(1, 16):
        if number % 5 == 1:
            cells = table.add_row().cells
            cells[0].merge(cells[-1]).text = f"NHÓM {number}"
        words = " ".join(f"việc{number}.{word}" for word in range(40 + number))
        for cell, text in zip(
            table.add_row().cells, (str(number), words, "- Các thôn;\n- Trường học.", "Tháng 3"), strict=True
        ):
            cell.text = text
    merged = [table.add_row().cells for _ in range(3)]
    for number, cells in enumerate(merged, start=16):
        cells[0].text, cells[1].text, cells[3].text = str(number), "Ngắn " * 60, "Quý IV"
    merged[0][2].merge(merged[2][2]).text = "Văn phòng"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@LIBREOFFICE
def test_rows_that_pages_cut_are_whole_again(tmp_path):
    (tmp_path / "long.docx").write_bytes(long_table())
    subprocess.run(
        [
            *(OFFICE, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"),
            *("--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "long.docx")),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )

    from_word, from_pdf = read(long_table()), read((tmp_path / "long.pdf").read_bytes())

    assert from_pdf.pages > 10
    assert words(from_pdf) == words(from_word)
    assert shape(from_pdf) == shape(from_word)


# -- Long files ------------------------------------------------------------------------

_MEASURE = """
import sys
import django
django.setup()
from documents.reading.files import read_source
told = []
with open(sys.argv[1], "rb") as content:
    source = read_source(content, "long.pdf", lambda done, total: told.append((done, total)))
# What getrusage says would include the process that started this one.
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(source.pages, len(told), *told[-1], int(peak.split()[1]) // 1024)
"""


def test_three_hundred_pages_stay_under_two_gibibytes(tmp_path):
    long = pikepdf.new()
    while len(long.pages) < 300:
        for name in NAMES:
            with pikepdf.open(io.BytesIO(printed(name, "pdf"))) as one:
                long.pages.extend(one.pages)
    del long.pages[300:]
    long.save(tmp_path / "long.pdf")

    answer = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(tmp_path / "long.pdf")],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tdkt.settings", "PYTHONPATH": str(settings.BASE_DIR)},
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    pages, told, done, total, megabytes = map(int, answer.stdout.split())

    assert (pages, told, done, total) == (300, 300, 300, 300)
    assert megabytes < 1024


# -- Real files ------------------------------------------------------------------------


@REAL
def test_a_real_guidance_has_every_word_head_and_foot():
    """What Word keeps as text is the measure: this file has neither lists nor changes."""
    with zipfile.ZipFile(GUIDANCE) as archive:
        kept = re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", archive.read("word/document.xml").decode())

    source = read(GUIDANCE.read_bytes(), GUIDANCE.name)

    lines = [block for block in source.blocks if isinstance(block, SourceLine)]
    assert "".join("".join(kept).split()) == "".join(words(source))
    assert (len(lines), source.notes) == (len(source.blocks), ())
    assert [line.column for line in lines[:7]] == [0, 0, 1, 1, 0, 0, 1]
    assert [line.text for line in lines if line.column][:2] == [NATIONAL_NAME, NATIONAL_MOTTO]
    assert [line.column for line in lines[-11:]] == [0] * 7 + [1] * 4
    assert lines[-11].text == RECIPIENTS_LABEL


@REAL
@LIBREOFFICE
def test_a_real_guidance_printed_says_what_its_word_file_says(tmp_path):
    subprocess.run(
        [
            *(OFFICE, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"),
            *("--convert-to", "pdf", "--outdir", str(tmp_path), str(GUIDANCE)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )

    from_pdf = read((tmp_path / f"{GUIDANCE.stem}.pdf").read_bytes())

    assert words(from_pdf) == words(read(GUIDANCE.read_bytes()))
    assert shape(from_pdf)[:-1] == []
