"""What differs is named change by change: nothing for nothing, and enough to make the new text of the old one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given

from plans.amending.differences import (
    Added,
    EntryAdded,
    EntryRemoved,
    EntryRewritten,
    HeadingRewritten,
    Moved,
    Removed,
    SectionRewritten,
    TableChanged,
    TaskRewritten,
    TasksRenumbered,
    applied,
    differences,
)
from plans.amending.texts import Entry, Origins, SectionRow, SectionText, Text, entries_of, lines_of, merge
from plans.interchange import Heading
from tests.plans.amending.texts import COLUMNS, QUARTERS, amended, numbered, section, task, texts, unchanged


@given(text=texts)
def test_of_an_unchanged_text_nothing_is_named(text):
    assert differences(text, text, unchanged(text)) == []


@given(case=amended())
def test_what_is_named_makes_the_new_text_of_the_old(case):
    old, new, origins = case

    assert applied(old, differences(old, new, origins)) == new


@given(case=amended())
def test_something_is_named_wherever_the_texts_differ(case):
    old, new, origins = case

    assert bool(differences(old, new, origins)) == (old != new or origins != unchanged(old))


@given(text=texts)
def test_entries_lose_no_line(text):
    for one in text.sections:
        assert lines_of(entries_of(one.lines)) == one.lines


OLD = Text(
    (
        section("I. MỤC ĐÍCH", "1. Mục đích", "- Thiết thực.", "2. Yêu cầu", "- Kịp thời.", "3. Phạm vi"),
        section("II. NỘI DUNG", "[Bảng nhiệm vụ]"),
        section("III. TỔ CHỨC THỰC HIỆN", "Các thôn thực hiện."),
    ),
    numbered("Phát động", "Sơ kết", "Tổng kết"),
    COLUMNS,
)
KEPT = unchanged(OLD)


def with_section(at: int, new):
    return replace(OLD, sections=(*OLD.sections[:at], new, *OLD.sections[at + 1 :]))


@pytest.mark.parametrize(
    ("new", "named"),
    [
        (
            section("I. MỤC ĐÍCH", "1. Mục đích", "- Thiết thực.", "2. Yêu cầu", "- Đúng hạn.", "3. Phạm vi"),
            [EntryRewritten(0, 1, section("", "2. Yêu cầu", "- Đúng hạn.").lines)],
        ),
        (
            SectionText(OLD.sections[0].heading, (*OLD.sections[0].lines, *section("", "4. Đối tượng").lines)),
            [EntryAdded(0, 3, Entry("4.", section("", "4. Đối tượng").lines))],
        ),
        (
            section("I. MỤC ĐÍCH", "1. Mục đích", "- Thiết thực.", "3. Phạm vi"),
            [EntryRemoved(0, 1)],
        ),
        (
            replace(OLD.sections[0], heading=Heading("I.", "MỤC ĐÍCH, YÊU CẦU", 1)),
            [HeadingRewritten(0, Heading("I.", "MỤC ĐÍCH, YÊU CẦU", 1))],
        ),
    ],
    ids=["an entry", "one more entry", "one entry less", "the heading"],
)  # fmt: skip
def test_only_what_changed_in_a_section_is_named(new, named):
    assert differences(OLD, with_section(0, new), KEPT) == named


@pytest.mark.parametrize(
    "new",
    [
        section("I. MỤC ĐÍCH", "1. Một", "2. Hai", "3. Ba"),
        section("I. MỤC ĐÍCH", "1. Mục đích", "1. Yêu cầu"),
        section("I. MỤC ĐÍCH", "Không chia khoản."),
        section("I. MỤC ĐÍCH", "3. Phạm vi", "2. Yêu cầu", "- Kịp thời.", "1. Mục đích", "- Thiết thực."),
    ],
    ids=["most entries", "a marker twice", "no entries", "another order"],
)
def test_where_entries_cannot_be_named_the_section_is_worded_anew(new):
    assert differences(OLD, with_section(0, new), KEPT) == [SectionRewritten(0, new)]


def test_lines_that_nobody_can_cite_are_worded_anew_with_their_section():
    new = section("III. TỔ CHỨC THỰC HIỆN", "Các thôn, trường học thực hiện.")

    assert differences(OLD, with_section(2, new), KEPT) == [SectionRewritten(2, new)]


def test_sections_come_go_and_move():
    new_one = section("IV. KINH PHÍ", "Từ ngân sách xã.")
    new = replace(OLD, sections=(OLD.sections[1], OLD.sections[0], new_one))

    named = differences(OLD, new, Origins((1, 0, None), KEPT.tasks))

    assert named == [Moved("sections", 1, 0), Added("sections", 2, new_one), Removed("sections", 2)]


def test_a_task_names_the_fields_that_changed_and_numbers_that_follow_are_told_once():
    first, second, third = OLD.tasks
    new_first = task("Phát động thi đua", 1, time_text="Tháng 2")
    fresh = task("Kiểm tra", 3)
    new = replace(OLD, tasks=(new_first, replace(third, number=2), fresh))

    named = differences(OLD, new, Origins(KEPT.sections, (0, 2, None)))

    assert named == [
        TaskRewritten(0, (("content", "Phát động thi đua"), ("time_text", "Tháng 2"))),
        Added("tasks", 2, fresh),
        Removed("tasks", 1),
        TasksRenumbered((1, 2, 3)),
    ]
    assert second.content == "Sơ kết"


def test_numbers_of_the_writers_own_are_fields_like_others():
    tasks = (task("Phát động", 4), task("Sơ kết", 9))
    old, new = (replace(OLD, tasks=(tasks[0], replace(tasks[1], number=number))) for number in (9, 7))

    assert differences(old, new, Origins(KEPT.sections, (0, 1))) == [TaskRewritten(1, (("number", 7),))]


def test_days_that_no_paper_prints_are_no_difference():
    new = replace(OLD, tasks=(replace(OLD.tasks[0], due=dt.date(2026, 5, 1)), *OLD.tasks[1:]))

    assert differences(OLD, new, KEPT) == []


def test_another_table_is_named():
    assert differences(OLD, replace(OLD, table=QUARTERS), KEPT) == [TableChanged(QUARTERS)]


def test_lines_without_a_heading_belong_to_the_section_before():
    one, two = section("I. MỤC ĐÍCH", "1. Một"), section("", "2. Hai")

    merged = merge([SectionRow(1, one.heading, one.lines), SectionRow(2, None, two.lines)])

    assert merged == [SectionRow(1, one.heading, (*one.lines, *two.lines))]
