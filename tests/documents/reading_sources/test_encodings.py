"""TCVN3 and VNI, told from the font or from the words, and text files of any age."""

from __future__ import annotations

import pytest

from documents.reading.encodings import Encoding, decode_text, encoding_of_font, guess_encoding, to_unicode
from documents.reading.errors import UnreadableFile
from documents.reading.syllables import is_syllable

MOTTO = "Cộng hòa xã hội chủ nghĩa Việt Nam. Độc lập - Tự do - Hạnh phúc"
MOTTO_IN_TCVN3 = "Céng hßa x· héi chñ nghÜa ViÖt Nam. §éc lËp - Tù do - H¹nh phóc"
MOTTO_IN_VNI = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam. Ñoäc laäp - Töï do - Haïnh phuùc"

LOWER = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
LOWER_IN_TCVN3 = "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\xadõö÷øùúûüýþ"
LOWER_IN_VNI = (
    "aøaûaõaùaïaêaèaúaüaéaëaâaàaåaãaáaäñeøeûeõeùeïeâeàeåeãeáeäìæóíòoøoûoõoùoïoâoàoåoãoáoä"
    "ôôøôûôõôùôïuøuûuõuùuïööøöûöõöùöïyøyûyõyùî"
)


@pytest.mark.parametrize(
    ("encoded", "encoding", "text"),
    [
        (MOTTO_IN_TCVN3, Encoding.TCVN3, MOTTO),
        (MOTTO_IN_VNI, Encoding.VNI, MOTTO),
        (LOWER_IN_TCVN3, Encoding.TCVN3, LOWER),
        (LOWER_IN_VNI, Encoding.VNI, LOWER),
        (LOWER_IN_VNI.upper(), Encoding.VNI, LOWER.upper()),
        ("Aùnh saùng, Ñoâng Aâu", Encoding.VNI, "Ánh sáng, Đông Âu"),
        ("\uf056i\uf0d6t", Encoding.TCVN3, "Việt"),
        (MOTTO, None, MOTTO),
    ],
)
def test_every_letter_comes_back(encoded, encoding, text):
    assert to_unicode(encoded, encoding) == text


def test_fonts_of_capitals_draw_small_letters_as_capitals():
    assert to_unicode("ñy ban nh©n d©n", Encoding.TCVN3, capitals=True) == "ỦY BAN NHÂN DÂN"


@pytest.mark.parametrize(
    ("font", "said"),
    [
        (".VnTime", (Encoding.TCVN3, False)),
        (".VnTimeH", (Encoding.TCVN3, True)),
        ("ABCDEF+.VnTimeH,Bold", (Encoding.TCVN3, True)),
        (".VnHelvetIns", (Encoding.TCVN3, False)),
        (".VnArial NarrowH", (Encoding.TCVN3, True)),
        ("VNI-Times", (Encoding.VNI, False)),
        ("QWERTY+VNI-Helve,Italic", (Encoding.VNI, False)),
        ("Times New Roman", (None, False)),
        ("UVnTime", (None, False)),
        (None, (None, False)),
    ],
)
def test_a_font_says_what_its_codes_mean(font, said):
    assert encoding_of_font(font) == said


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (MOTTO, None),
        (MOTTO.upper(), None),
        (MOTTO_IN_TCVN3, Encoding.TCVN3),
        (MOTTO_IN_VNI, Encoding.VNI),
        ("Số 12/QĐ-UBND, TĐKT, HĐND", None),
        ("Café, Curaçao, naïve Übung", None),
        ("Plain words", None),
        ("", None),
    ],
)
def test_text_without_fonts_is_judged_by_its_words(text, encoding):
    assert guess_encoding([text]) is encoding


@pytest.mark.parametrize("word", ["nghiêng", "QUYẾT", "khuỷu", "giữ", "gì", "quốc", "Ủy", "yêu", "ở", "hoà", "thuở"])
def test_vietnamese_syllables_are_known(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["ViÖt", "hoøa", "tết̀", "việr", "bàc", "ñoäc", "TĐKT", "Café"])
def test_what_nobody_can_say_is_no_syllable(word):
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (MOTTO.encode(), (MOTTO, None)),
        (MOTTO.encode("utf-8-sig"), (MOTTO, None)),
        (MOTTO.encode("utf-16"), (MOTTO, None)),
        (MOTTO.encode("utf-16-le"), (MOTTO, None)),
        (MOTTO.encode("utf-16-be"), (MOTTO, None)),
        (MOTTO_IN_TCVN3.encode("latin-1"), (MOTTO, Encoding.TCVN3)),
        (MOTTO_IN_TCVN3.encode(), (MOTTO, Encoding.TCVN3)),
        (MOTTO_IN_VNI.encode("latin-1"), (MOTTO, Encoding.VNI)),
        ("Vi\xea\xf2t Nam \xf0\xf4\xf2c l\xe2\xf2p".encode("latin-1"), ("Việt Nam độc lập", None)),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-le", "utf-16-be", "tcvn3", "tcvn3 in utf-8", "vni", "windows-1258"],
)
def test_a_text_file_of_any_age_is_read(content, read):
    assert decode_text(content) == read


@pytest.mark.parametrize(
    "content", [b"\xff\xfeA\x00\x00\xd8", b"ab\xc3\0cd\xff\xfe\xfd"], ids=["half a letter", "zeros"]
)
def test_bytes_that_are_no_text_are_refused(content):
    with pytest.raises(UnreadableFile, match="lưu lại dạng UTF-8"):
        decode_text(content)
