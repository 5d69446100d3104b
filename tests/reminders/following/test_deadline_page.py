"""The page of one deadline: who is told and why, on which days; put off, and more people told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.errors import UnfitField
from core.models import AuditEntry
from plans.deadlines import DUTY, MILESTONE, PLAN, TASK
from plans.duties.services import add_duty
from plans.duties.values import DutyData
from plans.models import Duty, Plan, Task
from plans.progress.services import SignedProof, record_progress
from reminders import services
from reminders.deadlines import Deadline, Key, still_open
from reminders.models import Ladder, Notice, Snooze, Watcher
from reminders.people import responsible
from reminders.selectors import my_deadlines, unit_deadlines
from tests.factories import PersonFactory, PlanFactory, TaskFactory
from tests.reminders.desk import Desk
from tests.reminders.desk import desk as a_desk
from tests.units.conftest import signed_in
from units.models import User

TODAY = dt.date(2026, 11, 17)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-17T09:00:00+07:00")


@pytest.fixture
def desk(db) -> Desk:
    return a_desk()


@pytest.fixture
def task(desk) -> Task:
    plan = PlanFactory(unit=desk.unit, state="issued", subject="Công tác năm 2026")
    return TaskFactory(plan=plan, content="Gửi báo cáo tổng kết", due=dt.date(2026, 12, 4))


@pytest.fixture
def deadline(task) -> Iterator[Deadline]:
    return still_open([Key(TASK, task.pk, 0)])[Key(TASK, task.pk, 0)]


def address(task: Task, kind: str = TASK) -> str:
    return f"/nhac-viec/viec/{kind}/{task.pk}/0/"


def page(user: User, task: Task, kind: str = TASK):
    return signed_in(user).get(address(task, kind))


def people(user: User, task: Task, kind: str = TASK) -> list[tuple[str, str]]:
    return [(str(one.person), one.why) for one, _ in page(user, task, kind).context["told"]]


# -- Reading -------------------------------------------------------------------------------


def test_members_read_who_is_told_when_and_strangers_find_nothing(desk, task):
    for user in (desk.an, desk.binh):
        shown = page(user, task)
        assert (
            shown.context["standing"] == "Hạn thứ Sáu 04/12/2026 (còn 12 ngày làm việc). Kế hoạch Công tác năm 2026."
        )
        assert [f"{one.day:%d/%m}" for one in shown.context["coming"]] == [
            "25/11", "01/12", "03/12", "04/12", "08/12", "10/12",
        ]  # fmt: skip

    assert page(desk.cuong, task).status_code == 404


def test_without_a_follower_the_officers_are_told(desk, task):
    assert people(desk.an, task) == [("Lò Thị An", "cán bộ thi đua, khen thưởng, vì việc này chưa có người theo dõi")]


def test_the_follower_is_told_and_those_named_besides_each_with_the_reason(desk, task):
    village_head = PersonFactory(unit=desk.unit, full_name="Lò Văn Trưởng")
    Plan.objects.filter(pk=task.plan_id).update(follower=desk.binh.person)
    for kind, subject, person in ((TASK, task.pk, village_head), (PLAN, task.plan_id, desk.dung.person)):
        Watcher.objects.create(unit=desk.unit, kind=kind, subject=subject, person=person, added_by=desk.an)

    assert people(desk.an, task) == [
        ("Lò Văn Bình", "người theo dõi"),
        ("Lò Văn Trưởng", "được nhắc thêm"),
        ("Lò Văn Dũng", "được nhắc thêm, cả kế hoạch"),
    ]
    assert "Chưa có cách nhắc" in page(desk.an, task).content.decode()


def test_the_units_own_ladder_counts(desk, task):
    Ladder.objects.create(unit=desk.unit, kind=TASK, before=[2], on_the_day=False, every=0)

    assert [(f"{one.day:%d/%m}", one.rung) for one in page(desk.an, task).context["coming"]] == [
        ("02/12", "trước 2 ngày làm việc")
    ]


def test_what_was_said_stands_there_with_what_became_of_it(desk, task):
    sent, failed = desk.notice(desk.an), desk.said(desk.an, state="failed")
    for message in (sent, failed):
        Notice.objects.create(
            message=message, kind=TASK, subject=task.pk, due=task.due, rung=7, person=message.person,
            channel=message.channel,
        )  # fmt: skip

    shown = [(notice.message, rung, look.word) for notice, rung, look in page(desk.an, task).context["notices"]]

    assert shown == [
        (failed, "trước 7 ngày làm việc", "Không gửi được"),
        (sent, "trước 7 ngày làm việc", "Đã gửi"),
    ]


def test_of_a_settled_deadline_its_notices_can_still_be_read(desk, task):
    record_progress(task, actor=desk.an, outcome="done", day=TODAY, note="Đã gửi", proof=SignedProof(desk.an.person))
    assert page(desk.an, task).status_code == 404, "nothing was ever said of it"

    message = desk.said(desk.an)
    Notice.objects.create(
        message=message, kind=TASK, subject=task.pk, due=task.due, rung=7, person=message.person, channel="mail"
    )

    words = page(desk.an, task).content.decode()
    assert "Nhiệm vụ trong kế hoạch: không còn phải nhắc" in words
    assert "Trước 7 ngày làm việc" in words
    assert "Ghi kết quả" not in words
    assert page(desk.cuong, task).status_code == 404


@pytest.mark.parametrize("kind", ["khong.co", DUTY])
def test_an_unknown_deadline_is_no_page(desk, task, kind):
    assert page(desk.an, task, kind).status_code == 404


def test_only_whoever_may_record_is_led_to_the_form(desk, task):
    assert page(desk.an, task).context["record_url"] == f"/ke-hoach/{task.plan_id}/nhiem-vu/{task.pk}/ket-qua/"
    assert page(desk.binh, task).context["record_url"] == ""
    assert "Tạm hoãn nhắc" not in page(desk.binh, task).content.decode()
    assert "an@" not in page(desk.binh, task).content.decode()


def test_the_page_asks_the_same_number_of_questions_for_one_person_and_for_thirty(desk, task):
    browser = signed_in(desk.an)
    browser.get(address(task))
    with CaptureQueriesContext(connection) as few:
        browser.get(address(task))
    for number in range(30):
        person = PersonFactory(unit=desk.unit)
        Watcher.objects.create(unit=desk.unit, kind=TASK, subject=task.pk, person=person, added_by=desk.an)
        message = desk.said(person, day=TODAY - dt.timedelta(days=number))
        Notice.objects.create(
            message=message, kind=TASK, subject=task.pk, due=task.due, rung=7, person=person, channel="mail"
        )
    with CaptureQueriesContext(connection) as many:
        shown = browser.get(address(task))

    assert (len(shown.context["told"]), len(shown.context["notices"])) == (31, 30)
    assert len(few) == len(many) <= 20


def test_mine_and_the_units(desk, task, deadline):
    assert unit_deadlines(desk.binh) == [deadline] == my_deadlines(desk.an)
    assert my_deadlines(desk.binh) == unit_deadlines(desk.cuong) == []


# -- Putting off ---------------------------------------------------------------------------


def post(browser: Client, task: Task, **said: str):
    return browser.post(address(task), said)


def test_an_officer_puts_off_reminding_and_everybody_reads_why(desk, task):
    answer = post(signed_in(desk.an), task, viec="hoan", until="30/11/2026", reason="Chờ hướng dẫn của Sở Nội vụ")

    assert answer.status_code == 302
    [row] = Snooze.objects.all()
    assert (row.unit, row.kind, row.subject, row.slot) == (desk.unit, TASK, task.pk, 0)
    assert (row.until, row.reason, row.by) == (dt.date(2026, 11, 30), "Chờ hướng dẫn của Sở Nội vụ", desk.an)
    shown = page(desk.binh, task)
    assert "Đang tạm hoãn đến hết ngày 30/11/2026: Chờ hướng dẫn của Sở Nội vụ" in shown.content.decode()
    assert [f"{one.day:%d/%m}" for one in shown.context["coming"]] == ["01/12", "03/12", "04/12", "08/12", "10/12"]
    entry = AuditEntry.objects.get(code="reminders.snooze.set")
    assert (entry.unit_id, entry.actor) == (desk.unit.pk, desk.an)
    assert entry.changes == {
        "deadline": [None, "Gửi báo cáo tổng kết"],
        "until": [None, "2026-11-30"],
        "reason": [None, "Chờ hướng dẫn của Sở Nội vụ"],
    }


@pytest.mark.parametrize(
    ("until", "reason", "field", "sentence"),
    [
        ("16/11/2026", "Chờ", "until", "Ngày này đã qua; hãy ghi hôm nay hoặc một ngày sau hôm nay."),
        ("19/11/2027", "Chờ", "until", "Chỉ tạm hoãn được trong một năm; hãy ghi ngày gần hơn."),
        ("31/02/2026", "Chờ", "until", "Không có ngày này."),
        ("20/11/2026", "  ", "reason", "Ghi lý do tạm hoãn, để người khác mở ra cũng hiểu."),
        ("20/11/2026", "<b>Chờ</b>", "reason", "Lý do có thẻ HTML"),
    ],
)
def test_what_cannot_stand_is_said_at_its_field_and_stays_typed(desk, task, until, reason, field, sentence):
    answer = post(signed_in(desk.an), task, viec="hoan", until=until, reason=reason)

    assert answer.status_code == 422
    form = answer.context["snooze_form"]
    assert list(form.errors) == [field]
    assert form.errors[field][0].startswith(sentence)
    assert f'value="{until}"' in answer.content.decode()
    assert not Snooze.objects.exists()


def test_a_second_time_changes_the_day_and_the_same_again_changes_nothing(desk, deadline):
    for until in (dt.date(2026, 11, 20), dt.date(2026, 11, 25), dt.date(2026, 11, 25)):
        services.snooze(deadline, actor=desk.an, until=until, reason="Chờ")

    assert [row.until for row in Snooze.objects.all()] == [dt.date(2026, 11, 25)]
    changes = [entry.changes for entry in AuditEntry.objects.filter(code="reminders.snooze.set").order_by("pk")]
    assert [one.get("until") for one in changes] == [[None, "2026-11-20"], ["2026-11-20", "2026-11-25"]]


def test_putting_off_is_ended(desk, task, deadline):
    services.snooze(deadline, actor=desk.an, until=dt.date(2026, 11, 30), reason="Chờ")
    browser = signed_in(desk.an)

    for _ in range(2):  # a second click does nothing more
        assert post(browser, task, viec="nhac-lai").status_code == 302

    assert not Snooze.objects.exists()
    assert AuditEntry.objects.filter(code="reminders.snooze.ended").count() == 1


# -- More people ---------------------------------------------------------------------------


def test_one_more_is_told_of_this_deadline_or_of_the_whole_plan(desk, task, deadline):
    other = TaskFactory(plan=task.plan, order=task.order + 1, due=task.due)
    browser = signed_in(desk.an)

    post(browser, task, viec="them", person="lo van binh", scope="viec")
    post(browser, task, viec="them", person="Lò Văn Dũng", scope="nhom")

    both = still_open([deadline.key, Key(TASK, other.pk, 0)])
    told = responsible(both.values())
    assert told[deadline.key] == (desk.an.person_id, desk.binh.person_id, desk.dung.person_id)
    assert told[Key(TASK, other.pk, 0)] == (desk.an.person_id, desk.dung.person_id)
    assert AuditEntry.objects.filter(code="reminders.watcher.added").count() == 2


def test_the_same_person_is_named_once(desk, deadline):
    for _ in range(2):
        services.watch(deadline, actor=desk.an, person=desk.binh.person)

    assert Watcher.objects.count() == AuditEntry.objects.filter(code="reminders.watcher.added").count() == 1


def test_nobody_of_another_unit_and_nobody_who_has_left_is_told(desk, task, deadline):
    gone = PersonFactory(unit=desk.unit, full_name="Lò Văn Cũ", valid_to=TODAY - dt.timedelta(days=1))
    for person in (desk.cuong.person, gone):
        answer = post(signed_in(desk.an), task, viec="them", person=str(person), scope="viec")
        assert answer.context["watch_form"].errors["person"] == [
            "Chưa có người này trong danh sách Nhân sự của đơn vị."
        ]
        with pytest.raises(UnfitField):
            services.watch(deadline, actor=desk.an, person=person)

    assert not Watcher.objects.exists()


def test_who_was_named_is_taken_off_again(desk, task, deadline):
    row = services.watch(deadline, actor=desk.an, person=desk.binh.person)
    elsewhere = Watcher.objects.create(
        unit=desk.away, kind=TASK, subject=task.pk, slot=1, person=desk.cuong.person, added_by=desk.cuong
    )
    browser = signed_in(desk.an)

    for pk in (row.pk, row.pk, elsewhere.pk, "x"):
        assert post(browser, task, viec="bo", nguoi=str(pk)).status_code == 302

    assert list(Watcher.objects.all()) == [elsewhere]
    assert AuditEntry.objects.filter(code="reminders.watcher.removed").count() == 1


def test_who_watches_a_duty_watches_its_milestones(desk):
    aim = add_duty(desk.unit, actor=desk.an, data=DutyData("Trình tỉnh", due=dt.date(2026, 12, 10)))
    step = Task.objects.create(unit=desk.unit, order=1, content="Họp Hội đồng", due=dt.date(2026, 12, 2))
    Duty.objects.create(task=step, milestone_of=aim.duty)
    assert [label for _, label in page(desk.an, step, MILESTONE).context["watch_form"].fields["scope"].choices] == [
        "chỉ việc này",
        "việc chính và các mốc của việc đó",
    ]

    signed_in(desk.an).post(address(step, MILESTONE), {"viec": "them", "person": "Lò Văn Bình", "scope": "nhom"})

    assert people(desk.an, step, MILESTONE)[1] == ("Lò Văn Bình", "được nhắc thêm, việc chính và các mốc của việc đó")
    assert people(desk.an, aim, DUTY)[1] == ("Lò Văn Bình", "được nhắc thêm")


@pytest.mark.parametrize("act", ["hoan", "nhac-lai", "them", "bo"])
def test_a_colleague_without_the_right_changes_nothing_and_a_stranger_finds_nothing(desk, task, deadline, act):
    services.snooze(deadline, actor=desk.an, until=dt.date(2026, 11, 30), reason="Chờ")
    row = services.watch(deadline, actor=desk.an, person=desk.dung.person)
    said = {"viec": act, "until": "20/11/2026", "reason": "X", "person": "Lò Văn Bình", "nguoi": str(row.pk)}

    assert post(signed_in(desk.binh), task, **said).status_code == 403
    assert post(signed_in(desk.cuong), task, **said).status_code == 404
    assert [one.until for one in Snooze.objects.all()] == [dt.date(2026, 11, 30)]
    assert list(Watcher.objects.all()) == [row]


def test_what_is_settled_meanwhile_is_told(desk, task):
    desk.said(desk.an)
    Notice.objects.create(
        message=desk.said(desk.an, purpose="digest"), kind=TASK, subject=task.pk, due=task.due, rung=7,
        person=desk.an.person, channel="mail",
    )  # fmt: skip
    record_progress(task, actor=desk.an, outcome="done", day=TODAY, note="Đã gửi", proof=SignedProof(desk.an.person))

    answer = post(signed_in(desk.an), task, viec="hoan", until="30/11/2026", reason="Chờ")

    assert "Không ghi thêm: việc này vừa có kết quả" in answer.content.decode()
    assert not Snooze.objects.exists()
