"""Digital signatures, told in sentences: who signed, whether the file is still what was signed, who vouches."""

from __future__ import annotations

import datetime as dt
import functools
import io
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field

from documents.dates import PartialDate
from documents.signed import (
    FileKind,
    Integrity,
    IssuedData,
    SignatureReport,
    Standing,
    Trust,
    compare,
    mismatches,
    read_issued_data,
    rows,
    signature_report,
)
from documents.signed.report import REVOCATION_NOT_CHECKED
from tests.documents.signed.samples import note, photo, pictures_of, revised, saved_anew, scan, stamp, turn
from tests.documents.signed.signing import MORNING, agency, authority, late_leader, leader, signed, weak_leader
from tests.layout.papers import plain_plan
from tests.layout.rendered import docx_of, pdf_of

LATER = MORNING + dt.timedelta(hours=1)
ORIGINAL = "hãy tải lại bản gốc từ hệ thống quản lý văn bản."
NO_AGENCY = "Chưa có chữ ký số của cơ quan."


def report(content: bytes, name: str = "") -> SignatureReport:
    """As an installation says that knows the authority."""
    return signature_report(content, name, roots=[authority().pem])


@functools.cache
def plain() -> bytes:
    return pdf_of("plain_plan")


@functools.cache
def once() -> bytes:
    return signed(plain(), leader())


@functools.cache
def twice() -> bytes:
    """The leader with the picture of his signature, then the agency."""
    return signed(signed(plain(), leader(), picture=Image.new("RGBA", (60, 30), (0, 0, 255, 90))), agency(), at=LATER)


def tampered(content: bytes) -> bytes:
    """One byte inside the drawing of a page is another."""
    at = content.index(b"stream\n") + 40
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


# -- How it stands ------------------------------------------------------------------------------------------


def test_a_paper_that_nobody_signed() -> None:
    said = report(plain(), "ke-hoach.pdf")

    assert (said.standing, said.sentence) == (Standing.UNSIGNED, "Tệp PDF này chưa có chữ ký số.")
    assert (said.signatures, said.notes, said.is_whole) == ((), (), False)


def test_a_place_to_sign_that_nobody_used_is_told() -> None:
    writer, out = IncrementalPdfFileWriter(io.BytesIO(plain())), io.BytesIO()
    append_signature_field(writer, SigFieldSpec("Lanh dao", on_page=1, box=(300, 100, 400, 160)))
    writer.write(out)

    said = report(out.getvalue())

    assert (said.standing, said.notes) == (Standing.UNSIGNED, ("Tệp có 1 ô để ký số, chưa ai ký.",))


def test_a_signed_paper() -> None:
    said = report(once())

    assert said.standing is Standing.SIGNED
    assert said.sentence == (
        "Lò Văn Thắng đã ký số (08:30 ngày 05/02/2026); nội dung còn nguyên vẹn; chứng thư tin cậy."
    )
    assert said.notes == (NO_AGENCY, REVOCATION_NOT_CHECKED)
    assert (said.is_whole, said.is_trusted) == (True, True)


def test_a_paper_signed_by_the_leader_and_then_by_the_agency() -> None:
    said = report(twice())

    assert said.standing is Standing.SIGNED
    assert said.sentence == (
        "Đã ký số 2 lần: Lò Văn Thắng ký trước (08:30 ngày 05/02/2026), Ủy ban nhân dân xã Suối Bạc ký sau "
        "(09:30 ngày 05/02/2026); nội dung còn nguyên vẹn; chứng thư tin cậy."
    )
    assert said.notes == (REVOCATION_NOT_CHECKED,)
    assert [(one.signer, one.is_of_agency, one.is_visible, one.covers_whole_file) for one in said.signatures] == [
        ("Lò Văn Thắng", False, True, False),
        ("Ủy ban nhân dân xã Suối Bạc", True, False, True),
    ]
    assert {one.integrity for one in said.signatures} == {Integrity.WHOLE}


def test_three_signatures_are_named_in_their_order() -> None:
    said = report(signed(twice(), leader(), at=LATER + dt.timedelta(hours=1)))

    assert said.sentence.startswith(
        "Đã ký số 3 lần, lần lượt: Lò Văn Thắng (08:30 ngày 05/02/2026), "
        "Ủy ban nhân dân xã Suối Bạc (09:30 ngày 05/02/2026) và Lò Văn Thắng (10:30 ngày 05/02/2026); "
    )


def test_an_agency_that_signed_first_is_told() -> None:
    said = report(signed(signed(plain(), agency()), leader(), at=LATER))

    assert said.notes == (
        "Cơ quan đã ký số trước; theo Nghị định 30/2020/NĐ-CP, người có thẩm quyền ký trước rồi cơ quan ký sau.",
        REVOCATION_NOT_CHECKED,
    )


def test_an_agency_alone_is_told() -> None:
    assert report(signed(plain(), agency())).notes == (
        "Chưa có chữ ký số của người có thẩm quyền.",
        REVOCATION_NOT_CHECKED,
    )


@pytest.mark.parametrize("act", [tampered, lambda content: saved_anew(content, turn(1, 90))], ids=["byte", "saved"])
def test_a_tampered_paper(act) -> None:
    said = report(act(twice()))

    assert said.standing is Standing.TAMPERED
    assert said.sentence == (
        "Tệp đã bị sửa sau khi ký: nội dung không còn khớp với chữ ký số của Lò Văn Thắng và Ủy ban nhân dân xã "
        f"Suối Bạc; {ORIGINAL}"
    )
    assert not said.is_whole


def test_a_paper_turned_after_it_was_signed() -> None:
    said = report(revised(twice(), turn(1, 90)))

    assert said.standing is Standing.TURNED
    assert said.sentence == f"Sau khi ký, tệp đã bị xoay trang 2, nên không còn đúng như lúc ký; {ORIGINAL}"
    assert said.notes[0] == "Trang 2 đang bị xoay trên màn hình."
    assert [one.integrity for one in said.signatures] == [Integrity.CHANGED_LATER] * 2


@pytest.mark.parametrize(
    ("act", "what"),
    [
        (note(0, "Da xem", (50, 500, 150, 540)), "ghi hoặc đóng thêm lên trang 1"),
        (lambda writer: writer.add_blank_page(595, 842), "thêm 1 trang"),
        (stamp("27", 200, 400), "đổi nội dung trang 1"),
        (lambda writer: writer.add_attachment("other.txt", b"other"), "đổi phần không hiện trên trang"),
    ],
    ids=["note", "page", "words", "attachment"],
)
def test_a_paper_edited_after_it_was_signed(act, what: str) -> None:
    said = report(revised(once(), act))

    assert said.standing is Standing.EDITED
    assert said.sentence == f"Sau khi ký, tệp đã bị sửa thêm ({what}), nên không còn đúng như lúc ký; {ORIGINAL}"


def test_number_and_day_written_on_between_leader_and_agency_are_asked_about() -> None:
    said = report(signed(revised(once(), note(0, "27", (130, 730, 150, 745))), agency(), at=LATER))

    assert (said.standing, said.is_whole) == (Standing.SUPPLEMENTED, True)
    assert said.sentence == (
        "Sau khi Lò Văn Thắng ký, tệp được sửa thêm (ghi hoặc đóng thêm lên trang 1), rồi Ủy ban nhân dân xã Suối Bạc "
        "ký lên cả tệp (09:30 ngày 05/02/2026); hãy xem phần thêm có phải chỉ là số và ngày không."
    )


def test_signatures_that_cannot_be_read_are_told() -> None:
    at = once().index(b"/Contents <") + len(b"/Contents <")

    said = report(once()[:at] + b"00" * 40 + once()[at + 80 :])

    assert (said.standing, said.sentence) == (
        Standing.UNREADABLE,
        f"Tệp có chữ ký số nhưng không đọc được chữ ký, có thể tệp đã bị sửa; {ORIGINAL}",
    )


def test_what_carries_no_signature_says_what_to_do() -> None:
    picture = pictures_of("plain_plan")[0]
    locked = saved_anew(plain(), lambda writer: writer.encrypt("bi mat", algorithm="AES-256"))
    misleading = "Tệp tên «da-ky.pdf» nhưng bên trong là văn bản Word (.docx); hãy xem có chọn nhầm tệp không, "
    cases = [
        (photo(picture, "JPEG"), "anh.jpg", FileKind.PHOTO, "Ảnh chụp không có chữ ký số; vẫn lưu được nếu bản giấy "),
        (
            docx_of("plain_plan"),
            "a.docx",
            FileKind.WORD,
            "Tệp Word không phải bản đã ký; hãy chọn tệp PDF đã ký hoặc ",
        ),
        (docx_of("plain_plan"), "da-ky.pdf", FileKind.WORD, misleading),
        (locked, "a.pdf", FileKind.ENCRYPTED_PDF, "Tệp PDF đặt mật khẩu nên không mở được; hãy bỏ mật khẩu rồi "),
        (plain()[:9_000], "a.pdf", FileKind.BROKEN, "Tệp bị hỏng hoặc tải về chưa đủ; hãy tải lại "),
    ]

    for content, name, kind, beginning in cases:
        said = report(content, name)
        assert (said.file.kind, said.standing, said.signatures) == (kind, Standing.NO_PDF, ())
        assert said.sentence.startswith(beginning)


def test_a_scan_may_be_unsigned_or_signed() -> None:
    unsigned = scan(pictures_of("plain_plan"))

    assert (report(unsigned).standing, report(unsigned).sentence) == (
        Standing.UNSIGNED,
        "Bản quét không có chữ ký số; vẫn lưu được nếu bản giấy đã ký, đóng dấu.",
    )
    said = report(signed(unsigned, agency()))
    assert said.standing is Standing.SIGNED
    assert said.notes[0] == "Phần nội dung là bản quét."


# -- Who vouches --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("roots", [[], [b"no certificate"]], ids=["none", "no-certificate"])
def test_without_a_known_root_the_chain_is_not_verified(roots: list[bytes]) -> None:
    said = signature_report(once(), roots=roots)

    assert (said.standing, said.is_trusted) == (Standing.SIGNED, False)
    assert said.sentence == (
        "Lò Văn Thắng đã ký số (08:30 ngày 05/02/2026); nội dung còn nguyên vẹn; chưa xác minh được chứng thư."
    )
    assert [one.trust for one in said.signatures] == [Trust.UNVERIFIED]


def test_the_settings_name_the_roots(settings, tmp_path: Path) -> None:
    assert not signature_report(once()).is_trusted

    (tmp_path / "root.pem").write_bytes(authority().pem)
    settings.SIGNATURE_ROOT_FILES = [str(tmp_path / "absent.pem"), str(tmp_path / "root.pem")]

    assert signature_report(once()).is_trusted


def test_a_certificate_that_was_not_yet_in_force_is_told() -> None:
    said = report(signed(plain(), late_leader()))

    assert "Chứng thư của Tòng Văn Muộn không có hiệu lực vào lúc ký." in said.notes
    assert not said.is_trusted
    assert dict(rows(said.signatures[0]))["Tình trạng"] == "Không hợp lệ"


def test_weak_algorithms_and_the_old_format_are_told() -> None:
    said = report(signed(plain(), weak_leader(), digest="sha1", subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED))

    assert said.standing is Standing.SIGNED
    assert (
        "Chữ ký của Quàng Thị Hoa dùng hàm băm SHA-1 (cần SHA-256 trở lên), khóa RSA 1024 bit (cần từ 2048 bit) và "
        "định dạng adbe.pkcs7.detached (cần PAdES), chưa đúng Thông tư 15/2025/TT-BKHCN."
    ) in said.notes
    assert not said.is_trusted


def test_each_signature_shows_what_a_verifier_must_show() -> None:
    first, second = report(twice()).signatures

    assert rows(first) == (
        ("Tình trạng", "Hợp lệ"),
        ("Người ký", "Lò Văn Thắng"),
        ("Chức vụ", "Phó Chủ tịch"),
        ("Đơn vị quản lý", "Ủy ban nhân dân xã Suối Bạc"),
        ("Nơi cấp chứng thư", "Cơ quan chứng thực thử nghiệm"),
        ("Thời gian ký", "08:30 ngày 05/02/2026 (theo máy của người ký)"),
        ("Tính toàn vẹn", "Còn nguyên vẹn"),
        ("Chứng thư vào lúc ký", "Còn hiệu lực"),
        ("Hạn của chứng thư", "01/01/2025 đến 01/01/2030"),
        ("Thu hồi", "Chưa kiểm tra"),
        ("Thuật toán", "SHA-256, ECDSA 256 bit"),
    )
    assert [label for label, _ in rows(second)] == [label for label, _ in rows(first) if label != "Chức vụ"]


# -- Beside the paper ---------------------------------------------------------------------------------------


def test_signatures_that_fit_the_paper_are_no_dispute() -> None:
    said = report(twice())

    assert mismatches(said.signatures, read_issued_data(said.file.text)) == ()


def test_signatures_that_do_not_fit_the_paper_are_told() -> None:
    issued = IssuedData(date=PartialDate(2026, 2, 6), signer="Quàng Thị Hoa", issuer="ỦY BAN NHÂN DÂN XÃ SUỐI VÀNG")

    assert mismatches(report(twice()).signatures, issued) == (
        "Chữ ký số là của Lò Văn Thắng, văn bản ghi người ký là Quàng Thị Hoa.",
        "Chữ ký số là của Ủy ban nhân dân xã Suối Bạc, văn bản ghi cơ quan ban hành là ỦY BAN NHÂN DÂN XÃ SUỐI VÀNG.",
        "Lò Văn Thắng ký ngày 05/02/2026, văn bản ghi ngày 06/02/2026.",
        "Ủy ban nhân dân xã Suối Bạc ký ngày 05/02/2026, văn bản ghi ngày 06/02/2026.",
    )


def test_a_signed_paper_still_says_what_was_issued() -> None:
    assert compare(plain_plan(), report(twice()).file).outcome.label == "Khớp"


def test_another_program_comes_to_the_same_verdict() -> None:
    """``pdfsig`` of poppler, on the whole file and on the tampered one."""
    for content, verdict in ((twice(), "Signature is Valid."), (tampered(twice()), "Digest Mismatch.")):
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            Path(file.name).write_bytes(content)
            answer = subprocess.run(["pdfsig", "-nocert", file.name], capture_output=True, text=True, timeout=60)
        assert answer.stdout.count(f"Signature Validation: {verdict}") == 2


@settings(max_examples=40)
@given(data=st.data())
def test_whatever_a_file_holds_there_is_a_sentence(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from([twice(), docx_of("plain_plan")])))
    for _ in range(data.draw(st.integers(1, 30))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content) - 1)) :]

    said = signature_report(bytes(content), "a.pdf", roots=[])

    assert said.sentence.endswith(".")
