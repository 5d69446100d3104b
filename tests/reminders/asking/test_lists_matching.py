"""Whose rows a list has: told by what the file says, never chosen where two things say otherwise."""

from __future__ import annotations

import io
from typing import Any

import pytest

from reminders.asking.list_matching import Asked, Lot, Matcher, lots_of
from reminders.asking.lists import read_list
from tests.core.sheet_samples import book

HEAD = ["TT", "Họ và tên"]
ROWS = [HEAD, [1, "Lò Thị Mây"]]
ASKED = [
    Asked(1, "Thôn Đông"),
    Asked(2, "Thôn Tây"),
    Asked(3, "Thôn Đông Hà"),
    Asked(4, "Trường Tiểu học An Hòa"),
    Asked(5, "xã Bình Sơn"),
]
TWINS = [Asked(1, "Thôn Đông"), Asked(2, "Thôn Đồng")]


def lots(*files: tuple[str, Any], asked: list[Asked] = ASKED, sender: int | None = None, **more: Any) -> list[Lot]:
    matcher = Matcher(asked)
    found = [
        (
            name,
            read_list(io.BytesIO(book(rows, **more)), ("Họ và tên",), is_group=lambda w: bool(matcher.named(w))),
            sender,
        )
        for name, rows in files
    ]
    return lots_of(found, asked)


def told(found: list[Lot]) -> list[tuple[str, int | None, str]]:
    return [(lot.place or lot.sheet, lot.guess, lot.reason) for lot in found]


# -- Names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "pk"),
    [
        ("Thôn Đông", 1),
        ("THÔN  ĐÔNG", 1),
        ("thon dong", 1),
        ("Đông", 1),
        ("dong ha", 3),
        ("Bình Sơn", 5),
        ("Trường tiểu học An Hoà", 4),
        ("Thôn Đoong", None),
        ("", None),
    ],
)
def test_a_name_is_known_as_people_write_it(text, pk):
    assert Matcher(ASKED).named(text) == pk


@pytest.mark.parametrize(("text", "pk"), [("Thôn Đông", 1), ("thôn đồng", 2), ("thon dong", None), ("dong", None)])
def test_a_name_that_without_marks_is_two_places_is_neither(text, pk):
    assert Matcher(TWINS).named(text) == pk


@pytest.mark.parametrize(
    ("text", "pks"),
    [
        ("Danh sách khen thưởng - Thôn Đông (2)", {1}),
        ("DS thon dong ha 2026", {3}),
        ("Thôn Đông và Thôn Tây", {1, 2}),
        ("phía đông", set()),
        ("Thôn Đôngg", set()),
    ],
)
def test_a_name_is_found_within_a_line(text, pks):
    assert Matcher(ASKED).within(text) == pks


# -- Lots --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file_name", "titles", "sheet", "pk", "reason"),
    [
        ("thon-dong.xlsx", [], "Sheet1", 1, "Theo tên tệp."),
        ("danh-sach.xlsx", [["Đơn vị: Thôn Tây"]], "Sheet1", 2, "Theo dòng trên bảng."),
        ("danh-sach.xlsx", [["DANH SÁCH CỦA THÔN ĐÔNG"]], "Sheet1", 1, "Theo dòng trên bảng."),
        ("danh-sach.xlsx", [], "Thôn Tây", 2, "Theo tên trang tính."),
        ("thon_dong.xlsx", [["Thôn Đông"]], "Sheet1", 1, "Theo dòng trên bảng và tên tệp."),
        ("danh-sach.xlsx", [], "Sheet1", None, "Trong tệp không thấy tên nơi nào được yêu cầu."),
        (
            "thon-dong.xlsx",
            [["Thôn Tây"]],
            "Sheet1",
            None,
            "Chưa rõ của nơi nào (dòng trên bảng: Thôn Tây; tên tệp: Thôn Đông).",
        ),
        (
            "thon-dong-thon-tay.xlsx",
            [],
            "Sheet1",
            None,
            "Chưa rõ của nơi nào (tên tệp: Thôn Tây hoặc Thôn Đông).",
        ),
        ("thon-dong-thon-tay.xlsx", [["Thôn Tây"]], "Sheet1", 2, "Theo dòng trên bảng và tên tệp."),
    ],
)
def test_a_sheet_belongs_to_whom_its_file_names(file_name, titles, sheet, pk, reason):
    assert told(lots((file_name, [*titles, *ROWS]), name=sheet)) == [(sheet, pk, reason)]


def test_each_sheet_and_each_file_is_a_lot_of_its_own():
    found = lots(("a.xlsx", ROWS), ("b.xlsx", ROWS), name="Thôn Đông", more={"Thôn Tây": ROWS})

    assert [(lot.key, lot.file_name, lot.guess) for lot in found] == [
        ("0-0-0", "a.xlsx", 1),
        ("0-1-0", "a.xlsx", 2),
        ("1-0-0", "b.xlsx", 1),
        ("1-1-0", "b.xlsx", 2),
    ]


def test_rows_are_parted_by_their_column_and_unknown_places_are_asked_about():
    rows = [
        ["TT", "Thôn/Đơn vị", "Họ và tên"],
        [1, "Thôn Đông", "Lò Thị Mây"],
        [2, "Thôn Đoong", "Lò Thị Ín"],
        [3, "thôn đông", "Quàng Văn Ọi"],
        [4, None, "Lò Văn Hặc"],
    ]

    found = lots(("thon-tay.xlsx", rows))

    assert told(found) == [
        ("Thôn Đông", 1, "Theo cột ghi nơi gửi."),
        ("Thôn Đoong", None, "Không rõ «Thôn Đoong» là nơi nào được yêu cầu."),
        ("(để trống)", None, "Các dòng này không ghi nơi gửi."),
    ]
    assert [[row.number for row in lot.rows] for lot in found] == [[2, 4], [3], [5]]


def test_rows_are_parted_by_the_headings_of_groups():
    rows = [HEAD, ["I", "Thôn Đông"], [1, "Lò Thị Mây"], ["II", "Thôn Tây"], [1, "Lò Thị Ín"], [2, "An"]]

    assert [(lot.place, lot.guess, lot.reason, len(lot.rows)) for lot in lots(("x.xlsx", rows))] == [
        ("Thôn Đông", 1, "Theo dòng tên nhóm.", 1),
        ("Thôn Tây", 2, "Theo dòng tên nhóm.", 2),
    ]


def test_headings_and_columns_that_name_nobody_leave_the_sheet_whole():
    rows = [["TT", "Đơn vị", "Họ và tên"], ["I", None, "Tập thể"], [1, "Sở Tài chính", "Lò Thị Mây"]]

    assert told(lots(("thon-tay.xlsx", rows))) == [("Danh sách", 2, "Theo tên tệp.")]


def test_a_sheet_that_only_shows_how_is_told_apart():
    found = lots(("thon-tay.xlsx", ROWS), name="file nhận", more={"Hướng dẫn": ROWS})

    assert [(lot.sheet, lot.is_example) for lot in found] == [("file nhận", False), ("Hướng dẫn", True)]


def test_a_file_that_came_by_link_is_its_senders_whatever_it_says():
    assert told(lots(("thon-tay.xlsx", [["Thôn Tây"], *ROWS]), sender=1)) == [
        ("Danh sách", 1, "Tệp do nơi này gửi về."),
    ]
    assert told(lots(("thon-tay.xlsx", ROWS), sender=99)) == [("Danh sách", 2, "Theo tên tệp.")]
