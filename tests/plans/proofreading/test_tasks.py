"""Years, times and bodies of tasks."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from documents.dates import PartialDate
from documents.proofreading import as_json
from plans import interchange
from plans.interchange import PlanData, Table, TaskData
from plans.layouts import DEFAULT_COLUMNS, parse_layout
from plans.proofreading import proofread_plan
from tests.plans.files import read_file

EMPTY = replace(
    interchange.read(read_file("na_luong")),
    year=2026,
    date=PartialDate(2026, 1, 15),
    issuer="ỦY BAN NHÂN DÂN XÃ NÀ LƯƠNG",
    subject="Công tác thi đua, khen thưởng năm 2026",
    preamble=(),
    blocks=tuple(block for block in interchange.read(read_file("na_luong")).blocks if block.text == ""),
    closing="Yêu cầu các đơn vị thực hiện./.",
    recipients=("Như Điều 1", "Các đơn vị"),
    archive="VT",
)


def task(
    content: str, *, quarter: int | None = None, lead: tuple[str, ...] = ("Văn phòng",), time: str = "", **days
) -> TaskData:
    return TaskData(None, quarter, content, lead, (), time, days.get("start"), days.get("due"), "", False)


def plan_with(*tasks: TaskData, layout: str = "quarters-3col") -> PlanData:
    numbered = tuple(replace(one, number=number) for number, one in enumerate(tasks, start=1))
    return replace(EMPTY, tasks=numbered, table=Table(parse_layout(layout), DEFAULT_COLUMNS[layout]))


def of_tasks(plan: PlanData) -> list[tuple[str, str, str, str]]:
    found = proofread_plan(plan)
    return [(x.code, x.words, x.suggestion, x.severity.value) for x in found if x.code.startswith("task.")]


@pytest.mark.parametrize(
    ("quarter", "content", "expected"),
    [
        (4, "Báo cáo tổng kết công tác năm 2025", [("2025", "2026", "must")]),
        (4, "Tổng kết năm 2026, phương hướng nhiệm vụ năm 2026", [("2026", "2027", "should")]),
        (4, "Xây dựng Kế hoạch công tác thi đua, khen thưởng năm 2026", [("2026", "2027", "should")]),
        (2, "Sơ kết 6 tháng đầu năm 2025", [("2025", "2026", "should")]),
        (1, "Khen thưởng thành tích năm 2024", [("2024", "2025", "look")]),
        (1, "Hội nghị tổng kết phong trào thi đua năm 2026", [("2026", "2025", "look")]),
        # As it should be
        (1, "Báo cáo tổng kết công tác năm 2025, phương hướng nhiệm vụ năm 2026", []),
        (4, "Báo cáo tổng kết công tác năm 2026, phương hướng nhiệm vụ năm 2027", []),
        (4, "Đánh giá kết quả so với năm 2025", []),
        (3, "Khen thưởng ngành giáo dục năm học 2025 - 2026", []),
        (1, "Tổng kết năm 2025 và ký giao ước thi đua năm 2026", []),
        (4, "Tổng kết thực hiện Luật Thi đua, khen thưởng năm 2022", []),
    ],
)
def test_a_year_behind(quarter, content, expected):
    assert of_tasks(plan_with(task(content, quarter=quarter))) == [("task.year", *row) for row in expected]


@pytest.mark.parametrize(
    ("time", "days", "expected"),
    [
        ("Trước ngày 15/6/2025", {"due": dt.date(2025, 6, 14)}, ["task.outside_year"]),
        ("Tháng 10/2027", {"start": dt.date(2027, 10, 1), "due": dt.date(2027, 10, 31)}, ["task.outside_year"]),
        ("sớm", {}, ["task.time"]),
        ("", {}, ["task.no_time"]),
        ("Tháng 01/2027", {"start": dt.date(2027, 1, 1), "due": dt.date(2027, 1, 31)}, []),
        ("Tháng 3/2026", {"start": dt.date(2026, 3, 1), "due": dt.date(2026, 3, 31)}, []),
        ("Thường xuyên", {}, []),
    ],
)
def test_times_outside_the_year_or_none(time, days, expected):
    usual = task("Họp Hội đồng", time="Quý I/2026", start=dt.date(2026, 1, 1), due=dt.date(2026, 3, 31))
    odd = task("Ký giao ước thi đua", time=time, **days)

    assert [code for code, *_ in of_tasks(plan_with(usual, odd, layout="columns-5"))] == expected


def test_a_deadline_is_past_only_for_a_paper_that_came_later():
    late = task("Đăng ký thi đua", time="Trước ngày 10/01/2026", due=dt.date(2026, 1, 9))
    other = task("Họp Hội đồng", time="Quý I/2026", due=dt.date(2026, 3, 31))
    plan = plan_with(late, other, layout="columns-5")

    assert [code for code, *_ in of_tasks(plan)] == ["task.outside_year"]
    assert of_tasks(replace(plan, date=PartialDate(2026, 1, 5))) == []


def test_a_quarter_against_its_time():
    wrong = task("Kiểm tra cơ sở", quarter=2, time="Tháng 9", start=dt.date(2026, 9, 1), due=dt.date(2026, 9, 30))
    right = task("Sơ kết", quarter=2, time="Tháng 6", start=dt.date(2026, 6, 1), due=dt.date(2026, 6, 30))

    assert of_tasks(plan_with(wrong, right)) == [("task.quarter", "Kiểm tra cơ sở", "", "should")]


def test_the_same_task_twice_is_one_too_many_only_in_the_same_time():
    once = task("Họp Hội đồng", quarter=1)

    assert of_tasks(plan_with(once, replace(once, content="Họp hội đồng."))) == [
        ("task.twice", "Họp hội đồng.", "", "should")
    ]
    assert of_tasks(plan_with(once, replace(once, quarter=2))) == []


def test_a_task_that_nobody_leads_where_others_have_a_lead():
    alone = task("Xét công nhận sáng kiến", quarter=1, lead=())

    assert [code for code, *_ in of_tasks(plan_with(task("Họp", quarter=1), alone))] == ["task.lead"]
    assert of_tasks(plan_with(alone, replace(alone, content="Họp"))) == []


def test_bullets_have_their_findings_at_their_own_line():
    plan = plan_with(task("Họp", quarter=1), task("Tổng kết năm 2025", quarter=4))
    bullets = replace(plan, table=Table(parse_layout("quarters-bullets"), ()))

    (found,) = [one for one in proofread_plan(bullets) if one.code == "task.year"]

    assert (found.place, found.words, found.start) == ("Nội dung, dòng 4", "2025", len("- Tổng kết năm "))


def test_whoever_has_work_must_be_a_recipient():
    plan = replace(plan_with(task("Tuyên truyền", quarter=1, lead=("Ủy ban MTTQ xã",))), recipients=("Sở Nội vụ",))

    def missing(plan: PlanData) -> list[str]:
        return [x.message for x in proofread_plan(plan) if x.code == "recipients.missing"]

    assert missing(plan) == ["Kế hoạch giao việc cho Mặt trận Tổ quốc nhưng nơi nhận không ghi."]
    assert missing(replace(plan, recipients=("Sở Nội vụ", "UBMTTQ và các đoàn thể"))) == []
    assert missing(replace(plan, recipients=("Các cơ quan, đơn vị",))) == []


def test_a_finding_tells_everything_that_an_editor_needs():
    plan = plan_with(task("Tổng kết năm 2025", quarter=4))

    (found,) = [one for one in as_json(proofread_plan(plan)) if one["code"] == "task.year"]

    assert found == {
        "code": "task.year",
        "severity": "must",
        "where": ["body", 0, "row", 1, 1, 0],
        "place": "Bảng, dòng 1, cột «Nội dung»",
        "start": 13,
        "end": 17,
        "words": "2025",
        "message": "Nhiệm vụ quý IV năm 2026 lại ghi năm 2025.",
        "suggestion": "2026",
    }
