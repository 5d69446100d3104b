"""What is written when a paper comes in, when duties are taken, added, changed and made for the next time."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from dataclasses import replace

import pytest

from core.audit import history_of
from core.errors import UnfitField
from core.models import AuditEntry, Job
from core.states import EditedMeanwhile
from plans.duties.proposing import PaperHead
from plans.duties.rows import data_of
from plans.duties.services import (
    NotToRepeat,
    add_duty,
    change_duty,
    make_next,
    receive_file,
    receive_text,
    take_duties,
)
from plans.duties.values import DutyData
from plans.models import Duty, Incoming, Task
from plans.progress.services import SignedProof, record_progress
from tests.factories import PartFactory, PersonFactory
from tests.plans.duties.conftest import LETTER, TODAY
from units.models import Part

HEAD = PaperHead("Công văn", "1479/SNV-TĐKT", dt.date(2026, 5, 5), 2026, "Sở Nội vụ", "")
DUE = dt.date(2026, 7, 9)


def codes() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("code", flat=True))


def done(desk, task: Task, outcome: str = "done") -> None:
    record_progress(task, actor=desk.an, outcome=outcome, day=TODAY, note="Đã gửi", proof=SignedProof(desk.person))


# -- The paper ------------------------------------------------------------------------------


def test_pasted_text_is_read_at_once(desk):
    incoming = desk.letter()

    assert str(incoming) == "Công văn số 1479/SNV-TĐKT ngày 05/05/2026 của Sở Nội vụ"
    assert (incoming.file, incoming.job, len(incoming.proposals)) == (None, None, 3)
    assert len({one["key"] for one in incoming.proposals}) == 3
    assert codes() == ["plans.incoming.received", "plans.incoming.read"]


def test_a_file_is_kept_and_read_by_a_worker(desk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        incoming = receive_file(io.BytesIO(LETTER.encode()), name="cv 1479.txt", unit=desk.unit, actor=desk.an)

    incoming.refresh_from_db()
    assert incoming.read_at is not None
    assert (incoming.file.name, len(incoming.proposals)) == ("cv 1479.txt", 3)
    assert Job.objects.get().state == Job.State.DONE


def test_what_cannot_be_read_ends_in_words_for_a_person(desk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        incoming = receive_file(io.BytesIO(b"%PDF-1.4\nhong"), name="cv.pdf", unit=desk.unit, actor=desk.an)

    incoming.refresh_from_db()
    assert (incoming.read_at, incoming.job.state) == (None, Job.State.FAILED)
    assert incoming.job.message


@pytest.mark.parametrize("text", ["…", "a" * 200_001])
def test_pasted_text_that_is_none_is_refused_at_its_field(desk, text):
    with pytest.raises(UnfitField) as refused:
        receive_text(text, unit=desk.unit, actor=desk.an)

    assert refused.value.field == "text"
    assert not Incoming.objects.exists()


# -- Taking ---------------------------------------------------------------------------------


def test_ticked_rows_become_tasks_without_a_plan(desk):
    part = PartFactory(unit=desk.unit, name="Văn phòng")
    incoming = desk.letter()
    key = uuid.UUID(incoming.proposals[0]["key"])
    row = DutyData(
        "Gửi báo cáo sơ kết",
        "trước ngày 10/7 hằng năm",
        DUE,
        "year",
        "báo cáo sơ kết",
        "Sở Nội vụ",
        ("Văn phòng", "Sở Tài chính"),
        note="Gửi bản mềm",
        follower=desk.person,
        key=key,
    )

    [task] = take_duties(incoming, actor=desk.an, head=HEAD, rows=[row])

    task = Task.objects.get(pk=task.pk)
    assert (task.plan, task.unit, task.key, task.due) == (None, desk.unit, key, DUE)
    assert (task.content, task.time_text, task.note) == (
        "Gửi báo cáo sơ kết",
        "trước ngày 10/7 hằng năm",
        "Gửi bản mềm",
    )
    assert task.duty.origin == "theo Công văn số 1479/SNV-TĐKT ngày 05/05/2026 của Sở Nội vụ"
    assert task.duty.excerpt == incoming.proposals[0]["excerpt"]
    assert data_of(task) == row
    assert [(one.name, one.part) for one in task.assignments.all()] == [("Văn phòng", part), ("Sở Tài chính", None)]
    assert not Part.objects.filter(name="Sở Tài chính").exists()  # a superior's body is no part of the commune
    [entry] = history_of(task)
    assert entry.code == "plans.duty.taken"
    assert entry.changes["content"] == [None, "Gửi báo cáo sơ kết"]


def test_clicked_twice_they_are_taken_once(desk):
    incoming = desk.letter()
    rows = [DutyData("Gửi báo cáo"), DutyData("Kiện toàn Hội đồng")]

    first = take_duties(incoming, actor=desk.an, head=HEAD, rows=rows)
    again = take_duties(incoming, actor=desk.an, head=HEAD, rows=rows)

    assert (len(first), again, Task.objects.count()) == (2, [], 2)


def test_one_row_that_does_not_fit_keeps_all_out(desk):
    incoming = desk.letter()
    rows = [DutyData("Gửi báo cáo"), DutyData(" ")]

    with pytest.raises(UnfitField):
        take_duties(incoming, actor=desk.an, head=HEAD, rows=rows)

    assert not Task.objects.exists()


def test_the_head_that_a_person_corrected_is_what_duties_name(desk):
    incoming = desk.letter()
    head = replace(HEAD, number="1480/SNV-TĐKT")

    [task] = take_duties(incoming, actor=desk.an, head=head, rows=[DutyData("Gửi báo cáo")])

    assert "1480/SNV-TĐKT" in task.duty.origin
    assert "plans.incoming.changed" in codes()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"what": ""}, "content"),
        ({"recurrence": "week"}, "recurrence"),
        ({"recurrence": "year"}, "due"),
        ({"due": dt.date(2099, 1, 1)}, "due"),
        ({"to": "Sở\tNội vụ"}, "to"),
        ({"note": "<script>alert(1)</script>"}, "note"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_field(desk, fields, field):
    with pytest.raises(UnfitField) as refused:
        add_duty(desk.unit, actor=desk.an, data=DutyData(**{"what": "Gửi báo cáo"} | fields))

    assert refused.value.field == field


def test_nobody_of_another_unit_follows_a_duty(desk):
    with pytest.raises(UnfitField) as refused:
        add_duty(desk.unit, actor=desk.an, data=DutyData("Gửi báo cáo", follower=PersonFactory()))

    assert refused.value.field == "follower"


def test_a_unit_has_no_duty_before_it_began(desk):
    desk.unit.valid_from = dt.date(2026, 6, 1)

    with pytest.raises(UnfitField) as refused:
        add_duty(desk.unit, actor=desk.an, data=DutyData("Gửi báo cáo", due=dt.date(2026, 5, 20)))

    assert refused.value.field == "due"


@pytest.mark.parametrize(
    ("words", "recurrence", "due"),
    [
        ("trước ngày 10/7", "", DUE),
        ("trước ngày 10/3", "year", dt.date(2027, 3, 9)),
        ("khi có yêu cầu", "", None),
    ],
)
def test_a_day_left_blank_is_read_from_the_time_words(desk, words, recurrence, due):
    task = add_duty(desk.unit, actor=desk.an, data=DutyData("Gửi báo cáo", words, recurrence=recurrence))

    assert task.due == due


def test_a_duty_added_twice_by_one_page_is_made_once(desk):
    data = DutyData("Gửi báo cáo")

    assert add_duty(desk.unit, actor=desk.an, data=data) == add_duty(desk.unit, actor=desk.an, data=data)
    assert codes() == ["plans.duty.added"]


# -- Changing ---------------------------------------------------------------------------------


def test_a_change_is_written_and_told(desk):
    task = desk.duty(due=DUE)
    data = replace(data_of(task), what="Gửi báo cáo 6 tháng", to="Sở Nội vụ", lead=("Văn phòng",))

    change_duty(task, actor=desk.an, version=1, data=data)

    fresh = Task.objects.get(pk=task.pk)
    assert data_of(fresh) == data
    assert fresh.duty.version == 2
    assert fresh.search == "gui bao cao 6 thang"
    entry = AuditEntry.objects.order_by("pk").last()
    assert (entry.code, sorted(entry.changes)) == ("plans.duty.changed", ["content", "lead", "to"])


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(desk):
    task = desk.duty(due=DUE)
    change_duty(task, actor=desk.an, version=1, data=replace(data_of(task), note="Của Bình"))

    with pytest.raises(EditedMeanwhile):
        change_duty(task, actor=desk.an, version=1, data=replace(data_of(task), note="Của An"))

    assert Task.objects.get(pk=task.pk).note == "Của Bình"


def test_nothing_changed_writes_nothing(desk):
    task = desk.duty(due=DUE)
    before = codes()

    change_duty(task, actor=desk.an, version=1, data=data_of(task))

    assert codes() == before


# -- The next time --------------------------------------------------------------------------


def test_a_yearly_duty_that_is_done_is_made_for_next_year_once(desk):
    task = desk.duty(time_text="trước ngày 10/7/2026", due=DUE, recurrence="year", to="Sở Nội vụ", lead=("Văn phòng",))
    done(desk, task)

    following = make_next(task, actor=desk.an)

    assert make_next(task, actor=desk.an) == following
    assert Duty.objects.get(previous=task.duty) == following.duty
    wanted = replace(data_of(task), time_text="trước ngày 10/7/2027", due=dt.date(2027, 7, 9), key=following.key)
    assert data_of(following) == wanted
    assert following.duty.incoming == task.duty.incoming
    assert codes()[-1] == "plans.duty.repeated"


@pytest.mark.parametrize(("recurrence", "outcome"), [("", "done"), ("year", "partly"), ("year", None)])
def test_what_is_done_once_or_not_yet_is_not_repeated(desk, recurrence, outcome):
    task = desk.duty(due=DUE, recurrence=recurrence)
    if outcome:
        done(desk, task, outcome)

    with pytest.raises(NotToRepeat):
        make_next(task, actor=desk.an)

    assert Task.objects.count() == 1
