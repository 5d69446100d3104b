"""Stored files: known by their content, kept once, opened only to whom an app opens them."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import models, transaction

from core import audit, files
from core.files import DOCX, PDF, XLSX, UnfitFile, open_stored, store, visible_files
from core.models import AuditEntry, StoredFile
from core.text import UnfitText
from tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db

ONLY_THESE = "Không nhận được tệp này. Chương trình nhận tệp PDF, Word (.docx), Excel (.xlsx) và ảnh (PNG, JPEG)."


def zipped(**members: str | bytes) -> bytes:
    """A ZIP file; ``__`` in a name stands for a slash."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def office_file(**members: str | bytes) -> bytes:
    return zipped(**{"[Content_Types].xml": "<Types/>", "_rels/.rels": "<Relationships/>", **members})


PDF_BYTES = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
DOCX_BYTES = office_file(**{"word/document.xml": "<w:document/>"})
XLSX_BYTES = office_file(**{"xl/workbook.xml": "<workbook/>"})
PNG_BYTES = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
JPEG_BYTES = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
EXE_BYTES = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(200)


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def an(unit):
    return UserFactory(role="officer", unit=unit)


@pytest.fixture
def keep(unit, an):
    def keep(content: bytes, name: str = "ke-hoach.pdf", actor=an) -> StoredFile:
        return store(io.BytesIO(content), name=name, unit_id=unit.pk, actor=actor)

    return keep


def on_disk() -> list[str]:
    """Everything that lies in the store, spools left behind included."""
    root = Path(django_settings.MEDIA_ROOT)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def place_of(content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest()
    return f"{digest[:2]}/{digest}"


# -- What is kept -------------------------------------------------------------------------


def test_a_file_is_kept_under_its_hash_with_its_row_and_its_entry(keep, unit, an):
    stored = keep(PDF_BYTES, "Kế hoạch 14.pdf")

    digest = hashlib.sha256(PDF_BYTES).hexdigest()
    assert (stored.unit_id, stored.name, stored.created_by) == (unit.pk, "Kế hoạch 14.pdf", an)
    assert (stored.sha256, stored.size, stored.media_type) == (digest, len(PDF_BYTES), PDF)
    assert on_disk() == [place_of(PDF_BYTES)]
    with open_stored(stored) as stream:
        assert stream.read() == PDF_BYTES
    entry = AuditEntry.objects.get()
    assert (entry.code, entry.actor, entry.changes) == ("core.file.stored", an, {"sha256": [None, digest]})
    assert audit.first_broken_link(unit.pk) is None


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF_BYTES, PDF),
        (DOCX_BYTES, DOCX),
        (XLSX_BYTES, XLSX),
        (PNG_BYTES, "image/png"),
        (JPEG_BYTES, "image/jpeg"),
    ],
    ids=["pdf", "docx", "xlsx", "png", "jpeg"],
)
@pytest.mark.parametrize("name", ["tep.pdf", "tep.exe", "tep"])
def test_the_type_comes_from_the_content_whatever_the_name(keep, content, media_type, name):
    assert keep(content, name).media_type == media_type


def test_same_bytes_are_kept_once_and_each_upload_has_its_row(keep):
    binh = UserFactory()

    first, second = keep(PDF_BYTES, "mot.pdf"), keep(PDF_BYTES, "hai.pdf", binh)

    assert on_disk() == [place_of(PDF_BYTES)]
    assert first.pk != second.pk
    assert [(row.name, row.sha256) for row in StoredFile.objects.order_by("id")] == [
        ("mot.pdf", first.sha256),
        ("hai.pdf", first.sha256),
    ]


def test_bytes_are_not_open_to_everybody_on_the_machine(keep):
    keep(PDF_BYTES)

    [path] = [path for path in Path(django_settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/passwd.pdf", "passwd.pdf"), ("/tmp/a.pdf", "a.pdf"), ("Tệp số 1.pdf", "Tệp số 1.pdf")],
)
def test_a_name_never_leads_anywhere(keep, name, kept):
    assert keep(PDF_BYTES, name).name == kept


# -- What is refused ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(EXE_BYTES, id="program"),
        pytest.param(EXE_BYTES + PDF_BYTES, id="program with a paper behind it"),
        pytest.param(b"<!DOCTYPE html><html><script>alert(1)</script></html>", id="html"),
        pytest.param(b"<html><script>alert(1)</script></html>\n" + PDF_BYTES, id="html with a paper behind it"),
        pytest.param(b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', id="svg"),
        pytest.param(b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', id="svg with a prolog"),
        pytest.param(b"GIF89a\x01\x00\x01\x00", id="gif"),
        pytest.param(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500), id="old word"),
        pytest.param(b"hello", id="words"),
        pytest.param(b"", id="nothing"),
        pytest.param(zipped(a="x"), id="zip"),
        pytest.param(zipped(**{"virus.exe": EXE_BYTES}), id="zip with a program"),
        pytest.param(zipped(**{"META-INF/MANIFEST.MF": "Main-Class: A"}), id="java"),
        pytest.param(office_file(**{"ppt/presentation.xml": "<p/>"}), id="slides"),
        pytest.param(office_file(**{"word/document.xml": "<w/>", "word/vbaProject.bin": b"\x01"}), id="macros"),
        pytest.param(b"PK\x03\x04" + bytes(300), id="broken zip"),
        pytest.param(office_file(**{"word/document.xml": bytes(300_000_000)}), id="zip bomb"),
    ],
)
def test_what_is_no_paper_is_refused_though_it_is_named_like_one(keep, content):
    with pytest.raises(UnfitFile) as refusal:
        keep(content, "ke-hoach.pdf")

    assert str(refusal.value) == ONLY_THESE
    assert (on_disk(), StoredFile.objects.count(), AuditEntry.objects.count()) == ([], 0, 0)


def test_the_largest_file_is_kept_and_one_byte_more_is_told(keep, settings):
    settings.UPLOAD_LIMIT_BYTES = 2 << 20
    largest = PDF_BYTES + bytes((2 << 20) - len(PDF_BYTES))
    assert keep(largest).size == 2 << 20

    with pytest.raises(UnfitFile) as refusal:
        keep(largest + b"\x00")

    assert str(refusal.value) == "Tệp lớn quá 2 MB."
    assert on_disk() == [place_of(largest)]


@pytest.mark.parametrize(
    "name", ["a\x07.pdf", "a\nb.pdf", "đ" * 256], ids=["control character", "two lines", "too long"]
)
def test_a_name_that_cannot_be_shown_is_refused_and_nothing_is_left(keep, name):
    with pytest.raises(UnfitText, match="^Tên tệp "):
        keep(PDF_BYTES, name)

    assert (on_disk(), StoredFile.objects.count()) == ([], 0)


def test_an_act_that_is_undone_leaves_no_row(keep):
    @transaction.atomic
    def act() -> None:
        keep(PDF_BYTES)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        act()

    assert StoredFile.objects.count() == 0


# -- Who sees what ------------------------------------------------------------------------


@pytest.fixture
def scopes(monkeypatch):
    """The scopes of the apps aside, so that the test registers its own."""
    monkeypatch.setattr(files, "_scopes", [])


def test_a_file_that_no_app_opens_is_its_uploaders_only(keep, an, unit, scopes):
    stored = keep(PDF_BYTES)
    colleague = UserFactory(role="officer", unit=unit)
    keep(PNG_BYTES, actor=None)
    assert StoredFile.objects.count() == 2

    assert list(visible_files(an)) == [stored]
    assert list(visible_files(colleague)) == []


def test_an_app_opens_files_by_its_scope(keep, unit, scopes):
    stored, other = keep(PDF_BYTES, "mot.pdf"), keep(PNG_BYTES, "hai.png")
    colleague, stranger = UserFactory(role="officer", unit=unit), UserFactory(role="officer")

    files.register_scope(
        lambda user: models.Q(name="mot.pdf", unit_id__in=user.memberships.values("unit")) | models.Q(pk__in=[])
    )
    files.register_scope(lambda user: models.Q(pk__in=[]))

    assert other not in visible_files(colleague)
    assert list(visible_files(colleague)) == [stored]
    assert list(visible_files(stranger)) == []


def test_a_file_that_two_apps_open_is_there_once(keep, an, scopes):
    keep(PDF_BYTES)
    for _ in range(2):
        files.register_scope(lambda user: models.Q(name="ke-hoach.pdf"))

    assert visible_files(an).count() == 1
