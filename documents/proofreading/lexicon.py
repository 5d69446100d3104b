"""The words of the field, the words of the language, and how far a slip is from either.

    lexicon.txt    words that plans of emulation and commendation use all the time, rightly written
    words.txt      usual words of two syllables: «truyền đạt» is no slip of «tuyên truyền»
    usual.txt      further pairs that stand side by side rightly
    syllables.txt  syllables that the language has
    slips.tsv      slips that people make again and again, with what they meant
    alone.tsv      syllables that are slips where they form no word with a neighbour

How the general lists came about, and their licence, stands in ``data/README.md``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from documents.proofreading.letters import bare, split_tone

_DATA = Path(__file__).parent / "data"

Canon = tuple[str, ...]
"""Syllables in a form that is alike for «hóa» and «hoá», «kỹ» and «kĩ»."""


@lru_cache(maxsize=20_000)
def canon(syllable: str) -> str:
    base, tone = split_tone(syllable)
    if base.endswith("y") and (len(base) == 2 or base == "quy") and base[0] not in "aeoâu":
        base = base[:-1] + "i"
    return base + tone.upper()  # «mới», not the «mơis» of one whose Telex was off


@dataclass(frozen=True, slots=True)
class Meant:
    """A word of the field."""

    words: str
    canon: Canon


@cache
def by_bare_letters() -> dict[str, tuple[Meant, ...]]:
    """``tien tien``: the words that read so without marks."""
    found: dict[str, list[Meant]] = {}
    for words in _lines("lexicon.txt"):
        syllables = words.split()
        found.setdefault(" ".join(map(bare, syllables)), []).append(Meant(words, tuple(map(canon, syllables))))
    return {key: tuple(meant) for key, meant in found.items()}


@cache
def pairs_by_bare_letters() -> dict[str, tuple[str, ...]]:
    """Usual words of two syllables that read so without marks."""
    found: dict[str, list[str]] = {}
    for first, *others in map(str.split, _lines("words.txt")):
        for second in others:
            found.setdefault(f"{bare(first)} {bare(second)}", []).append(f"{first} {second}")
    return {key: tuple(words) for key, words in found.items()}


@cache
def usual_pairs() -> frozenset[Canon]:
    pairs = {
        (canon(first), canon(second))
        for first, *others in map(str.split, (*_lines("words.txt"), *_lines("usual.txt")))
        for second in others
    }
    for words in _lines("lexicon.txt"):
        syllables = words.split()
        pairs |= {(canon(a), canon(b)) for a, b in zip(syllables, syllables[1:], strict=False)}
    return frozenset(pairs)


@cache
def field_pairs() -> frozenset[Canon]:
    """Neighbours within words of the field."""
    words = (line.split() for line in _lines("lexicon.txt"))
    return frozenset((canon(a), canon(b)) for said in words for a, b in zip(said, said[1:], strict=False))


@cache
def field_syllables() -> frozenset[str]:
    """Heard all the time in such papers, whatever stands beside them."""
    return frozenset(canon(syllable) for line in _lines("lexicon.txt") for syllable in line.split())


@cache
def partners() -> Counter[str]:
    """With how many others a syllable forms usual words: few for «tê», many for «tỉnh»."""
    return Counter(syllable for pair in usual_pairs() for syllable in pair)


_FREE = """
    ai ba bị bốn bởi cả các cái cần chỉ chín cho chưa chứ có con của cùng cũng cứ dù dưới đã đang đây để đến đều đi
    đó do đủ được em gì giữa hai hàng hay hết hơn họ khi không là làm lại lên mà mấy mọi mỗi một mới nay này nào năm
    nếu nên người nhà nhằm nhất nhiều như những nữa ở ông phải qua ra rất sau sáu sẽ số ta tại tám theo thì thôn tới
    trên trong trước từ từng tự vào vẫn về vì việc với và vừa xã xong đầu cuối hôm lúc ngày tháng tuần quý giờ bảy mười
"""


@cache
def free_words() -> frozenset[str]:
    """Words that stand beside any other: what they form with it by chance is no slip."""
    return frozenset(map(canon, _FREE.split()))


@cache
def alone() -> dict[str, str]:
    """Rare syllables that, beside neighbours they form no word with, are slips of a word of every sentence."""
    return dict(line.split("\t") for line in _lines("alone.tsv"))


@cache
def syllables() -> frozenset[str]:
    known = {canon(syllable) for line in _lines("syllables.txt") for syllable in line.split()}
    return frozenset(known | {canon(syllable) for line in _lines("lexicon.txt") for syllable in line.split()})


@cache
def slips() -> dict[str, tuple[tuple[Canon, str], ...]]:
    """By first syllable, the longest first; what stands there exactly, and what was meant."""
    found: dict[str, list[tuple[Canon, str]]] = {}
    for line in _lines("slips.tsv"):
        wrong, right = line.split("\t")
        said = tuple(wrong.split())
        found.setdefault(said[0], []).append((said, right))
    return {first: tuple(sorted(all_, key=lambda one: -len(one[0]))) for first, all_ in found.items()}


_ONSETS = (
    # heard alike
    *(
        ("s", "x"),
        ("tr", "ch"),
        ("d", "gi"),
        ("gi", "r"),
        ("d", "r"),
        ("l", "n"),
        ("ng", "ngh"),
        ("g", "gh"),
        ("k", "c"),
    ),
    # a letter left out or too many
    *(("t", "tr"), ("t", "th"), ("c", "ch"), ("n", "nh"), ("n", "ng"), ("k", "kh"), ("p", "ph")),
)


@cache
def by_sound() -> dict[Canon, str]:
    """Words of the field, one syllable begun as others say it or short of a letter: «sản suất», «tuyên tuyền»."""
    usual = usual_pairs()
    found: dict[Canon, str] = {}
    for all_ in by_bare_letters().values():
        for meant in all_:
            if len(meant.canon) != 2:
                continue
            for wrong in _misheard(meant.canon):
                if wrong not in usual:
                    found[wrong] = meant.words
    return found


@cache
def by_other_letters() -> dict[tuple[str, str, int], tuple[str, ...]]:
    """Words of two syllables by one syllable short of a letter, the other as it is, and which of them is short."""
    found: dict[tuple[str, str, int], list[str]] = {}
    for all_ in by_bare_letters().values():
        for meant in all_:
            if len(meant.canon) == 2:
                for place, syllable in enumerate(meant.words.split()):
                    for short in shortened(bare(syllable)):
                        found.setdefault((short, meant.canon[1 - place], place), []).append(meant.words)
    return {key: tuple(words) for key, words in found.items()}


@lru_cache(maxsize=20_000)
def shortened(letters: str) -> tuple[str, ...]:
    """Itself, and without each of its letters."""
    return (letters, *dict.fromkeys(letters[:place] + letters[place + 1 :] for place in range(len(letters))))


def _misheard(said: Canon) -> Iterator[Canon]:
    for place, syllable in enumerate(said):
        for pair in _ONSETS:
            for one, other in (pair, pair[::-1]):
                if _begins_with(syllable, one):
                    yield (*said[:place], other + syllable[len(one) :], *said[place + 1 :])


def _begins_with(syllable: str, onset: str) -> bool:
    rest = syllable[len(onset) :]
    return syllable.startswith(onset) and bool(rest) and rest[0] in "aăâeêioôơuưy"


@cache
def _lines(name: str) -> tuple[str, ...]:
    return tuple(line for line in (_DATA / name).read_text(encoding="utf-8").splitlines() if line.strip())
