"""Who is asked: the bodies that a sentence or the heading above it names, and whether they mean a given unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from core.text import fold
from documents.reading.duties.days import after_time

ASKS = re.compile(
    r"\b(?:gửi|nộp|báo cáo|đăng ký|hoàn thành|xây dựng|ban hành|tổ chức|triển khai|rà soát|tổng hợp|lập|"
    r"tham gia|tham dự|sơ kết|tổng kết|chấm điểm|tự chấm|ký kết|ký giao ước|bình xét|phát động|thực hiện|"
    r"cung cấp|phối hợp|dự họp|kiện toàn|đề xuất|trình|hướng dẫn|tham mưu|công bố|kiểm tra|họp|bàn giao|cử|"
    r"chủ trì|chỉ đạo|tuyên truyền|đôn đốc|lựa chọn|giới thiệu|thông báo|cập nhật|nhập|niêm yết|bố trí|"
    r"theo dõi|phân công|quán triệt|đánh giá|thẩm định|thống kê)\b",
    re.IGNORECASE,
)
"""Verbs with which papers ask for something."""

_BODY = re.compile(
    r"\b(?:UBND|HĐND|UBMTTQ|MTTQ|ủy ban|uỷ ban|hội đồng|sở|phòng|văn phòng|ban(?! hành)|ngành|đơn vị|cơ quan|"
    r"địa phương|xã(?! hội)|phường|thị trấn|đặc khu|huyện|thành viên|cụm|khối|trưởng|thủ trưởng|giám đốc|chủ tịch|"
    r"mặt trận|đoàn thể|công an|trung tâm|các trường|nhà trường|tập thể|doanh nghiệp|công chức|thôn|bộ phận|chi cục|"
    r"thường trực|đảng ủy)\b"
    r"|(?-i:\bHội (?=[A-ZĐ])|\bĐoàn (?=[A-ZĐ]))",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:đề nghị|yêu cầu|giao|phân công|đề nghị đồng chí)\s+(?P<whom>[^.;:]{2,240}?)[\s,:]+(?=" + ASKS.pattern + ")",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"^(?:(?:Đề nghị|Yêu cầu|Giao|Phân công|Riêng|Đối với|Trường hợp|Ngoài ra|Đồng thời|Hằng năm|Hàng năm"
    r"|Mỗi năm)\b[,:]?\s*)+",
    re.IGNORECASE,
)
_MUST = re.compile(
    r"^[\s,:–-]*(?:(?:có|chịu) trách nhiệm|có nhiệm vụ|cần|phải|khẩn trương|chủ động|tiếp tục|tập trung|nghiêm túc)"
    r"(?:\s+(?:và|chủ động|khẩn trương|tiếp tục|phải))*[\s,]*",
    re.IGNORECASE,
)
_BEFORE_WHAT = re.compile(r"\b(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|căn cứ|trên cơ sở)\b")
_NOBODY = re.compile(r"\W*(?:Căn cứ|Thực hiện|Theo|Để|Nhằm|Trước|Sau|Là)\b")
_HEADING = re.compile(
    r"^(?:(?:Trách nhiệm|Nhiệm vụ|Đối với|Giao|Đề nghị|Phân công)(?:\s+của)?\s+)?(?P<whom>.+)$", re.IGNORECASE
)
_LONGEST = 240

_EVERYONE = re.compile(
    r"\b(?:đơn vị|cơ quan|địa phương|thành viên|các cụm|các khối|cụm, khối|các ngành|tập thể|thủ trưởng"
    r"|các cấp|các nơi)\b",
    re.IGNORECASE,
)
_A_FEW = re.compile(
    r"\b(?:cơ quan thường trực|đơn vị (?:cụm |khối )?(?:trưởng|phó)[\w\s]*|thành viên (?:hội đồng|ban|tổ)[^,;]*"
    r"|(?:cơ quan|đơn vị)[^,;]{0,20}thuộc (?:sở|bộ)[^,;]*|(?:trưởng|phó) (?:các )?(?:cụm|khối)[^,;]*"
    r"|(?:cụm|khối) (?:trưởng|phó))",
    re.IGNORECASE,
)
_LEVELS = {
    "commune": re.compile(
        r"\b(?:xã(?! hội)|phường|thị trấn|đặc khu|cấp xã|cơ sở|thôn|ấp|khu phố|tổ dân phố)\b", re.IGNORECASE
    ),
    "district": re.compile(r"\b(?:huyện|thị xã|quận|cấp huyện|thành phố)\b", re.IGNORECASE),
    "province": re.compile(r"\b(?:tỉnh|cấp tỉnh|thành phố)\b", re.IGNORECASE),
}
_ONE_COMMUNE = re.compile(r"\b(?:[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu)\s+(?=[A-ZĐÀ-Ỵ])")


class Concern(StrEnum):
    OURS = "ours"
    """The unit by its name, or those of its level."""
    EVERYONE = "everyone"
    UNSAID = "unsaid"
    """Nobody is named: whoever received the paper."""
    OTHER = "other"


def concern_of(whom: str, *, level: str, names: Sequence[str] = ()) -> Concern:
    """Whether the bodies named in ``whom`` mean a unit of ``level`` («commune», …) that is called one of ``names``."""
    if not whom.strip():
        return Concern.UNSAID
    folded = f" {fold(whom)} "
    if any(f" {fold(name)} " in re.sub(r"[,;.:()]", " ", folded) for name in names if name):
        return Concern.OURS
    level_words = _LEVELS.get(level)
    plain = _ONE_COMMUNE.sub("", whom)  # «xã Bình Sơn» is that one alone
    if level_words and level_words.search(plain if level == "commune" else whom):
        return Concern.OURS
    if _EVERYONE.search(_A_FEW.sub("", whom)):
        return Concern.EVERYONE
    return Concern.OTHER if _BODY.search(whom) else Concern.UNSAID


def addressed_in(sentence: str) -> tuple[str, int]:
    """Whom the sentence itself asks, and where what it asks begins; empty and 0 where it names nobody.

    >>> addressed_in("Sở Nội vụ đề nghị các xã gửi báo cáo trước ngày 10/7.")
    ('các xã', 25)
    """
    asked = asked_in(sentence)
    if asked[0]:
        return asked
    opener = _OPENS.match(sentence)
    at = opener.end() if opener else 0
    verb = ASKS.search(sentence, at)
    must = _BEFORE_WHAT.search(sentence, at)
    begins = min((found.start() for found in (verb, must) if found), default=None)
    if begins is None or begins - at > _LONGEST:
        return "", 0
    whom = sentence[at:begins]
    if not _begins_with_body(after_time(whom)) or _NOBODY.match(whom):
        return "", 0
    if modal := _MUST.match(sentence[begins:]):
        begins += modal.end()
    return after_time(whom).strip(" ,:–-)"), begins


def asked_in(sentence: str) -> tuple[str, int]:
    """As ``addressed_in``, but only where a verb of asking says it: «đề nghị …», «yêu cầu …», «giao …».

    >>> asked_in("Các xã cử người dự."), asked_in("Đề nghị các xã cử người dự.")
    (('', 0), ('các xã', 15))
    """
    for found in reversed(list(_ASKED.finditer(sentence))):
        if _begins_with_body(found["whom"]):
            return found["whom"].strip(" ,"), found.end()
    return "", 0


def addressed_by_heading(title: str) -> str:
    """«2. Nhiệm vụ của Trưởng khối thi đua», «Sở Nội vụ»; empty where the title is no body's."""
    found = _HEADING.match(title)
    whom = found["whom"].strip(" ,:") if found else ""
    return whom if _begins_with_body(whom) and ASKS.search(" ".join(whom.split()[:2])) is None else ""


def _begins_with_body(words: str) -> bool:
    """«Thủ trưởng các cơ quan», not «Hồ sơ khen thưởng ngành Giáo dục»."""
    return _BODY.search(" ".join(words.strip(" ,:–-)").split()[:3])) is not None
