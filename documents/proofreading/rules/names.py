"""The unit's own name spelt otherwise, its kind left out or confused."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.proofreading.context import Whose
from documents.proofreading.findings import Finding, Severity, at
from documents.proofreading.letters import UPPER, bare
from documents.proofreading.lexicon import canon, syllables
from documents.proofreading.reading import Line, Reading, Role

_KINDS = ("xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "thị xã", "thành phố", "tỉnh")
_FORMER = re.compile(r"\s*(?:\(?cũ\b|trước\s+đây)")


def own_name(reading: Reading) -> Iterator[Finding]:
    """``Cầm Lãnh`` in a paper of Cẩm Lĩnh: other marks, or one letter, and no name of anybody else."""
    whose = reading.context.whose
    own = whose.name.split()
    if len(own) < 2 or not whose.name[0].isalpha():
        return
    known = {_key(name) for name in whose.other_names}
    for line in reading.lines:
        if line.role is Role.SIGNATURE or line.path[:2] == ("header", "issuer"):
            continue
        for first in range(len(line.words) - len(own) + 1):
            words = line.words[first : first + len(own)]
            said = [word.text for word in words]
            is_of_kind = first > 0 and line.words[first - 1].low == whose.kind.split(" ")[-1]
            if not _is_like(said, own, is_of_kind=is_of_kind) or _key(" ".join(said)) in known:
                continue
            if not all(line.follows_on(n, n + 1) for n in range(first, first + len(own) - 1)):
                continue
            yield from _misspelt(line, (words[0].start, words[-1].end), whose, first)


def _is_like(said: list[str], own: list[str], *, is_of_kind: bool) -> bool:
    """Capitals as in a name, and nearly the same letters, but not the same name."""
    if not all(word[0].isupper() for word in said) or list(map(canon, said)) == list(map(canon, own)):
        return False  # «Thanh Hoá» is a matter of spelling
    pairs = [(bare(a), bare(b)) for a, b in zip(said, own, strict=True)]
    begun_otherwise = [word for word, (a, b) in zip(said, pairs, strict=True) if a[0] != b[0]]
    if any(not is_of_kind or canon(word) in syllables() for word in begun_otherwise):
        return False
    return sum(_distance(a, b) for a, b in pairs) <= 1


def _distance(one: str, other: str) -> int:
    """Letters to change, add or leave out; 2 for anything beyond one."""
    if one == other:
        return 0
    if len(one) == len(other):
        return 1 if sum(a != b for a, b in zip(one, other, strict=True)) == 1 else 2
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return 2
    return 1 if any(long[:n] + long[n + 1 :] == short for n in range(len(long))) else 2


def _misspelt(line: Line, span: tuple[int, int], whose: Whose, first: int) -> Iterator[Finding]:
    said = line.text[slice(*span)]
    is_same_letters = _key(said) == _key(whose.name)
    before = line.words[first - 1].low if first else ""
    if not is_same_letters and (line.role is Role.RECIPIENT or before in _KINDS and before != whose.kind):
        return  # another unit of a similar name
    if not is_same_letters and before == whose.kind and _is_listed(line, line.words[first - 1].start, span[1]):
        return
    is_word = all(canon(word) in syllables() for word in said.split())
    if line.is_cited(*span) and not is_same_letters and is_word:
        return
    new = whose.name.upper() if said.isupper() else whose.name
    severity = Severity.MUST if is_same_letters else Severity.SHOULD
    yield at(line, "name.own", span, f"Tên đơn vị là {whose.name}.", new=new, severity=severity)


def _is_listed(line: Line, start: int, end: int) -> bool:
    """One of several units: «xã An Sơn, xã An Sơm»."""
    after = re.match(rf"(?:,|\s+và)\s+(?:{'|'.join(_KINDS)})\b", line.text[end:])
    return bool(after) or line.text[:start].rstrip().endswith(",")


def own_capitals(reading: Reading) -> Iterator[Finding]:
    """``phường An bình``: every syllable of a name has its capital."""
    whose = reading.context.whose
    if not whose.kind or len(whose.name.split()) < 2:
        return
    name = r"\s+".join(map(re.escape, whose.name.split()))
    pattern = re.compile(rf"(?<!\w){whose.kind}\s+(?P<said>{name})(?!\w)", re.IGNORECASE)
    for line in reading.lines:
        for match in pattern.finditer(line.text):
            said = " ".join(match["said"].split())
            if said != whose.name and not said.isupper():
                message = f"Tên đơn vị viết là {whose.name}."
                yield at(line, "name.own", match.span("said"), message, new=whose.name, severity=Severity.MUST)


def kind_of_unit(reading: Reading) -> Iterator[Finding]:
    """``UBND Vĩnh Cửu`` without huyện; ``phường An Sơn`` in a paper of xã An Sơn."""
    whose = reading.context.whose
    if not whose.kind or not whose.name[:1].isalpha():
        return
    name = r"\s+".join(map(re.escape, whose.name.split()))
    left_out = re.compile(
        rf"(?<!\w)(?P<body>UBND|HĐND|(?:Ủy|Uỷ)\s+ban\s+nhân\s+dân|Hội\s+đồng\s+nhân\s+dân)\s+{name}(?!\w)"
    )
    others = "|".join(kind.replace(" ", r"\s+") for kind in _KINDS if kind != whose.kind)
    confused = re.compile(rf"(?<!\w)(?P<kind>(?i:{others}))\s+{name}(?!\w)(?!\s+[{UPPER}])")
    for line in reading.lines:
        if line.role in {Role.HEAD, Role.SIGNATURE} or line.is_upper:
            continue
        for match in left_out.finditer(line.text):
            new = f"{match['body']} {whose.kind} {whose.name}"
            yield at(line, "name.kind", match.span(), f"Thiếu chữ «{whose.kind}» trước tên.", new=new)
        for match in confused.finditer(line.text):
            is_other = match[0].lower() in {known.lower() for known in whose.other_names}
            if is_other or _FORMER.match(line.text, match.end()) or line.is_cited(*match.span()):
                continue
            if re.search(r"thị\s+$|cụm\s+$", line.text[: match.start()], re.IGNORECASE):
                continue
            new = f"{whose.kind} {whose.name}"
            message = f"Đơn vị là {whose.kind} {whose.name}."
            yield at(line, "name.kind", match.span(), message, new=new)


def _key(name: str) -> str:
    return " ".join(map(bare, name.split()))


RULES = (own_name, own_capitals, kind_of_unit)
