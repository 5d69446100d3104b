"""One sender's list: opened, typed, received, returned, sent again; nominees withdrawn and asked for again."""

from __future__ import annotations

import datetime as dt

import pytest

from awards.collecting import proposals, rows
from awards.collecting.proposals import NobodyIn, RoundMovedOn
from awards.collecting.rows import RowData, TakenAlready, data_of
from awards.collecting.values import NomineeData, Sender
from awards.models import Nominee, Proposal, Round
from core.errors import UnfitField, UnfitRow
from core.states import EditedMeanwhile, MoveRefused
from tests.awards.collecting.desk import SENT, TODAY, codes, told
from tests.factories import PartFactory


def saved(desk, one: Proposal, *data: NomineeData, removed: tuple[int, ...] = (), version: int | None = None):
    there = {row.name: row.pk for row in one.nominees.all()}
    said = [RowData(row, there.get(row.name)) for row in data]
    version = one.version if version is None else version
    return rows.save_rows(one, actor=desk.an, version=version, rows=said, removed=removed)


def test_a_sender_has_one_list_in_a_round(desk):
    first, second = desk.list_of(), desk.list_of()

    assert (first.pk, Proposal.objects.count()) == (second.pk, 1)
    assert (first.state, first.way, first.day) == ("sent", "behalf", SENT)


def test_the_units_own_list_is_its_own(desk):
    assert desk.list_of("").way == "own"


def test_a_part_of_another_unit_sends_no_list(desk):
    with pytest.raises(UnfitField) as refused:
        proposals.open_proposal(desk.round, actor=desk.an, sender=Sender(part=PartFactory.create()), day=TODAY)

    assert str(refused.value) == "Chọn thôn, trường, cơ quan của xã Mai Khê."


def test_rows_are_typed_changed_and_taken_out(desk):
    one = desk.list_of()
    saved(desk, one, NomineeData("Nguyễn Thị Hoa", "LDTT", birth_year=1985), NomineeData("Lò Văn Hặc", "GK"))
    [hoa, hac] = one.nominees.order_by("order")

    saved(desk, one, NomineeData("Nguyễn Thị Hoa", "CSTDCS", birth_year=1985), removed=(hac.pk,))

    assert told(desk.round) == [("Thôn Đông", "Nguyễn Thị Hoa", "CSTDCS", "proposed")]
    assert codes(one, hoa) == [
        "awards.proposal.opened",
        "awards.proposal.rows_added",
        "awards.proposal.rows_removed",
        "awards.nominee.changed",
    ]


def test_a_row_that_does_not_fit_is_refused_at_its_field_and_nothing_is_written(desk):
    one = desk.list_of()

    with pytest.raises(UnfitRow) as refused:
        saved(desk, one, NomineeData("Nguyễn Thị Hoa", "LDTT"), NomineeData("Thôn Đông", "LDTT", "collective"))

    assert (refused.value.position, refused.value.field) == (1, "kind")
    assert str(refused.value) == "Lao động tiên tiến chỉ dành cho cá nhân."
    assert told(desk.round) == []


def test_two_windows_of_one_list_do_not_overwrite_each_other(desk):
    one = desk.list_of()
    saved(desk, one, NomineeData("Nguyễn Thị Hoa", "LDTT"))

    with pytest.raises(EditedMeanwhile):
        saved(desk, one, NomineeData("Lò Văn Hặc", "LDTT"), version=1)


def test_a_row_that_was_appraised_meanwhile_is_not_doubled(desk):
    row = desk.nominee("Nguyễn Thị Hoa")
    Nominee.objects.update(state="ready")
    one = desk.list_of()

    with pytest.raises(EditedMeanwhile):
        saved(desk, one, data_of(row))

    assert Nominee.objects.count() == 1


def test_a_row_that_was_changed_on_another_page_is_not_overwritten(desk):
    row = desk.nominee("Nguyễn Thị Hoa")
    one = desk.list_of()
    old = RowData(data_of(row), row.pk, seen=row.version)
    Nominee.objects.update(achievement="Ghi ở trang hồ sơ", version=row.version + 1)

    with pytest.raises(EditedMeanwhile, match="Nguyễn Thị Hoa vừa được sửa ở trang khác"):
        rows.save_rows(one, actor=desk.an, version=one.version, rows=[old])

    assert Nominee.objects.get().achievement == "Ghi ở trang hồ sơ"


def test_receiving_gives_all_rows_the_day_that_chooses_the_law(desk):
    desk.nominee("Nguyễn Thị Hoa")
    one = desk.received(desk.list_of(), dt.date(2026, 11, 15))

    assert (one.state, one.received_on) == ("taken", dt.date(2026, 11, 15))
    assert codes(one)[-1] == "awards.proposal.received"


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (dt.date(2026, 11, 21), "Ngày 21/11/2026 chưa đến."),
        (dt.date(2026, 11, 11), "Sớm hơn ngày gửi (12/11/2026); hãy xem lại ngày."),
    ],
)
def test_no_list_is_received_on_a_day_that_cannot_be(desk, day, why):
    desk.nominee("Nguyễn Thị Hoa")

    with pytest.raises(UnfitField) as refused:
        desk.received(desk.list_of(), day)

    assert str(refused.value) == why


def test_an_empty_list_is_not_received(desk):
    with pytest.raises(NobodyIn) as refused:
        desk.received(desk.list_of())

    assert str(refused.value) == "Thôn Đông: danh sách chưa có đối tượng nào nên chưa tiếp nhận được."


def test_a_second_click_receives_nothing(desk):
    desk.nominee("Nguyễn Thị Hoa")
    one = desk.list_of()
    seen = {one.pk: one.version}
    assert proposals.receive(desk.round, actor=desk.an, seen=seen, day=TODAY) == [one]

    assert proposals.receive(desk.round, actor=desk.an, seen=seen, day=TODAY) == []


def test_a_row_that_comes_after_the_list_was_received_counts_from_its_own_day(desk):
    early = desk.nominee("Nguyễn Thị Hoa")
    desk.received(desk.list_of(), dt.date(2026, 11, 15))

    late = desk.nominee("Lò Văn Hặc")

    assert (early.received_on, late.received_on) == (None, TODAY)


def test_rows_of_a_received_list_are_withdrawn_and_not_taken_out(desk):
    row = desk.nominee("Nguyễn Thị Hoa")
    one = desk.received(desk.list_of())

    with pytest.raises(TakenAlready):
        saved(desk, one, data_of(row), removed=(row.pk,))

    rows.withdraw(desk.fresh(row), actor=desk.an, reason="Đã chuyển công tác")
    assert told(desk.round) == [("Thôn Đông", "Nguyễn Thị Hoa", "LDTT", "withdrawn")]
    rows.restore(desk.fresh(row), actor=desk.an)
    assert told(desk.round) == [("Thôn Đông", "Nguyễn Thị Hoa", "LDTT", "proposed")]
    assert codes(row) == ["awards.nominee.withdrawn", "awards.nominee.restored"]


def test_nobody_is_withdrawn_without_a_reason_or_after_the_decision(desk):
    row = desk.nominee("Nguyễn Thị Hoa")
    with pytest.raises(UnfitField, match="Ghi lý do không đề nghị nữa"):
        rows.withdraw(row, actor=desk.an, reason="  ")
    Nominee.objects.filter(pk=row.pk).update(state="decided")

    with pytest.raises(MoveRefused):
        rows.withdraw(desk.fresh(row), actor=desk.an, reason="Nhầm")


def test_a_list_goes_back_with_a_reason_and_comes_again(desk):
    desk.nominee("Nguyễn Thị Hoa")
    one = desk.received(desk.list_of())

    proposals.give_back(one, actor=desk.an, reason="Thiếu tóm tắt thành tích")

    one.refresh_from_db()
    assert (one.state, one.received_on, one.return_reason) == ("returned", None, "Thiếu tóm tắt thành tích")
    proposals.send_again(one, actor=desk.an, day=TODAY)
    one.refresh_from_db()
    assert (one.state, one.day, one.return_reason) == ("sent", TODAY, "")


def test_once_the_council_sits_the_lists_stand_still(desk):
    row = desk.nominee("Nguyễn Thị Hoa")
    Round.objects.filter(pk=desk.round.pk).update(state="council")

    with pytest.raises(RoundMovedOn):
        desk.nominee("Lò Văn Hặc")
    with pytest.raises(RoundMovedOn):
        rows.change_row(row, actor=desk.an, row=RowData(data_of(row)))


# -- Pages -----------------------------------------------------------------------------------


def typed(one: Proposal, *lines: dict[str, str]) -> dict[str, str]:
    said = {"version": str(one.version), "dong-TOTAL_FORMS": str(len(lines)), "dong-INITIAL_FORMS": "0"}
    for number, line in enumerate(lines):
        said |= {f"dong-{number}-{name}": value for name, value in line.items()}
    return said


def test_a_typed_row_takes_its_honorific_gender_and_kind_from_the_words(desk):
    one = desk.list_of()

    answer = desk.post(
        "proposal_rows",
        one.pk,
        **typed(
            one,
            {"name": "Bà Nguyễn Thị Hoa", "birth": "5/3/1985", "award": "LDTT"},
            {"name": "Hộ ông Lò Văn Hặc", "award": "GK"},
            {"name": ""},
        ),
    )

    assert answer.status_code == 302
    values = one.nominees.order_by("order").values_list("kind", "honorific", "name", "gender", "birth_date")
    assert list(values) == [
        ("person", "Bà", "Nguyễn Thị Hoa", "female", dt.date(1985, 3, 5)),
        ("household", "", "Hộ ông Lò Văn Hặc", "", None),
    ]


def test_what_is_wrong_with_a_row_is_said_at_its_field(desk):
    one = desk.list_of()

    answer = desk.post("proposal_rows", one.pk, **typed(one, {"name": "Nguyễn Thị Hoa", "birth": "1785"}))

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Năm sinh 1785 không thể có; ghi như 1980 hoặc 5/3/1980." in page
    assert "Chọn danh hiệu hoặc hình thức đề nghị." in page
    assert told(desk.round) == []


def test_a_paste_is_shown_in_the_table_and_not_written(desk):
    one = desk.list_of()

    answer = desk.post("proposal_paste", one.pk, text="Họ và tên\tDanh hiệu\nNguyễn Thị Hoa\tLĐTT\n", html="")

    assert answer.status_code == 200
    assert 'value="Nguyễn Thị Hoa"' in answer.content.decode()
    assert "Đọc được 1 dòng, chưa lưu." in answer.content.decode()
    assert told(desk.round) == []


def test_thirty_lists_are_received_with_one_click(desk):
    for place in ("Thôn Đông", "Thôn Tây"):
        desk.nominee("Nguyễn Thị Hoa", place=place)
    seen = [f"{one.pk}:{one.version}" for one in Proposal.objects.all()]

    answer = desk.post("proposals_receive", **{"danh-sach": seen, "day": "20/11/2026"})

    assert answer.status_code == 302
    assert set(Proposal.objects.values_list("state", "received_on")) == {("taken", TODAY)}
