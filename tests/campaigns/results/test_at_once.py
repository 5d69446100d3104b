"""Two officers at the same moment: nothing is lost, and who comes second is told."""

from __future__ import annotations

from decimal import Decimal
from itertools import count

import pytest

from campaigns.models import Campaign, Result, Share
from campaigns.results.services import Entry, FigureMeanwhile, record_results
from campaigns.results.shares import ShareMeanwhile, ShareRow, save_shares
from campaigns.results.targets import TargetRow, save_targets
from core.audit import first_broken_link
from core.states import EditedMeanwhile
from tests.campaigns.results.conftest import PERIOD, new_office, rice
from tests.documents.at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

D = Decimal


def test_of_eight_figures_for_one_cell_one_stands_and_seven_are_told():
    office = new_office()
    [lua] = office.targets(rice())
    turns = count(1)

    def enter():
        value = D(next(turns))
        return record_results(office.campaign, [Entry(lua, PERIOD, value)], actor=office.an)[0].value

    values, errors = at_once(8, enter)

    assert [type(error) for error in errors] == [FigureMeanwhile] * 7
    assert [row.value for row in Result.objects.all()] == values
    assert {error.theirs.value for error in errors} == set(values)


def test_eight_who_enter_other_cells_all_get_in():
    office = new_office()
    targets = office.targets(*(TargetRow(f"Chỉ tiêu {number}") for number in range(8)))
    turns = iter(targets)

    _, errors = at_once(
        8, lambda: record_results(office.campaign, [Entry(next(turns), PERIOD, D(5))], actor=office.an)
    )

    assert errors == []
    assert set(Result.objects.values_list("target", flat=True)) == {target.pk for target in targets}
    assert first_broken_link(office.unit.pk) is None


def test_of_two_corrections_of_one_figure_one_replaces_it():
    office = new_office()
    [lua] = office.targets(rice())
    first = office.record(lua, 1)
    turns = count(2)

    def correct():
        return record_results(office.campaign, [Entry(lua, PERIOD, D(next(turns)), was=first.pk)], actor=office.an)

    _, errors = at_once(6, correct)

    assert [type(error) for error in errors] == [FigureMeanwhile] * 5
    assert Result.objects.filter(replaces=first).count() == 1
    assert Result.objects.count() == 2


def test_of_those_who_edit_the_targets_at_once_one_saves():
    office = new_office()
    campaign = Campaign.objects.get()

    def add():
        own = Campaign.objects.get(pk=campaign.pk)
        return save_targets(own, [rice()], version=campaign.version, actor=office.an)

    _, errors = at_once(6, add)

    assert [type(error) for error in errors] == [EditedMeanwhile] * 5
    assert campaign.targets.count() == 1


def test_of_those_who_give_one_share_at_once_one_saves():
    office = new_office()
    [lua] = office.targets(rice())
    turns = count(1)

    _, errors = at_once(6, lambda: save_shares(lua, [ShareRow(office.villages[0], D(next(turns)))], actor=office.an))

    assert [type(error) for error in errors] == [ShareMeanwhile] * 5
    assert Share.objects.count() == 1
