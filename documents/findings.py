"""What a signed copy says of itself, for the page that asks for it: values to begin with and sentences to read.

Everything stays the person's: what is filled in is looked at before it is recorded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from core import files
from core.models import StoredFile
from core.text import fold
from documents.signed.files import FileKind, FileReport
from documents.signed.issued import IssuedData, read_issued_data
from documents.signed.report import SignatureReport, Standing, mismatches, rows, signature_report
from documents.signed.roots import configured_roots
from documents.signed.words import key_of

_CLOSED = frozenset({FileKind.BROKEN, FileKind.ENCRYPTED_PDF, FileKind.OTHER})
_SPOILT = frozenset({Standing.EDITED, Standing.TAMPERED, Standing.UNREADABLE})
KEPT_SECONDS = 24 * 3600
_FORM = 1
"""Of what the cache keeps: another number with every change of ``Findings`` or of what it holds."""


@dataclass(frozen=True, slots=True)
class Findings:
    values: dict[str, Any]
    """Field of ``documents.issuing.PaperData`` → what the file says; what it does not say is not there."""
    about: tuple[str, ...]
    """The first says what the file is and how its signatures stand."""
    was_read: str
    """Which of the values were found, for whoever is about to record them."""
    file: FileReport
    """What it is, with its words."""
    doubt: str = ""
    """Where the file cannot be opened, is not what its name says, or was changed after it was signed digitally."""
    signatures: tuple[tuple[tuple[str, str], ...], ...] = ()
    """Of each digital signature what a verifier must show, label and words (Thông tư 15/2025/TT-BKHCN)."""

    @property
    def sentences(self) -> tuple[str, ...]:
        return (*self.about, self.was_read)

    @property
    def signature_rows(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Label and a cell for each signature, empty where one does not say it."""
        told = [dict(one) for one in self.signatures]
        labels = dict.fromkeys(label for one in self.signatures for label, _ in one)
        return tuple((label, tuple(one.get(label, "") for one in told)) for label in labels)

    def doubts(self, typed: Mapping[str, Any], *, where: str = "ô này") -> list[tuple[str, str]]:
        """Field and sentence where the file says otherwise than what was typed, or cannot be trusted.

        ``where`` the other values stand, for the sentence.
        """
        doubts = [("signed_file", self.doubt)] if self.doubt else []
        number, _, symbol = str(typed["number"]).partition("/")
        said_number, said_symbol = self.values.get("number"), self.values.get("symbol")
        if said_number and _bare(said_number) != _bare(number):
            typed_number = f"ghi {number.strip()}" if number.strip() else "để trống"
            doubts.append(("number", f"Tệp đã ký ghi số {said_number}, {where} {typed_number}."))
        if said_symbol and fold(said_symbol) != fold(symbol or typed["symbol"]):
            doubts.append(("symbol", f"Tệp đã ký ghi ký hiệu {said_symbol}."))
        if (day := self.values.get("date")) and day != typed["date"]:
            doubts.append(("date", f"Tệp đã ký ghi ngày {day:%d/%m/%Y}."))
        if (name := self.values.get("signer")) and typed["signer"] and not _is_same_name(name, typed["signer"]):
            doubts.append(("signer", f"Tệp đã ký ghi người ký là {name}."))
        return doubts


def read_stored(stored: StoredFile) -> Findings:
    """About a second for a dozen pages, once a day for the same bytes. Never raises for what the file holds."""
    found = known(stored)
    if found is None:
        found = _read(stored)
        cache.set(_key(stored), found, KEPT_SECONDS)
    return found


def known(stored: StoredFile) -> Findings | None:
    """What an earlier look found, at once; None where the file must be read."""
    return cache.get(_key(stored))


def _key(stored: StoredFile) -> str:
    """A file's bytes never change; its name misleads or not, and the roots that are trusted vouch or not."""
    parts = (stored.sha256.encode(), stored.name.encode(), *configured_roots())
    return f"documents.findings.{_FORM}.{hashlib.sha256(b'|'.join(parts)).hexdigest()}"


def _read(stored: StoredFile) -> Findings:
    with files.open_stored(stored) as stream:
        report = signature_report(stream.read(), stored.name)
    said = read_issued_data(report.file.text)
    about = [report.sentence, *report.notes, *mismatches(report.signatures, said)]
    return Findings(
        _values(said),
        tuple(dict.fromkeys(about)),
        _what_was_read(said),
        report.file,
        _doubt(report),
        tuple(rows(one) for one in report.signatures),
    )


def _doubt(report: SignatureReport) -> str:
    if report.standing in _SPOILT:
        return report.sentence
    return report.file.sentence if report.file.kind in _CLOSED or report.file.is_mislabelled else ""


def _bare(number: str) -> str:
    """7 and 07 are one number."""
    return fold(number).removeprefix("so").strip(" :").lstrip("0")


def _is_same_name(one: str, other: str) -> bool:
    """Marks count: Thắng is not Thăng."""
    return key_of(one).casefold().split() == key_of(other).casefold().split()


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
