"""What a pasted table or list is taken for: columns, samples of every program; and that no word gets lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.layouts import Field, fields_of
from plans.pasting import Holds, Left, Sure, read_clipboard, recognise
from plans.pasting.fields import WANTED
from plans.pasting.grid import Grid
from tests.plans.pasting.samples_of import fields, left, pasted, row, table

CULTURE, OFFICE, COUNCIL = "Phòng Văn hóa - Xã hội", "Văn phòng HĐND và UBND", "Hội đồng TĐKT xã"


# -- Whole samples ---------------------------------------------------------------------------


def test_a_table_of_word_with_a_head_of_two_rows_and_merged_quarters():
    found = pasted("word_table.html")

    assert fields(found) == ["number", "content", "lead", "support", "time_text"]
    plan = "Xây dựng kế hoạch công tác thi đua, khen thưởng của xã, gửi các thôn trước khi họp giao ban;"
    both = (CULTURE, OFFICE)
    assert found.rows == (
        row(
            "1",
            f"{plan} - lấy ý kiến Mặt trận Tổ quốc",
            both,
            ("Các thôn", "Trạm Y tế"),
            "Tháng 01",
            quarter=1,
            rows=(4,),
        ),
        row("2", "Tổ chức ký giao ước thi đua", both, (), "Trước 20/3", quarter=1, rows=(5,)),
        row("3", "Sơ kết phong trào thi đua sáu tháng đầu năm", (COUNCIL,), (), "30/6/2026", quarter=2, rows=(7,)),
    )
    assert [(leftover.text, leftover.why) for leftover in found.leftovers if leftover.kind is Left.GROUP] == [
        ("I. QUÝ I", "Các nhiệm vụ bên dưới thuộc quý I."),
        ("II. QUÝ II", "Các nhiệm vụ bên dưới thuộc quý II."),
    ]
    assert left(found, Left.OUTSIDE, Left.IGNORED, Left.UNREAD) == ["PHỤ LỤC"]


@pytest.mark.parametrize("name", ["excel.html", "excel.tsv"])
def test_a_sheet_of_excel_with_titles_above_its_head(name):
    found = pasted(name)

    assert fields(found) == ["number", "content", "lead", "time_text", "note"]
    assert found.rows == (
        row("1", '"Ngày hội" gặp mặt điển hình tiên tiến của xã', (CULTURE,), (), "Quý II", quarter=2, rows=(4,)),
        row(
            "2",
            "Thẩm định hồ sơ khen thưởng: - của tập thể - của hộ gia đình",
            (OFFICE, COUNCIL),
            (),
            "Tháng 11-12",
            "Họp hai kỳ",
            rows=(5,),
        ),
    )
    assert left(found, Left.OUTSIDE) == ["ỦY BAN NHÂN DÂN XÃ LŨNG VÀI", "DANH MỤC NHIỆM VỤ NĂM 2026"]


def test_a_table_of_google_with_a_column_of_quarters():
    found = pasted("google_docs.html")

    assert fields(found) == ["quarter", "content", "lead"]
    assert found.rows == (
        row("", "Gặp mặt đầu xuân, phát động thi đua", (OFFICE, "Đoàn Thanh niên"), quarter=1, rows=(2,)),
        row("", "Trồng cây đời đời nhớ ơn Bác Hồ", ("Phòng Kinh tế",), quarter=1, rows=(3,)),
        row(
            "",
            "Nêu gương người tốt, việc tốt trên loa truyền thanh",
            (CULTURE,),
            (),
            "Cả năm",
            rows=(4,),
            remarks=("«Cả năm» không phải một quý của năm 2026: đưa vào thời gian.",),
        ),
    )


def test_a_web_page_with_a_column_that_no_task_has():
    found = pasted("web_page.html")

    assert fields(found) == ["number", "content", "time_text", "ignored"]
    assert found.columns[3].why == "Tên cột «Kinh phí» không ứng với mục nào của nhiệm vụ; hãy chọn nếu cần lấy."
    assert [(task.content, task.time_text, task.quarter) for task in found.rows] == [
        ("Mở chuyên mục «Gương sáng thôn bản»", "Hằng tháng", None),
        ("Thi tìm hiểu Luật Thi đua, khen thưởng trong các trường học", "Quý IV", 4),
    ]
    assert left(found, Left.OUTSIDE) == ["- Trang chủ", "- Tin tức", "Lịch công tác thi đua", "Biểu số 1"]
    assert left(found, Left.IGNORED) == ["5 triệu đồng"]


def test_writer_with_leads_and_supporters_in_one_column():
    found = pasted("libreoffice_writer.html")

    assert fields(found) == ["number", "content", "lead", "time_text"]
    assert [(task.lead, task.support, task.time_text, task.quarter) for task in found.rows] == [
        ((OFFICE,), ("Phòng Kinh tế", "Đoàn Thanh niên"), "Tháng 01/2026", 1),
        ((OFFICE,), (), "Trước ngày 10/02/2026", 1),
        ((CULTURE,), (), "Tháng 5", 2),
        ((CULTURE,), (), "Tháng 6", 2),
    ]


def test_calc_with_its_columns_in_another_order():
    found = pasted("libreoffice_calc.html")

    assert fields(found) == ["time_text", "content", "lead", "support", "number"]
    assert found.rows == (
        row(
            "1",
            "Nghiệm thu sáng kiến cấp cơ sở",
            ("Hội đồng sáng kiến",),
            ("Phòng Kinh tế", "Trường Tiểu học"),
            "Tháng 2",
            rows=(2,),
        ),
        row("2", "Kiểm tra việc công khai khen thưởng", (OFFICE,), (), "Tháng 2", rows=(3,)),
    )
    assert left(found, Left.GROUP) == ["A. NHIỆM VỤ THƯỜNG KỲ"]


def test_a_sheet_without_a_head_in_mixed_order():
    found = pasted("no_head.tsv")

    assert [(column.field.value, column.sure, column.why) for column in found.columns] == [
        ("time_text", Sure.CERTAIN, "4 trong 4 ô đọc được thành thời gian."),
        ("lead", Sure.LIKELY, "Các ô ghi tên cơ quan, đơn vị."),
        ("content", Sure.LIKELY, "Cột có nhiều chữ nhất."),
        ("number", Sure.CERTAIN, "Các ô là số thứ tự 1, 2, 3…"),
    ]
    assert [(task.number, task.lead, task.time_text, task.quarter) for task in found.rows] == [
        ("1", (CULTURE,), "Quý I", 1),
        ("2", ("Đoàn Thanh niên xã",), "Quý II", 2),
        ("3", (CULTURE,), "Trước ngày 15/9", None),
        ("4", (COUNCIL,), "Quý IV", 4),
    ]
    assert found.leftovers == ()


def test_a_plain_list_with_times_in_brackets_and_lines_that_say_who():
    found = pasted("list.txt")

    assert found.rows == (
        row("1", "Phát động phong trào thi đua năm 2026 trong toàn xã", (), (), "Quý I", quarter=1, rows=(1,)),
        row(
            "2",
            "Tổ chức hội nghị điển hình tiên tiến",
            (CULTURE,),
            ("Mặt trận Tổ quốc xã", "các thôn"),
            "trước ngày 19/8",
            rows=(2, 3, 4, 5),
        ),
        row(
            "3",
            "Rà soát hồ sơ khen thưởng kháng chiến còn tồn đọng, báo cáo Sở Nội vụ kết quả",
            (),
            (),
            "tháng 10/2026",
            rows=(6, 7),
            remarks=("Đã nối các dòng bên dưới vào nội dung nhiệm vụ này.",),
        ),
    )
    assert left(found, Left.GROUP) == ["NHIỆM VỤ TRỌNG TÂM NĂM 2026"]


def test_a_list_under_quarters_loses_numbers_that_run_on_and_dashes():
    found = pasted("quarters.txt")

    assert [(task.quarter, task.number, task.content) for task in found.rows] == [
        (1, "1", "Ban hành kế hoạch."),
        (1, "2", "Ký giao ước thi đua."),
        (2, "1", "Sơ kết sáu tháng."),
        (3, "", "Kiểm tra chéo."),
        (3, "", "Tập huấn nghiệp vụ."),
    ]
    assert left(found, Left.GROUP) == ["I. Quý I", "II. Quý II năm 2026:", "III. QUÝ III (tháng 7 - 9)"]


@pytest.mark.parametrize("form", ["text", "html"])
def test_two_hundred_rows(form):
    tasks = [
        (f"{n}", f"Tổ chức buổi sinh hoạt thứ {n} của các tổ", f"Thôn {n % 9 + 1}", f"Tháng {n % 12 + 1}")
        for n in range(1, 201)
    ]
    text = "".join("\t".join(task) + "\n" for task in tasks)
    html = "<table>" + "".join("<tr>" + "".join(f"<td>{cell}" for cell in task) for task in tasks) + "</table>"

    found = recognise(read_clipboard(text) if form == "text" else read_clipboard("", html), 2026)

    assert [(task.number, task.content, *task.lead, task.time_text) for task in found.rows] == tasks
    assert found.leftovers == ()


# -- Columns ---------------------------------------------------------------------------------


def test_the_words_of_heads_are_those_that_papers_are_read_with():
    same = {Holds.TIME: Field.TIME} | {name: Field(name.value) for name in Holds if name.value in list(Field)}

    assert set(same) == set(WANTED) - {Holds.QUARTER} == {Holds(name) for name in WANTED if name != Holds.QUARTER}
    for name, phrases in WANTED.items():
        for phrase in phrases if name in same else ():
            # The first column takes the number, so that a head without meaning could only be the content.
            assert fields_of(["Số TT", phrase])[name is not Holds.NUMBER] == (same[Holds(name)],)


def test_names_count_as_leads_and_then_as_supporters():
    found = recognise(
        table("Tổ chức hội thi văn nghệ toàn xã | Công an xã | Các thôn", "Họp sơ kết | Công an xã | Các thôn"), 2026
    )

    assert fields(found) == ["content", "lead", "support"]


def test_known_names_tell_a_column_of_names():
    grid = table(
        "Tổ chức hội thi văn nghệ toàn xã năm nay | Lò Thị Hoa", "Họp sơ kết công tác sáu tháng | Cà Văn Mạnh"
    )

    assert fields(recognise(grid, 2026)) == ["content", "ignored"]
    assert fields(recognise(grid, 2026, known_names=["Lò Thị Hoa", "Cà Văn Mạnh"])) == ["content", "lead"]


def test_tasks_that_name_a_year_are_no_times():
    assert fields(recognise(table("1 | Tổng kết năm 2026", "2 | Sơ kết quý II năm 2026"), 2026)) == [
        "number",
        "content",
    ]


def test_quarters_of_several_columns_are_not_taken_for_one_column_of_quarters():
    found = recognise(table("TT | Nội dung | Quý I | Quý II", "1 | Họp | x | "), 2026)

    assert fields(found) == ["number", "content", "ignored", "ignored"]
    assert left(found, Left.IGNORED) == ["x"]


# -- Nothing lost ----------------------------------------------------------------------------

texts = st.sampled_from(
    [
        "",
        "",
        "1",
        "2.",
        "QUÝ I",
        "Quý II/2026",
        "Tháng 3",
        "Họp giao ban",
        "và sơ kết",
        "Công an xã",
        "Các thôn; Trạm Y tế",
    ]
    + [
        "TT",
        "Nội dung",
        "Chủ trì",
        "Phối hợp",
        "Thời gian",
        "Ghi chú",
        "(1)",
        "A",
        "II",
        "- Bình xét",
        "VIỆC KHÁC",
        "x/y",
    ]
    + ["3. Tập huấn (tháng 4)", "Công tác:", "Phụ lục kèm theo", "Quý", "Ngày 30/6", "UBND xã\nCông an xã"]
)


def grids(most: int) -> st.SearchStrategy[list[list[str]]]:
    return st.integers(1, most).flatmap(
        lambda width: st.lists(st.lists(texts, min_size=width, max_size=width), max_size=8)
    )


def words(text: str) -> set[str]:
    """Without the number before a name, which no list of names keeps."""
    return set(re.findall(r"\w+", re.sub(r"^\d\.( |$)", "", text)))


@given(grids(6), st.data())
def test_every_word_is_in_a_row_or_left_over(rows, data):
    grid = Grid(tuple(map(tuple, rows)))
    found = recognise(grid, 2026)
    if found.columns and data.draw(st.booleans()):
        chosen = [
            data.draw(st.sampled_from(["lead", "support", "content", "ignored", "note", "time_text"]))
            for _ in found.columns
        ]
        found = found.retake([*chosen[1:], "content"])

    shown: dict[int, set[str]] = {}
    for leftover in found.leftovers:
        shown.setdefault(leftover.row, set()).update(words(leftover.text))
        assert leftover.why.endswith(".")
        assert grid.rows[leftover.row][leftover.column] == leftover.text
    for task in found.rows:
        quarter = f"Quý {['I', 'II', 'III', 'IV'][task.quarter - 1]} {task.quarter} QUÝ 2026" if task.quarter else ""
        said = [task.number, task.content, *task.lead, *task.support, task.time_text, task.note, quarter]
        for number in task.rows:
            shown.setdefault(number, set()).update(words(" ".join(said)))
    for number, cells in enumerate(grid.rows):
        assert set().union(*map(words, cells)) <= shown.get(number, set())


@given(grids(5))
def test_every_task_says_something_and_stands_where_it_was_found(rows):
    found = recognise(Grid(tuple(map(tuple, rows))), 2026)

    assert all(task.content and 0 <= min(task.rows) <= max(task.rows) < len(rows) for task in found.rows)
    assert [min(task.rows) for task in found.rows] == sorted(min(task.rows) for task in found.rows)
