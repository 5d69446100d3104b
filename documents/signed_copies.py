"""The signed copy of a paper on record: what it is, who signed it, whether it says what was issued.

Nothing of it is stored with the record, which never changes: bytes say the same tomorrow, and roots that an office
comes to trust count at once. A day's looks are kept in the cache.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core.cache import cache

from core.models import StoredFile
from documents.findings import KEPT_SECONDS, Findings, known, read_stored
from documents.models import IssuedPaper
from documents.signed.comparing import Comparison, compare

_FORM = 1
"""As in ``documents.findings``."""


@dataclass(frozen=True, slots=True)
class CopyReport:
    findings: Findings
    comparison: Comparison | None
    """With the paper as it went out; None where it was not drawn here."""


def report_of(paper: IssuedPaper) -> CopyReport | None:
    """None where there is no signed copy."""
    return beside(paper, paper.signed_file) if paper.signed_file else None


def beside(paper: IssuedPaper, signed: StoredFile) -> CopyReport:
    """A file that is, or might become, the signed copy of that paper. A second or two for the first look."""
    return CopyReport(read_stored(signed), _compared(paper.issued_file, signed))


def known_report(paper: IssuedPaper) -> CopyReport | None:
    """Of its signed copy, at once, where it was found before."""
    if paper.signed_file is None or (findings := known(paper.signed_file)) is None:
        return None
    if paper.issued_file is None:
        return CopyReport(findings, None)
    comparison = cache.get(_key(paper.issued_file, paper.signed_file))
    return comparison and CopyReport(findings, comparison)


def _compared(issued: StoredFile | None, signed: StoredFile) -> Comparison | None:
    """With the bytes that went out, whatever became of the rows that they were drawn from."""
    if issued is None:
        return None
    key = _key(issued, signed)
    found = cache.get(key)
    if found is None:
        found = compare(read_stored(issued).file.text, read_stored(signed).file)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _key(issued: StoredFile, signed: StoredFile) -> str:
    both = hashlib.sha256(f"{issued.sha256}{signed.sha256}".encode()).hexdigest()
    return f"documents.compared.{_FORM}.{both}"
