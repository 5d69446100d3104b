"""The issued paper beside the signed one, word by word: the same, different, or not to be compared."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents.signed.aligning import Change, Printed, align, printed_words, runs_in_piece
from documents.signed.files import FileKind, FileReport
from documents.signed.pieces import Path, Piece, heads_of, pieces_of, pieces_of_text
from documents.signed.words import Word, joined, made_whole, table_heads, without_repeated_heads, words_of
from documents.tree import Paper

_OTHER_PAPER = 0.5
"""Two papers of which less is the same are two papers."""
_CONTEXT = 6
ISSUED = "bản phát hành"


class Outcome(enum.Enum):
    MATCH = "match"
    DIFFER = "differ"
    CANNOT = "cannot"

    @property
    def label(self) -> str:
        return {Outcome.MATCH: "Khớp", Outcome.DIFFER: "Khác", Outcome.CANNOT: "Không so được"}[self]


@dataclass(frozen=True, slots=True)
class Difference:
    place: str
    """In words: «Mục II, dòng 3», «Bảng, dòng 4, cột «Thời gian»»."""
    before: str
    """In the issued paper; empty where the signed one added."""
    after: str
    """In the signed one; empty where words were left out."""
    lead: str = ""
    """The words before, the same in both, so that a person finds the place."""
    follow: str = ""
    path: Path | None = None
    """The piece of the paper (``documents.signed.pieces``); None where the change runs over several."""
    line: str = ""
    """The text of that piece as issued, of which ``before`` is ``line[start:end]``."""
    start: int = 0
    end: int = 0
    is_new_line: bool = False
    """Whole new lines behind that piece."""


@dataclass(frozen=True, slots=True)
class Comparison:
    outcome: Outcome
    sentence: str
    differences: tuple[Difference, ...] = ()
    filled: tuple[str, ...] = ()
    """What the signed paper has where the issued one is blank: number, day, name."""
    is_other_paper: bool = False


_CANNOT = {
    FileKind.SCANNED_PDF: "Không so được từng chữ vì đây là bản quét.",
    FileKind.RECOGNISED_PDF: "Không so được từng chữ vì đây là bản quét, chữ do máy nhận dạng.",
    FileKind.MIXED_PDF: "Không so được từng chữ vì có trang chỉ là ảnh.",
    FileKind.LONG_PDF: "Không so được từng chữ vì tệp quá dài.",
    FileKind.PHOTO: "Không so được từng chữ vì đây là ảnh chụp.",
    FileKind.ENCRYPTED_PDF: "Không so được từng chữ vì tệp đặt mật khẩu.",
}
_NO_WORDS = "Không so được vì không đọc được chữ trong tệp đã ký."


def compare(issued: Paper | str, signed: FileReport | str, *, issued_as: str = ISSUED) -> Comparison:
    """``issued``: the paper, or its text as ``inspect_file`` gives it; ``signed``: the file, or such a text.
    ``issued_as``: what the sentences call the former.

    Line and page breaks, numbers of pages, repeated table heads, ways of writing dashes, quotes and marks, and what
    fills the blanks of the issued paper make no difference; every other word and figure does.
    """
    if isinstance(signed, FileReport) and not signed.has_every_word:
        return Comparison(Outcome.CANNOT, _CANNOT.get(signed.kind, _NO_WORDS))
    text = signed.text if isinstance(signed, FileReport) else signed
    if not text.strip():
        return Comparison(Outcome.CANNOT, _NO_WORDS)
    ours, theirs = _issued_words(issued), words_of(text)
    heads = _heads(issued) if isinstance(issued, Paper) else table_heads(theirs)
    theirs = made_whole(without_repeated_heads(theirs, heads), {word.key for word in ours})
    aligned = align(ours, theirs, name_is_blank=isinstance(issued, Paper) and not issued.signature.name.strip())
    filled = tuple(dict.fromkeys(_text(theirs[fill.first : fill.last]) for fill in aligned.filled))
    if aligned.share < _OTHER_PAPER:
        sentence = "Tệp này có vẻ là một văn bản khác, không phải bản đã ký của văn bản này."
        return Comparison(Outcome.DIFFER, sentence, is_other_paper=True)
    differences = tuple(part for change in aligned.changes for part in _differences(change, ours, theirs))
    return concluded(differences, filled, issued_as=issued_as)


def concluded(
    differences: tuple[Difference, ...], filled: tuple[str, ...] = (), *, issued_as: str = ISSUED
) -> Comparison:
    """What these differences, or none, say of two texts of one paper."""
    if differences:
        sentence = f"Bản đã ký khác {issued_as} ở {len(differences)} chỗ."
        return Comparison(Outcome.DIFFER, sentence, differences, filled)
    return Comparison(Outcome.MATCH, f"Bản đã ký khớp từng chữ với {issued_as}.", (), filled)


def _heads(paper: Paper) -> list[str]:
    return [joined(words_of(" ".join(columns))) for columns in heads_of(paper)]


def _issued_words(issued: Paper | str) -> list[Printed]:
    if isinstance(issued, Paper):
        return printed_words(pieces_of(issued))
    words = words_of(issued)
    heads = table_heads(words)
    if not heads:
        return printed_words(pieces_of_text(issued))
    return _without_heads(printed_words(pieces_of_text(issued)), words, heads)


def _without_heads(printed: list[Printed], words: list[Word], heads: Sequence[str]) -> list[Printed]:
    """As ``without_repeated_heads``, where the words of the text must keep their places."""
    kept = {id(word) for word in without_repeated_heads(words, heads)}
    if len(printed) != len(words):
        return printed
    return [own for own, word in zip(printed, words, strict=True) if id(word) in kept]


# -- From changes to differences -------------------------------------------------------------------------


def _differences(change: Change, issued: Sequence[Printed], signed: Sequence[Word]) -> Iterator[Difference]:
    """One for each piece that a change touches, where it can be told what belongs to which."""
    if change.start == change.end:
        yield _added(change, issued, signed)
        return
    parts = list(runs_in_piece(change.start, change.end, issued))
    shares = _shares(parts, change, signed)
    if shares is None:
        first, last = issued[change.start], issued[change.end - 1]
        yield Difference(
            f"Từ {first.piece.place} đến {last.piece.place}",
            _text(issued[change.start : change.end]),
            _text(signed[change.first : change.last]),
            *_context(change.start, change.end, issued),
        )
        return
    for (start, end), (first_word, last_word) in zip(parts, shares, strict=True):
        piece = issued[start].piece
        yield Difference(
            piece.place,
            _text(issued[start:end]),
            _text(signed[first_word:last_word]),
            *_context(start, end, issued),
            path=piece.path,
            line=piece.text,
            start=issued[start].start,
            end=issued[end - 1].end,
        )


def _text(words: Sequence[Printed] | Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _shares(parts: Sequence[tuple[int, int]], change: Change, signed: Sequence[Word]) -> list[tuple[int, int]] | None:
    """Which of the signed words stand for which piece; None where nothing tells."""
    first, last = change.first, change.last
    if len(parts) == 1 or first == last:
        return [(first, last)] * len(parts)
    if sum(end - start for start, end in parts) == last - first:
        offset = first - change.start
        return [(start + offset, end + offset) for start, end in parts]
    begins = [first, *(at for at in range(first + 1, last) if signed[at].starts_line)]
    return list(zip(begins, [*begins[1:], last], strict=True)) if len(begins) == len(parts) else None


def _added(change: Change, issued: Sequence[Printed], signed: Sequence[Word]) -> Difference:
    """Added words belong to the text that they stand in, to the end of one, to the beginning of the next, or are
    lines of their own.
    """
    at, after = change.start, _text(signed[change.first : change.last])
    before = issued[at - 1] if at else None
    following = issued[at] if at < len(issued) else None
    begins_line = signed[change.first].starts_line
    ends_line = change.last == len(signed) or signed[change.last].starts_line
    if following and (before is None or before.piece is following.piece or (not ends_line and begins_line)):
        piece, start, is_new = following.piece, following.start, False
    elif before is not None:
        piece, is_new = before.piece, begins_line and ends_line
        start = len(piece.text)
    else:
        return Difference("Đầu văn bản", "", after)
    place = f"Thêm sau: {piece.place}" if is_new else piece.place
    lead, follow = _context(at, at, issued, piece)
    return Difference(place, "", after, lead, follow, piece.path, piece.text, start, start, is_new)


def _context(start: int, end: int, issued: Sequence[Printed], only: Piece | None = None) -> tuple[str, str]:
    """Up to six words on both sides, within the text in which the change stands."""
    within = {id(only)} if only else {id(word.piece) for word in issued[start:end]}
    lead = [word for word in issued[max(0, start - _CONTEXT) : start] if id(word.piece) in within]
    follow = [word for word in issued[end : end + _CONTEXT] if id(word.piece) in within]
    return _text(lead), _text(follow)


def rewritten(text: str, differences: Sequence[Difference]) -> str:
    """A piece's text with what the signed paper has instead; none of them may be new lines."""
    for difference in sorted(differences, key=lambda one: (one.start, one.end), reverse=True):
        left, right = text[: difference.start], text[difference.end :]
        if not difference.after:
            left, right = (left, right.lstrip()) if not left else (left.rstrip(), right)
        elif difference.start == difference.end:
            after = difference.after
            text = f"{left.rstrip()} {after}" if not right else f"{left}{after} {right}"
            continue
        text = f"{left}{difference.after}{right}"
    return text
