"""What a dropped file's signatures mean, in sentences for the officer who dropped it. The file is only read."""

from __future__ import annotations

import datetime as dt
import enum
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from core.text import fold
from documents.signed.changes import LaterChanges, later_changes
from documents.signed.files import FileKind, FileReport, inspect_file
from documents.signed.issued import IssuedData
from documents.signed.signatures import Integrity, Signature, Trust, UnreadableSignatures, read_signatures

_OFFICE_CLOCK = ZoneInfo("Asia/Ho_Chi_Minh")

REVOCATION_NOT_CHECKED = "Chưa kiểm tra được chứng thư có bị thu hồi hay không, vì máy này không tra cứu qua mạng."
UNVERIFIED = "chưa xác minh được chứng thư"


class Standing(enum.Enum):
    SIGNED = "signed"
    UNSIGNED = "unsigned"
    """A PDF without digital signature, scanned or not."""
    SUPPLEMENTED = "supplemented"
    """Something was written on between two signatures, the last of which covers all: where the clerk puts number and
    day on the file that the leader has signed, it looks like this."""
    TURNED = "turned"
    """Signed; then pages were turned and nothing else."""
    EDITED = "edited"
    """Signed; then more was added than a signed paper allows."""
    TAMPERED = "tampered"
    """What was signed is no longer as it was."""
    UNREADABLE = "unreadable"
    """There are signatures, but they cannot be read."""
    NO_PDF = "no-pdf"
    """Nothing that can carry a signature we read: picture, Word, locked, broken, something else."""


@dataclass(frozen=True, slots=True)
class SignatureReport:
    file: FileReport
    standing: Standing
    sentence: str
    """How it stands and, where something is wrong, what to do."""
    signatures: tuple[Signature, ...] = ()
    notes: tuple[str, ...] = ()
    """What else should be known, a sentence each."""
    changes: LaterChanges = field(default_factory=LaterChanges)

    @property
    def is_whole(self) -> bool:
        """Nothing was changed after the last signature."""
        return self.standing in {Standing.SIGNED, Standing.SUPPLEMENTED}

    @property
    def is_trusted(self) -> bool:
        return self.is_whole and all(one.trust is Trust.TRUSTED for one in self.signatures)


_TAKE_ORIGINAL = "hãy tải lại bản gốc từ hệ thống quản lý văn bản"
_WITHOUT_SIGNATURE = {
    FileKind.DIGITAL_PDF: "Tệp PDF này chưa có chữ ký số.",
    FileKind.MIXED_PDF: "Tệp PDF này chưa có chữ ký số; có trang chỉ là ảnh.",
    FileKind.LONG_PDF: "Tệp PDF này chưa có chữ ký số.",
    FileKind.SCANNED_PDF: "Bản quét không có chữ ký số; vẫn lưu được nếu bản giấy đã ký, đóng dấu.",
    FileKind.RECOGNISED_PDF: "Bản quét không có chữ ký số; vẫn lưu được nếu bản giấy đã ký, đóng dấu.",
    FileKind.PHOTO: "Ảnh chụp không có chữ ký số; vẫn lưu được nếu bản giấy đã ký, đóng dấu, nhưng nên quét lại.",
    FileKind.WORD: "Tệp Word không phải bản đã ký; hãy chọn tệp PDF đã ký hoặc bản quét.",
}


def signature_report(content: bytes, name: str = "", *, roots: Sequence[bytes] | None = None) -> SignatureReport:
    """``name``: the file's, to tell one that misleads; ``roots``: trusted certificates, else those of the settings.

    Never raises for what a file holds. Beyond ``inspect_file`` about a tenth of a second a signature.
    """
    file = inspect_file(content, name)
    if not file.kind.is_open_pdf:
        sentence = file.sentence if file.is_mislabelled else _WITHOUT_SIGNATURE.get(file.kind, file.sentence)
        return SignatureReport(file, Standing.NO_PDF, sentence)
    if roots is None:
        from documents.signed.roots import configured_roots  # noqa: PLC0415 -- the one part that needs settings

        roots = configured_roots()
    try:
        found = read_signatures(content, roots)
    except UnreadableSignatures:
        sentence = f"Tệp có chữ ký số nhưng không đọc được chữ ký, có thể tệp đã bị sửa; {_TAKE_ORIGINAL}."
        return SignatureReport(file, Standing.UNREADABLE, sentence)
    notes = tuple(_file_notes(file))
    if not found.signed:
        if found.empty_fields:
            notes += (f"Tệp có {found.empty_fields} ô để ký số, chưa ai ký.",)
        return SignatureReport(file, Standing.UNSIGNED, _WITHOUT_SIGNATURE[file.kind], notes=notes)
    return _report_signed(content, file, found.signed, notes)


def _file_notes(file: FileReport) -> Iterator[str]:
    if file.is_mislabelled:
        yield file.sentence
    if file.turned:
        yield f"Trang {', '.join(map(str, file.turned))} đang bị xoay trên màn hình."


def _report_signed(
    content: bytes, file: FileReport, signatures: tuple[Signature, ...], notes: tuple[str, ...]
) -> SignatureReport:
    standing, changes = _standing(content, signatures)
    return SignatureReport(
        file,
        standing,
        _sentence(standing, signatures, changes),
        signatures,
        (*notes, *_signature_notes(file, signatures), REVOCATION_NOT_CHECKED),
        changes,
    )


def _standing(content: bytes, signatures: Sequence[Signature]) -> tuple[Standing, LaterChanges]:
    if any(one.integrity is Integrity.BROKEN for one in signatures):
        return Standing.TAMPERED, LaterChanges()
    changed = [one for one in signatures if one.integrity is Integrity.CHANGED_LATER]
    if not changed:
        return Standing.SIGNED, LaterChanges()
    signed_until, last = min(one.signed_until for one in changed), signatures[-1]
    if last not in changed:
        return Standing.SUPPLEMENTED, later_changes(content[: last.signed_until], signed_until)
    changes = later_changes(content, signed_until)
    return (Standing.TURNED if changes.only_turned else Standing.EDITED), changes


# -- Sentences ---------------------------------------------------------------------------------------------


def _sentence(standing: Standing, signatures: Sequence[Signature], changes: LaterChanges) -> str:
    match standing:
        case Standing.TAMPERED:
            names = _and([one.signer for one in signatures if one.integrity is Integrity.BROKEN])
            return f"Tệp đã bị sửa sau khi ký: nội dung không còn khớp với chữ ký số của {names}; {_TAKE_ORIGINAL}."
        case Standing.SUPPLEMENTED:
            first, last = next(one for one in signatures if one.integrity is not Integrity.WHOLE), signatures[-1]
            return (
                f"Sau khi {first.signer} ký, tệp được sửa thêm ({changes.said}), rồi {last.signer} ký lên cả tệp"
                f"{_at(last)}; hãy xem phần thêm có phải chỉ là số và ngày không."
            )
        case Standing.TURNED:
            return f"Sau khi ký, tệp đã bị {changes.said}, nên không còn đúng như lúc ký; {_TAKE_ORIGINAL}."
        case Standing.EDITED:
            return f"Sau khi ký, tệp đã bị sửa thêm ({changes.said}), nên không còn đúng như lúc ký; {_TAKE_ORIGINAL}."
    return f"{_who_signed(signatures)}; nội dung còn nguyên vẹn; {_how_trusted(signatures)}."


def _who_signed(signatures: Sequence[Signature]) -> str:
    match signatures:
        case [one]:
            return f"{one.signer} đã ký số{_at(one)}"
        case [first, second]:
            return f"Đã ký số 2 lần: {first.signer} ký trước{_at(first)}, {second.signer} ký sau{_at(second)}"
    return f"Đã ký số {len(signatures)} lần, lần lượt: {_and([f'{one.signer}{_at(one)}' for one in signatures])}"


def _at(one: Signature) -> str:
    return f" ({spoken_time(one.signed_at)})" if one.signed_at else ""


def _how_trusted(signatures: Sequence[Signature]) -> str:
    if any(one.trust is Trust.REVOKED for one in signatures):
        return "chứng thư đã bị thu hồi"
    return "chứng thư tin cậy" if all(one.trust is Trust.TRUSTED for one in signatures) else UNVERIFIED


def spoken_time(moment: dt.datetime) -> str:
    return f"{moment.astimezone(_OFFICE_CLOCK):%H:%M ngày %d/%m/%Y}"


def _and(names: Sequence[str]) -> str:
    return " và ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _signature_notes(file: FileReport, signatures: Sequence[Signature]) -> Iterator[str]:
    if file.kind in {FileKind.SCANNED_PDF, FileKind.RECOGNISED_PDF}:
        yield "Phần nội dung là bản quét."
    agencies = [one.is_of_agency for one in signatures]
    if True in agencies and False in agencies[agencies.index(True) :]:
        yield "Cơ quan đã ký số trước; theo Nghị định 30/2020/NĐ-CP, người có thẩm quyền ký trước rồi cơ quan ký sau."
    if True not in agencies:
        yield "Chưa có chữ ký số của cơ quan."
    if False not in agencies:
        yield "Chưa có chữ ký số của người có thẩm quyền."
    for one in signatures:
        if one.was_in_force is False:
            yield f"Chứng thư của {one.signer} không có hiệu lực vào lúc ký."
        if one.shortcomings:
            yield (f"Chữ ký của {one.signer} dùng {_and(one.shortcomings)}, chưa đúng Thông tư 15/2025/TT-BKHCN.")


def rows(one: Signature) -> tuple[tuple[str, str], ...]:
    """What a verifier must show of each signature (Thông tư 15/2025/TT-BKHCN), label and words."""
    validity = {True: "Còn hiệu lực", False: "Không có hiệu lực", None: "Không rõ, vì không có thời gian ký"}
    source = "theo dấu thời gian" if one.is_stamped_time else "theo máy của người ký"
    shown = (
        ("Tình trạng", _state(one)),
        ("Người ký", one.signer),
        ("Chức vụ", one.post),
        ("Đơn vị quản lý", one.body),
        ("Nơi cấp chứng thư", one.certified_by),
        ("Thời gian ký", f"{spoken_time(one.signed_at)} ({source})" if one.signed_at else "Không ghi"),
        ("Tính toàn vẹn", _INTEGRITY[one.integrity]),
        ("Chứng thư vào lúc ký", validity[one.was_in_force]),
        ("Hạn của chứng thư", f"{_day(one.certificate_from)} đến {_day(one.certificate_to)}"),
        ("Thu hồi", "Đã bị thu hồi" if one.trust is Trust.REVOKED else "Chưa kiểm tra"),
        ("Thuật toán", one.algorithm),
    )
    return tuple((label, words) for label, words in shown if words)


_INTEGRITY = {
    Integrity.WHOLE: "Còn nguyên vẹn",
    Integrity.CHANGED_LATER: "Phần đã ký còn nguyên vẹn, tệp bị sửa thêm sau khi ký",
    Integrity.BROKEN: "Đã bị sửa sau khi ký",
}


def _state(one: Signature) -> str:
    if one.integrity is Integrity.BROKEN or one.was_in_force is False or one.trust is Trust.REVOKED:
        return "Không hợp lệ"
    if one.integrity is Integrity.CHANGED_LATER:
        return "Cần xem lại"
    return "Hợp lệ" if one.trust is Trust.TRUSTED else f"Nguyên vẹn, {UNVERIFIED}"


def _day(moment: dt.datetime) -> str:
    return f"{moment.astimezone(_OFFICE_CLOCK):%d/%m/%Y}"


# -- Beside the paper --------------------------------------------------------------------------------------


def mismatches(signatures: Sequence[Signature], issued: IssuedData) -> tuple[str, ...]:
    """Where the signatures and the paper's own words disagree, a sentence each; what either lacks is no dispute."""
    return tuple(_mismatches(signatures, issued))


def _mismatches(signatures: Sequence[Signature], issued: IssuedData) -> Iterator[str]:
    people = [one for one in signatures if not one.is_of_agency]
    agencies = [one for one in signatures if one.is_of_agency]
    for signers, named, role in ((people, issued.signer, "người ký"), (agencies, issued.issuer, "cơ quan ban hành")):
        if signers and named and not any(_same(one.signer, named) for one in signers):
            yield f"Chữ ký số là của {_and([one.signer for one in signers])}, văn bản ghi {role} là {named}."
    day = issued.exact_date
    for one in signatures:
        if day and one.signed_at and one.signed_at.astimezone(_OFFICE_CLOCK).date() != day:
            yield f"{one.signer} ký ngày {_day(one.signed_at)}, văn bản ghi ngày {day:%d/%m/%Y}."


def _same(one: str, other: str) -> bool:
    """One may name the body more fully: «Ủy ban nhân dân xã Suối Bạc, tỉnh Hòa An»."""
    short, long = sorted((_bare(one), _bare(other)), key=len)
    return bool(short) and long.startswith(short)


def _bare(name: str) -> str:
    return fold(unicodedata.normalize("NFC", name)).replace("ubnd", "uy ban nhan dan")
