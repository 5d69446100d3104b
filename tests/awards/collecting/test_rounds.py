"""Rounds: made, changed, moved on and back; the list and the pages cost the same however many rows there are."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.collecting import rounds
from awards.collecting.rounds import NotEmpty
from awards.collecting.values import RoundData
from awards.models import Nominee, Proposal, Round, Subject
from awards.states import RoundState
from core.errors import UnfitField
from core.states import EditedMeanwhile, MoveRefused
from core.text import fold
from tests.awards.collecting.desk import codes
from tests.awards.rows import a_grant
from tests.factories import PartFactory
from units.models import Part

FEW, MANY = 3, 300
DATA = RoundData("Khen thưởng năm học 2025-2026", 2026, "school_year", "merit", ("GK", "LDTT"), dt.date(2026, 6, 20))


def test_a_round_is_made_with_its_awards_in_the_order_of_the_law(desk):
    found = rounds.create_round(desk.unit, actor=desk.an, data=DATA)

    assert (found.name, found.cycle, found.awards, found.state) == (
        DATA.name,
        "school_year",
        ["LDTT", "GK"],
        "collecting",
    )
    assert codes(found) == ["awards.round.created"]


@pytest.mark.parametrize(
    ("wrong", "field", "why"),
    [
        ({"name": " "}, "name", "Ghi tên đợt xét, ví dụ: Xét khen thưởng cuối năm 2026."),
        ({"year": 1800}, "year", "Năm từ 1990 đến 2100."),
        (
            {"superior_due": dt.date(2026, 6, 1)},
            "superior_due",
            "Hạn gửi hồ sơ lên cấp trên sớm hơn hạn các nơi gửi danh sách; hãy xem lại.",
        ),
        (
            {"name": "Xét khen thưởng cuối năm 2026"},
            "name",
            "Năm 2026 đã có «Xét khen thưởng cuối năm 2026». Đặt tên khác, ví dụ thêm «lần 2».",
        ),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(desk, wrong, field, why):
    with pytest.raises(UnfitField) as refused:
        rounds.create_round(desk.unit, actor=desk.an, data=replace(DATA, **wrong))

    assert (refused.value.field, str(refused.value)) == (field, why)


def test_two_windows_do_not_overwrite_each_other(desk):
    data = rounds.data_of(desk.round)
    rounds.change_round(desk.round, actor=desk.an, version=1, data=replace(data, name="Đợt một"))

    with pytest.raises(EditedMeanwhile):
        rounds.change_round(desk.round, actor=desk.an, version=1, data=replace(data, name="Đợt hai"))

    assert Round.objects.get().name == "Đợt một"


def test_a_round_goes_on_step_by_step_and_back(desk):
    for state in ("appraising", "council", "deciding", "done", "deciding", "appraising", "collecting"):
        rounds.move_round(desk.round, actor=desk.an, to=state)

    assert desk.round.state == RoundState.COLLECTING
    with pytest.raises(MoveRefused):
        rounds.move_round(desk.round, actor=desk.an, to="done")


def test_only_an_empty_round_may_go(desk):
    desk.nominee("Nguyễn Thị Hoa")
    with pytest.raises(NotEmpty):
        rounds.discard_round(desk.round, actor=desk.an)
    other = rounds.create_round(desk.unit, actor=desk.an, data=DATA)

    rounds.discard_round(other, actor=desk.an)

    assert [found.name for found in Round.objects.all()] == [desk.round.name]


# -- What the page offers next ---------------------------------------------------------------


def primary(desk) -> str:
    act = desk.page("round").context["act"]
    return act.words if act else ""


def test_the_one_button_leads_through_the_collecting(desk):
    assert primary(desk) == "Yêu cầu các nơi gửi danh sách"
    request = desk.asked()
    assert primary(desk) == "Nhập danh sách"
    desk.sent(request, "Thôn Đông", ("Nguyễn Thị Hoa", "1985", "", "LĐTT", ""))
    assert primary(desk) == "Nhận nội dung 1 nơi gửi"
    Subject.objects.create(unit=desk.unit, name="Lò Văn Hặc", part=desk.parts["Thôn Tây"])
    desk.nominee("Lò Văn Hặc")
    Nominee.objects.filter(name="Nguyễn Thị Hoa").delete()
    request.asks.all().delete()
    assert primary(desk) == "Tiếp nhận 1 danh sách"
    desk.received(Proposal.objects.get())
    assert primary(desk) == "Xác định 1 đối tượng"
    Nominee.objects.update(subject=Subject.objects.get())
    assert primary(desk) == "Chuyển sang thẩm định"


def test_readers_see_the_round_and_no_button(desk):
    page = desk.page("round", who=desk.binh)

    assert (page.status_code, page.context["act"], page.context["moves"]) == (200, None, [])


def test_the_form_makes_a_round(desk):
    said = {"name": "Khen đột xuất", "year": "2026", "cycle": "occasion", "path": "sudden", "due": "30/11/2026"}

    answer = desk.window().post(reverse("awards:round_new"), said)

    found = Round.objects.get(name="Khen đột xuất")
    assert answer["Location"] == reverse("awards:round", args=[found.pk])
    assert (found.path, found.cycle, found.due, found.unit) == ("sudden", "occasion", dt.date(2026, 11, 30), desk.unit)


# -- The lists -------------------------------------------------------------------------------


def test_the_landing_page_teaches_where_there_is_nothing(desk):
    Round.objects.all().delete()

    page = desk.window().get(reverse("awards:list")).content.decode()

    assert "Chưa có đợt xét khen thưởng nào" in page
    assert page.count("btn btn-primary") == 1


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"q": "hoc sinh gioi"}, ["Khen học sinh giỏi"]),
        ({"trang_thai": "done"}, ["Khen học sinh giỏi"]),
        ({"loai": "sudden"}, ["Chữa cháy"]),
        ({"xep": "ten"}, ["Chữa cháy", "Khen học sinh giỏi", "Xét khen thưởng cuối năm 2026"]),
        ({"nam": "2025"}, []),
    ],
)
def test_rounds_are_found_filtered_and_sorted(desk, query, names):
    Round.objects.create(unit=desk.unit, name="Khen học sinh giỏi", year=2026, state="done")
    Round.objects.create(unit=desk.unit, name="Chữa cháy", year=2026, path="sudden")

    rows = desk.window().get(reverse("awards:list"), query).context["rows"]

    assert [row.round.name for row in rows] == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["Lò Văn Hặc", "Nguyễn Thị Hoa", "Hộ bà Vì Thị Mơ"]),
        ({"q": "thi hoa"}, ["Nguyễn Thị Hoa"]),
        ({"danh_hieu": "GK"}, ["Lò Văn Hặc", "Hộ bà Vì Thị Mơ"]),
        ({"doi_tuong": "household"}, ["Hộ bà Vì Thị Mơ"]),
        ({"can_xem": "chua-xac-dinh"}, ["Lò Văn Hặc"]),
        ({"can_xem": "trung"}, ["Nguyễn Thị Hoa"]),
        ({"can_xem": "thieu-thanh-tich"}, ["Lò Văn Hặc", "Nguyễn Thị Hoa"]),
        ({"trang_thai": "withdrawn"}, []),
    ],
)
def test_nominees_are_found_by_what_is_doubtful(desk, query, names):
    Subject.objects.create(unit=desk.unit, name="Lò Văn Hặc", part=desk.parts["Thôn Tây"])
    desk.nominee("Lò Văn Hặc", "GK")
    hoa = desk.nominee("Nguyễn Thị Hoa", birth_year=1985)
    desk.nominee("Hộ bà Vì Thị Mơ", "GK", "Thôn Tây", kind="household", achievement="Hiến đất")
    a_grant(hoa.subject, "LDTT", 2026)

    rows = desk.page("nominees", **query).context["rows"]

    assert [row.nominee.name for row in rows] == names


def write_nominees(desk, count: int) -> None:
    parts = Part.objects.bulk_create(
        PartFactory.build(unit=desk.unit, name=f"Thôn {at}", order=at, search=f"thon {at}")
        for at in range(min(count, 30))
    )
    lists = Proposal.objects.bulk_create(
        Proposal(round=desk.round, part=part, day=dt.date(2026, 11, 1)) for part in parts
    )
    subjects = Subject.objects.bulk_create(
        Subject(unit=desk.unit, name=f"Nguyễn Văn {at}", birth_year=1980) for at in range(count)
    )
    Nominee.objects.bulk_create(
        Nominee(
            round=desk.round,
            proposal=lists[at % len(lists)],
            order=at + 1,
            subject=subject if at % 3 else None,
            name=subject.name,
            search=fold(subject.name),
            award="LDTT",
            year=2026,
        )
        for at, subject in enumerate(subjects)
    )


def queries_of(desk, address: str, **query: str) -> int:
    desk.window().get(address, query)
    with CaptureQueriesContext(connection) as queries:
        assert desk.window().get(address, query).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", ["round", "nominees", "identify", "proposals_receive"])
def test_pages_of_a_round_cost_the_same_at_3_and_300_nominees(desk, name):
    write_nominees(desk, FEW)
    few = queries_of(desk, desk.url(name), dong="tat-ca")
    Nominee.objects.all().delete()
    Proposal.objects.all().delete()
    Part.objects.filter(name__startswith="Thôn ").delete()
    write_nominees(desk, MANY)

    assert queries_of(desk, desk.url(name), dong="tat-ca") == few
    assert few <= 22


def test_all_300_stand_on_the_page(desk):
    write_nominees(desk, MANY)

    page = desk.page("nominees", dong="tat-ca")

    assert len(page.context["rows"]) == MANY
    assert "Nguyễn Văn 299" in page.content.decode()


@pytest.mark.parametrize("count", [FEW, MANY])
def test_the_list_of_rounds_costs_the_same(desk, count, django_assert_num_queries):
    Round.objects.bulk_create(
        Round(unit=desk.unit, name=f"Đợt {at}", year=2026, search=f"dot {at}") for at in range(count)
    )
    desk.window().get(reverse("awards:list"), {"dong": "tat-ca"})

    with django_assert_num_queries(8):
        rows = desk.window().get(reverse("awards:list"), {"dong": "tat-ca"}).context["rows"]

    assert len(rows) == count + 1
