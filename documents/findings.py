"""What a signed copy says of itself, for the page that asks for it: values to begin with and sentences to read.

Everything stays the person's: what is filled in is looked at before it is recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core import files
from core.models import StoredFile
from core.text import fold
from documents.signed.files import FileKind
from documents.signed.issued import IssuedData, read_issued_data
from documents.signed.report import SignatureReport, Standing, mismatches, signature_report

_CLOSED = frozenset({FileKind.BROKEN, FileKind.ENCRYPTED_PDF, FileKind.OTHER})
_SPOILT = frozenset({Standing.EDITED, Standing.TAMPERED, Standing.UNREADABLE})


@dataclass(frozen=True, slots=True)
class Findings:
    values: dict[str, Any]
    """Field of ``documents.issuing.PaperData`` → what the file says; what it does not say is not there."""
    sentences: tuple[str, ...]
    """The first says what the file is and how its signatures stand."""
    doubt: str = ""
    """Where the file cannot be opened, is not what its name says, or was changed after it was signed digitally."""

    def doubts(self, typed: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Field and sentence where the file says otherwise than what was typed, or cannot be trusted."""
        doubts = [("signed_file", self.doubt)] if self.doubt else []
        number, _, symbol = str(typed["number"]).partition("/")
        said_number, said_symbol = self.values.get("number"), self.values.get("symbol")
        if said_number and _bare(said_number) != _bare(number):
            doubts.append(("number", f"Tệp đã ký ghi số {said_number}, ô này ghi {number.strip()}."))
        if said_symbol and fold(said_symbol) != fold(symbol or typed["symbol"]):
            doubts.append(("symbol", f"Tệp đã ký ghi ký hiệu {said_symbol}."))
        if (day := self.values.get("date")) and day != typed["date"]:
            doubts.append(("date", f"Tệp đã ký ghi ngày {day:%d/%m/%Y}."))
        return doubts


def read_stored(stored: StoredFile) -> Findings:
    """About a second for a dozen pages. Never raises for what the file holds."""
    with files.open_stored(stored) as stream:
        report = signature_report(stream.read(), stored.name)
    said = read_issued_data(report.file.text)
    sentences = tuple(dict.fromkeys(_sentences(report, said)))
    return Findings(_values(said), sentences, _doubt(report))


def _doubt(report: SignatureReport) -> str:
    if report.standing in _SPOILT:
        return report.sentence
    return report.file.sentence if report.file.kind in _CLOSED or report.file.is_mislabelled else ""


def _bare(number: str) -> str:
    """7 and 07 are one number."""
    return fold(number).removeprefix("so").strip(" :").lstrip("0")


def _values(said: IssuedData) -> dict[str, Any]:
    values = {
        "number": said.number,
        "symbol": said.symbol,
        "date": said.exact_date,
        "signer": said.signer,
        "kind": said.kind and said.kind[:1] + said.kind[1:].lower(),
        "subject": said.subject,
    }
    return {name: value for name, value in values.items() if value}


def _sentences(report: SignatureReport, said: IssuedData) -> list[str]:
    return [report.sentence, *report.notes, *mismatches(report.signatures, said), _what_was_read(said)]


def _what_was_read(said: IssuedData) -> str:
    number = f"{said.number}/{said.symbol}" if said.number and said.symbol else said.number
    day = said.exact_date
    read = [
        f"số {number}" if number else "",
        f"ngày {day:%d/%m/%Y}" if day else "",
        f"người ký {said.signer}" if said.signer else "",
    ]
    if not any(read):
        return "Không đọc được số, ngày, người ký từ tệp này; hãy ghi theo bản giấy."
    return f"Đọc được từ tệp: {', '.join(filter(None, read))}. Hãy đối chiếu trước khi ghi nhận."
