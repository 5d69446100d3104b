"""Criteria in our own layout: what goes out comes back the same, what is changed is told before it is written."""

from __future__ import annotations

import io
from decimal import Decimal

from django.http import QueryDict

from clusters.criteria.excel import CriterionResource, list_criteria
from clusters.criteria.rulebook import JUDGED, rule_words
from clusters.models import Criterion
from core.exporting import _written
from core.files import XLSX
from core.resources import Report
from core.sheets.reading import read_sheets
from core.sheets.tables import Table, TableRow, find_table

D = Decimal


def look(desk, content: bytes) -> Report:
    read = CriterionResource()
    table = find_table(read_sheets(io.BytesIO(content), XLSX), read.wanted, read.required, read.is_group)
    return opened(desk).run(table, dry_run=True)


def opened(desk) -> CriterionResource:
    return CriterionResource.opened(actor=desk.lan, target_id=desk.set.pk, options={})


def run(desk, *rows: dict, dry_run: bool = False) -> Report:
    names = {name for row in rows for name in row}
    table = Table("", dict.fromkeys(names, ""), [TableRow(place, row) for place, row in enumerate(rows, start=2)])
    return opened(desk).run(table, dry_run=dry_run)


def test_what_goes_out_comes_back_the_same(desk):
    Criterion.objects.filter(set=desk.set, code="I.1").update(
        rule={"surplus": {"each_percent": 1, "cap_percent": "7.5"}}, is_lower_better=True, guidance="Theo Thuế\ncơ sở"
    )
    Criterion.objects.filter(set=desk.set, code="III").update(
        rule={"late": [{"days": 5, "points": "2.5"}, {"days": 10, "points": 10}], "grace": 2, "returned_each": 5}
    )

    report = look(desk, _written(list_criteria(desk.lan, desk.set.pk, QueryDict())))

    assert [(row.label, row.outcome, row.errors, row.changes) for row in report.rows] == [
        (code, "same", [], []) for code in ("I", "I.1", "I.2", "II", "II.1", "III")
    ]


def test_rows_are_changed_and_added_by_their_codes(desk):
    report = run(
        desk,
        {"code": "II.1", "title": "Kế hoạch", "maximum": 15},
        {"code": "II.2", "title": "Họp", "maximum": "5", "kind": "Có hoặc không"},
        {"code": "III", "title": "Điểm trừ", "late": "5: 2,5\n10: 10"},
    )

    assert [(row.outcome, row.errors) for row in report.rows] == [("changed", []), ("new", []), ("changed", [])]
    assert desk.codes() == ["I", "I.1", "I.2", "II", "II.1", "II.2", "III"]
    assert (desk.row("II.1").maximum, desk.row("II.2").kind) == (15, "yes_no")
    assert desk.row("III").rule == {
        "late": [{"days": 5, "points": "2.5"}, {"days": 10, "points": 10}],
        "returned_each": 5,
    }


def test_a_penalty_whose_columns_are_blank_is_given_by_whoever_scores(desk):
    report = run(desk, {"code": "IV", "title": "Bị nhắc nhở bằng văn bản", "maximum": "10", "kind": "Điểm trừ"})

    assert [(row.outcome, row.errors) for row in report.rows] == [("new", [])]
    row = desk.row("IV")
    assert (row.kind, row.rule, rule_words(row.kind, row.rule)) == ("penalty", {}, [JUDGED])


def test_new_groups_are_known_by_what_stands_in_them(desk):
    report = run(
        desk,
        {"code": "IV", "title": "Nhóm mới", "maximum": 5},
        {"code": "IV.1", "title": "Một", "maximum": 5},
    )

    assert [row.outcome for row in report.rows] == ["new", "new"]
    assert (desk.row("IV").kind, desk.row("IV.1").kind, desk.row("IV.1").parent.code) == ("", "manual", "IV")


def test_what_cannot_stand_is_told_in_the_row_and_nothing_is_written(desk):
    report = run(
        desk,
        {"code": "I.1", "title": "Thu", "maximum": "hai"},
        {"code": "V", "title": "Khác", "maximum": 1, "parent_code": "X"},
        {"code": "III", "title": "Điểm trừ", "late": "năm ngày"},
    )

    assert [row.errors for row in report.rows] == [
        ["Điểm chuẩn: ghi «hai», không phải một số. Ghi bằng chữ số, như 12 hoặc 12,5."],
        ["Thuộc nhóm: không có nhóm mã «X» trong bộ này và trong tệp."],
        ["Mức trừ theo ngày chậm: Dòng 1 «năm ngày»: ghi mức rồi điểm, như 30: 5."],
    ]
    assert len(desk.codes()) == 6
