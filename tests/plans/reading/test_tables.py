"""Task tables as offices draw them: columns in any order, quarters and groups as rows or headings."""

from __future__ import annotations

from typing import Any

import pytest

from documents.reading.plain import read_plain
from plans.reading import ReadPlan, read_plan

HEAD = "KẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2026\n\nCăn cứ Luật Thi đua, khen thưởng;\n\n"
FOOT = (
    "\n\nIII. TỔ CHỨC THỰC HIỆN\n\n1. Văn phòng theo dõi./.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"
    "CHỦ TỊCH\nLê Văn Tám\n"
)


def read(table: str, above: str = "I. NỘI DUNG") -> ReadPlan:
    return read_plan(read_plain(f"{HEAD}{above}\n\n{table}{FOOT}"))


def rows(found: ReadPlan) -> list[tuple[Any, ...]]:
    return [(one.number, one.quarter, one.content, one.lead, one.support, one.time_text) for one in found.plan.tasks]


def lost(found: ReadPlan) -> list[str]:
    return [one.text for one in found.unsure if not one.path]


def test_columns_in_another_order_and_under_other_names() -> None:
    found = read(
        "TT\tThời gian hoàn thành\tNội dung công việc\tNgười thực hiện\tSản phẩm\tGhi chú\n"
        "1\tTháng 2\tXây dựng kế hoạch\tCông chức Văn hóa\tKế hoạch\t\n"
        "2\tTrước 15/12\tTổng kết năm\tVăn phòng; Hội Phụ nữ\tBáo cáo\tHọp riêng"
    )

    assert rows(found) == [
        (1, None, "Xây dựng kế hoạch", ("Công chức Văn hóa",), (), "Tháng 2"),
        (2, None, "Tổng kết năm", ("Văn phòng", "Hội Phụ nữ"), (), "Trước 15/12"),
    ]
    assert [task.note for task in found.plan.tasks] == ["Kế hoạch", "Báo cáo Họp riêng"]
    assert [str(task.due) for task in found.plan.tasks] == ["2026-02-28", "2026-12-14"]
    assert found.plan.table is not None
    assert found.plan.table.layout.name == "columns-6"


def test_a_seventh_column_shares_that_of_the_notes_and_it_is_said() -> None:
    found = read(
        "TT\tNội dung\tChủ trì\tPhối hợp\tThời gian\tSản phẩm\tGhi chú\n"
        "1\tXây dựng kế hoạch\tVăn phòng\tCác thôn\tTháng 2\tKế hoạch\tSớm\n"
        "2\tTổng kết\tVăn phòng\t\tTháng 12\tBáo cáo\t"
    )

    assert found.plan.table is not None
    assert found.plan.table.columns == ("TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian", "Sản phẩm, Ghi chú")
    assert [one.path for one in found.unsure if "gộp" in one.why] == ["tasks"]
    assert lost(found) == []


def test_a_column_of_quarters_becomes_rows_of_quarters() -> None:
    found = read(
        "Quý\tNội dung\tĐơn vị thực hiện\nI\tXây dựng kế hoạch\tVăn phòng\n\tHọp\tVăn phòng\nII\tSơ kết\tCác thôn"
    )

    assert [(task.quarter, task.content) for task in found.plan.tasks] == [
        (1, "Xây dựng kế hoạch"),
        (1, "Họp"),
        (2, "Sơ kết"),
    ]
    assert found.plan.table is not None
    assert (found.plan.table.layout.name, found.plan.table.columns) == (
        "quarters-2col",
        ("Nội dung", "Đơn vị thực hiện"),
    )
    assert lost(found) == []


def test_a_table_for_each_quarter_is_one_with_rows_of_quarters() -> None:
    head = "TT\tNội dung\tChủ trì\n"
    found = read(
        f"1. Quý I\n\n{head}1\tXây dựng kế hoạch\tVăn phòng\n2\tHọp\tCông an\n\n"
        f"2. Quý II\n\n{head}1\tSơ kết\tVăn phòng"
    )

    assert rows(found) == [
        (1, 1, "Xây dựng kế hoạch", ("Văn phòng",), (), ""),
        (2, 1, "Họp", ("Công an",), (), ""),
        (1, 2, "Sơ kết", ("Văn phòng",), (), ""),
    ]
    assert found.plan.table is not None
    assert found.plan.table.layout.name == "quarters-3col"
    assert lost(found) == []


def test_who_leads_and_who_supports_in_one_cell() -> None:
    found = read(
        "TT\tNội dung công việc\tĐơn vị chủ trì, phối hợp\tThời gian\n"
        "1\tXây dựng kế hoạch\tChủ trì: Văn phòng; Phối hợp: Công an, Quân sự\tQuý I/2026\n"
        "2\tSơ kết\tVăn phòng\tTháng 6/2026"
    )

    assert [(task.lead, task.support) for task in found.plan.tasks] == [
        (("Văn phòng",), ("Công an, Quân sự",)),
        (("Văn phòng",), ()),
    ]
    assert lost(found) == []


def test_names_of_groups_have_no_place_in_the_form_and_are_said() -> None:
    found = read(
        "STT\tNội dung\tChủ trì\tThời gian\nA\tCÔNG TÁC CHỈ ĐẠO\t\t\n1\tXây dựng kế hoạch\tVăn phòng\tQuý I\n"
        "B\tCÔNG TÁC KHEN THƯỞNG\t\t\n1\tBình xét\tCác thôn\tTháng 11"
    )

    assert [task.content for task in found.plan.tasks] == ["Xây dựng kế hoạch", "Bình xét"]
    assert [one.text for one in found.unsure if one.path == "tasks"] == [
        "A | CÔNG TÁC CHỈ ĐẠO | B | CÔNG TÁC KHEN THƯỞNG"
    ]


def test_a_table_of_people_is_no_table_of_tasks() -> None:
    found = read("TT\tHọ và tên\tChức vụ\n1\tLê Văn Tám\tChủ tịch\n2\tTrần Thị Chín\tThư ký")

    assert (found.plan.tasks, found.plan.table) == ((), None)
    assert [block.text for block in found.plan.blocks[1:4]] == [
        "TT | Họ và tên | Chức vụ",
        "1 | Lê Văn Tám | Chủ tịch",
        "2 | Trần Thị Chín | Thư ký",
    ]
    assert lost(found) == []


@pytest.mark.parametrize(
    "bullets",
    [
        "1. Quý I:\n\n- Xây dựng kế hoạch.\n\n- Họp.\n\n2. Quý II:\n\n- Sơ kết.",
        "* Quý I:\n\nXây dựng kế hoạch.\n\nHọp.\n\n* Quý II:\n\nSơ kết.",
        "a) Quý I/2026\n\n+ Xây dựng kế hoạch.\n\n+ Họp.\n\nb) Quý II/2026\n\n+ Sơ kết.",
    ],
)
def test_bullets_under_quarters_are_tasks(bullets: str) -> None:
    found = read(bullets)

    assert [(task.number, task.quarter, task.content) for task in found.plan.tasks] == [
        (1, 1, "Xây dựng kế hoạch."),
        (2, 1, "Họp."),
        (3, 2, "Sơ kết."),
    ]
    assert found.plan.table is not None
    assert found.plan.table.layout.name == "quarters-bullets"
    assert lost(found) == []


def test_a_broken_table_with_blank_cells_and_numbers_that_begin_anew() -> None:
    table = (
        "STT\nNỘI DUNG\nCHỦ TRÌ\nPHỐI HỢP\nTHỜI GIAN\nI\nCHỈ ĐẠO, ĐIỀU HÀNH\n1\n"
        "Xây dựng kế hoạch phát động phong trào\n"
        "thi đua của xã năm 2026\nVăn phòng HĐND và UBND xã\nCác thôn\nTháng 2/2026\n2\nKý giao ước thi đua\n"
        "Các thôn\nQuý I\nII\nKHEN THƯỞNG\n1\nBình xét danh hiệu\nHội đồng xã\nCác thôn\nTháng 11"
    )

    found = read_plan(read_plain(f"{HEAD}I. NỘI DUNG\n\n{table}{FOOT.replace('III.', 'II.')}"))

    assert [(task.number, task.content, task.time_text) for task in found.plan.tasks] == [
        (1, "Xây dựng kế hoạch phát động phong trào thi đua của xã năm 2026", "Tháng 2/2026"),
        (2, "Ký giao ước thi đua", "Quý I"),
        (1, "Bình xét danh hiệu", "Tháng 11"),
    ]
    assert [block.text for block in found.plan.blocks[-2:]] == ["TỔ CHỨC THỰC HIỆN", "Văn phòng theo dõi./."]
    assert lost(found) == []
