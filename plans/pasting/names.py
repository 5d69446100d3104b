"""Who does a task, out of one cell: several names, and who leads and who supports where the words say so."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from core.text import fold

_BULLET = re.compile(r"^\s*(?:[-–+•*]|\d{1,2}[.)]|[a-hđ]\))\s*(?=\S)")
_SENTENCE_BULLET = re.compile(r"[.;]\s+[-–+•]\s+")
_UNIT = r"(?:(?:các\s+)?(?:cơ quan|đơn vị|bộ phận|cán bộ|người|ban|ngành)[\s,]+)*"
_LABEL = re.compile(
    rf"(?:(?<=^)|(?<=[\s;,.(\-–+•]))"
    rf"{_UNIT}(?:(?P<lead>chủ trì|phụ trách|thực hiện|CT)|(?P<support>phối hợp(?:\s+thực hiện)?|PH))\s*:\s*",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\s*\(\s*(?:(?P<lead>chủ trì)|(?P<support>phối hợp))\s*\)", re.IGNORECASE)
_SENTENCE = re.compile(
    r"(?:- )?(?P<lead>\S[^:]*?)\s+chủ trì\s*[,;]?\s+(?:và\s+)?phối hợp\s+(?:với|cùng)\s+(?P<support>\S.*?)\.?",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_NAME = 60
_LONGEST_CELL = 2_000
_EDGES = " \t\n;,"


def split_names(text: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """One name a line or between «;». Commas part only names that are all short and ``known`` (folded)."""
    names: list[str] = []
    for line in text.split("\n"):
        # «Văn phòng - Thống kê» is one name: a dash parts names only where the cell begins with one.
        whole = _SENTENCE_BULLET.split(line) if _BULLET.match(line) else [line]
        for piece in (piece for part in whole for piece in part.split(";")):
            name = _BULLET.sub("", piece, count=1).strip(_EDGES)
            name = name[:-1].rstrip() if name.endswith(".") and not name.endswith("..") else name
            if re.search(r"\w", name):
                names += _by_commas(name, known)
    return tuple(dict.fromkeys(names))


def _by_commas(name: str, known: Collection[str]) -> Sequence[str]:
    pieces = [piece.strip() for piece in name.split(",")]
    parted = len(pieces) > 1 and all(len(piece) <= _LONGEST_NAME and fold(piece) in known for piece in pieces)
    return pieces if parted else [name]


def split_parties(text: str) -> tuple[str, str]:
    """Who leads and who supports, as their words stand in the cell: «Chủ trì: …; Phối hợp: …», «… (phối hợp)»,
    «Phòng Kinh tế chủ trì, phối hợp với các thôn».

    Without such words all of it leads: which of several names supports is not guessed.
    """
    labels = list(_LABEL.finditer(text)) if len(text) <= _LONGEST_CELL else []
    if not labels:
        sentence = _SENTENCE.fullmatch(text) if len(text) <= _LONGEST_CELL else None
        return (sentence["lead"].strip(_EDGES), sentence["support"]) if sentence else _by_brackets(text)
    parts: dict[str, list[str]] = {"lead": [text[: labels[0].start()]], "support": []}
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        end = following.start() if following else len(text)
        parts["lead" if label["lead"] else "support"].append(text[label.end() : end])
    lead, support = ("\n".join(filter(None, map(_trimmed, pieces))) for pieces in parts.values())
    return lead, support


def _trimmed(text: str) -> str:
    """Without the bullet or bracket that belonged to the next label."""
    text = text.strip(_EDGES)
    text = re.sub(r"[\s;,.]*[(\-–+•]$", "", text)
    return text[:-1] if text.endswith(")") and "(" not in text else text


def _by_brackets(text: str) -> tuple[str, str]:
    lead: list[str] = []
    support: list[str] = []
    if not _IN_BRACKETS.search(text):
        return text, ""
    for line in text.split("\n"):
        rest = line
        while found := _IN_BRACKETS.search(rest):
            (support if found["support"] else lead).append(rest[: found.start()].strip(_EDGES))
            rest = rest[found.end() :].lstrip(_EDGES + ".")
        if rest.strip():
            lead.append(rest)
    return "\n".join(filter(None, lead)), "\n".join(filter(None, support))
