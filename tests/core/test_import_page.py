"""An import seen: its page from the upload to the last row; much data and hostile cells."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core import importing, jobs
from core.models import Job, SheetImport
from tests.core.sheet_samples import PART_HEAD as HEAD
from tests.core.sheet_samples import TWO_NEW_PARTS as TWO_NEW
from tests.core.sheet_samples import again, book, parts, told
from tests.factories import UserFactory
from tests.units.conftest import signed_in
from units.models import Part, Unit

pytestmark = pytest.mark.django_db

State = SheetImport.State


# -- Much and hostile ----------------------------------------------------------------------


def test_three_thousand_rows_are_taken_with_progress(receive, at_once, unit, monkeypatch):
    steps = []
    monkeypatch.setattr(jobs, "progress", lambda job, done, total: steps.append((done, total)))
    found = receive([HEAD, *([n, f"Thôn {n}"] for n in range(1, 3_001))])
    assert found.report["counts"] == {"wrong": 0, "new": 3_000, "changed": 0, "same": 0}
    assert steps == [(done, 3_000) for done in range(100, 3_001, 100)]

    at_once(importing.accept, found, digest=found.digest)

    assert (again(found).state, Part.objects.filter(unit=unit).count()) == (State.WRITTEN, 3_000)


HOSTILE = [
    "=1+1",
    "@SUM(A1)",
    "-Thôn",
    "+Thôn",
    "Thôn\nhai dòng",
    "Thôn\u0007",
    "<b>Thôn</b>",
    "x" * 301,
    "Ｔｈôn",
    "ệ" * 300,
    "'; DROP TABLE",
    "{{ 7*7 }}",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_looked_at_is_what_is_written_whatever_a_cell_holds(receive, at_once, unit, name):
    found = receive([HEAD, [1, name.replace("\u0007", "")], [2, "Thôn Đông"]])
    counts = found.report["counts"]

    if counts["wrong"]:
        assert (counts["new"], len(told(found)[0][4])) == (1, 1)
        return
    at_once(importing.accept, found, digest=found.digest)

    assert again(found).state == State.WRITTEN
    assert [stored for stored, _, _ in parts(unit)] == [" ".join(name.replace("\u0007", "").split()), "Thôn Đông"]


# -- The page ------------------------------------------------------------------------------


@pytest.fixture
def page(an) -> Client:
    return signed_in(an)


def post(page: Client, unit: Unit, content: bytes, name: str = "bo-phan.xlsx"):
    return page.post(f"/don-vi/{unit.pk}/bo-phan/nhap/", {"file": SimpleUploadedFile(name, content)})


def test_the_whole_way_by_clicks(page, unit, at_once):
    answer = at_once(post, page, unit, book([*TWO_NEW, [3, "Thôn Tây"]]))
    found = SheetImport.objects.get()
    assert answer["Location"] == f"/nhap/{found.pk}/"

    shown = page.get(f"/nhap/{found.pk}/")
    words = shown.content.decode()
    assert "Đã kiểm tra, không có lỗi. Chưa dòng nào được ghi; hãy xem lại rồi nhận." in words
    assert "Nhận 3 dòng" in words
    assert words.count('class="btn btn-primary"') == 1
    assert [row["label"] for row in shown.context["page"].rows] == ["Thôn Đông", "Trường Tiểu học", "Thôn Tây"]

    at_once(page.post, f"/nhap/{found.pk}/nhan/", {"digest": again(found).digest})

    assert "Đã nhận 3 dòng." in page.get(f"/nhap/{found.pk}/").content.decode()
    assert len(parts(unit)) == 3


def test_wrong_rows_come_first_and_there_is_nothing_to_accept(page, unit, at_once):
    at_once(post, page, unit, book([*TWO_NEW, [3, None, "Khác"]]))
    found = SheetImport.objects.get()

    shown = page.get(f"/nhap/{found.pk}/")

    assert shown.context["tabs"] == [("sai", "Có lỗi", 1), ("moi", "Thêm mới", 2)]
    assert [(row["number"], row["errors"]) for row in shown.context["page"].rows] == [(6, ["Tên bộ phận: còn trống."])]
    assert "/nhan/" not in shown.content.decode()
    others = page.get(f"/nhap/{found.pk}/?loc=moi")
    assert [row["label"] for row in others.context["page"].rows] == ["Thôn Đông", "Trường Tiểu học"]


def test_a_page_that_was_left_is_found_again_among_the_work(page, unit, at_once):
    at_once(post, page, unit, book(TWO_NEW))
    found = SheetImport.objects.get()

    [job] = page.get("/viec/").context["page"].rows

    assert (job.title, job.back_url) == ("Kiểm tra tệp bo-phan.xlsx", f"/nhap/{found.pk}/")
    assert f'href="/nhap/{found.pk}/"' in page.get(f"/viec/{job.pk}/").content.decode()


def test_while_it_is_looked_at_the_page_asks_again_and_then_loads_anew(page, unit, at_once):
    post(page, unit, book(TWO_NEW))  # not committed, so no worker has it yet
    found = SheetImport.objects.get()
    waiting = page.get(f"/nhap/{found.pk}/").content.decode()
    assert f'hx-get="/nhap/{found.pk}/"' in waiting
    assert "Có thể rời trang này" in waiting
    part = page.get(f"/nhap/{found.pk}/", headers={"HX-Request": "true"})
    assert (part.has_header("HX-Refresh"), "<html" in part.content.decode()) == (False, False)

    importing.import_check(job_id=found.job_id, import_id=found.pk)

    assert page.get(f"/nhap/{found.pk}/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_a_failed_look_is_told_and_can_be_tried_again(page, unit, at_once):
    at_once(post, page, unit, book([["không"], ["có bảng"]]))
    found = SheetImport.objects.get()

    words = page.get(f"/nhap/{found.pk}/").content.decode()
    assert "Không thấy dòng tên cột" in words
    assert "Chưa nhận dòng nào; dữ liệu vẫn như cũ." in words
    at_once(page.post, f"/nhap/{found.pk}/kiem-tra-lai/")

    assert Job.objects.count() == 2


def test_a_refused_file_is_told_at_the_field(page, unit):
    answer = post(page, unit, b"%PDF-1.7\n", "ke-hoach.pdf")

    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "file": ["Tệp này không phải bảng tính. Chương trình nhận tệp Excel (.xlsx) hoặc CSV."]
    }
    assert SheetImport.objects.count() == 0


def test_a_stale_acceptance_answers_with_a_sentence(page, unit, at_once):
    at_once(post, page, unit, book(TWO_NEW))
    found = SheetImport.objects.get()

    answer = page.post(f"/nhap/{found.pk}/nhan/", {"digest": "cũ"}, follow=True)

    assert [str(message) for message in answer.context["messages"]] == [
        "Kết quả kiểm tra vừa thay đổi. Hãy xem lại trước khi nhận."
    ]
    assert (parts(unit), again(found).state) == ([], State.CHECKED)


def test_an_import_is_its_owners_alone(unit, at_once, page):
    at_once(post, page, unit, book(TWO_NEW))
    found = SheetImport.objects.get()
    colleague = signed_in(UserFactory(role="officer", unit=unit))

    assert [
        colleague.get(f"/nhap/{found.pk}/").status_code,
        colleague.post(f"/nhap/{found.pk}/nhan/", {"digest": found.digest}).status_code,
        colleague.post(f"/nhap/{found.pk}/kiem-tra-lai/").status_code,
    ] == [404, 404, 404]


@pytest.mark.parametrize("count", [3, 300])
def test_the_page_costs_the_same_at_3_and_300_rows(page, unit, at_once, count, django_assert_num_queries):
    at_once(post, page, unit, book([HEAD, *([n, f"Thôn {n}"] for n in range(count))]))
    found = SheetImport.objects.get()
    page.get(f"/nhap/{found.pk}/")

    with django_assert_num_queries(5):
        shown = page.get(f"/nhap/{found.pk}/")

    assert (len(shown.context["page"].rows), shown.context["page"].total) == (min(count, 25), count)
