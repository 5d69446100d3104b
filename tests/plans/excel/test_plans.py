"""Heads of plans, out of Excel and into it."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.files import XLSX
from core.models import SheetImport
from core.resources import Report
from core.sheets.reading import read_sheets
from core.sheets.tables import Table, TableRow, find_table
from plans.excel.plans import PlanResource
from plans.models import Plan
from tests.core.sheet_samples import book, downloaded, outcomes, read_book
from tests.factories import IssuerFactory, PlanFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def run_plans(unit, an):
    def run_plans(*rows: dict[str, Any], dry_run: bool = False) -> Report:
        names = {name for row in rows for name in row}
        lines = [TableRow(place, row) for place, row in enumerate(rows, start=2)]
        resource = PlanResource.opened(actor=an, target_id=unit.pk, options={})
        return resource.run(Table("", dict.fromkeys(names, ""), lines), dry_run=dry_run)

    return run_plans


ROW = {"kind": "Kế hoạch công tác năm", "year": 2027, "subject": "Công tác thi đua năm 2027"}


def test_a_row_becomes_a_draft_with_the_head_of_its_issuer(run_plans, plan, unit):
    report = run_plans({**ROW, "symbol": "KH-UBND", "paper_date": "01/2027"})

    assert [row.outcome for row in report.rows] == ["new"]
    made = Plan.objects.exclude(pk=plan.pk).get()
    assert (made.unit, made.issuer, made.state, made.kind, made.year) == (unit, plan.issuer, "draft", "annual", 2027)
    assert (made.title, made.subject, made.symbol, made.paper_date) == (
        "KẾ HOẠCH",
        "Công tác thi đua năm 2027",
        "KH-UBND",
        "2027-01",
    )
    assert (made.place, made.signature_lines) == (plan.issuer.place, plan.issuer.signature_lines)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param({"subject": "Công tác  năm 2026"}, ("same", []), id="by subject"),
        pytest.param(
            {"subject": "Công tác năm 2026", "paper_date": "18/01/2026"},
            ("changed", [("Ngày văn bản", "01/2026", "18/01/2026")]),
            id="changed",
        ),
        pytest.param(
            {"subject": "Tên mới", "number": "14", "symbol": "KH-UBND"},
            ("changed", [("Trích yếu", "Công tác năm 2026", "Tên mới")]),
            id="by number",
        ),
        pytest.param({"subject": "Công tác năm 2027", "year": 2027}, "new", id="another year"),
        pytest.param({"subject": "Khác", "number": "15", "symbol": "KH-UBND"}, "new", id="another number"),
    ],
)
def test_a_plan_is_known_by_its_number_or_by_year_kind_and_subject(run_plans, plan, row, expected):
    Plan.objects.filter(pk=plan.pk).update(subject="Công tác năm 2026", number="14", symbol="KH-UBND")

    [found] = outcomes(run_plans({"kind": "Kế hoạch công tác năm", "year": 2026, **row}))

    assert found == expected or found[0] == expected


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({**ROW, "kind": "Bảng kê"}, "Loại kế hoạch: «Bảng kê» không có trong các lựa chọn: "),
        ({**ROW, "year": "năm nay"}, "Năm: «năm nay» không phải số nguyên."),
        ({**ROW, "paper_date": "18/01/2020"}, "Năm của ngày văn bản (2020) cách xa năm của kế hoạch (2027)."),
        ({**ROW, "issuer_name": "Ban Chỉ đạo"}, "Hãy ghi cơ quan ban hành là một trong: "),
        ({"year": 2027}, "Loại kế hoạch: còn trống."),
    ],
)
def test_a_wrong_head_is_told_and_nothing_is_written(run_plans, plan, row, sentence):
    [(outcome, errors)] = outcomes(run_plans(row))

    assert (outcome, errors[0][: len(sentence)]) == ("wrong", sentence)
    assert Plan.objects.count() == 1


def test_where_several_may_issue_the_sheet_must_say_who(run_plans, unit, plan):
    council = IssuerFactory(unit=unit, name_lines="HỘI ĐỒNG\nTHI ĐUA")

    report = run_plans(ROW, {**ROW, "subject": "Chương trình", "issuer_name": "hội đồng thi đua"}, dry_run=True)

    assert [row.outcome for row in report.rows] == ["wrong", "new"]
    assert str(council) == "HỘI ĐỒNG THI ĐUA"


def test_what_is_no_draft_is_not_changed_from_a_sheet(run_plans, plan):
    Plan.objects.filter(pk=plan.pk).update(state="issued", subject="Công tác năm 2026")
    row = {"kind": "Kế hoạch công tác năm", "year": 2026, "subject": "Công tác năm 2026"}

    report = run_plans(row, {**row, "title": "CHƯƠNG TRÌNH"})

    assert outcomes(report)[0] == ("same", [])
    assert report.rows[1].outcome == "wrong"


def test_the_list_of_plans_goes_out_by_its_filters_and_comes_back_unchanged(page, plan, unit, run_plans):
    PlanFactory(unit=unit, issuer=plan.issuer, year=2025, paper_date="2025-02-03", subject="=Năm 2025", number="7")
    PlanFactory(subject="Của xã khác")

    content = downloaded(page.get("/ke-hoach/xuat/"))
    [title, _, head, *rows] = read_book(content)["Kế hoạch"]
    filtered = read_book(downloaded(page.get("/ke-hoach/xuat/?nam=2025")))["Kế hoạch"]

    assert title[0] == "Danh sách kế hoạch"
    assert head == (
        *("TT", "Loại kế hoạch", "Năm", "Tên loại", "Trích yếu", "Số", "Ký hiệu", "Ngày văn bản"),
        *("Cơ quan ban hành", "Người ký", "Đơn vị", "Trạng thái", "Nhiệm vụ"),
    )
    assert [(row[2], row[4], row[7]) for row in rows] == [
        (2026, plan.subject, "01/2026"),
        (2025, "=Năm 2025", dt.datetime.fromisoformat("2025-02-03")),
    ]
    assert [row[4] for row in filtered[3:]] == ["=Năm 2025"]
    came = find_table(read_sheets(io.BytesIO(content), XLSX), PlanResource().wanted, PlanResource().required)
    assert outcomes(run_plans(*(row.values for row in came.rows))) == [("same", [])] * 2


def test_an_officer_of_two_units_says_for_which(page, plan, unit, an, django_capture_on_commit_callbacks):
    other = IssuerFactory().unit
    an.memberships.create(unit=other, role="officer")
    content = book([["Loại kế hoạch", "Năm", "Trích yếu"], ["Kế hoạch công tác năm", 2027, "Công tác năm 2027"]])
    assert {label for _, label in page.get("/ke-hoach/nhap/").context["form"].fields["unit"].choices} == {
        unit.title,
        other.title,
    }

    with django_capture_on_commit_callbacks(execute=True):
        page.post("/ke-hoach/nhap/", {"file": SimpleUploadedFile("kh.xlsx", content), "unit": str(other.pk)})

    found = SheetImport.objects.get()
    assert (found.target_id, found.report["counts"]["new"]) == (other.pk, 1)
