"""Papers that several sign side by side, without number or day in their head: a pledge, minutes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from documents.rendering.html import paper_html
from documents.rendering.pdf import html_to_pdf, render_pdf
from documents.tree import Paper, Paragraph, Signatories, Signatory, Signature
from tests.layout.papers import bullets, plain_plan, short_plan
from tests.layout.pdf import check_pdf

VILLAGES = ("ĐÔNG", "TÂY", "NAM", "BẮC", "BẢN CHẸNG", "PHỐ CHỢ", "SUỐI CẠN")


def pledge() -> Paper:
    each = tuple(Signatory(f"THÔN {name}", "TRƯỞNG THÔN", f"Lò Văn {name.capitalize()}") for name in VILLAGES)
    paper = plain_plan()
    header = replace(paper.header, is_numbered=False)
    return replace(paper, header=header, signatories=Signatories("ĐẠI DIỆN CÁC ĐƠN VỊ KÝ GIAO ƯỚC", each, 3))


def minutes() -> Paper:
    sides = (Signatory("THƯ KÝ", "", "Quàng Thị Bích"), Signatory("CHỦ TRÌ", "", "Lò Văn An"))
    return replace(short_plan(), signatories=Signatories("", sides, 2), signature=Signature(()))


def long_minutes() -> Paper:
    """Its text ends so low that who signs needs a page more."""
    paper = replace(bullets(), signatories=minutes().signatories, signature=Signature(()))
    words = "Các thành viên dự họp nhất trí với nội dung biên bản và cùng ký tên dưới đây để thực hiện."
    return replace(paper, body=(*paper.body, *(Paragraph(words) for _ in range(3))))


@pytest.mark.parametrize("make", [pledge, minutes, long_minutes], ids=lambda make: make.__name__)
def test_they_keep_the_layout(make: Callable[[], Paper]) -> None:
    paper = make()

    assert check_pdf(paper, render_pdf(paper)) == []


@pytest.mark.parametrize(
    ("make", "css", "replaced", "breaks"),
    [
        (pledge, ".paper .signatories-title { break-before: page }", None, {"E11"}),
        (minutes, ".paper .signatories { break-before: page }", None, {"E11"}),
        (pledge, ".paper .signatories { font-weight: normal }", None, {"E8"}),
        (pledge, ".paper .signatories td:first-child p:last-child { padding-top: 9pt }", None, {"E9"}),
        (pledge, "", ("Lò Văn Nam", "Lò Văn"), {"A5"}),
        (pledge, "", ("TRƯỞNG THÔN", ""), {"A5", "E9"}),
    ],
)
def test_a_broken_rule_is_noticed(
    make: Callable[[], Paper], css: str, replaced: tuple[str, str] | None, breaks: set[str]
) -> None:
    paper = make()
    html = paper_html(paper)
    if replaced:
        assert replaced[0] in html
        html = html.replace(*replaced, 1)

    assert {failure.check for failure in check_pdf(paper, html_to_pdf(html, extra_css=css))} == breaks
