"""Figures are never overwritten: a correction replaces, two who enter the same cell are both told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from campaigns.models import Campaign, Result
from campaigns.results.services import Entry, FigureMeanwhile, Misplaced, NotRunning, record_results
from core.models import AuditEntry
from tests.campaigns.results.conftest import PERIOD, insured, rice
from tests.factories import PartFactory, UnitFactory

D = Decimal


def test_a_figure_is_recorded_and_told(office):
    [lua] = office.targets(rice())

    result = office.record(lua, 1200, office.villages[0], note="theo báo cáo thôn")

    assert (result.value, result.by, result.replaces) == (D(1200), office.an, None)
    assert AuditEntry.objects.get(code="campaigns.result.recorded").changes == {
        "value": [None, "1.200"],
        "note": [None, "theo báo cáo thôn"],
        "period": [None, "6 tháng đầu năm 2024"],
        "part": [None, "Thôn Đông"],
    }


def test_a_correction_keeps_what_stood_there(office):
    [lua] = office.targets(rice())
    first = office.record(lua, 1200)

    second = office.record(lua, 1250, was=first.pk)

    assert second.replaces == first
    assert list(Result.objects.order_by("pk").values_list("value", flat=True)) == [D(1200), D(1250)]
    changes = AuditEntry.objects.get(code="campaigns.result.corrected").changes
    assert changes == {"value": ["1.200", "1.250"], "period": [None, "6 tháng đầu năm 2024"]}


def test_the_same_figure_again_changes_nothing(office):
    [lua] = office.targets(rice())
    first = office.record(lua, 1200)

    assert office.record(lua, 1200) == first
    assert Result.objects.count() == 1


def test_a_note_alone_is_a_correction_of_the_note(office):
    [lua] = office.targets(rice())
    first = office.record(lua, 1200)

    office.record(lua, 1200, was=first.pk, note="ước tính")

    changes = AuditEntry.objects.get(code="campaigns.result.corrected").changes
    assert changes == {"note": ["", "ước tính"], "period": [None, "6 tháng đầu năm 2024"]}


def test_whoever_did_not_see_the_figure_is_told_of_every_cell(office):
    lua, bhyt = office.targets(rice(), insured())
    theirs = [office.record(target, 90, actor=office.lan) for target in (lua, bhyt)]

    with pytest.raises(FigureMeanwhile) as error:
        record_results(office.campaign, [Entry(one, PERIOD, D(50)) for one in (lua, bhyt)], actor=office.an)

    assert [clash.theirs for clash in error.value.clashes] == theirs
    assert str(error.value) == ("Nguyễn Thị Lan vừa ghi 90 lúc 16:00 05/07; bạn ghi 50. Hãy xem lại rồi ghi tiếp.")
    assert Result.objects.count() == 2


def test_all_of_them_are_written_or_none(office):
    lua, bhyt = office.targets(rice(), insured())
    office.record(lua, 90, actor=office.lan)

    with pytest.raises(FigureMeanwhile):
        record_results(office.campaign, [Entry(bhyt, PERIOD, D(95)), Entry(lua, PERIOD, D(50))], actor=office.an)

    assert Result.objects.count() == 1


@pytest.mark.parametrize("state", ["draft", "dropped"])
def test_nothing_is_recorded_of_a_campaign_that_does_not_run(office, state):
    [lua] = office.targets(rice())
    Campaign.objects.update(state=state)

    with pytest.raises(NotRunning):
        office.record(lua, 5)


def test_nothing_is_recorded_of_what_is_not_of_the_campaign(office):
    [lua] = office.targets(rice())
    other = Campaign.objects.create(unit=office.unit, title="Khác", year=2024, state="running")

    for entry in (Entry(lua, PERIOD, D(5), part=PartFactory()), Entry(lua, PERIOD, D(5), lower=UnitFactory())):
        with pytest.raises(Misplaced):
            record_results(office.campaign, [entry], actor=office.an)
    with pytest.raises(Misplaced):
        record_results(other, [Entry(lua, PERIOD, D(5))], actor=office.an)
