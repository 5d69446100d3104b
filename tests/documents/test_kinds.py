"""Kinds of papers by their abbreviations and their names, as registers write them."""

from __future__ import annotations

import pytest

from documents.kinds import ABBREVIATIONS, kind_and_subject, kind_of_symbol, spelled
from documents.signed.head import KINDS


@pytest.mark.parametrize(
    ("symbol", "office", "kind"),
    [
        ("KH-UBND", "UBND", "Kế hoạch"),
        ("2025/QĐ-UBND", "UBND", "Quyết định"),
        ("QyĐ-UBND", "", "Quy định"),
        ("TTr-HĐTĐKT", "HĐTĐKT", "Tờ trình"),
        ("UBND-VX", "UBND", "Công văn"),
        ("UBND", "UBND", "Công văn"),
        ("HĐTĐKT-VP", "HĐTĐKT", "Công văn"),
        ("UBND-VX", "", ""),
        ("SNV-TĐKT", "UBND", ""),
        ("kh-UBND", "UBND", ""),
        ("", "UBND", ""),
        ("123", "UBND", ""),
    ],
)
def test_a_symbol_begins_with_its_kind_or_with_the_office(symbol, office, kind):
    assert kind_of_symbol(symbol, office) == kind


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Kế hoạch công tác năm 2025", ("Kế hoạch", "Công tác năm 2025")),
        ("KẾ HOẠCH: Công tác năm 2025", ("Kế hoạch", "Công tác năm 2025")),
        ("Quyết định về việc tặng Giấy khen", ("Quyết định", "Về việc tặng Giấy khen")),
        ("Bản thoả thuận phối hợp", ("Bản thỏa thuận", "Phối hợp")),
        ("Giấy mời", ("Giấy mời", "")),
        ("V/v đăng ký thi đua", ("", "V/v đăng ký thi đua")),
        ("Kế toán trưởng", ("", "Kế toán trưởng")),
        ("", ("", "")),
    ],
)
def test_a_kind_is_read_before_its_subject(text, read):
    assert kind_and_subject(text) == read


def test_known_kinds_are_spelled_as_papers_name_them_and_others_stay():
    assert [spelled(kind) for kind in ("KẾ HOẠCH", "quyết định", "Đề cương")] == [
        "Kế hoạch",
        "Quyết định",
        "Đề cương",
    ]


def test_the_table_holds_the_kinds_that_heads_are_read_by():
    assert {kind.upper() for kind in ABBREVIATIONS.values()} == set(KINDS) - {"BẢN THOẢ THUẬN", "GIẤY UỶ QUYỀN"}
