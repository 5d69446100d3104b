"""Charts as vector graphics: what is drawn, and how a Word file carries it beside a picture."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image

from documents import fonts, layout
from documents.rendering.docx import render_docx
from documents.rendering.drawing import as_png, draw
from documents.tree import Bar, Chart
from tests.layout import papers

WIDTH = layout.PORTRAIT.text_width
CHART = Chart(
    "100 %",
    (Bar("1. Lúa", "45,3 %", 0.453), Bar("2. Cây", "100 %", 1.0), Bar("3. Đường", "chưa có số liệu", None)),
    "Biểu đồ",
)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart: Chart) -> ET.Element:
    return ET.fromstring(draw(chart, WIDTH).svg)


def bars(chart: Chart) -> list[ET.Element]:
    return [one for one in drawn(chart).iter(f"{SVG}rect") if one.get("fill") != "#ffffff"]


def test_its_words_are_drawn_in_the_order_in_which_they_are_read():
    words = " ".join(text.text or "" for text in drawn(CHART).iter(f"{SVG}text"))

    assert words.split() == " ".join(CHART.drawn).split()


def test_bars_are_as_long_as_their_shares_and_what_is_not_known_has_none():
    lengths = [float(bar.get("width", "")) for bar in bars(CHART)]

    assert len(lengths) == 2
    assert lengths[0] / lengths[1] == pytest.approx(0.453, abs=0.002)
    assert bars(CHART)[0].get("fill") != bars(CHART)[1].get("fill")


@pytest.mark.parametrize(("share", "cut"), [(1.25, False), (1.3, True), (40.0, True), (-0.5, False)])
def test_a_bar_beyond_the_scale_is_cut_and_none_leaves_the_drawing(share, cut):
    chart = Chart("100 %", (Bar("Cây", "x", share), Bar("Cây", "x", 1.25)), "")
    first, second = bars(chart)

    assert 0 <= float(first.get("width", "")) <= float(second.get("width", ""))
    assert ('fill="#ffffff"' in draw(chart, WIDTH).svg) is cut


def test_a_long_label_is_broken_into_lines_that_its_column_holds():
    label = "Tỷ lệ hộ dân được sử dụng nước sinh hoạt hợp vệ sinh theo quy chuẩn quốc gia"
    [*lines, _] = list(drawn(Chart("", (Bar(label, "", 0.5),), "")).iter(f"{SVG}text"))[1:]
    across = float((drawn(CHART).get("viewBox") or "").split()[2])

    assert len(lines) > 1
    assert " ".join(line.text or "" for line in lines) == label
    assert all(fonts.text_width(line.text or "", layout.CHART_PT) <= across * 0.44 for line in lines)


def test_words_are_words_and_no_markup():
    chart = Chart("<b>", (Bar("<script>alert(1)</script>", '" onload="x', 0.5),), "")

    texts = [text.text for text in drawn(chart).iter(f"{SVG}text")]

    assert "<script>alert(1)</script>" in " ".join(text or "" for text in texts).replace(" ", "")
    assert {one.tag for one in drawn(chart).iter()} <= {f"{SVG}{name}" for name in ("svg", "text", "rect", "path")}
    assert not re.search(r"style=|<script|href", draw(chart, WIDTH).svg)


def test_a_word_file_carries_the_drawing_and_a_picture_for_readers_that_know_no_svg():
    word = render_docx(papers.report())

    document = docx.Document(io.BytesIO(word))
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        kinds = archive.read("[Content_Types].xml").decode()
        names = [name for name in archive.namelist() if name.startswith("word/media/")]
    blips = list(document.element.body.iter(qn("a:blip")))
    links = [next((one for one in blip.iter() if one.tag.endswith("}svgBlip")), None) for blip in blips]
    parts = document.part.related_parts
    assert [name.rpartition(".")[2] for name in sorted(names)] == ["svg", "svg", "png", "png"]
    assert "image/svg+xml" in kinds
    assert [link is not None for link in links] == [True, True, False]
    for blip, link in zip(blips[:2], links[:2], strict=True):
        assert parts[link.get(qn("r:embed"))].blob.startswith(b"<svg")
        assert Image.open(io.BytesIO(parts[blip.get(qn("r:embed"))].blob)).format == "PNG"


def test_the_same_chart_gives_the_same_file():
    assert render_docx(papers.report()) == render_docx(papers.report())


def test_the_picture_has_the_proportions_of_the_drawing():
    drawing = draw(CHART, WIDTH)

    width, height = Image.open(io.BytesIO(as_png(drawing))).size

    assert width / height == pytest.approx(drawing.width / drawing.height, rel=0.01)
