"""The example paper as it may come back: nine files, each with the sentence that belongs to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from tests.documents.signed.samples import note, photo, pictures_of, revised, saved_anew, scan, turn
from tests.documents.signed.signing import MORNING, agency, leader, signed
from tests.layout.rendered import docx_of, pdf_of

LATER = MORNING + dt.timedelta(hours=1)
_ORIGINAL = "hãy tải lại bản gốc từ hệ thống quản lý văn bản."


@dataclass(frozen=True)
class Returned:
    name: str
    """Of the file."""
    make: Callable[[], bytes]
    sentence: str
    is_doubted: bool = False
    """Whoever records it is asked first."""


def once() -> bytes:
    return signed(pdf_of("plain_plan"), leader())


def twice() -> bytes:
    return signed(once(), agency(), at=LATER)


def tampered(content: bytes) -> bytes:
    """One byte inside the drawing of a page is another."""
    at = content.index(b"stream\n") + 40
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def locked() -> bytes:
    return saved_anew(pdf_of("plain_plan"), lambda writer: writer.encrypt("bi mat", algorithm="AES-256"))


RETURNED = {
    "signed": Returned(
        "05.pdf",
        once,
        "Lò Văn Thắng đã ký số (08:30 ngày 05/02/2026); nội dung còn nguyên vẹn; chứng thư tin cậy.",
    ),
    "twice-signed": Returned(
        "05.pdf",
        twice,
        "Đã ký số 2 lần: Lò Văn Thắng ký trước (08:30 ngày 05/02/2026), Ủy ban nhân dân xã Suối Bạc ký sau "
        "(09:30 ngày 05/02/2026); nội dung còn nguyên vẹn; chứng thư tin cậy.",
    ),
    "tampered": Returned(
        "05.pdf",
        lambda: tampered(once()),
        f"Tệp đã bị sửa sau khi ký: nội dung không còn khớp với chữ ký số của Lò Văn Thắng; {_ORIGINAL}",
        is_doubted=True,
    ),
    "rotated": Returned(
        "05.pdf",
        lambda: revised(once(), turn(1, 90)),
        f"Sau khi ký, tệp đã bị xoay trang 2, nên không còn đúng như lúc ký; {_ORIGINAL}",
    ),
    "later-edited": Returned(
        "05.pdf",
        lambda: revised(once(), note(0, "Da xem", (50, 500, 150, 540))),
        f"Sau khi ký, tệp đã bị sửa thêm (ghi hoặc đóng thêm lên trang 1), nên không còn đúng như lúc ký; {_ORIGINAL}",
        is_doubted=True,
    ),
    "scanned": Returned(
        "05.pdf",
        lambda: scan(pictures_of("plain_plan")),
        "Bản quét không có chữ ký số; vẫn lưu được nếu bản giấy đã ký, đóng dấu.",
    ),
    "photographed": Returned(
        "05.jpg",
        lambda: photo(pictures_of("plain_plan")[0], "JPEG"),
        "Ảnh chụp không có chữ ký số; vẫn lưu được nếu bản giấy đã ký, đóng dấu, nhưng nên quét lại.",
    ),
    "encrypted": Returned(
        "05.pdf",
        locked,
        "Tệp PDF đặt mật khẩu nên không mở được; hãy bỏ mật khẩu rồi chọn lại.",
        is_doubted=True,
    ),
    "mislabelled": Returned(
        "da-ky.pdf",
        lambda: docx_of("plain_plan"),
        "Tệp tên «da-ky.pdf» nhưng bên trong là văn bản Word (.docx); hãy xem có chọn nhầm tệp không, hoặc đổi lại "
        "đuôi tệp.",
        is_doubted=True,
    ),
}
