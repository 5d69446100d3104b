"""Old plans side by side: what says the same stands in one row; a plan is made of what was taken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents.outline import Kind, Line
from plans import interchange
from plans.interchange import AppendixData, Heading, PlanData, Table, TaskData
from plans.layouts import parse_layout
from plans.starting.merging import Pick, UnfitMerge, merge, sections_of, side_by_side
from tests.plans.files import OUR_PLANS
from tests.plans.moving.moves import plan_of

BASE = plan_of("na_luong")


def task(content: str, quarter: int | None = 1, **fields) -> TaskData:
    plain = {"number": 1, "lead": (), "support": (), "time_text": "", "start": None, "due": None, "note": ""}
    return TaskData(content=content, quarter=quarter, is_ongoing=False, **(plain | fields))


def numbered(tasks: tuple[TaskData, ...]) -> tuple[TaskData, ...]:
    return tuple(replace(task, number=number) for number, task in enumerate(tasks, start=1))


def plan(name: str, *sections: tuple[str, list[str]], tasks: tuple[TaskData, ...] = (), **fields) -> PlanData:
    blocks: list = []
    for heading, lines in sections:
        blocks.append(Heading(heading.split(" ")[0], heading.split(" ", 1)[1], 1))
        blocks += [Line(Kind.TASKS) if line == "[bảng]" else Line(Kind.PARAGRAPH, line) for line in lines]
    table = Table(parse_layout("quarters-3col"), ("TT", "Nội dung", "Phân công"))
    plain = {
        "subject": f"Công tác thi đua của xã {name}",
        "preamble": (),
        "recipients": (),
        "appendix": None,
        "parts": {},
    }
    return replace(
        BASE,
        blocks=tuple(blocks),
        tasks=numbered(tasks),
        table=table if "[bảng]" in str(sections) else None,
        **(plain | fields),
    )


def rows_of(plans: dict[int, PlanData], kind: str) -> list[list[str]]:
    """Addresses, with «=» where a cell repeats the first of its row."""
    return [
        [f"{cell.pick}{'=' if cell.repeats else ''}" if cell else "" for cell in row.cells]
        for row in side_by_side(plans)
        if row.kind == kind
    ]


def contents(made: PlanData) -> list[str]:
    return [one.content for one in made.tasks]


THREE = {
    1: plan(
        "Mai Khê",
        ("I. MỤC ĐÍCH", ["Đẩy mạnh phong trào thi đua yêu nước."]),
        ("II. NHIỆM VỤ", ["[bảng]"]),
        tasks=(task("Ban hành kế hoạch công tác thi đua, khen thưởng năm 2025"), task("Tổng kết công tác năm", 4)),
        recipients=("Phòng Nội vụ huyện", "Các thôn"),
        preamble=("Căn cứ Luật Thi đua, khen thưởng;", "Căn cứ Kế hoạch số 01/KH-UBND của huyện;"),
    ),
    2: plan(
        "Mai Trung",
        ("I. MỤC ĐÍCH", ["Đẩy mạnh phong trào thi đua yêu nước.", "Chú trọng vùng trồng chè."]),
        ("II. PHONG TRÀO THI ĐUA", ["Trồng chè sạch."]),
        ("III. NHIỆM VỤ", ["[bảng]"]),
        tasks=(
            task("Ban hành Kế hoạch công tác thi đua - khen thưởng năm 2025."),
            task("Hội thi hái chè", 2),
            task("Thăm các hộ làm chè", None),
        ),
        recipients=("Phòng Nội vụ huyện", "Hợp tác xã chè"),
        preamble=("Căn cứ Luật thi đua khen thưởng.",),
    ),
    3: plan("Khê Hạ", tasks=(task("Hội đua thuyền", 2), task("Tổng kết công tác năm", 4))),
}


def test_what_says_the_same_stands_in_one_row():
    assert rows_of(THREE, "m") == [["1.m1", "2.m1", ""], ["", "2.m2", ""], ["1.m2", "2.m3=", ""]]
    assert rows_of(THREE, "d") == [["1.d", "2.d=", "3.d="]]
    assert rows_of(THREE, "c") == [["1.c", "2.c", ""]]
    assert rows_of(THREE, "n") == [["1.n", "2.n", ""]]


def test_tasks_go_by_quarter_and_what_has_none_comes_last():
    assert rows_of(THREE, "v") == [
        ["1.v1", "2.v1=", ""],
        ["", "2.v2", ""],
        ["", "", "3.v1"],
        ["1.v2", "", "3.v2="],
        ["", "2.v3", ""],
    ]
    assert [row.quarter for row in side_by_side(THREE) if row.kind == "v"] == [1, 2, 2, 4, None]


def test_of_two_that_are_alike_the_likest_shares_the_row():
    plans = {
        1: plan(
            "A", tasks=(task("Sơ kết phong trào thi đua quý một", 1), task("Sơ kết phong trào thi đua quý hai", 2))
        ),
        2: plan("B", tasks=(task("Sơ kết phong trào thi đua quý hai", 2),)),
    }

    assert rows_of(plans, "v") == [["1.v1", ""], ["1.v2", "2.v1="]]


def test_what_is_taken_first_is_each_rows_first():
    made = merge(THREE, [row.first for row in side_by_side(THREE)])

    assert contents(made) == [
        "Ban hành kế hoạch công tác thi đua, khen thưởng năm 2025",
        "Hội thi hái chè",
        "Hội đua thuyền",
        "Tổng kết công tác năm",
        "Thăm các hộ làm chè",
    ]
    assert [one.number for one in made.tasks] == [1, 2, 3, 4, 5]
    assert [block.text for block in made.blocks if isinstance(block, Heading)] == [
        "MỤC ĐÍCH",
        "PHONG TRÀO THI ĐUA",
        "NHIỆM VỤ",
    ]
    assert (made.subject, made.recipients) == (THREE[1].subject, THREE[1].recipients)
    assert interchange.read(interchange.write(made)) == made


@pytest.mark.parametrize(
    ("numbers", "again"),
    [((1, 2, 1), [1, 1, 2, 1, 2]), ((None, None, None), [None] * 5), ((3, 4, 9), [1, 2, 3, 4, 5])],
)
def test_tasks_are_counted_as_the_heads_plan_counts(numbers, again):
    tasks = (*THREE[1].tasks, task("Họp Hội đồng", 4))
    head = replace(
        THREE[1], tasks=tuple(replace(one, number=number) for one, number in zip(tasks, numbers, strict=True))
    )
    plans = THREE | {1: head}

    made = merge(plans, [row.first for row in side_by_side(plans) if row.first != Pick(2, "v", 3)])

    assert [one.number for one in made.tasks] == again


def test_sections_of_one_row_taken_together_say_each_line_once():
    made = merge(THREE, [Pick(1, "m", 1), Pick(2, "m", 1)])

    assert [block.text for block in made.blocks] == [
        "MỤC ĐÍCH",
        "Đẩy mạnh phong trào thi đua yêu nước.",
        "Chú trọng vùng trồng chè.",
    ]


def test_bases_and_recipients_taken_together_stand_once():
    made = merge(THREE, [Pick(1, "c"), Pick(2, "c"), Pick(2, "n"), Pick(1, "n"), Pick(2, "d")])

    assert made.preamble == ("Căn cứ Luật Thi đua, khen thưởng;", "Căn cứ Kế hoạch số 01/KH-UBND của huyện;")
    assert made.recipients == ("Phòng Nội vụ huyện", "Các thôn", "Hợp tác xã chè")
    assert made.subject == THREE[2].subject


def test_the_order_of_ticking_does_not_matter():
    picks = [Pick(3, "v", 1), Pick(1, "v", 2), Pick(2, "v", 2), Pick(1, "d")]

    assert merge(THREE, picks) == merge(THREE, picks[::-1])
    assert contents(merge(THREE, picks)) == ["Hội thi hái chè", "Hội đua thuyền", "Tổng kết công tác năm"]


def test_what_is_not_there_is_not_taken():
    made = merge(THREE, [Pick(1, "m", 99), Pick(77, "v", 1), Pick(1, "v", 1)])

    assert (made.blocks, len(made.tasks)) == ((Line(Kind.TASKS),), 1)


# -- Where the tasks are printed --------------------------------------------------------------


def test_tasks_are_printed_once():
    made = merge(THREE, [Pick(1, "m", 2), Pick(2, "m", 3), Pick(2, "m", 2), Pick(1, "v", 1)])

    assert [block for block in made.blocks if block == Line(Kind.TASKS)] == [Line(Kind.TASKS)]
    assert made.table == THREE[1].table


def test_without_a_place_for_tasks_one_is_added_in_the_form_of_a_source():
    made = merge(THREE, [Pick(3, "d"), Pick(2, "m", 2), Pick(2, "v", 2)])

    assert made.blocks[-1] == Line(Kind.TASKS)
    assert made.table == THREE[2].table


def test_without_tasks_nothing_is_printed_in_their_place():
    made = merge(THREE, [Pick(1, "m", 2)])

    assert ([block.text for block in made.blocks], made.table, made.tasks) == (["NHIỆM VỤ"], None, ())
    assert interchange.read(interchange.write(made)) == made


def test_an_appendix_stays_where_the_body_prints_no_tasks():
    appendix = AppendixData(
        "PHỤ LỤC", "NHIỆM VỤ", "(Kèm theo Kế hoạch)", Table(parse_layout("columns-2"), ("TT", "Nội dung"))
    )
    plans = {1: replace(THREE[3], appendix=appendix), 2: THREE[2]}

    kept = merge(plans, [Pick(1, "d"), Pick(2, "v", 1)])
    printed = merge(plans, [Pick(1, "d"), Pick(2, "m", 3), Pick(2, "v", 1)])

    assert (kept.appendix, kept.table) == (appendix, None)
    assert (printed.appendix, printed.table) == (None, THREE[2].table)


def test_a_form_by_quarters_gets_the_quarter_from_the_day():
    source = replace(BASE.tasks[0], quarter=None, is_ongoing=False, due=BASE.tasks[0].due)
    plans = {1: plan("A", ("I. VIỆC", ["[bảng]"]), tasks=(source,)), 2: THREE[2]}

    made = merge(plans, [Pick(1, "m", 1), Pick(1, "v", 1)])

    assert source.due is not None
    assert made.tasks[0].quarter == (source.due.month + 2) // 3


# -- Addresses and refusals -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "picks"),
    [
        ("12.d", [Pick(12, "d")]),
        ("12.m3", [Pick(12, "m", 3)]),
        ("7.v2-4", [Pick(7, "v", 2), Pick(7, "v", 3), Pick(7, "v", 4)]),
        ("7.v4-2", []),
    ],
)
def test_an_address_names_a_part_or_a_run_of_them(text: str, picks: list[Pick]) -> None:
    assert Pick.parse(text) == picks


@pytest.mark.parametrize("text", ["", "12", "12.x1", "12.m", "12.d3", "m3", "12.m3-", "12.v99999", "-1.d", "12.v1\n"])
def test_another_address_is_refused(text: str) -> None:
    with pytest.raises(UnfitMerge, match=r"^Không có phần nào tên là «"):
        Pick.parse(text)


def test_an_address_is_read_back() -> None:
    assert [str(pick) for text in ("12.d", "12.m3", "12.c") for pick in Pick.parse(text)] == ["12.d", "12.m3", "12.c"]


def test_plans_of_two_years_are_not_merged() -> None:
    with pytest.raises(UnfitMerge, match=r"^Các kế hoạch ghép với nhau phải cùng một năm\.$"):
        merge({1: THREE[1], 2: replace(THREE[2], year=2024)}, [])


@pytest.mark.parametrize("name", OUR_PLANS)
def test_all_of_one_plan_is_that_plan(name: str) -> None:
    one = plan_of(name)
    ordered = sorted(one.tasks, key=lambda task: task.due.isoformat() if task.due else "")

    made = merge({5: one}, [row.first for row in side_by_side({5: one})])

    assert sorted(contents(made)) == sorted(task.content for task in ordered)
    assert replace(made, tasks=()) == replace(one, tasks=())
    assert [block for section in sections_of(made) for block in section] == list(one.blocks)
