"""Each digital signature of a PDF as plain facts, found by pyHanko.

What a verifier must show: Thông tư 15/2025/TT-BKHCN (valid or not, who certified, who signed, for which body, when,
whole or not, certificate in force at that time, its term). Nothing is fetched: without the network nobody can tell
whether a certificate was revoked, and the report says so.
"""

from __future__ import annotations

import datetime as dt
import enum
import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
    from pyhanko.sign.validation.status import PdfSignatureStatus

PADES = "ETSI.CAdES.detached"
_SMALLEST_KEY = {"rsa": 2048, "rsassa_pss": 2048, "ec": 256, "ed25519": 256, "ed448": 448}
_WEAK_DIGESTS = {"md2", "md5", "sha1", "sha224"}
_DIGEST_NAMES = {"sha1": "SHA-1", "sha224": "SHA-224", "sha256": "SHA-256", "sha384": "SHA-384", "sha512": "SHA-512"}
_KEY_NAMES = {"rsa": "RSA", "rsassa_pss": "RSA-PSS", "ec": "ECDSA", "ed25519": "Ed25519", "ed448": "Ed448"}
_BODIES = (
    *("ủy ban nhân dân", "uỷ ban nhân dân", "ubnd", "hội đồng", "hđnd", "sở ", "phòng ", "ban ", "văn phòng"),
    *("trường ", "trung tâm", "trạm ", "công an", "chi cục", "cục ", "bộ ", "cụm ", "khối ", "đảng ủy", "đảng uỷ"),
    *("đoàn ", "hội ", "mặt trận", "chính phủ"),
)

logger = logging.getLogger(__name__)


class UnreadableSignatures(Exception):
    """The file holds signatures, but not in a form that can be read."""


class Integrity(enum.Enum):
    WHOLE = "whole"
    """What was signed is as it was, and nothing was added but further signatures and filled fields."""
    CHANGED_LATER = "changed-later"
    """What was signed is as it was; more was added than a signed paper allows."""
    BROKEN = "broken"
    """What was signed is no longer as it was, or the signature does not fit it."""


class Trust(enum.Enum):
    TRUSTED = "trusted"
    UNVERIFIED = "unverified"
    """No chain to a root that this installation knows."""
    REVOKED = "revoked"
    """As far as the file itself tells."""


@dataclass(frozen=True, slots=True)
class Signature:
    field: str
    signer: str
    """The certificate's common name."""
    post: str
    body: str
    """Đơn vị quản lý: the organisation that the certificate names."""
    certified_by: str
    certificate_from: dt.datetime
    certificate_to: dt.datetime
    signed_at: dt.datetime | None
    """UTC; None where neither signature nor file says it."""
    is_stamped_time: bool
    """A time-stamping authority vouches for it; else it is what the signer's machine said."""
    integrity: Integrity
    covers_whole_file: bool
    signed_until: int
    """Bytes of the file as it was when signed."""
    trust: Trust
    is_visible: bool
    subfilter: str
    digest: str
    key_kind: str
    key_bits: int

    @property
    def is_of_agency(self) -> bool:
        return not self.post and self.signer.lower().startswith(_BODIES)

    @property
    def was_in_force(self) -> bool | None:
        """Whether the certificate was valid when it signed; None where nobody knows when that was."""
        return None if self.signed_at is None else self.certificate_from <= self.signed_at <= self.certificate_to

    @property
    def algorithm(self) -> str:
        digest = _DIGEST_NAMES.get(self.digest, self.digest.upper())
        return f"{digest}, {_KEY_NAMES.get(self.key_kind, self.key_kind.upper())} {self.key_bits} bit"

    @property
    def shortcomings(self) -> tuple[str, ...]:
        """Where it falls short of Thông tư 15/2025/TT-BKHCN, in words that go on with «dùng …»."""
        found = []
        if self.digest in _WEAK_DIGESTS:
            found.append(f"hàm băm {_DIGEST_NAMES.get(self.digest, self.digest.upper())} (cần SHA-256 trở lên)")
        smallest = _SMALLEST_KEY.get(self.key_kind)
        if smallest and self.key_bits < smallest:
            found.append(f"khóa {_KEY_NAMES[self.key_kind]} {self.key_bits} bit (cần từ {smallest} bit)")
        if self.subfilter != PADES:
            found.append(f"định dạng {self.subfilter or 'không ghi rõ'} (cần PAdES)")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Signatures:
    signed: tuple[Signature, ...] = ()
    """In the order in which they were put on."""
    empty_fields: int = 0
    """Places prepared for a signature that nobody has used."""


def read_signatures(content: bytes, roots: Sequence[bytes] = ()) -> Signatures:
    """``roots``: certificates, DER or PEM, to which a chain must lead to be trusted.

    Raise ``UnreadableSignatures``. The file is an open PDF (``documents.signed.files``); a tenth of a second.
    """
    if b"/ByteRange" not in content and b"/Sig" not in content and b"/ObjStm" not in content:
        return Signatures()  # spares the library for the many files that nobody signed
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 -- heavy, and wanted only here
    from pyhanko.sign.fields import enumerate_sig_fields  # noqa: PLC0415 -- as above

    # Its warnings tell in tracebacks what the report tells in a sentence: no chain, weak algorithm.
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    trusted = _certificates(roots)
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        if reader.encrypted:
            reader.decrypt("")
        embedded = sorted(reader.embedded_regular_signatures, key=lambda one: one.signed_revision)
        empty = sum(1 for _ in enumerate_sig_fields(reader, filled_status=False))
        return Signatures(tuple(_facts(one, trusted) for one in embedded), empty)
    except Exception as error:  # the library passes on whatever a broken file makes of it
        logger.info("Signatures were not read: %r", error)
        raise UnreadableSignatures from error


def _certificates(roots: Sequence[bytes]) -> list[Certificate]:
    """A file that holds none is left out and logged; the papers signed under it count as not verified."""
    from pyhanko.keys import load_certs_from_pemder_data  # noqa: PLC0415 -- heavy

    found: list[Certificate] = []
    for root in roots:
        try:
            found += load_certs_from_pemder_data(root)
        except ValueError as error:
            logger.error("Not a root certificate: %s", error)
    return found


def _facts(embedded: EmbeddedPdfSignature, roots: Sequence[Certificate]) -> Signature:
    status = _status(embedded, roots)
    certificate = embedded.signer_cert
    subject, issuer = certificate.subject.native, certificate.issuer.native
    stamp = status.timestamp_validity
    key = certificate.public_key
    stamped_at = stamp.timestamp if stamp and stamp.intact and stamp.valid and stamp.trusted else None
    _, length, start, rest = embedded.byte_range
    return Signature(
        field=embedded.field_name,
        signer=_name(subject, "common_name") or _name(subject, "organization_name"),
        post=_name(subject, "title"),
        body=_name(subject, "organization_name") or _name(subject, "organizational_unit_name"),
        certified_by=_name(issuer, "common_name") or _name(issuer, "organization_name"),
        certificate_from=certificate.not_valid_before,
        certificate_to=certificate.not_valid_after,
        signed_at=stamped_at or _utc(embedded.self_reported_timestamp),
        is_stamped_time=stamped_at is not None,
        integrity=_integrity(status),
        covers_whole_file=int(start + rest) == _size(embedded),
        signed_until=int(start + rest),
        trust=_trust(status),
        is_visible=_is_visible(embedded.sig_field),
        subfilter=str(embedded.sig_object.get("/SubFilter", "")).lstrip("/"),
        digest=embedded.md_algorithm,
        key_kind=key.algorithm,
        key_bits=key.bit_size,
    )


def _status(embedded: EmbeddedPdfSignature, roots: Sequence[Certificate]) -> PdfSignatureStatus:
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415 -- heavy
    from pyhanko.sign.validation.settings import KeyUsageConstraints  # noqa: PLC0415 -- heavy
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415 -- heavy

    # The chain as it stood when the paper was signed: certificates end, signed papers stay.
    context = ValidationContext(
        trust_roots=list(roots), moment=_utc(embedded.self_reported_timestamp), allow_fetching=False
    )
    # Some certificates of offices name only «digital signature» among their uses.
    uses = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
    return validate_pdf_signature(embedded, context, key_usage_settings=uses)


def _utc(moment: dt.datetime | None) -> dt.datetime | None:
    """A file that names no zone means the clock of the office."""
    if moment is not None and moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.timezone(dt.timedelta(hours=7)))
    return moment and moment.astimezone(dt.UTC)


def _integrity(status: PdfSignatureStatus) -> Integrity:
    if not (status.intact and status.valid):
        return Integrity.BROKEN
    return Integrity.WHOLE if status.docmdp_ok else Integrity.CHANGED_LATER


def _trust(status: PdfSignatureStatus) -> Trust:
    if status.revoked:
        return Trust.REVOKED
    return Trust.TRUSTED if status.trusted else Trust.UNVERIFIED


def _name(parts: dict[str, Any], key: str) -> str:
    """Of several organisational units the first, which is the nearest."""
    value = parts.get(key, "")
    return str(value[0] if isinstance(value, list) else value).strip()


def _size(embedded: EmbeddedPdfSignature) -> int:
    return embedded.reader.stream.seek(0, io.SEEK_END)


def _is_visible(field: Any) -> bool:
    """Whether its box on the page has any size."""
    widgets = [kid.get_object() for kid in field.get("/Kids", [])] or [field]
    boxes = [[float(edge) for edge in widget["/Rect"]] for widget in widgets if "/Rect" in widget]
    return any(x0 != x1 and y0 != y1 for x0, y0, x1, y1 in boxes)
