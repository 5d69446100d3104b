"""Twenty scorers at the same moment: nothing is lost silently."""

from __future__ import annotations

from decimal import Decimal as D
from itertools import count

import pytest

from clusters.models import Entry, ScoreSheet
from clusters.sheets.services import EntryMeanwhile, Saying, SheetMoved, save_entry, save_many
from clusters.sheets.stages import AlreadyBegun, hand_in, recall
from clusters.sheets.typed import Values
from clusters.states import Stage
from core.audit import first_broken_link
from core.models import AuditEntry
from core.states import MovedMeanwhile
from tests.clusters.season import a_round
from tests.clusters.sheets.cells import fresh, grow
from tests.documents.at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_twenty_scorers_of_twenty_cells_all_get_in():
    found = a_round()
    grow(found, members=4, leaves=28)
    Entry.objects.all().delete()
    rows = list(found.season.criteria.criteria.filter(kind="ratio_leader", code__startswith="II."))
    places = [(sheet, row) for row in rows for sheet in found.sheets][:20]
    assert len(places) == 20
    officers = dict(zip([sheet.pk for sheet in found.sheets], found.officers, strict=True))
    turns = iter(places)

    def act() -> int:
        sheet, row = next(turns)
        values, actor = Values(actual=D(sheet.pk * 1000 + row.pk)), officers[sheet.pk]
        entry = save_entry(fresh(sheet), row, stage=Stage.SELF, values=values, version=0, actor=actor)
        return entry.pk

    answers, errors = at_once(20, act)

    assert errors == []
    assert sorted(answers) == sorted(Entry.objects.values_list("pk", flat=True))
    assert {(entry.sheet_id, entry.criterion_id): entry.actual for entry in Entry.objects.all()} == {
        (sheet.pk, row.pk): D(sheet.pk * 1000 + row.pk) for sheet, row in places
    }
    assert AuditEntry.objects.filter(code="clusters.entry.saved").count() == 20
    assert [first_broken_link(unit.pk) for unit in found.communes] == [None] * 4


def test_of_twenty_values_for_one_cell_one_stands_and_nineteen_are_told():
    found = a_round()
    turns = count(1)

    def act() -> D:
        value = D(next(turns))
        entry = save_entry(
            fresh(found.sheets[0]),
            found.criteria["II.2"],
            stage=Stage.SELF,
            values=Values(actual=value),
            version=0,
            actor=found.officers[0],
        )
        return entry.actual

    answers, errors = at_once(20, act)

    assert [type(error) for error in errors] == [EntryMeanwhile] * 19
    [stands] = Entry.objects.all()
    assert answers == [stands.actual]
    assert {error.clash.theirs.actual for error in errors} == {stands.actual}
    said = {error.clash.saying.values.actual for error in errors}
    assert said | {stands.actual} == {D(number) for number in range(1, 21)}


def test_columns_pasted_over_each_other_by_two_people_are_told_cell_by_cell():
    found = a_round()
    grow(found, members=4, leaves=28)
    Entry.objects.all().delete()
    rows = list(found.season.criteria.criteria.filter(kind="ratio_leader", code__startswith="II."))
    turns = iter((D(1), D(2)))

    def act() -> tuple[D, int, int]:
        value, sheet = next(turns), fresh(found.sheets[0])
        sayings = [Saying(sheet, row, Values(actual=value), 0) for row in rows]
        saved = save_many(sayings, stage=Stage.SELF, actor=found.officers[0])
        return value, len(saved.entries), len(saved.clashes)

    answers, errors = at_once(2, act)

    assert errors == []
    assert sorted(answer[1:] for answer in answers) == [(0, len(rows)), (len(rows), 0)]
    [winner] = [value for value, written, _ in answers if written]
    assert set(Entry.objects.values_list("actual", flat=True)) == {winner}


def test_nobody_writes_into_a_sheet_that_is_being_handed_in():
    found = a_round()
    turns = count()

    def act() -> str:
        turn = next(turns)
        sheet = fresh(found.sheets[2])
        if turn == 0:
            hand_in(sheet, actor=found.officers[2])
            return "handed in"
        row = found.criteria["II.2"] if turn == 1 else found.criteria["I.1"]
        values = Values(actual=D(5))
        save_entry(sheet, row, stage=Stage.SELF, values=values, version=0, actor=found.officers[2])
        return "saved"

    answers, errors = at_once(3, act)

    assert answers.count("handed in") == 1
    assert {type(error) for error in errors} <= {SheetMoved}
    assert Entry.objects.count() == answers.count("saved")


def test_a_sheet_is_taken_back_or_begun_by_the_next_never_both():
    found = a_round()
    ScoreSheet.objects.filter(pk=found.sheets[2].pk).update(stage=Stage.HEAD)
    found.season.has_cross = False
    found.season.save()
    turns = count()

    def act() -> str:
        sheet = fresh(found.sheets[2])
        if next(turns) == 0:
            recall(sheet, actor=found.officers[2])
            return "recalled"
        values = Values(actual=D(5))
        row = found.criteria["II.2"]
        save_entry(sheet, row, stage=Stage.HEAD, values=values, version=0, actor=found.officers[0])
        return "begun"

    answers, errors = at_once(2, act)

    assert len(answers) == 1
    assert len(errors) == 1
    assert isinstance(errors[0], AlreadyBegun | SheetMoved | MovedMeanwhile)
    stage = ScoreSheet.objects.get(pk=found.sheets[2].pk).stage
    assert (stage, Entry.objects.count()) == (("self", 0) if answers == ["recalled"] else ("head", 1))
