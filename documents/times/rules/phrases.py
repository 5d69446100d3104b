"""Fixed phrases and marks: limits, joints, what depends on something else, what is no time at all."""

from __future__ import annotations

from documents.times import words
from documents.times.marks import Clock, Mark, Scan, Sign
from documents.times.pieces import Day, Piece
from documents.times.rules.days import day
from documents.times.rules.figures import TIME_NOUNS, Marks
from documents.times.text import Cursor, Phrases

_SIGNS: dict[Sign, tuple[str, ...]] = {
    Sign.FROM: ("từ", "bắt đầu", "bắt đầu từ"),
    Sign.SINCE: ("kể từ", "tính từ"),
    Sign.TO: ("đến", "tới", "cho đến", "đến hết", "tới hết", "cho đến hết"),
    Sign.UNTIL: ("đến trước", "tới trước", "cho đến trước"),
    Sign.BEFORE: ("trước",),
    Sign.BY: words.LATEST,
    Sign.AFTER: ("sau", "ngay sau"),
    Sign.AROUND: (
        "trước, trong và sau",
        "trước trong và sau",
        "trước, trong, sau",
        "trước và sau",
        "trước, trong",
        "trong và sau",
    ),
    Sign.BEGIN: words.BEGINNINGS,
    Sign.FINISH: words.ENDINGS,
    Sign.TAIL: words.AND_LATER_YEARS,
    Sign.AND: ("và", "&", "+", "cùng với"),
    Sign.OR: ("hoặc", "và/hoặc"),
    Sign.EVENT: words.EVENTS,
    Sign.WAIT: words.WAITS,
    Sign.ON_DEMAND: words.ON_DEMAND,
    Sign.ONGOING: words.ONGOING,
    Sign.REPORT: words.REPORTS,
}
_MEANINGS: dict[str, list[Mark]] = {phrase: [sign] for sign, phrases in _SIGNS.items() for phrase in phrases}
_PHRASES = Phrases(_MEANINGS | {phrase: [] for phrase in words.IDLE})
_EXCEPTIONS = Phrases(dict.fromkeys(words.EXCEPTIONS, True))
_ISSUING = Phrases(dict.fromkeys(words.ISSUING, True))
_PAPERS = Phrases({paper: paper for paper in words.OWN_PAPERS})
_FROM_ISSUE = Phrases(dict.fromkeys(("từ", "kể từ", "tính từ", "sau", "ngay sau", "ngay", "bắt đầu từ"), True))
_FROM_NOW = Phrases(dict.fromkeys(("từ nay", "kể từ nay", "từ bây giờ"), True))
_MARKS = {",": Sign.COMMA, "-": Sign.DASH, ";": Sign.STOP, ".": Sign.STOP, "(": Sign.OPEN, ")": Sign.CLOSE}
_CITATION_REACH = 10  # words between the symbol of a paper and its date
_LIMIT_WORDS = ("trước", "sau", "đến", "từ", "hết", "chậm", "muộn", "trong", "vào", ",", ";", ".", "(", ")")


def fixed_phrase(cursor: Cursor, scan: Scan) -> Marks:
    """``chậm nhất``, ``đến hết``, ``thường xuyên``, ``đột xuất``, ``và những năm tiếp theo``."""
    return cursor.take_phrase(_PHRASES)


def citation(cursor: Cursor, scan: Scan) -> Marks:
    """``15/KH-UBND ngày 09/01/2024``, ``34-CT/TW``: the number of another paper, and its day, set no time."""
    if cursor.take_number() is None:
        return None
    if cursor.peek().text == "/" and cursor.peek(1).is_number:
        cursor.at += 2
    symbol = cursor.peek(1)
    if cursor.peek().text not in ("/", "-") or not (symbol.glued and symbol.is_word):
        return None
    if symbol.text in (*TIME_NOUNS, "lần", "âm"):
        return None
    while cursor.peek().text in ("/", "-") and cursor.peek(1).glued:
        cursor.at += 2
    _take_date_of_paper(cursor, scan)
    return Sign.EVENT


def _take_date_of_paper(cursor: Cursor, scan: Scan) -> None:
    ahead = cursor.copy()
    for _ in range(_CITATION_REACH):
        if ahead.peek().text == "ngày":
            if isinstance(day(ahead, scan), Piece):
                cursor.at = ahead.at
            return
        if not ahead or ahead.peek().text in _LIMIT_WORDS:
            return
        ahead.at += 1


def exception(cursor: Cursor, scan: Scan) -> Marks:
    """``trường hợp đặc biệt không quá 15/02``: a limit for exceptions is no due day; up to the end of the clause."""
    if cursor.take_phrase(_EXCEPTIONS) is None:
        return None
    while cursor and cursor.peek().text not in (";", ")") and not _full_stop(cursor):
        cursor.at += 1
    return []


def _full_stop(cursor: Cursor) -> bool:
    return cursor.peek().text == "." and not cursor.peek(1).glued


def clock(cursor: Cursor, scan: Scan) -> Marks:
    """``16h``, ``16h30``, ``15:00``, ``17 giờ 00 phút``: with an hour before it, the day itself still counts."""
    hour = cursor.take_number(2)
    if hour is None:
        return None
    minute = 0
    if cursor.peek().text == ":" and cursor.peek(1).glued and cursor.peek(1).is_number:
        cursor.at += 1
        minute = cursor.take_number(2) or 0
    elif cursor.take("giờ") or (cursor.peek().glued and cursor.take("h", "g")):
        after_minute = cursor.peek(1).text
        if cursor.peek().is_number and after_minute not in ("/", "-", ".", "tháng"):
            minute = cursor.take_number(2) or 0
        cursor.take("phút", "p", "'", "’")
    else:
        return None
    return Clock(midnight=hour == 0 and minute == 0)


def own_issue(cursor: Cursor, scan: Scan) -> Marks:
    """``kể từ ngày ký``, ``từ ngày ban hành Kế hoạch``, ``ngay sau khi Kế hoạch này được ban hành``, ``từ nay``.

    The day of this paper. Without it (a draft) the text waits for an event like any other.
    """
    if cursor.take_phrase(_FROM_NOW):
        return [Sign.FROM, _issued(scan)] if scan.context.issued else []
    sign = [Sign.SINCE] if cursor.take_phrase(_FROM_ISSUE) else []
    if not cursor.take("ngày", "khi", "lúc") and not cursor.take_all("thời", "điểm"):
        return None
    if not _issue_of_own_paper(cursor) or cursor.peek().text == "của":
        return None
    return [*sign, _issued(scan)]


def _issue_of_own_paper(cursor: Cursor) -> bool:
    """``ký``, ``ban hành Kế hoạch``, ``Kế hoạch này được ký``; not ``ban hành Nghị quyết``: that is another paper."""
    if _own_paper(cursor):
        cursor.take("được")
        return cursor.take_phrase(_ISSUING) is not None
    if cursor.take_phrase(_ISSUING) is None:
        return False
    named = _PAPERS.at(cursor.tokens, cursor.at) is not None or cursor.peek().text in ("nghị", "luật", "đề", "quy")
    return _own_paper(cursor) or not named


def _own_paper(cursor: Cursor) -> bool:
    """``Kế hoạch``; papers of other kinds only with ``này``."""
    place = cursor.at
    paper = cursor.take_phrase(_PAPERS)
    if paper is not None and (cursor.take("này") or paper == "kế hoạch"):
        return True
    cursor.at = place
    return False


def _issued(scan: Scan) -> Mark:
    issued = scan.context.issued
    return Day(day=issued.day, month=issued.month, year=issued.year) if issued else Sign.EVENT


def punctuation(cursor: Cursor, scan: Scan) -> Marks:
    """Commas, dashes, brackets and stops join or part; other marks say nothing."""
    text = cursor.peek().text
    if text[0].isalnum():
        return None
    cursor.at += 1
    return _MARKS.get(text, [])
