"""Score tables as offices draw them, read into trees: marks, sums, bonus and penalty in words, what is asked."""

from __future__ import annotations

import io
from decimal import Decimal

import docx
import openpyxl
import pytest

from clusters.criteria.reading.building import NO, Reading, build
from clusters.criteria.reading.marks import Levels, mark_of
from clusters.criteria.reading.rows import NoTable, read_rows
from clusters.criteria.reading.sources import Source, from_file, loaded, pasted

D = Decimal

OFFICE = """\
\tUBND TỈNH HƯNG YÊN\t\t\t
\tBẢNG CHẤM ĐIỂM THI ĐUA KHỐI CÁC XÃ, PHƯỜNG NĂM 2026\t\t\t
\t\t\t\t
TT\tNội dung tiêu chí\tĐiểm chuẩn\tTự chấm\tKhối chấm
A\tB\t1\t2\t3
I\tPHÁT TRIỂN KINH TẾ - XÃ HỘI\t50\t\t
1\tThu ngân sách trên địa bàn so với kế hoạch giao\t20\t\t
2\tCông tác giảm nghèo\t30\t\t
2.1\tTỷ lệ hộ nghèo giảm so với kế hoạch\t10\t\t
2.2\tHỗ trợ nhà ở cho hộ nghèo\t20\t\t
\t- Có kế hoạch hỗ trợ\t\t\t
\t- Hoàn thành trước 30/11\t\t\t
II\tCÔNG TÁC THI ĐUA, KHEN THƯỞNG\t50\t\t
1\tBan hành kế hoạch đúng hạn\t20\t\t
\tBan hành trong quý I\t20\t\t
\tBan hành trong quý II\t10\t\t
2\tXếp loại hồ sơ: loại A: 30 điểm, loại B: 20 điểm, loại C: 10 điểm\t30\t\t
\tTỔNG CỘNG\t100\t\t
III\tĐIỂM THƯỞNG\t10\t\t
1\tCó mô hình mới được nhân rộng\t5\t\t
2\tThực hiện tốt quy định về thi đua\t5\t\t
IV\tĐIỂM TRỪ\t\t\t
1\tGửi báo cáo chậm từ 05 ngày đến dưới 10 ngày\t-5\t\t
2\tGửi báo cáo chậm từ 10 ngày đến dưới 15 ngày\t-10\t\t
3\tGửi báo cáo chậm từ 15 ngày trở lên\t-20\t\t
4\tMỗi hồ sơ bị trả lại do không đúng quy định\t-5\t\t
5\tKhông cử lãnh đạo dự họp khối\t-5\t\t
\t\t\t\t
\tNơi nhận: như trên\t\t\t
"""


def read(text: str, **answers: str) -> Reading:
    return build(read_rows(pasted(text).rows), answers)


def rows(reading: Reading) -> list[tuple[int, str, str, str]]:
    return [
        (depth, one.code, "" if one.children else one.kind, str(one.points.normalize().__format__("f")))
        for depth, one in reading.rows
    ]


def questions(reading: Reading) -> dict[str, str]:
    return {one.key: one.answer for one in reading.questions}


class TestAnOfficesTable:
    def test_its_tree_points_and_kinds(self):
        assert rows(read(OFFICE)) == [
            (0, "I", "", "50"),
            (1, "I.1", "ratio", "20"),
            (1, "I.2", "", "30"),
            (2, "I.2.1", "ratio", "10"),
            (2, "I.2.2", "manual", "20"),
            (0, "II", "", "50"),
            (1, "II.1", "manual", "20"),
            (1, "II.2", "grades", "30"),
            (0, "III", "", "10"),
            (1, "III.1", "bonus", "5"),
            (1, "III.2", "bonus", "5"),
            (0, "IV", "", "30"),
            (1, "IV.1", "penalty", "20"),
            (1, "IV.4", "penalty", "5"),
            (1, "IV.5", "penalty", "5"),
        ]

    def test_what_words_say_of_penalties_and_grades(self):
        found = {one.code: one for _, one in read(OFFICE).rows}

        assert found["IV.1"].rule == {
            "late": [{"days": 5, "points": 5}, {"days": 10, "points": 10}, {"days": 15, "points": 20}]
        }
        assert found["IV.4"].rule == {"returned_each": 5}
        assert found["II.2"].rule == {"grades": {"A": 30, "B": 20, "C": 10}}
        assert found["I.2.1"].is_lower_better

    def test_lines_without_points_tell_how_to_score(self):
        found = {one.code: one for _, one in read(OFFICE).rows}

        assert found["I.2.2"].guidance == ["- Có kế hoạch hỗ trợ", "- Hoàn thành trước 30/11"]
        assert found["II.1"].guidance == ["- Ban hành trong quý I: 20 điểm", "- Ban hành trong quý II: 10 điểm"]

    def test_what_is_unsure_is_asked_with_a_proposal(self):
        assert questions(read(OFFICE)) == {"thuong": "tru", "muc-14": "co", "cham": "co", "ty-le": "co"}

    def test_answers_change_the_tree(self):
        found = read(OFFICE, thuong="co", cham=NO, **{"ty-le": NO, "muc-14": NO})

        kinds = {code: kind for _, code, kind, _ in rows(found)}
        assert (kinds["I.1"], kinds["I.2.2"]) == ("yes_no", "yes_no")
        assert [code for code in kinds if code.startswith("IV.")] == ["IV.1", "IV.2", "IV.3", "IV.4", "IV.5"]
        assert [code for code in kinds if code.startswith("II.1.")] == ["II.1.1", "II.1.2"]

    def test_sums_signatures_and_columns_not_read_are_told(self):
        table = read(OFFICE).table

        assert table.total == 100
        assert [line for line, _ in table.left_out] == [18, 29]
        assert table.unused == ()
        assert set(table.heads) == {"mark", "content", "points", "self", "judged"}

    def test_a_group_that_does_not_add_up_is_told(self):
        found = read(OFFICE.replace("XÃ HỘI\t50", "XÃ HỘI\t55"))

        assert found.tree[0].notes == ["Ghi 55 điểm, bên trong cộng được 50."]


class TestMarks:
    @pytest.mark.parametrize(
        ("cells", "depths"),
        [
            (["I", "1", "a)", "-", "2", "II", "1"], [0, 1, 2, 3, 1, 0, 1]),
            (["A", "I", "1", "1.1", "1.2", "2", "II", "B"], [0, 1, 2, 3, 3, 2, 1, 0]),
            (["1", "1.1", "1.1.1", "1.2", "2", "2.1"], [0, 1, 2, 1, 0, 1]),
            (["I", "1", "II", "a)", "b)"], [0, 1, 0, 1, 1]),
            (["G", "H", "I", "K"], [0, 0, 0, 0]),
            (["I", "1", "+", "2", "+"], [0, 1, 2, 1, 2]),
        ],
    )
    def test_a_mark_seen_before_stands_where_it_stood(self, cells, depths):
        levels = Levels()

        assert [levels.depth_of(mark_of(cell)) for cell in cells] == depths

    def test_a_sheet_that_made_1_10_a_number(self):
        levels, read = Levels(), []
        for cell in ["1", *(f"1.{n}" for n in range(1, 10)), "1.1", "1.11"]:
            mark = levels.mended(mark_of(cell))
            levels.depth_of(mark)
            read.append(mark.text)

        assert read[-3:] == ["1.9", "1.10", "1.11"]

    @pytest.mark.parametrize("cell", ["Kinh tế", "2026 năm", "xã", ""])
    def test_words_are_no_mark(self, cell):
        assert mark_of(cell) is None


class TestOtherTables:
    def test_marks_in_front_of_the_words(self):
        text = "Nội dung\tĐiểm tối đa\nI. Kinh tế\t\n1.1. Thu ngân sách\t10\n1.2. Chi ngân sách\t5,5"

        assert rows(read(text)) == [(0, "I", "", "15.5"), (1, "1.1", "manual", "10"), (1, "1.2", "manual", "5.5")]

    def test_a_body_pasted_without_its_head(self):
        assert rows(read("I\tKinh tế xã hội\t30\n1\tThu ngân sách\t20\n2\tHộ nghèo\t10")) == [
            (0, "I", "", "30"),
            (1, "1", "manual", "20"),
            (1, "2", "manual", "10"),
        ]

    def test_points_of_a_heading_go_to_the_rows_below_it(self):
        text = (
            "TT\tNội dung\tĐiểm\nI\tĐiểm chuẩn\t10\n1\tHọp đủ\t10\n"
            "II\tTrừ 05 điểm trong các trường hợp sau\t\n1\tKhông dự họp\t\n2\tMỗi hồ sơ trả về\t"
        )

        found = read(text)

        assert rows(found)[2:] == [(0, "II", "", "10"), (1, "II.1", "penalty", "5"), (1, "II.2", "penalty", "5")]

    def test_evidence_and_measure_come_along(self):
        text = "TT\tNội dung\tĐVT\tĐiểm chuẩn\tMinh chứng\n1\tSản lượng\ttấn\t10\tBáo cáo thống kê\n2\tHọp\t\t5\t"

        first, second = (node.values for node in read(text).nodes)

        assert (first.measure, first.needs_evidence, first.kind) == ("tấn", True, "ratio")
        assert first.guidance == "Tài liệu kiểm chứng: Báo cáo thống kê"
        assert (second.needs_evidence, second.starts_full) == (False, True)

    @pytest.mark.parametrize("text", ["chỉ có chữ", "TT\tNội dung\n1\tHọp", "Họ tên\tNăm sinh\nAn\t"])
    def test_what_is_no_score_table_is_said(self, text):
        with pytest.raises(NoTable):
            read(text)


class _Upload(io.BytesIO):
    def __init__(self, content: bytes, name: str) -> None:
        super().__init__(content)
        self.name, self.size = name, len(content)


def test_a_workbook_with_a_merged_title_and_a_second_sheet():
    book = openpyxl.Workbook()
    book.active.append(["Ghi chú"])
    sheet = book.create_sheet("Bảng điểm")
    sheet.append(["BẢNG ĐIỂM THI ĐUA"])
    sheet.merge_cells("A1:D1")
    for row in (["TT", "Nội dung", "Điểm chuẩn", "Tự chấm"], ["I", "Kinh tế", 30, None], [1.1, "Thu", 12.5, None]):
        sheet.append(row)
    sheet.append([1.2, "Chi", 17.5, None])
    content = io.BytesIO()
    book.save(content)

    [source] = from_file(_Upload(content.getvalue(), "bang.xlsx"))

    assert source.name == "Bảng điểm"
    assert rows(build(read_rows(source.rows))) == [
        (0, "I", "", "30"),
        (1, "1.1", "manual", "12.5"),
        (1, "1.2", "manual", "17.5"),
    ]


def test_the_annex_of_a_paper():
    document = docx.Document()
    document.add_paragraph("PHỤ LỤC")
    table = document.add_table(rows=0, cols=3, style="Table Grid")
    for cells in (("TT", "Tiêu chí", "Điểm chuẩn"), ("1", "Họp đủ", "10"), ("2", "Báo cáo", "20")):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    content = io.BytesIO()
    document.save(content)

    [source] = from_file(_Upload(content.getvalue(), "hd.docx"))

    assert rows(build(read_rows(source.rows))) == [(0, "1", "manual", "10"), (0, "2", "manual", "20")]


def test_what_the_page_keeps_is_what_was_read():
    source = pasted(OFFICE)

    assert loaded(source.dump()) == Source("Phần vừa dán", source.rows)
