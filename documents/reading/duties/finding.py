"""Sentences that ask for something by a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from documents.outline import depth_of
from documents.reading.duties.addressing import ASKS, addressed_by_heading, addressed_in, asked_in
from documents.reading.duties.days import Every, TimeFound, has_time, label_of_time, times_in
from documents.reading.duties.sending import SENDS, sending_in
from documents.reading.markers import entry_of, heading_of

LONGEST = 600
"""Letters of what is asked."""
_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+(?=[A-ZĐÀ-Ỵ“\"(\-+*]|\d)")
_ABBREVIATED = re.compile(r"(?:\b(?:TP|Tp|TM|KT|TL|đ/c|Đ/c|PGS|TS|ThS|GS)|(?:^|\s)[\dIVXa-zđ]{1,4}(?:\.\d+)*)\.$")
_DONE = re.compile(rf"\bđã\s+(?:được\s+[^,;.]{{0,60}}?)?(?:{ASKS.pattern}[\s,]*(?:và\s+)?)+", re.IGNORECASE)
_SCORING = re.compile(r"\b\d+(?:[.,]\d+)?\s*điểm\b", re.IGNORECASE)
_A_PAPER = re.compile(r"\b(?:báo cáo|hồ sơ|kế hoạch|đăng ký|danh sách|giao ước|sơ kết|tổng kết)\b", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:nội dung|thành phần|địa điểm|hình thức|chủ trì|trình tự|kinh phí|lưu ý|kính gửi|nơi nhận)\b[^:]{0,20}:?$",
    re.IGNORECASE,
)
_NO_WHAT = re.compile(r"\b(?:hoàn thành|xong|thực hiện|tổ chức)\b", re.IGNORECASE)
_REASON = re.compile(rf"^(?:Căn cứ|Trên cơ sở)\b[^.;:]*?\bđể\s+(?={ASKS.pattern})", re.IGNORECASE)
"""«Căn cứ … để đăng ký …»: what is asked begins behind it."""
_NO_DUTY = re.compile(
    r"^\W*Trên đây là\b|\bnếu có\b|\bvướng mắc\b|\bkhi có yêu cầu\b|\bnhư sau\b|:\s*$|\bthường xuyên\b"
    r"|\bđã (?:đề nghị|yêu cầu|giao|phân công)\b",
    re.IGNORECASE,
)
"""What asks for nothing of its own: closing sentences, what was asked before, what happens in a certain case, what
only leads to a list."""
_FEWEST_WORDS = 5
"""Of what is asked without a day: «triển khai thực hiện» alone is none."""
_LEADING = " \t,;:.)–-"


@dataclass(frozen=True, slots=True)
class Duty:
    what: str
    """What is asked, in the paper's own words, without its marker and without whom it asks."""
    time_text: str
    """As printed: «trước ngày 10/7 hằng năm»."""
    every: Every = Every.ONCE
    send: str = ""
    """What is to be sent: «báo cáo kết quả»; empty where nothing is, or where it is not said."""
    to: str = ""
    """To whom: «Sở Nội vụ»."""
    whom: str = ""
    """Who is asked, by the sentence or by the heading above it."""
    under: str = ""
    """The heading or entry above it that says what it is about."""
    is_event: bool = False
    """It is held on that day, rather than done before it."""
    is_scoring: bool = False
    """The sentence tells what is scored or docked, not what is asked."""
    paragraph: int = 0
    """Which of the paragraphs read, from 0."""
    start: int = 0
    end: int = 0
    """Its sentence in that paragraph."""


@dataclass(slots=True)
class _Above:
    """Titles above the present paragraph, the nearest last, each with its depth."""

    titles: list[tuple[int, str, str]]

    def add(self, depth: int, title: str) -> None:
        self.leave(depth)
        self.titles.append((depth, title, addressed_by_heading(title)))

    def leave(self, depth: int) -> None:
        while self.titles and self.titles[-1][0] >= depth:
            self.titles.pop()

    @property
    def nearest(self) -> str:
        return self.titles[-1][1] if self.titles else ""

    @property
    def whom(self) -> str:
        return next((whom for _, _, whom in reversed(self.titles) if whom), "")


def duties_of(paragraphs: Iterable[str], about: str = "", *, with_undated: bool = False) -> Iterator[Duty]:
    """``paragraphs``: whole ones, in the order of the paper, markers and all; ``about``: the paper's subject.

    ``with_undated``: also what the paper asks of somebody by name without saying by when.
    """
    above = _Above([(-1, about, "")] if about else [])
    for number, paragraph in enumerate(paragraphs):
        depth = _depth(paragraph)
        if _is_title(paragraph):
            above.add(_UNMARKED if depth is None else depth, _bare(paragraph))
            continue
        if depth is not None:
            above.leave(depth)
        for start, end in sentences_of(paragraph):
            yield from _duties_in(paragraph[start:end], above, (number, start, end))
            if with_undated:
                yield from _undated_in(paragraph[start:end], above, (number, start, end))


def sentences_of(paragraph: str) -> Iterator[tuple[int, int]]:
    """Where each begins and ends; «1.» and «TP.» end none."""
    start = 0
    for found in _SENTENCE_END.finditer(paragraph):
        if not _ABBREVIATED.search(paragraph[start : found.start()]):
            yield start, found.start()
            start = found.end()
    if paragraph[start:].strip():
        yield start, len(paragraph)


def _duties_in(sentence: str, above: _Above, place: tuple[int, int, int]) -> Iterator[Duty]:
    times = list(times_in(sentence))
    if not times or len(sentence) > 4 * LONGEST:
        return
    if _is_bare_time(sentence, times[0]):
        if above.nearest:
            found = times[0]
            yield _duty(above.nearest, found, "", above.whom, "", sentence, place)
        return
    if not ASKS.search(_DONE.sub(" ", sentence)):
        return
    clauses = _clauses(sentence, times)
    whom, begins = addressed_in(_bare(sentence))
    begins += len(sentence) - len(_unmarked(sentence)) if whom else 0
    for time, (start, end) in zip(times, clauses, strict=True):
        what = _words(sentence[max(start, begins) if begins < end else start : end], time)
        yield _duty(what, time, sentence[start:end], whom or above.whom, above.nearest, sentence, place)


def _undated_in(sentence: str, above: _Above, place: tuple[int, int, int]) -> Iterator[Duty]:
    """Only where the sentence asks somebody by name: without a day much else sounds like a duty."""
    if next(times_in(sentence), None) or _NO_DUTY.search(sentence) or len(sentence) > 2 * LONGEST:
        return
    whom, begins = asked_in(_bare(sentence))
    no_time = TimeFound(0, 0, "", Every.ONCE)
    what = _words(_bare(sentence)[begins:], no_time)
    if whom and len(what.split()) >= _FEWEST_WORDS:
        yield _duty(what, no_time, sentence, whom, above.nearest, sentence, place)


def _duty(
    what: str, time: TimeFound, clause: str, whom: str, under: str, sentence: str, place: tuple[int, int, int]
) -> Duty:
    send, to = sending_in(clause)
    paragraph, start, end = place
    return Duty(
        what=what[:LONGEST].rstrip(),
        time_text=time.text.strip(_LEADING),
        every=time.every,
        send=send,
        to=to,
        whom=whom,
        under=under if under != what else "",
        is_event=time.is_event,
        is_scoring=bool(_SCORING.search(sentence)),
        paragraph=paragraph,
        start=start,
        end=end,
    )


def _clauses(sentence: str, times: Sequence[TimeFound]) -> list[tuple[int, int]]:
    """A part of the sentence for each time where each asks for something of its own; else the whole for all."""
    whole = (0, len(sentence))
    if len(times) == 1:
        return [whole]
    starts = [0, *(time.end for time in times[:-1])]
    ends = [*(time.end for time in times[:-1]), len(sentence)]
    parts = list(zip(starts, ends, strict=True))
    own = [ASKS.search(sentence[start:end]) or _A_PAPER.search(sentence[start:end]) for start, end in parts]
    return parts if all(own) else [whole] * len(times)


def _words(clause: str, time: TimeFound) -> str:
    """Without a marker, without the time in front and what hangs on it, with a capital letter."""
    text = _bare(clause).lstrip(_LEADING)
    if text.lower().startswith(time.text.lower()):
        text = text[len(time.text) :].lstrip(_LEADING)
    text = _REASON.sub("", text)
    text = re.sub(r"^(?:và|đồng thời|còn)\s+", "", text).rstrip(" ;.,:(–-") or _bare(clause)
    return text[:1].upper() + text[1:]


def _is_bare_time(sentence: str, time: TimeFound) -> bool:
    """«Thời gian: Hoàn thành trước ngày 10/01» says when, and its heading what; so does «Đối với …: Hoàn thành …»."""
    label = label_of_time(sentence)
    if not label or SENDS.search(sentence):
        return _is_case_of_heading(sentence, time)
    before = _NO_WHAT.sub("", sentence[len(label) : time.start])
    return len(before.split()) <= 3


def _is_case_of_heading(sentence: str, time: TimeFound) -> bool:
    before = _bare(sentence[: time.start])
    case, colon, rest = before.partition(":")
    return bool(colon) and case.lower().startswith("đối với") and not _NO_WHAT.sub("", rest).strip()


# -- Titles ------------------------------------------------------------------------------

_UNMARKED = 1


def _depth(paragraph: str) -> int | None:
    """0 for sections, more for entries; None for a paragraph without a marker, which ends no entry."""
    if heading_of(paragraph) is not None:
        return 0
    entry = entry_of(paragraph)
    return 1 + depth_of(entry.marker) if entry else None


def _is_title(text: str) -> bool:
    """It names what the entries under it are about: no sentence, no «Thời gian:», no «Thành phần: …»."""
    bare = _bare(text)
    if not bare or _LABEL.match(bare) or label_of_time(text):
        return False
    is_short = len(text) <= 160 and not text.rstrip().endswith((".", ";", ","))
    return is_short and ": " not in text and not has_time(text)


def _bare(text: str) -> str:
    """Without the marker in front and the punctuation at the end."""
    return _unmarked(text).rstrip(" ;.,:/")


def _unmarked(text: str) -> str:
    text = text.strip()
    found = heading_of(text) or entry_of(text)
    return found.text if found else text
