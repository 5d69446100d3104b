"""Long work: claimed by one worker, told in words how it went, never lost when it fails."""

from __future__ import annotations

import datetime as dt
import io
import logging

import pytest
from django.db import transaction

from core import jobs
from core.errors import AppError
from core.files import store
from core.models import Job
from core.tasks import fail_lost_jobs
from tests.core.test_files import PDF_BYTES
from tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db

State = Job.State
NOT_DONE = "Việc này chưa làm xong được. Hãy thử lại; nếu vẫn không được, báo người quản trị."


@pytest.fixture
def job() -> Job:
    unit = UnitFactory()
    return Job.objects.create(owner=UserFactory(role="officer", unit=unit), unit_id=unit.pk, title="Dựng PDF")


def again(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


class FakeTask:
    """Notes what a worker would be handed."""

    def __init__(self) -> None:
        self.handed: list[dict] = []

    def delay(self, **arguments) -> None:
        self.handed.append(arguments)


def start(task: FakeTask, **arguments) -> Job:
    return jobs.start(task, owner=UserFactory(), unit_id=1, title="Dựng PDF", back_url="/ke-hoach/1/", **arguments)


# -- Handing over -------------------------------------------------------------------------


def test_a_worker_is_handed_the_job_only_once_its_row_is_committed(django_capture_on_commit_callbacks):
    task = FakeTask()

    with django_capture_on_commit_callbacks(execute=True):
        job = start(task, plan_id=7, to="pdf")
        assert task.handed == []

    assert task.handed == [{"job_id": job.pk, "plan_id": 7, "to": "pdf"}]
    assert (job.state, job.title, job.back_url, job.unit_id) == (State.WAITING, "Dựng PDF", "/ke-hoach/1/", 1)


def test_work_that_was_undone_is_handed_to_nobody(django_capture_on_commit_callbacks):
    task = FakeTask()

    @transaction.atomic
    def act() -> None:
        start(task)
        raise RuntimeError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
        act()

    assert (task.handed, Job.objects.count()) == ([], 0)


# -- Running ------------------------------------------------------------------------------


def test_work_that_ends_well_is_done(job):
    with jobs.running(job.pk) as mine:
        assert (mine, again(job).state) == (job, State.RUNNING)
        assert not again(job).is_over

    assert (again(job).state, again(job).message, again(job).is_over) == (State.DONE, "", True)


def test_a_job_is_claimed_once(job):
    with jobs.running(job.pk) as first, jobs.running(job.pk) as second:
        assert first == job
        assert second is None

    assert again(job).state == State.DONE


@pytest.mark.parametrize("state", [State.RUNNING, State.DONE, State.FAILED])
def test_only_waiting_work_is_claimed(job, state):
    Job.objects.update(state=state, message="như cũ")

    with jobs.running(job.pk) as mine:
        assert mine is None

    assert (again(job).state, again(job).message) == (state, "như cũ")


def test_work_that_is_gone_is_left_alone(job):
    job.delete()

    with jobs.running(404) as mine:
        assert mine is None

    assert Job.objects.count() == 0


def test_work_whose_row_goes_meanwhile_ends_quietly(job):
    with jobs.running(job.pk):
        job.delete()

    assert Job.objects.count() == 0


def test_a_failure_for_people_is_told_in_its_own_words(job):
    with jobs.running(job.pk):
        raise AppError("Máy chủ chưa có phông chữ.")

    assert (again(job).state, again(job).message) == (State.FAILED, "Máy chủ chưa có phông chữ.")


def test_a_fault_of_the_program_is_told_plainly_and_logged_whole(job, caplog):
    with caplog.at_level(logging.ERROR), jobs.running(job.pk):
        raise ZeroDivisionError("tỷ lệ")

    assert (again(job).state, again(job).message) == (State.FAILED, NOT_DONE)
    [record] = caplog.records
    assert str(job.pk) in record.getMessage()
    assert record.exc_info[0] is ZeroDivisionError


def test_what_the_work_wrote_before_it_failed_is_its_own_affair_but_the_end_is_always_told(job):
    with jobs.running(job.pk), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(title="Nửa chừng")
        raise AppError("Hết giấy.")

    assert (again(job).title, again(job).state, again(job).message) == ("Dựng PDF", State.FAILED, "Hết giấy.")


@pytest.mark.parametrize(("done", "total", "percent"), [(0, 0, 0), (0, 3, 0), (1, 3, 33), (3, 3, 100), (5, 3, 100)])
def test_progress_is_told_in_per_cent(job, done, total, percent):
    jobs.progress(job, done, total)

    assert (again(job).done, again(job).total, again(job).percent) == (done, total, percent)


def test_the_result_hangs_on_the_job(job):
    with jobs.running(job.pk) as mine:
        stored = store(io.BytesIO(PDF_BYTES), name="ke-hoach.pdf", unit_id=job.unit_id, actor=job.owner)
        jobs.attach(mine, stored)

    assert (again(job).result, again(job).state) == (stored, State.DONE)


def test_every_step_moves_the_time_of_change(job, time_machine):
    before = again(job).changed_at
    time_machine.move_to(before + dt.timedelta(minutes=1))

    jobs.progress(job, 1, 2)

    assert again(job).changed_at > before


# -- Lost ---------------------------------------------------------------------------------

LOST = "Việc này đã dừng giữa chừng, có thể vì máy chủ khởi động lại. Hãy thử lại."
SECOND = dt.timedelta(seconds=1)


def test_work_whose_worker_was_killed_is_given_back(job, time_machine):
    Job.objects.update(state=State.RUNNING)
    time_machine.move_to(again(job).changed_at + jobs.LOST_AFTER + SECOND)

    fail_lost_jobs()

    assert (again(job).state, again(job).message, again(job).is_over) == (State.FAILED, LOST, True)


def test_work_with_a_sign_of_life_within_the_limit_is_left_to_its_worker(job, time_machine):
    Job.objects.update(state=State.RUNNING)
    begun = again(job).changed_at
    time_machine.move_to(begun + jobs.LOST_AFTER - SECOND, tick=False)
    assert jobs.fail_lost() == 0

    jobs.progress(job, 1, 2)
    time_machine.move_to(begun + 2 * jobs.LOST_AFTER - 2 * SECOND, tick=False)

    assert (jobs.fail_lost(), again(job).state) == (0, State.RUNNING)


@pytest.mark.parametrize("state", [State.WAITING, State.DONE, State.FAILED])
def test_only_running_work_can_be_lost(job, state, time_machine):
    Job.objects.update(state=state, message="như cũ")
    time_machine.move_to(again(job).changed_at + 10 * jobs.LOST_AFTER)

    assert (jobs.fail_lost(), again(job).state, again(job).message) == (0, state, "như cũ")


def test_a_slow_worker_that_ends_after_all_has_the_last_word(job, time_machine):
    with jobs.running(job.pk):
        time_machine.move_to(again(job).changed_at + jobs.LOST_AFTER + SECOND)
        assert (jobs.fail_lost(), again(job).state) == (1, State.FAILED)

    assert (again(job).state, again(job).message) == (State.DONE, "")


# -- Seeing -------------------------------------------------------------------------------


def test_work_is_seen_by_who_asked_for_it(job):
    colleague = UserFactory(role="officer", unit=UnitFactory())
    assert Job.objects.exists()

    assert list(jobs.visible_jobs(job.owner)) == [job]
    assert list(jobs.visible_jobs(colleague)) == []
