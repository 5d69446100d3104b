"""Results of a period out of Excel and into it: what goes out comes back, at the same cost however long."""

from __future__ import annotations

import io
import unicodedata
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.excel.results import KIND, NoPeriod, NoRight, ResultResource
from campaigns.models import Result
from campaigns.results.services import NotRunning
from campaigns.results.shares import ShareRow, save_shares
from campaigns.results.targets import TargetRow
from core.models import AuditEntry, SheetImport
from tests.campaigns.excel.result_sheets import (
    HEAD,
    INSURED,
    NOTE,
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
from tests.core.sheet_samples import again, book, downloaded, outcomes, read_book
from tests.factories import PartFactory

D = Decimal


# -- Out -----------------------------------------------------------------------------------


def test_the_sheet_holds_targets_times_places(office, targets):
    lua, bhyt = targets
    office.record(lua, "1234567.5", note="ước tính")
    dong = office.record(lua, 400, office.villages[0])
    tay = office.record(bhyt, 97, office.villages[1])
    save_shares(lua, [ShareRow(office.villages[0], D(800))], actor=office.an)

    rows = read_book(exported(office))["Kết quả"]

    whole = Result.objects.get(part=None)
    assert rows[0][0] == "Kết quả 6 tháng đầu năm 2024: Thi đua năm 2024"
    assert list(rows[2]) == HEAD
    h1 = "6 tháng đầu năm 2024"
    assert rows[3:] == [
        (1, RICE, WHOLE, "tấn", "2.200 tấn", h1, 1234567.5, "ước tính", whole.pk),
        (2, RICE, "Thôn Đông", "tấn", "800 tấn", h1, 400, None, dong.pk),  # of the villages only this has a share
        (3, INSURED, WHOLE, "%", "từ 95 % trở lên", h1, None, None, None),
        (4, INSURED, "Thôn Tây", "%", "từ 95 % trở lên", h1, 97, None, tay.pk),  # nobody was given one: who reported
    ]


def test_the_sheet_of_one_school_or_one_target_holds_only_that(office, targets):
    school = office.unit.parts.get(name="Trường Tiểu học")

    of_school = read_book(exported(office, noi=f"part{school.pk}"))["Kết quả"][3:]
    of_rice = read_book(exported(office, **{"chi-tieu": targets[0].pk}))["Kết quả"][3:]

    assert [row[1:3] for row in of_school] == [(RICE, "Trường Tiểu học"), (INSURED, "Trường Tiểu học")]
    assert {row[1] for row in of_rice} == {RICE}
    assert len(of_rice) == 5
    for query in ({"ky": "2019-H1"}, {"noi": "part0"}, {"chi-tieu": "999999"}):
        assert office.page("results_export", **query).status_code == 404


def test_the_template_has_the_targets_and_places_in_force_and_no_figure(office, targets):
    office.record(targets[0], 5)
    gone = PartFactory(unit=office.unit, name="Thôn Cũ", valid_to="2023-12-31")
    office.record(targets[0], 3, gone)

    rows = read_book(downloaded(office.page("results_template", ky=PERIOD)))["Kết quả"]

    assert rows[0][0] == (
        "Ghi kết quả 6 tháng đầu năm 2024 vào cột Thực hiện, chưa có số thì để trống: Thi đua năm 2024"
    )
    assert list(rows[2]) == HEAD
    assert [row[1:3] for row in rows[3:]] == [
        (target, place)
        for target in (RICE, INSURED)
        for place in (WHOLE, "Thôn Đông", "Thôn Tây", "Thôn Nam", "Trường Tiểu học")
    ]
    assert {row[VALUE - 1 :] for row in rows[3:]} == {(None, None, None)}


def test_what_looks_like_a_formula_goes_out_as_words(office):
    [target] = office.targets(TargetRow("=HYPERLINK(1)", low=D(5)))
    office.record(target, 5, note="@SUM(A1)")

    sheet = openpyxl.load_workbook(io.BytesIO(exported(office))).active

    assert [(sheet.cell(4, at).value, sheet.cell(4, at).data_type) for at in (2, NOTE)] == [
        ("=HYPERLINK(1)", "s"),
        ("@SUM(A1)", "s"),
    ]
    assert sheet.cell(4, 2).quotePrefix


# -- There and back ------------------------------------------------------------------------


def test_what_went_out_comes_back_unchanged_and_says_so(office, targets, sheets):
    office.record(targets[0], "1234.567", note="dòng một\ndòng hai")
    office.record(targets[1], "98.5", office.villages[1])
    entries = AuditEntry.objects.filter(code__startswith="campaigns.").count()

    found = sheets.receive(KIND, exported(office), period=PERIOD)

    assert found.report["counts"] == {"wrong": 0, "new": 0, "changed": 0, "same": 3}
    page = office.window().get(f"/nhap/{found.pk}/").content.decode()
    assert "Mọi dòng trong tệp đã có sẵn và giống hệt, không có gì để nhận." in page
    assert AuditEntry.objects.filter(code__startswith="campaigns.").count() == entries


def test_two_cells_edited_change_two_figures_and_the_old_ones_stay(office, targets, sheets):
    lua, bhyt = targets
    whole = office.record(lua, 1200, note="ước tính")
    office.record(bhyt, 97)
    save_shares(bhyt, [ShareRow(office.villages[1], D(95))], actor=office.an)
    content = exported(office)

    found = sheets.receive(
        KIND,
        edited(
            content,
            {
                (row_of(content, RICE, WHOLE), VALUE): 1300,
                (row_of(content, INSURED, "Thôn Tây"), VALUE): "96,5 %",
            },
        ),
        period=PERIOD,
    )
    assert found.report["counts"] == {"wrong": 0, "new": 1, "changed": 1, "same": 1}
    assert [(row["label"], row["changes"]) for row in found.report["rows"] if row["changes"]] == [
        ("Sản lượng lúa, Toàn đơn vị", [["Thực hiện", "1.200", "1.300"]]),
        ("tỷ lệ người tham gia BHYT, Thôn Tây", [["Thực hiện", "", "96,5"]]),
    ]
    written = sheets.accept(found)

    assert written.state == SheetImport.State.WRITTEN
    assert figures() == [(RICE, WHOLE, D(1300)), (INSURED, WHOLE, D(97)), (INSURED, "Thôn Tây", D("96.5"))]
    corrected = Result.objects.get(replaces=whole)
    assert (corrected.value, corrected.note, corrected.by) == (D(1300), "ước tính", office.an)
    whole.refresh_from_db()
    assert whole.value == 1200
    codes = (
        AuditEntry.objects.filter(code__startswith="campaigns.result.").order_by("pk").values_list("code", flat=True)
    )
    assert list(codes)[-2:] == ["campaigns.result.corrected", "campaigns.result.recorded"]


def test_a_list_of_the_offices_own_needs_three_columns(office, targets, sheets):
    office.record(targets[0], 100)
    rows = [
        ["BÁO CÁO"],
        ["Chỉ tiêu", "Nơi thực hiện", "Thực hiện"],
        [RICE, WHOLE, 120],
        [INSURED, "thôn  tây", "97,5"],
    ]

    report = sheets.look(ResultResource, book(rows), period=PERIOD)

    assert outcomes(report) == [
        ("changed", [("Thực hiện", "100", "120")]),
        ("new", [("Thực hiện", "", "97,5")]),
    ]


def test_merged_and_empty_rows(office, targets, sheets):
    rows = [
        HEAD[:3] + ["Thực hiện"],
        [1, RICE, WHOLE, 120],
        [2, None, "Thôn Đông", 50],
        [None, None, None, None],
        [3, None, "Thôn Tây", None],
        [4, None, None, 5],
    ]

    report = sheets.look(ResultResource, book(rows, merges=["B2:B3"]), period=PERIOD)

    assert [(row.number, row.outcome, row.errors) for row in report.rows] == [
        (2, "new", []),
        (3, "new", []),
        (5, "wrong", ["Chỉ tiêu: còn trống."]),
        (6, "wrong", ["Chỉ tiêu: còn trống.", "Nơi thực hiện: còn trống."]),
    ]


def test_words_of_another_machine_are_the_same_words(run_results):
    report = run_results(
        (unicodedata.normalize("NFD", RICE.upper()), unicodedata.normalize("NFD", "thôn đông"), "1.300")
    )

    assert [(row.outcome, row.errors) for row in report.rows] == [("new", [])]
    assert figures() == [(RICE, "Thôn Đông", D(1300))]


# -- Rights, cost, pages -------------------------------------------------------------------


def test_only_the_officer_of_a_running_campaign_brings_figures_in(office, targets):
    pk = office.campaign.pk
    for user in (office.binh, office.cuong):
        with pytest.raises(NoRight):
            ResultResource.opened(actor=user, target_id=pk, options={"period": PERIOD})
    for code in ("", "2019-H1", "x"):
        with pytest.raises(NoPeriod):
            ResultResource.opened(actor=office.an, target_id=pk, options={"period": code})
    type(office.campaign).objects.update(state="draft")
    with pytest.raises(NotRunning):
        ResultResource.opened(actor=office.an, target_id=pk, options={"period": PERIOD})


def cost(act) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


@pytest.mark.parametrize("dry_run", [True, False])
def test_looking_and_writing_cost_the_same_at_3_and_300_rows(office, sheets, dry_run):
    """Of those, two are written; each figure written has its own row of history."""
    office.targets(*(TargetRow(f"Chỉ tiêu {at}", low=D(50)) for at in range(300)))

    def run(count: int, figure: int) -> int:
        rows = [{"target": f"Chỉ tiêu {at}", "place": WHOLE, "value": None} for at in range(count)]
        rows[0]["value"] = rows[1]["value"] = figure
        return cost(lambda: sheets.run(ResultResource, *rows, dry_run=dry_run, period=PERIOD))

    run(3, 10)  # what is read once for the process

    assert run(3, 11) == run(300, 12)
    assert Result.objects.filter(replaced_by=None).count() == (0 if dry_run else 2)


def test_each_further_figure_costs_the_same(office, sheets):
    office.targets(*(TargetRow(f"Chỉ tiêu {at}", low=D(50)) for at in range(60)))

    def run(first: int, count: int) -> int:
        rows = [{"target": f"Chỉ tiêu {at}", "place": WHOLE, "value": 10} for at in range(first, first + count)]
        return cost(lambda: sheets.run(ResultResource, *rows, period=PERIOD))

    run(0, 1)
    one, two, many = run(1, 1), run(2, 2), run(10, 50)

    assert many - one == 49 * (two - one)
    assert Result.objects.count() == 54


def test_the_export_costs_the_same_at_3_and_300_targets(office):
    def export() -> bytes:
        return exported(office)

    office.targets(*(TargetRow(f"Chỉ tiêu {at}") for at in range(3)))
    export()
    few = cost(export)
    office.targets(*(TargetRow(f"Chỉ tiêu khác {at}") for at in range(190)))

    assert cost(export) == few
    assert len(read_book(export())["Kết quả"]) == 3 + 193
    few = cost(lambda: to_fill(office))
    office.targets(TargetRow("Thêm một"))
    assert cost(lambda: to_fill(office)) == few
    assert len(read_book(to_fill(office))["Kết quả"]) == 3 + 194 * 5


def test_the_menu_of_the_page_leads_here_with_its_period(office, targets):
    officers, readers = (
        office.page("results", who=who, ky="2024-Q1").content.decode() for who in (office.an, office.binh)
    )

    for name in ("results_import", "results_template", "results_export"):
        assert f'href="{office.url(name)}?ky=2024-Q1"' in officers
    assert office.url("results_export") in readers
    assert office.url("results_import") not in readers


def test_the_page_of_the_import_offers_the_period_it_was_opened_for(office, targets):
    page = office.page("results_import", ky="2024-Q1")

    assert page.status_code == 200
    assert '<option value="2024-Q1" selected>Quý I năm 2024</option>' in page.content.decode()
    assert page.context["target"].template_url == f"{office.url('results_template')}?ky=2024-Q1"


def test_a_file_without_a_period_of_the_campaign_is_refused_at_the_field(office, targets, sheets):
    upload = io.BytesIO(exported(office))
    upload.name = "ket-qua.xlsx"

    answer = office.window().post(office.url("results_import"), {"file": upload, "period": "2019-H1"})

    assert answer.status_code == 422
    assert "Chọn một kỳ của phong trào." in answer.content.decode()
    assert not SheetImport.objects.exists()


def test_what_the_page_was_told_is_what_is_written(office, targets, sheets):
    upload = io.BytesIO(edited(exported(office), {(4, VALUE): "1.300"}))
    upload.name = "ket-qua.xlsx"
    answer = sheets.now(office.window().post, office.url("results_import"), {"file": upload, "period": PERIOD})
    found = SheetImport.objects.get()
    assert answer["Location"] == f"/nhap/{found.pk}/"

    sheets.now(office.window().post, f"/nhap/{found.pk}/nhan/", {"digest": found.digest})

    assert again(found).state == SheetImport.State.WRITTEN
    assert figures() == [(RICE, WHOLE, D(1300))]
