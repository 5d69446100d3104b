"""Words: doubled, slips of the pen, spelt in two ways, abbreviations, letters that only look right."""

from __future__ import annotations

import pytest

from documents.proofreading import lexicon
from documents.proofreading.rules import abbreviations, doubles, spelling, syllables, unicode, words
from tests.documents.proofreading.papers import about, paper, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kiểm tra các các thôn", [("các các", "các")]),
        ("Thực hiện thực hiện nhiệm vụ", [("Thực hiện thực hiện", "Thực hiện")]),
        ("6 tháng cuối năm năm 2026", [("năm năm", "năm")]),
        ("kỷ niệm 81 năm năm Ngày Quốc khánh", [("năm năm", "năm")]),
        ("báo cáo Sở Sở Nội vụ", [("Sở Sở", "Sở")]),
        (
            "Sản lượng lúa gạo Sản lượng lúa gạo đạt 2.000 tấn",
            [("Sản lượng lúa gạo Sản lượng lúa gạo", "Sản lượng lúa gạo")],
        ),
        # Two words that meet, and words doubled on purpose
        ("hành vi vi phạm; trở thành thành viên; biện pháp pháp luật; biên tập tập sách", []),
        ("các tổ chức tổ chức hội nghị; ngày ngày; nhà nhà, người người; năm năm qua", []),
        ("hoàn thành, hoàn thành vượt mức; 10 10; thôn Na Na", []),
    ],
)
def test_words_said_twice(text, expected):
    assert about([doubles.doubled], text) == expected


def test_a_paragraph_said_twice():
    long = "Các cơ quan, đơn vị, trường học trên địa bàn xã tổ chức đăng ký thi đua và ký giao ước thi đua."

    assert said([doubles.paragraphs], paper(f"1. {long}\n2. Việc khác.\n3. {long}")) == [("word.paragraph", long, "")]
    assert said([doubles.paragraphs], paper("- Họp Hội đồng.\n- Họp Hội đồng.")) == []


@pytest.mark.parametrize(
    ("text", "words_found", "new"),
    [
        ("nhân rộng điển hình tiên tiên, gương mẫu", "tiên tiên", "tiên tiến"),
        ("Cùng cố, kiện toàn Hội đồng", "Cùng cố", "Củng cố"),
        ("Phân đấu hoàn thành chỉ tiêu", "Phân đấu", "Phấn đấu"),
        ("các phong trao thi đua", "phong trao", "phong trào"),
        ("Hội đông xét duyệt", "Hội đông", "Hội đồng"),
        ("tháo gở việc khó", "tháo gở", "tháo gỡ"),
        ("đẩy mạnh chuyển đối số", "chuyển đối số", "chuyển đổi số"),
        ("phát triển sản suất", "sản suất", "sản xuất"),
        ("thành tích suất sắc", "suất sắc", "xuất sắc"),
        ("chịu trách nhiêm chính", "trách nhiêm", "trách nhiệm"),
        ("sát nhập đơn vị", "sát nhập", "sáp nhập"),
        ("tin, bài tuyên tuyền", "tuyên tuyền", "tuyên truyền"),
        ("KHEN THƯỜNG NĂM 2026", "KHEN THƯỜNG", "KHEN THƯỞNG"),
    ],
)
def test_slips_are_told_with_what_was_meant(text, words_found, new):
    assert about([words.slips], text) == [(words_found, new)]


@pytest.mark.parametrize(
    "text",
    [
        "khen thường xuyên hơn khen đột xuất",
        "cũng cố gắng hoàn thành trong tám tháng",
        "góp phần đấu tranh phòng, chống tội phạm",
        "văn bản chỉ đạo, bản giao ước, hai sản phẩm",
        "khơi dậy mạnh mẽ; tín hiệu quá thời gian",
        "tuyên truyền viên truyền đạt; phương tiện hướng dẫn",
        "mỗi trường đăng ký một công trình; khóa học",
        "ông Trần Văn Phòng, bà Lê Thị Hội",
        "cơ quan trong tỉnh; hàng năm; hóa và hoá",
    ],
)
def test_what_is_rightly_written_is_left_alone(text):
    assert about([words.slips, syllables.unknown], text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Telex or VNI was off, or a mark's key came too late
        ("thôngs nhất, phongf họp", [("thôngs", "thống"), ("phongf", "phòng")]),
        ("phát triển kinh tês", [("tês", "tế")]),
        ("nâng cao chaast lượng", [("chaast", "chất")]),
        ("quye61t d9inh5 của xã", [("quye61t", "quyết"), ("d9inh5", "định")]),
        # A key too many, one beside the right one, two exchanged, one left out
        ("triểnn khai", [("triểnn", "triển")]),
        ("kế hoạhc năm", [("hoạhc", "hoạch")]),
        ("địa phươg", [("phươg", "phương")]),
        ("hội đồngg, thị tjấn", [("đồngg", "đồng"), ("tjấn", "trấn")]),
        # The tone on the wrong letter, two words run together, one torn in two
        ("hòan thành, kết qủa, qúy I", [("hòan", "hoàn"), ("qủa", "quả"), ("qúy", "quý")]),
        ("xây dựng kếhoạch vềviệc này", [("kếhoạch", "kế hoạch"), ("vềviệc", "về việc")]),
        ("nhân dân ViệtNam, VietGAP, VNeID", [("ViệtNam", "Việt Nam")]),
        ("ph ối hợp với Công an", [("ph ối", "phối")]),
        # Foreign words, names and units of measure
        ("website, online, file, video clip, km, test nhanh, COVID-19, m2, wifi, GRDP, logistics", []),
        ("xã Đăk Pxi, thôn Kon Klor, ông Y Thông Niê, khuỷu, nguyệt, khoẻ, khỏe, giữ gìn, quýt, thuở", []),
    ],
)
def test_syllables_are_mended_where_one_thing_can_be_meant(text, expected):
    assert about(syllables.RULES, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("khắc phục nhũng tồn tại", [("nhũng", "những")]),
        ("nam 2026; ngay 15/3/2026; thang 9/2026", [("nam", "năm"), ("ngay", "ngày"), ("thang", "tháng")]),
        ("cấp tỉnh giao; cộng điểm; giấy mời; sách nhũng nhiễu; ngay trong tháng; miền Nam 2026", []),
    ],
)
def test_single_words_are_doubted_where_they_belong_to_no_neighbour(text, expected):
    assert about(words.RULES, text) == expected


def test_the_own_name_is_no_slip():
    one = paper("Người dân Tiên Tiên.", issuer=("ỦY BAN NHÂN DÂN", "XÃ TIÊN TIÊN"))

    assert said([words.slips], one) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("quỹ của phuờng", [("phuờng", "phường")]),
        ("công tác phướng dẫn", [("phướng", "hướng")]),
        ("khu du lịch Đắk Lắk, pa-nô, logistics, Mác - Lênin, GlobalGAP", []),
    ],
)
def test_syllables_that_the_language_does_not_have(text, expected):
    assert about([syllables.unknown], text) == expected


def test_every_word_of_the_field_is_one_of_the_language():
    meant = [one for all_ in lexicon.by_bare_letters().values() for one in all_]
    assert len(meant) > 800

    assert [one.words for one in meant if not set(one.canon) <= lexicon.syllables()] == []


def test_no_slip_is_a_usual_word():
    found = [said for slips in lexicon.slips().values() for said, _ in slips]
    assert len(found) > 100

    misplaced = "qủa"  # the right letters, the tone on the wrong one
    pairs = {tuple(map(lexicon.canon, said)) for said in found if len(said) == 2 and misplaced not in said}
    assert pairs & lexicon.usual_pairs() == set()


def test_one_way_of_placing_the_tone():
    assert about([spelling.tone_places], "văn hóa, xã hội hóa, số hoá, uỷ ban") == [("hoá", "hóa"), ("uỷ", "ủy")]
    assert about([spelling.tone_places], "văn hoá, số hoá, Uỷ ban, quý, toàn") == []


def test_one_way_of_i_and_y():
    assert about([spelling.i_and_y], "xử lí hồ sơ, quản lý, xử lý") == [("lí", "lý")]
    assert about([spelling.i_and_y], "xử lí, tỉ mỉ, tỷ lệ") == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("1. Giữ vững ANTT.\n2. Bảo đảm ANTT.", [("abbreviation", "ANTT", "an ninh trật tự (ANTT)")]),
        ("1. Thành lập BCĐ xã.", [("abbreviation", "BCĐ", "")]),
        ("1. Mục XVIII; vốn PPP; GlobalGAP.", []),
        ("1. Xây dựng nông thôn mới (NTM).\n2. Tiêu chí NTM; UBND, HĐND, THCS.", []),
        ("1. Hội đồng TĐKT (thi đua, khen thưởng) họp.", []),
        ("1. Theo Kế hoạch số 12/KH-BHXH ngày 05/3/2026.", []),
    ],
)
def test_abbreviations_are_explained_first(body, expected):
    assert said([abbreviations.unexplained], paper(body)) == expected


@pytest.mark.parametrize(
    ("text", "code", "words_found", "new"),
    [
        ("thi đua", "unicode.decomposed", None, None),
        ("ðơn vị", "unicode.look_alike", "ðơn", "đơn"),
        ("kế hoạсh", "unicode.look_alike", "hoạсh", "hoạch"),
        ("kế\u200b hoạch", "unicode.hidden", "kế\u200b", "kế"),
    ],
)
def test_letters_that_only_look_right(text, code, words_found, new):
    if code == "unicode.decomposed":
        text, words_found, new = "phong tra\u0300o", "tra\u0300o", "trào"

    assert said([unicode.letters], paper(text)) == [(code, words_found, new)]


def test_foreign_words_are_no_disguise():
    assert about([unicode.letters], "Москва, Ελλάδα, Đắk Lắk, naïve") == []
