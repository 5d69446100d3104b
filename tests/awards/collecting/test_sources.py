"""Whom clusters commend and campaigns hold up is offered, taken in one step and once."""

from __future__ import annotations

import datetime as dt

import pytest

from awards.collecting import sources
from awards.models import Nominee, Proposal
from campaigns.models import Campaign, Exemplar
from clusters.models import Cluster, Commendation, Member, Season
from tests.awards.collecting.desk import told
from tests.factories import PartFactory


@pytest.fixture
def campaign(desk) -> Campaign:
    return Campaign.objects.create(unit=desk.unit, title="Phong trào hiến đất", year=2026, state="running")


@pytest.fixture
def exemplar(desk, campaign) -> Exemplar:
    return Exemplar.objects.create(
        campaign=campaign,
        part=desk.parts["Thôn Đông"],
        kind="household",
        name="Hộ ông Lò Văn Hặc",
        story="Hiến 200 m2 đất",
        day=dt.date(2026, 5, 5),
        proposed="Giấy khen",
    )


@pytest.fixture
def commendation(desk) -> Commendation:
    cluster = Cluster.objects.create(unit=desk.unit, name="Khối thi đua các thôn", kind="block", order=1)
    season = Season.objects.create(cluster=cluster, year=2026, state="published")
    member = Member.objects.create(season=season, order=1, part=desk.parts["Thôn Tây"], name="Thôn Tây")
    return Commendation.objects.create(season=season, member=member, award="Tập thể tiêu biểu")


def offers(desk) -> list[tuple[str, str, str, bool]]:
    return [(one.name, one.asked, one.award, one.is_there) for one in sources.offers_of(desk.round, desk.an)]


def test_both_are_offered_with_the_award_where_its_words_are_known(desk, exemplar, commendation):
    assert offers(desk) == [
        ("Thôn Tây", "Tập thể tiêu biểu", "", False),
        ("Hộ ông Lò Văn Hặc", "Giấy khen", "GK", False),
    ]


def test_of_another_year_another_unit_and_without_a_proposal_nobody_is(desk, exemplar, campaign):
    Exemplar.objects.create(campaign=campaign, name="Vì Thị Mơ", story="…", day=dt.date(2025, 5, 5), proposed="GK")
    Exemplar.objects.create(campaign=campaign, name="Vì Thị Mận", story="…", day=dt.date(2026, 5, 5))
    other = Campaign.objects.create(unit=PartFactory.create().unit, title="Phong trào khác", year=2026)
    Exemplar.objects.create(campaign=other, name="Lò Thị Lạ", story="…", day=dt.date(2026, 5, 5), proposed="GK")

    assert [name for name, *_ in offers(desk)] == ["Hộ ông Lò Văn Hặc"]


def test_they_are_taken_into_the_lists_of_their_places_and_once(desk, exemplar, commendation):
    keys = [one.key for one in sources.offers_of(desk.round, desk.an)]
    picks = dict(zip(keys, ("TVH", "GK"), strict=True))

    assert sources.take_offers(desk.round, actor=desk.an, picks=picks) == 2

    assert told(desk.round) == [
        ("Thôn Tây", "Thôn Tây", "TVH", "proposed"),
        ("Thôn Đông", "Hộ ông Lò Văn Hặc", "GK", "proposed"),
    ]
    assert [(row.exemplar, row.commendation) for row in Nominee.objects.order_by("order")] == [
        (None, commendation),
        (exemplar, None),
    ]
    assert set(Proposal.objects.values_list("way", flat=True)) == {"source"}
    assert Nominee.objects.get(award="GK").achievement == "Hiến 200 m2 đất"
    assert [there for *_, there in offers(desk)] == [True, True]
    with pytest.raises(sources.NothingToAdd):
        sources.take_offers(desk.round, actor=desk.an, picks=picks)


def test_the_page_asks_for_an_award_that_the_words_do_not_tell(desk, commendation):
    [one] = sources.offers_of(desk.round, desk.an)

    refused = desk.post("sources", **{f"lay-{one.key}": "on", f"hinh-thuc-{one.key}": ""})
    assert refused.status_code == 422
    assert "Chọn danh hiệu, hình thức đề nghị cho Thôn Tây." in refused.content.decode()
    taken = desk.post("sources", **{f"lay-{one.key}": "on", f"hinh-thuc-{one.key}": "TVH"})

    assert taken["Location"] == desk.url("round")
    assert told(desk.round) == [("Thôn Tây", "Thôn Tây", "TVH", "proposed")]
