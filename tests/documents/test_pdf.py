"""The paper as PDF: the words of the paper in order, an archivable file, whole blocks, and nothing fetched."""

from __future__ import annotations

import io
import logging
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from pytest_django.fixtures import Settings

from documents import layout
from documents.errors import RenderingFailed
from documents.rendering.fetcher import BASE_URL, Refused, StaticOnlyFetcher
from documents.rendering.pdf import html_to_pdf, render_pdf
from documents.rendering.text import render_text
from documents.tree import Basis, Column, GroupRow, Heading, Item, Paragraph, Row, Table
from tests.layout import papers
from tests.layout.words import pdf_words, text_words

EXAMPLES = pytest.mark.parametrize("example", papers.EXAMPLES.values(), ids=papers.EXAMPLES.keys())
PAPER = papers.plain_plan()
ONE_LINE = Paragraph("Trên đây là Kế hoạch./.")


def pages(pdf: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return [page.extract_text() for page in opened.pages]


def letters(pdf: bytes) -> list[str]:
    """Of each page, in the order of the file, without blanks and page numbers: long words break where lines end."""
    top = layout.PORTRAIT.top / 25.4 * 72 - 1
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        found = [[char["text"] for char in page.chars if char["top"] >= top] for page in opened.pages]
    return ["".join("".join(page).split()) for page in found]


# -- Words -----------------------------------------------------------------------------


@EXAMPLES
def test_words_stand_in_the_file_in_reading_order(example):
    paper = example()

    pdf = render_pdf(paper)

    assert pdf_words(pdf, paper) == text_words(render_text(paper))


def test_every_word_of_a_row_longer_than_a_page_is_printed():
    words = [f"từ{number}" for number in range(1500)]
    row = Row((("1",), (" ".join(words),), ()))
    table = Table(columns=(Column("TT", 0.1), Column("Việc", 0.6), Column("Ghi chú", 0.3)), rows=(row,))

    printed = pages(render_pdf(replace(PAPER, body=(table, ONE_LINE))))

    assert len(printed) > 3
    assert [word for page in printed for word in page.split() if word.startswith("từ") and word[2:].isdigit()] == words


def test_a_long_address_stays_inside_its_cell():
    address = "https://thidua.example.vn/" + "van-ban/" * 20 + "x" * 60
    table = Table(columns=(Column("Việc", 0.7), Column("Nơi", 0.3)), rows=(Row((("Xem",), (address,))),))

    with pdfplumber.open(io.BytesIO(render_pdf(replace(PAPER, body=(table, ONE_LINE))))) as opened:
        page = opened.pages[0]
        in_cell = [char for char in page.chars if char["size"] == pytest.approx(layout.TABLE_PT, abs=0.01)]
        edge = (layout.PORTRAIT.width - layout.PORTRAIT.right) / 25.4 * 72

    assert address in "".join(char["text"] for char in in_cell)
    assert max(char["x1"] for char in in_cell) <= edge


# -- The file --------------------------------------------------------------------------


def test_file_carries_the_marks_of_an_archivable_paper():
    with pikepdf.open(io.BytesIO(render_pdf(PAPER))) as pdf, pdf.open_metadata() as metadata:
        marks = {
            "version": pdf.pdf_version,
            "language": str(pdf.Root.Lang),
            "title": metadata["dc:title"],
            "part": metadata["pdfaid:part"],
            "level": metadata["pdfaid:conformance"],
            "intents": [str(intent.OutputConditionIdentifier) for intent in pdf.Root.OutputIntents],
            "encrypted": pdf.is_encrypted,
        }

    assert marks == {
        "version": "1.7",
        "language": "vi",
        "title": "KẾ HOẠCH Công tác thi đua, khen thưởng năm 2026 của xã Suối Bạc",
        "part": "2",
        "level": "B",
        "intents": ["IEC 61966-2-1 Default RGB Colour Space - sRGB"],
        "encrypted": False,
    }


def test_the_same_paper_gives_the_same_file_in_every_thread():
    with ThreadPoolExecutor(4) as pool:
        files = list(pool.map(render_pdf, [PAPER] * 8))

    assert set(files) == {render_pdf(PAPER)}


# -- Pages -----------------------------------------------------------------------------


def test_each_appendix_counts_its_pages_anew_and_hides_the_first_number():
    paper = papers.two_appendices()
    paper = replace(paper, appendices=(*paper.appendices, *paper.appendices))

    with pdfplumber.open(io.BytesIO(render_pdf(paper))) as opened:
        numbers = [
            (
                round(page.width / 72 * 25.4),
                page.crop((0, 0, page.width, layout.PORTRAIT.top / 25.4 * 72)).extract_text(),
            )
            for page in opened.pages
        ]

    appendices = [(210, ""), (210, "2"), (297, ""), (297, "2"), (297, "3")]
    assert numbers == [(210, ""), (210, "2"), *appendices, *appendices]


@pytest.mark.parametrize("lines", range(15, 24))
def test_the_signature_stands_whole_below_at_least_two_lines_of_the_text(lines):
    body = (*(Paragraph(f"Dòng {number}.") for number in range(lines)), ONE_LINE)
    paper = replace(PAPER, body=body)

    *_, last = letters(render_pdf(paper))

    lines_of_paper = render_text(paper).splitlines()
    together = "".join(lines_of_paper[lines_of_paper.index(ONE_LINE.text) - 1 :])
    assert last.endswith("".join(together.split()))


@pytest.mark.parametrize("lines", range(20, 23))
@pytest.mark.parametrize(
    "lead",
    [Heading("II.", "NHIỆM VỤ"), Item("2.", "Nhiệm vụ", title=True), Paragraph("Nhiệm vụ như sau:")],
    ids=["heading", "entry", "colon"],
)
def test_what_introduces_something_never_ends_a_page(lead, lines):
    body = (*(Paragraph(f"Dòng {number}.") for number in range(lines)), lead, *[Paragraph("Việc.")] * 4, ONE_LINE)

    printed = pages(render_pdf(replace(PAPER, body=body)))

    assert [page for page in printed if page.endswith(getattr(lead, "text", ""))] == []


def test_a_group_row_never_ends_a_page():
    """Rows of one line, so that some group falls on every place of a page."""
    columns = (Column("TT", 0.1), Column("Việc", 0.9))
    rows = [row for number in range(90) for row in (GroupRow(f"NHÓM {number}"), Row(((str(number),), ("Sơ kết",))))]
    paper = replace(PAPER, body=(Table(columns, tuple(rows)), ONE_LINE))

    printed = pages(render_pdf(paper))

    ends = [page.splitlines()[-1] for page in printed[:-1]]
    assert len(ends) > 3
    assert [end for end in ends if end.startswith("NHÓM")] == []


def test_rules_are_as_long_as_the_layout_says():
    with pdfplumber.open(io.BytesIO(render_pdf(PAPER))) as opened:
        rules = [rule for rule in opened.pages[0].rects if rule["height"] > 0]

    assert [rule["width"] for rule in rules] == [
        pytest.approx(length, abs=0.1)
        for length in (
            layout.rule_width(PAPER.header.issuer, layout.ISSUER_PT),
            layout.motto_rule_width(),
            layout.rule_width((PAPER.subject,), layout.TITLE_PT),
        )
    ]
    assert {round(rule["height"], 2) for rule in rules} == {layout.RULE_PT}


def test_extra_rules_come_after_those_of_the_paper():
    html = "<html lang='vi'><head><style>p { font-size: 10pt }</style></head><body><p>Chữ</p></body></html>"

    with pdfplumber.open(io.BytesIO(html_to_pdf(html, extra_css="p { font-size: 20pt }"))) as opened:
        sizes = {round(char["size"]) for char in opened.pages[0].chars}

    assert sizes == {20}


# -- What may be loaded ----------------------------------------------------------------

ONE_PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
    "AAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SECRET = "mật-khẩu-của-cán-bộ"

REFUSED = [
    "https://example.org/x.png",
    "http://127.0.0.1:9/x.png",
    "ftp://example.org/x.png",
    "file:///etc/passwd",
    "file:///etc/hostname?documents/paper.css",
    "data:text/html,<p>x</p>",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>",
    "/etc/passwd",
    "/static/../../../../etc/passwd",
    "/static/%2e%2e/%2e%2e/pyproject.toml",
    "/static/..%2f..%2fpyproject.toml",
    "/static//etc/passwd",
    "/static/documents/paper.css%00.png",
    "/static/",
    "/static/documents",
    "/static/documents/missing.css",
    "//example.org/static/documents/paper.css",
    "https://example.org/static/documents/paper.css",
    "https://paper.invalid.example.org/static/documents/paper.css",
    "https://user@paper.invalid/static/documents/paper.css",
]


@pytest.fixture
def visitors() -> Iterator[tuple[int, list[bytes]]]:
    """A port of this machine, and what was sent to it by whoever connected."""
    seen: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    connection.settimeout(2)
                    seen.append(connection.recv(1000))

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        yield server.getsockname()[1], seen
        server.shutdown(socket.SHUT_RDWR)
        listener.join(5)


def page_with(markup: str) -> str:
    return f"<html lang='vi'><head><title>x</title></head><body>{markup}</body></html>"


def test_static_files_are_served_with_their_type():
    response = StaticOnlyFetcher().fetch(f"{BASE_URL}static/documents/paper.css?v=1#top")

    assert response.content_type == "text/css"
    assert b".paper {" in response.read()


def test_collected_files_with_a_hash_in_their_name_are_served(settings: Settings, tmp_path: Path):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "seal.0123456789ab.txt").write_bytes(b"seal")

    response = StaticOnlyFetcher().fetch(f"{BASE_URL}static/seal.0123456789ab.txt")

    assert response.read() == b"seal"


def test_without_a_folder_of_collected_files_nothing_else_takes_its_place(settings: Settings):
    settings.STATIC_ROOT = None

    with pytest.raises(Refused, match="no such static file"):
        StaticOnlyFetcher().fetch(f"{BASE_URL}static/pyproject.toml")


def test_pictures_inside_the_markup_are_drawn():
    with pdfplumber.open(io.BytesIO(html_to_pdf(page_with(f"<img src='{ONE_PIXEL}'>")))) as opened:
        assert len(opened.pages[0].images) == 1


@pytest.mark.parametrize("address", REFUSED)
@pytest.mark.parametrize(
    "markup",
    ['<img src="{}">', '<link rel="stylesheet" href="{}">', "<style>p {{ background: url('{}') }}</style><p>x</p>"],
    ids=["picture", "sheet", "style"],
)
def test_anything_else_stops_the_paper(markup, address):
    address = address.replace('"', "&quot;").replace("'", "%27")

    with pytest.raises(RenderingFailed, match=r"^Chưa dựng được văn bản\.$"):
        html_to_pdf(page_with(markup.format(address)))


def test_no_connection_is_opened(visitors):
    port, seen = visitors
    address = f"http://127.0.0.1:{port}/"

    for markup in (f"<img src='{address}'>", f"<link rel=attachment href='{address}'>", f"<base href='{address}'>"):
        with pytest.raises(RenderingFailed):
            html_to_pdf(page_with(f"{markup}<img src='x.png'>"))

    with socket.create_connection(("127.0.0.1", port)) as probe:
        probe.sendall(b"probe")
        probe.shutdown(socket.SHUT_WR)
        probe.recv(1)  # ends when the listener has read it
    assert seen == [b"probe"]


def test_words_of_an_officer_load_nothing_and_are_printed_as_typed(visitors):
    port, seen = visitors
    typed = (
        f"<img src=http://127.0.0.1:{port}/a> <link rel=stylesheet href=http://127.0.0.1:{port}/b> "
        f"<style>@import 'http://127.0.0.1:{port}/c'</style> url(file:///etc/hostname) <b>đậm</b>"
    )
    table = Table(columns=(Column(typed, 1.0),), rows=(GroupRow(typed), Row(((typed, typed),))))
    paper = replace(
        PAPER,
        subject=typed,
        preamble=(Basis(typed),),
        body=(Heading("I.", typed), Item("1.", typed), table, Paragraph(typed)),
    )

    pdf = render_pdf(paper)

    assert "".join(letters(pdf)) == "".join(render_text(paper).split())
    assert seen == []


def test_the_log_names_the_reason_and_no_words_of_an_officer(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG), pytest.raises(RenderingFailed) as raised:
        html_to_pdf(page_with(f"<p>{SECRET}</p><img src='http://127.0.0.1:9/{SECRET}'>"))

    ours = [record.getMessage() for record in caplog.records if record.name == "documents.rendering.pdf"]
    assert ours == ["A paper was not drawn: no address under STATIC_URL"]
    assert SECRET not in caplog.text
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__
