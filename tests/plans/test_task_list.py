"""One list of the tasks of all plans: found, filtered, sorted; each row says where it stands."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from plans.models import Plan, Progress, Task
from plans.progress.selectors import standing_on, with_newest
from plans.states import TaskState
from tests.core.sheet_samples import read_book
from tests.factories import (
    AssignmentFactory,
    PartFactory,
    PersonFactory,
    PlanFactory,
    TaskFactory,
    UnitFactory,
    UserFactory,
)
from tests.units.conftest import signed_in
from units.models import Succession, Unit

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 5, 13)
ADDRESS = "/ke-hoach/nhiem-vu/"


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(dt.datetime(2026, 5, 13, 2, 0, tzinfo=dt.UTC))


@pytest.fixture
def unit() -> Unit:
    return UnitFactory()


@pytest.fixture
def plan(unit) -> Plan:
    return PlanFactory(unit=unit, year=2026, subject="Công tác năm 2026")


@pytest.fixture
def page(unit) -> Client:
    return signed_in(UserFactory(role="officer", unit=unit))


def shown(page: Client, query: str = "") -> list[str]:
    return [row.task.content for row in page.get(f"{ADDRESS}?{query}").context["rows"]]


def task(plan: Plan, content: str, **fields) -> Task:
    return TaskFactory(plan=plan, order=plan.tasks.count() + 1, content=content, **fields)


# -- Whose -------------------------------------------------------------------------------


def test_each_sees_the_tasks_of_the_plans_that_each_sees(plan, unit, page):
    task(plan, "Của xã")
    old = UnitFactory()
    Succession.objects.create(date=dt.date(2025, 7, 1), old_unit=old, new_unit=unit)
    task(PlanFactory(unit=old, year=2026), "Của xã cũ")
    task(PlanFactory(year=2026), "Của xã khác")

    assert sorted(shown(page)) == ["Của xã", "Của xã cũ"]


def test_a_reviewer_sees_what_was_sent_up_and_no_draft():
    province = UnitFactory(province=True)
    commune = UnitFactory(parent=province)
    task(PlanFactory(unit=commune, state="issued"), "Đã ban hành")
    task(PlanFactory(unit=commune), "Dự thảo")
    reviewer = signed_in(UserFactory(role="reviewer", unit=province))
    assert Task.objects.count() == 2

    assert shown(reviewer) == ["Đã ban hành"]


# -- How they stand ------------------------------------------------------------------------

DAYS = [None, TODAY - dt.timedelta(1), TODAY, TODAY + dt.timedelta(1)]


def test_the_filter_means_by_each_state_what_a_task_says_of_itself(plan):
    for start in DAYS:
        for due in DAYS:
            if not (start and due and due < start):
                task(plan, f"{start} {due}", start=start, due=due)
        settled = task(plan, f"Đã ghi {start}", start=start)
        Progress.objects.create(task=settled, outcome="done", day=TODAY, note="Đã xong", by=PersonFactory())
        dropped = task(plan, f"Đã thôi {start}", start=start)
        Progress.objects.create(task=dropped, outcome="dropped", day=TODAY, note="Hết việc", by=PersonFactory())
    said = {state: {one.content for one in plan.tasks.all() if one.state_on(TODAY) == state} for state in TaskState}
    assert all(said.values())

    found = {
        state: set(with_newest(plan.tasks.all()).filter(standing_on(TODAY, state)).values_list("content", flat=True))
        for state in TaskState
    }

    assert found == said


@pytest.mark.parametrize(
    ("state", "contents"),
    [
        ("undated", ["Không hạn"]),
        ("not_due", ["Sắp tới"]),
        ("in_progress", ["Đang làm"]),
        ("overdue", ["Quá lâu", "Quá hạn"]),
    ],
)
def test_tasks_are_filtered_by_how_they_stand(plan, page, state, contents):
    task(plan, "Không hạn")
    task(plan, "Sắp tới", start=dt.date(2026, 7, 1), due=dt.date(2026, 9, 30))
    task(plan, "Đang làm", start=dt.date(2026, 4, 1), due=dt.date(2026, 6, 30))
    task(plan, "Quá hạn", due=dt.date(2026, 5, 10))
    task(plan, "Quá lâu", due=dt.date(2026, 3, 31))

    assert shown(page, f"trang_thai={state}") == contents


def test_each_row_says_how_it_stands_in_words(plan, page):
    task(plan, "Quá hạn", due=dt.date(2026, 5, 10))
    task(plan, "Hôm nay", due=TODAY)

    words = page.get(ADDRESS).content.decode()

    assert "quá 3 ngày" in words
    assert "Đến hạn hôm nay" in words


def test_a_past_years_plan_is_a_record_without_states(page, unit):
    task(PlanFactory(unit=unit, year=2025), "Năm ngoái", due=dt.date(2025, 6, 30))

    assert [row.state for row in page.get(f"{ADDRESS}?nam=2025").context["rows"]] == [""]
    assert shown(page, "nam=2025&trang_thai=overdue") == []


# -- Finding -------------------------------------------------------------------------------


def test_the_year_is_that_of_the_top_bar_unless_another_or_all_are_chosen(page, plan, unit):
    task(plan, "Năm nay")
    task(PlanFactory(unit=unit, year=2025), "Năm ngoái")

    assert shown(page) == ["Năm nay"]
    assert sorted(shown(page, "nam=")) == ["Năm nay", "Năm ngoái"]
    assert shown(page, "nam=2025") == ["Năm ngoái"]
    assert shown(page) == ["Năm ngoái"]  # the top bar remembers


def test_tasks_are_found_without_marks(plan, page):
    task(plan, "Phát động phong trào thi đua")
    task(plan, "Sơ kết", note="báo cáo Sở Nội vụ")

    assert shown(page, "q=phong+trao") == ["Phát động phong trào thi đua"]
    assert shown(page, "q=SO+noi+vu") == ["Sơ kết"]
    assert shown(page, "q=khong+co") == []


def test_a_quarter_is_the_printed_one_else_the_one_of_the_last_day(plan, page):
    task(plan, "In quý II", quarter=2, due=dt.date(2026, 3, 1))
    task(plan, "Hạn tháng 6", due=dt.date(2026, 6, 30))
    task(plan, "Cả năm", due=dt.date(2026, 6, 30), is_ongoing=True)
    task(plan, "Sang năm", due=dt.date(2027, 6, 30))

    assert sorted(shown(page, "quy=2")) == ["Hạn tháng 6", "In quý II"]


def test_a_part_finds_what_it_leads_and_supports_and_each_once(plan, page, unit):
    part, other = PartFactory(unit=unit), PartFactory(unit=unit)
    both, none = task(plan, "Chủ trì và phối hợp"), task(plan, "Của nơi khác")
    for role in ("lead", "support"):
        AssignmentFactory(task=both, role=role, part=part)
    AssignmentFactory(task=none, part=other)

    assert shown(page, f"bo_phan={part.pk}") == ["Chủ trì và phối hợp"]


def test_a_plan_finds_its_own(plan, page, unit):
    task(plan, "Của kế hoạch này")
    other = PlanFactory(unit=unit, year=2026)
    task(other, "Của kế hoạch khác")
    stranger = PlanFactory(year=2026)

    assert shown(page, f"ke_hoach={plan.pk}") == ["Của kế hoạch này"]
    form = page.get(ADDRESS).context["filter"].form
    assert {choice[0].value for choice in list(form.fields["ke_hoach"].choices)[1:]} == {plan.pk, other.pk}
    assert page.get(f"{ADDRESS}?ke_hoach={stranger.pk}").context["filter"].form.errors


@pytest.mark.parametrize(
    ("sort", "contents"),
    [
        ("han", ["Sớm", "Muộn", "Không hạn"]),
        ("-han", ["Không hạn", "Muộn", "Sớm"]),
        ("noi-dung", ["Không hạn", "Muộn", "Sớm"]),
        ("ke-hoach", ["Muộn", "Không hạn", "Sớm"]),
        ("la", ["Sớm", "Muộn", "Không hạn"]),
    ],
)
def test_tasks_are_sorted_by_day_plan_and_words(plan, page, unit, sort, contents):
    first = PlanFactory(unit=unit, year=2026, subject="A trước")
    task(first, "Muộn", due=dt.date(2026, 12, 31))
    task(plan, "Không hạn")
    task(plan, "Sớm", due=dt.date(2026, 1, 31))

    assert shown(page, f"xep={sort}") == contents


def test_the_sheet_holds_what_the_page_shows(plan, page):
    task(plan, "Sơ kết", due=dt.date(2026, 6, 30))
    task(plan, "Tổng kết", due=dt.date(2026, 12, 10))

    answer = page.get(f"{ADDRESS}?q=so+ket")
    [link] = [line for line in answer.content.decode().split('"') if line.startswith("/ke-hoach/nhiem-vu/xuat/")]

    rows = read_book(page.get(link.replace("&amp;", "&")).content)["Nhiệm vụ"][3:]
    assert [(row[2], row[7].date(), row[9]) for row in rows] == [("Sơ kết", dt.date(2026, 6, 30), "Chưa đến hạn")]


# -- The page itself -----------------------------------------------------------------------


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_costs_the_same_at_3_and_300_tasks(plan, page, count, django_assert_num_queries):
    for number in range(count):
        AssignmentFactory(task=task(plan, f"Việc {number}", due=TODAY))
    page.get(f"{ADDRESS}?dong=100")

    with django_assert_num_queries(10):
        answer = page.get(f"{ADDRESS}?dong=100")

    assert (len(answer.context["rows"]), answer.context["page"].total) == (min(count, 100), count)
    assert answer.content.decode().count("<tr>") == 1 + min(count, 100)


def test_an_empty_list_teaches_and_one_without_a_match_says_so(page, plan):
    empty = page.get(f"{ADDRESS}?nam=").content.decode()
    assert "Chưa có nhiệm vụ nào" in empty
    assert 'href="/ke-hoach/"' in empty

    assert "Không có dòng nào khớp" in page.get(f"{ADDRESS}?q=khong+co").content.decode()


def test_a_row_leads_to_its_place_on_the_plans_page(plan, page):
    one = task(plan, "Sơ kết")

    assert f'href="/ke-hoach/{plan.pk}/#nhiem-vu-{one.key}"' in page.get(ADDRESS).content.decode()
