"""The empty Word file that every paper starts from: python-docx's own, without what is not ours.

That file brings 160 styles in Calibri and Cambria, a theme, a thumbnail and the names of
its makers; an officer would meet them in Word's list of styles and in the file's properties.
"""

from __future__ import annotations

import functools
import io

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from documents import layout
from documents.rendering.docx.styles import Style, install

LANGUAGE = "vi-VN"
_KEPT_STYLES = {"Normal", "Default Paragraph Font", "Normal Table", "No List"}
_KEPT_PARTS = {"officeDocument", "core-properties", "styles", "settings"}
_FONTS = " ".join(f'w:{slot}="{layout.FONT_FAMILY}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
_LANGUAGES = " ".join(f'w:{slot}="{LANGUAGE}"' for slot in ("val", "eastAsia", "bidi"))

_DEFAULTS = f"""
<w:docDefaults {nsdecls("w")}>
  <w:rPrDefault><w:rPr>
    <w:rFonts {_FONTS}/><w:sz w:val="{layout.BODY_PT * 2}"/><w:szCs w:val="{layout.BODY_PT * 2}"/>
    <w:lang {_LANGUAGES}/>
  </w:rPr></w:rPrDefault>
  <w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault>
</w:docDefaults>
"""

_WORD = "http://schemas.microsoft.com/office/word"
# Mode 15 is that of Word 2013 and later: without it Word opens the file in "Compatibility Mode" and hangs
# tables out into the margin.
_SETTINGS = f"""
<w:settings {nsdecls("w")}>
  <w:zoom w:percent="100"/>
  <w:defaultTabStop w:val="720"/>
  <w:characterSpacingControl w:val="doNotCompress"/>
  <w:compat><w:compatSetting w:name="compatibilityMode" w:uri="{_WORD}" w:val="15"/></w:compat>
  <w:themeFontLang {_LANGUAGES}/>
  <w:decimalSymbol w:val=","/>
  <w:listSeparator w:val=";"/>
</w:settings>
"""


def new_document() -> Document:
    """A fresh document with our styles and nothing in it."""
    return docx.Document(io.BytesIO(_base()))


@functools.cache
def _base() -> bytes:
    document = docx.Document()
    _drop_parts(document)
    document.settings.element[:] = parse_xml(_SETTINGS)[:]
    _reset_styles(document)
    install(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _drop_parts(document: Document) -> None:
    for relations in (document.part.package.rels, document.part.rels):
        for name, relation in list(relations.items()):
            if relation.reltype.rpartition("/")[2] not in _KEPT_PARTS:
                del relations[name]


def _reset_styles(document: Document) -> None:
    for style in list(document.styles):
        if style.name not in _KEPT_STYLES:
            style.delete()
    defaults = document.styles.element.find(qn("w:docDefaults"))
    document.styles.element.replace(defaults, parse_xml(_DEFAULTS))
    normal = document.styles[Style.NORMAL]
    normal.font.name = layout.FONT_FAMILY
    fonts = normal.element.rPr.rFonts
    for slot in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{slot}"), layout.FONT_FAMILY)
    normal.font.size = Pt(layout.BODY_PT)
    normal.font.color.rgb = RGBColor(0, 0, 0)
    normal.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    normal.paragraph_format.widow_control = True
