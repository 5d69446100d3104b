"""The Word file of a paper, made to be worked on further: named styles that carry the look, nothing locked."""

from __future__ import annotations

from documents.rendering.docx.composing import render_docx

__all__ = ["render_docx"]
