"""Every way of showing a paper. Each renderer reads ``documents.tree`` and nothing else."""

from __future__ import annotations

from itertools import chain

from core.files import DOCX, PDF
from documents.dates import PartialDate
from documents.tree import Basis, Header, Paper, Recipients, Row, Signature, Table

ROWS_IN_REQUEST = 60
"""About half a second of WeasyPrint; longer tables are set by a worker."""
FORMATS = {"pdf": PDF, "docx": DOCX, "txt": "text/plain; charset=utf-8"}


def render(paper: Paper, to: str) -> bytes:
    """The paper as a file of one of ``FORMATS``. Libraries are loaded when first needed: they are slow to start."""
    match to:
        case "pdf":
            from documents.rendering.pdf import render_pdf  # noqa: PLC0415 -- weasyprint is heavy

            return render_pdf(paper)
        case "docx":
            from documents.rendering.docx import render_docx  # noqa: PLC0415 -- python-docx is heavy

            return render_docx(paper)
        case "txt":
            from documents.rendering.text import render_text  # noqa: PLC0415 -- beside its heavy sisters

            return render_text(paper).encode()
    raise ValueError(to)


def is_long(paper: Paper, to: str) -> bool:
    """Whether a worker sets the file: of a table so long that a person would wait for its PDF."""
    blocks = chain(paper.body, *(appendix.blocks for appendix in paper.appendices))
    tables = (block for block in blocks if isinstance(block, Table))
    rows = sum(isinstance(row, Row) for table in tables for row in table.rows)
    return to == "pdf" and rows > ROWS_IN_REQUEST


def warm_up() -> None:
    """Draw a paper of a few words when a server starts, so that nobody waits for libraries, templates and fonts."""
    words = "Kế hoạch"
    header = Header(issuer=(words,), superior=words, date=PartialDate(2026))
    render(Paper(header, words, words, (Basis(words),), (), Recipients((words,), ""), Signature((words,))), "pdf")
