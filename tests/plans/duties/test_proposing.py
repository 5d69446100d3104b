"""What is proposed of a paper: with its day, its sentence, ticked or with the reason why not. No database."""

from __future__ import annotations

import datetime as dt
import io

import pytest

from documents.reading.files import read_source
from documents.reading.source import Source
from documents.reading.word.reading import read_docx
from plans.duties.presenters import Piece, marks_of, shown_source
from plans.duties.proposing import PaperHead, Proposal, Read, Taker, propose
from plans.duties.recurring import coming_days, following_day
from plans.reading import read_plan
from tests.plans.duties.conftest import LETTER

TODAY = dt.date(2026, 5, 13)


def read(source: str | Source, level: str = "commune", today: dt.date = TODAY) -> Read:
    if isinstance(source, str):
        source = read_source(io.BytesIO(source.encode()), "")
    return propose(source, read_plan(source, today=today), Taker(level, ("xã Vân Khê",)), today)


def told(found: Read) -> list[tuple[str, dt.date | None, str, bool, str]]:
    return [(one.what, one.due, one.recurrence, one.is_ticked, one.why) for one in found.proposals]


def table(*rows: tuple[str, ...]) -> Source:
    from docx import Document  # noqa: PLC0415 -- slow to import

    document = Document()
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Công tác thi đua, khen thưởng năm 2026")
    document.add_paragraph("I. NHIỆM VỤ")
    grid = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text
    content = io.BytesIO()
    document.save(content)
    return read_docx(content.getvalue())


def test_a_letter_is_read_with_its_head_and_its_duties():
    found = read(LETTER)

    assert found.head == PaperHead("Công văn", "1479/SNV-TĐKT", dt.date(2026, 5, 5), 2026, "Sở Nội vụ", "")
    assert told(found) == [
        (
            "Gửi báo cáo sơ kết công tác thi đua về Sở Nội vụ trước ngày 10/7 hằng năm",
            dt.date(2026, 7, 9),
            "year",
            True,
            "",
        ),
        (
            "Rà soát, kiện toàn Hội đồng Thi đua - Khen thưởng cấp xã, hoàn thành trước ngày 30/5/2026",
            dt.date(2026, 5, 29),
            "",
            True,
            "",
        ),
        (
            "Tổng hợp kết quả của các xã trước ngày 20/7/2026",
            dt.date(2026, 7, 19),
            "",
            False,
            "Câu này giao cho Phòng Thi đua.",
        ),
    ]
    assert (found.proposals[0].send, found.proposals[0].to) == ("báo cáo sơ kết công tác thi đua", "Sở Nội vụ")


def test_each_sentence_is_marked_in_the_picture_of_the_paper():
    found = read(LETTER)
    proposals = [one.as_json() | {"key": str(number)} for number, one in enumerate(found.proposals)]

    marked = [block.pieces for block in shown_source(found.source, proposals) if any(one.mark for one in block.pieces)]

    assert [[piece for piece in pieces if piece.mark] for pieces in marked] == [
        [Piece(proposal.excerpt, number)] for number, proposal in enumerate(found.proposals, start=1)
    ]
    assert marks_of(proposals) == {"0": 1, "1": 2, "2": 3}
    shown = ["".join(piece.text for piece in block.pieces) for block in shown_source(found.source, proposals)]
    assert shown == [block["text"] for block in found.source]


def test_a_superiors_table_of_tasks_is_proposed_row_by_row():
    found = read(
        table(
            ("TT", "Nội dung", "Thời gian", "Chủ trì", "Phối hợp"),
            ("1", "Đăng ký danh hiệu thi đua", "Trước ngày 15/6/2026", "UBND các xã, phường", "Sở Nội vụ"),
            ("2", "Thẩm định hồ sơ khen thưởng", "Tháng 11/2026", "Sở Nội vụ", "Sở Tài chính"),
            ("3", "Tuyên truyền điển hình tiên tiến", "Thường xuyên", "Các cơ quan, đơn vị", ""),
        )
    )

    assert told(found) == [
        ("Đăng ký danh hiệu thi đua", dt.date(2026, 6, 14), "", True, ""),
        ("Thẩm định hồ sơ khen thưởng", dt.date(2026, 11, 30), "", False, "Việc này giao cho Sở Nội vụ."),
        ("Tuyên truyền điển hình tiên tiến", None, "", False, "Việc này không ghi hạn."),
    ]
    assert found.proposals[0].lead == ("UBND các xã, phường",)
    assert [one.start for one in found.proposals] == [1, 2, 3]  # rows of the table


@pytest.mark.parametrize(
    ("text", "due", "why"),
    [
        ("Gửi báo cáo trước ngày 15/6.", dt.date(2026, 6, 14), "năm của hạn là năm nay"),
        ("Gửi báo cáo trước ngày 10/5/2026.", dt.date(2026, 5, 9), "Hạn 09/05/2026 đã qua."),
        ("Gửi báo cáo trong 05 ngày kể từ ngày nhận được.", None, "hãy ghi hạn"),
        ("Gửi báo cáo đúng hạn, trước ngày 15/6/2026: 2 điểm.", dt.date(2026, 6, 14), "Câu này nói về chấm điểm."),
    ],
)
def test_what_a_person_should_know_of_a_proposal_is_said(text: str, due: dt.date | None, why: str):
    [one] = read(text).proposals

    assert one.due == due
    assert why in one.why


UNDATED = "Câu này không nói hạn; nếu là việc của đơn vị, hãy đánh dấu và ghi hạn."


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        ("Đề nghị các xã cử 02 cán bộ tham dự tập huấn.", "Cử 02 cán bộ tham dự tập huấn"),
        ("Yêu cầu các xã rà soát, lập danh sách hộ gia đình văn hóa.", "Rà soát, lập danh sách hộ gia đình văn hóa"),
        ("Giao Phòng Thi đua tổng hợp kết quả của các xã.", None),  # somebody else's, and no day either
        ("Các xã cử 02 cán bộ tham dự tập huấn.", None),  # nobody asks
        ("Nếu có vướng mắc, đề nghị các xã báo cáo về Sở Nội vụ.", None),
        ("Sở Nội vụ đề nghị các xã thực hiện các nội dung như sau:", None),
        ("Trên đây là Kế hoạch, yêu cầu các xã nghiêm túc triển khai thực hiện.", None),
        ("Đề nghị các xã triển khai thực hiện.", None),
        ("Sở đã yêu cầu các xã rà soát, lập danh sách hộ gia đình văn hóa.", None),
    ],
)
def test_what_is_asked_without_a_day_is_proposed_unticked_where_it_is_plainly_asked(text: str, proposed: str | None):
    found = read(text)

    assert told(found) == ([(proposed, None, "", False, UNDATED)] if proposed else [])


def test_days_of_years_before_the_paper_are_no_duties():
    assert read(LETTER.replace("30/5/2026", "30/5/1998")).proposals[1].what.startswith("Tổng hợp")


def test_a_paper_of_last_year_means_last_year_by_days_without_one():
    text = LETTER.replace("ngày 05 tháng 5 năm 2026", "ngày 05 tháng 5 năm 2025").replace("30/5/2026", "30/5")

    assert read(text).proposals[1].due == dt.date(2025, 5, 29)


def test_two_days_of_every_year_are_two_duties():
    found = read("Các xã gửi báo cáo về Sở Nội vụ trước ngày 15/6 và 15/12 hằng năm.")

    assert [(one.due, one.recurrence) for one in found.proposals] == [
        (dt.date(2026, 6, 14), "year"),
        (dt.date(2026, 12, 14), "year"),
    ]


def test_for_a_province_other_bodies_are_meant():
    found = read("UBND các xã gửi báo cáo trước ngày 15/6/2026.", level="province")

    assert [(one.is_ticked, one.why) for one in found.proposals] == [(False, "Câu này giao cho UBND các xã.")]


def test_a_proposal_is_kept_as_json():
    one = Proposal("Gửi báo cáo", "trước ngày 10/7", dt.date(2026, 7, 9), "year", lead=("Văn phòng",))

    assert one.as_json()["due"] == "2026-07-09"
    assert one.as_json()["lead"] == ("Văn phòng",)


# -- Days that come back ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "recurrence", "days"),
    [
        ("trước ngày 10/7 hằng năm", "year", [dt.date(2026, 7, 9)]),
        ("trước ngày 10/3 hằng năm", "year", [dt.date(2027, 3, 9)]),
        ("trước ngày 14/5 hằng năm", "year", [TODAY]),
        ("trong tháng 01 hằng năm", "year", [dt.date(2027, 1, 31)]),
        ("trước ngày 15/1 và 15/6 hằng năm", "year", [dt.date(2026, 6, 14), dt.date(2027, 1, 14)]),
        ("trước ngày 20 của tháng cuối quý", "quarter", [dt.date(2026, 6, 19)]),
        ("trước ngày 05 hằng tháng", "month", [dt.date(2026, 6, 4)]),
        ("trước ngày 25", "month", [dt.date(2026, 5, 24)]),
        ("định kỳ 6 tháng", "half", [dt.date(2026, 6, 30)]),
        ("khi có yêu cầu", "year", []),
    ],
)
def test_a_recurring_day_is_the_next_one_from_today_on(words: str, recurrence: str, days: list[dt.date]):
    assert coming_days(words, recurrence, TODAY) == days


@pytest.mark.parametrize(
    ("due", "recurrence", "following"),
    [
        (dt.date(2026, 7, 9), "year", dt.date(2027, 7, 9)),
        (dt.date(2027, 2, 28), "year", dt.date(2028, 2, 29)),
        (dt.date(2026, 6, 30), "half", dt.date(2026, 12, 31)),
        (dt.date(2026, 12, 19), "quarter", dt.date(2027, 3, 19)),
        (dt.date(2027, 1, 30), "month", dt.date(2027, 2, 28)),
        (dt.date(2026, 7, 9), "", None),
    ],
)
def test_the_next_time_is_one_step_later(due: dt.date, recurrence: str, following: dt.date | None):
    assert following_day(due, recurrence) == following
