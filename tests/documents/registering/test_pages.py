"""A register out of Excel by clicks: from the template to the list, and what stops it on the way."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import importing
from core.models import Job, SheetImport
from documents import issuing
from documents.models import IssuedPaper
from tests.core.sheet_samples import book, downloaded, outcomes, read_book
from tests.documents.registering.sheets import DECREE, PLAIN, on_record, recorded, row
from tests.factories import IssuerFactory, UserFactory
from tests.units.conftest import signed_in
from units.models import Membership

pytestmark = pytest.mark.django_db

Role = Membership.Role
IMPORT, TEMPLATE, REGISTER = (reverse(f"documents:{name}") for name in ("import", "template", "register"))


def test_columns_that_are_not_kept_are_named(page, issuer, django_capture_on_commit_callbacks):
    content = book([DECREE, ["07/KH-UBND", "05/01/2025", "Kế hoạch công tác", "Lò Văn Thắng", "Các thôn", "VT", 3]])
    with django_capture_on_commit_callbacks(execute=True):
        page.post(IMPORT, {"issuer": issuer.pk, "file": SimpleUploadedFile("so.xlsx", content)})

    found = SheetImport.objects.get()
    assert found.report["unused"] == ["Nơi nhận văn bản", "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ghi chú"]
    assert "«Nơi nhận văn bản», «Đơn vị, người nhận bản lưu»" in page.get(f"/nhap/{found.pk}/").content.decode()


def test_the_page_asks_for_the_issuer_only_where_there_are_several(page, issuer):
    one = page.get(IMPORT).context["form"]["issuer"]
    council = IssuerFactory(unit=issuer.unit, name_lines="HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG")
    two = page.get(IMPORT).context["form"]["issuer"]

    assert (one.is_hidden, one.value()) == (True, issuer.pk)
    assert [pk for pk, _ in two.field.choices] == ["", str(issuer.pk), str(council.pk)]
    assert not two.is_hidden
    refused = page.post(IMPORT, {"issuer": "", "file": SimpleUploadedFile("so.xlsx", book([PLAIN, row("7")]))})
    assert refused.context["form"].errors == {"issuer": ["Hãy chọn cơ quan ban hành các văn bản trong tệp."]}
    assert SheetImport.objects.count() == 0


def test_from_the_template_to_the_register(page, issuer, officer, django_capture_on_commit_callbacks):
    sheet = read_book(downloaded(page.get(TEMPLATE)))
    head = next(line for line in sheet["Sổ văn bản"] if "Ngày ban hành" in line)
    examples = [line for line in sheet["Ví dụ"] if line[0] in (1, 2)]
    content = book([head, *examples])

    with django_capture_on_commit_callbacks(execute=True):
        answer = page.post(IMPORT, {"issuer": issuer.pk, "file": SimpleUploadedFile("so.xlsx", content)})
    found = SheetImport.objects.get()
    assert answer["Location"] == f"/nhap/{found.pk}/"
    assert (found.state, found.report["counts"]) == (
        SheetImport.State.CHECKED,
        {"wrong": 0, "new": 2, "changed": 0, "same": 0},
    )
    with django_capture_on_commit_callbacks(execute=True):
        page.post(f"/nhap/{found.pk}/nhan/", {"digest": found.digest})

    shown = page.get(f"/nhap/{found.pk}/").content.decode()
    assert "Đã nhận 2 dòng." in shown
    assert f'href="{REGISTER}"' in shown
    assert [(number, symbol, kind) for number, symbol, _, kind, *_ in recorded()] == [
        ("27", "KH-UBND", "Kế hoạch"),
        ("112", "QĐ-UBND", "Quyết định"),
    ]
    assert Job.objects.filter(state=Job.State.DONE, owner=officer).count() == 2


def test_rows_to_look_at_have_a_tab_of_their_own(page, issuer, django_capture_on_commit_callbacks):
    on_record(issuer, "8")
    content = book([PLAIN, row("7"), row("8"), row("2700")])
    with django_capture_on_commit_callbacks(execute=True):
        page.post(IMPORT, {"issuer": issuer.pk, "file": SimpleUploadedFile("so.xlsx", content)})
    found = SheetImport.objects.get()

    answer = page.get(f"/nhap/{found.pk}/?loc=luu-y")

    assert answer.context["tabs"] == [("moi", "Thêm mới", 2), ("giu", "Giữ nguyên", 1), ("luu-y", "Cần lưu ý", 1)]
    assert [shown["number"] for shown in answer.context["page"].rows] == [4]
    assert "Số 2700 cách xa các số khác (số liền trước là 8); hãy xem lại." in answer.content.decode()
    assert "Đã có trong sổ, giữ nguyên." in page.get(f"/nhap/{found.pk}/?loc=giu").content.decode()


def test_a_paper_recorded_meanwhile_stops_the_import_and_is_shown(
    page, issuer, officer, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page.post(IMPORT, {"issuer": issuer.pk, "file": SimpleUploadedFile("so.xlsx", book([PLAIN, row("7")]))})
    found = SheetImport.objects.get()
    data = issuing.PaperData("Kế hoạch", "7", "KH-UBND", dt.date(2025, 3, 1))
    issuing.record_past(data, issuer=issuer, actor=officer)

    with django_capture_on_commit_callbacks(execute=True):
        importing.accept(found, digest=found.digest)

    found.refresh_from_db()
    assert (found.state, found.report["counts"]["wrong"]) == (SheetImport.State.CHECKED, 1)
    assert IssuedPaper.objects.count() == 1


def test_an_office_without_an_issuer_is_told_what_to_do_first():
    officer = UserFactory(role=Role.OFFICER)

    answer = signed_in(officer).get(IMPORT)

    assert answer.status_code == 400
    assert "Đơn vị chưa có cơ quan ban hành nào; hãy thêm ở trang Đơn vị trước." in answer.content.decode()


@pytest.mark.parametrize("count", [3, 300])
def test_looking_asks_the_database_as_often_for_300_rows_as_for_3(run, count, django_assert_num_queries):
    rows = [row(number + 1) for number in range(count)]

    with django_assert_num_queries(4):
        report = run(PLAIN, *rows)

    assert outcomes(report)[0][0] == "new"
    assert report.count("new") == count
