"""Task tables of other offices: marks for quarters, heads run together, names half said, lines too long to keep."""

from __future__ import annotations

from typing import Any

import pytest

from documents.reading.plain import read_plain
from plans import interchange
from plans.reading import ReadPlan, as_json, read_plan
from tests.plans.reading.test_tables import lost, read


def short(found: ReadPlan) -> list[tuple[Any, ...]]:
    return [(one.content, one.lead, one.support, one.time_text, one.quarter) for one in found.plan.tasks]


def test_marks_under_quarters_become_times_and_are_said_to_be_inferred() -> None:
    found = read(
        "TT\tNội dung\tChủ trì\tQuý I\tQuý II\tQuý III\tQuý IV\n"
        "1\tHọp dân\tCác thôn\tx\t\t\t\n"
        "2\tKiểm tra\tVăn phòng\t\tx\tx\t\n"
        "3\tTuyên truyền\tVăn phòng\tx\t\tx\t\n"
    )

    assert short(found) == [
        ("Họp dân", ("Các thôn",), (), "Quý I", 1),
        ("Kiểm tra", ("Văn phòng",), (), "Quý II - Quý III", None),
        ("Tuyên truyền", ("Văn phòng",), (), "Quý I, Quý III", None),
    ]
    assert [(str(one.start), str(one.due)) for one in found.plan.tasks] == [
        ("2026-01-01", "2026-03-31"),
        ("2026-04-01", "2026-09-30"),
        ("2026-01-01", "2026-09-30"),
    ]
    assert found.plan.table is not None
    assert found.plan.table.columns == ("TT", "Nội dung", "Chủ trì", "Thời gian")
    assert [(one.path, one.inferred) for one in found.unsure if one.path == "tasks"] == [("tasks", True)]


def test_columns_of_quarters_that_say_more_than_a_mark_stay_as_they_are() -> None:
    found = read("TT\tNội dung\tChủ trì\tQuý I\tQuý II\n1\tHọp dân\tCác thôn\t15/3\tx\n2\tKiểm tra\tVăn phòng\tx\t\n")

    assert [one.time_text for one in found.plan.tasks] != ["Quý II", "Quý I"]
    assert lost(found) == []


def test_who_leads_and_who_supports_in_one_sentence() -> None:
    found = read(
        "TT\tNội dung\tCơ quan chủ trì, phối hợp\tThời gian\n"
        "1\tHọp dân\tVăn phòng chủ trì, phối hợp với các thôn\tTháng 2\n"
    )

    assert short(found) == [("Họp dân", ("Văn phòng",), ("các thôn",), "Tháng 2", None)]
    assert lost(found) == []


def test_running_numbers_with_a_zero_are_not_lost() -> None:
    found = read("TT\tNội dung\tChủ trì\n01\tHọp dân\tCác thôn\n02\tKiểm tra\tVăn phòng\n")

    assert [one.number for one in found.plan.tasks] == [1, 2]
    assert lost(found) == []


ROWS = (
    "1 Ban hành kế hoạch của xã về tuyên\ntruyền pháp luật\nVăn phòng\nHĐND và\nUBND xã\nCác thôn Tháng\n2/2026\n"
    "2 Tổng kết phong trào\nVăn phòng\nHĐND và\nUBND xã\n- Các thôn\nTháng 12/2026\n"
)
TASKS = [
    (
        "Ban hành kế hoạch của xã về tuyên truyền pháp luật",
        ("Văn phòng HĐND và UBND xã",),
        ("Các thôn",),
        "Tháng 2/2026",
        None,
    ),
    ("Tổng kết phong trào", ("Văn phòng HĐND và UBND xã",), ("Các thôn",), "Tháng 12/2026", None),
]


@pytest.mark.parametrize(
    "heads",
    [
        "TT Nội dung Chủ trì Phối hợp Thời gian",
        "ST\nT\nNội dung Chủ trì\nPhối hợp\nThời gian",
        "TT Nội dung\nPhân công thực hiện\nThời gian\nChủ trì\nPhối hợp",
        "TT Nội dung\nPhân công thực hiện\nThời gian\nChủ trì Phối hợp\n(1) (2) (3) (4) (5)",
    ],
)
def test_heads_that_a_copy_ran_together(heads: str) -> None:
    found = read(f"{heads}\n{ROWS}")

    assert short(found) == TASKS
    assert lost(found) == []
    assert found.plan.table is not None
    assert found.plan.table.columns[0] in ("TT", "STT")


def test_rows_of_months_and_groups_in_lines() -> None:
    found = read(
        "TT\nNội dung\nChủ trì\nGhi chú\nTHÁNG 3\n1 Họp dân ở các thôn\nVăn phòng\n"
        "THÁNG 9\n2 Kiểm tra các thôn\nVăn phòng\n"
    )

    assert [(one.content, one.lead, one.time_text) for one in found.plan.tasks] == [
        ("Họp dân ở các thôn", ("Văn phòng",), "THÁNG 3"),
        ("Kiểm tra các thôn", ("Văn phòng",), "THÁNG 9"),
    ]


def test_each_quarter_has_a_table_of_lines_of_its_own() -> None:
    found = read(
        "1. Quý I\nTT Nội dung Chủ trì Thời gian\n1 Họp dân\nVăn phòng\nTháng 2\n"
        "2. Quý II\nTT Nội dung Chủ trì Thời gian\n1 Kiểm tra\nVăn phòng\nTháng 5\n"
    )

    assert [(one.content, one.quarter, one.time_text) for one in found.plan.tasks] == [
        ("Họp dân", 1, "Tháng 2"),
        ("Kiểm tra", 2, "Tháng 5"),
    ]


def test_a_line_too_long_for_its_field_is_named_and_nothing_is_lost() -> None:
    long = ", ".join(["VT", *[f"phòng {number}" for number in range(20)]])
    plan = (
        "UBND XÃ AN SƠN\n\nKẾ HOẠCH\nThi đua, khen thưởng năm 2026\n\nI. NỘI DUNG\n\n1. Họp.\n\n"
        f"Nơi nhận:\n- Như trên;\n- Lưu: {long}.\nCHỦ TỊCH\nLê Văn Tám\n"
    )

    found = read_plan(read_plain(plan))

    rest = [one for one in found.unsure if one.stands_nowhere]
    assert len(found.plan.archive) <= 120
    assert [f"{found.plan.archive} {one.text}" for one in rest] == [long]
    assert [one.why for one in rest] == ["Phần sau của mục «Lưu», vì mục này chỉ ghi được 120 ký tự."]
    written = as_json(found)
    written.pop("unsure")
    assert interchange.read(written) == found.plan


def test_a_committee_without_its_unit_is_completed_and_said_to_be() -> None:
    found = read_plan(
        read_plain(
            "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n"
            "Số: 4/KH-UBND | An Sơn, ngày 5 tháng 3 năm 2026 |\n"
            "KẾ HOẠCH\nThi đua, khen thưởng năm 2026\n\n"
            "Ủy ban nhân dân xã An Sơn ban hành Kế hoạch như sau:\n\nI. NỘI DUNG\n\n1. Họp.\n"
        )
    )

    assert found.plan.issuer == "ỦY BAN NHÂN DÂN XÃ AN SƠN"
    assert [(one.path, one.inferred) for one in found.unsure] == [("issuer", True)]
