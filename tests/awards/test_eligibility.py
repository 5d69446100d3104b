"""Who may have which award, a line a case; what is open is open, and every rule says what it looked at."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path as File
from typing import Any

import pytest
from django.core.management import call_command

from awards.conditions import shipped_conditions
from awards.eligibility import Outcome, judge
from awards.facts import (
    Case,
    Discipline,
    Initiative,
    Members,
    Mode,
    Path,
    Recipient,
    Scope,
    Subject,
    Title,
)
from awards.interchange import UnfitCase, read_cases
from tests.plans.files import SHARED

BEFORE, AFTER = dt.date(2025, 12, 1), dt.date(2026, 10, 1)
CASES = SHARED / "cases" / "eligibility.json"
YES, NO, ASK = Outcome.ELIGIBLE, Outcome.NOT_ELIGIBLE, Outcome.NEEDS_PERSON


def case(award: str, *, on: dt.date = BEFORE, path: Path = Path.MERIT, **subject: Any) -> Case:
    return Case(award, 2025, on, Subject(**subject), path)


def told(asked: Case) -> tuple[Outcome, list[str]]:
    """The outcome, and the checks that failed or are open."""
    judged = judge(asked)
    return judged.outcome, [one.code for one in judged.checks if one.ok is not True]


def titles(code: str, *years: int, mode: Mode = Mode.MERIT) -> tuple[Title, ...]:
    return tuple(Title(code, year, mode) for year in years)


def idea(year: int = 2025, scope: Scope = Scope.BASE, **more: Any) -> Initiative:
    return Initiative(f"SK{year}", year, scope, **({"is_recognised": True} | more))


def rated(least: str, *years: int) -> dict[int, str]:
    return dict.fromkeys(years, least)


@pytest.mark.skipif(not CASES.is_file(), reason="the cases are not at hand (TDKT_SHARED)")
def test_the_cases_agree(capsys):
    call_command("check_eligibility", str(CASES))
    printed = json.loads(capsys.readouterr().out)

    for one in json.loads(CASES.read_text(encoding="utf-8"))["cases"]:
        found = printed[one["id"]]
        not_met = {check["code"] for check in found["checks"] if check["ok"] is not True}
        assert found["outcome"] == one["expected"]["outcome"], one["id"]
        assert set(one["expected"]["decisive"]) <= not_met, one["id"]


@pytest.mark.parametrize(
    ("asked", "outcome", "not_met"),
    [
        (case("LDTT"), ASK, ["rating"]),  # no rating yet
        (case("LDTT", ratings={2025: "HTT"}), YES, []),
        (
            case("CSTDCS", ratings={2025: "HTT"}, initiatives=(idea(is_recognised=False),)),
            NO,
            ["excellent_or_initiative"],
        ),
        (case("CSTDCS", ratings={2025: "HTT"}, initiatives=(idea(2024),)), NO, ["excellent_or_initiative"]),
        (case("CSTDCS", ratings={2025: "HTT"}, initiatives=(idea(used_for="BKT"),)), NO, ["initiative_reuse"]),
        (case("CSTDCS", ratings={2025: "HTT"}, initiatives=(idea(used_for="CSTDT"),)), ASK, ["initiative_reuse"]),
        (case("CSTDCS", ratings={2025: "HTXSNV"}, initiatives=(idea(used_for="BKT"),)), YES, []),  # not needed
        (case("CSTDT", titles=titles("CSTDCS", 2023, 2024, 2025), initiatives=(idea(),)), NO, ["initiative_scope"]),
        (
            case(
                "CSTDT",
                titles=titles("CSTDCS", 2024, 2025) + titles("CSTDCS", 2023, mode=Mode.THEMATIC),
                initiatives=(idea(scope=Scope.NATION),),
            ),
            NO,
            ["consecutive_titles"],
        ),
        (
            case(
                "CSTDT",
                titles=titles("CSTDCS", 2022, 2023, 2025),
                maternity_years=frozenset([2024]),
                initiatives=(idea(scope=Scope.PROVINCE),),
            ),
            YES,
            [],
        ),
        (case("CSTDTQ", titles=titles("CSTDT", 2024, 2025), initiatives=(idea(scope=Scope.NATION),)), YES, []),
        (
            case("CSTDTQ", titles=titles("CSTDT", 2023, 2025), initiatives=(idea(scope=Scope.NATION),)),
            NO,
            ["consecutive_titles"],
        ),
        (case("BKT", titles=titles("CSTDCS", 2024, 2025)), YES, []),
        (case("BKT", ratings=rated("HTXSNV", 2024, 2025), initiatives=(idea(2024), idea(2025))), YES, []),
        (
            case("BKT", ratings=rated("HTXSNV", 2024, 2025), initiatives=(idea(),)),
            NO,
            ["consecutive_titles", "initiative_scope"],
        ),
        (
            case("BKT", titles=titles("CSTDCS", 2024), ratings=rated("HTXSNV", 2025), initiatives=(idea(),)),
            ASK,
            ["consecutive_titles"],
        ),
        (
            case(
                "BKTTg",
                titles=titles("BKT", 2020) + titles("CSTDCS", 2021, 2023, 2025),
                ratings=rated("HTT", *range(2021, 2026)),
            ),
            YES,
            [],
        ),
        (
            case("BKTTg", titles=titles("CSTDCS", 2021, 2023, 2025), ratings=rated("HTT", *range(2021, 2026))),
            NO,
            ["prior_award"],
        ),
        (
            case(
                "BKTTg",
                titles=titles("BKT", 2020) + titles("CSTDCS", 2021, 2025),
                ratings=rated("HTT", 2021, 2022, 2024, 2025),
            ),
            NO,
            ["consecutive_ratings", "consecutive_titles"],
        ),
        (case("GK", ratings={2025: "HTNV"}), NO, ["rating"]),
        (case("GK", ratings={2025: "HTT"}, path=Path.SUDDEN), ASK, []),
        (case("BKT", path=Path.CONTRIBUTION), ASK, []),
        (case("BKT", path=Path.CONTRIBUTION, has_open_case=True), NO, ["open_case"]),
    ],
)
def test_persons(asked, outcome, not_met):
    assert told(asked) == (outcome, not_met)


FULL = Members(10, ldtt=7, cstdcs=1, completed=10)


@pytest.mark.parametrize(
    ("award", "members", "rating", "outcome", "not_met"),
    [
        ("TTLDTT", replace(FULL, ldtt=6), "HTT", NO, ["ldtt_share"]),
        ("TTLDTT", replace(FULL, warned_or_worse=1), "HTT", NO, ["discipline"]),
        ("TTLDXS", FULL, "HTXSNV", YES, []),
        ("TTLDXS", FULL, "HTT", NO, ["rating"]),
        ("TTLDXS", replace(FULL, completed=9, cstdcs=0), "HTXSNV", NO, ["all_completed", "cstdcs_present"]),
        ("TTLDXS", None, "HTXSNV", ASK, ["all_completed", "ldtt_share", "cstdcs_present"]),
    ],
)
def test_collectives(award, members, rating, outcome, not_met):
    assert told(case(award, kind=Recipient.COLLECTIVE, members=members, ratings={2025: rating})) == (outcome, not_met)


def test_bang_khen_of_a_collective_takes_two_excellent_years_or_titles():
    asked = case("BKT", kind=Recipient.COLLECTIVE, ratings=rated("HTXSNV", 2024), titles=titles("TTLDXS", 2025))

    assert told(asked) == (YES, [])


@pytest.mark.parametrize(
    ("discipline", "outcome"),
    [
        (Discipline("khiển trách", dt.date(2023, 5, 1), dt.date(2024, 5, 1)), YES),
        (Discipline("khiển trách", dt.date(2024, 3, 1), dt.date(2025, 3, 1)), NO),
        (Discipline("cảnh cáo", dt.date(2022, 3, 1), None), NO),
    ],
)
def test_achievement_counts_only_after_a_discipline_has_ended(discipline, outcome):
    assert judge(case("LDTT", ratings={2025: "HTT"}, discipline=(discipline,))).outcome is outcome


class TestFromTheFirstOfOctober2026:
    """The amended text is not confirmed: both readings stand side by side and a person decides."""

    @pytest.mark.parametrize(
        ("rating", "words"),
        [
            ("HTT", "Theo quy định cũ: đạt (Năm 2025 xếp loại hoàn thành tốt nhiệm vụ); theo sửa đổi: cần xác nhận."),
            (
                "HTNV",
                "Theo quy định cũ: không đạt (Năm 2025 xếp loại hoàn thành nhiệm vụ; cần từ mức hoàn thành tốt nhiệm"
                " vụ trở lên); theo sửa đổi: cần xác nhận.",
            ),
        ],
    )
    def test_conditions_of_titles_are_open_whichever_way_the_old_text_goes(self, rating, words):
        judged = judge(case("LDTT", on=AFTER, ratings={2025: rating}))

        assert judged.outcome is ASK
        assert (judged.checks[0].ok, judged.checks[0].because) == (None, words)
        assert judged.ruleset.code == "2026-qh16"

    def test_what_is_still_decided_can_refuse(self):
        assert told(case("LDTT", on=AFTER, ratings={2025: "HTT"}, has_open_case=True)) == (NO, ["rating", "open_case"])

    def test_the_day_before_is_decided(self):
        assert told(case("LDTT", on=AFTER - dt.timedelta(days=1), ratings={2025: "HTT"})) == (YES, [])

    def test_forms_of_commendation_are_decided(self):
        assert told(case("BKT", on=AFTER, titles=titles("CSTDCS", 2024, 2025))) == (YES, [])

    def test_once_a_paper_confirms_the_rule_it_is_decided_again(self):
        confirmed = [replace(one, confirmed_by="Công văn số 12/SNV-TĐKT") for one in shipped_conditions()]

        assert judge(case("LDTT", on=AFTER, ratings={2025: "HTT"}), confirmed).outcome is YES


@pytest.mark.parametrize("condition", shipped_conditions(), ids=lambda one: f"{one.award} {one.check}")
def test_every_condition_names_its_article(condition):
    assert "Điều" in condition.source


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "Tệp không phải JSON đọc được."),
        ('{"schema": "x"}', "Tệp không ghi mẫu tdkt-eligibility/1 ở trường «schema»."),
        (
            '{"schema": "tdkt-eligibility/1", "cases":'
            ' [{"id": "a", "title": "LDTT", "year": 2025, "received_on": "1/12"}]}',
            "Trường hợp «a», trường «received_on» phải là ngày, dạng 2025-12-31.",
        ),
    ],
    ids=["no JSON", "other form", "no day"],
)
def test_a_file_that_does_not_fit_is_told(text, sentence):
    with pytest.raises(UnfitCase) as refusal:
        read_cases(text)

    assert str(refusal.value) == sentence


def test_an_unknown_award_is_told(capsys, tmp_path: File):
    file = tmp_path / "x.json"
    file.write_text(
        '{"schema": "tdkt-eligibility/1", "cases":'
        ' [{"id": "a", "title": "XX", "year": 2025, "received_on": "2025-12-01", "subject": {}}]}'
    )

    with pytest.raises(SystemExit):
        call_command("check_eligibility", str(file))

    assert capsys.readouterr().err.strip() == "Không có danh hiệu, hình thức khen thưởng nào mang mã «XX»."
