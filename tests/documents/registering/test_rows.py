"""A register of past papers out of Excel: read as offices draw it, looked at row by row, never written over."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from core import audit
from documents import series
from documents.models import IssuedPaper, NumberSeries
from documents.resources import NoRight, PaperResource
from tests.core.sheet_samples import downloaded, read_book
from tests.documents.registering.sheets import DECREE, PLAIN, errors, on_record, recorded, row
from tests.factories import IssuerFactory, UserFactory
from units.models import Membership, Unit

pytestmark = pytest.mark.django_db

Role = Membership.Role


# -- As offices draw it --------------------------------------------------------------------


def test_the_register_of_the_decree_is_taken_with_its_columns_in_one(run):
    report = run(
        ["SỔ ĐĂNG KÝ VĂN BẢN ĐI"],
        ["Năm 2025"],
        DECREE,
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
        ["Tháng 01/2025"],
        ["07/KH-UBND", "ngày 05 tháng 01 năm 2025", "Kế hoạch công tác thi đua năm 2025", "Lò Văn Thắng", "Sở Nội vụ"],
        ["27a/QĐ-UBND", "18.1.25", "QUYẾT ĐỊNH: về việc tặng Giấy khen", "Hà Thị Mận", "Các thôn", "VT", 12],
        ["12/UBND-VX", dt.datetime(2025, 2, 3), "V/v đăng ký danh hiệu thi đua", "Lò Văn Thắng"],  # noqa: DTZ001
        dry_run=False,
    )

    assert errors(report) == [[], [], []]
    assert recorded() == [
        ("07", "KH-UBND", dt.date(2025, 1, 5), "Kế hoạch", "Công tác thi đua năm 2025", "Lò Văn Thắng"),
        ("27a", "QĐ-UBND", dt.date(2025, 1, 18), "Quyết định", "Về việc tặng Giấy khen", "Hà Thị Mận"),
        ("12", "UBND-VX", dt.date(2025, 2, 3), "Công văn", "V/v đăng ký danh hiệu thi đua", "Lò Văn Thắng"),
    ]


def test_number_and_symbol_may_have_a_column_each_and_excel_may_have_made_a_figure_of_the_number(run):
    run(PLAIN, row(7), row("27"), dry_run=False)

    assert [(number, symbol) for number, symbol, *_ in recorded()] == [("7", "KH-UBND"), ("27", "KH-UBND")]


@pytest.mark.parametrize("typed", ["05/3", "5.3", "ngày 05/3"])
def test_days_without_a_year_take_the_one_that_was_chosen(run, typed):
    asked = run(PLAIN, row("7", typed))
    run(PLAIN, row("7", typed), dry_run=False, nam="2024")

    assert errors(asked) == [
        [f"Ngày ban hành: «{typed}» thiếu năm; ghi đủ ngày/tháng/năm, hoặc chọn năm của sổ khi nạp."]
    ]
    assert recorded()[0][2] == dt.date(2024, 3, 5)


@pytest.mark.parametrize(
    ("symbol", "kind", "subject", "read"),
    [
        ("KH-UBND", "", "Công tác thi đua", ("Kế hoạch", "Công tác thi đua")),
        ("KH-UBND", "KẾ HOẠCH", "Công tác thi đua", ("Kế hoạch", "Công tác thi đua")),
        ("TTr-HĐTĐKT", "", "", ("Tờ trình", "")),
        ("2025/QĐ-UBND", "", "Quyết định ban hành Quy chế", ("Quyết định", "Ban hành Quy chế")),
        ("UBND-VX", "", "Báo cáo nhanh", ("Công văn", "Báo cáo nhanh")),
        ("VP", "", "Giấy mời họp Hội đồng", ("Giấy mời", "Họp Hội đồng")),
        ("GM-UBND", "", "GIẤY MỜI", ("Giấy mời", "")),
        ("KH-UBND", "Đề cương", "Kế hoạch nhỏ", ("Đề cương", "Kế hoạch nhỏ")),
    ],
)
def test_the_kind_is_read_from_its_cell_the_symbol_or_the_first_words(run, symbol, kind, subject, read):
    report = run(PLAIN, row("7", symbol=symbol, kind=kind, subject=subject), dry_run=False)

    assert errors(report) == [[]]
    assert recorded()[0][3:5] == read


# -- What is wrong with a row --------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (row("7", "31/02/2025"), "Ngày ban hành: không có ngày 31/02/2025."),
        (row("7", None), "Ngày ban hành: còn trống."),
        (row(None), "Số: còn trống."),
        (row("7", "18/01/2124"), "Ngày ban hành: năm 2124 ngoài khoảng 1900 đến 2100."),
        (row("7", "18/01/2050"), "Ngày 18/01/2050 chưa đến; hãy xem lại ngày trên văn bản."),
        (row("bảy"), str(series.UnfitNumber())),
        (
            row(dt.datetime(2025, 3, 27)),  # noqa: DTZ001 -- what Excel makes of «27/3»
            "Số: Excel đã đổi ô này thành ngày; hãy định dạng cột là chữ (Text) rồi ghi lại số.",
        ),
        (row("7", symbol=""), "Ký hiệu: còn trống; ghi ở cột Ký hiệu, hoặc ghi 27/KH-UBND ở cột Số."),
        (
            row("7/QĐ-UBND"),
            "Ô này ghi ký hiệu QĐ-UBND, ô ký hiệu ghi KH-UBND. Hãy xem lại văn bản.",
        ),
        (
            row("7", symbol="VP", kind="", subject="Đăng ký thi đua"),
            "Tên loại: còn trống, và ký hiệu VP không cho biết loại nào.",
        ),
        (
            row("7", signer="<b>Lò Văn Thắng</b>"),
            "Người ký: Nội dung có thẻ HTML «<b>»; văn bản chỉ gồm chữ, hãy bỏ thẻ đi.",
        ),
    ],
)
def test_a_row_is_refused_with_its_reason_and_nothing_is_written(run, values, reason):
    report = run(PLAIN, values)

    assert [(found.outcome, found.errors) for found in report.rows] == [("wrong", [reason])]
    assert (IssuedPaper.objects.count(), NumberSeries.objects.count()) == (0, 0)


def test_papers_of_days_before_the_unit_and_after_it_are_refused(run, issuer):
    Unit.objects.filter(pk=issuer.unit_id).update(valid_from=dt.date(2020, 7, 1), valid_to=dt.date(2025, 6, 30))

    report = run(PLAIN, row("7", "30/6/2020"), row("8", "01/7/2020"), row("9", "01/7/2025"))

    assert errors(report) == [
        ["Xã Vân Khê chỉ có từ ngày 01/07/2020."],
        [],
        ["Xã Vân Khê đã kết thúc từ ngày 30/06/2025."],
    ]


def test_a_number_stands_once_in_the_file_and_in_the_register_however_it_is_written(run, issuer):
    on_record(issuer, "07")

    report = run(
        PLAIN, row("27"), row("027"), row("27A"), row("27a"), row("27", symbol="QĐ-UBND"), row("7", "19/01/2025")
    )

    assert errors(report) == [
        [],
        ["Trùng với dòng 2 của tệp. Hãy bỏ một trong hai dòng."],
        [],
        ["Trùng với dòng 4 của tệp. Hãy bỏ một trong hai dòng."],
        [],
        [
            "Số 07/KH-UBND năm 2025 đã ghi cho Kế hoạch «Công tác thi đua» ngày 18/01/2025. "
            "Hãy xem lại số và ngày trên văn bản."
        ],
    ]


def test_a_number_far_from_the_others_is_pointed_out_and_taken(run, issuer):
    on_record(issuer, "12", kind="Kế hoạch")
    rows = [row("2700"), row("45"), row("101"), row("29", symbol="QĐ-UBND")]

    report = run(PLAIN, *rows, dry_run=False)

    assert [found.notes for found in report.rows] == [
        ["Số 2700 cách xa các số khác (số liền trước là 101); hãy xem lại."],
        [],
        [],
        [],
    ]
    assert IssuedPaper.objects.filter(number="2700").exists()
    assert NumberSeries.objects.get(name="KH-UBND").last_number == 2700


# -- What is there already -----------------------------------------------------------------


def test_a_paper_that_is_on_record_stays_as_it_is(run, issuer):
    on_record(issuer, "07", subject="Công tác thi đua, khen thưởng")
    on_record(issuer, "6", signer="")
    before = recorded()

    report = run(PLAIN, row("7", signer=""), row("6"), row("8"), dry_run=False)

    assert [(found.outcome, found.notes) for found in report.rows] == [
        ("same", ["Đã có trong sổ, giữ nguyên: trích yếu trong sổ là «Công tác thi đua, khen thưởng»."]),
        ("same", ["Đã có trong sổ, giữ nguyên: người ký trong sổ để trống."]),
        ("new", []),
    ]
    assert recorded() == [*before, ("8", "KH-UBND", dt.date(2025, 1, 18), *row("8")[3:])]


def test_what_goes_out_comes_back_as_known(page, run, issuer):
    for number in ("7", "27a", "101"):
        on_record(issuer, number)
    [_, _, *rows] = read_book(downloaded(page.get(reverse("documents:export"))))["Sổ văn bản"]

    report = run(*rows)

    assert [(found.outcome, found.notes) for found in report.rows] == [("same", ["Đã có trong sổ, giữ nguyên."])] * 3


def test_a_counter_goes_on_above_loaded_papers_and_never_back(run, issuer, officer):
    series.set_up(issuer=issuer, symbol="KH-UBND", year=2025, mode="own", last_number=30, actor=officer)

    run(PLAIN, row("45"), row("12"), dry_run=False)

    kept = NumberSeries.objects.get()
    assert (kept.mode, kept.last_number, series.coming_number(kept, "KH-UBND")) == ("own", 45, "46")


def test_every_paper_is_told_in_the_history(run, issuer, officer):
    run(PLAIN, row("7"), row("8"), dry_run=False)

    entries = [entry for entry in audit.AuditEntry.objects.order_by("position") if "paper" in entry.code]
    assert [(entry.code, entry.actor, entry.subject_label) for entry in entries] == [
        ("documents.paper.recorded", officer, "Kế hoạch 7/KH-UBND"),
        ("documents.paper.recorded", officer, "Kế hoạch 8/KH-UBND"),
    ]
    assert audit.first_broken_link(issuer.unit_id) is None


# -- Whose papers they are -----------------------------------------------------------------


def test_each_row_may_name_its_issuer_and_else_takes_the_chosen_one(run, issuer):
    council = IssuerFactory(unit=issuer.unit, name_lines="HỘI ĐỒNG\nTHI ĐUA - KHEN THƯỞNG")
    head = [*PLAIN, "Cơ quan ban hành"]

    report = run(
        head,
        [*row("7"), "Hội đồng thi đua - khen thưởng"],
        row("7"),
        [*row("8"), "UBND xã khác"],
        into=issuer,
    )
    run(head, [*row("7"), council.name], row("7"), dry_run=False)

    assert errors(report)[2] == [
        "Cơ quan ban hành: đơn vị không có cơ quan ban hành «UBND xã khác»; ghi như ở trang Đơn vị, "
        "hoặc để trống ô này."
    ]
    assert set(IssuedPaper.objects.values_list("number", "issuer")) == {("7", council.pk), ("7", issuer.pk)}


def test_the_right_is_asked_again_by_the_worker(issuer):
    with pytest.raises(NoRight):
        PaperResource.opened(actor=UserFactory(role=Role.LEADER, unit=issuer.unit), target_id=issuer.pk, options={})
