"""Bodies and names: of the district, of another level, the own one spelt otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents.dates import PartialDate
from documents.proofreading import Whose, context_of, unit_of
from documents.proofreading.rules import bodies, capitals, names
from documents.tree import Column, Heading, Recipients, Row, Table
from tests.documents.proofreading.papers import about, paper, said

BEFORE = PartialDate(2025, 6, 30)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Gửi hồ sơ về Phòng Nội vụ huyện thẩm định trước khi trình.", ["Phòng Nội vụ huyện"]),
        ("Báo cáo Thường trực Huyện ủy.", ["Thường trực Huyện ủy"]),
        ("Trình cấp huyện xét.", ["cấp huyện"]),
        ("Theo chỉ đạo của UBND huyện Bình Khê.", ["UBND huyện"]),
        ("Tập huấn cho công chức xã, phường, thị trấn.", ["phường, thị trấn"]),
        ("Theo Kế hoạch số 05/KH-UBND ngày 09/01/2025 của UBND huyện Bình Khê, việc đã xong.", []),
        ("Hồ sơ của UBND huyện cũ đã bàn giao; trụ sở huyện Bình Khê trước đây.", []),
        ("Huyện đảo; các xã, phường, đặc khu.", []),
    ],
)
def test_no_district_after_june_2025(text, words):
    assert [found for _, found, _ in said([bodies.of_district], paper(text))] == words
    assert said([bodies.of_district], paper(text, date=BEFORE)) == []


def test_a_recipient_of_the_district_is_found_too():
    one = paper(recipients=Recipients(("Huyện ủy, HĐND huyện",), "VT"))

    assert [words for _, words, _ in said([bodies.of_district], one)] == ["Huyện ủy", "HĐND huyện"]


def test_a_commune_speaks_of_its_own_area():
    text = "Tuyên truyền về phong trào trên địa bàn huyện."

    assert said([bodies.another_area], paper(text, date=BEFORE)) == [
        ("body.level", "trên địa bàn huyện", "trên địa bàn xã")
    ]
    assert said([bodies.another_area], paper("Phong trào trên địa bàn huyện Bình Khê.", date=BEFORE)) == []


def test_own_work_is_not_the_councils_above():
    def of(content: str) -> list[tuple[str, str, str]]:
        table = Table((Column("TT", 0.2), Column("Nội dung", 0.8)), (Row((("1",), (content,))),))
        return said([bodies.another_council], replace(paper(), body=(table,)))

    assert of("Xây dựng Kế hoạch của Hội đồng Thi đua - Khen thưởng tỉnh") == [
        ("body.level", "Hội đồng Thi đua - Khen thưởng tỉnh", "Hội đồng Thi đua - Khen thưởng xã")
    ]
    assert of("Gửi báo cáo về Hội đồng Thi đua - Khen thưởng tỉnh") == []
    assert of("Phát động phong trào theo kế hoạch của tỉnh") == []


def test_one_body_has_one_name():
    one = paper(
        "1. Cụm trưởng chủ trì.\n2. Cụm trưởng báo cáo.\n3. Trưởng cụm số V gửi hồ sơ.\n4. Cụm thi đua số 5; Cụm số 5."
    )

    assert said([bodies.under_two_names], one) == [
        ("name.two_names", "Trưởng cụm", "Cụm trưởng"),
        ("name.two_names", "V", "5"),
    ]
    assert about([bodies.under_two_names], "Cụm thi đua số II, Cụm thi đua số 2, Cụm thi đua số II") == [("2", "II")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trưởng các thôn của xã Án Sơn.", [("Án Sơn", "An Sơn")]),
        ("Người dân An Son chung tay.", [("An Son", "An Sơn")]),
        ("Phong trào “An Sơm chung sức”.", [("An Sơm", "An Sơn")]),
        ("Các đơn vị: phường An Sang, xã An Sơm, xã Tân Sơn.", []),
        ("Xã An Sơn, AN SƠN, an sơn.", []),
    ],
)
def test_the_own_name_has_its_letters(text, expected):
    assert about([names.own_name], text) == expected


def test_names_of_others_may_look_like_the_own_one():
    one = paper("Trưởng thôn Ân Sơn báo cáo.")
    whose = Whose("xã", "An Sơn", "commune", other_names=("Ân Sơn",))

    assert said([names.own_name], one) != []
    assert said([names.own_name], one, context_of(one, year=2026, whose=whose)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UBND An Sơn ban hành.", [("UBND An Sơn", "UBND xã An Sơn")]),
        ("Trên địa bàn phường An Sơn.", [("phường An Sơn", "xã An Sơn")]),
        ("Hội trường xã An sơn.", [("An sơn", "An Sơn")]),
        ("UBND xã An Sơn; phường An Sơn cũ; phường An Sơn Trung.", []),
    ],
)
def test_the_unit_is_called_what_it_is(text, expected):
    assert about([names.kind_of_unit, names.own_capitals], text) == expected


@pytest.mark.parametrize(
    ("issuer", "expected"),
    [
        ("ỦY BAN NHÂN DÂN XÃ AN SƠN", Whose("xã", "An Sơn", "commune")),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH", Whose("thành phố", "Hồ Chí Minh", "province")),
        ("SỞ NỘI VỤ", Whose()),
    ],
)
def test_the_unit_is_read_from_its_issuer(issuer, expected):
    assert unit_of(issuer) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hội đồng thi đua khen thưởng xã", [("Hội đồng thi đua khen thưởng", "Hội đồng Thi đua - Khen thưởng")]),
        ("Ban Thi đua – Khen thưởng tỉnh", [("Ban Thi đua – Khen thưởng", "Ban Thi đua - Khen thưởng")]),
        ("Hội đồng Thi đua - Khen thưởng xã; ban hành Luật Thi đua, khen thưởng", []),
        ("Ủy Ban Nhân Dân xã", [("Ủy Ban Nhân Dân", "Ủy ban nhân dân")]),
        ("trước chủ tịch UBND xã", [("chủ tịch UBND", "Chủ tịch UBND")]),
        ("gửi Sở nội vụ", [("Sở nội vụ", "Sở Nội vụ")]),
        ("ỦY BAN NHÂN DÂN; Ủy ban nhân dân; các chiến sĩ thi đua", []),
    ],
)
def test_bodies_have_the_capitals_of_the_decree(text, expected):
    assert about([capitals.names], text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("phục vụ nhân dân", [("nhân dân", "Nhân dân")]),
        ("pháp luật của nhà nước", [("nhà nước", "Nhà nước")]),
        ("Ủy ban nhân dân, Công an nhân dân, quản lý nhà nước, phục vụ Nhân dân", []),
        ("theo điều 7 Quy chế", [("điều", "Điều")]),
        ("tại Khoản 2 Điều 9", [("Khoản", "khoản")]),
        ("đã xong. các đơn vị gửi", [("các", "Các")]),
        ("theo Luật ngân sách nhà nước", [("ngân", "Ngân")]),
        ("tại Tỉnh Nam Định", [("Tỉnh", "tỉnh")]),
        ("tại Thành phố Hồ Chí Minh, Phường Nguyễn Trãi, v.v. và 5 điều Bác Hồ dạy", []),
    ],
)
def test_capitals_within_sentences(text, expected):
    assert about([capitals.people_and_state, capitals.within_sentences, capitals.places], text) == expected


def test_the_kind_of_the_own_unit_is_written_one_way():
    one = paper("1. UBND xã giao.\n2. HĐND xã giám sát.\n3. Gửi UBND Xã trước ngày 10.")

    assert said([capitals.own_kind], one) == [("capital.unit", "Xã", "xã")]


def test_headings_are_alike():
    headings = tuple(Heading(f"{roman}.", text) for roman, text in (("I", "MỘT"), ("II", "HAI"), ("III", "Ba")))

    assert said([capitals.headings], replace(paper(), body=headings)) == [("capital.heading", "Ba", "BA")]


def test_a_paragraph_begins_with_a_capital_where_the_others_do():
    lines = [f"{number}. Nội dung thứ {number} của kế hoạch." for number in range(1, 9)]
    after_semicolon = ["- Họp xét;", "- gửi kết quả."]

    assert said([capitals.openings], paper("\n".join([*lines, "9. các đơn vị báo cáo.", *after_semicolon]))) == [
        ("capital.sentence", "các", "Các")
    ]
