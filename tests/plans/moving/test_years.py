"""Years, days and anniversaries of the plan's own time, one sentence each."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from documents.outline import Kind, Line
from plans.interchange import Heading, TaskData
from plans.moving import UnfitYear, apply, propose_year
from tests.plans.moving.moves import certain, change, said
from tests.plans.moving.texts import holding, moved, year_changes


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Sơ kết 6 tháng đầu năm 2024", "Sơ kết 6 tháng đầu năm 2026"),
        ("phương hướng 6 tháng cuối năm năm 2024", "phương hướng 6 tháng cuối năm năm 2026"),
        ("Tổng kết năm 2023, nhiệm vụ năm 2025", "Tổng kết năm 2025, nhiệm vụ năm 2027"),
        ("PHONG TRÀO NĂM 2024", "PHONG TRÀO NĂM 2026"),
        ("xong trước ngày 5-7-2024", "xong trước ngày 5-7-2026"),
        ("xong trước ngày 15/3/24", "xong trước ngày 15/3/26"),
        ("họp ngày 05 tháng 7 năm 2024", "họp ngày 05 tháng 7 năm 2026"),
        ("trong Quý I/2024 và quý 2/2024", "trong Quý I/2026 và quý 2/2026"),
        ("từ tháng 11-12/2024 đến 01/2025", "từ tháng 11-12/2026 đến 01/2027"),
        ("năm học 2023 - 2024, vụ đông xuân 2024-2025", "năm học 2025 - 2026, vụ đông xuân 2026-2027"),
        ("dự toán ngân sách 2024 theo Nghị quyết", "dự toán ngân sách 2026 theo Nghị quyết"),
        ("mừng Xuân Giáp Thìn, đón Tết Ất Tỵ", "mừng Xuân Bính Ngọ, đón Tết Đinh Mùi"),
        ("đón Tết Ất Tị", "đón Tết Đinh Mùi"),
    ],
)
def test_the_own_time_moves(before: str, after: str) -> None:
    assert moved(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "ngày 19/8/1945, mùa Xuân năm 1975, Tết Mậu Thân",
        "đất ở trước tháng 12/1980 và trước năm 2014",
        "trồng 2024 cây, thu 2.024 tấn, đạt 2024,5 triệu đồng",
        "nộp trước ngày 25/11, vào 08/3 và 11/6",
        "Kế hoạch 5 năm, báo cáo 06 tháng, 01 năm",
        "Đại hội Đảng bộ lần thứ XXIV, họp lần thứ hai, Hội nghị lần thứ 12 của Trung ương",
        "phấn đấu đến năm 2030, tầm nhìn 2045",
        "điện thoại 02024.2024123",
    ],
)
def test_all_other_figures_stay_and_nobody_is_asked(text: str) -> None:
    assert year_changes(text) == []


@pytest.mark.parametrize(
    ("text", "to", "after"),
    [
        ("ngày 29/02/2024", 2025, "ngày 28/02/2025"),
        ("ngày 29 tháng 02 năm 2024", 2026, "ngày 28 tháng 02 năm 2026"),
        ("ngày 29/2/24", 2027, "ngày 28/2/27"),
        ("ngày 29/02/2024", 2028, "ngày 29/02/2028"),
    ],
)
def test_the_29_of_february_gives_way_where_the_year_has_none(text: str, to: int, after: str) -> None:
    assert moved(text, to=to) == after


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "94 năm Ngày thành lập Đảng (03/02/1930 - 03/02/2024)",
            ["certain: 94 năm → 96 năm", "certain: 03/02/2024 → 03/02/2026"],
        ),
        (
            "78 năm Ngày Tổng tuyển cử (06/01/1946 - 06/01/2025)",
            ["certain: 78 năm → 80 năm !", "certain: 06/01/2025 → 06/01/2027"],
        ),
        ("75 năm ngày thành lập xã (1949 - 2024)", ["certain: 75 năm → 77 năm", "certain: 2024 → 2026"]),
        ("kỷ niệm 60 năm Trường Hòa Bình", ["certain: 60 năm → 62 năm"]),
        ("kỷ niệm lần thứ 94 Ngày thành lập Đảng", ["certain: lần thứ 94 → lần thứ 96"]),
        (
            "79 năm Cách mạng Tháng Tám (19/8/1945 - 19/8/2024) và Quốc khánh (02/9/1945 - 02/9/2024)",
            ["certain: 79 năm → 81 năm", "certain: 19/8/2024 → 19/8/2026", "certain: 02/9/2024 → 02/9/2026"],
        ),
    ],
)
def test_of_an_anniversary_the_count_and_the_second_day_move(text: str, expected: list[str]) -> None:
    assert year_changes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("giai đoạn 2021-2025", ["ask: giai đoạn 2021-2025 → ?"]),
        ("Kế hoạch 5 năm (2021 -2026)", ["ask: (2021 -2026) → ?"]),
        ("nhiệm kỳ 2020 - 2025", ["ask: nhiệm kỳ 2020 - 2025 → ?"]),
        ("giai đoạn 2021 đến năm 2025", ["ask: giai đoạn 2021 đến năm 2025 → ?"]),
        ("đại hội nhiệm kỳ mới", ["ask: nhiệm kỳ mới → ?"]),
        ("năm 2024 là năm thứ tư thực hiện Nghị quyết", ["certain: năm 2024 → năm 2026", "ask: năm thứ tư → ?"]),
        ("phấn đấu đến năm 2025 đạt chuẩn", ["ask: đến năm 2025 → ?"]),
        ("tổng kết 10 năm thực hiện phong trào", ["ask: tổng kết 10 năm → ?"]),
        ("tăng so với năm 2022", ["ask: năm 2022 → năm 2024 !"]),
        ("Năm 2023, toàn xã có 17 đầu mối.", ["ask: Năm 2023 → Năm 2025"]),
    ],
)
def test_what_only_a_person_knows_is_asked(text: str, expected: list[str]) -> None:
    assert year_changes(text) == expected


def test_figures_under_a_heading_of_the_year_before_are_asked() -> None:
    blocks = (
        Heading("A.", "TÌNH HÌNH NĂM 2023", 1),
        Line(Kind.PARAGRAPH, "Có 15 đơn vị báo cáo đúng hạn năm 2023."),
        Heading("B.", "KẾ HOẠCH NĂM 2024", 1),
        Line(Kind.PARAGRAPH, "Tổng kết năm 2023."),
    )
    plan = replace(holding(""), blocks=blocks)

    changes = [f"{one.kind.value}: {change(one)}" for one in propose_year(plan, 2026) if one.where.path[0] == "blocks"]

    assert changes == [
        "certain: NĂM 2023 → NĂM 2025",
        "ask: năm 2023 → năm 2025",
        "certain: NĂM 2024 → NĂM 2026",
        "certain: năm 2023 → năm 2025",
    ]


def task(**fields: object) -> TaskData:
    blank = TaskData(1, None, "Việc", (), (), "", None, None, "", is_ongoing=False)
    return replace(blank, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "to", "start", "due"),
    [
        # Read anew: the day before 1 March, the end of February, Tết of the new year.
        (task(time_text="Trước ngày 01/3/2024", due=dt.date(2024, 2, 29)), 2026, None, dt.date(2026, 2, 28)),
        (
            task(time_text="Tháng 02/2023", start=dt.date(2023, 2, 1), due=dt.date(2023, 2, 28)),
            2028,
            dt.date(2028, 2, 1),
            dt.date(2028, 2, 29),
        ),
        (task(time_text="Trước Tết Nguyên đán", due=dt.date(2024, 2, 9)), 2026, None, dt.date(2026, 2, 16)),
        (
            task(quarter=1, start=dt.date(2024, 1, 1), due=dt.date(2024, 3, 31)),
            2026,
            dt.date(2026, 1, 1),
            dt.date(2026, 3, 31),
        ),
        # Typed in by hand: so many years later.
        (task(due=dt.date(2024, 2, 29)), 2025, None, dt.date(2025, 2, 28)),
        (
            task(start=dt.date(2023, 2, 1), due=dt.date(2023, 2, 28)),
            2024,
            dt.date(2024, 2, 1),
            dt.date(2024, 2, 29),
        ),
        (
            task(time_text="Quý II/2024", start=dt.date(2024, 5, 2), due=dt.date(2024, 5, 20)),
            2025,
            dt.date(2025, 5, 2),
            dt.date(2025, 5, 20),
        ),
        (task(time_text="Khi có hướng dẫn"), 2026, None, None),
    ],
)
def test_dates_of_tasks_follow_their_words(
    before: TaskData, to: int, start: dt.date | None, due: dt.date | None
) -> None:
    old = before.start or before.due
    plan = replace(holding("", old.year if old else 2024), tasks=(before,))

    after = apply(plan, certain(propose_year(plan, to))).tasks[0]

    assert (after.start, after.due) == (start, due)


def test_a_new_draft_has_no_number_and_no_day() -> None:
    plan = replace(holding("", 2025), number="07")

    assert said(propose_year(plan, 2026)) == ["year: 2025 → 2026", "number: 07 → –", "date: 2025-01-14 → 2026"]


def test_a_plan_issued_in_the_december_before_is_so_again() -> None:
    plan = replace(holding("", 2026))

    assert said(propose_year(plan, 2027))[-1] == "date: 2025-01-14 → 2026"


@pytest.mark.parametrize("to", [2023, 2101])
def test_only_a_later_year_that_a_plan_may_have(to: int) -> None:
    with pytest.raises(UnfitYear, match=r"^Kế hoạch năm 2024 chỉ chuyển được sang một năm sau đó, đến năm 2100\.$"):
        propose_year(holding(""), to)
