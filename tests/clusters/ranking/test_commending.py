"""Suy tôn beside the ranks, and what the superior decided of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.results.evidence import Proof
from clusters.models import Ballot, Commendation, Member, Season
from clusters.ranking.ballots import NotTheTime, record_commending
from clusters.ranking.commending import OTHER, UNDONE, Decided, Said, UnfitCommending, commend, decide
from clusters.ranking.services import freeze, open_again, publish
from clusters.states import SeasonState
from core.errors import UnfitField
from core.files import visible_files
from core.states import EditedMeanwhile
from documents.models import Evidence
from tests.clusters.ranking.meeting import (
    FLAG,
    PAPER,
    a_meeting,
    bar,
    commended,
    counted,
    frozen,
    page,
    post,
    season_of,
)
from tests.clusters.season import Round
from tests.factories import Role, UserFactory
from units.models import User

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
DECISION = Proof("312/QĐ-UBND", dt.date(2026, 1, 20), "Chủ tịch UBND tỉnh")


@pytest.fixture
def found() -> Round:
    """Ranks: An Bình 1, Cẩm Sơn 2, Bình Minh 3, Đông Hải 4."""
    found = a_meeting()
    frozen(found)
    return found


def refused(found: Round, awards: dict[int, str | Said]) -> dict[str, str]:
    with pytest.raises(UnfitCommending) as error:
        commended(found, awards)
    assert not Commendation.objects.exists()
    names = {member.pk: member.name for member in found.members}
    return {
        f"{field.split('_')[0]} {names[int(field.split('_')[1])]}": told for field, told in error.value.faults.items()
    }


def test_in_the_order_of_ranks_no_reason_is_asked(found):
    commended(found, {0: FLAG, 2: PAPER, 1: PAPER})

    assert set(Commendation.objects.values_list("member__name", "award", "reason")) == {
        ("Xã An Bình", FLAG, ""),
        ("Xã Cẩm Sơn", PAPER, ""),
        ("Xã Bình Minh", PAPER, ""),
    }


def test_who_passes_somebody_better_says_why(found):
    assert refused(found, {2: FLAG, 0: PAPER}) == {
        "reason Xã Cẩm Sơn": "Ghi lý do: Xã An Bình xếp hạng cao hơn mà được đề nghị thấp hơn hoặc không."
    }
    assert list(refused(found, {0: FLAG, 3: PAPER})) == ["reason Xã Đông Hải"]

    commended(found, {0: FLAG, 3: Said(PAPER, "Dẫn đầu chuyên đề chuyển đổi số")})
    assert Commendation.objects.get(award=PAPER).reason == "Dẫn đầu chuyên đề chuyển đổi số"


def test_who_is_barred_or_not_ranked_is_passed_without_a_reason_and_never_commended(found):
    bar(found.members[0])
    Member.objects.filter(pk=found.members[2].pk).update(is_excluded=True, exclusion_reason="Mới thành lập")

    assert refused(found, {0: FLAG, 2: PAPER}) == {
        "award Xã An Bình": "Đơn vị này không được suy tôn: Phó Chủ tịch bị cảnh cáo",
        "award Xã Cẩm Sơn": "Đơn vị này không được suy tôn: Mới thành lập",
    }
    context = page(found, "commend").context
    assert [(member.name, why) for member, why in context["left_out"]] == [
        ("Xã An Bình", "Phó Chủ tịch bị cảnh cáo"),
        ("Xã Cẩm Sơn", "Mới thành lập"),
    ]
    assert [row["member"].name for row in context["rows"]] == ["Xã Bình Minh", "Xã Đông Hải"]


def test_a_barred_one_that_stands_better_asks_for_no_reason(found):
    bar(found.members[0])

    commended(found, {2: FLAG, 1: PAPER})
    assert Commendation.objects.count() == 2


def test_the_quota_is_kept(found):
    assert refused(found, {0: FLAG, 2: FLAG}) == {
        "award Xã Cẩm Sơn": f"Chỉ được đề nghị 01 {FLAG}; hãy bỏ bớt một đơn vị."
    }
    assert list(refused(found, {0: "Huân chương"})) == ["award Xã An Bình"]


def test_the_list_is_one_thing_two_pages_do_not_mix_it(found):
    stale = season_of(found)
    commended(found, {0: FLAG})

    with pytest.raises(EditedMeanwhile):
        commend(stale, actor=found.noivu, version=stale.version, said={found.members[2].pk: Said(FLAG, "Lý do")})
    assert Commendation.objects.get().member == found.members[0]

    said = {"version": stale.version, f"award_{found.members[2].pk}": PAPER}
    assert post(found, "commend", **said).status_code == 422  # An Bình would get nothing
    said[f"reason_{found.members[2].pk}"] = "Hội nghị biểu quyết"
    behind = post(found, "commend", **said)
    assert (behind.status_code, [row.member.name for row in behind.context["now"]]) == (409, ["Xã An Bình"])
    said["version"] = behind.context["form"]["version"].value()
    assert post(found, "commend", **said).status_code == 302
    assert list(rows(found)) == ["Xã Cẩm Sơn"]


def test_the_last_ballot_of_an_award_stands_behind_the_commendation(found):
    quota = season_of(found).quotas.get(award=FLAG)
    for votes in ({0: 1, 2: 3}, {0: 4}):
        data = counted(found, votes)
        record_commending(season_of(found), actor=found.noivu, quota=quota, data=data)
    commended(found, {0: FLAG, 2: PAPER})

    last = Ballot.objects.filter(purpose="commend").latest("pk")
    assert {row.award: row.ballot for row in Commendation.objects.all()} == {FLAG: last, PAPER: None}
    rows = {row["member"].name: row["votes"] for row in page(found, "commend").context["rows"]}
    assert rows["Xã An Bình"] == {FLAG: "4/4"}


def test_a_correction_that_moves_ranks_asks_for_the_reason_again(found):
    commended(found, {0: FLAG, 2: PAPER})
    open_again(season_of(found), actor=found.noivu, reason="Sai số")
    with pytest.raises(NotTheTime):
        commended(found, {0: FLAG})
    found.sheets[3].entries.update(actual=90)
    found.sheets[0].entries.update(actual=30)
    freeze(season_of(found), actor=found.noivu, why="Sai số", keeps_ties=True)

    season = season_of(found)
    answer = post(
        found,
        "commend",
        version=season.version,
        **{f"award_{found.members[0].pk}": FLAG, f"award_{found.members[2].pk}": PAPER},
    )
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {f"reason_{found.members[0].pk}", f"reason_{found.members[2].pk}"}


# -- The third fact --------------------------------------------------------------------------


def rows(found: Round) -> dict[str, Commendation]:
    return {row.member.name: row for row in Commendation.objects.select_related("member", "decision")}


def test_one_decision_is_recorded_for_all_whom_it_names(found):
    commended(found, {0: FLAG, 2: PAPER, 1: PAPER})
    there = rows(found)
    decided = {
        there["Xã An Bình"].pk: Decided("granted"),
        there["Xã Cẩm Sơn"].pk: Decided(OTHER, "Giấy khen của Chủ tịch UBND tỉnh"),
    }

    made = decide(season_of(found), actor=found.noivu, decided=decided, proof=DECISION)

    assert {name: (row.outcome, row.granted_award, row.decision) for name, row in rows(found).items()} == {
        "Xã An Bình": ("granted", "", made),
        "Xã Cẩm Sơn": ("granted", "Giấy khen của Chủ tịch UBND tỉnh", made),
        "Xã Bình Minh": ("", "", None),
    }
    assert (made.unit, made.typed_number, made.typed_issuer) == (found.province, "312/QĐ-UBND", "Chủ tịch UBND tỉnh")


@pytest.mark.parametrize(
    ("proof", "field"),
    [
        (Proof("", DECISION.date, DECISION.issuer), "number"),
        (Proof(DECISION.number, None, DECISION.issuer), "date"),
        (Proof(DECISION.number, DECISION.date, " "), "issuer"),
    ],
)
def test_a_decision_has_number_date_and_issuer(found, proof, field):
    commended(found, {0: FLAG})

    with pytest.raises(UnfitField) as error:
        decide(
            season_of(found),
            actor=found.noivu,
            decided={rows(found)["Xã An Bình"].pk: Decided("refused")},
            proof=proof,
        )
    assert (error.value.field, rows(found)["Xã An Bình"].outcome) == (field, "")


def test_what_was_decided_is_changed_only_after_it_is_taken_back(found):
    commended(found, {0: FLAG})
    row = rows(found)["Xã An Bình"]
    decide(season_of(found), actor=found.noivu, decided={row.pk: Decided("refused")}, proof=DECISION)

    with pytest.raises(UnfitCommending):
        commended(found, {2: Said(FLAG, "Hội nghị biểu quyết")})
    decide(season_of(found), actor=found.noivu, decided={row.pk: Decided(UNDONE)}, proof=Proof())
    row.refresh_from_db()
    assert (row.outcome, row.decision) == ("", None)

    commended(found, {2: Said(FLAG, "Hội nghị biểu quyết")})
    assert list(rows(found)) == ["Xã Cẩm Sơn"]


def test_decisions_come_after_the_handover_too(found):
    commended(found, {0: FLAG})
    Season.objects.filter(pk=found.season.pk).update(state=SeasonState.CLOSED)
    row = rows(found)["Xã An Bình"]

    decide(season_of(found), actor=found.noivu, decided={row.pk: Decided("granted")}, proof=DECISION)
    row.refresh_from_db()
    assert row.outcome == "granted"
    with pytest.raises(NotTheTime):
        commended(found, {})


def test_meeting_and_decision_through_the_pages(found):
    season = season_of(found)
    said = {"version": season.version, f"award_{found.members[0].pk}": FLAG, f"award_{found.members[2].pk}": PAPER}
    assert post(found, "commend", **said).status_code == 302
    assert [(one.row.member.name, one.row.award) for one in page(found, "ranking").context["commended"]] == [
        ("Xã An Bình", FLAG),
        ("Xã Cẩm Sơn", PAPER),
    ]

    row = rows(found)["Xã An Bình"]
    paper = {"number": "312/QĐ-UBND", "date": "20/1/2026", "issuer": "Chủ tịch UBND tỉnh"}
    assert post(found, "commend_decide", **paper).status_code == 422  # of nobody
    upload = SimpleUploadedFile("qd-312.pdf", PDF)
    answer = post(found, "commend_decide", **paper, file=upload, **{f"outcome_{row.pk}": "granted"})
    assert answer.status_code == 302
    assert "qd-312.pdf" in page(found, "ranking").content.decode()


def sees(decision: Evidence, user: User) -> bool:
    return visible_files(user).filter(pk=decision.file_id).exists()


def test_the_file_of_a_decision_is_seen_with_the_commendation(found):
    commended(found, {0: FLAG})
    row = rows(found)["Xã An Bình"]
    proof = Proof(DECISION.number, DECISION.date, DECISION.issuer, SimpleUploadedFile("qd.pdf", PDF))
    made = decide(season_of(found), actor=found.noivu, decided={row.pk: Decided("granted")}, proof=proof)
    people = UserFactory(role=Role.LEADER, unit=found.province), found.officers[0], found.officers[3]

    assert [sees(made, user) for user in people] == [True, False, False]
    publish([season_of(found)], actor=found.noivu)
    assert [sees(made, user) for user in people] == [True, True, True]
    Season.objects.filter(pk=found.season.pk).update(shows="anonymous")
    assert [sees(made, user) for user in people] == [True, True, False]
