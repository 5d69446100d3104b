"""PDF and Word say the words of the text form, in its order; what pages add is taken away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents.rendering.pdf import render_pdf
from documents.rendering.text import render_text
from documents.tree import Column, Paragraph, Row, Table
from tests.layout.papers import EXAMPLES, plain_plan
from tests.layout.rendered import docx_of, pdf_of, text_of
from tests.layout.words import docx_words, pdf_words, raw_text, text_words


@pytest.mark.parametrize("example", EXAMPLES)
def test_pdf_says_the_words_of_the_text(example: str) -> None:
    assert pdf_words(pdf_of(example), EXAMPLES[example]()) == text_words(text_of(example))


@pytest.mark.parametrize("example", EXAMPLES)
def test_word_file_says_the_words_of_the_text(example: str) -> None:
    assert docx_words(docx_of(example)) == text_words(text_of(example))


def test_word_that_the_end_of_a_line_divides_is_one_word() -> None:
    symbol = "123/2026/QĐ-UBND-TĐKT"
    table = Table((Column("Văn bản", 0.15), Column("Nội dung", 0.85)), (Row(((symbol,), ("Khen thưởng",))),))
    paper = replace(plain_plan(), body=(table, Paragraph("Hết./.")))
    pdf = render_pdf(paper)

    words = pdf_words(pdf, paper)

    assert symbol not in raw_text(pdf).split()
    assert words == text_words(render_text(paper))
