"""Bodies, officers, units and laws of the three-tier time, one sentence each."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from plans.moving import Kind, LegalTextRow, ReformNames, propose_reform
from tests.plans.moving.moves import AFTER, LAWS, asked, certain, plan_of, said
from tests.plans.moving.texts import COMMUNE, holding, in_text, reform_changes, reformed


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("báo cáo UBND huyện, phòng Nội vụ huyện", "báo cáo UBND tỉnh, Sở Nội vụ"),
        ("báo cáo Uỷ ban nhân dân huyện Bắc Khê", "báo cáo Uỷ ban nhân dân tỉnh Bắc Sơn"),
        ("báo cáo Ủy  ban nhân dân quận", "báo cáo Ủy  ban nhân dân tỉnh"),
        ("gửi Phòng Nội vụ huyện Bắc Khê", "gửi Sở Nội vụ tỉnh Bắc Sơn"),
        ("HĐTĐKT huyện; HĐ TĐKT huyện; Hội đồng TĐ-KT huyện", "HĐTĐKT tỉnh; HĐ TĐKT tỉnh; Hội đồng TĐ-KT tỉnh"),
        ("Hội đồng Thi đua – Khen thưởng huyện", "Hội đồng Thi đua – Khen thưởng tỉnh"),
        ("Hội đồng thi đua, khen thưởng huyện", "Hội đồng thi đua, khen thưởng tỉnh"),
        ("Ban TĐKT tỉnh; Ban Thi đua, Khen thưởng tỉnh", "Sở Nội vụ; Sở Nội vụ"),
        ("trình UBND huyện, UBND tỉnh xem xét", "trình UBND tỉnh xem xét"),
        ("do Trung ương, tỉnh, huyện, xã phát động", "do Trung ương, tỉnh, xã phát động"),
        ("các xã, thị trấn; thị trấn", "các xã; xã"),
        ("ỦY BAN NHÂN DÂN HUYỆN", "ỦY BAN NHÂN DÂN TỈNH"),
        ("UBND xã Nà Lường, UBND XÃ NÀ LƯỜNG", "UBND xã Nà Khoang, UBND XÃ NÀ KHOANG"),
        # Words that only look like it.
        ("kinh tế - xã hội, hợp tác xã, các xã bạn", "kinh tế - xã hội, hợp tác xã, các xã bạn"),
        ("văn hóa - xã hội; thống kê", "văn hóa - xã hội; thống kê"),
    ],
)
def test_what_is_certain_for_a_commune(before: str, after: str) -> None:
    assert reformed(before) == after


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("công chức Văn phòng – Thống kê", ("Phòng Văn hóa - Xã hội", "Văn phòng HĐND và UBND")),
        ("Văn phòng-Thống kê", ("Phòng Văn hóa - Xã hội", "Văn phòng HĐND và UBND")),
        ("công chức Văn hoá – Xã hội", ("Phòng Văn hóa - Xã hội",)),
        ("Công chức Tài chính - Kế toán", ("Phòng Kinh tế", "Phòng Kinh tế, Hạ tầng và Đô thị")),
        ("Văn phòng UBND xã", ("Văn phòng HĐND và UBND xã", "Phòng Văn hóa - Xã hội")),
        ("cấp huyện", ("cấp tỉnh", "cấp xã")),
        ("huyện Bắc Khê", ("tỉnh Bắc Sơn", "xã")),
        ("TT. Huyện uỷ", ("TT. Tỉnh ủy", "TT. Đảng ủy xã")),
        ("Ban Thi đua - Khen thưởng huyện", ("Sở Nội vụ", "Hội đồng Thi đua - Khen thưởng tỉnh")),
        ("Cụm thi đua huyện", ()),
        ("Cụm thi đua số 05", ()),
        ("cụm số III", ()),
    ],
)
def test_what_is_asked_of_a_commune(text: str, choices: tuple[str, ...]) -> None:
    (proposal,) = in_text(propose_reform(holding(text), COMMUNE))

    assert (proposal.kind, proposal.old, proposal.choices) == (Kind.ASK, text, choices)


def test_an_award_that_the_district_decided_is_asked() -> None:
    """The chairman of the commune decides it since (Decree 129/2025/NĐ-CP, Article 59)."""
    assert reform_changes("đề nghị UBND huyện khen thưởng; trình UBND huyện phê duyệt") == [
        "ask: UBND huyện → UBND tỉnh",
        "certain: UBND huyện → UBND tỉnh",
    ]


def test_a_paper_cited_keeps_the_body_that_issued_it() -> None:
    text = "Kế hoạch số 05/KH-UBND ngày 09/01/2024 của UBND huyện Bắc Khê về thi đua; báo cáo UBND huyện"

    assert reform_changes(text) == ["certain: UBND huyện → UBND tỉnh"]


def test_a_city_has_its_own_words() -> None:
    names = ReformNames("thành phố Khê Giang", {}, AFTER)

    assert reform_changes("UBND huyện; UBND huyện Bắc Khê; Huyện ủy", names) == [
        "certain: UBND huyện → UBND thành phố",
        "certain: UBND huyện Bắc Khê → UBND thành phố Khê Giang",
        "ask: Huyện ủy → Thành ủy",
    ]


def test_a_commune_that_becomes_a_ward_calls_itself_so() -> None:
    names = ReformNames("tỉnh Bắc Sơn", {"xã Nà Lường": "phường Nà Khoang"}, AFTER)
    text = "UBND xã, các xã, kinh tế - xã hội của xã; “Toàn xã chung sức”; đưa xã đạt chuẩn nông thôn mới"

    assert reform_changes(text, names) == [
        "certain: xã → phường",
        "certain: xã → phường",
        "ask: xã → phường",
        "ask: xã → ?",
    ]


def test_an_unknown_heir_is_asked_where_the_paper_names_its_issuer() -> None:
    names = ReformNames("tỉnh Bắc Sơn", {}, AFTER)

    proposals = propose_reform(holding("UBND xã Nà Lường"), names)

    assert said(proposals) == ["issuer: NÀ LƯỜNG → ?", "place: Nà Lường → ?"]
    assert proposals[0].why == "Xã Nà Lường nay thuộc đơn vị nào?"


def test_a_district_whose_heir_is_unknown_is_only_asked() -> None:
    plan = replace(plan_of("trang_son"), signature_lines=(), blocks=(), tasks=(), recipients=(), closing="")

    proposals = propose_reform(plan, ReformNames("tỉnh Bình Lộc", {}, AFTER))

    assert said(proposals) == [
        "issuer: ỦY BAN … TRẢNG SƠN → ?",
        "place: Trảng Sơn → ?",
        "subject: huyện Trảng Sơn → ?",
        "preamble/1: các xã, thị trấn → ?",
        "preamble/1: huyện → xã",
        "preamble/1: HĐND huyện → HĐND xã",
    ]
    assert certain(proposals) == []


def test_a_province_is_asked_about_its_districts() -> None:
    plan = replace(holding("UBND các huyện, thị xã; Ban TĐKT tỉnh"), issuer="ỦY BAN NHÂN DÂN TỈNH BẮC SƠN")

    assert said(in_text(propose_reform(plan, COMMUNE))) == [
        "preamble/0: các huyện, thị xã → ?",
        "preamble/0: Ban TĐKT tỉnh → Sở Nội vụ",
    ]


def test_a_commune_that_kept_its_name_is_left_alone() -> None:
    names = ReformNames("tỉnh Bắc Sơn", {"xã Nà Lường": "xã Nà Lường"}, AFTER)

    assert propose_reform(holding("UBND xã Nà Lường, tiếng gọi Nà Lường"), names) == []


def test_the_longer_of_two_old_names_wins() -> None:
    heirs = {"xã An Sơn": "xã Bình An", "xã An Sơn Thượng": "xã Bình Thượng"}

    assert reformed("xã An Sơn Thượng và xã An Sơn", ReformNames("tỉnh Bắc Sơn", heirs, AFTER)) == (
        "xã Bình Thượng và xã Bình An"
    )


# -- Laws --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        (
            "Nghị định số 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ",
            "Nghị định số 152/2025/NĐ-CP ngày 14/6/2025 của Chính phủ",
        ),
        ("Nghị định 98/2023/NĐ-CP", "Nghị định số 152/2025/NĐ-CP"),
        # Replaced by what was itself replaced.
        (
            "Nghị định số 91/2017/NĐ-CP ngày 31/7/2017 của Chính phủ quy định chi tiết",
            "Nghị định số 152/2025/NĐ-CP ngày 14/6/2025 của Chính phủ về phân cấp",
        ),
        ("Luật Thi đua, Khen thưởng ngày 26/11/2003", "Luật Thi đua, khen thưởng ngày 15/6/2022"),
        ("Luật thi đua - khen thưởng năm 2003", "Luật Thi đua, khen thưởng năm 2022"),
    ],
)
def test_a_law_out_of_force_is_asked_with_what_replaced_it(cited: str, expected: str) -> None:
    (proposal,) = in_text(propose_reform(holding(f"Căn cứ {cited};"), COMMUNE))

    assert (proposal.old, proposal.new, proposal.kind) == (cited, expected, Kind.ASK)


@pytest.mark.parametrize(
    "text", ["Luật Thi đua, khen thưởng ngày 15/6/2022", "Nghị định số 30/2020/NĐ-CP", "Luật Đất đai năm 2003"]
)
def test_a_law_in_force_or_unknown_stays(text: str) -> None:
    assert reform_changes(f"Căn cứ {text};") == []


def test_a_replacement_is_suggested_once() -> None:
    text = "Căn cứ Nghị định số 91/2017/NĐ-CP; Nghị định số 98/2023/NĐ-CP;"

    first, second = in_text(propose_reform(holding(text), COMMUNE))

    assert (first.new, second.new) == ("Nghị định số 152/2025/NĐ-CP", None)
    assert (
        second.why == "Văn bản này đã hết hiệu lực sau ngày 30/6/2025; 152/2025/NĐ-CP thay nó đã có trong đoạn: bỏ đi?"
    )


def test_a_law_ends_on_its_last_day() -> None:
    row = LegalTextRow("1/2020/NĐ-CP", "Nghị định", None, AFTER, "")
    names = replace(COMMUNE, laws=(row,))

    assert reform_changes("Nghị định số 1/2020/NĐ-CP", names) == []
    assert reform_changes("Nghị định số 1/2020/NĐ-CP", replace(names, day=AFTER + dt.timedelta(days=1))) == [
        "ask: Nghị định số 1/2020/NĐ-CP → ?"
    ]


def test_laws_that_replace_each_other_end_nowhere() -> None:
    over = dt.date(2020, 1, 1)
    rows = (
        LegalTextRow("1/2019/NĐ-CP", "Nghị định", None, over, "2/2019/NĐ-CP"),
        LegalTextRow("2/2019/NĐ-CP", "Nghị định", None, over, "1/2019/NĐ-CP"),
    )

    assert reform_changes("Nghị định số 1/2019/NĐ-CP", replace(COMMUNE, laws=rows)) == [
        "ask: Nghị định số 1/2019/NĐ-CP → ?"
    ]


def test_every_law_is_only_asked() -> None:
    plan = plan_of("muong_than")

    laws = [one for one in propose_reform(plan, replace(COMMUNE, laws=LAWS)) if one.old.startswith(("Luật", "Nghị"))]

    assert len(laws) == 2
    assert asked(laws) == laws
