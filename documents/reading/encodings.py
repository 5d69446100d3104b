"""Vietnamese from before Unicode: TCVN3 (ABC, fonts «.VnTime») and VNI («VNI-Times»), and text files of any age.

In those days the font decided what a code meant, so Word and PDF still say it by the font's name; plain text
does not, and is judged by how many of its words are Vietnamese syllables. Sources: TCVN 5712:1993 as in glibc's
charmap ``TCVN5712-1``, and VNI's own table of two-letter codes. Python has codecs for neither.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from documents.reading.errors import UnreadableFile
from documents.reading.syllables import is_syllable

_ENOUGH = 0.5
"""Of the words with marks: text that reads as Vietnamese has more than nine tenths, names and slips included."""
_SAMPLE = 200_000
"""Letters: more do not change the judgement."""


class Encoding(StrEnum):
    TCVN3 = "TCVN3"
    VNI = "VNI"

    @property
    def label(self) -> str:
        return "TCVN3 (ABC)" if self is Encoding.TCVN3 else "VNI"


# -- The tables ------------------------------------------------------------------------

_TCVN3_FROM = (
    "\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xab\xac\xad\xae"
    "\xb5\xb6\xb7\xb8\xb9\xbb\xbc\xbd\xbe\xc6\xc7\xc8\xc9\xca\xcb"
    "\xcc\xce\xcf\xd0\xd1\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xdc\xdd\xde"
    "\xdf\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee"
    "\xef\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa\xfb\xfc\xfd\xfe"
)
_TCVN3_TO = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_TCVN3 = str.maketrans(_TCVN3_FROM, _TCVN3_TO)

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT, _HAT, _BREVE = "\u0300\u0301\u0309\u0303\u0323\u0302\u0306"
_TONES = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_HATS = {"â": "", "á": _ACUTE, "à": _GRAVE, "å": _HOOK, "ã": _TILDE, "ä": _DOT}
_BREVES = {"ê": "", "é": _ACUTE, "è": _GRAVE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT}
_VNI_LONE = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ", "ô": "ơ", "ö": "ư"}


def _vni_table() -> dict[str, str]:
    """Code of one or two letters → letter; the second may be in either case."""
    table = dict(_VNI_LONE)
    for vowel in "aeouyôö":
        for mark, tone in _TONES.items():
            table[vowel + mark] = _VNI_LONE.get(vowel, vowel) + tone
    for vowel in "aeo":
        for mark, tone in _HATS.items():
            table[vowel + mark] = vowel + _HAT + tone
    for mark, tone in _BREVES.items():
        table["a" + mark] = "a" + _BREVE + tone
    for code, letter in list(table.items()):
        for upper in (code.upper(), code[0].upper() + code[1:]):
            table[upper] = letter.upper()
    return {code: unicodedata.normalize("NFC", letter) for code, letter in table.items()}


_VNI = _vni_table()
_VNI_CODES = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

# -- Fonts -----------------------------------------------------------------------------

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_TCVN3_FONT = re.compile(r"\.Vn|Vn(?=Time|Arial|Times|Century|Helv|Courier|Book|Aristote|Commercial|Bodoni|Gothic)")
_VNI_FONT = re.compile(r"VNI[- ]?[A-Z]", re.IGNORECASE)
_CAPITALS = re.compile(r"H(?:[, -]|$)")


def encoding_of_font(name: str | None) -> tuple[Encoding | None, bool]:
    """What the font's name says, and whether the font draws small letters as capitals (``.VnTimeH``).

    >>> encoding_of_font("ABCDEF+.VnTimeH,Bold")
    (<Encoding.TCVN3: 'TCVN3'>, True)
    """
    bare = _SUBSET.sub("", name or "")
    if _TCVN3_FONT.match(bare):
        return Encoding.TCVN3, bool(_CAPITALS.search(bare.replace("Bold", "").replace("Italic", "")))
    return (Encoding.VNI if _VNI_FONT.match(bare) else None), False


# -- Converting ------------------------------------------------------------------------


def to_unicode(text: str, encoding: Encoding | None, *, capitals: bool = False) -> str:
    """NFC. Letters that such a font keeps in its private area come back to where they belong first."""
    if encoding is not None:
        text = "".join(chr(ord(letter) - 0xF000) if "\uf020" <= letter <= "\uf0ff" else letter for letter in text)
    if encoding is Encoding.TCVN3:
        text = text.translate(_TCVN3)
    elif encoding is Encoding.VNI:
        text = _VNI_CODES.sub(lambda found: _VNI[found[0]], text)
    text = unicodedata.normalize("NFC", text)
    return text.upper() if capitals else text


_READINGS: tuple[Encoding | None, ...] = (None, Encoding.TCVN3, Encoding.VNI)
_MARKED_WORD = re.compile(r"[^\W\d_]*[^\x00-\x7f\W\d_][^\W\d_]*")
# Codes of TCVN3 and VNI that are no letters in Unicode: a word must not end at them.
_WORDS_OF_CODES = re.compile(r"[^\s\d!-/:-@\[-`{-~]+")


def guess_encoding(texts: Iterable[str]) -> Encoding | None:
    """Of text whose fonts say nothing; None for Unicode and for what is not Vietnamese at all."""
    text = "\n".join(texts)[:_SAMPLE]
    words = [word for word in _WORDS_OF_CODES.findall(text) if not word.isascii()]
    if not words:
        return None
    scores = {reading: _share_of_syllables(words, reading) for reading in _READINGS}
    best = max(scores, key=lambda reading: scores[reading])  # the first of equals: Unicode
    return best if scores[best] >= _ENOUGH and scores[best] > scores[None] + 0.2 else None


def _share_of_syllables(words: list[str], encoding: Encoding | None) -> float:
    read = [found for word in words for found in _MARKED_WORD.findall(to_unicode(word, encoding))]
    return sum(map(is_syllable, read)) / max(len(read), len(words))


# -- Files of bytes --------------------------------------------------------------------

_MARKED: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_BROKEN_TEXT = "Tệp văn bản bị hỏng hoặc dùng bảng mã lạ; hãy mở ra, lưu lại dạng UTF-8 rồi chọn lại."


def decode_text(content: bytes) -> tuple[str, Encoding | None]:
    """The text of a plain file, and from which old encoding it was converted.

    Raise ``UnreadableFile`` where the bytes are no text.
    """
    text = _decoded(content)
    if "\0" in text:
        raise UnreadableFile(_BROKEN_TEXT)
    encoding = guess_encoding([text])
    return to_unicode(text, encoding), encoding


def _decoded(content: bytes) -> str:
    for mark, codec in _MARKED:
        if content.startswith(mark):
            return _strictly(content, codec)
    if b"\0" in content[:1000]:  # letters of two bytes without a mark before them
        even, odd = content[:1000:2].count(0), content[1:1000:2].count(0)
        return _strictly(content, "utf-16-le" if odd > even else "utf-16-be")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    # Windows-1258 keeps tones as marks of their own and shares most codes with Latin-1, where TCVN3 and VNI live.
    plain = content.decode("latin-1")
    if guess_encoding([plain]) is not None:
        return plain
    try:
        return unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError:
        return plain


def _strictly(content: bytes, codec: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        raise UnreadableFile(_BROKEN_TEXT) from None
