"""What names say: kinds of parts, units behind printed issuer lines."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from units.models import Part
from units.naming import NamedUnit, ordinary_case, part_kind, title_case, unit_of_line


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Thôn Khuổi Luông", "village"),
        ("Ấp 3", "village"),
        ("Khu phố Tân Lập", "village"),
        ("Trường Tiểu học Cường Lợi", "school"),
        ("Trạm Y tế xã", "station"),
        ("Đài truyền thanh xã", "station"),
        ("Hội đồng TĐKT xã", "council"),
        ("Ban Chỉ đạo xây dựng nông thôn mới", "council"),
        ("Hội Nông dân xã", "organisation"),
        ("Đoàn Thanh niên xã", "organisation"),
        ("Ủy ban MTTQ xã", "organisation"),
        ("Các thôn", "group"),
        ("Các ngành, đoàn thể, các trường, các thôn", "group"),
        ("Văn phòng - Thống kê", "office"),
        ("Ban Chỉ huy Quân sự xã", "office"),
        ("UBND xã", "office"),
        ("Công an xã", "office"),
        ("Trưởng cụm", "other"),
        ("Cụm trưởng", "other"),
        ("Hội", "organisation"),
        ("Hộichợ", "other"),
        ("", "other"),
    ],
)
def test_the_first_words_of_a_part_tell_its_kind(name, kind):
    assert part_kind(name) == kind
    assert part_kind(unicodedata.normalize("NFD", name)) == kind
    assert part_kind(name.upper()) == kind


@given(st.text(max_size=40))
def test_every_name_has_a_kind_that_the_model_knows(name):
    assert part_kind(name) in Part.Kind.values


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("ỦY BAN NHÂN DÂN XÃ CẨM LĨNH", NamedUnit("commune", "xã", "Cẩm Lĩnh")),
        ("UỶ BAN NHÂN DÂN PHƯỜNG 3", NamedUnit("commune", "phường", "3")),
        ("UBND THỊ TRẤN ĐỒNG ĐĂNG", NamedUnit("commune", "thị trấn", "Đồng Đăng")),
        ("ỦY BAN NHÂN DÂN ĐẶC KHU CÔN ĐẢO", NamedUnit("commune", "đặc khu", "Côn Đảo")),
        ("ỦY BAN NHÂN DÂN HUYỆN VĨNH CỬU", NamedUnit("district", "huyện", "Vĩnh Cửu")),
        ("ỦY BAN NHÂN DÂN THỊ XÃ BUÔN HỒ", NamedUnit("district", "thị xã", "Buôn Hồ")),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ VINH", NamedUnit("district", "thành phố", "Vinh")),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH", NamedUnit("province", "thành phố", "Hồ Chí Minh")),
        ("HỘI ĐỒNG NHÂN DÂN TỈNH BÀ RỊA - VŨNG TÀU", NamedUnit("province", "tỉnh", "Bà Rịa - Vũng Tàu")),
        ("CỤM THI ĐUA HUYỆN VÙNG THẤP", NamedUnit("commune", "", "Cụm thi đua huyện vùng thấp")),
        ("CỤM THI ĐUA CÁC HUYỆN VÙNG CAO", NamedUnit("commune", "", "Cụm thi đua các huyện vùng cao")),
        ("CỤM THI ĐUA SỐ 2 TỈNH NGHỆ AN", NamedUnit("commune", "", "Cụm thi đua số 2 tỉnh Nghệ An")),
        ("ỦY BAN NHÂN DÂN", NamedUnit("commune", "", "Ủy ban nhân dân")),
    ],
)
def test_an_issuer_line_names_its_unit(line, named):
    assert unit_of_line(line) == named
    assert unit_of_line(unicodedata.normalize("NFD", line).replace(" ", "  ")) == named


@given(st.text(max_size=60))
def test_casing_never_fails_and_never_loses_a_letter(text):
    letters = "".join(unicodedata.normalize("NFC", text).split()).casefold()

    for cased in (title_case(text), ordinary_case(text)):
        assert "".join(cased.split()).casefold() in {letters, "".join(cased.split()).lower().casefold()}
