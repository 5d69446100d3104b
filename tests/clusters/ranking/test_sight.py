"""What members see of each other. Each test makes sure first that there is something to leak."""

from __future__ import annotations

import pytest
import time_machine

from clusters.models import Member, ScoreSheet, Season
from clusters.ranking.selectors import Sight, forecasts, own_members, sight_of, units_shown
from clusters.ranking.services import publish
from clusters.states import SeasonState, SheetStage
from tests.clusters.ranking.meeting import (
    FLAG,
    PAPER,
    a_meeting,
    commended,
    frozen,
    page,
    published,
    ranks,
    season_of,
)
from tests.clusters.season import Round
from tests.factories import Role, UserFactory

pytestmark = pytest.mark.django_db
SECRET_REASON = "Bị thanh tra kết luận sai phạm"
SHOWS = Season.Shows
HEAD, DEPUTY, MEMBER = range(3)


@pytest.fixture
def found() -> Round:
    return a_meeting()


def leaks(answer: str, found: Round, own: int) -> dict[str, bool]:
    """What of the others stands on the page: names in the table, totals, parts, why one is not ranked."""
    table = answer.partition("<table")[2].partition("</table>")[0]
    return {
        "names": any(member.name in table for place, member in enumerate(found.members) if place != own),
        "totals": "30,00" in table,  # of the fourth alone
        "parts": "Cộng tiêu chí" in table,
        "reason": SECRET_REASON in answer,
        "files": "SHA-256" in answer and "/tai/" in answer,
    }


@pytest.mark.parametrize(
    ("shows", "seen"),
    [
        (SHOWS.NOTHING, {"names": False, "totals": False, "parts": False, "reason": False, "files": False}),
        (SHOWS.ANONYMOUS, {"names": False, "totals": True, "parts": False, "reason": False, "files": False}),
        (SHOWS.TOTALS, {"names": True, "totals": True, "parts": False, "reason": False, "files": False}),
        (SHOWS.ALL, {"names": True, "totals": True, "parts": True, "reason": True, "files": True}),
    ],
)
def test_after_publication_a_member_sees_what_the_season_shows(found, shows, seen):
    fourth = found.members[3]
    Member.objects.filter(pk=fourth.pk).update(is_excluded=True, exclusion_reason=SECRET_REASON)
    published(found, shows=shows)
    inside = page(found, "ranking").content.decode()
    assert all(leaks(inside, found, MEMBER).values()), "there is something to leak"

    answer = page(found, "ranking", who=found.officers[MEMBER])

    assert leaks(answer.content.decode(), found, MEMBER) == seen
    own = next(line.shown for line in answer.context["board"].lines if line.shown.is_own)
    assert (own.name, own.rank, own.total) == ("Xã Cẩm Sơn", 2, "35.00")
    files = [
        page(found, "ranking_download", 1, to, who=found.officers[MEMBER]).status_code for to in ("excel", "tinh-lai")
    ]
    assert files == ([200, 200] if seen["files"] else [403, 403])
    assert page(found, "ranking_snapshot", 1, who=found.officers[MEMBER]).status_code == 403


@pytest.mark.parametrize(
    ("place", "shows"),
    [
        *((MEMBER, shows) for shows in SHOWS.values),
        *((place, shows) for place in (HEAD, DEPUTY) for shows in (SHOWS.NOTHING, SHOWS.ANONYMOUS)),
    ],
)
def test_before_publication_no_member_sees_a_rank(found, shows, place):
    Season.objects.filter(pk=found.season.pk).update(shows=shows)
    made = frozen(found)
    assert ranks(made) == [1, 3, 2, 4]
    assert len(page(found, "ranking").context["board"].lines) == 4

    answer = page(found, "ranking", who=found.officers[place])

    assert (answer.status_code, answer.context["board"].lines, answer.context["latest"]) == (200, [], None)
    assert (answer.context["snapshots"], answer.context["ballots"], answer.context["forecasts"]) == ([], [], [])
    assert made.sha256 not in answer.content.decode()
    for name, args in (("ranking_snapshot", [1]), ("ranking_download", [1, "ban-chot"])):
        assert page(found, name, *args, who=found.officers[place]).status_code == 403


@pytest.mark.parametrize("place", [HEAD, DEPUTY])
@pytest.mark.parametrize(("shows", "has_parts"), [(SHOWS.TOTALS, False), (SHOWS.ALL, True)])
def test_head_and_deputy_see_the_frozen_ranking_early_as_far_as_the_season_will_show_it(
    found, place, shows, has_parts
):
    Season.objects.filter(pk=found.season.pk).update(shows=shows)
    frozen(found)

    answer = page(found, "ranking", who=found.officers[place])

    lines = answer.context["board"].lines
    assert [(line.shown.name, line.shown.rank) for line in lines] == [
        ("Xã An Bình", 1), ("Xã Cẩm Sơn", 2), ("Xã Bình Minh", 3), ("Xã Đông Hải", 4),
    ]  # fmt: skip
    assert [bool(line.parts) for line in lines] == [has_parts] * 4
    assert "Chưa công bố: ngoài đơn vị tổ chức chỉ Trưởng cụm, Phó trưởng cụm thấy" in answer.content.decode()
    assert (answer.context["may_rank"], answer.context["snapshots"], answer.context["ballots"]) == (False, [], [])
    assert page(found, "ranking_snapshot", 1, who=found.officers[place]).status_code == 403
    for name in ("ranking_freeze", "ranking_open", "commend"):
        assert page(found, name, who=found.officers[place]).status_code == 403


def test_while_scores_are_given_head_and_deputy_see_the_forecast_once_every_sheet_was_sent(found):
    Season.objects.filter(pk=found.season.pk).update(shows=SHOWS.TOTALS)
    ScoreSheet.objects.filter(pk=found.sheets[3].pk).update(stage=SheetStage.SELF)
    for place in (HEAD, DEPUTY, MEMBER):
        assert page(found, "ranking", who=found.officers[place]).context["board"].lines == []

    ScoreSheet.objects.filter(pk=found.sheets[3].pk).update(stage=SheetStage.CROSS)

    shown = [len(page(found, "ranking", who=officer).context["board"].lines) for officer in found.officers]
    assert shown == [4, 4, 0, 0]
    answer = page(found, "ranking", who=found.officers[HEAD])
    assert (answer.context["ballots"], answer.context["problems"], answer.context["act"]) == ([], [], None)


def test_totals_without_names_give_none_away_by_their_order(found):
    """Equals stand in no order of theirs: with the units given backwards, the page is the same."""
    units = frozen(found).content["units"]
    own = {found.members[MEMBER].pk}

    shown = units_shown(units, Sight.ANONYMOUS, own)
    assert [(one.name, one.rank, one.total, one.member, one.unit) for one in shown if not one.is_own] == [
        ("", 1, "40.00", None, None),
        ("", 3, "35.00", None, None),
        ("", 4, "30.00", None, None),
    ]
    assert units_shown(units[::-1], Sight.ANONYMOUS, own) == shown


def test_the_commended_are_shown_with_names_only_where_names_are(found):
    frozen(found)
    commended(found, {0: FLAG, 2: PAPER})
    publish([season_of(found)], actor=found.noivu)
    seen = {}
    for shows in SHOWS.values:
        Season.objects.filter(pk=found.season.pk).update(shows=shows)
        rows = page(found, "ranking", who=found.officers[MEMBER]).context["commended"]
        seen[shows] = [one.row.member.name for one in rows]

    both = ["Xã An Bình", "Xã Cẩm Sơn"]
    assert seen == {"nothing": both[1:], "anonymous": both[1:], "totals": both, "all": both}


def test_a_correction_in_the_making_is_hidden_again(found):
    published(found, shows=SHOWS.ALL)
    assert page(found, "ranking", who=found.officers[MEMBER]).context["latest"] is not None

    for state in (SeasonState.RANKED, SeasonState.SCORING):
        Season.objects.filter(pk=found.season.pk).update(state=state)
        answer = page(found, "ranking", who=found.officers[MEMBER])
        assert (answer.context["latest"], answer.context["board"].lines) == (None, [])


def test_the_reason_of_a_correction_is_read_only_where_names_are(found):
    published(found, shows=SHOWS.TOTALS)
    season_of(found).rankings.update(why="Sửa tỷ lệ của Đông Hải")
    seen = {}
    for shows in SHOWS.values:
        Season.objects.filter(pk=found.season.pk).update(shows=shows)
        answer = page(found, "ranking", who=found.officers[MEMBER]).content.decode()
        seen[shows] = "Sửa tỷ lệ của Đông Hải" in answer

    assert seen == {"nothing": False, "anonymous": False, "totals": True, "all": True}


def test_members_get_only_the_files_of_the_last_ranking(found):
    published(found, shows=SHOWS.ALL)
    member = found.officers[MEMBER]
    assert page(found, "ranking_download", 1, "tinh-lai", who=member).status_code == 200
    first = season_of(found).rankings.get()
    first.pk, first.number, first.why = None, 2, "Sửa"
    first.save(force_insert=True)

    assert [page(found, "ranking_download", number, "tinh-lai", who=member).status_code for number in (1, 2)] == [
        404,
        200,
    ]
    assert page(found, "ranking_download", 1, "tinh-lai").status_code == 200
    assert page(found, "ranking_download", 2, "khac").status_code == 404


# -- The forecast ----------------------------------------------------------------------------


@time_machine.travel("2026-12-20 09:00+07:00", tick=False)
def test_a_unit_that_handed_in_is_told_its_own_place_and_nobody_elses(found):
    ScoreSheet.objects.filter(pk=found.sheets[3].pk).update(stage=SheetStage.SELF)
    ScoreSheet.objects.filter(pk=found.sheets[1].pk).update(stage=SheetStage.CROSS)
    chairman = UserFactory(role=Role.LEADER, unit=found.communes[MEMBER])

    told = [
        "Dự kiến Xã Cẩm Sơn xếp hạng 2/4 (tính đến 20/12/2026, 3/4 đơn vị đã gửi điểm, 2 đơn vị đã thẩm định xong;"
        " thứ hạng còn có thể thay đổi)."
    ]
    assert forecasts(chairman, season_of(found)) == told
    answer = page(found, "ranking", who=chairman).content.decode()
    assert told[0] in answer
    assert not any(leaks(answer, found, MEMBER).values())
    assert told[0] in page(found, "season", who=chairman).content.decode()


def test_who_has_not_handed_in_is_told_nothing(found):
    """Else it could find the others' points by trying its own."""
    ScoreSheet.objects.filter(pk=found.sheets[MEMBER].pk).update(stage=SheetStage.SELF)

    assert forecasts(found.officers[MEMBER], season_of(found)) == []
    assert forecasts(found.officers[HEAD], season_of(found)) != []


def test_the_organiser_has_no_forecast_of_his_own(found):
    assert forecasts(found.noivu, season_of(found)) == []


def test_after_freezing_there_is_no_forecast(found):
    frozen(found)

    assert forecasts(found.officers[MEMBER], season_of(found)) == []


def test_a_unit_that_is_not_ranked_is_told_why(found):
    Member.objects.filter(pk=found.members[MEMBER].pk).update(is_excluded=True, exclusion_reason="Mới thành lập")

    assert forecasts(found.officers[MEMBER], season_of(found)) == ["Xã Cẩm Sơn không xếp hạng: Mới thành lập."]


def test_the_organisers_people_see_all_before_publication(found):
    frozen(found)
    for role in (Role.LEADER, Role.OFFICER, Role.CLERK, Role.COUNCIL_MEMBER):
        user = UserFactory(role=role, unit=found.province)
        assert sight_of(user, season_of(found)) is Sight.INSIDE, role
    member = found.officers[MEMBER]
    assert (sight_of(member, season_of(found)), own_members(member, season_of(found))) == (
        Sight.WAITING,
        {found.members[MEMBER].pk},
    )
