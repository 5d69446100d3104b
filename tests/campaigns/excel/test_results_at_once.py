"""Two officers with sheets of the same results: nobody overwrites what he did not see."""

from __future__ import annotations

from decimal import Decimal

import pytest

from campaigns.excel.results import KIND, ResultResource
from campaigns.models import Result
from campaigns.results.services import Entry, record_results
from core.models import SheetImport
from tests.campaigns.excel.result_sheets import (
    INSURED,
    RICE,
    VALUE,
    WHOLE,
    edited,
    exported,
    figures,
    row_of,
    to_fill,
)
from tests.campaigns.results.conftest import PERIOD

D = Decimal


def test_a_late_file_changes_only_what_was_edited_in_it(office, targets, sheets):
    lua, bhyt = targets
    office.record(lua, 1200)
    office.record(bhyt, 97)
    content = exported(office)
    office.record(lua, 1250, actor=office.lan, was=Result.objects.get(value=1200).pk)

    found = sheets.receive(KIND, edited(content, {(row_of(content, INSURED, WHOLE), VALUE): 98}), period=PERIOD)
    sheets.accept(found)

    assert found.report["counts"] == {"wrong": 0, "new": 0, "changed": 1, "same": 1}
    kept = found.report["rows"][0]
    assert (kept["outcome"], kept["notes"]) == (
        "same",
        ["Giữ như mới ghi: Nguyễn Thị Lan đã ghi 1.250 lúc 16:00 05/07 sau khi tệp này được xuất."],
    )
    assert figures() == [(RICE, WHOLE, D(1250)), (INSURED, WHOLE, D(98))]


@pytest.mark.parametrize("before", [True, False])
def test_two_who_edit_one_cell_are_both_told(office, targets, sheets, before):
    first = office.record(targets[0], 1200) if before else None
    content = exported(office)
    office.record(targets[0], 1250, actor=office.lan, was=first.pk if first else None)

    found = sheets.receive(KIND, edited(content, {(row_of(content, RICE, WHOLE), VALUE): 1300}), period=PERIOD)

    assert found.report["counts"]["wrong"] == 1
    assert found.report["rows"][0]["errors"] == [
        "Nguyễn Thị Lan đã ghi 1.250 lúc 16:00 05/07; tệp ghi 1.300. Hãy xuất tệp mới, xem lại rồi sửa trong tệp đó."
    ]
    assert figures() == [(RICE, WHOLE, D(1250))]


def test_of_two_imports_looked_at_together_the_second_is_shown_anew(office, targets, sheets):
    content = exported(office)
    row = row_of(content, RICE, WHOLE)
    of_an = sheets.receive(KIND, edited(content, {(row, VALUE): 1300}), period=PERIOD)
    of_lan = sheets.receive(KIND, edited(content, {(row, VALUE): 1400}), actor=office.lan, period=PERIOD)

    sheets.accept(of_an)
    second = sheets.accept(of_lan)

    assert (second.state, second.report["is_other"]) == (SheetImport.State.CHECKED, True)
    assert second.report["rows"][0]["errors"] == [
        "Nguyễn Thị An đã ghi 1.300 lúc 16:00 05/07; tệp ghi 1.400. Hãy xuất tệp mới, xem lại rồi sửa trong tệp đó."
    ]
    assert figures() == [(RICE, WHOLE, D(1300))]


def test_of_two_imports_of_other_cells_both_get_in(office, targets, sheets):
    content = to_fill(office)
    of_an = sheets.receive(KIND, edited(content, {(row_of(content, RICE, "Thôn Đông"), VALUE): 300}), period=PERIOD)
    of_lan = sheets.receive(
        KIND,
        edited(content, {(row_of(content, RICE, "Thôn Tây"), VALUE): 400}),
        actor=office.lan,
        period=PERIOD,
    )

    written = [sheets.accept(found).state for found in (of_an, of_lan)]

    assert written == [SheetImport.State.WRITTEN] * 2
    assert figures() == [(RICE, "Thôn Đông", D(300)), (RICE, "Thôn Tây", D(400))]


def test_a_figure_withdrawn_meanwhile_stays_withdrawn_until_somebody_says_so(office, targets, sheets):
    first = office.record(targets[0], 1200, note="ước tính")
    before = exported(office)
    withdrawn = Entry(targets[0], PERIOD, None, was=first.pk, note="nhầm xã")
    record_results(office.campaign, [withdrawn], actor=office.lan)
    row = row_of(before, RICE, WHOLE)

    unedited = sheets.look(ResultResource, before, period=PERIOD).rows[0]
    late = sheets.look(ResultResource, edited(before, {(row, VALUE): 1300}), period=PERIOD).rows[0]
    anew = sheets.look(ResultResource, edited(exported(office), {(row, VALUE): 1300}), period=PERIOD).rows[0]

    assert (unedited.outcome, unedited.notes) == (
        "same",
        ["Giữ như mới ghi: Nguyễn Thị Lan đã rút số lúc 16:00 05/07 sau khi tệp này được xuất."],
    )
    assert late.errors == [
        "Nguyễn Thị Lan đã rút số lúc 16:00 05/07; tệp ghi 1.300. Hãy xuất tệp mới, xem lại rồi sửa trong tệp đó."
    ]
    assert (anew.outcome, anew.changes) == ("new", [("Thực hiện", "", "1.300")])
