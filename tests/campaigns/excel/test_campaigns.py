"""The list of campaigns out of Excel and into it."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.excel.campaigns import CampaignResource, NoRight
from campaigns.models import Campaign
from core.files import XLSX
from core.models import AuditEntry, SheetImport
from core.resources import Report
from core.sheets.reading import read_sheets
from core.sheets.tables import Table, TableRow, find_table
from tests.core.sheet_samples import again, downloaded, outcomes, read_book, read_rows, saved
from tests.factories import PersonFactory, UnitFactory

ROW = {"title": "Phong trào thi đua năm 2025", "year": 2025}
LIST = "/phong-trao/"


@pytest.fixture
def run(office):
    def run(*rows: dict[str, Any], dry_run: bool = False, actor: Any = None) -> Report:
        names = {name for row in rows for name in row}
        table = Table("", dict.fromkeys(names, ""), [TableRow(place, row) for place, row in enumerate(rows, start=2)])
        resource = CampaignResource.opened(actor=actor or office.an, target_id=office.unit.pk, options={})
        return resource.run(table, dry_run=dry_run)

    return run


def exported(office, query: str = "?nam=") -> bytes:
    return downloaded(office.window().get(f"{LIST}xuat-excel/{query}"))


def came_back(run, content: bytes) -> Report:
    resource = CampaignResource()
    table = find_table(read_sheets(io.BytesIO(content), XLSX), resource.wanted, resource.required)
    return run(*(row.values for row in table.rows), dry_run=True)


def test_a_row_becomes_a_campaign_that_is_being_prepared(office, run):
    person = PersonFactory(unit=office.unit, full_name="Lò Văn Hặc")

    report = run(
        {
            **ROW,
            "theme": "Đoàn kết",
            "kind": "Chuyên đề",
            "start": "1/1/2025",
            "end": "31/12/2025",
            "register_by": "15/2/2025",
            "scope": "Các thôn\nCác trường",
            "follower_name": "lò văn hặc",
        }
    )

    assert [(row.outcome, row.errors) for row in report.rows] == [("new", [])]
    made = Campaign.objects.get(year=2025)
    assert (made.unit, made.title, made.theme, made.kind, made.level, made.state) == (
        office.unit,
        ROW["title"],
        "Đoàn kết",
        "thematic",
        "commune",
        "draft",
    )
    assert (made.start, made.end, made.register_by) == (
        dt.date(2025, 1, 1),
        dt.date(2025, 12, 31),
        dt.date(2025, 2, 15),
    )
    assert (made.scope, made.follower, made.made_by) == ("Các thôn\nCác trường", person, office.an)


def test_what_went_out_comes_back_unchanged_and_says_so(office, run):
    campaign = office.campaign
    campaign.scope, campaign.rewards = "Các thôn\n\n- Trường  học", "=1+1"
    campaign.follower = PersonFactory(unit=office.unit)
    campaign.save()
    for title, state in (("+Phong trào", "draft"), ("Thi đua đã bỏ", "dropped"), ("Thi đua đã bỏ", "draft")):
        Campaign.objects.create(unit=office.unit, title=title, year=2023, state=state)

    report = came_back(run, exported(office))

    assert [(row.outcome, row.errors) for row in report.rows] == [("same", [])] * 4


def test_two_cells_edited_change_two_fields_and_the_history_keeps_the_old(office, run):
    made = openpyxl.load_workbook(io.BytesIO(exported(office)))
    heads = [cell.value for cell in made.active[3]]
    made.active.cell(4, heads.index("Chủ đề") + 1).value = "Đổi mới"
    made.active.cell(4, heads.index("Hạn đăng ký") + 1).value = "15/02/2024"
    before = {name: getattr(office.campaign, name) for name in ("title", "year", "start", "end", "state", "kind")}

    report = came_back(run, saved(made))
    assert outcomes(report) == [("changed", [("Chủ đề", "", "Đổi mới"), ("Hạn đăng ký", "", "15/02/2024")])]
    run({"title": "Thi đua năm 2024", "year": 2024, "theme": "Đổi mới", "register_by": "15/2/2024"})

    after = Campaign.objects.get()
    assert (after.theme, after.register_by) == ("Đổi mới", dt.date(2024, 2, 15))
    assert {name: getattr(after, name) for name in before} == before
    [entry] = AuditEntry.objects.filter(code="campaigns.campaign.changed")
    assert set(entry.changes) == {"theme", "register_by"}


def test_what_a_superior_launched_is_known_again_and_not_changed(office, run, monkeypatch):
    away = UnitFactory(name="Hồng Lạc")
    Campaign.objects.create(unit=away, title="Phong trào của xã bạn", year=2024, state="running", theme="A")
    monkeypatch.setattr("campaigns.excel.campaigns.visible_campaigns", lambda user: Campaign.objects.all())
    row = {"title": "Phong trào của xã bạn", "year": 2024, "unit_title": away.title}

    same, changed, strange = (
        run({**row, **more}) for more in ({}, {"theme": "B"}, {"unit_title": "Xã Không Có", "theme": "B"})
    )

    assert outcomes(same) == [("same", [])]
    assert outcomes(changed) == [("wrong", [f"Phong trào này của {away.title}; chỉ đơn vị ấy sửa được."])]
    assert outcomes(strange) == [
        ("wrong", [f"Dòng này ghi đơn vị Xã Không Có, còn đang nhập cho {office.unit.title}."])
    ]
    assert Campaign.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"title": None}, "Tên phong trào: còn trống."),
        ({"year": "hai nghìn"}, "Năm: «hai nghìn» không phải số nguyên."),
        ({"start": "31/2/2025"}, "Từ ngày: không có ngày 31/2/2025."),
        ({"start": "1/3/2025", "end": "1/2/2025"}, "Ngày kết thúc trước ngày bắt đầu 01/03/2025."),
        ({"start": "1/3/2015"}, "Năm 2015 cách xa năm của phong trào (2025); hãy xem lại ngày."),
        (
            {"kind": "Lạ"},
            "Loại: «Lạ» không có trong các lựa chọn: Thường xuyên; Theo đợt; Chuyên đề; Đột xuất.",
        ),
        ({"follower_name": "Ai Đó"}, "Người theo dõi: «Ai Đó» chưa có trong danh sách Nhân sự của đơn vị."),
        ({"theme": "<b>A</b>"}, "Chủ đề: Nội dung có thẻ HTML «<b>»; văn bản chỉ gồm chữ, hãy bỏ thẻ đi."),
    ],
)
def test_a_bad_row_says_why(run, row, reason):
    report = run({"title": "Thi đua quyết thắng", "year": 2025}, {**ROW, **row}, dry_run=True)

    assert [(line.number, line.outcome, line.errors) for line in report.rows] == [
        (2, "new", []),
        (3, "wrong", [reason]),
    ]
    assert Campaign.objects.count() == 1


def test_one_written_twice_and_one_with_another_state_are_refused(run):
    report = run(
        ROW,
        {**ROW, "title": ROW["title"].upper()},
        {"title": "Thi đua năm 2024", "year": 2024, "state": "Đã tổng kết"},
    )

    assert [row.errors for row in report.rows] == [
        [],
        ["Trùng với dòng 2 của tệp. Hãy bỏ một trong hai dòng."],
        ["Trạng thái không đổi được từ tệp; hãy ghi nhận ở trang của phong trào."],
    ]


def test_the_whole_way_by_clicks(office, at_once):
    made = openpyxl.load_workbook(io.BytesIO(downloaded(office.window().get(f"{LIST}tep-mau/"))))
    sheet, example = made["Phong trào"], made["Ví dụ"]
    for column, value in enumerate(next(example.iter_rows(min_row=4, values_only=True)), start=1):
        sheet.cell(5, column).value = value
    assert len(read_rows(saved(made), CampaignResource())) == 1
    upload = SimpleUploadedFile("phong-trao.xlsx", saved(made))

    at_once(office.window().post, f"{LIST}nhap-excel/", {"file": upload, "unit": office.unit.pk})
    found = SheetImport.objects.get()
    assert found.report["counts"] == {"wrong": 0, "new": 1, "changed": 0, "same": 0}
    page = office.window().get(f"/nhap/{found.pk}/").content.decode()
    assert f"{LIST}nhap-excel/?dv={office.unit.pk}" in page
    at_once(office.window().post, f"/nhap/{found.pk}/nhan/", {"digest": found.digest})

    assert again(found).state == SheetImport.State.WRITTEN
    assert Campaign.objects.get(year=2026).theme == "Đoàn kết, sáng tạo, thi đua về đích"


def test_the_export_follows_the_filters_and_the_year_of_the_page(office):
    Campaign.objects.create(unit=office.unit, title="Thi đua năm 2023", year=2023)

    def titles(query: str) -> list[str]:
        return [row[1] for row in read_book(exported(office, query))["Phong trào"][3:]]

    assert titles("") == ["Thi đua năm 2024"]
    assert titles("?nam=") == ["Thi đua năm 2024", "Thi đua năm 2023"]
    assert titles("?nam=&trang_thai=draft") == ["Thi đua năm 2023"]


def test_only_an_officer_brings_campaigns_in(office):
    for user in (office.binh, office.cuong):
        with pytest.raises(NoRight):
            CampaignResource.opened(actor=user, target_id=office.unit.pk, options={})


def queries_of(act) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


@pytest.mark.parametrize("dry_run", [True, False])
def test_looking_and_writing_cost_the_same_at_3_and_300_rows(office, run, dry_run):
    for at in range(300):
        Campaign.objects.create(unit=office.unit, title=f"Phong trào {at}", year=2024)

    def cost(count: int, theme: str) -> int:
        rows = [{"title": f"Phong trào {at}", "year": 2024, "theme": ""} for at in range(count)]
        rows[0]["theme"] = rows[1]["theme"] = theme
        return queries_of(lambda: run(*rows, dry_run=dry_run))

    cost(3, "A")

    assert cost(3, "B") == cost(300, "C")


def test_the_export_costs_the_same_at_3_and_300_campaigns(office):
    def more(count: int) -> None:
        for at in range(count):
            person = PersonFactory(unit=office.unit)
            Campaign.objects.create(unit=office.unit, title=f"Phong trào {at}", year=2024, follower=person)

    more(2)
    exported(office)
    few = queries_of(lambda: exported(office))
    more(297)

    assert queries_of(lambda: exported(office)) == few
    assert len(read_book(exported(office))["Phong trào"]) == 303


def test_the_menu_of_the_list_offers_what_each_may_do(office):
    officers, readers = (office.window(who).get(f"{LIST}?nam=").content.decode() for who in (office.an, office.binh))

    assert all(f"{LIST}{name}/" in officers for name in ("nhap-excel", "xuat-excel", "tep-mau"))
    assert f"{LIST}xuat-excel/" in readers
    assert f"{LIST}nhap-excel/" not in readers
