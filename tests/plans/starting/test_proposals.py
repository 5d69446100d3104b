"""Proposals as a person goes through them: equal ones together, questions with what can be worked out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plans.interchange import PlanData
from plans.moving import Group, Kind, Place, Proposal, ReformNames
from plans.starting.proposals import (
    Adoption,
    Line,
    changed,
    citation_to_come,
    decided,
    fingerprint,
    fitted,
    lines_of,
    proposals_of,
    suggested,
    without_stray_marks,
)
from tests.plans.files import OUR_PLANS, every_plan
from tests.plans.moving.moves import AFTER, LAWS, WORLDS, plan_of
from tests.plans.moving.texts import COMMUNE, holding

ADOPTION = Adoption(2026, COMMUNE, crosses_reform=True)


def adoption_for(name: str) -> Adoption:
    province, old, new = WORLDS[name]
    return Adoption(2026, ReformNames(province, {old: new}, AFTER, LAWS), crosses_reform=True)


def lines_in(text: str, adoption: Adoption = ADOPTION, year: int = 2024) -> list[Line]:
    plan = replace(holding(text, year), closing="")
    return [line for line in lines_of(proposals_of(plan, adoption)) if line.places[0].where.path[0] == "preamble"]


def shown(lines: list[Line]) -> list[str]:
    return [
        f"{len(line.places)} × {line.old} → {' | '.join(line.choices) if line.is_question else line.new}"
        for line in lines
    ]


def test_equal_proposals_are_one_line_whatever_their_first_letter() -> None:
    assert shown(lines_in("Năm 2024 và năm 2024, sau đó năm 2025. Cụm thi đua số 02, cụm thi đua số 02.")) == [
        "2 × Năm 2024 → Năm 2026",
        "1 × năm 2025 → năm 2027",
        "2 × Cụm thi đua số 02 → Cụm thi đua số ……",
    ]


def test_the_dates_of_tasks_are_one_line() -> None:
    plan = plan_of("doai_trung")

    dates = [
        line for line in lines_of(proposals_of(plan, adoption_for("doai_trung"))) if line.group is Group.TASK_DATES
    ]

    assert [(line.old, line.new, line.is_question) for line in dates] == [("", None, False)]
    assert len(dates[0].places) == sum(bool(task.start) + bool(task.due) for task in plan.tasks)


@pytest.mark.parametrize("name", every_plan())
def test_what_the_new_head_answers_is_not_asked_and_nothing_lies_over_another(name: str) -> None:
    proposals = proposals_of(plan_of(name), adoption_for(name))

    heads = {"year", "superior", "issuer", "number", "symbol", "place", "date", "signature_lines", "signature_post"}
    assert [one for one in proposals if one.where.path[0] in heads or one.group is Group.HEADER] == []
    spans = sorted((one.where, one.start, one.end) for one in proposals)
    assert [
        pair for pair in zip(spans, spans[1:], strict=False) if pair[0][0] == pair[1][0] and pair[1][1] < pair[0][2]
    ] == []


@pytest.mark.parametrize("name", every_plan())
def test_every_proposal_is_in_exactly_one_line_and_keys_differ(name: str) -> None:
    proposals = proposals_of(plan_of(name), adoption_for(name))
    lines = lines_of(proposals)

    assert sorted(map(id, proposals)) == sorted(id(one) for line in lines for one in line.places)
    assert len({line.key for line in lines}) == len(lines)
    assert [line.group for line in lines] == sorted((line.group for line in lines), key=list(Group).index)


def test_between_two_years_of_the_two_tiers_only_names_and_laws_are_proposed() -> None:
    text = "Căn cứ Nghị định số 98/2023/NĐ-CP; UBND huyện giao xã Nà Lường việc của năm 2025."

    assert shown(lines_in(text, replace(ADOPTION, crosses_reform=False), 2025)) == [
        "1 × năm 2025 → năm 2026",
        "1 × xã Nà Lường → xã Nà Khoang",
        "1 × Nghị định số 98/2023/NĐ-CP → Nghị định số 152/2025/NĐ-CP",
    ]


def test_of_the_own_year_nothing_is_moved() -> None:
    assert shown(lines_in("Năm 2026, theo UBND huyện.", replace(ADOPTION, crosses_reform=False), 2026)) == []


def test_a_unit_that_was_split_is_asked() -> None:
    names = replace(COMMUNE, heirs={"xã Đồng Nhuệ": "xã Mai Khê"})
    adoption = Adoption(2026, names, True, shared={"xã đồng nhuệ": ("xã Mai Khê", "xã Minh Lãm")})

    (line,) = lines_in("Cùng xã Đồng Nhuệ tổ chức.", adoption)

    assert shown([line]) == ["1 × xã Đồng Nhuệ → xã Mai Khê | xã Minh Lãm"]
    assert line.why == "xã Đồng Nhuệ đã chia cho xã Mai Khê và xã Minh Lãm: ở đây nay là đơn vị nào?"


# -- What can be worked out ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("cited", "to_come"),
    [
        (
            "Kế hoạch số 05/KH-UBND ngày 09/01/2024 của UBND huyện Vân Sơn về công tác thi đua năm 2024",
            "Kế hoạch số ……/KH-UBND ngày ……/……/…… của UBND tỉnh Bắc Sơn về công tác thi đua năm 2026",
        ),
        (
            "Quyết định 12/2024/QĐ-UBND ngày 05 tháng 01 năm 2024 của UBND huyện về quy chế năm 2024",
            "Quyết định số ……/……/QĐ-UBND ngày …… tháng …… năm …… của UBND tỉnh về quy chế năm 2026",
        ),
        (
            "biên bản bàn giao Cụm thi đua số 2 năm 2024, ngày 22/02/2024",
            "biên bản bàn giao Cụm thi đua số …… năm 2026, ngày ……/……/……",
        ),
    ],
)
def test_a_paper_of_the_year_is_offered_with_its_number_and_day_blank(cited: str, to_come: str) -> None:
    assert citation_to_come(cited, holding(""), ADOPTION) == to_come


@pytest.mark.parametrize(
    ("period", "next_one"),
    [
        ("giai đoạn 2021 - 2025", ["giai đoạn 2026 - 2030"]),
        ("giai đoạn 2016-2020", ["giai đoạn 2026-2030"]),
        ("nhiệm kỳ 2020 - 2025", ["nhiệm kỳ 2025 - 2030"]),
        ("giai đoạn 2021 - 2030", []),
        ("giai đoạn 2010 - 2025", []),
    ],
)
def test_the_period_after_one_that_is_over_is_offered(period: str, next_one: list[str]) -> None:
    (line,) = [one for one in lines_in(f"Thực hiện đề án {period} của xã.") if one.group is Group.PERIOD]

    assert list(line.choices) == next_one


def test_communes_below_a_district_are_villages_below_a_commune() -> None:
    plan = plan_of("trang_son")
    adoption = replace(adoption_for("trang_son"), village="khu phố")

    asked = {line.old: suggested(line) for line in lines_of(proposals_of(plan, adoption)) if line.is_question}

    assert asked["các xã, thị trấn"] == "các khu phố"
    assert asked["mỗi xã, thị trấn"] == "mỗi khu phố"
    assert asked["sáu xã, thị trấn"] is None


def test_a_law_is_dated_as_the_one_before_it_was() -> None:
    text = "Căn cứ Luật Thi đua, Khen thưởng ngày {};"

    slashes, words = (lines_in(text.format(day))[0] for day in ("26/11/2003", "26 tháng 11 năm 2003"))

    assert suggested(slashes) == "Luật Thi đua, khen thưởng ngày 15/6/2022"
    assert suggested(words) == "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"


# -- What is decided -----------------------------------------------------------------------


def test_ticks_answers_and_single_places_decide() -> None:
    plan = holding("Năm 2024, năm 2024 và năm 2024; cụm thi đua số 02, Cụm thi đua số 02; năm 2025.")
    lines = lines_of(proposals_of(plan, ADOPTION))
    year, later, cluster = (line for line in lines if line.places[0].where.path[0] == "preamble")

    accepted = decided(
        lines, taken={year.key}, answers={cluster.key: "cụm thi đua số 5"}, kept={f"{year.key}.1", f"{cluster.key}.7"}
    )

    assert later.key not in {year.key}
    assert changed(plan, accepted).preamble == (
        "Năm 2026, năm 2024 và năm 2026; cụm thi đua số 5, Cụm thi đua số 5; năm 2025.",
    )


def test_an_answer_that_keeps_changes_nothing() -> None:
    plan = holding("cấp huyện xét, cụm thi đua số 02")
    lines = lines_of(proposals_of(plan, ADOPTION))
    district, cluster = (line for line in lines if line.is_question)

    assert decided(lines, taken=set(), answers={district.key: None, cluster.key: cluster.old}, kept=set()) == []


@pytest.mark.parametrize(
    ("answer", "old", "said"),
    [
        ("phòng Văn hóa", "Văn phòng", "Phòng Văn hóa"),
        ("Phòng Văn hóa", "công chức Văn hóa", "Phòng Văn hóa"),
        ("Cụm số 5", "cụm số 2", "cụm số 5"),
        ("", "Văn phòng", ""),
    ],
)
def test_an_answer_begins_like_the_words_that_it_replaces(answer: str, old: str, said: str) -> None:
    assert fitted(answer, old) == said


def test_a_basis_that_nothing_replaces_goes_without_leaving_marks() -> None:
    plan = replace(
        holding(""),
        preamble=("Căn cứ Luật A; Luật B và Luật C;", "Căn cứ Luật D;", "Nội dung như sau:"),
    )

    def gone(place: str, start: int, old: str) -> Proposal:
        return Proposal(Place.parse(place), start, start + len(old), old, "", "Vì thế.", Kind.ASK, Group.LAW)

    moved = changed(
        plan, [gone("preamble/0", 15, "Luật B"), gone("preamble/0", 25, "Luật C"), gone("preamble/1", 7, "Luật D")]
    )

    assert moved.preamble == ("Căn cứ Luật A;", "Nội dung như sau:")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Căn cứ ; Luật B;", "Căn cứ Luật B;"),
        ("Căn cứ:  và Luật B;", "Căn cứ: Luật B;"),
        ("Căn cứ Luật A;  ; Luật C.", "Căn cứ Luật A; Luật C."),
        ("Căn cứ Luật A; .", "Căn cứ Luật A."),
        ("Căn cứ Luật A, thực hiện việc.", "Căn cứ Luật A, thực hiện việc."),
    ],
)
def test_stray_marks(text: str, clean: str) -> None:
    assert without_stray_marks(text) == clean


def test_the_fingerprint_changes_with_what_is_shown() -> None:
    def of(text: str) -> str:
        return fingerprint(lines_of(proposals_of(holding(text), ADOPTION)))

    assert of("năm 2024") == of("năm 2024")
    assert len({of("năm 2024"), of("năm 2024, năm 2024"), of("Năm 2024"), of(" năm 2024")}) == 4


@pytest.mark.parametrize("name", OUR_PLANS)
def test_nothing_taken_leaves_the_plan_as_it_was(name: str) -> None:
    plan: PlanData = plan_of(name)
    lines = lines_of(proposals_of(plan, adoption_for(name)))

    assert changed(plan, decided(lines, taken=set(), answers={}, kept=set())) == plan
