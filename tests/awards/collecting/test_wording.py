"""What lists call awards, levels, kinds and births, without a database."""

from __future__ import annotations

import datetime as dt

import pytest

from awards.collecting import wording
from awards.collecting.pasting import read_paste, split_awards
from awards.shipped import shipped_awards
from core.cells import UnfitCell

TODAY = dt.date(2026, 11, 20)
OF_THE_SYSTEM = "Chiến sĩ thi đua cấp Bộ, ngành, tỉnh, đoàn thể trung ương"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Lao động tiên tiến", "LDTT"),
        ("LĐTT", "LDTT"),
        ("  lao  động tiên tiến ", "LDTT"),
        ("CSTĐCS", "CSTDCS"),
        ("CSTĐ cơ sở", "CSTDCS"),
        (OF_THE_SYSTEM, "CSTDT"),
        ("Cờ thi đua của UBND tỉnh", "COT"),
        ("Thôn văn hóa", "TVH"),
        ("Bằng khen", "BKT"),
        ("Bằng khen của Thủ tướng Chính phủ", "BKTTg"),
        ("Giấy khen của Chủ tịch Ủy ban nhân dân cấp xã", "GK"),
        ("Huân chương Lao động hạng Ba", "HCLD3"),
    ],
)
def test_an_award_is_known_by_its_names(words, code):
    assert wording.read_award(words) == code


def test_every_award_of_the_catalogue_is_known_by_its_own_name_and_code():
    assert len(shipped_awards()) > 10
    for code, award in shipped_awards().items():
        assert (wording.read_award(award.name), wording.read_award(code)) == (code, code)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Huân chương Lao động", "chưa ghi hạng; ghi như «Huân chương Lao động hạng Ba»"),
        (
            "Chiến sĩ tiên tiến",
            "danh mục chưa có «Chiến sĩ tiên tiến»; ghi như trong danh mục, ví dụ «Lao động tiên tiến»",
        ),
    ],
)
def test_an_award_is_not_guessed(words, why):
    with pytest.raises(UnfitCell) as refused:
        wording.read_award(words)

    assert str(refused.value) == why


@pytest.mark.parametrize(
    ("words", "awards"),
    [
        ("LĐTT; Giấy khen", ["LĐTT", "Giấy khen"]),
        ("LĐTT, CSTĐCS", ["LĐTT", "CSTĐCS"]),
        (OF_THE_SYSTEM, [OF_THE_SYSTEM]),
        ("Giải nhất, giải nhì", ["Giải nhất, giải nhì"]),
        ("", []),
    ],
)
def test_several_awards_in_one_cell(words, awards):
    assert split_awards(words) == awards


@pytest.mark.parametrize(
    ("words", "birth"),
    [
        ("1980", (None, 1980)),
        ("5/1980", (None, 1980)),
        ("5/3/1980", (dt.date(1980, 3, 5), 1980)),
        ("05-03-80", (dt.date(1980, 3, 5), 1980)),
        ("", (None, None)),
    ],
)
def test_a_birth_is_a_day_or_a_year(words, birth):
    assert wording.read_birth(words, TODAY) == birth


@pytest.mark.parametrize("words", ["1850", "2031", "không rõ", "31/02/1980"])
def test_no_other_birth_is_taken(words):
    with pytest.raises(UnfitCell):
        wording.read_birth(words, TODAY)


@pytest.mark.parametrize(
    ("name", "award", "kind"),
    [
        ("Nguyễn Thị Hoa", "GK", "person"),
        ("Trường Tiểu học số 1", "GK", "collective"),
        ("Thôn Đông", "TVH", "collective"),
        ("Hộ ông Lò Văn Hặc", "GK", "household"),
        ("Lò Văn Hặc", "GDVH", "household"),
        ("Ban Văn Tài", "LDTT", "person"),
    ],
)
def test_who_is_a_person_a_collective_a_household(name, award, kind):
    assert wording.kind_meant(name, award) == kind


def test_a_block_of_excel_is_read_by_its_heads():
    text = (
        "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG\n"
        "STT\tHọ và tên\tNăm sinh\tChức vụ\tĐơn vị công tác\tDanh hiệu đề nghị\tThành tích\n"
        "1\tBà Nguyễn Thị Hoa\t1985\tGiáo viên\tTổ 4-5\tLĐTT; CSTĐCS\tDạy giỏi\n"
        "\tHộ ông Lò Văn Hặc\t\t\tThôn Đông\tGiấy khen\tHiến đất\n"
        "3\t\t\t\t\tGiấy khen\t\n"
        "4\tTổ 1\t\t\t\tDanh hiệu lạ\t\n"
    )

    pasted = read_paste(text, "", TODAY)

    assert [(row["name"], row["birth"], row["kind"], row["award"]) for row in pasted.rows] == [
        ("Bà Nguyễn Thị Hoa", "1985", "person", "LDTT"),
        ("Bà Nguyễn Thị Hoa", "1985", "person", "CSTDCS"),
        ("Hộ ông Lò Văn Hặc", "", "household", "GK"),
        ("Tổ 1", "", "", ""),
    ]
    assert pasted.left == [
        "Dòng 3 («3 · Giấy khen»): không có tên.",
        "Dòng 4, danh hiệu: danh mục chưa có «Danh hiệu lạ»; ghi như trong danh mục, ví dụ «Lao động tiên tiến».",
    ]


def test_a_block_without_heads_is_in_the_forms_own_order():
    pasted = read_paste("1\tNguyễn Thị Hoa\t1985\tGiáo viên\tTổ 4\tLĐTT\n2\tLò Văn Hặc\t1990\t\t\tGK\n", "", TODAY)

    assert [(row["name"], row["birth"], row["post"], row["award"]) for row in pasted.rows] == [
        ("Nguyễn Thị Hoa", "1985", "Giáo viên", "LDTT"),
        ("Lò Văn Hặc", "1990", "", "GK"),
    ]
