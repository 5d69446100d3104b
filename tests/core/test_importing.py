"""An import: looked at without writing, taken as a whole or not at all, found again, never taken twice."""

from __future__ import annotations

import threading

import pytest
from celery import Task
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from kombu.exceptions import OperationalError

from core import audit, importing, jobs
from core.files import UnfitFile
from core.models import AuditEntry, Job, SheetImport, StoredFile
from core.sheets.tables import Table, TableRow
from tests.core.sheet_samples import PART_HEAD as HEAD
from tests.core.sheet_samples import TWO_NEW_PARTS as TWO_NEW
from tests.core.sheet_samples import again, book, parts, told
from tests.factories import PartFactory, UserFactory
from units import services
from units.models import Membership, Part, Person
from units.resources import NoRight, PartResource

pytestmark = pytest.mark.django_db

State = SheetImport.State


# -- Looking -----------------------------------------------------------------------------


def test_a_file_is_kept_and_looked_at_and_nothing_is_written(receive, unit, an):
    PartFactory(unit=unit, name="Thôn  Đông", phone="0900000000")
    PartFactory(unit=unit, name="Thôn Tây")

    found = receive([*TWO_NEW, [3, "thôn tây"]])

    assert (found.state, found.owner, found.kind, found.file.name) == (
        State.CHECKED,
        an,
        "units.parts",
        "bo-phan.xlsx",
    )
    assert found.report["counts"] == {"wrong": 0, "new": 1, "changed": 1, "same": 1}
    assert told(found) == [
        (4, "Thôn Đông", "changed", [["Điện thoại", "0900000000", "0912345678"]], []),
        (5, "Trường Tiểu học", "new", [["Tên bộ phận", "", "Trường Tiểu học"], ["Loại", "", "Trường học"]], []),
        (6, "thôn tây", "same", [], []),
    ]
    assert parts(unit) == [("Thôn  Đông", "village", "0900000000"), ("Thôn Tây", "village", "")]
    assert (found.job.state, found.job.title, found.job.done, found.job.total) == (
        Job.State.DONE,
        "Kiểm tra tệp bo-phan.xlsx",
        3,
        3,
    )
    assert {entry.code for entry in AuditEntry.objects.all()} == {"core.file.stored"}


def test_looking_writes_no_row_and_takes_no_lock(unit, an, django_assert_max_num_queries):
    table = Table("", {"name": "Tên"}, [TableRow(number, {"name": f"Thôn {number}"}) for number in range(500)])
    resource = PartResource.opened(actor=an, target_id=unit.pk, options={})

    with django_assert_max_num_queries(4) as queries:
        report = resource.run(table, dry_run=True)

    assert report.count("new") == 500
    assert {query["sql"].split()[0] for query in queries.captured_queries} == {"SELECT"}


def test_each_wrong_row_is_told_by_its_number_and_reason(receive, unit):
    PartFactory(unit=unit, name="Thôn Đông")

    found = receive(
        [HEAD, [1, "Thôn Đồng"], [2, None, "Trường học"], [3, "Thôn Tây", "Bản"], [4, "Thôn Tây"], [5, "=1+1"]]
    )

    assert found.report["counts"] == {"wrong": 5, "new": 0, "changed": 0, "same": 0}
    assert [(number, errors) for number, _, outcome, _, errors in told(found) if outcome == "wrong"] == [
        (
            2,
            [
                "Danh sách đã có «Thôn Đông», chỉ khác dấu. Nếu là một, hãy ghi giống hệt; "
                "nếu là hai nơi khác nhau, hãy thêm nơi này ở trang Bộ phận."
            ],
        ),
        (3, ["Tên bộ phận: còn trống."]),
        (
            4,
            [
                "Loại: «Bản» không có trong các lựa chọn: Thôn, khu phố; Trường học; Trạm, trung tâm; "
                "Cơ quan, phòng, ban; Đoàn thể; Hội đồng, ban chỉ đạo; Nhóm đơn vị; Khác."
            ],
        ),
        (5, ["Trùng với dòng 4 của tệp. Hãy bỏ một trong hai dòng."]),
        (6, ["Tên bộ phận: công thức chưa có kết quả; hãy mở tệp bằng Excel, lưu lại rồi nạp lại."]),
    ]


def test_a_file_without_the_table_ends_the_work_in_a_sentence(receive):
    found = receive([["Chỉ có chữ"], ["và chữ"]])

    assert (found.state, found.job.state, found.report) == (State.CHECKING, Job.State.FAILED, {})
    assert found.job.message.startswith("Không thấy dòng tên cột (có cột «Tên bộ phận») trong tệp này.")


def test_a_fault_of_the_program_is_no_fault_of_the_sheet(receive, monkeypatch, caplog):
    def fail(self, work):
        raise ZeroDivisionError

    monkeypatch.setattr(PartResource, "check", fail)

    found = receive(TWO_NEW)

    assert (found.state, found.job.state, found.job.message) == (
        State.CHECKING,
        Job.State.FAILED,
        "Việc này chưa làm xong được. Hãy thử lại; nếu vẫn không được, báo người quản trị.",
    )
    assert "ZeroDivisionError" in caplog.text


def test_what_is_no_sheet_is_refused_at_once(receive):
    with pytest.raises(UnfitFile, match=r"^Tệp này theo kiểu Excel cũ"):
        receive(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), name="cu.xls")

    assert (SheetImport.objects.count(), StoredFile.objects.count(), Job.objects.count()) == (0, 0, 0)


def test_a_file_too_large_is_refused_by_its_size(receive, monkeypatch):
    monkeypatch.setattr(importing, "MOST_BYTES", 1 << 20)

    with pytest.raises(UnfitFile, match="^Tệp lớn quá 1 MB."):
        receive(book(TWO_NEW) + bytes(1 << 20))


def test_a_stranger_imports_nothing(receive):
    with pytest.raises(NoRight):
        receive(TWO_NEW, actor=UserFactory(role="officer"))

    assert SheetImport.objects.count() == 0


# -- Taking ------------------------------------------------------------------------------


def test_accepted_rows_are_written_through_services_with_their_history(receive, at_once, unit, an):
    stored = PartFactory(unit=unit, name="Thôn Đông")
    found = receive(TWO_NEW)

    at_once(importing.accept, found, digest=found.digest)

    found = again(found)
    assert (found.state, found.job.title, found.job.state) == (
        State.WRITTEN,
        "Nhận 2 dòng từ tệp bo-phan.xlsx",
        Job.State.DONE,
    )
    assert parts(unit) == [("Thôn Đông", "village", "0912345678"), ("Trường Tiểu học", "school", "")]
    entries = [(entry.code, entry.actor, entry.subject_label) for entry in AuditEntry.objects.order_by("pk")]
    assert entries == [
        ("core.file.stored", an, "bo-phan.xlsx"),
        ("units.part.changed", an, "Thôn Đông"),
        ("units.part.added", an, "Trường Tiểu học"),
        ("core.import.written", an, "bo-phan.xlsx"),
    ]
    assert AuditEntry.objects.get(subject_type="core.sheetimport").changes == {
        "rows_added": [None, 1],
        "rows_changed": [None, 1],
    }
    assert audit.first_broken_link(unit.pk) is None
    assert Part.objects.get(pk=stored.pk).search == "thon dong"


def test_a_second_click_takes_nothing_twice(receive, at_once, unit):
    found = receive(TWO_NEW)

    for _ in range(2):
        at_once(importing.accept, found, digest=found.digest)

    assert [name for name, _, _ in parts(unit)] == ["Thôn Đông", "Trường Tiểu học"]
    assert Job.objects.filter(title__startswith="Nhận").count() == 1


def test_rows_with_an_error_are_not_taken_and_neither_are_the_others(receive, at_once, unit):
    found = receive([*TWO_NEW, [3, None, "Khác"]])

    with pytest.raises(importing.NothingToWrite):
        at_once(importing.accept, found, digest=found.digest)

    assert (parts(unit), again(found).state) == ([], State.CHECKED)


def test_a_file_that_changes_nothing_is_not_taken(receive, at_once, unit):
    PartFactory(unit=unit, name="Thôn Đông")
    found = receive([HEAD, [1, "Thôn Đông"]])

    with pytest.raises(importing.NothingToWrite):
        at_once(importing.accept, found, digest=found.digest)


def test_data_that_changed_meanwhile_is_shown_again_before_anything_is_written(receive, at_once, unit):
    found = receive(TWO_NEW)
    PartFactory(unit=unit, name="Thôn Đông", phone="0900000000")

    at_once(importing.accept, found, digest=found.digest)

    shown = again(found)
    assert (shown.state, shown.report["is_other"]) == (State.CHECKED, True)
    assert told(shown)[0] == (4, "Thôn Đông", "changed", [["Điện thoại", "0900000000", "0912345678"]], [])
    assert [name for name, _, _ in parts(unit)] == ["Thôn Đông"]

    with pytest.raises(importing.ReportIsOld):  # another tab still shows the first report
        at_once(importing.accept, found, digest=found.digest)
    at_once(importing.accept, shown, digest=shown.digest)
    assert parts(unit) == [("Thôn Đông", "village", "0912345678"), ("Trường Tiểu học", "school", "")]


def test_what_changes_between_the_last_look_and_the_writing_undoes_it_all(receive, at_once, unit, monkeypatch):
    found = receive(TWO_NEW)
    add_part = services.add_part

    def somebody_is_faster(unit, **fields):
        if fields["name"] == "Trường Tiểu học":
            raise services.UnfitUnit("Vừa có người thêm bộ phận này.")
        return add_part(unit, **fields)

    monkeypatch.setattr(services, "add_part", somebody_is_faster)

    at_once(importing.accept, found, digest=found.digest)

    shown = again(found)
    assert (parts(unit), shown.state, shown.report["is_other"]) == ([], State.CHECKED, True)
    assert told(shown)[1][2:] == ("wrong", [], ["Vừa có người thêm bộ phận này."])
    assert not AuditEntry.objects.filter(code__startswith="units.").exists()


def test_two_imports_of_one_list_do_not_double_it(receive, at_once, unit):
    first, second = receive(TWO_NEW), receive(TWO_NEW)

    at_once(importing.accept, first, digest=first.digest)
    at_once(importing.accept, second, digest=second.digest)

    assert (again(first).state, again(second).state) == (State.WRITTEN, State.CHECKED)
    assert again(second).report["counts"] == {"wrong": 0, "new": 0, "changed": 0, "same": 2}
    assert len(parts(unit)) == 2


def test_who_lost_the_right_meanwhile_takes_nothing(receive, at_once, unit, an):
    found = receive(TWO_NEW)
    Membership.objects.all().delete()

    at_once(importing.accept, found, digest=found.digest)

    shown = again(found)
    assert (parts(unit), shown.state, shown.job.state) == ([], State.WRITING, Job.State.FAILED)
    assert shown.job.message == "Bạn không còn quyền sửa danh sách của đơn vị này."


# -- What goes wrong outside ---------------------------------------------------------------


def test_a_lost_queue_is_told_and_the_file_is_not_lost(receive, at_once, monkeypatch):
    def nobody(self, **arguments):
        raise OperationalError("Connection refused")

    with monkeypatch.context() as without_queue:
        without_queue.setattr(Task, "delay", nobody)
        found = receive(TWO_NEW)
    assert (found.state, found.job.state, found.job.message) == (
        State.CHECKING,
        Job.State.FAILED,
        jobs.NOBODY_TOOK_IT,
    )

    at_once(importing.look_again, found)

    assert again(found).report["counts"] == {"wrong": 0, "new": 2, "changed": 0, "same": 0}


def test_work_that_was_given_up_may_not_write_any_more(receive, at_once, unit):
    found = receive(TWO_NEW)
    SheetImport.objects.filter(pk=found.pk).update(state=State.WRITING)
    old = Job.objects.create(owner=found.owner, unit_id=unit.pk, title="Nhận", state=Job.State.WAITING)

    importing.import_write(job_id=old.pk, import_id=found.pk)

    assert (parts(unit), again(found).state) == ([], State.WRITING)


def test_checking_again_sees_todays_data(receive, at_once, unit):
    found = receive(TWO_NEW)
    PartFactory(unit=unit, name="Trường Tiểu học", kind="school")

    at_once(importing.look_again, found)

    assert again(found).report["counts"] == {"wrong": 0, "new": 1, "changed": 0, "same": 1}


def test_what_is_under_way_or_written_is_not_checked_again(receive, at_once):
    found = receive(TWO_NEW)
    at_once(importing.accept, found, digest=found.digest)
    count = Job.objects.count()

    at_once(importing.look_again, found)

    assert (again(found).state, Job.objects.count()) == (State.WRITTEN, count)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_imports_of_the_same_people_at_once_enter_them_once(unit, an, monkeypatch):
    upload = book([["TT", "Họ và tên", "Năm sinh"], [1, "Lò Văn An", 1980]])
    waiting = []
    for name in ("mot.xlsx", "hai.xlsx"):
        found = importing.receive(
            SimpleUploadedFile(name, upload), kind="units.people", unit_id=unit.pk, target_id=unit.pk, actor=an
        )
        SheetImport.objects.filter(pk=found.pk).update(state=State.WRITING)
        waiting.append(again(found))
    both_have_looked, run = threading.Barrier(2, timeout=20), importing._run

    def look_then_wait(found, table, *, dry_run, job=None):
        report = run(found, table, dry_run=dry_run, job=job)
        if dry_run:
            both_have_looked.wait()
        return report

    def write(found: SheetImport) -> None:
        try:
            importing.write(found, found.job)
        finally:
            connection.close()

    monkeypatch.setattr(importing, "_run", look_then_wait)
    threads = [threading.Thread(target=write, args=[found]) for found in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert Person.objects.filter(unit=unit).count() == 1
    assert sorted(again(found).state for found in waiting) == [State.CHECKED, State.WRITTEN]
