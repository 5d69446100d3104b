"""The amending paper says every kind of change in the words of offices, and nothing besides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents.dates import PartialDate
from documents.rendering import render
from documents.rendering.text import render_text
from documents.tree import Article, EnactingLine
from plans.amending.paper import Amendment, compose_amending, quoted
from plans.amending.texts import Origins, Text
from plans.interchange import DECISION, AppendixData, Heading, PlanData, Table
from plans.layouts import parse_layout
from plans.paper import compose_blocks
from plans.printing import printed
from plans.selectors import any_plan
from plans.services import (
    SectionData,
    add_sections,
    add_tasks,
    move_task,
    remove_section,
    remove_tasks,
    update_section,
    update_task,
)
from tests.layout.pdf import check_pdf
from tests.layout.word import check_docx
from tests.plans.amending.conftest import act, printed_text, section_of, task_of
from tests.plans.amending.texts import COLUMNS, QUARTERS, numbered, section, task, unchanged

CITED = "Kế hoạch số 27/KH-UBND ngày 12 tháng 02 năm 2026"
NAMED = f"{CITED} của Ủy ban nhân dân xã Vân Khê về công tác thi đua, khen thưởng năm 2026"
HEAD = f"""\
ỦY BAN NHÂN DÂN
XÃ VÂN KHÊ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số:        /KH-UBND
Vân Khê, ngày      tháng      năm 2026
KẾ HOẠCH
Sửa đổi, bổ sung một số nội dung của {NAMED}
Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;
Căn cứ Kế hoạch số 12/KH-UBND ngày 20 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh.
Thực hiện Công văn số 512/SNV-TĐKT ngày 05 tháng 5 năm 2026 của Sở Nội vụ, Ủy ban nhân dân xã Vân Khê sửa đổi, \
bổ sung một số nội dung của {NAMED} như sau:
"""
FOOT = f"""\
Các nội dung khác của {CITED} không thay đổi./.
Nơi nhận:
- Ủy ban nhân dân tỉnh;
- Các thôn;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lò Văn Thắng
"""


def change_everything(draft, officer):
    """What an officer may do in May: reword, add, move and repeal sections, entries and tasks."""

    def now():
        return act(draft, officer)

    purpose = section_of(draft, "I.")
    body = purpose.body.replace("kịp thời.", "kịp thời, công khai.") + "\n4. Đối tượng: mọi tập thể, cá nhân."
    update_section(purpose, **now(), body=body)
    update_section(section_of(draft, "IV."), **now(), body="Các thôn, trường học thực hiện.")
    remove_section(section_of(draft, "III."), **now())
    awards = SectionData("V.", "KHEN THƯỞNG", 1, "1. Bình xét.\n2. Trao thưởng.")
    add_sections(draft, **now(), sections=[awards], after=4)
    conference = task_of(draft, "Tổ chức Hội nghị")
    update_task(conference, **now(), time_text="Tháng 7", quarter=3, lead=["Văn phòng"], note="Gắn với sơ kết")
    update_task(task_of(draft, "Kiểm tra"), **now(), support=[])
    move_task(task_of(draft, "Kiểm tra"), **now(), after=5, quarter=4)
    remove_tasks(draft, **now(), tasks=[task_of(draft, "Sơ kết")])
    training = task("Tập huấn nghiệp vụ", None, 4, lead=("Phòng Văn hóa - Xã hội",), time_text="Tháng 10")
    add_tasks(draft, **now(), rows=[training], after=3)


def test_a_paper_with_every_kind_of_change(draft, officer):
    change_everything(draft, officer)

    assert printed_text(draft) == (
        HEAD
        + """\
1. Sửa đổi, bổ sung khoản 2 Mục I như sau:
“2. Yêu cầu
- Khen thưởng kịp thời, công khai.”.
2. Bổ sung khoản 4 vào sau khoản 3 Mục I như sau:
“4. Đối tượng: mọi tập thể, cá nhân.”.
3. Sửa đổi, bổ sung Mục IV như sau:
“IV. TỔ CHỨC THỰC HIỆN
Các thôn, trường học thực hiện.”.
4. Bổ sung Mục V vào sau Mục IV như sau:
“V. KHEN THƯỞNG
1. Bình xét.
2. Trao thưởng.”.
5. Sửa đổi, bổ sung các nhiệm vụ tại Mục II như sau:
a) Nhiệm vụ số 2, Quý II: chuyển sang Quý III; chủ trì “Phòng Văn hóa - Xã hội” sửa thành “Văn phòng”; \
thời gian thực hiện “Tháng 5” sửa thành “Tháng 7”; bổ sung ghi chú “Gắn với sơ kết”;
b) Nhiệm vụ số 5, Quý IV: chuyển đến sau nhiệm vụ “Tập huấn nghiệp vụ”;
c) Nhiệm vụ số 4, Quý III: chuyển sang Quý IV; bỏ đơn vị phối hợp “Các thôn”.
6. Bổ sung nhiệm vụ sau đây tại Mục II:
TT\tNội dung\tChủ trì\tThời gian thực hiện
QUÝ IV
3\tTập huấn nghiệp vụ\tPhòng Văn hóa - Xã hội\tTháng 10
7. Bãi bỏ Mục III.
8. Bãi bỏ nhiệm vụ số 3, Quý II (“Sơ kết sáu tháng đầu năm”) tại Mục II.
9. Số thứ tự các nhiệm vụ tại Mục II đánh lại theo thứ tự sau khi sửa đổi, bổ sung.
"""
        + FOOT
    )


def test_without_a_difference_the_paper_says_so(draft):
    assert printed_text(draft) == f"{HEAD}(Chưa có nội dung nào sửa đổi, bổ sung so với {CITED}.)\n{FOOT}"


@pytest.mark.parametrize(("to", "check"), [("pdf", check_pdf), ("docx", check_docx)])
def test_the_paper_keeps_the_layout_of_decree_30(draft, officer, to, check):
    change_everything(draft, officer)
    paper = printed(any_plan(draft.pk))

    assert check(paper, render(paper, to)) == []


# -- One kind of change after the other ----------------------------------------------------

OLD = Text(
    (
        section("I. MỤC ĐÍCH", "1. Một.", "2. Hai.", "3. Ba."),
        section("II. NHIỆM VỤ", "1. Chung", "[Bảng nhiệm vụ]", "2. Riêng"),
        section("III. THỰC HIỆN", "Các thôn thực hiện."),
    ),
    numbered("Phát động", "Sơ kết", "Tổng kết"),
    COLUMNS,
)
KEPT = unchanged(OLD)
APPENDIX = AppendixData("Phụ lục", "CÁC NHIỆM VỤ", "(Kèm theo Kế hoạch)", QUARTERS)
BULLETS = Table(parse_layout("quarters-bullets"), ())


def said(new: Text, origins: Origins = KEPT, old: Text = OLD) -> list[str]:
    """The items as the text form prints them."""
    composed = compose_amending(EMPTY_HEAD, amendment=Amendment(old, new, origins, CITED))
    return render_text(composed).split("KẾ HOẠCH\nSửa đổi\n")[1].splitlines()


EMPTY_HEAD = PlanData(
    kind="annual", year=2026, superior="", issuer="", number="", symbol="", place="", date=PartialDate(),
    title="KẾ HOẠCH", subject="Sửa đổi", preamble=(), blocks=(), table=None, tasks=(), closing="", recipients=(),
    archive="", signature_lines=(), signature_post="", signature_name="", appendix=None,
)  # fmt: skip


def with_section(at: int, new):
    return replace(OLD, sections=(*OLD.sections[:at], new, *OLD.sections[at + 1 :]))


@pytest.mark.parametrize(
    ("new", "origins", "lines"),
    [
        (
            with_section(0, replace(OLD.sections[0], heading=Heading("I.", "MỤC TIÊU", 1))),
            KEPT,
            ["1. Sửa đổi tiêu đề Mục I như sau:", "“I. MỤC TIÊU”."],
        ),
        (
            with_section(2, replace(OLD.sections[2], heading=Heading("IV.", "THỰC HIỆN", 1))),
            KEPT,
            ["1. Mục III đổi thành Mục IV."],
        ),
        (
            with_section(1, section("II. NHIỆM VỤ", "1. Chung, gồm:", "[Bảng nhiệm vụ]", "2. Riêng")),
            KEPT,
            [
                "1. Sửa đổi, bổ sung khoản 1 Mục II như sau:",
                "“1. Chung, gồm:",
                f"(Bảng nhiệm vụ theo {CITED})”.",
            ],
        ),
        (
            with_section(0, section("I. MỤC ĐÍCH", "1. Một.", "3. Ba.")),
            KEPT,
            ["1. Bãi bỏ khoản 2 Mục I."],
        ),
        (
            with_section(0, section("I. MỤC ĐÍCH", "0. Không.", "1. Một.", "2. Hai.", "3. Ba.")),
            KEPT,
            ["1. Bổ sung khoản 0 vào trước khoản 1 Mục I như sau:", "“0. Không.”."],
        ),
        (
            replace(OLD, sections=(OLD.sections[2], *OLD.sections[:2])),
            Origins((2, 0, 1), KEPT.tasks),
            ["1. Chuyển Mục III đến trước Mục I."],
        ),
        (
            replace(OLD, table=replace(COLUMNS, columns=("TT", "Việc", "Chủ trì", "Phối hợp", "Hạn"))),
            KEPT,
            ["1. Bảng nhiệm vụ tại Mục II trình bày theo các cột: “TT”; “Việc”; “Chủ trì”; “Phối hợp”; “Hạn”."],
        ),
        (
            replace(OLD, tasks=()),
            Origins(KEPT.sections, ()),
            [
                "1. Bãi bỏ các nhiệm vụ sau đây tại Mục II:",
                "a) Nhiệm vụ số 1 (“Phát động”);",
                "b) Nhiệm vụ số 2 (“Sơ kết”);",
                "c) Nhiệm vụ số 3 (“Tổng kết”).",
            ],
        ),
    ],
    ids=[
        "a heading", "a marker", "an entry with the table", "an entry less", "an entry in front", "a section moved",
        "columns", "tasks repealed",
    ],
)  # fmt: skip
def test_each_change_is_said_in_its_own_words(new, origins, lines):
    assert said(new, origins) == lines


def test_more_tasks_than_letters_stand_behind_dashes():
    old = replace(OLD, tasks=numbered(*[f"Việc {number}" for number in range(1, 31)]))

    lines = said(replace(old, tasks=()), Origins(KEPT.sections, ()), old)

    assert lines[1] == "- Nhiệm vụ số 1 (“Việc 1”);"
    assert lines[30] == "- Nhiệm vụ số 30 (“Việc 30”)."


def test_tasks_of_an_appendix_are_cited_there_and_so_is_its_title():
    old = replace(OLD, table=None, appendix=APPENDIX, tasks=(task("Phát động", 1, 1), task("Sơ kết", 2, 2)))
    new = replace(
        old,
        tasks=(replace(old.tasks[0], time_text="Tháng 3"), old.tasks[1]),
        appendix=replace(APPENDIX, subject="DANH MỤC NHIỆM VỤ", reference="(Kèm theo một kế hoạch khác)"),
    )

    assert said(new, Origins(KEPT.sections, (0, 1)), old) == [
        "1. Sửa đổi Phụ lục: tiêu đề là “DANH MỤC NHIỆM VỤ”.",
        "2. Sửa đổi, bổ sung nhiệm vụ tại Phụ lục như sau:",
        "Nhiệm vụ số 1, Quý I: bổ sung thời gian thực hiện “Tháng 3”.",
    ]


def test_where_tasks_are_dashes_added_ones_are_too_and_are_cited_by_their_words():
    old = replace(OLD, table=BULLETS, tasks=(task("Phát động", None, 1), task("Sơ kết", None, 2)))
    new = replace(
        old,
        tasks=(*old.tasks, task("Kiểm tra", None, 3, time_text="Tháng 8"), task("Tổng kết", None, 4)),
    )
    shorter = replace(old, tasks=old.tasks[:1])

    assert said(new, Origins(KEPT.sections, (0, 1, None, None)), old) == [
        "1. Bổ sung các nhiệm vụ sau đây tại Mục II:",
        "a) Quý III:",
        "- Kiểm tra (Tháng 8)",
        "b) Quý IV:",
        "- Tổng kết",
    ]
    assert said(shorter, Origins(KEPT.sections, (0,)), old) == ["1. Bãi bỏ nhiệm vụ “Sơ kết”, Quý II tại Mục II."]


def test_sections_with_the_same_marker_are_told_apart_by_their_words():
    old = replace(OLD, sections=(section("I. MỘT", "Lời."), section("I. HAI", "Lời.")))

    assert said(replace(old, sections=old.sections[:1]), Origins((0,), KEPT.tasks), old) == [
        "1. Bãi bỏ Mục I (“HAI”)."
    ]


def test_headings_below_others_are_cited_within_them():
    old = replace(OLD, sections=(section("I. MỘT"), section("1. Hai", "a) Ba.", "b) Bốn.", level=2)))
    new = replace(old, sections=(old.sections[0], section("1. Hai", "a) Ba.", "b) Năm.", level=2)))

    assert said(new, Origins((0, 1), KEPT.tasks), old) == [
        "1. Sửa đổi, bổ sung điểm b khoản 1 Mục I như sau:",
        "“b) Năm.”.",
    ]


def test_a_decision_is_amended_by_articles():
    old = Text((section("", "Điều 1. Thành lập Hội đồng.", "Điều 2. Hội đồng họp."),), ())
    new = replace(old, sections=(section("", "Điều 1. Thành lập Hội đồng.", "Điều 2. Hội đồng họp mỗi quý."),))
    head = replace(
        EMPTY_HEAD,
        kind=DECISION,
        preamble=("QUYẾT ĐỊNH:",),
        closing="Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
    )

    paper = compose_amending(head, amendment=Amendment(old, new, unchanged(old), "Quyết định số 5/QĐ-UBND"))

    assert paper.preamble == (EnactingLine("QUYẾT ĐỊNH:"),)
    assert paper.body[0] == Article("Điều 1.", "Sửa đổi, bổ sung một số điều của Quyết định số 5/QĐ-UBND như sau:")
    assert render_text(paper).splitlines()[-3:] == [
        "1. Sửa đổi, bổ sung Điều 2 như sau:",
        "“Điều 2. Hội đồng họp mỗi quý.”.",
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
    ]
    assert paper.body[-1] == Article("Điều 2.", "Quyết định này có hiệu lực kể từ ngày ký.")


def test_quotation_marks_stand_around_all_that_is_new():
    blocks = compose_blocks((Heading("I.", "MỘT", 1), *section("", "Hai.", "- Ba.").lines), ())

    first, *_, last = quoted(blocks)

    assert (first.marker, last.text) == ("“I.", "Ba.”.")
    assert quoted(()) == ()
