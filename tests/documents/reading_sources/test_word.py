"""Paragraphs of Word: what is printed is read, and nothing else."""

from __future__ import annotations

import pytest

from documents.reading.source import Align, Looks, Source, SourceLine
from tests.documents.reading_sources.making import cell, p, packed, part, r, read, row, table, texts, word

PLAIN = Looks(bold=False, italic=False, size=10.0, align=Align.LEFT, indent=0)


def test_a_paragraph_is_one_whole_line_with_its_looks():
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="26"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:styleId="Title"><w:pPr><w:jc w:val="center"/></w:pPr>'
        "<w:rPr><w:b/></w:rPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="Title"/><w:rPr><w:i/><w:sz w:val="28"/></w:rPr>'
        "</w:style>"
    )
    body = (
        p("KẾ HOẠCH", properties='<w:pStyle w:val="Title"/>')
        + p("Công tác năm 2026", properties='<w:pStyle w:val="Sub"/>')
        + p("Căn cứ", properties='<w:jc w:val="both"/><w:ind w:left="200" w:firstLine="520"/>')
        + p(r("I.", "<w:b/>"), r(" Mục đích"))
    )

    source = read(word(body, styles=styles))

    assert source == Source(
        (
            SourceLine("KẾ HOẠCH", Looks(True, False, 13.0, Align.CENTRE, 0), is_whole=True),
            SourceLine("Công tác năm 2026", Looks(True, True, 14.0, Align.CENTRE, 0), is_whole=True),
            SourceLine("Căn cứ", Looks(False, False, 13.0, Align.JUSTIFIED, 36.0), is_whole=True),
            SourceLine("I. Mục đích", Looks(False, False, 13.0, Align.LEFT, 0), is_whole=True),
        )
    )


def test_lines_that_the_writer_broke_are_no_whole_paragraphs():
    source = read(word(p("<w:r><w:t>ỦY BAN NHÂN DÂN</w:t><w:br/><w:t>XÃ MAI KHÊ</w:t></w:r>")))

    assert source.blocks == (
        SourceLine("ỦY BAN NHÂN DÂN", PLAIN, is_whole=False),
        SourceLine("XÃ MAI KHÊ", Looks(False, False, 10.0, Align.LEFT, None), is_whole=False),
    )


def test_an_empty_paragraph_or_a_wide_distance_leaves_a_gap():
    spaced = '<w:spacing w:before="400"/>'
    body = p("Một") + p() + p("Hai") + p("Ba") + p("Bốn", properties=spaced) + p("Năm", properties=spaced) + p("Sáu")

    source = read(word(body))

    assert [(line.text, line.gap) for line in source.lines()] == [
        ("Một", False),
        ("Hai", True),
        ("Ba", False),
        ("Bốn", True),
        ("Năm", False),
        ("Sáu", False),
    ]


def test_a_page_break_leaves_a_gap():
    body = (
        p("Trước")
        + p('<w:r><w:br w:type="page"/></w:r>')
        + p("PHỤ LỤC")
        + p("Bảng", properties="<w:pageBreakBefore/>")
    )

    assert [(line.text, line.gap) for line in read(word(body)).lines()] == [
        ("Trước", False),
        ("PHỤ LỤC", True),
        ("Bảng", True),
    ]


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ("<w:r><w:t>1.</w:t><w:tab/><w:t>Nội dung</w:t></w:r>", "1. Nội dung"),
        ("<w:r><w:t>Thi đua</w:t><w:noBreakHyphen/><w:t>Khen thưởng</w:t></w:r>", "Thi đua-Khen thưởng"),
        ("<w:r><w:t>khen</w:t><w:softHyphen/><w:t>thưởng</w:t></w:r>", "khenthưởng"),
        ('<w:hyperlink r:id="x"><w:r><w:t>thidua.example.vn</w:t></w:r></w:hyperlink>', "thidua.example.vn"),
        ("<w:smartTag><w:r><w:t>xã Mai Khê</w:t></w:r></w:smartTag>", "xã Mai Khê"),
        ("<w:sdt><w:sdtContent><w:r><w:t>ngày 05</w:t></w:r></w:sdtContent></w:sdt>", "ngày 05"),
        ('<w:fldSimple w:instr="DATE"><w:r><w:t>05/3/2026</w:t></w:r></w:fldSimple>', "05/3/2026"),
        ('<w:r><w:t>đạt </w:t><w:sym w:font="Symbol" w:char="F0B3"/><w:t> 95%</w:t></w:r>', "đạt ≥ 95%"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t> Có</w:t></w:r>', "✓ Có"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0D8"/><w:t> Các thôn</w:t></w:r>', "- Các thôn"),
        ('<w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>\uf0a3</w:t></w:r>', "≤"),
        ("<w:r><w:rPr><w:caps/></w:rPr><w:t>Kế hoạch</w:t></w:r>", "KẾ HOẠCH"),
        ("<w:r><w:t>Việt Nam</w:t></w:r>", "Việt Nam"),
        ("<m:oMath><m:r><m:t>x=</m:t></m:r><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num></m:f></m:oMath>", "x=1"),
        ("<?odd instruction?><!-- a comment --><w:r><w:t>Hai</w:t></w:r>", "Hai"),
    ],
)
def test_what_word_prints_is_read(runs, text):
    assert texts(read(word(p(r("A ") + runs)))) == [f"A {text}"]


def test_fields_show_their_result_and_not_their_instruction():
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    inner = mark("begin") + "<w:r><w:instrText>PAGE</w:instrText></w:r>" + mark("separate") + r("9") + mark("end")
    body = p(r("Xem ") + mark("begin") + r("IF ") + inner + mark("separate") + r("trang 3")) + p(
        r("và 4") + mark("end") + r(" của Quy chế")
    )

    assert texts(read(word(body))) == ["Xem trang 3", "và 4 của Quy chế"]


def test_tracked_changes_are_read_as_accepted_and_said():
    body = (
        p(r("Trước ngày ") + f"<w:del>{r('10')}</w:del><w:ins>{r('15')}</w:ins>" + r(" tháng 6"))
        + p(f"<w:moveFrom>{r('Chuyển đi')}</w:moveFrom>")
        + p(f"<w:moveTo>{r('Chuyển đến')}</w:moveTo>")
        + p("Gộp với", properties="<w:rPr><w:del/></w:rPr>")
        + p(" đoạn sau")
        + table(row("Bỏ", properties="<w:del/>"), row("Giữ", "lại"))
    )

    source = read(word(body))

    assert texts(source) == ["Trước ngày 15 tháng 6", "Chuyển đến", "Gộp với đoạn sau"]
    assert [line.text for line in source.lines()][-2:] == ["Giữ", "lại"]
    assert source.notes == (
        "Tệp còn sửa đổi chưa được chấp nhận (Track Changes): chữ thêm vào đã được đọc, chữ bị xóa không được đọc.",
    )


def test_hidden_text_is_left_out_and_said():
    source = read(word(p(r("Hiện"), r(" ẩn", "<w:vanish/>"))))

    assert (texts(source), source.notes) == (["Hiện"], ("Tệp có chữ ẩn; chữ ẩn không được đọc.",))


def test_a_text_box_is_read_once_after_its_paragraph():
    inside = f"<w:txbxContent>{p('DỰ THẢO')}{p('lần 2')}</w:txbxContent>"
    box = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )

    assert texts(read(word(p(r("Số: 12"), box) + p("Sau")))) == ["Số: 12", "DỰ THẢO", "lần 2", "Sau"]


def test_a_text_box_of_an_old_program_is_read():
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('MẬT')}</w:txbxContent></v:textbox></w:pict></w:r>"

    assert texts(read(word(p(box)))) == ["MẬT"]


def test_footnotes_stand_apart():
    notes = f'<w:footnote w:id="0">{p("bỏ")}</w:footnote><w:footnote w:id="2">{p("Theo Quy chế.")}</w:footnote>'
    body = p(r("Xét tặng") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + r(" hằng năm"))

    source = read(word(body, footnotes=notes))

    assert texts(source) == ["Xét tặng hằng năm"]
    assert [line.text for line in source.footnotes] == ["Theo Quy chế."]
    assert source.notes == ("Tệp có 1 chú thích; chữ của chú thích để riêng, không nằm trong nội dung.",)


def test_old_fonts_are_read_in_unicode_also_where_a_letter_stands_in_two_runs():
    tcvn3 = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    capitals = '<w:rFonts w:ascii=".VnTimeH"/>'
    vni = '<w:rFonts w:ascii="VNI-Times"/>'
    body = (
        p(r("ñy ban nh©n d©n", capitals))
        + p(r("KÕ ho¹ch c«ng t¸c thi ®ua,", tcvn3), r(" khen thưởng"))
        + p(f"<w:r><w:rPr>{tcvn3}</w:rPr><w:t>n</w:t><w:softHyphen/><w:t>íc</w:t></w:r>")
        + p(r("Tha", vni), r("ùng 3", vni + "<w:b/>"))
    )

    source = read(word(body))

    assert texts(source) == ["ỦY BAN NHÂN DÂN", "Kế hoạch công tác thi đua, khen thưởng", "nước", "Tháng 3"]
    assert source.notes == (
        "Chữ TCVN3 (ABC) đã được chuyển sang Unicode.",
        "Chữ VNI đã được chuyển sang Unicode.",
    )


def test_old_codes_under_a_font_of_today_are_told_by_their_words():
    body = p("Céng hßa x· héi chñ nghÜa ViÖt Nam") + table(row("1", "§éc lËp"), row("2", "H¹nh phóc"))

    source = read(word(body))

    assert [line.text for line in source.lines()] == [
        *("Cộng hòa xã hội chủ nghĩa Việt Nam", "1", "Độc lập", "2", "Hạnh phúc"),
    ]
    assert source.notes == ("Chữ TCVN3 (ABC) đã được chuyển sang Unicode.",)


def test_words_in_the_margins_of_pages_are_said_and_numbers_are_not():
    body = p("Nội dung") + '<w:sectPr><w:headerReference r:id="a"/><w:footerReference r:id="b"/></w:sectPr>'
    files = {
        "[Content_Types].xml": "<Types>wordprocessingml</Types>",
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": '<Relationships><Relationship Id="a" Target="h.xml"/>'
        '<Relationship Id="b" Target="f.xml"/></Relationships>',
        "word/h.xml": part("hdr", p("UBND xã Mai Khê")),
        "word/f.xml": part("ftr", p("Trang 2/10")),
    }

    source = read(packed(files))

    assert texts(source) == ["Nội dung"]
    assert source.notes == ("Chữ ở đầu trang, chân trang không được đọc vào nội dung: «UBND xã Mai Khê».",)


def test_a_head_and_a_foot_laid_out_as_tables_are_lines_in_two_columns():
    head = table(
        row(cell("ỦY BAN NHÂN DÂN", "XÃ MAI KHÊ"), cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
        row("Số: 12/KH-UBND", "Mai Khê, ngày 05 tháng 3 năm 2026"),
        ruled=False,
    )
    foot = table(row(cell("Nơi nhận:", "- Như trên;"), "", cell("CHỦ TỊCH", "Lê Thị Hoa")))

    source = read(word(head + p("KẾ HOẠCH") + foot))

    assert [(line.text, line.column) for line in source.blocks] == [
        ("ỦY BAN NHÂN DÂN", 0),
        ("XÃ MAI KHÊ", 0),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 1),
        ("Số: 12/KH-UBND", 0),
        ("Mai Khê, ngày 05 tháng 3 năm 2026", 1),
        ("KẾ HOẠCH", 0),
        ("Nơi nhận:", 0),
        ("- Như trên;", 0),
        ("CHỦ TỊCH", 1),
        ("Lê Thị Hoa", 1),
    ]


def test_a_head_and_a_foot_set_with_tabs_are_lines_in_two_columns():
    def tabbed(left: str, right: str) -> str:
        return p(f"<w:r><w:t>{left}</w:t><w:tab/><w:tab/><w:t>{right}</w:t></w:r>")

    body = (
        tabbed("UBND XÃ MAI KHÊ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        + tabbed("", "Độc lập - Tự do - Hạnh phúc")
        + tabbed("Số: 12/KH-UBND", "Mai Khê, ngày 05 tháng 3 năm 2026")
        + tabbed("1.", "Mục đích")
        + tabbed("Tổng số", "12 tập thể")
        + tabbed("Nơi nhận:", "CHỦ TỊCH")
        + tabbed("- Như trên;", "")
        + tabbed("- Lưu: VT.", "Lê Thị Hoa")
    )

    assert [(line.text, line.column) for line in read(word(body)).lines()] == [
        ("UBND XÃ MAI KHÊ", 0),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 1),
        ("Độc lập - Tự do - Hạnh phúc", 1),
        ("Số: 12/KH-UBND", 0),
        ("Mai Khê, ngày 05 tháng 3 năm 2026", 1),
        ("1. Mục đích", 0),
        ("Tổng số 12 tập thể", 0),
        ("Nơi nhận:", 0),
        ("CHỦ TỊCH", 1),
        ("- Như trên;", 0),
        ("- Lưu: VT.", 0),
        ("Lê Thị Hoa", 1),
    ]
