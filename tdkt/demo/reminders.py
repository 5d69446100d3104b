"""What the officer of the demonstration is reminded of: a guidance with its duties, and what was asked of others."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.utils import timezone

from documents.models import IssuedPaper
from plans.deadlines import MILESTONE
from plans.duties.countback import milestones
from plans.duties.milestones.services import MilestoneData, count_back
from plans.duties.proposing import PaperHead
from plans.duties.services import receive_text, take_duties
from plans.duties.types.shipped import shipped_types
from plans.duties.values import DutyData
from plans.models import Task
from reminders import services
from reminders.asking import links, lower
from reminders.asking.services import create_request, enter_for, mark_seen, mark_told, send_back, send_out
from reminders.asking.values import AnswerData, RequestData
from reminders.calendars import workdays_of
from reminders.deadlines import Key, still_open
from reminders.models import Answer, Ask
from reminders.settings_services import add_days
from reminders.workdays import WorkDays
from tdkt.demo.office import Office
from units.models import Part, Person, User

_ONE = dt.timedelta(days=1)
_COLUMNS = ("Họ và tên", "Năm sinh", "Thành tích")
_MERITS = (
    "Hiến đất làm đường thôn",
    "Giữ vệ sinh, trồng hoa đường thôn",
    "Hòa giải thành nhiều vụ việc trong thôn",
    "Vận động bà con đóng bảo hiểm y tế",
)


def write_reminders(office: Office, officer: User, reviewer: User) -> None:
    """A guidance came twelve days ago; what it asks is taken, counted back, and asked of villages and schools."""
    office_days = _take_a_day_off(office, officer)
    petition = _take_duties(office, officer, office_days)
    steps = _count_back(petition, officer, office_days)
    _ask_villages(office, officer, steps[0], office_days)
    _ask_schools(office, officer, office_days)
    _snooze(steps[2], officer)
    _ask_communes(office, reviewer)


def _take_a_day_off(office: Office, officer: User) -> WorkDays:
    unit, today = office.commune, timezone.localdate()
    day = workdays_of([unit.pk])[unit.pk].after(today, 15)
    add_days(unit, actor=officer, first=day, is_working=False, name=f"Ngày hội truyền thống xã {unit.name}")
    return workdays_of([unit.pk])[unit.pk]


# -- The guidance ----------------------------------------------------------------------


def _take_duties(office: Office, officer: User, days: WorkDays) -> Task:
    """Those that the program proposes, as an officer takes them: what is ticked."""
    today = timezone.localdate()
    text = _guidance(office, today - 12 * _ONE, petition=days.after(today, 16), report=days.after(today, 4))
    incoming = receive_text(text, unit=office.commune, actor=officer)
    head = PaperHead(incoming.kind, incoming.number, incoming.date, incoming.year, incoming.issuer, incoming.subject)
    rows = [_taken(one, officer.person) for one in incoming.proposals if one["is_ticked"]]
    tasks = take_duties(incoming, actor=officer, head=head, rows=rows)
    return next(task for task in tasks if "tờ trình" in task.content)


def _guidance(office: Office, day: dt.date, *, petition: dt.date, report: dt.date) -> str:
    province = office.province.name
    return "\n".join(
        (
            f"HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG TỈNH {province.upper()}",
            "Số: 34/HD-HĐTĐKT",
            f"{province}, ngày {day:%d} tháng {day:%m} năm {day.year}",
            "HƯỚNG DẪN",
            "Đề nghị khen thưởng chuyên đề và giới thiệu gương điển hình tiên tiến",
            f"Hội đồng Thi đua - Khen thưởng tỉnh {province} hướng dẫn như sau:",
            "1. Ủy ban nhân dân các xã, phường",
            f"a) Gửi tờ trình, hồ sơ đề nghị khen thưởng chuyên đề về Sở Nội vụ chậm nhất ngày {petition:%d/%m/%Y}.",
            f"b) Gửi báo cáo gương điển hình tiên tiến của địa phương về Sở Nội vụ chậm nhất ngày {report:%d/%m/%Y}.",
            "c) Gửi báo cáo sơ kết phong trào thi đua về Sở Nội vụ trước ngày 20/6 hằng năm.",
            "2. Sở Nội vụ",
            f"Sở Nội vụ thẩm định hồ sơ, trình Ủy ban nhân dân tỉnh trước ngày {petition + 20 * _ONE:%d/%m/%Y}.",
            "Nơi nhận:",
            "- Ủy ban nhân dân các xã, phường;",
            "- Lưu: VT.",
        )
    )


def _taken(proposal: dict[str, Any], follower: Person | None) -> DutyData:
    return DutyData(
        what=proposal["what"],
        time_text=proposal["time_text"],
        due=dt.date.fromisoformat(proposal["due"]) if proposal["due"] else None,
        recurrence=proposal["recurrence"],
        send=proposal["send"],
        to=proposal["to"],
        follower=follower,
        key=UUID(proposal["key"]),
    )


def _count_back(petition: Task, officer: User, days: WorkDays) -> list[Task]:
    assert petition.due is not None
    [known] = [one for one in shipped_types() if one.key == "to-trinh"]
    counted = milestones(petition.due, known.steps, days)
    rows = [MilestoneData(one.what, one.day, one.days) for one in counted]
    return count_back(petition, actor=officer, rows=rows, follower=officer.person)


def _snooze(step: Task, officer: User) -> None:
    [deadline] = still_open([Key(MILESTONE, step.pk, 0)]).values()
    until = timezone.localdate() + 2 * _ONE
    services.snooze(deadline, actor=officer, until=until, reason="Chờ Sở Nội vụ gửi mẫu phiếu lấy ý kiến mới.")


# -- Villages, schools, communes -------------------------------------------------------


def _ask_villages(office: Office, officer: User, step: Task, days: WorkDays) -> None:
    """A list that was due two working days ago: ten villages sent it, one was sent back, 17 are missing."""
    due = days.before(timezone.localdate(), 2)
    villages = _parts(office, Part.Kind.VILLAGE)
    data = RequestData(
        "Danh sách đề nghị khen thưởng chuyên đề",
        due,
        villages,
        body="Mỗi thôn chọn từ 1 đến 3 người, ghi rõ việc đã làm. Có biên bản họp thôn thì chụp gửi kèm.",
        follower=officer.person,
        columns=_COLUMNS,
        kind=MILESTONE,
        subject=step.pk,
    )
    asks = _sent_out(officer, data)
    for ask in asks[:22]:
        mark_told(ask, actor=officer)
    for order, ask in enumerate(asks[:7]):
        enter_for(ask, actor=officer, data=_list_of(ask, order, day=due - (order % 3) * _ONE))
    came = [_by_link(ask, _list_of(ask, order)) for order, ask in enumerate(asks[7:11])]
    mark_seen(asks[0].request, actor=officer, answers=[came[0].pk])
    send_back(came[1], actor=officer, reason="Xin ghi rõ việc đã làm, kết quả đạt được của từng người.")
    for ask in asks[11:15]:
        links.note_opened(ask)


def _ask_schools(office: Office, officer: User, days: WorkDays) -> None:
    schools = _parts(office, Part.Kind.SCHOOL)
    title = "Báo cáo gương điển hình tiên tiến của trường"
    due = days.after(timezone.localdate(), 2)
    asks = _sent_out(officer, RequestData(title, due, schools, follower=officer.person))
    for ask in asks[:8]:
        mark_told(ask, actor=officer)
    for ask in asks[:3]:
        _by_link(ask, AnswerData(_head(ask), text="Nhà trường giới thiệu một giáo viên và một học sinh tiêu biểu."))


def _ask_communes(office: Office, reviewer: User) -> None:
    """The superior's board: the communes have its letter; three handed their reports in on paper."""
    letter = IssuedPaper.objects.filter(issuer__unit=office.province, deliveries__receiver__in=office.communes).first()
    if letter is None:
        return
    due = workdays_of([office.province.pk])[office.province.pk].after(timezone.localdate(), 6)
    title = "Báo cáo kết quả thực hiện phong trào thi đua"
    data = RequestData(title, due, (), follower=reviewer.person)
    request = lower.ask_by_paper(letter, actor=reviewer, data=data)
    for ask in request.asks.select_related("lower", "request").order_by("lower__name")[3:6]:
        enter_for(ask, actor=reviewer, data=AnswerData(f"Văn phòng {ask}", text="Đã nộp báo cáo bản giấy."))


# -- Those asked -----------------------------------------------------------------------


def _parts(office: Office, kind: str) -> list[Part]:
    return list(Part.objects.on().filter(unit=office.commune, kind=kind).order_by("order", "pk"))


def _sent_out(officer: User, data: RequestData) -> list[Ask]:
    request = create_request(data.parts[0].unit, actor=officer, data=data)
    send_out(request, actor=officer)
    return list(request.asks.select_related("request__unit", "part__head").order_by("part__order", "pk"))


def _by_link(ask: Ask, data: AnswerData) -> Answer:
    """As its head does on the phone."""
    token = links.address_of(ask).rstrip("/").rpartition("/")[2]
    return links.answer_by_link(token, data=data)


def _list_of(ask: Ask, order: int, day: dt.date | None = None) -> AnswerData:
    """Two of its people each."""
    people = Person.objects.filter(part=ask.part_id).order_by("pk")[1:3]  # the first heads it
    rows = []
    for place, person in enumerate(people):
        merit = _MERITS[(order + place) % len(_MERITS)]
        rows.append(dict(zip(_COLUMNS, (person.full_name, str(person.birth_year), merit), strict=True)))
    return AnswerData(_head(ask), rows=tuple(rows), day=day)


def _head(ask: Ask) -> str:
    head = ask.part.head if ask.part else None
    return str(head or ask)
