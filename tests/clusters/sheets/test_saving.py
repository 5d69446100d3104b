"""The address that takes saved cells: what it keeps, what it refuses, what it answers."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.urls import reverse

from clusters.models import Assignment, Entry, ScoreSheet
from clusters.states import Stage
from tests.clusters.season import Round, a_round
from tests.clusters.sheets.cells import cell, entry_of, move_all, send, write
from tests.factories import Role, UnitFactory, UserFactory
from tests.units.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def found() -> Round:
    """Nothing is late yet, whenever the test runs."""
    found = a_round()
    found.season.steps.update(due=dt.date(2099, 11, 30))
    return found


def told(response) -> dict:
    return json.loads(response.content)


# -- Saving cells ------------------------------------------------------------------------


def test_a_saved_cell_is_answered_with_its_points_and_the_sums_above_it(found):
    Assignment.objects.create(member=found.members[0], criterion=found.criteria["I.1"], target=200)

    response = send(signed_in(found.officers[0]), found, cell(found, 0, "I.1", "150"))

    member, row, group = found.members[0].pk, found.criteria["I.1"].pk, found.criteria["I"].pk
    answer = told(response)
    assert (response.status_code, answer["refused"], answer["clashes"]) == (200, [], [])
    [saved] = answer["saved"]
    assert (saved["key"], saved["said"], saved["typed"], saved["is_own"]) == (f"{member}-{row}", "150", "150", True)
    assert saved["version"] == entry_of(found.sheets[0], "I.1").version
    assert answer["outs"] == {
        f"p-{member}-{row}": "15,00",
        f"g-{member}-{group}": "15,00",
        f"b-{member}": "40,00",
        f"q-{member}": "0,00",
        f"s-{member}": "0,00",
        f"x-{member}": "0,00",
        f"t-{member}": "40,00",
    }


def test_a_leader_moves_the_points_of_the_others_that_one_sees(found):
    for member, target in zip(found.members, (100, 100, 100, 100), strict=True):
        Assignment.objects.create(member=member, criterion=found.criteria["I.3"], target=target)
    write(found, 1, "I.3", "120")

    seen = told(send(signed_in(found.officers[0]), found, cell(found, 0, "I.3", "140")))["outs"]
    row = found.criteria["I.3"].pk
    assert {name for name in seen if name.startswith("p-")} == {f"p-{found.members[0].pk}-{row}"}

    move_all(found, Stage.REVIEW)
    seen = told(
        send(signed_in(found.noivu), found, cell(found, 0, "I.3", "160", reason="sửa số"), stage=Stage.REVIEW)
    )["outs"]
    points = {f"p-{member.pk}-{row}": seen[f"p-{member.pk}-{row}"] for member in found.members}
    assert list(points.values()) == ["20,00", "13,33", "0,00", "0,00"]


def test_good_cells_of_a_pasted_block_are_kept_and_bad_ones_named(found):
    cells = [
        cell(found, 0, "I.1", "1.234.567"),
        cell(found, 0, "I.2", "tám"),
        cell(found, 0, "II.1", "x"),
        cell(found, 0, "II.3", "2,5"),
        cell(found, 0, "III", "3;  sáng kiến cấp tỉnh "),
        cell(found, 0, "IV", "1"),
    ]

    answer = told(send(signed_in(found.officers[0]), found, *cells))

    assert [one["key"] for one in answer["saved"]] == [cells[n]["key"] for n in (0, 2, 4)]
    assert [(one["key"], one["field"]) for one in answer["refused"]] == [
        (cells[1]["key"], "value"),
        (cells[3]["key"], "reason"),
        (cells[5]["key"], "value"),
    ]
    assert entry_of(found.sheets[0], "I.1").actual == 1234567
    assert entry_of(found.sheets[0], "III").reason == "sáng kiến cấp tỉnh"


def test_a_conflict_brings_both_values(found):
    write(found, 0, "II.2", "72")
    colleague = UserFactory(role=Role.OFFICER, unit=found.communes[0])

    answer = told(send(signed_in(colleague), found, cell(found, 0, "II.2", "75", version=0)))

    [clash] = answer["clashes"]
    assert (answer["saved"], clash["theirs"]["said"], clash["theirs"]["typed"]) == ([], "72", "72")
    assert re.fullmatch(
        rf"{found.officers[0]} vừa ghi 72 lúc \d\d:\d\d \d\d/\d\d; bạn ghi 75\. Hãy xem lại rồi ghi tiếp\.",
        clash["message"],
    )
    assert entry_of(found.sheets[0], "II.2").actual == 72


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        "{}",
        '{"stage": "self"}',
        '{"stage": "self", "cells": []}',
        '{"stage": "self", "cells": [5]}',
        '{"stage": "self", "cells": [{"key": "1", "text": "", "reason": "", "version": 0}]}',
        '{"stage": "self", "cells": [{"key": "1-²", "text": "", "reason": "", "version": 0}]}',
        '{"stage": "self", "cells": [{"key": "1-2", "text": 5, "reason": "", "version": 0}]}',
        '{"stage": "self", "cells": [{"key": "1-2", "text": "", "reason": 1, "version": 0}]}',
        '{"stage": "self", "cells": [{"key": "1-2", "text": "", "reason": "", "version": true}]}',
        '{"stage": "self", "cells": [{"key": "1-2", "text": "", "reason": "", "version": -1}]}',
        '{"stage": "done", "cells": [{"key": "1-2", "text": "", "reason": "", "version": 0}]}',
        '{"stage": ["self"], "cells": [{"key": "1-2", "text": "", "reason": "", "version": 0}]}',
        "[" * 100_000,
    ],
)
def test_what_no_page_sends_is_answered_in_one_sentence(found, body):
    url = reverse("clusters:grid_save", args=[found.season.pk])

    response = signed_in(found.officers[0]).post(url, body, content_type="application/json")

    assert (response.status_code, told(response)) == (
        400,
        {"message": "Trang này đã cũ nên chưa lưu được. Hãy tải lại trang."},
    )
    assert not Entry.objects.exists()


def test_too_long_a_cell_and_too_many_cells_are_refused(found):
    client = signed_in(found.officers[0])

    assert send(client, found, cell(found, 0, "II.3", "2;" + "x" * 5_000)).status_code == 400
    assert send(client, found, *[cell(found, 0, "I.1", "1")] * 4_001).status_code == 400


def test_a_sheet_that_moved_on_is_told(found):
    ScoreSheet.objects.update(stage=Stage.REVIEW)

    response = send(signed_in(found.officers[0]), found, cell(found, 0, "I.1", "1"))

    assert response.status_code == 409
    assert "vừa được chuyển sang bước khác" in told(response)["message"]


@pytest.mark.parametrize("place", [0, 2])
def test_cells_of_others_are_hidden_or_refused(found, place):
    """The head does not learn of a sheet that its unit is still filling in; who only reads is refused."""
    other = 3 if place == 0 else 0
    response = send(signed_in(found.officers[place]), found, cell(found, other, "I.1", "1"))
    assert response.status_code == 404

    assert send(signed_in(found.noivu), found, cell(found, 0, "I.1", "1")).status_code == 403
    reader = UserFactory(role=Role.LEADER, unit=found.communes[0])
    assert send(signed_in(reader), found, cell(found, 0, "I.1", "1")).status_code == 403
    stranger = UserFactory(role=Role.OFFICER, unit=UnitFactory(parent=found.province))
    assert send(signed_in(stranger), found, cell(found, 0, "I.1", "1")).status_code == 404
    assert not Entry.objects.exists()
