"""What somebody meant who typed a syllable that the language does not have.

A key too many or too few, two keys exchanged, a letter beside the right one, marks that stayed letters because
Telex or VNI was off. Of all that may have been meant, what forms a usual word with its neighbours comes first.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from documents.proofreading.letters import UPPER, bare, is_tone_astray, spelt, split_tone
from documents.proofreading.lexicon import canon, field_pairs, field_syllables, free_words, syllables, usual_pairs

_ALPHABET = tuple(
    dict.fromkeys("aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ")
)
_TELEX = (("aa", "â"), ("aw", "ă"), ("ee", "ê"), ("oo", "ô"), ("uow", "ươ"), ("ow", "ơ"), ("uw", "ư"), ("dd", "đ"))
_VNI = (("uo7", "ươ"), ("a6", "â"), ("a8", "ă"), ("e6", "ê"), ("o6", "ô"), ("o7", "ơ"), ("u7", "ư"), ("d9", "đ"))
_VNI_TONES = dict(zip("12345", "sfrxj", strict=True))


_VOWELS = "aeiouyăâêôơư0123456789"
_HEARD_ALIKE = tuple(
    pair
    for one, other in (("s", "x"), ("tr", "ch"), ("d", "gi"), ("r", "d"), ("l", "n"))
    for pair in ((one, other), (other, one))
)


def as_typed(word: str) -> str:
    """``tuyeen``: tuyên; ``ddinhj``, ``định`` with its mark left behind (``đinhj``), ``d9inh5``: định. Else empty."""
    low = word.lower()
    if any(sign.isdigit() for sign in low):
        return _from_keys(low, _VNI, _VNI_TONES)
    return _from_keys(low, _TELEX, {sign: sign for sign in "sfrxj"})


def _from_keys(low: str, pairs: tuple[tuple[str, str], ...], tones: dict[str, str]) -> str:
    """The tone's key stands last, or behind the vowel; the marks' behind their letters."""
    base, tone = split_tone(low)
    if not tone:
        for place in range(len(base) - 1, 0, -1):
            rest = _with_marks(base[:place] + base[place + 1 :], pairs)
            if base[place] in tones and rest.isalpha() and (place == len(base) - 1 or base[place - 1] in _VOWELS):
                new = spelt(rest, tones[base[place]])
                if canon(new) in syllables():
                    return new
    marked = spelt(_with_marks(base, pairs), tone)
    return marked if marked != low and canon(marked) in syllables() else ""


def _with_marks(base: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for typed, meant in pairs:
        base = base.replace(typed, meant)
    return base


def meant(word: str, before: str, after: str) -> str:
    """The likeliest syllable, given its neighbours («» where there is none); empty where several are as likely."""
    low = word.lower()
    ranked = sorted((_rank(low, other, cost, before, after), other) for other, cost in _near(low))
    if not ranked or ranked[0][0] > _LIKELY:
        return ""
    if len(ranked) > 1 and ranked[1][0] == ranked[0][0]:
        return ""
    return ranked[0][1]


_LIKELY = (3, 1)
"""Up to here something speaks for it: a neighbour, its letters, or that the step is short."""


def _rank(low: str, other: str, cost: int, before: str, after: str) -> tuple[int, int]:
    here = canon(other)
    pairs = [pair for pair in ((before, here), (here, after)) if all(pair)]
    held = sum(pair in usual_pairs() for pair in pairs)
    if held == 2 or any(pair in field_pairs() for pair in pairs):
        return 0, cost
    if held:
        return 1, cost
    if here in free_words():
        return 1, cost
    return (2 if here in field_syllables() else 3), cost


@lru_cache(maxsize=2_000)
def _near(low: str) -> tuple[tuple[str, int], ...]:
    """Syllables one step away, each with how far a step it is."""
    found: dict[str, int] = {}
    for other, cost in _steps(low):
        if other != low and canon(other) in syllables() and not is_tone_astray(other):
            cost += cost > 1 and split_tone(other)[1] != split_tone(low)[1]
            found[other] = min(cost, found.get(other, cost))
    return tuple(found.items())


def _steps(low: str) -> Iterator[tuple[str, int]]:
    base, tone = split_tone(low)
    for other in ("", "s", "f", "r", "x", "j"):
        yield spelt(base, other), 0 if tone else 1
    for place in range(len(low)):
        without = low[:place] + low[place + 1 :]
        yield without, 0 if place and bare(low[place]) == bare(low[place - 1]) else 2
        if place + 1 < len(low):
            yield low[:place] + low[place + 1] + low[place] + low[place + 2 :], 1
        for letter in _ALPHABET:
            yield low[:place] + letter + low[place + 1 :], 0 if bare(letter) == bare(low[place]) else 2
    for place in range(len(base) + 1):
        for letter in "abcdeghiklmnopqrstuvxyâăêôơưđ":
            yield spelt(base[:place] + letter + base[place:], tone), 2
        if not tone:
            yield from ((base[:place] + letter + base[place:], 2) for letter in _ALPHABET if not letter.isascii())
    for one, other in _HEARD_ALIKE:
        if base.startswith(one):
            yield spelt(other + base[len(one) :], tone), 1
    for place in range(len(base) - 1):
        yield spelt(base[:place] + base[place + 1] + base[place] + base[place + 2 :], tone), 1


@lru_cache(maxsize=2_000)
def run_together(low: str) -> str:
    """``kếhoạch``: kế hoạch, where the two form a usual word; else empty."""
    found = [
        f"{low[:place]} {low[place:]}"
        for place in range(2, len(low) - 1)
        if (canon(low[:place]), canon(low[place:])) in usual_pairs()
        or {canon(low[:place]), canon(low[place:])} <= free_words()
    ]
    return found[0] if len(found) == 1 else ""


_BORROWED = frozenset(
    """
    app apps axit bar bit blog bot box bus canxi car card chat chip clip club code cup data demo email facebook fan
    fanpage fax file font form gas golf group help hotline html http https internet ip kg km kw kwh lan laptop led
    link logo mail marketing mb menu micro mobile model module modem online pano panel paris pin portal poster pop
    print quiz radio robot sale san scan server shop show sim site slide smart startup tab tag tai taxi team test tin
    tivi top tour trailer twitter url usb video virus vaccine vacxin wan web website wifi workshop youtube zalo zoom
    """.split()  # noqa: SIM905 -- a list of words reads best as words
)


def is_foreign(word: str) -> bool:
    """English of the office, or letters that no Vietnamese word has together."""
    return word.lower() in _BORROWED or word.isupper() or any(sign in UPPER for sign in word[1:])
