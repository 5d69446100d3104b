"""What a sentence asks to be sent, and to whom."""

from __future__ import annotations

import re

from documents.reading.duties.days import has_time

SENDS = re.compile(r"\b(?:gửi|nộp|báo cáo|trình|đăng ký)\b", re.IGNORECASE)
_BODY_START = (
    r"(?:UBND|Ủy ban|Uỷ ban|UBMT|HĐND|Hội đồng|Sở|Phòng|Ban|Bộ|Văn phòng|Thường trực|Cơ quan|Trưởng [Kk]hối"
    r"|Trưởng [Cc]ụm|Cụm [Tt]rưởng|Khối [Tt]rưởng|Đơn vị [Tt]rưởng|Đảng ủy|Huyện ủy|Tỉnh ủy|Thành ủy|Mặt trận|Ủy viên"
    r"|Tổ|Trung tâm|Công an|Chi cục|Cục|Chủ tịch|Giám đốc|Thủ tướng|Chính phủ)"
)
_BODY_END = (
    r"trước|chậm nhất|muộn nhất|để|qua|trong|theo|và gửi|đồng thời|vào|hạn|đến hết|hết|kết quả|việc|tình hình|xem xét"
    r"|quyết định|định kỳ|bằng|phê duyệt|tổng hợp|không quá"
)
_WHOM = re.compile(
    rf"\b(?i:gửi|nộp|báo cáo|trình|đăng ký|về|cho|đến|tới|lên)(?:\s+(?:về|cho|đến|tới|lên|đồng chí))?\s+"
    rf"(?P<whom>{_BODY_START}(?:(?!\s+(?:{_BODY_END})\b)[^,;.:()])*)"
)
"""Capital letters tell a body from «về công tác …»."""
_THING = (
    r"(?:báo cáo|kế hoạch|hồ sơ|danh sách|bản đăng ký|bản giao ước|biểu mẫu|biểu|đề cương|tờ trình|kết quả"
    r"|bảng (?:tự )?chấm điểm|bảng điểm|bảng tổng hợp|văn bản|ý kiến|thông tin|số liệu|phiếu|dự thảo|biên bản|tài liệu"
    r"|bài viết|sản phẩm|dự toán)"
)
_COUNT = r"(?:\d{1,3}\s+(?:\([^()]*\)\s+)?(?:bộ|bản)\s+)?"
_UNTIL = r"(?:về|cho|đến|tới|lên|với|gửi|trước|chậm nhất|muộn nhất|trong|qua)"
_SENT = re.compile(rf"\b(?:gửi|nộp|trình)\s+(?P<thing>{_COUNT}{_THING}\b[^.;:()]*?)\s+{_UNTIL}\b", re.IGNORECASE)
_VERB = re.compile(r"(?:,?\s+(?:và|để|rồi))?[\s,(]+(?:gửi|nộp|trình)\b", re.IGNORECASE)
_NOUN = re.compile(rf"\b(?:{_COUNT}{_THING}|đăng ký)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.;:()]")
_REPORTED = re.compile(rf"(?P<thing>\b(?:báo cáo|đăng ký)\b[^.;:()]*?)\s+{_UNTIL}\s", re.IGNORECASE)
_BODY_FIRST = re.compile(rf"\s*{_BODY_START}")
_LONGEST = 160


def sending_in(text: str) -> tuple[str, str]:
    """What is sent and to whom; each empty where nothing is sent or it is not said."""
    verb = SENDS.search(text)
    if verb is None:
        return "", ""
    whom = _WHOM.search(text, verb.start())
    return _thing(text), whom["whom"].strip(" ,:-–") if whom else ""


def _thing(text: str) -> str:
    """«gửi X về», else «X gửi», else «báo cáo X trước»."""
    found = [one["thing"] for one in _SENT.finditer(text)]
    found += [before for one in _VERB.finditer(text) if (before := _noun_before(text[: one.start()]))]
    found += [one["thing"] for one in _REPORTED.finditer(text)]
    return next((thing for one in found if _is_thing(thing := one.strip(" ,:-–"))), "")


def _noun_before(text: str) -> str:
    """The last thing named, with what belongs to its name: «báo cáo kết quả …» is one."""
    text = _CLAUSE_END.split(text)[-1]
    start = None
    for found in reversed(list(_NOUN.finditer(text))):
        if start is not None and text[found.end() : start].strip():
            break
        start = found.start()
    return "" if start is None else text[start:]


def _is_thing(thing: str) -> bool:
    rest = re.sub(r"^(?:báo cáo|đăng ký)", "", thing, flags=re.IGNORECASE)
    is_short = len(thing) <= _LONGEST and len(thing.split()) > 1
    return is_short and not has_time(thing) and _BODY_FIRST.match(rest) is None
