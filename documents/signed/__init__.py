"""Signed and other issued files: what a dropped file is, what it says, who signed it, whether it says what we issued.

    inspect_file(content, name)       what it is, with its text in reading order
    read_issued_data(text)            number, symbol, date, place, kind, subject, issuer, signer
    signature_report(content, name)   its digital signatures, in sentences; ``rows`` and ``mismatches`` go with it
    compare(paper, report)            word by word with the paper as issued

The file is only read. No models and no pages here; libraries are loaded when first needed.
"""

from __future__ import annotations

from documents.signed.comparing import Comparison, Difference, Outcome, compare
from documents.signed.files import FileKind, FileReport, inspect_file
from documents.signed.issued import IssuedData, read_issued_data
from documents.signed.report import SignatureReport, Standing, mismatches, rows, signature_report
from documents.signed.signatures import Integrity, Signature, Trust

__all__ = [
    "Comparison",
    "Difference",
    "FileKind",
    "FileReport",
    "Integrity",
    "IssuedData",
    "Outcome",
    "Signature",
    "SignatureReport",
    "Standing",
    "Trust",
    "compare",
    "inspect_file",
    "mismatches",
    "read_issued_data",
    "rows",
    "signature_report",
]
