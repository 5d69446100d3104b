"""Accepted proposals: all or none, and only on the words they were made for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from plans.moving import Group, Kind, Place, Proposal, RefusedProposals, apply, propose_year
from plans.moving.places import read_at, texts_of, write_at
from plans.moving.proposals import UnfitAnswer
from tests.plans.files import every_plan
from tests.plans.moving.moves import plan_of
from tests.plans.moving.texts import holding

TEXT = Place(("preamble", "0"))
PLAN = holding("năm 2024 và năm 2025")


def proposal(start: int, end: int, old: str, new: str | None, where: Place = TEXT) -> Proposal:
    return Proposal(where, start, end, old, new, "Vì thế.", Kind.CERTAIN, Group.YEAR)


FIRST, SECOND = proposal(4, 8, "2024", "2026"), proposal(16, 20, "2025", "hai nghìn không trăm hai bảy")


def test_the_order_of_acceptance_does_not_matter() -> None:
    after = "năm 2026 và năm hai nghìn không trăm hai bảy"

    assert [apply(PLAN, accepted).preamble for accepted in ([FIRST, SECOND], [SECOND, FIRST])] == [(after,), (after,)]


@pytest.mark.parametrize(
    ("accepted", "sentence"),
    [
        (
            [FIRST, proposal(0, 8, "năm 2024", "năm 2027")],
            "Phần mở đầu, đoạn 1: hai đề xuất cùng sửa «2024»; chỉ chọn được một.",
        ),
        ([FIRST, FIRST], "Phần mở đầu, đoạn 1: hai đề xuất cùng sửa «2024»; chỉ chọn được một."),
        (
            [proposal(4, 8, "2023", "2025")],
            "Phần mở đầu, đoạn 1: không còn thấy «2023» ở chỗ cũ, nội dung đã được sửa; hãy xem lại.",
        ),
        (
            [proposal(90, 94, "2024", "2026")],
            "Phần mở đầu, đoạn 1: không còn thấy «2024» ở chỗ cũ, nội dung đã được sửa; hãy xem lại.",
        ),
        ([proposal(4, 8, "2024", None)], "Phần mở đầu, đoạn 1: «2024» còn chờ trả lời, chưa có chữ thay vào."),
        (
            [proposal(0, 1, "a", "b", Place(("tasks", "7", "content")))],
            "Nhiệm vụ dòng 8, nội dung không còn trong kế hoạch; hãy xem lại các đề xuất.",
        ),
        (
            [proposal(0, 1, "a", "b", Place(("_secret",)))],
            "_secret không còn trong kế hoạch; hãy xem lại các đề xuất.",
        ),
        (
            [proposal(0, 10, "2025-01-14", "mai", Place(("date",)))],
            "Ngày văn bản: «mai» không phải là ngày hoặc năm.",
        ),
    ],
)
def test_what_cannot_be_put_in_is_refused_in_one_sentence(accepted: list[Proposal], sentence: str) -> None:
    with pytest.raises(RefusedProposals) as refused:
        apply(PLAN, accepted)

    assert str(refused.value) == sentence


def test_a_plan_edited_meanwhile_refuses_old_proposals() -> None:
    edited = replace(PLAN, preamble=("Sửa: năm 2024 và năm 2025",))

    with pytest.raises(RefusedProposals):
        apply(edited, propose_year(PLAN, 2026))


def test_an_answer_is_one_line() -> None:
    question = proposal(4, 8, "2024", None)

    assert apply(PLAN, [question.answered("2030")]).preamble == ("năm 2030 và năm 2025",)
    with pytest.raises(UnfitAnswer, match=r"^Phần chữ thay vào phải nằm trên một dòng"):
        question.answered("hai\ndòng")


@pytest.mark.parametrize(
    ("place", "label"),
    [
        ("subject", "Trích yếu"),
        ("appendix/subject", "Phụ lục, trích yếu"),
        ("tasks/2/time_text", "Nhiệm vụ dòng 3, thời gian"),
        ("tasks/0/lead/1", "Nhiệm vụ dòng 1, chủ trì 2"),
        ("blocks/4/text", "Nội dung, dòng 5"),
        ("parts/campaign/waves/0/as_printed", "Phong trào, đợt 1, thời gian của đợt"),
    ],
)
def test_a_place_is_sent_and_got_back_and_named(place: str, label: str) -> None:
    assert str(Place.parse(place)) == place
    assert Place.parse(place).label == label


def test_a_name_with_a_slash_survives() -> None:
    place = Place(("parts", "a/b~c"))

    assert Place.parse(str(place)) == place


@pytest.mark.parametrize("name", every_plan())
def test_every_text_is_found_and_written_where_it_stands(name: str) -> None:
    plan = plan_of(name)
    places = list(texts_of(plan))

    assert len({place for place, _ in places}) == len(places)
    for place, text in places:
        written = write_at(plan, place, text + "…")
        assert read_at(written, place) == text + "…"
        assert write_at(written, place, text) == plan


def test_days_and_years_are_written_as_what_they_are() -> None:
    plan = plan_of("na_luong")

    changed = write_at(write_at(plan, Place.parse("tasks/0/due"), "2026-03-31"), Place.parse("year"), "2026")

    assert (changed.tasks[0].due, changed.year) == (dt.date(2026, 3, 31), 2026)
