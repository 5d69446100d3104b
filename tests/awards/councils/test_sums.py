"""What the tellers counted adds up, or the row says why not."""

from __future__ import annotations

import pytest

from awards.councils.sums import Base, Counts, check_ballots, fault_of, percent_of
from core.errors import UnfitField

NINE = Base(present=9, written=0, valid=9)


@pytest.mark.parametrize(
    ("counts", "base", "fault"),
    [
        (Counts(8, 1, 0), NINE, ""),
        (Counts(8, 1), NINE, ""),  # nobody was without opinion
        (Counts(), NINE, ""),
        (Counts(8, 2, 0), NINE, "Cộng được 10, phải bằng 9."),
        (Counts(7, 1, 0), NINE, "Cộng được 8, phải bằng 9."),
        (Counts(8, None), NINE, "Ghi cả số đồng ý và số không đồng ý (không có thì ghi 0)."),
        (
            Counts(8, 1),
            Base(present=9, written=0, valid=None),
            "Chưa ghi số phiếu hợp lệ ở trên nên chưa đối chiếu được.",
        ),
        # one of nine steps back: his ballot lacks the name, eight are left
        (Counts(8, 0, 0), Base(present=9, written=0, valid=9, recused_present=1), ""),
        (
            Counts(9, 0, 0),
            Base(present=9, written=0, valid=9, recused_present=1),
            "Cộng được 9, phải bằng 8 (1 người không tham gia).",
        ),
        # one ballot is invalid, and it may be his
        (Counts(8, 0, 0), Base(present=9, written=0, valid=8, recused_present=1), ""),
        (Counts(7, 0, 0), Base(present=9, written=0, valid=8, recused_present=1), ""),
        (
            Counts(6, 0, 0),
            Base(present=9, written=0, valid=8, recused_present=1),
            "Cộng được 6, phải từ 7 đến 8 (1 người không tham gia).",
        ),
        # two absent ones wrote, one of them about himself
        (Counts(7, 0, 0, 1, 0), Base(present=7, written=2, valid=7, recused_written=1), ""),
        (
            Counts(7, 0, 0, 2, 0),
            Base(present=7, written=2, valid=7, recused_written=1),
            "Ý kiến bằng văn bản: ghi 2, chỉ có 1 người vắng gửi ý kiến.",
        ),
    ],
)
def test_a_row_adds_up_or_says_why_not(counts, base, fault):
    assert fault_of(counts, base) == fault


@pytest.mark.parametrize(
    ("numbers", "field", "told"),
    [
        ((10, 9, 9), "issued", "Nhiều hơn số người bỏ phiếu (9); hãy xem lại điểm danh."),
        ((8, 9, 9), "collected", "Nhiều hơn số phiếu phát ra (8)."),
        ((9, 8, 9), "valid", "Nhiều hơn số phiếu thu về (8)."),
        ((None, 8, None), "collected", "Ghi số phiếu phát ra trước."),
    ],
)
def test_ballots_do_not_grow_on_their_way(numbers, field, told):
    issued, collected, valid = numbers

    with pytest.raises(UnfitField) as refused:
        check_ballots(issued=issued, collected=collected, valid=valid, present=9)

    assert (refused.value.field, str(refused.value)) == (field, told)


def test_ballots_that_were_lost_or_invalid_are_no_fault():
    check_ballots(issued=9, collected=8, valid=7, present=9)
    check_ballots(issued=9, collected=None, valid=None, present=9)


@pytest.mark.parametrize(
    ("votes", "members", "told"), [(8, 9, "88,8 %"), (9, 9, "100 %"), (4, 5, "80 %"), (0, 9, "0 %"), (0, 0, "0 %")]
)
def test_a_share_is_cut_and_never_rounded_up(votes, members, told):
    assert percent_of(votes, members) == told
