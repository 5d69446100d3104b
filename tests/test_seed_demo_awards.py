"""The demonstration with awards: last year's round whole, this year's in the middle, on whatever day."""

from __future__ import annotations

import datetime as dt
import io
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.test import TestCase, override_settings

from awards.collecting.identifying import questions
from awards.collecting.taking import shown
from awards.councils.ballots import house_of
from awards.deciding.paying import pay_table
from awards.dossiers.checking import Code, check_round
from awards.judging import judge_nominees
from awards.models import (
    Confirmation,
    Consultation,
    Correction,
    CouncilMember,
    Decision,
    Grant,
    Initiative,
    Item,
    LocalRule,
    Nominee,
    Opinion,
    Proposal,
    Rating,
    Recusal,
    Round,
    Sitting,
    Subject,
)
from awards.register.subjects import row_ids
from core.models import AuditEntry
from documents.models import IssuedPaper
from reminders.models import Answer, Ask
from tdkt.management.commands import seed_demo
from units.models import Person, Unit, User

TABLES = (
    *(Round, Proposal, Nominee, Subject, Rating, Initiative, Consultation, Opinion, Correction, CouncilMember),
    *(Sitting, Item, Recusal, Decision, Grant, LocalRule, Confirmation, IssuedPaper, Ask, Answer, AuditEntry),
)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = dt.datetime(2026, 11, 22, 9, 30, tzinfo=HANOI)


def seed(stage: str = "awards") -> dict[str, Any]:
    said = io.StringIO()
    call_command("seed_demo", "--stage", stage, stdout=said)
    answer: dict[str, Any] = json.loads(said.getvalue())
    return answer


def rows() -> dict[str, list[dict[str, Any]]]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}


def round_of(year: int) -> Round:
    return Round.objects.select_related("unit", "request").get(year=year, is_quick=False)


def commune() -> Unit:
    return User.objects.get(username="canbo").memberships.get().unit


class InNovember(TestCase):
    """Loaded once for all of these tests."""

    @classmethod
    def setUpClass(cls) -> None:
        folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.enterClassContext(patch.object(seed_demo, "VAR_DIR", folder / "var"))
        cls.enterClassContext(override_settings(MEDIA_ROOT=folder / "files"))
        cls.enterClassContext(time_machine.travel(NOW, tick=False))
        super().setUpClass()

    @classmethod
    def setUpTestData(cls) -> None:
        seed("scoring")
        cls.rounds_before = Round.objects.count()
        cls.demo = seed()

    def test_it_stands_on_the_clusters_and_loading_again_changes_no_row(self) -> None:
        before = rows()

        again = seed()

        assert self.rounds_before == 0
        assert self.demo["stage"] == "awards"
        assert again == self.demo
        assert rows() == before

    def test_last_year_is_finished_this_year_in_the_middle_and_one_was_praised_at_once(self) -> None:
        found = {(one.year, one.is_quick): (one.state, one.nominees.count()) for one in Round.objects.all()}

        assert found == {(2025, False): ("done", 42), (2026, False): ("appraising", 37), (2026, True): ("done", 2)}

    def test_nobody_of_last_year_is_left_without_an_outcome(self) -> None:
        states = Counter(round_of(2025).nominees.values_list("state", flat=True))

        assert states == {"decided": 36, "withdrawn": 4, "failed": 1, "refused": 1}

    def test_why_somebody_of_last_year_fell_out_stands_with_each(self) -> None:
        lost = round_of(2025).nominees.exclude(state="decided").order_by("pk")
        found = {(one.award, one.state, one.overruled): one.reason.split(":")[0].split("(")[0] for one in lost}

        assert found == {
            ("CSTDCS", "failed", ""): "Được 5/9 phiếu đồng ý ",
            ("LDTT", "withdrawn", "left_out"): "Bị khiển trách trong năm ",
            ("CSTDCS", "withdrawn", "left_out"): "Sáng kiến đã là căn cứ tặng Giấy khen chuyên đề; giữ đề nghị Lao "
            "động tiên tiến.",
            ("GK", "withdrawn", ""): "Trùng với danh sách của Thôn Cầu Đá; giữ một đề nghị ở thôn.",
            ("BKT", "refused", "kept"): "Tỉnh tặng hình thức khác",
        }
        assert lost.filter(award="GK", reason__startswith="Công an xã không thống nhất").count() == 1

    def test_who_was_kept_against_the_rules_was_decided_on_with_the_reason(self) -> None:
        kept = round_of(2025).nominees.get(overruled="kept", state="decided")

        assert kept.judgement is not None
        assert kept.judgement["outcome"] == "not_eligible"
        assert kept.overruled_reason.startswith("Hội đồng Sáng kiến xã đã thông qua sáng kiến")

    def test_a_council_of_nine_counted_on_paper_and_one_stepped_back(self) -> None:
        sitting = Sitting.objects.get(round=round_of(2025))
        stepped_back = Recusal.objects.filter(item__sitting=sitting)
        kept = sitting.items.get(nominee__overruled="kept", nominee__award="CSTDCS")

        assert (sitting.state, sitting.medium) == ("closed", "paper")
        assert (sitting.issued, sitting.collected, sitting.valid) == (8, 8, 8)
        assert Counter(sitting.seats.values_list("presence", flat=True)) == {"present": 8, "written": 1}
        assert {one.seat.person.part.name for one in stepped_back.select_related("seat__person__part")} == {
            "Phòng Văn hóa - Xã hội"
        }
        assert stepped_back.count() == 3
        assert (kept.yes, kept.written_yes, kept.percent, kept.outcome) == (7, 1, 80, "passed")

    def test_titles_commendations_and_the_provinces_word_are_published_and_in_the_register(self) -> None:
        given = Decision.objects.filter(round=round_of(2025)).order_by("number")

        assert {one.number: (one.state, one.grants.count()) for one in given} == {
            "312/QĐ-UBND": ("published", 1),
            "411/QĐ-UBND": ("published", 24),
            "412/QĐ-UBND": ("published", 1),
            "413/QĐ-UBND": ("published", 10),
        }

    def test_money_of_last_year_is_settled_and_the_highest_title_alone_counts(self) -> None:
        titles, praised = (Decision.objects.get(number=f"{number}/QĐ-UBND") for number in (411, 413))
        twice = Grant.objects.filter(decision=titles, award="LDTT", money=0)

        assert pay_table(titles).questions == pay_table(praised).questions == ()
        assert pay_table(titles).total == 4 * 2_340_000 + 3 * 1_880_000 + 13 * 710_000
        assert [("mức cao nhất" in one.money_note) for one in twice] == [True] * 4
        assert Grant.objects.filter(decision=titles, money__gt=0, paid_on=None).count() == 2

    def test_one_award_was_taken_back_and_half_of_its_money_returned(self) -> None:
        [row] = Grant.objects.filter(entry="revoked")

        assert row.reverses is not None
        assert (row.reverses.decision.number, row.decision.kind) == ("413/QĐ-UBND", "revoke")
        assert (row.money, row.recovered, row.recovered_on) == (710_000, 355_000, dt.date(2026, 4, 2))

    def test_chains_of_titles_go_over_three_years_and_before_the_merger(self) -> None:
        [chain] = round_of(2026).nominees.filter(award="CSTDT")
        grants = Grant.objects.filter(subject__in=row_ids(chain.subject), award="CSTDCS")
        [official] = round_of(2025).nominees.filter(overruled="kept", award="CSTDCS")
        keepers = Subject.objects.filter(pk__in=row_ids(official.subject)).values_list("unit__name", flat=True)

        assert sorted(grants.values_list("year", flat=True)) == [2023, 2024, 2025]
        assert judge_nominees([chain])[chain.pk].outcome == "needs_person"
        assert len(keepers) == 2
        assert Decision.objects.filter(round=None, kind="grant").count() == 3

    def test_lists_of_this_year_lie_in_every_state_and_two_wait_to_be_taken(self) -> None:
        found = round_of(2026)
        asked = Ask.objects.filter(request=found.request)
        states = {one.part.name: one.state for one in found.proposals.select_related("part") if one.part}

        assert Counter(states.values()) == {"taken": 5, "sent": 1, "returned": 1}
        assert [one.answer.ask.part.name for one in shown(found)] == ["Thôn Bến Đò", "Thôn Đồi Thông"]
        assert [len(one.faulty) for one in shown(found)] == [0, 0]
        assert asked.count() == 15
        assert asked.filter(token_hash__isnull=False).count() == 11

    def test_of_this_year_one_is_unknown_one_corrected_and_the_police_has_not_answered(self) -> None:
        found = round_of(2026)
        codes = Counter(one.code for row in check_round(found, with_impediments=True).rows for one in row.issues)

        assert len(questions(found)) == 1
        assert Correction.objects.filter(answered_at=None).count() == 1
        assert found.consultations.get().answered_on is None
        assert codes[Code.SUBJECT] == codes[Code.CORRECTION] == 1
        assert codes[Code.WAITING] == found.consultations.get().opinions.count()
        assert codes[Code.QUOTA] > 0
        assert Counter(found.nominees.values_list("state", flat=True))["ready"] == 8

    def test_a_secret_vote_in_the_program_is_prepared_for_members_with_accounts(self) -> None:
        sitting = Sitting.objects.get(round=round_of(2026))
        seats = house_of(sitting).seats

        assert (sitting.state, sitting.medium, sitting.route) == ("draft", "secret", "standing")
        assert [seat.person.user.username for seat in seats] == ["lanhdao", "hoidong", "thuky"]
        assert Counter(sitting.items.values_list("nominee__award", flat=True)) == {"TTLDXS": 2, "BKT": 1}

    def test_who_rescued_two_pupils_was_praised_days_ago_and_the_sum_is_still_asked(self) -> None:
        decision = Decision.objects.get(round__is_quick=True)
        [question] = pay_table(decision).questions

        assert (decision.state, decision.day) == ("published", dt.date(2026, 11, 18))
        assert (question.key, [one.amount for one in question.sums]) == ("GK:person", [380_000, 760_000])

    def test_the_province_orders_a_quota_and_confirms_three_rules_by_one_paper(self) -> None:
        rule, rows_ = LocalRule.objects.get(), Confirmation.objects.order_by("pk")

        assert (rule.unit, rule.award, rule.quota_of) == (commune().parent, "CSTDCS", "LDTT")
        assert [one.rule for one in rows_] == ["LDTT:rating", "CSTDCS:rating", "CSTDCS:excellent_or_initiative"]
        assert len({one.paper_id for one in rows_}) == 1
        assert {one.unit for one in rows_} == {commune().parent}
        assert all(one.changed for one in rows_)

    def test_nobody_bears_the_name_of_somebody_else(self) -> None:
        people = set(Person.objects.values_list("full_name", flat=True))
        new = Nominee.objects.filter(kind="person", subject__person=None, subject__continues=None)
        names = Counter(Subject.objects.filter(pk__in=new.values("subject")).values_list("name", flat=True))

        assert {name for name, count in names.items() if count > 1} == set()
        assert len(set(names) - people) >= 5


DAYS = {
    dt.datetime(2027, 1, 1, 0, 30, tzinfo=HANOI): 2026,
    dt.datetime(2028, 2, 29, 23, 30, tzinfo=HANOI): 2027,
    dt.datetime(2026, 7, 1, 8, 0, tzinfo=HANOI): 2026,
}


@pytest.mark.django_db
@pytest.mark.parametrize("moment", DAYS, ids=str)
def test_on_any_day_one_round_is_done_the_next_in_the_middle_and_nothing_is_dated_after_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, moment: dt.datetime
) -> None:
    monkeypatch.setattr(seed_demo, "VAR_DIR", tmp_path / "var")
    year = DAYS[moment]
    with time_machine.travel(moment, tick=False):
        seed()
        again = rows()
        seed()

        assert rows() == again
    assert {(one.year, one.is_quick): one.state for one in Round.objects.all()} == {
        (year - 1, False): "done",
        (year, False): "appraising",
        (moment.year, True): "done",
    }
    ends = set(round_of(year - 1).nominees.values_list("state", flat=True))
    assert ends - {"refused"} == {"decided", "withdrawn", "failed"}  # refused: where its cluster commended the commune
    assert dated_after(moment) == []


_DAYS_OF = (
    *((Proposal, name) for name in ("day", "received_on", "at")),
    *((Consultation, name) for name in ("sent_on", "answered_on", "at")),
    *((Decision, name) for name in ("day", "published_at", "at")),
    *((Grant, name) for name in ("paid_on", "handed_on", "recovered_on", "at")),
    *((Sitting, name) for name in ("opened_at", "closed_at")),
    *((Initiative, "recognised_on"), (Nominee, "overruled_at"), (Nominee, "received_on"), (Round, "at")),
    *((LocalRule, "valid_from"), (Confirmation, "at"), (IssuedPaper, "date"), (AuditEntry, "at"), (Answer, "day")),
)


def dated_after(moment: dt.datetime) -> list[str]:
    """What was done later than it was loaded. When a council will meet and what is due may lie ahead."""
    today = moment.astimezone(HANOI).date()
    found = []
    for model, name in _DAYS_OF:
        is_moment = name.endswith("at")
        later = model.objects.filter(**{f"{name}__gt": moment if is_moment else today})
        found += [f"{model.__name__}.{name}: {one}" for one in later]
    return found
