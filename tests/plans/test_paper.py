"""A plan's values become a paper: headings, entries, the four ways of printing tasks, the appendix."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents import tree
from documents.dates import PartialDate
from documents.outline import Kind, Line
from plans.interchange import AppendixData, Heading, PlanData, Table, TaskData
from plans.layouts import BULLETS, DEFAULT_COLUMNS, parse_layout
from plans.paper import compose


def task(number: int, quarter: int | None = None, **values) -> TaskData:
    fields = {
        "number": number,
        "quarter": quarter,
        "content": f"Việc {number}",
        "lead": (),
        "support": (),
        "time_text": "",
        "start": None,
        "due": None,
        "note": "",
        "is_ongoing": False,
    }
    return TaskData(**(fields | values))


def table(layout: str, columns: tuple[str, ...] | None = None) -> Table:
    return Table(parse_layout(layout), DEFAULT_COLUMNS[layout] if columns is None else columns)


PLAN = PlanData(
    kind="annual",
    year=2026,
    superior="",
    issuer="ỦY BAN NHÂN DÂN XÃ AN SƠN",
    number="07",
    symbol="KH-UBND",
    place="An Sơn",
    date=PartialDate(2026, 1, 15),
    title="KẾ HOẠCH",
    subject="Công tác thi đua, khen thưởng năm 2026",
    preamble=("Căn cứ Luật Thi đua, khen thưởng;", "Ủy ban nhân dân xã ban hành Kế hoạch như sau:"),
    blocks=(
        Heading("I.", "MỤC ĐÍCH", 1),
        Line(Kind.ITEM, "Mục đích", "1."),
        Line(Kind.ITEM, "Thiết thực.", "a)"),
        Heading("II.", "NHIỆM VỤ", 1),
        Line(Kind.TASKS),
    ),
    table=table("columns-5"),
    tasks=(task(1, 1), task(2, 2)),
    closing="Trên đây là Kế hoạch của xã./.",
    recipients=("Các thôn",),
    archive="VT",
    signature_lines=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    signature_post="",
    signature_name="Lò Văn Thắng",
    appendix=None,
)


def the_table(paper: tree.Paper) -> tree.Table:
    [found] = [block for block in paper.body if isinstance(block, tree.Table)]
    return found


def rows(paper: tree.Paper) -> list[str | tuple[tree.Cell, ...]]:
    return [row.text if isinstance(row, tree.GroupRow) else row.cells for row in the_table(paper).rows]


def test_a_whole_plan_becomes_a_whole_paper():
    paper = compose(replace(PLAN, tasks=(task(1, time_text="Quý I/2026", lead=("Văn phòng",)),)))

    columns, cells = the_table(paper).columns, (("1",), ("Việc 1",), ("Văn phòng",), (), ("Quý I/2026",))
    assert paper == tree.Paper(
        header=tree.Header(
            issuer=("ỦY BAN NHÂN DÂN", "XÃ AN SƠN"),
            number="07",
            symbol="KH-UBND",
            place="An Sơn",
            date=PartialDate(2026, 1, 15),
        ),
        title="KẾ HOẠCH",
        subject="Công tác thi đua, khen thưởng năm 2026",
        preamble=(
            tree.Basis("Căn cứ Luật Thi đua, khen thưởng;"),
            tree.Paragraph("Ủy ban nhân dân xã ban hành Kế hoạch như sau:"),
        ),
        body=(
            tree.Heading("I.", "MỤC ĐÍCH", 1),
            tree.Item("1.", "Mục đích", title=True),
            tree.Item("a)", "Thiết thực."),
            tree.Heading("II.", "NHIỆM VỤ", 1),
            tree.Table(columns, (tree.Row(cells),)),
            tree.Paragraph("Trên đây là Kế hoạch của xã./."),
        ),
        recipients=tree.Recipients(("Các thôn",), "VT"),
        signature=tree.Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Lò Văn Thắng"),
    )


def test_the_office_breaks_its_name_as_it_likes():
    lines = ("ỦY BAN NHÂN DÂN XÃ", "AN SƠN")

    assert compose(PLAN, lines).header.issuer == lines


def test_without_closing_words_nothing_is_added():
    assert isinstance(compose(replace(PLAN, closing="")).body[-1], tree.Table)


def test_only_the_number_column_is_centred():
    columns = the_table(compose(PLAN)).columns

    assert [column.head for column in columns] == list(DEFAULT_COLUMNS["columns-5"])
    assert [column.align for column in columns] == ["center", "left", "left", "left", "left"]


def test_plain_columns_have_no_quarter_rows():
    assert rows(compose(PLAN)) == [
        (("1",), ("Việc 1",), (), (), ()),
        (("2",), ("Việc 2",), (), (), ()),
    ]


def test_a_table_by_quarters_names_a_quarter_where_it_begins():
    tasks = (task(1, 1), task(2, 1), task(3, 3), task(4, None), task(5, 4))

    paper = compose(replace(PLAN, table=table("quarters-3col"), tasks=tasks))

    assert rows(paper) == [
        "QUÝ I",
        (("1",), ("Việc 1",), ()),
        (("2",), ("Việc 2",), ()),
        "QUÝ III",
        (("3",), ("Việc 3",), ()),
        (("4",), ("Việc 4",), ()),
        "QUÝ IV",
        (("5",), ("Việc 5",), ()),
    ]


def test_one_column_for_everybody_lists_who_leads_and_then_who_supports():
    tasks = (task(1, lead=("Văn phòng",), support=("Các thôn", "Trạm Y tế")),)

    paper = compose(replace(PLAN, table=table("quarters-3col"), tasks=tasks))

    assert rows(paper) == [(("1",), ("Việc 1",), ("- Văn phòng", "- Các thôn", "- Trạm Y tế"))]


def test_each_column_takes_its_own_field():
    everything = task(1, lead=("A",), support=("B", "C"), time_text="Quý I", note="Báo cáo")

    paper = compose(replace(PLAN, table=table("columns-6"), tasks=(everything,)))

    assert rows(paper) == [(("1",), ("Việc 1",), ("A",), ("- B", "- C"), ("Quý I",), ("Báo cáo",))]


def test_a_task_without_a_number_leaves_its_cell_empty():
    assert rows(compose(replace(PLAN, tasks=(replace(task(1), number=None),)))) == [((), ("Việc 1",), (), (), ())]


def test_bullets_stand_under_numbered_quarters():
    tasks = (task(1, 2), task(2, 2), task(3, 4))

    paper = compose(replace(PLAN, table=table(BULLETS), tasks=tasks))

    assert paper.body[4:-1] == (
        tree.Item("1.", "Quý II:", title=True),
        tree.Item("-", "Việc 1"),
        tree.Item("-", "Việc 2"),
        tree.Item("2.", "Quý IV:", title=True),
        tree.Item("-", "Việc 3"),
    )


def test_an_appendix_holds_the_tasks_and_the_body_only_names_it():
    reference = "(Kèm theo Kế hoạch số 07/KH-UBND ngày 15 tháng 01 năm 2026 của Ủy ban nhân dân xã An Sơn)"
    appendix = AppendixData("Phụ lục", "DANH MỤC NHIỆM VỤ", reference, table("columns-5"))
    blocks = (*PLAN.blocks[:-1], Line(Kind.REFERENCE, "(Có Phụ lục kèm theo)"))

    paper = compose(replace(PLAN, blocks=blocks, table=None, appendix=appendix))

    [printed] = paper.appendices
    assert paper.body[-2] == tree.AppendixReference("(Có Phụ lục kèm theo)")
    assert not [block for block in paper.body if isinstance(block, tree.Table)]
    assert (printed.title, printed.subject, printed.reference) == ("Phụ lục", "DANH MỤC NHIỆM VỤ", reference)
    assert printed.blocks == (the_table(compose(PLAN)),)


def test_lines_before_any_heading_come_first():
    paper = compose(replace(PLAN, blocks=(Line(Kind.PARAGRAPH, "Trước hết."), *PLAN.blocks)))

    assert paper.body[:2] == (tree.Paragraph("Trước hết."), tree.Heading("I.", "MỤC ĐÍCH", 1))


def test_an_entry_before_a_heading_is_no_title():
    blocks = (Line(Kind.ITEM, "Mục đích", "1."), Heading("II.", "NHIỆM VỤ", 1), Line(Kind.ITEM, "Chung", "a)"))

    paper = compose(replace(PLAN, blocks=blocks, table=None))

    assert paper.body[0] == tree.Item("1.", "Mục đích", title=False)


DECISION = replace(
    PLAN,
    kind="decision",
    symbol="QĐ-UBND",
    title="QUYẾT ĐỊNH",
    subject="Về việc kiện toàn Hội đồng Thi đua - Khen thưởng xã An Sơn",
    preamble=("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ AN SƠN", "Theo đề nghị của Văn phòng.", "QUYẾT ĐỊNH:"),
    blocks=(
        Line(Kind.ITEM, "Kiện toàn Hội đồng, gồm:", "Điều 1."),
        Line(Kind.ITEM, "Ông Lò Văn Thắng.", "1."),
        Line(Kind.ITEM, "Quyết định có hiệu lực từ ngày ký./.", "Điều 2."),
    ),
    table=None,
    tasks=(),
    closing="",
    signature_lines=("CHỦ TỊCH",),
)


def test_a_decision_says_who_decides_and_runs_in_articles():
    paper = compose(DECISION)

    assert paper.preamble == (
        tree.EnactingLine("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ AN SƠN"),
        tree.Basis("Theo đề nghị của Văn phòng."),
        tree.EnactingLine("QUYẾT ĐỊNH:"),
    )
    assert paper.body == (
        tree.Article("Điều 1.", "Kiện toàn Hội đồng, gồm:"),
        tree.Item("1.", "Ông Lò Văn Thắng."),
        tree.Article("Điều 2.", "Quyết định có hiệu lực từ ngày ký./."),
    )


def test_lines_in_capitals_are_plain_paragraphs_of_a_plan():
    assert compose(replace(DECISION, kind="annual")).preamble[0] == tree.Paragraph(DECISION.preamble[0])


@pytest.mark.parametrize(("post", "name"), [("CHỦ TỊCH UBND XÃ AN SƠN", "Lò Văn Thắng"), ("", "")])
def test_the_signature_is_as_entered(post, name):
    paper = compose(replace(PLAN, signature_post=post, signature_name=name))

    assert paper.signature == tree.Signature(PLAN.signature_lines, name, post)
