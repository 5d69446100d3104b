"""«Chấp nhận điểm đề nghị»: what is confirmed at once, and what has to be looked at."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from clusters.models import Criterion, Entry, Explanation, Receipt, ScoreSheet
from clusters.reviewing.accepting import NothingProposed, accept
from clusters.sheets.services import NotYours, SheetMoved
from clusters.standing import read_season
from clusters.states import Stage
from core.models import AuditEntry
from tests.clusters.season import Round, a_round
from tests.clusters.sheets.cells import fresh, move_all
from tests.units.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def found() -> Round:
    """The third commune has handed in; the head cut one row; everything lies with the reviewer."""
    found = a_round()
    sheet = found.sheets[2]
    Receipt.objects.create(member=sheet.member, step=found.season.steps.get(), received_on=dt.date(2026, 11, 28))
    for code, value in (("II.1", 1), ("II.2", 72), ("III", 3)):
        Entry.objects.create(sheet=sheet, criterion=found.criteria[code], stage=Stage.SELF, actual=value)
    Entry.objects.create(
        sheet=sheet, criterion=found.criteria["II.3"], stage=Stage.HEAD, deduction=2, reason="Vắng 01 buổi"
    )
    move_all(found, Stage.REVIEW)
    return found


def confirmed(found: Round) -> list[str]:
    rows = Entry.objects.filter(sheet=found.sheets[2], stage=Stage.REVIEW).order_by("criterion__order")
    return [row.criterion.code for row in rows]


def codes(accepted) -> dict[str, str]:
    return {one.row.code: one.why for one in accepted.left}


def page(found: Round, query: str = "", **posted):
    client, url = signed_in(found.noivu), reverse("clusters:accept", args=[found.sheets[2].pk]) + query
    return client.post(url, {"buoc": "review", **posted}, follow=True) if posted else client.get(url)


def test_a_whole_sheet_is_taken_over_and_its_points_stay(found):
    before = read_season(found.season).scores()[found.members[2].pk].points

    accepted = accept(fresh(found.sheets[2]), stage=Stage.REVIEW, actor=found.noivu)

    assert (accepted.count, codes(accepted)) == (
        5,
        dict.fromkeys(("I.1", "I.2", "I.3"), "các bước trước chưa ghi kết quả"),
    )
    assert confirmed(found) == ["II.1", "II.2", "II.3", "III", "IV"]
    assert read_season(found.season).scores()[found.members[2].pk].points == before
    entry = AuditEntry.objects.get(code="clusters.entry.confirmed")
    assert (entry.unit_id, entry.actor) == (found.province.pk, found.noivu)
    assert entry.changes["II.3, Thẩm định"] == ["", "chấp nhận điểm đề nghị"]


def test_the_entries_say_nothing_of_their_own(found):
    accept(fresh(found.sheets[2]), stage=Stage.REVIEW, actor=found.noivu, only=[found.criteria["II.3"].pk])

    row = Entry.objects.get(sheet=found.sheets[2], stage=Stage.REVIEW)
    assert (row.actual, row.points, row.deduction, row.reason, row.by, row.on_behalf) == (
        None, None, None, "", found.noivu, False,
    )  # fmt: skip


def test_a_row_with_an_open_explanation_is_left(found):
    Explanation.objects.create(sheet=found.sheets[2], criterion=found.criteria["II.3"], text="Có đơn xin vắng")

    accepted = accept(fresh(found.sheets[2]), stage=Stage.REVIEW, actor=found.noivu)

    assert codes(accepted)["II.3"] == "đang có giải trình chờ trả lời"
    assert "II.3" not in confirmed(found)


def test_a_row_that_the_head_has_to_confirm_is_left_until_it_did(found):
    Criterion.objects.filter(pk=found.criteria["II.2"].pk).update(confirmed_by="head")

    accepted = accept(fresh(found.sheets[2]), stage=Stage.REVIEW, actor=found.noivu)
    assert codes(accepted)["II.2"] == "chưa có xác nhận của Trưởng cụm"

    Entry.objects.create(sheet=found.sheets[2], criterion=found.criteria["II.2"], stage=Stage.HEAD)
    assert accept(fresh(found.sheets[2]), stage=Stage.REVIEW, actor=found.noivu).count == 1


def test_what_the_stage_said_already_stays(found):
    said = Entry.objects.create(
        sheet=found.sheets[2], criterion=found.criteria["II.2"], stage=Stage.REVIEW, actual=60, reason="Theo sổ"
    )

    accepted = accept(fresh(found.sheets[2]), stage=Stage.REVIEW, actor=found.noivu)

    said.refresh_from_db()
    assert (accepted.count, said.actual) == (4, 60)
    assert accept(fresh(found.sheets[2]), stage=Stage.REVIEW, actor=found.noivu).count == 0


def test_the_head_accepts_too_and_a_sheet_that_moved_is_told(found):
    move_all(found, Stage.HEAD)
    sheet = fresh(found.sheets[2])
    assert accept(sheet, stage=Stage.HEAD, actor=found.officers[0]).count == 3  # the penalty is the reviewer's

    ScoreSheet.objects.filter(pk=sheet.pk).update(stage="review")
    with pytest.raises(SheetMoved):
        accept(sheet, stage=Stage.HEAD, actor=found.officers[0])


def test_the_unit_itself_and_its_own_stage_have_nothing_to_accept(found):
    with pytest.raises(NotYours):
        accept(fresh(found.sheets[2]), stage=Stage.REVIEW, actor=found.officers[2])
    with pytest.raises(NothingProposed):
        accept(fresh(found.sheets[2]), stage=Stage.SELF, actor=found.officers[2])


class TestPage:
    def test_the_filters_show_rows_that_were_cut_or_that_differ(self, found):
        def shown(query: str) -> list[str]:
            return [row.line.row.code for row in page(found, query).context["rows"] if row.cell]

        assert len(shown("")) == 8
        assert shown("?loc=tru") == ["II.1", "II.3"]
        assert shown("?loc=lech") == ["II.3"]

    def test_ticked_rows_a_group_and_all(self, found):
        page(found, viec="chon", chon=[found.criteria["II.2"].pk])
        assert confirmed(found) == ["II.2"]

        page(found, viec=f"nhom-{found.criteria['II'].pk}")
        assert confirmed(found) == ["II.1", "II.2", "II.3"]

        answer = page(found, viec="ca-bang")
        settled = [row.line.row.code for row in answer.context["rows"] if row.is_settled]
        assert settled == confirmed(found)
        assert confirmed(found) == ["II.1", "II.2", "II.3", "III", "IV"]
        told = [str(one) for one in answer.context["messages"]]
        assert told[0] == "Đã chấp nhận điểm đề nghị ở 2 dòng."
        assert told[1].startswith("3 dòng phải xem riêng: I.1 các bước trước chưa ghi kết quả;")

    def test_under_a_filter_only_what_is_shown_is_taken(self, found):
        page(found, "?loc=lech", viec="ca-bang")

        assert confirmed(found) == ["II.3"]

    def test_nothing_ticked_is_told(self, found):
        answer = page(found, viec="chon")

        assert [str(one) for one in answer.context["messages"]] == ["Đánh dấu ít nhất một dòng để chấp nhận."]
        assert confirmed(found) == []
