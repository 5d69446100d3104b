"""One way to break each rule of a printed paper, and the checks that must notice it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from documents.tree import Paper
from tests.layout import papers


@dataclass(frozen=True, slots=True)
class Mutation:
    name: str
    breaks: frozenset[str]
    css: str = ""
    """Set after the paper's own style sheet."""
    replace: tuple[str, str] | None = None
    """In the markup, once."""
    paper: Callable[[], Paper] = papers.short_plan

    def __str__(self) -> str:
        return self.name


def _mutation(name: str, breaks: str, css: str = "", **others: Any) -> Mutation:
    return Mutation(name, frozenset(breaks.split()), css, **others)


MOTTO = "Độc lập - Tự do - Hạnh phúc"

MUTATIONS = (
    # -- File and page ---------------------------------------------------------------------
    _mutation("letter paper", "A1", "@page { size: 216mm 279mm }"),
    _mutation(
        "font swapped to DejaVu",
        "A2 B2 C3 C18",
        '.paper, .paper * { font-family: "DejaVu Serif" !important }',
    ),
    _mutation("decomposed letters", "A4 A5", paper=papers.decomposed_letters),
    _mutation("a word changed", "A5", replace=("chủ đề rõ ràng", "chủ đề thật rõ")),
    _mutation("a word missing its space", "A5", replace=("chủ đề rõ ràng", "chủ đề rõràng")),
    _mutation("grey words", "A6", ".paper .title { color: #333 }"),
    _mutation("English file", "A7", replace=('<html lang="vi">', '<html lang="en">')),
    _mutation("lines printed over each other", "A8 D10", ".paper .text + .text { margin-top: -15pt }"),
    _mutation("left margin 25 mm", "B1", "@page { margin-left: 25mm }"),
    _mutation("left margin 38 mm", "B1 B2", "@page { margin-left: 38mm }"),
    _mutation("right margin 10 mm", "B2", "@page { margin-right: 10mm }"),
    _mutation("top margin 15 mm", "B3", "@page { margin-top: 15mm }"),
    _mutation("bottom margin 12 mm", "B4", "@page { margin-bottom: 12mm }", paper=papers.bullets),
    _mutation("second page moved", "B5", "@page :nth(2) { margin-left: 30.15mm }", paper=papers.bullets),
    _mutation(
        "line in the margin",
        "B6",
        ".paper .title { border-left: 1pt solid; margin-left: -12mm; padding-left: 12mm }",
    ),
    _mutation("page number on page 1", "B7", '@page :first { @top-center { content: "1" } }'),
    _mutation(
        "page number left",
        "B7",
        "@page { @top-center { content: none } @top-left { content: counter(page); font: 14pt Tinos } }"
        "@page :first { @top-left { content: none } }",
        paper=papers.plain_plan,
    ),
    _mutation("page number 12 pt", "B7", "@page { @top-center { font-size: 12pt } }", paper=papers.plain_plan),
    _mutation(
        "page number with words",
        "B7",
        '@page { @top-center { content: "- " counter(page) " -" } }',
        paper=papers.plain_plan,
    ),
    _mutation("no page number", "B7", "@page { @top-center { content: none } }", paper=papers.plain_plan),
    _mutation("number in body margin", "B8", "@page { @top-center { padding-top: 18mm } }", paper=papers.plain_plan),
    _mutation(
        "appendix counted on",
        "B9",
        "@page :nth(1 of appendix) { counter-reset: page 2 }",
        paper=papers.two_appendices,
    ),
    # -- Header ----------------------------------------------------------------------------
    _mutation("national name not bold", "C1", ".paper .national-name { font-weight: normal }"),
    _mutation("dash in the motto", "A5 C2", replace=(MOTTO, MOTTO.replace("-", "–"))),
    _mutation("motto 15 pt", "C2", ".paper .motto { font-size: 15pt }"),
    _mutation("motto aside", "C3", ".paper .motto { margin-left: 40pt }"),
    _mutation(
        "national name below the issuer",
        "C4 C12",
        ".paper .letterhead td { vertical-align: top } .paper .national-name { margin-top: 9pt }",
    ),
    _mutation("motto far below", "C5", ".paper .motto { margin-top: 9pt }"),
    _mutation("motto rule 60 %", "C6", ".paper .motto::after { width: 60% }"),
    _mutation("motto rule far below", "C6", ".paper .motto::after { margin-top: 9pt }"),
    _mutation(
        "motto underlined",
        "C6 C7",
        ".paper .motto::after { content: none } .paper .motto { text-decoration: underline }",
    ),
    _mutation("superior bold", "C8", ".paper .superior { font-weight: bold }", paper=papers.issuer_over_three_lines),
    _mutation("issuer not bold", "C9", ".paper .issuer { font-weight: normal }"),
    _mutation(
        "superior where there is none",
        "A5 C10 C12",
        replace=('<p class="issuer', '<p>UBND HUYỆN</p><p class="issuer'),
    ),
    _mutation("issuer rule 60 %", "C11", ".paper .issuer::after { width: 60% }"),
    _mutation(
        "issuer lower than national name",
        "C12",
        ".paper .letterhead td { vertical-align: top } .paper .issuer { margin-top: 9pt }",
    ),
    _mutation(
        "columns run together",
        "C13",
        ".paper .national-name { margin-right: 14pt } .paper .motto { margin-left: 49.5pt }"
        ".paper .letterhead .date { padding-right: 14pt }",
        paper=papers.issuer_over_three_lines,
    ),
    _mutation("number 12 pt", "C14", ".paper .number { font-size: 12pt }"),
    _mutation("number left", "C15", ".paper .letterhead .number { text-align: left }"),
    _mutation(
        "March with a zero",
        "A5 C16",
        replace=("tháng 3 năm 2026</td>", "tháng 03 năm 2026</td>"),
        paper=papers.plan_of_march,
    ),
    _mutation("date upright", "C16", ".paper .date { font-style: normal }"),
    _mutation(
        "date lower than number",
        "C17",
        ".paper .letterhead td { vertical-align: top } .paper .letterhead .date { padding-top: 14pt }",
    ),
    _mutation("date right", "C18", ".paper .letterhead .date { text-align: right }"),
    _mutation("about bold", "C19", ".paper .about { font-weight: bold }", paper=papers.letter),
    _mutation("about on the left", "C19", ".paper .letterhead .about { text-align: left }", paper=papers.letter),
    _mutation("about far below", "C19", ".paper .letterhead .about { padding-top: 20pt }", paper=papers.letter),
    _mutation(
        "header twice",
        "A5 C21",
        replace=('<h2 class="title">', '<p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><h2 class="title">'),
    ),
    # -- Title and text --------------------------------------------------------------------
    _mutation("title left", "D1", ".paper .title { text-align: left }"),
    _mutation("subject not bold", "D2", ".paper .subject { font-weight: normal }"),
    _mutation("subject far below", "D2", ".paper .subject { margin-top: 12pt }"),
    _mutation("subject rule 60 %", "D3", ".paper .subject::after { width: 60% }"),
    _mutation("text 12 pt", "D4", ".paper .text { font-size: 12pt }"),
    _mutation("heading not bold", "D5", ".paper .heading { font-weight: normal }"),
    _mutation("text italic", "D5", ".paper .text { font-style: italic }"),
    _mutation("justified to left", "D6", ".paper .text { text-align: left }"),
    _mutation("first-line indent 8 mm", "D7", ".paper .text { text-indent: 8mm }"),
    _mutation("first-line indents mixed", "D7", ".paper .heading { text-indent: 10mm }"),
    _mutation("points moved in", "D7 D8", ".paper .entry-title + .text { margin-left: 6mm }"),
    _mutation("line-height normal", "D9", ".paper * { line-height: normal !important }"),
    _mutation("two lines apart", "D9", ".paper .text { line-height: 2 }"),
    _mutation("no gap between paragraphs", "D10", ".paper .text { margin-top: 3pt }"),
    _mutation("marker of an article not bold", "D13", ".paper .marker { font-weight: normal }", paper=papers.decision),
    _mutation("whole article bold", "D13", ".paper .article { font-weight: bold }", paper=papers.decision),
    _mutation("who decides on the left", "D17", ".paper .enacting { text-align: left }", paper=papers.decision),
    _mutation("who decides not bold", "D17", ".paper .enacting { font-weight: normal }", paper=papers.decision),
    _mutation(
        "nobody decides",
        "A5 D17",
        replace=('<p class="enacting">CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ SUỐI BẠC</p>', ""),
        paper=papers.decision,
    ),
    _mutation("who decides at the foot", "D20", ".paper .enacting { break-after: page }", paper=papers.decision),
    _mutation(
        "dashes left of the colon", "D18", ".paper p.addressee { padding-left: 0 !important }", paper=papers.letter
    ),
    _mutation("addressees bold", "D18", ".paper .addressees { font-weight: bold }", paper=papers.letter),
    _mutation("signature on a page of its own", "D19 E11", ".paper .ending { break-before: page }"),
    _mutation("heading at the foot of the page", "D20", ".paper .heading { break-after: page }"),
    # -- Recipients and signature ----------------------------------------------------------
    _mutation("recipients' label upright", "E1", ".paper .recipients-label { font-style: normal }"),
    _mutation("recipients at 13 pt", "E2", ".paper .ending .recipients { font-size: 13pt }"),
    _mutation(
        "recipients lower",
        "E4",
        ".paper .ending td { vertical-align: top } .paper .recipients-label { margin-top: 9pt }",
    ),
    _mutation("authority not bold", "E5 E8", ".paper .ending .signature { font-weight: normal }"),
    _mutation("name aside", "E9", ".paper .signature-space + p { padding-left: 18pt }"),
    _mutation("no room to sign", "E10", ".paper .signature-space { height: 10mm }"),
    # -- Appendices and tables -------------------------------------------------------------
    _mutation(
        "appendix title 13 pt", "F1", ".paper .appendix .title { font-size: 13pt }", paper=papers.two_appendices
    ),
    _mutation(
        "appendix reference upright",
        "F2",
        ".paper .reference { font-style: normal }",
        paper=papers.two_appendices,
    ),
    _mutation("table too wide", "B2 B6 F5", ".paper .grid { width: 110% }", paper=papers.quarter_groups),
    _mutation(
        "words out of their cell",
        "A8 B2 B6 F5",
        ".paper .grid td { white-space: nowrap }",
        paper=papers.quarter_groups,
    ),
    _mutation(
        "head not repeated", "F6", ".paper .grid thead { display: table-row-group }", paper=papers.quarter_groups
    ),
    _mutation("rows cut", "A5 D20 F7", ".paper .grid tr { break-inside: auto }", paper=papers.quarter_groups),
    _mutation(
        "table without lines", "F7", ".paper .grid td, .paper .grid th { border: 0 }", paper=papers.quarter_groups
    ),
    _mutation(
        "thick lines",
        "F7",
        ".paper .grid td, .paper .grid th { border-width: 2pt }",
        paper=papers.quarter_groups,
    ),
    _mutation("head not bold", "F7", ".paper .grid th { font-weight: normal }", paper=papers.quarter_groups),
)
