"""Every way of showing a paper. Each renderer reads ``documents.tree`` and nothing else."""

from __future__ import annotations

from core.files import DOCX, PDF
from documents.dates import PartialDate
from documents.tree import Basis, Header, Paper, Recipients, Signature

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


def warm_up() -> None:
    """Draw a paper of a few words when a server starts, so that nobody waits for libraries, templates and fonts."""
    words = "Kế hoạch"
    header = Header(issuer=(words,), superior=words, date=PartialDate(2026))
    render(Paper(header, words, words, (Basis(words),), (), Recipients((words,), ""), Signature((words,))), "pdf")
