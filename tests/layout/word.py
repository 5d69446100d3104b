"""Measure a rendered Word file: section I of the checks, and the page number on the text area (B7).

Word decides later where lines and pages end, so what is measured here is what the file
asks for. ``I.…`` names the rule within section I. Left out are the parts of papers that
the tree does not know yet, as in ``tests/layout/pdf.py``.
"""

from __future__ import annotations

from dataclasses import replace

from documents.tree import Paper
from tests.layout.expected import groups_of
from tests.layout.failures import Failure
from tests.layout.placing import place
from tests.layout.word_pages import check_pages
from tests.layout.word_reading import WordFile
from tests.layout.word_rules import check_rules
from tests.layout.word_tables import check_tables
from tests.layout.word_text import check_text


def check_docx(paper: Paper, docx_bytes: bytes) -> list[Failure]:
    """Everything that is wrong with this Word file of the paper; empty when all is well."""
    file = WordFile(docx_bytes)
    placement = place(file.letters, groups_of(paper))
    return [
        *(replace(failure, page=None) for failure in placement.failures),
        *check_pages(file, paper),
        *check_text(file, placement.placed),
        *check_tables(file, paper, placement.placed),
        *check_rules(file, placement.placed),
    ]
