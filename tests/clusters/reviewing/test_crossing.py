"""Cross-checking assigned by rotation, and changed until it has begun."""

from __future__ import annotations

import pytest
from django.urls import reverse

from clusters.models import Entry, Member, ScoreSheet, Season
from clusters.reviewing import crossing
from clusters.sheets.selectors import sheets_of
from clusters.sheets.services import NotScoring, NotYours
from clusters.states import Stage
from core.errors import UnfitField
from core.models import AuditEntry
from tests.clusters.season import Round, a_round
from tests.units.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def found() -> Round:
    return a_round()


def fresh(found: Round) -> list[ScoreSheet]:
    season = Season.objects.select_related("cluster__unit", "criteria").prefetch_related("members")
    return sheets_of(found.noivu, season.get(pk=found.season.pk))


def pairs(found: Round) -> dict[str, str]:
    rows = ScoreSheet.objects.filter(member__season=found.season, cross_by__isnull=False)
    return {row.member.name: row.cross_by.name for row in rows.select_related("member", "cross_by")}


def page(found: Round, **posted):
    client, url = signed_in(found.noivu), reverse("clusters:cross", args=[found.season.pk])
    return client.post(url, posted) if posted else client.get(url)


def test_the_page_comes_with_a_rotation_and_keeps_what_was_chosen(found):
    form = page(found).context["form"]
    proposed = {str(sheet.pk): form.initial[str(sheet.pk)] for sheet in found.sheets}
    assert sorted(proposed.values()) == sorted(member.pk for member in found.members)

    page(found, **proposed)

    assert pairs(found) == {
        sheet.member.name: Member.objects.get(pk=proposed[str(sheet.pk)]).name for sheet in found.sheets
    }
    assert AuditEntry.objects.filter(code="clusters.sheet.cross_assigned", unit_id=found.province.pk).count() == 4


def test_last_years_pairs_are_avoided(found):
    last = Season.objects.create(cluster=found.season.cluster, year=2025)
    first = crossing.proposed(found.season, fresh(found))
    by_sheet = {sheet.pk: sheet.member for sheet in found.sheets}
    old = {}
    for sheet in found.sheets:
        old[sheet.member_id] = Member.objects.create(
            season=last, order=sheet.member.order, unit=sheet.member.unit, name=sheet.member.name
        )
    for pk, checker in first.items():
        ScoreSheet.objects.create(member=old[by_sheet[pk].pk], cross_by=old[checker])

    again = crossing.proposed(found.season, fresh(found))

    assert not set(first.items()) & set(again.items())


def test_nobody_checks_itself_and_everybody_has_one(found):
    [sheet, *_] = fresh(found)

    with pytest.raises(UnfitField, match="không tự chấm chéo"):
        crossing.assign(sheet.member.season, {sheet: sheet.member}, actor=found.noivu)

    answer = page(found, **{str(sheet.pk): ""})
    assert answer.status_code == 422
    assert "Chọn đơn vị chấm chéo." in answer.content.decode()


def test_a_begun_cross_check_keeps_its_checker(found):
    [sheet, second, third, *_] = fresh(found)
    crossing.assign(sheet.member.season, {sheet: second.member}, actor=found.noivu)
    Entry.objects.create(sheet=sheet, criterion=found.criteria["II.3"], stage=Stage.CROSS, deduction=1, reason="Vắng")

    with pytest.raises(UnfitField, match="đã chấm chéo bảng này"):
        crossing.assign(sheet.member.season, {sheet: third.member}, actor=found.noivu)

    assert pairs(found)["Xã An Bình"] == "Xã Bình Minh"
    assert str(sheet.pk) not in page(found).context["form"].fields


def test_without_scoring_or_without_the_stage_nothing_is_assigned(found):
    [sheet, second, *_] = fresh(found)
    Season.objects.filter(pk=found.season.pk).update(state="running")
    with pytest.raises(NotScoring):
        crossing.assign(sheet.member.season, {sheet: second.member}, actor=found.noivu)

    Season.objects.filter(pk=found.season.pk).update(state="scoring", has_cross=False)
    [sheet, second, *_] = fresh(found)
    with pytest.raises(crossing.NoCross):
        crossing.assign(sheet.member.season, {sheet: second.member}, actor=found.noivu)
    assert page(found).status_code == 302


def test_a_member_assigns_nobody(found):
    [sheet, second, *_] = fresh(found)

    with pytest.raises(NotYours):
        crossing.assign(sheet.member.season, {sheet: second.member}, actor=found.officers[0])

    assert signed_in(found.officers[0]).get(reverse("clusters:cross", args=[found.season.pk])).status_code == 403
