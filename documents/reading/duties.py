"""Incoming papers ask for things by a day: what, by when, what to send and to whom. Pure, no database.

A duty is a sentence with time words that limit it («trước ngày 10/7 hằng năm», «chậm nhất ngày 25/11/2026»,
«trong quý IV») and a verb that asks for something. Days that only date another paper, an event of the past or
the paper's own period are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_DAY = r"\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{4})?"
_MONTH = r"(?:tháng\s+\d{1,2}(?:\s*/\s*\d{4}|\s+năm\s+\d{4})?)"
_WORDS_DAY = r"\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?"
_QUARTER = r"(?:quý\s+(?:I{1,3}|IV|[1-4])(?:\s*/\s*\d{4}|\s+năm\s+\d{4})?)"
_EVERY = (
    r"(?:\s+(?:của\s+)?(?:hằng|hàng|mỗi)\s+(?:năm|quý|tháng|tuần)"
    r"|\s+(?:của\s+)?tháng\s+(?:cuối|đầu)\s+(?:quý|năm))?"
)
_HOUR = r"(?:\d{1,2}\s*(?:giờ|h|g)\s*\d{0,2}\s*(?:phút)?\s*,?\s*)?"
_LIMIT = (
    r"(?:trước|chậm nhất|muộn nhất|đến hết|hết|hạn cuối|hạn chót|thời hạn|không muộn hơn|không quá|xong trong|trong)"
    r"(?:\s+(?:là|vào|đến|trước|trong|thời hạn|hạn))*"
)
TIME = re.compile(
    rf"\b{_LIMIT}\s+{_HOUR}(?:(?:hết\s+)?ngày\s+(?:{_WORDS_DAY}|{_DAY}|\d{{1,2}}\b){_EVERY}|{_DAY}{_EVERY}"
    rf"|{_MONTH}{_EVERY}|{_QUARTER})|\bđịnh kỳ\s+(?:hằng|hàng|mỗi|một|06|6|sáu)\s+(?:tháng|quý|năm|tháng một lần)\b",
    re.IGNORECASE,
)
"""Where the time words of a duty begin and end; what they mean is read by ``documents.times``."""

_ASKS = re.compile(
    r"\b(?:gửi|nộp|báo cáo|đăng ký|hoàn thành|xây dựng|ban hành|tổ chức|triển khai|rà soát|tổng hợp|đề nghị|lập|"
    r"sơ kết|tổng kết|chấm điểm|tự chấm|ký kết|ký giao ước|bình xét|phát động|thực hiện|cung cấp|phối hợp|"
    r"kiện toàn|đề xuất|trình|hướng dẫn|tham mưu|công bố|kiểm tra|họp|bàn giao|cử)\b",
    re.IGNORECASE,
)
_SENDS = re.compile(r"\b(?:gửi|nộp|báo cáo|trình|đăng ký)\b", re.IGNORECASE)
_BODY_START = (
    r"(?:UBND|Ủy ban|HĐND|Hội đồng|Sở|Phòng|Ban|Bộ|Văn phòng|Thường trực|Cơ quan|Trưởng khối|Trưởng cụm|Cụm trưởng|"
    r"Khối trưởng|Đảng ủy|Huyện ủy|Tỉnh ủy|Mặt trận|Ủy viên|Tổ|Trung tâm|Công an|Chi cục|Cục|Chủ tịch)"
)
_BODY_END = r"trước|chậm nhất|muộn nhất|để|qua|trong|theo|và gửi|đồng thời|vào|hạn|đến hết|kết quả|việc|tình hình"
_RECEIVER = re.compile(
    rf"\b(?:gửi|nộp|báo cáo|trình|đăng ký)\b(?P<what>[^.;]*?)\s*\b(?:về|cho|đến|tới|lên|với|gửi)?\s*"
    rf"(?P<whom>(?<!\w){_BODY_START}(?:(?!\s+(?:{_BODY_END})\b)[^,;.()])*)"
)
_PAST = re.compile(
    r"\b(?:đã|được ban hành|ban hành ngày|có hiệu lực|kể từ|từ ngày|giai đoạn|ngày ký)\b", re.IGNORECASE
)
_CITES = re.compile(r"\b(?:số\s+[\w./-]+\s*$|(?:Luật|Nghị định|Quyết định|Thông tư|Nghị quyết)[^,;]*$)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-ZĐÀ-Ỵ“\"(\-+*]|\d)")
_TIME_ONLY = re.compile(r"^\W*(?:[a-zđ0-9]{1,3}[.)]\s*)?(?:thời (?:gian|hạn)|hạn)\b[^:]*:?", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:nội dung|thành phần|địa điểm|hình thức|chủ trì|trình tự|kinh phí|lưu ý)\b[^:]{0,20}:?$", re.IGNORECASE
)
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Duty:
    what: str
    """The sentence that asks for it, without its marker."""
    time_text: str
    """As printed: «trước ngày 10/7 hằng năm»."""
    send: str = ""
    """What is to be sent: «báo cáo kết quả»; empty where nothing is, or where it is not said."""
    to: str = ""
    """To whom: «Sở Nội vụ»."""
    under: str = ""
    """The heading or entry above it that says what it is about."""
    paragraph: int = 0
    """Which of the paragraphs read, from 0."""


def duties_of(paragraphs: Iterable[str]) -> Iterator[Duty]:
    """``paragraphs``: whole ones, in the order of the paper, markers and all."""
    above: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        text = " ".join(paragraph.split())
        for sentence in _SENTENCE.split(text):
            yield from _duties_in(sentence, above[-1] if above else "", number)
        if _is_title(text):
            above.append(_bare(text))


def _duties_in(sentence: str, above: str, number: int) -> Iterator[Duty]:
    times = [found for found in TIME.finditer(sentence) if not _only_dates(sentence, found)]
    if not times or len(sentence) > 4 * _LONGEST:
        return
    is_time_only = _is_bare_time(sentence, times[0])
    if not is_time_only and not _ASKS.search(sentence):
        return
    what = above if is_time_only and above else _bare(sentence)
    for found in times:
        send, to = _sent(sentence)
        yield Duty(what[:_LONGEST], _bare(found[0]), send, to, above if what != above else "", number)


def _is_bare_time(sentence: str, time: re.Match[str]) -> bool:
    """«Thời gian: Hoàn thành trước ngày 10/01» says when, and its heading what."""
    before = re.sub(
        r"\b(?:hoàn thành|xong|thực hiện|tổ chức)\b", "", _bare(sentence[: time.start()]), flags=re.IGNORECASE
    )
    return _TIME_ONLY.match(sentence) is not None and not _SENDS.search(sentence) and len(before.split()) <= 4


def _only_dates(sentence: str, found: re.Match[str]) -> bool:
    """«… trong ngày 20/7/2020 của UBND tỉnh» dates a paper, «từ … đến hết ngày» a period of the past."""
    before, after = sentence[: found.start()], sentence[found.end() :]
    if re.match(r"\s*của\s+(?:UBND|Ủy ban|Thủ tướng|Chính phủ|Bộ|Quốc hội|HĐND|Ban)", after):
        return True
    return bool(_CITES.search(before[-80:])) or bool(_PAST.search(before[-25:]))


def _sent(sentence: str) -> tuple[str, str]:
    found = _RECEIVER.search(sentence)
    if found is None:
        return "", ""
    what = re.sub(r"^\s*(?:về|kết quả về)\s+", "", found["what"]).strip(" ,:-")
    return ("" if TIME.search(what) or len(what) > 160 else what), found["whom"].strip(" ,:-")


def _is_title(text: str) -> bool:
    """It names what the entries under it are about: no sentence, no «Thời gian:», no «Thành phần: …»."""
    if _LABEL.match(_bare(text)):
        return False
    is_short = len(text) <= 160 and not text.rstrip().endswith((".", ";", ","))
    return is_short and not _TIME_ONLY.match(text) and ": " not in text and TIME.search(text) is None


def _bare(text: str) -> str:
    """Without the marker in front and the punctuation at the end."""
    return re.sub(r"^\s*(?:[-–+*•]|\(?[\dIVXa-zđ]{1,4}(?:\.\d+)*[.)])\s+", "", text).strip().rstrip(" ;.,:")
