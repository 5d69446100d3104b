"""The paper as HTML: complete, escaped, free of inline styles, and its style sheet agrees with the layout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString

from documents import layout
from documents.dates import PartialDate
from documents.rendering.html import paper_body, paper_html
from documents.rendering.text import render_text
from documents.tree import (
    AppendixReference,
    Article,
    Basis,
    Column,
    EnactingLine,
    Heading,
    Item,
    Paper,
    Paragraph,
    Row,
    Signatories,
    Signatory,
    Table,
)
from tests.layout import papers

EXAMPLES = pytest.mark.parametrize("example", papers.EXAMPLES.values(), ids=papers.EXAMPLES.keys())

HOSTILE = """<b>x</b>"'&lt;<img src=x onerror=alert(1)>{{ paper }}{% now "Y" %}</p></td>"""


@dataclass
class Markup(HTMLParser):
    """What a browser finds in the markup."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.extend(data.split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def read(html: str) -> Markup:
    markup = Markup()
    markup.feed(html)
    markup.close()
    return markup


def classes_of(paper: Paper) -> dict[str, str]:
    """The classes of the paragraph that begins with each word."""
    pairs = re.findall(r'<(?:p|h\d|td) class="([^"]*)">(?:<span[^>]*>)?([^\s<]+)', paper_body(paper))
    return {word: classes for classes, word in pairs}


# -- Markup ----------------------------------------------------------------------------


def test_document_names_language_letters_title_and_style_sheet():
    markup = read(paper_html(papers.plain_plan()))

    assert markup.all("html") == [{"lang": "vi"}]
    assert markup.all("meta") == [{"charset": "utf-8"}]
    assert markup.all("link") == [{"rel": "stylesheet", "href": "/static/documents/paper.css"}]
    assert "<title>KẾ HOẠCH Công tác thi đua, khen thưởng năm 2026 của xã Suối Bạc</title>" in paper_html(
        papers.plain_plan()
    )


def test_body_is_the_inside_of_the_document_and_safe_to_include():
    paper = papers.two_appendices()

    body = paper_body(paper)

    assert isinstance(body, SafeString)
    assert re.search(r"<body>(.*)</body>", paper_html(paper), re.DOTALL)[1].strip() == body.strip()


@EXAMPLES
def test_every_word_stands_in_reading_order(example):
    paper = example()

    markup = read(paper_body(paper))

    assert markup.words == render_text(paper).split()


@EXAMPLES
def test_nothing_needs_more_than_a_strict_content_security_policy(example):
    markup = read(paper_html(example()))

    assert {tag for tag, _ in markup.tags} <= {
        *("html", "head", "meta", "title", "link", "body", "article", "section", "p", "h2", "h3", "h4", "div", "span"),
        *("table", "colgroup", "col", "thead", "tbody", "tr", "th", "td"),
        *("figure", "figcaption", "img", "svg", "text", "rect", "path"),
    }
    assert {name for _, attributes in markup.tags for name in attributes} <= {
        *("lang", "charset", "rel", "href", "class", "role", "width", "scope", "colspan"),
        *("aria-label", "src", "alt", "height"),
        *("xmlns", "viewbox", "font-family", "font-size", "text-anchor", "x", "y", "d"),
        *("fill", "stroke", "stroke-width", "stroke-dasharray"),
    }


def test_markup_of_an_officer_is_printed_as_typed_wherever_it_stands():
    paper = hostile_paper()

    markup = read(paper_html(paper))

    title = f"{paper.title} {paper.subject}".split()
    assert markup.words == title + render_text(paper).split()
    assert {tag for tag, _ in markup.tags}.isdisjoint({"b", "img", "script"})


def hostile_paper() -> Paper:
    """Every text of the tree, set to markup."""
    paper = papers.two_appendices()
    signatories = Signatories("x", (Signatory("x", "x", "x"),) * 2, columns=2)
    return _hostile(
        replace(
            paper,
            preamble=(EnactingLine("x"), *paper.preamble),
            body=_every_block(),
            signatories=signatories,
        )
    )


def _every_block() -> tuple[Any, ...]:
    table = Table(columns=(Column("x", 0.5), Column("x", 0.5, "right")), rows=(Row((("x",), ("x", "x"))),))
    return (Heading("x", "x"), Item("x", "x"), Article("x", "x"), Paragraph("x"), AppendixReference("x"), table)


def _hostile(node: Any) -> Any:
    match node:
        case str():
            return HOSTILE
        case tuple():
            return tuple(_hostile(part) for part in node)
        case Column():
            return replace(node, head=HOSTILE)
        case PartialDate() | bool() | int() | float() | None:
            return node
        case _:
            return replace(node, **{part.name: _hostile(getattr(node, part.name)) for part in fields(node)})


# -- What differs from paper to paper goes by classes ----------------------------------


def test_each_kind_of_paragraph_has_its_class():
    paper = replace(
        papers.plain_plan(),
        preamble=(Basis("Căn_cứ Luật;"), Paragraph("Ban_hành như sau:")),
        body=(
            Heading("I.", "MỤC ĐÍCH"),
            Heading("1.1.", "Bậc hai", level=2),
            Item("a)", "Đề mục", title=True),
            Item("-", "Việc"),
            Item("b)", "Gồm:"),
            AppendixReference("(Có_Phụ_lục)"),
            Paragraph("Hết./."),
        ),
    )

    classes = classes_of(paper)

    assert {word: classes[word] for word in ("Căn_cứ", "Ban_hành", "I.", "1.1.", "a)", "-", "b)")} == {
        "Căn_cứ": "text basis",
        "Ban_hành": "text introduces",
        "I.": "text heading",
        "1.1.": "text heading",
        "a)": "text entry-title",
        "-": "text",
        "b)": "text introduces",
    }
    assert {word: classes[word] for word in ("(Có_Phụ_lục)", "Hết./.")} == {
        "(Có_Phụ_lục)": "text pointer",
        "Hết./.": "text closing",
    }


def test_a_decision_sets_off_who_decides_and_the_markers_of_its_articles():
    paper = replace(
        papers.plain_plan(),
        preamble=(EnactingLine("CHỦ TỊCH XÃ"), Basis("Căn_cứ Luật."), EnactingLine("QUYẾT ĐỊNH:")),
        body=(Article("Điều 1.", "Gồm:"), Article("Điều 2.", "Hiệu lực theo 152/2025/NĐ-CP./.")),
    )

    body = paper_body(paper)

    assert re.findall(r'<p class="enacting">([^<]*)</p>', body) == ["CHỦ TỊCH XÃ", "QUYẾT ĐỊNH:"]
    assert re.findall(r'<p class="(text article[^"]*)">(.*)</p>', body) == [
        ("text article introduces", '<span class="marker">Điều 1.</span> Gồm:'),
        (
            "text article closing",
            '<span class="marker">Điều 2.</span> Hiệu lực theo <span class="whole">152/2025/NĐ-CP./.</span>',
        ),
    ]


def test_only_an_end_of_one_line_is_held_to_what_is_before_it():
    one, two = Paragraph("Hết./."), Paragraph("Trên đây là Kế hoạch của xã, đề nghị các thôn thực hiện. " * 2)

    assert classes_of(replace(papers.plain_plan(), body=(one, two)))["Hết./."] == "text"
    assert classes_of(replace(papers.plain_plan(), body=(two,)))["Trên"] == "text"
    assert classes_of(replace(papers.plain_plan(), body=(two, one)))["Hết./."] == "text closing"


def test_widths_and_sides_of_columns():
    columns = (Column("TT", 0.075, "center"), Column("Việc", 0.6), Column("Điểm", 0.325, "right"))
    table = Table(columns=columns, rows=(Row((("1",), ("Sơ kết",), ("9,5",))),))

    markup = read(paper_body(replace(papers.plain_plan(), body=(table,))))

    assert [column["width"] for column in markup.all("col")] == ["7.5000%", "60.0000%", "32.5000%"]
    assert [cell.get("class") for cell in markup.all("td")][4:7] == ["center", None, "right"]


def test_only_a_place_too_long_for_its_line_takes_the_smaller_size():
    assert 'class="date narrow"' in paper_body(papers.long_place())
    assert 'class="date"' in paper_body(papers.plain_plan())


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("theo 152/2025/NĐ-CP, ngày 5", 'theo <span class="whole">152/2025/NĐ-CP,</span> ngày 5'),
        ("số      /KH-UBND này", '<span class="whole">số      /KH-UBND</span> này'),
        ("ngày     tháng 3", '<span class="whole">ngày     tháng</span> 3'),
        ("kinh tế - xã hội, ngày 05/3/2026", "kinh tế - xã hội, ngày 05/3/2026"),
        ("và <b>/hoặc", 'và <span class="whole">&lt;b&gt;/hoặc</span>'),
        ("xem " + "a/" * 90, "xem " + "a/" * 90),
    ],
)
def test_symbols_and_blanks_stay_whole_where_the_line_can_hold_them(typed, printed):
    paper = replace(papers.plain_plan(), body=(Paragraph(typed),))

    assert f'">{printed}</p>' in paper_body(paper)


def test_a_symbol_wider_than_its_column_may_break():
    columns = (Column("Hẹp", 0.1), Column("Rộng", 0.9))
    table = Table(columns=columns, rows=(Row((("112/KH-HĐTĐKT",), ("112/KH-HĐTĐKT",))),))

    body = paper_body(replace(papers.plain_plan(), body=(table,)))

    assert '<td>112/KH-HĐTĐKT</td><td><span class="whole">112/KH-HĐTĐKT</span></td>' in body


# -- The style sheet -------------------------------------------------------------------

CSS = Path(finders.find("documents/paper.css")).read_text()


def declared() -> dict[str, str]:
    return dict(re.findall(r"(--paper-[\w-]+):\s*([^;]+);", CSS))


def test_numbers_of_the_style_sheet_are_those_of_the_layout():
    page = layout.PORTRAIT
    millimetres = {
        "width": page.width,
        "height": page.height,
        "top": page.top,
        "right": page.right,
        "bottom": page.bottom,
        "left": page.left,
        "first-line": layout.FIRST_LINE_MM,
        "addressees": layout.ADDRESSEES_MM,
        "addressee-dash": layout.ADDRESSEE_DASH_MM,
        "header-left": layout.HEADER_LEFT_MM,
        "header-right": layout.HEADER_RIGHT_MM,
        "signature-left": layout.SIGNATURE_LEFT_MM,
        "signature-right": layout.SIGNATURE_RIGHT_MM,
        "signature-space": layout.SIGNATURE_SPACE_MM,
        "signatory-space": layout.SIGNATORY_SPACE_MM,
        "signatory-gap": layout.SIGNATORY_GAP_MM,
    }
    points = {
        "national-name": layout.NATIONAL_NAME_PT,
        "motto": layout.MOTTO_PT,
        "issuer": layout.ISSUER_PT,
        "number": layout.NUMBER_PT,
        "about": layout.ABOUT_PT,
        "date": layout.DATE_PT,
        "date-narrow": layout.DATE_NARROW_PT,
        "title": layout.TITLE_PT,
        "body": layout.BODY_PT,
        "table": layout.TABLE_PT,
        "caption": layout.CAPTION_PT,
        "signature": layout.SIGNATURE_PT,
        "signatory": layout.SIGNATORY_PT,
        "recipients-label": layout.RECIPIENTS_LABEL_PT,
        "recipients": layout.RECIPIENTS_PT,
        "appendix": layout.APPENDIX_PT,
        "reference": layout.REFERENCE_PT,
        "gap": layout.PARAGRAPH_GAP_PT,
        "rule": layout.RULE_PT,
    }
    plain = {
        "single-line": f"{layout.SINGLE_LINE:g}",
        "body-line": f"{layout.BODY_LINE:g}",
        "table-line": f"{layout.TABLE_LINE:g}",
        "rule-share": f"{layout.RULE_SHARE:.0%}",
        "motto-rule-share": f"{layout.MOTTO_RULE_SHARE:.0%}",
        "family": f'"{layout.FONT_FAMILY}", "Liberation Serif", Tinos, serif',
    }

    assert declared() == {
        f"--paper-{name}": value
        for name, value in [
            *((name, f"{length:g}mm") for name, length in millimetres.items()),
            *((name, f"{size:g}pt") for name, size in points.items()),
            *plain.items(),
        ]
    }


def test_page_rules_agree_with_the_layout():
    upright, wide = layout.PORTRAIT, layout.LANDSCAPE
    margins = f"{upright.top:g}mm {upright.right:g}mm {upright.bottom:g}mm {upright.left:g}mm"

    assert re.findall(r"\n  size: ([^;]+);", CSS) == [
        f"{page.width:g}mm {page.height:g}mm" for page in (upright, wide)
    ]
    assert re.findall(r"\n  margin: ([^;]+mm[^;]*);", CSS)[0] == margins
    assert (wide.top, wide.right, wide.bottom, wide.left) == (
        upright.top,
        upright.right,
        upright.bottom,
        upright.left,
    )
    assert re.findall(r"\n    font: (\d+pt)", CSS) == [f"{layout.PAGE_NUMBER_PT:g}pt"]
    assert re.findall(r"\.grid th \{\n  border: [^;]+;\n  padding: ([^;]+);", CSS) == [f"{layout.CELL_PADDING_MM:g}mm"]


def test_every_variable_is_used_and_every_used_one_is_declared():
    used = set(re.findall(r"var\((--paper-[\w-]+)\)", CSS))

    assert used == set(declared())


def test_every_rule_stays_inside_the_paper():
    """The preview stands in pages of ours: nothing here may touch the rest of the page."""
    selectors = list(_selectors())

    assert len(selectors) > 40
    assert [selector for selector in selectors if not selector.startswith((".paper", ":root", "body"))] == []


def _selectors() -> Iterator[str]:
    without_comments = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
    for prelude in re.findall(r"([^{}@;]+)\{", without_comments):
        for selector in prelude.split(","):
            name = selector.strip()
            if name and not name.startswith(("page", "media", "top-center")):
                yield name
