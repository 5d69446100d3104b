"""Throw-away certificates and signatures, made anew for every run: a leader and an agency under one authority."""

from __future__ import annotations

import datetime as dt
import functools
import io
from dataclasses import dataclass

import time_machine
from asn1crypto import keys, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from PIL import Image
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

MORNING = dt.datetime(2026, 2, 5, 1, 30, 15, tzinfo=dt.UTC)
"""08:30:15 on 5 February in Việt Nam."""

_USES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "crl_sign"),
    *("encipher_only", "decipher_only", "key_cert_sign"),
)

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Identity:
    certificate: x509.Certificate
    key: Key
    issuer: Identity | None = None

    @property
    def pem(self) -> bytes:
        return certificates.load_der_x509_certificate(self.certificate.dump()).public_bytes(serialization.Encoding.PEM)


def make_identity(
    subject: dict[certificates.ObjectIdentifier, str],
    issuer: Identity | None = None,
    *,
    key: Key | None = None,
    start: dt.datetime = dt.datetime(2025, 1, 1, tzinfo=dt.UTC),
    end: dt.datetime = dt.datetime(2030, 1, 1, tzinfo=dt.UTC),
) -> Identity:
    """An authority that signs itself where no issuer is named, else a certificate to sign papers with."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    name = certificates.Name([certificates.NameAttribute(oid, value) for oid, value in subject.items()])
    by = certificates.load_der_x509_certificate(issuer.certificate.dump()).subject if issuer else name
    usage = dict.fromkeys(_USES, False) | dict.fromkeys(_USES[:2] if issuer else _USES[-1:], True)
    built = (
        certificates.CertificateBuilder()
        .subject_name(name)
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(certificates.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(certificates.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(certificates.KeyUsage(**usage), critical=True)
        .sign((issuer or Identity(None, key)).key, hashes.SHA256())
    )
    return Identity(x509.Certificate.load(built.public_bytes(serialization.Encoding.DER)), key, issuer)


@functools.cache
def authority() -> Identity:
    return make_identity({NameOID.COUNTRY_NAME: "VN", NameOID.COMMON_NAME: "Cơ quan chứng thực thử nghiệm"})


@functools.cache
def leader() -> Identity:
    return make_identity(
        {
            NameOID.COUNTRY_NAME: "VN",
            NameOID.ORGANIZATION_NAME: "Ủy ban nhân dân xã Suối Bạc",
            NameOID.TITLE: "Phó Chủ tịch",
            NameOID.COMMON_NAME: "Lò Văn Thắng",
        },
        authority(),
    )


@functools.cache
def agency() -> Identity:
    return make_identity(
        {
            NameOID.COUNTRY_NAME: "VN",
            NameOID.ORGANIZATION_NAME: "Tỉnh Hòa An",
            NameOID.COMMON_NAME: "Ủy ban nhân dân xã Suối Bạc",
        },
        authority(),
    )


@functools.cache
def weak_leader() -> Identity:
    return make_identity(
        {NameOID.COMMON_NAME: "Quàng Thị Hoa"}, authority(), key=rsa.generate_private_key(65537, 1024)
    )


@functools.cache
def late_leader() -> Identity:
    """Whose certificate began only after the papers here were signed."""
    return make_identity(
        {NameOID.COMMON_NAME: "Tòng Văn Muộn"}, authority(), start=dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
    )


def signed(
    pdf: bytes,
    who: Identity,
    *,
    at: dt.datetime = MORNING,
    picture: Image.Image | None = None,
    digest: str = "sha256",
    subfilter: fields.SigSeedSubFilter = fields.SigSeedSubFilter.PADES,
) -> bytes:
    """One more signature, as an incremental update; with a picture it shows on the first page."""
    private = who.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    chain = SimpleCertificateStore.from_certs([who.issuer.certificate] if who.issuer else [])
    name = f"Signature{pdf.count(b'/ByteRange') + 1}"
    signer = signers.PdfSigner(
        signers.PdfSignatureMetadata(
            field_name=name, md_algorithm=digest, subfilter=subfilter, signer_key_usage={"digital_signature"}
        ),
        signers.SimpleSigner(who.certificate, keys.PrivateKeyInfo.load(private), chain),
        stamp_style=StaticStampStyle(background=PdfImage(picture), border_width=0) if picture else None,
        new_field_spec=fields.SigFieldSpec(name, on_page=0, box=(360, 240, 470, 300) if picture else None),
    )
    with time_machine.travel(at, tick=False):
        return signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)).getvalue()
