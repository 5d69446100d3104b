"""Measure a rendered PDF against the layout of Decree 30/2020/NĐ-CP, Phụ lục I.

Covered: A1–A8, B1–B9, C1–C13, C15, C17–C19, C21 and size and words of C14 and C16,
D1–D10, D13, D17–D20, E1, E2, E4, E9–E11 and size and weight of E5 and E8, F1–F3, F5–F7.

Left out, because the tree of a paper has no such node yet: C20 (urgency and secrecy boxes), D12 (Phần,
Chương, Mục), E12 (drafter), E13 (address), F8 and G (signed files, copies).
A9 compares with a picture and belongs to the eye.
"""

from __future__ import annotations

from documents.tree import Paper
from tests.layout.appendix import check_appendices
from tests.layout.body import check_body
from tests.layout.failures import Failure
from tests.layout.files import check_file
from tests.layout.header import check_header
from tests.layout.located import PrintedPaper
from tests.layout.page import check_pages
from tests.layout.signature import check_signature
from tests.layout.table import check_head_centres, check_tables

_COVERED = {
    "A": range(1, 9),
    "B": range(1, 10),
    "C": (*range(1, 20), 21),
    "D": (*range(1, 11), 13, 17, 18, 19, 20),
    "E": (1, 2, 4, 5, 8, 9, 10, 11),
    "F": (1, 2, 3, 5, 6, 7),
}
CHECKS = frozenset(f"{group}{number}" for group, numbers in _COVERED.items() for number in numbers)


def check_pdf(paper: Paper, pdf_bytes: bytes) -> list[Failure]:
    """Everything that is wrong with this print of the paper; empty when all is well."""
    printed = PrintedPaper(paper, pdf_bytes)
    return [
        *printed.failures,
        *check_file(printed, pdf_bytes),
        *check_pages(printed),
        *check_header(printed),
        *check_body(printed),
        *check_tables(printed),
        *check_head_centres(printed),
        *check_signature(printed),
        *check_appendices(printed),
    ]
