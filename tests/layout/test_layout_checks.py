"""The PDF of every example keeps the layout, and no rule can be broken unnoticed."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from documents.rendering.html import paper_html
from documents.rendering.pdf import html_to_pdf
from documents.tree import Paragraph
from tests.layout.appendix import reference_failures
from tests.layout.papers import EXAMPLES, plain_plan, two_appendices
from tests.layout.pdf import CHECKS, check_pdf
from tests.layout.pdf_mutations import MUTATIONS, Mutation
from tests.layout.rendered import pdf_of


@pytest.mark.parametrize("example", EXAMPLES)
def test_pdf_keeps_the_layout(example: str) -> None:
    assert check_pdf(EXAMPLES[example](), pdf_of(example)) == []


@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_broken_rule_is_noticed(mutation: Mutation) -> None:
    paper = mutation.paper()
    html = paper_html(paper)
    if mutation.replace:
        assert mutation.replace[0] in html
        html = html.replace(*mutation.replace, 1)

    failures = check_pdf(paper, html_to_pdf(html, extra_css=mutation.css))

    assert {failure.check for failure in failures} == mutation.breaks


def test_every_check_has_a_mutation_that_it_notices() -> None:
    elsewhere = {"A3", "F3"}

    assert frozenset.union(*(mutation.breaks for mutation in MUTATIONS)) | elsewhere == CHECKS


def test_font_without_unicode_is_noticed() -> None:
    with pikepdf.open(io.BytesIO(pdf_of("plain_plan"))) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            del font["/ToUnicode"]
        changed = io.BytesIO()
        pdf.save(changed)

    failures = check_pdf(plain_plan(), changed.getvalue())

    assert [failure.check for failure in failures] == ["A3"] * 4  # regular, bold, italic and both


@pytest.mark.parametrize(
    ("reference", "breaks"),
    [
        ("(Kèm theo Kế hoạch số 05/KH-UBND ngày 05 tháng 02 năm 2026 của Ủy ban nhân dân xã Suối Bạc)", []),
        ("(Kèm theo Kế hoạch số      /KH-UBND ngày     tháng     năm      của Ủy ban nhân dân xã Suối Bạc)", []),
        ("(Kèm theo Kế hoạch số 06/KH-UBND ngày 05 tháng 02 năm 2026 của Ủy ban nhân dân xã Suối Bạc)", ["F3"]),
        ("(Kèm theo Kế hoạch số 05/KH-UBND ngày 05 tháng 3 năm 2026 của Ủy ban nhân dân xã Suối Bạc)", ["F3"]),
        ("(Kèm theo Kế hoạch số 05/KH-UBND ngày 05 tháng 02 năm 2026 của Ủy ban nhân dân xã Bạc)", ["F3"]),
        ("(Kèm theo Kế hoạch của xã)", ["F3"]),
    ],
)
def test_appendix_names_the_paper_that_it_belongs_to(reference: str, breaks: list[str]) -> None:
    paper = two_appendices()
    appendix = replace(paper.appendices[0], reference=reference)

    failures = reference_failures(appendix, paper.header)

    assert [failure.check for failure in failures] == breaks


def test_missing_words_are_named() -> None:
    paper = plain_plan()
    longer = replace(paper, body=(*paper.body, Paragraph("Câu này không được in.")))

    failures = check_pdf(longer, pdf_of("plain_plan"))

    assert [(failure.check, failure.words) for failure in failures] == [("A5", "Câu này không được in.")]
