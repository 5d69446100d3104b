"""Words and phrases said twice: ``các các thôn``, ``Tổng sản lượng lúa Tổng sản lượng lúa``."""

from __future__ import annotations

from collections.abc import Iterator

from documents.proofreading.findings import Finding, Severity, at
from documents.proofreading.letters import bare
from documents.proofreading.lexicon import by_bare_letters, canon, usual_pairs
from documents.proofreading.reading import WRITTEN, Line, Reading, Role, Word

_REPEATED = frozenset(
    """
    ai bao bời chầm chung dần đều đời gần hàng hằng hay khe khít kìa lần lâu lẳng luôn lớp lừng mãi mau mãi muôn năm
    ngày nơi ngành người nhà nhè nhiều nho nhỏ phăm phần rất rải rành rồi rối ríu song sang sát sớm suốt thao
    thay thênh thôn thường tiếp toàn trùng từ từng tưng vân vừa xa xã xanh xăm xinh xôn xưa xứ đâu đầy đồng đông đúng
    """.split()  # noqa: SIM905 -- a list of words reads best as words
)
"""Doubled on purpose: «ngày ngày», «nhà nhà», «luôn luôn»."""
_MEANT = frozenset({"tổ chức", "từng bước", "từng ngày", "dân số"})
"""«các tổ chức tổ chức hội nghị» is a sentence."""
_OF_BODIES = frozenset({"Sở", "Phòng", "Ban", "Bộ", "Hội", "Ủy", "Uỷ", "Đảng", "Chủ", "Phó", "Đoàn", "Trường", "Trạm"})
"""With these names of bodies begin, and no person is called so twice."""
_LONGEST = 8
_UNSAID = frozenset({"năm"})
"""Said twice on purpose («năm năm qua») unless a year follows."""


def doubled(reading: Reading) -> Iterator[Finding]:
    for line in reading.lines:
        if line.role not in WRITTEN and line.role is not Role.RECIPIENT:
            continue
        at_word = 0
        while at_word < len(line.words) - 1:
            length = _length_doubled(line, at_word)
            if not length:
                at_word += 1
                continue
            words = line.words[at_word : at_word + 2 * length]
            span = (words[0].start, words[-1].end)
            new = line.text[words[0].start : words[length - 1].end]
            message = f"«{new}» bị lặp hai lần liền nhau."
            yield at(line, "word.doubled", span, message, new=new, severity=Severity.MUST)
            at_word += 2 * length


def _length_doubled(line: Line, first: int) -> int:
    """How many words are repeated directly behind themselves; the longest stretch counts."""
    for length in range(min(_LONGEST, (len(line.words) - first) // 2), 0, -1):
        one, other = line.words[first : first + length], line.words[first + length : first + 2 * length]
        if [word.low for word in one] != [word.low for word in other]:
            continue
        if not all(line.follows_on(n, n + 1) for n in range(first, first + 2 * length - 1)):
            continue
        return 0 if _is_meant(line, one, other) else length
    return 0


def _is_meant(line: Line, one: tuple[Word, ...], other: tuple[Word, ...]) -> bool:
    said = " ".join(word.low for word in one)
    if said in _MEANT or len(said) < 2:
        return True
    if len(one) > 1:
        return len(set(said.split())) == 1
    if said in _UNSAID:
        if line.text[: one[0].start].rstrip()[-1:].isdigit():
            return False
        return not line.text[other[-1].end : other[-1].end + 5].strip().isdigit()
    is_name = one[0].text[0].isupper() and other[0].text[0].isupper() and not line.is_upper
    if is_name and (one[0].text in _OF_BODIES or _goes_on(line, line.words.index(other[0]))):
        return False  # «Đại hội Thi Thi đua»
    return said in _REPEATED or is_name or _meets(line, one[0]) or f"{bare(said)} {bare(said)}" in by_bare_letters()


def _meets(line: Line, one: Word) -> bool:
    """Two words meet: «hành vi vi phạm», «biên tập tập sách»."""
    first = line.words.index(one)
    if not first or first + 2 >= len(line.words):
        return False
    goes_on = line.follows_on(first - 1, first) and line.follows_on(first + 1, first + 2)
    return goes_on and (canon(line.words[first - 1].low), canon(one.low)) in usual_pairs()


def _goes_on(line: Line, number: int) -> bool:
    """The word begins a usual one with the next."""
    if number + 1 >= len(line.words) or not line.follows_on(number, number + 1):
        return False
    return (canon(line.words[number].low), canon(line.words[number + 1].low)) in usual_pairs()


def paragraphs(reading: Reading) -> Iterator[Finding]:
    """The same long paragraph a second time."""
    seen: dict[str, int] = {}
    for number, line in enumerate(reading.of(Role.ITEM, Role.PARAGRAPH)):
        said = " ".join(word.low for word in line.words)
        if len(line.words) >= _LONG and said in seen:
            span = (line.after_marker, len(line.text))
            message = "Đoạn này đã có ở trên, từng chữ một."
            severity = Severity.SHOULD if number - seen[said] <= _NEAR else Severity.LOOK
            yield at(line, "word.paragraph", span, message, severity=severity)
        seen[said] = number


_LONG = 15
_NEAR = 8
"""Farther down the same may be said of another matter."""

RULES = (doubled, paragraphs)
