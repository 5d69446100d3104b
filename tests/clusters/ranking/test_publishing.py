"""Results of many clusters published at one moment, or of none."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.models import Cluster, Member, Ranking, ScoreSheet, Season
from clusters.ranking.services import publish
from clusters.selectors import visible_seasons
from clusters.states import SeasonState, SheetStage
from core.errors import AppError
from core.models import AuditEntry
from core.states import MovedMeanwhile
from tests.clusters.ranking.meeting import a_meeting, frozen, season_of
from tests.clusters.season import Round
from tests.factories import MembershipFactory, Role, UnitFactory, UserFactory
from tests.units.conftest import signed_in

pytestmark = pytest.mark.django_db
LIST, CONFIRM = "clusters:publication", "clusters:publish"
QUERY = {"nam": "2026"}


def another(found: Round, number: int, *, state: str = SeasonState.RANKED, members: int = 1) -> Season:
    """A further cluster of the same organiser, frozen as it is; rows past the services."""
    cluster = Cluster.objects.create(unit=found.province, name=f"Khối thi đua số {number:03}", order=number)
    season = Season.objects.create(cluster=cluster, year=2026, state=state, criteria=found.season.criteria)
    for order in range(1, members + 1):
        member = Member.objects.create(season=season, order=order, name=f"Sở thứ {order}")
        ScoreSheet.objects.create(member=member, stage=SheetStage.DONE)
    if state != SeasonState.SCORING:
        Ranking.objects.create(season=season, number=1, content={"units": []}, sha256="0" * 64)
    return season


@pytest.fixture
def found() -> Round:
    return a_meeting()


def states(*seasons: Season) -> list[str]:
    return [Season.objects.get(pk=season.pk).state for season in seasons]


def test_all_are_published_at_the_same_moment_and_each_has_its_entry(found):
    frozen(found)
    second = another(found, 2)

    assert publish([season_of(found), second], actor=found.noivu) == 2

    assert states(found.season, second) == ["published", "published"]
    assert len(set(Season.objects.values_list("published_at", flat=True))) == 1
    entries = AuditEntry.objects.filter(code="clusters.season.published")
    assert {entry.subject_id for entry in entries} == {found.season.pk, second.pk}


def test_whoever_publishes_is_told_who_will_read_it(found):
    """Villages have no accounts: theirs is the printed summary."""
    frozen(found)
    another(found, 2)

    page = signed_in(found.noivu).get(reverse(CONFIRM), QUERY)

    assert [readers for *_, readers in page.context["offered"]] == [
        "đơn vị thành viên xem: tổng điểm và thứ hạng các đơn vị",
        "các đơn vị không có tài khoản để xem; gửi cho họ Bảng tổng hợp kết quả chấm điểm, ở trang Văn bản",
    ]


def test_nobody_of_a_cluster_of_villages_is_said_to_see_the_ranks_early(found):
    def told() -> str:
        return signed_in(found.noivu).get(reverse("clusters:ranking", args=[found.season.pk])).context["who_sees"]

    assert "chỉ Trưởng cụm, Phó trưởng cụm thấy bảng này" in told()
    Member.objects.filter(season=found.season).update(unit=None)
    assert told() == "các đơn vị chưa thấy bảng này"


def test_one_that_is_not_ready_holds_all_back(found):
    frozen(found)
    second = another(found, 2, state=SeasonState.SCORING)

    with pytest.raises(AppError, match="Khối thi đua số 002 năm 2026 chưa chốt"):
        publish([season_of(found), second], actor=found.noivu)
    assert states(found.season, second) == ["ranked", "scoring"]


def test_one_that_was_opened_again_meanwhile_holds_all_back(found):
    frozen(found)
    second = another(found, 2)
    read = [season_of(found), second]
    Season.objects.filter(pk=second.pk).update(state=SeasonState.SCORING)

    with pytest.raises(MovedMeanwhile):
        publish(read, actor=found.noivu)
    assert states(found.season) == ["ranked"]


def test_the_list_says_how_far_each_is(found):
    ScoreSheet.objects.filter(pk=found.sheets[0].pk).update(stage=SheetStage.HEAD)
    another(found, 2)
    another(found, 3, state=SeasonState.SCORING)
    Cluster.objects.create(unit=found.province, name="Cụm chưa có năm thi đua")

    context = signed_in(found.noivu).get(reverse(LIST), QUERY).context
    words = {season.cluster.name: told for season, _, told in context["rows"]}
    assert words["Cụm thi đua số 2"] == "Đã thẩm định xong 3/4 đơn vị"
    assert words["Khối thi đua số 002"].startswith("Chốt lần 1 ngày ")
    assert words["Khối thi đua số 003"] == "Đã thẩm định xong, chưa chốt xếp hạng"
    assert (context["ready"], context["without_year"]) == (1, 1)


def test_the_confirmed_act_names_them_and_publishes_only_the_chosen(found):
    frozen(found)
    second, third = another(found, 2), another(found, 3)
    client = signed_in(found.noivu)

    shown = client.get(reverse(CONFIRM), QUERY | {"chon": str(second.pk)})
    assert [(season.cluster.name, ticked) for season, ticked, _ in shown.context["offered"]] == [
        ("Cụm thi đua số 2", False),
        ("Khối thi đua số 002", True),
        ("Khối thi đua số 003", False),
    ]
    url = f"{reverse(CONFIRM)}?nam=2026"
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"chon": [found.season.pk, second.pk]}).status_code == 302
    assert states(found.season, second, third) == ["published", "published", "ranked"]

    stale = client.post(url, {"chon": [second.pk, third.pk]})
    assert (stale.status_code, states(third)) == (422, ["ranked"])


def test_whose_unit_is_among_them_leaves_that_cluster_to_others(found):
    frozen(found)
    second = another(found, 2)
    torn = UserFactory(role=Role.REVIEWER, unit=found.province)
    MembershipFactory(user=torn, unit=found.communes[2], role=Role.COUNCIL_MEMBER)
    client = signed_in(torn)

    context = client.get(reverse(CONFIRM), QUERY).context
    assert ([season for season, *_ in context["offered"]], context["mine"]) == ([second], [found.season])

    url = f"{reverse(CONFIRM)}?nam=2026"
    assert client.post(url, {"chon": [found.season.pk, second.pk]}).status_code == 422
    assert states(found.season, second) == ["ranked", "ranked"]


def test_nobody_publishes_for_another_organiser(found):
    frozen(found)
    stranger = UserFactory(role=Role.REVIEWER, unit=UnitFactory(province=True))
    client = signed_in(stranger)
    assert visible_seasons(found.noivu).count() == 1

    assert client.get(reverse(LIST), QUERY).context["rows"] == []
    assert client.get(reverse(LIST), QUERY | {"dv": found.province.pk}).status_code == 404
    for more, status in ((f"&dv={found.province.pk}", 404), ("", 422)):
        answer = client.post(f"{reverse(CONFIRM)}?nam=2026{more}", {"chon": [found.season.pk]})
        assert (answer.status_code, states(found.season)) == (status, ["ranked"])
    leader = UserFactory(role=Role.LEADER, unit=found.province)
    assert [signed_in(leader).get(reverse(name), QUERY).status_code for name in (LIST, CONFIRM)] == [403, 403]


def test_the_number_of_queries_does_not_grow_with_the_clusters(found):
    client = signed_in(found.noivu)
    counts, shown = {}, {}
    for size in (3, 300):
        for number in range(Season.objects.count() + 1, size + 1):
            another(found, number)
        for name in (LIST, CONFIRM):
            client.get(reverse(name), QUERY)  # what is kept from then on
            with CaptureQueriesContext(
                connection,
            ) as queries:
                answer = client.get(reverse(name), QUERY | ({"dong": "tat-ca"} if name == LIST else {}))
            counts[size, name] = len(queries)
            shown[size, name] = len(answer.context["rows" if name == LIST else "offered"])

    assert shown == {(3, LIST): 3, (300, LIST): 300, (3, CONFIRM): 2, (300, CONFIRM): 299}
    assert counts[3, LIST] == counts[300, LIST] <= 15
    assert counts[3, CONFIRM] == counts[300, CONFIRM] <= 15
