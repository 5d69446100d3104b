"""«Lịch công việc TĐKT»: one week of a unit by day, on the screen and on paper."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator

import docx
import pdfplumber
import pytest

from documents.rendering import render
from reminders import costs
from reminders.costs import Cost
from reminders.deadlines import Deadline
from reminders.models import DayOff, Watcher
from reminders.schedule import Schedule, Week, schedule_of
from reminders.schedule_paper import MOST_LATE, compose_schedule
from tests.factories import IssuerFactory, MembershipFactory, Role, UserFactory
from tests.reminders.deadlines import KIND, deadline, only
from tests.reminders.desk import Desk
from tests.reminders.sending.rows import FRIDAY, MONDAY, TUESDAY, WEDNESDAY
from tests.units.conftest import signed_in

pytestmark = pytest.mark.django_db

PAGE = "/nhac-viec/lich/"
THIS_WEEK = Week(MONDAY)
NEXT_MONDAY = MONDAY + dt.timedelta(7)


@pytest.fixture
def due(desk: Desk) -> Iterator[list[Deadline]]:
    """Seen on Tuesday: late from last week and from yesterday, today, tomorrow, next week, the week after."""
    unit, an, binh = desk.unit, desk.an.person, desk.binh.person
    with only(
        deadline(unit, FRIDAY, subject=1, follower=an, what="Quá hạn từ thứ Sáu"),
        deadline(unit, MONDAY, subject=2, follower=binh, what="Hạn hôm qua"),
        deadline(unit, TUESDAY, subject=3, follower=binh, what="Hạn hôm nay"),
        deadline(unit, WEDNESDAY, subject=4, what="Hạn ngày mai"),
        deadline(unit, NEXT_MONDAY, subject=5, follower=an, what="Tuần sau"),
        deadline(unit, NEXT_MONDAY + dt.timedelta(7), subject=6, follower=an, what="Tuần sau nữa"),
        deadline(desk.away, WEDNESDAY, subject=7, follower=desk.cuong.person, what="Việc của xã khác"),
    ) as found:
        yield found


def of(desk: Desk, week: Week = THIS_WEEK) -> Schedule:
    return schedule_of(desk.unit, week, TUESDAY)


def whats(entries) -> list[str]:
    return [entry.what for entry in entries]


def by_day(schedule: Schedule) -> dict[str, list[str]]:
    return {f"{day.name} {day.date:%d/%m}": whats(day.entries) for day in schedule.days if day.entries}


# -- Weeks -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "monday"),
    [
        ("2026-W47", dt.date(2026, 11, 16)),
        ("2026-W01", dt.date(2025, 12, 29)),
        ("2026-W53", dt.date(2026, 12, 28)),
        ("2027-W53", None),
        ("2026-W00", None),
        ("2026-47", None),
        ("26-W47", None),
        ("2026-W47x", None),
        ("", None),
    ],
)
def test_a_week_is_read_as_calendars_write_it(code, monday):
    assert Week.read(code) == (Week(monday) if monday else None)


def test_a_week_knows_its_days_and_neighbours():
    week = Week.of(dt.date(2027, 1, 1))

    assert (week.code, week.number, week.span) == ("2026-W53", 53, "từ 28/12/2026 đến 03/01/2027")
    assert (week.previous.code, week.next.code) == ("2026-W52", "2027-W01")
    assert THIS_WEEK.span == "từ 16/11 đến 22/11/2026"
    assert [day.isoweekday() for day in week.days] == [1, 2, 3, 4, 5, 6, 7]


# -- What stands where -------------------------------------------------------------------


def test_the_week_by_day_what_is_late_from_before_and_what_comes_after(desk, due):
    schedule = of(desk)

    assert by_day(schedule) == {
        "Thứ Hai 16/11": ["Hạn hôm qua"],
        "Thứ Ba 17/11": ["Hạn hôm nay"],
        "Thứ Tư 18/11": ["Hạn ngày mai"],
    }
    assert (whats(schedule.late), whats(schedule.coming)) == (["Quá hạn từ thứ Sáu"], ["Tuần sau"])
    assert schedule.words == "3 việc đến hạn trong tuần, 1 việc quá hạn từ trước, 1 việc tuần sau."


def test_a_week_to_come_counts_as_late_only_what_is_late_today(desk, due):
    schedule = of(desk, THIS_WEEK.next)

    assert whats(schedule.late) == ["Quá hạn từ thứ Sáu", "Hạn hôm qua"]
    assert by_day(schedule) == {"Thứ Hai 23/11": ["Tuần sau"]}
    assert whats(schedule.coming) == ["Tuần sau nữa"]


def test_a_past_week_shows_what_is_still_open_of_it(desk, due):
    schedule = of(desk, THIS_WEEK.previous)

    assert (whats(schedule.late), by_day(schedule)) == ([], {"Thứ Sáu 13/11": ["Quá hạn từ thứ Sáu"]})
    assert whats(schedule.coming) == ["Hạn hôm qua", "Hạn hôm nay", "Hạn ngày mai"]


def test_how_each_stands_and_what_lateness_costs(desk, due, monkeypatch):
    cost = Cost(5, "thêm 3 ngày nữa: −5 điểm")
    monkeypatch.setattr(costs, "_costings", [lambda late, day: {one.key: cost for one in late if one.subject == 1}])
    schedule = of(desk)

    entries = [*schedule.late, *(entry for day in schedule.days for entry in day.entries)]
    assert [(entry.state, entry.lateness, entry.cost) for entry in entries] == [
        ("overdue", "quá 4 ngày", "thêm 3 ngày nữa: −5 điểm"),
        ("overdue", "quá 1 ngày", ""),
        ("due_today", "", ""),
        ("not_due", "", ""),
    ]


def test_who_follows_those_named_besides_and_else_the_officers(desk, due):
    Watcher.objects.create(unit=desk.unit, kind=KIND, subject=3, person=desk.an.person, added_by=desk.an)

    followers = [entry.followers for day in of(desk).days for entry in day.entries]

    assert followers == [("Lò Văn Bình",), ("Lò Văn Bình", "Lò Thị An"), ("Lò Thị An",)]


def test_days_off_and_made_up_days_are_marked_with_their_reason(desk):
    """The country's: the national day of 2026 with the days around it. The unit's own word goes before."""
    DayOff.objects.create(unit=desk.unit, day=dt.date(2026, 9, 3), name="Lễ hội đền Mai Khê")
    DayOff.objects.create(unit=desk.unit, day=dt.date(2026, 9, 5), name="Làm bù cho lễ hội", is_working=True)
    DayOff.objects.create(unit=desk.away, day=dt.date(2026, 9, 4), name="Của xã khác")

    with only():
        days = of(desk, Week.of(dt.date(2026, 9, 3))).days

    assert [day.is_working for day in days] == [False, False, False, False, True, True, False]
    assert [day.remark for day in days[3:]] == ["Nghỉ: Lễ hội đền Mai Khê", "", "Làm bù cho lễ hội", "Nghỉ"]
    assert all(day.remark.startswith("Nghỉ: ") for day in days[:3])


@pytest.mark.parametrize("count", [3, 300])
def test_the_page_costs_the_same_at_3_and_300_deadlines(desk, due, count, django_assert_num_queries):
    due[:] = [
        deadline(desk.unit, MONDAY + dt.timedelta(subject % 21 - 7), subject=subject, follower=desk.an.person)
        for subject in range(count)
    ]
    window = desk.window(desk.an)

    with django_assert_num_queries(8):
        schedule = window.get(PAGE).context["schedule"]

    assert len(schedule.late) + schedule.in_week + len(schedule.coming) == count


# -- The page ----------------------------------------------------------------------------


def shown(desk: Desk, query: str = "", user: str = "an") -> str:
    return desk.window(getattr(desk, user)).get(f"{PAGE}{query}").content.decode()


def test_the_page_shows_the_week_with_ways_to_its_neighbours_and_to_each_deadline(desk, due):
    page = shown(desk)

    assert "<h1>Lịch công việc tuần 47</h1>" in page
    assert "Xã Mai Khê, từ 16/11 đến 22/11/2026. 3 việc đến hạn trong tuần" in page
    assert 'rel="prev" href="?tuan=2026-W46"' in page
    assert 'rel="next" href="?tuan=2026-W48"' in page
    assert '<a href="/xem/4/">Hạn ngày mai</a>' in page
    assert 'href="/ghi/4/"' in page
    assert 'href="/nhac-viec/lich-dien-tu/"' in page
    assert "Về tuần này" not in page
    assert "Về tuần này" in shown(desk, "?tuan=2026-W50")


def test_a_week_that_is_none_is_this_week(desk, due):
    assert "Lịch công việc tuần 47" in shown(desk, "?tuan=2026-W99")


def test_a_member_reads_and_is_not_led_to_what_is_the_officers(desk, due):
    page = shown(desk, user="binh")

    assert "Hạn ngày mai" in page
    assert "Ghi kết quả" not in page


def test_a_unit_that_is_not_ones_own_does_not_exist(desk, due):
    assert "Việc của xã khác" in shown(desk, user="cuong")

    assert "Việc của xã khác" not in shown(desk)
    for path in (PAGE, f"{PAGE}tai/pdf/"):
        assert desk.window(desk.an).get(f"{path}?don_vi={desk.away.pk}").status_code == 404
        assert desk.window(desk.an).get(f"{path}?don_vi=abc").status_code == 404


def test_who_works_in_two_units_chooses(desk, due):
    MembershipFactory(user=desk.an, unit=desk.away, role=Role.OFFICER)

    first, second = shown(desk), shown(desk, f"?don_vi={desk.unit.pk}")

    assert "Việc của xã khác" in first
    assert "Việc của xã khác" not in second
    assert f'<option value="{desk.unit.pk}" selected>Xã Mai Khê</option>' in second
    assert f'rel="next" href="?don_vi={desk.unit.pk}&amp;tuan=2026-W48"' in second
    assert f"/tai/pdf/?don_vi={desk.unit.pk}&amp;tuan=2026-W47" in second


def test_an_empty_week_and_an_account_without_a_unit_are_told_what_stands_here(desk):
    with only():
        page = shown(desk)
    nobody = signed_in(UserFactory()).get(PAGE)

    assert "Không có việc đến hạn trong tuần." in page
    assert "Lịch lấy hạn từ nhiệm vụ trong kế hoạch" in page
    assert nobody.status_code == 200
    assert "Tài khoản chưa có vai trò ở đơn vị nào" in nobody.content.decode()


# -- On paper ----------------------------------------------------------------------------

TEXT = """ỦY BAN NHÂN DÂN
XÃ MAI KHÊ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: /LCT-UBND
Mai Khê, ngày 17 tháng 11 năm 2026
LỊCH CÔNG VIỆC
Thi đua, khen thưởng tuần 47, từ 16/11 đến 22/11/2026
Thứ, ngày | Công việc | Người theo dõi | Ghi chú
TRONG TUẦN (3 việc)
Thứ Hai 16/11 | Hạn hôm qua | Lò Văn Bình | Quá 1 ngày
Thứ Ba 17/11 | Hạn hôm nay | Lò Văn Bình
Thứ Tư 18/11 | Hạn ngày mai | Lò Thị An
Thứ Năm 19/11
Thứ Sáu 20/11
Thứ Bảy 21/11 | Nghỉ
Chủ nhật 22/11 | Nghỉ
QUÁ HẠN (1 việc)
13/11/2026 | Quá hạn từ thứ Sáu | Lò Thị An | Quá 4 ngày
TUẦN SAU (1 việc)
23/11/2026 | Tuần sau | Lò Thị An
NGƯỜI LẬP
Lò Thị An
"""


def paper_of(desk: Desk, **fields):
    usual = {"unit": desk.unit, "issuer": IssuerFactory(unit=desk.unit), "made_by": "Lò Thị An"}
    return compose_schedule(of(desk), **(usual | fields))


def words_of(text: str) -> list[str]:
    return text.replace("|", " ").split()


def test_the_paper_says_the_week_word_for_word(desk, due):
    text = render(paper_of(desk), "txt").decode()

    assert words_of(text) == words_of(TEXT)


def test_an_office_without_an_issuer_has_its_name_on_the_paper(desk, due):
    header = paper_of(desk, issuer=None).header

    assert (header.issuer, header.symbol, header.place) == (("XÃ MAI KHÊ",), "LCT", "Mai Khê")


def test_of_much_that_is_late_the_paper_names_the_newest_and_counts_the_rest(desk, due):
    late = [FRIDAY - dt.timedelta(age) for age in range(MOST_LATE + 5)]
    due[:] = [
        deadline(desk.unit, day, subject=age, follower=desk.an.person, what=f"Cũ {age}")
        for age, day in enumerate(late)
    ]

    text = render(paper_of(desk), "txt").decode()

    assert f"QUÁ HẠN ({MOST_LATE + 5} việc)" in text
    assert "5 việc quá hạn lâu hơn, xem trong chương trình." in text
    assert re.findall(r"Cũ (\d+)", text) == [str(age) for age in reversed(range(MOST_LATE))]


def test_pdf_and_word_say_what_the_text_says(desk, due):
    issuer = IssuerFactory(unit=desk.unit)
    window = desk.window(desk.an)

    pdf, word = (window.get(f"{PAGE}tai/{to}/?tuan=2026-W47") for to in ("pdf", "docx"))

    assert pdf["Content-Type"] == "application/pdf"
    assert pdf["Content-Disposition"] == "attachment; filename*=UTF-8''lich-cong-viec-2026-W47.pdf"
    assert word["Content-Disposition"] == "attachment; filename*=UTF-8''lich-cong-viec-2026-W47.docx"
    with pdfplumber.open(io.BytesIO(pdf.content)) as book:
        printed = " ".join(page.extract_text() for page in book.pages)
    tables = docx.Document(io.BytesIO(word.content)).tables
    written = " ".join(cell.text for table in tables for row in table.rows for cell in row.cells)
    for words in (issuer.lines[0], "Hạn ngày mai", "Chủ nhật", "TUẦN SAU (1 việc)", "NGƯỜI LẬP"):
        assert words in printed
        assert words in written
    assert "xã khác" not in printed + written


@pytest.mark.parametrize("to", ["html", "xlsx"])
def test_there_is_no_other_form(desk, to):
    assert desk.window(desk.an).get(f"{PAGE}tai/{to}/").status_code == 404


def test_without_a_unit_there_is_nothing_to_download(desk):
    assert signed_in(UserFactory()).get(f"{PAGE}tai/pdf/").status_code == 404
