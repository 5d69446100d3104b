"""Plain text as people type it: one spelling for comparing, one clean form for keeping."""

from __future__ import annotations

import re
import unicodedata

from core.errors import AppError

_MARKS = re.compile(r"[\u0300-\u036f]")
# What no keyboard types into a paper and XML, Word or PDF cannot carry or would not show: control
# characters, halves of letters, marks of direction, soft hyphens and blanks without width, private letters.
_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069"
    r"\ufeff\uffa0\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
# What comes along from Word and web pages: its line break inside a paragraph, the bullets of its
# symbol fonts, and signs that only steer where lines break.
_LINE_ENDS, _BULLETS = "\x0b\x85\u2028\u2029", "\uf0b7\uf02d\uf0a7\uf0d8\uf0fc"
_PASTED = str.maketrans(dict.fromkeys(_LINE_ENDS, "\n") | dict.fromkeys(_BULLETS, "-"))
_INVISIBLE = re.compile(r"[\xad\u034f\u061c\u180e\u200b-\u200f\u2060\ufeff]")
# Names of HTML elements, so that «a < b» and «<tên đơn vị>» stay what they are: words.
_TAG = re.compile(
    r"</?(?:a|b|body|br|center|code|div|em|font|form|h[1-6]|head|hr|html|i|iframe|img|input|li|link|meta|object|ol|p"
    r"|pre|s|script|span|strong|style|sub|sup|svg|table|tbody|td|th|thead|title|tr|u|ul|video)\b[^<>]*>",
    re.IGNORECASE,
)

_MOST_CODES_A_LETTER = 4  # «ệ» typed as e and two marks; lets a huge text go before it is composed

TEXT_LIMIT = 200_000
LINE_LIMIT = 20_000


class UnfitText(AppError):
    message = "Nội dung có ký tự không dùng được trong văn bản."


def fold(text: str) -> str:
    """For searching: no marks, ``đ`` as ``d``, lower case, single spaces.

    >>> fold("Thi đua  yêu nước")
    'thi dua yeu nuoc'
    """
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text)).replace("đ", "d").replace("Đ", "D")
    return " ".join(bare.lower().split())


def clean_lines(text: str, *, limit: int = TEXT_LIMIT, name: str = "Nội dung") -> str:
    """NFC with plain line ends; refuse what cannot be printed or is too long. Nothing else is touched."""
    too_long = UnfitText(f"{name} dài quá {f'{limit:,}'.replace(',', '.')} ký tự.")
    if len(text) > limit * _MOST_CODES_A_LETTER:
        raise too_long
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > limit:
        raise too_long
    if found := _FORBIDDEN.search(text):
        where = _where(text, found.start())
        raise UnfitText(f"{name} có ký tự không in được (mã U+{ord(found[0]):04X}) {where}; hãy xóa ký tự đó.")
    return text


def as_pasted(text: str) -> str:
    """Text that a person pasted into a page, without the signs that Word and browsers add unseen."""
    return _INVISIBLE.sub("", text.translate(_PASTED))


def _where(text: str, position: int) -> str:
    """So that a person finds a sign that cannot be seen."""
    before = text[:position]
    line, words = before.count("\n") + 1, before.rpartition("\n")[2][-20:].strip()
    place = f"ở dòng {line}" if "\n" in text else ""
    return f"{place} sau «{words}»".strip() if words else (place or "ở đầu")


def clean_line(text: str, *, limit: int = LINE_LIMIT, name: str = "Nội dung") -> str:
    """As ``clean_lines``, for what must stay on one line."""
    text = clean_lines(text, limit=limit, name=name)
    if "\n" in text or "\t" in text:
        raise UnfitText(f"{name} phải nằm trên một dòng, không có dấu xuống dòng hay dấu tab.")
    return text


def refuse_markup(text: str, *, name: str = "Nội dung") -> str:
    """A paper holds words only: pasted web code is told, not printed as it stands."""
    if found := _TAG.search(text):
        raise UnfitText(
            f"{name[:1].upper()}{name[1:]} có thẻ HTML «{found[0][:40]}»; văn bản chỉ gồm chữ, hãy bỏ thẻ đi."
        )
    return text


def split_lines(text: str) -> tuple[str, ...]:
    """The lines that say something."""
    return tuple(line for line in text.split("\n") if line.strip())
