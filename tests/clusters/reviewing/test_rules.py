"""Nobody decides on the unit he belongs to: every act of reviewing, tried by every role, on two sheets.

The sheets are an ordinary member's and the head's own, which the deputy judges.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clusters.models import Criterion, Entry, Explanation, Member, ScoreSheet
from clusters.reviewing import accepting, crossing, explaining, figures
from clusters.reviewing.figures import Source, Typed
from clusters.sheets.selectors import leaves_of
from clusters.sheets.services import NotYours
from clusters.sheets.typed import Values
from clusters.states import Stage
from tests.clusters.season import Round, a_round
from tests.clusters.sheets.cells import fresh
from tests.factories import MembershipFactory, PartFactory, PersonFactory, Role, UnitFactory, UserFactory
from tests.units.conftest import signed_in

pytestmark = pytest.mark.django_db
NAMES = ("Trưởng", "Phó", "Đơn vị", "Chấm chéo", "Khác")
HEADS, ORDINARY = 0, 2
"""Places of the two sheets; the fourth unit cross-checks both."""


@pytest.fixture
def found() -> Round:
    found = a_round(names=NAMES)
    ScoreSheet.objects.filter(pk__in=[found.sheets[HEADS].pk, found.sheets[ORDINARY].pk]).update(
        cross_by=found.members[3]
    )
    return found


def everybody(found: Round, place: int) -> dict[str, Any]:
    both = UserFactory(role=Role.REVIEWER, unit=found.province)
    MembershipFactory(user=both, unit=found.communes[place], role=Role.COUNCIL_MEMBER)
    working_both = UserFactory(role=Role.REVIEWER, unit=found.province)
    MembershipFactory(user=working_both, unit=found.communes[place], role=Role.OFFICER)
    return {
        "reviewer": found.noivu,
        "organiser's officer": UserFactory(role=Role.OFFICER, unit=found.province),
        "organiser's leader": UserFactory(role=Role.LEADER, unit=found.province),
        "organiser's clerk": UserFactory(role=Role.CLERK, unit=found.province),
        "head": found.officers[0],
        "deputy": found.officers[1],
        "unit": found.officers[place],
        "unit's leader": UserFactory(role=Role.LEADER, unit=found.communes[place]),
        "cross-checker": found.officers[3],
        "other member": found.officers[4],
        "reviewer of the unit's council": both,
        "reviewer and officer of the unit": working_both,
        "stranger": UserFactory(role=Role.REVIEWER, unit=UnitFactory(province=True)),
        "anonymous": AnonymousUser(),
    }


ORGANISER = {"reviewer", "organiser's officer"}
UNIT = {"unit", "reviewer and officer of the unit"}


def _explained(sheet: ScoreSheet, row: Criterion) -> Explanation:
    explanation = Explanation.objects.filter(sheet=sheet, criterion=row).first()
    found = explanation or Explanation.objects.create(sheet=sheet, criterion=row, text="Có đơn.")
    found.sheet = sheet
    return found


def assign(found: Round, sheet: ScoreSheet, user: Any) -> None:
    crossing.assign(sheet.member.season, {sheet: found.members[4]}, actor=user)


def open_window(found: Round, sheet: ScoreSheet, user: Any) -> None:
    explaining.open_window(sheet.member.season, [sheet], days=3, actor=user)


def explain(found: Round, sheet: ScoreSheet, user: Any) -> None:
    explaining.explain(sheet, found.criteria["II.3"], said=explaining.Said("Có đơn."), actor=user)


def refuse(found: Round, sheet: ScoreSheet, user: Any) -> None:
    explaining.refuse(_explained(sheet, found.criteria["II.3"]), answer="Không.", actor=user)


def grant(found: Round, sheet: ScoreSheet, user: Any) -> None:
    explanation = _explained(sheet, found.criteria["II.3"])
    explaining.grant(explanation, values=Values(deduction=0), version=1, answer="Được.", actor=user)


def accept(found: Round, sheet: ScoreSheet, user: Any) -> None:
    accepting.accept(sheet, stage=sheet.stage, actor=user)


def save_figures(found: Round, sheet: ScoreSheet, user: Any) -> None:
    row = found.criteria["II.2"]
    leaf = leaves_of(sheet.member.season, [row])[row.pk]
    figures.save_figures(row, leaf, [Typed(sheet, "50", 0)], source=Source("Theo danh sách"), actor=user)


ACTS: list[tuple[Callable, str, set[str], set[str]]] = [
    # the act, the stage in which the sheet lies, who may on an ordinary sheet, who on the head's own
    (assign, Stage.SELF, ORGANISER, ORGANISER),
    (open_window, Stage.REVIEW, ORGANISER, ORGANISER),
    (explain, Stage.REVIEW, UNIT, UNIT | {"head"}),
    (refuse, Stage.REVIEW, ORGANISER, ORGANISER),
    (grant, Stage.REVIEW, ORGANISER, ORGANISER),
    (grant, "done", ORGANISER, ORGANISER),
    (accept, Stage.CROSS, {"cross-checker"}, {"cross-checker"}),
    (accept, Stage.HEAD, {"head"}, {"deputy"}),
    (accept, Stage.REVIEW, ORGANISER, ORGANISER),
    (save_figures, Stage.REVIEW, ORGANISER, ORGANISER),
]


def _ready(found: Round, place: int, stage: str) -> ScoreSheet:
    """Cut by the reviewer, and explained while the window is open."""
    until = timezone.localdate() + dt.timedelta(days=5)
    ScoreSheet.objects.filter(pk=found.sheets[place].pk).update(stage=stage, explain_until=until)
    if stage in (Stage.REVIEW, "done"):
        row = found.criteria["II.3"]
        Entry.objects.create(
            sheet=found.sheets[place], criterion=row, stage="review", deduction=2, reason="Vắng", version=1
        )
    return fresh(found.sheets[place])


class _Undo(Exception):
    pass


@pytest.mark.parametrize("place", [ORDINARY, HEADS])
@pytest.mark.parametrize(("act", "stage", "ordinary", "heads"), ACTS)
def test_every_role_tries_every_act(found, act, stage, ordinary, heads, place):
    from django.db import transaction  # noqa: PLC0415 -- each act is undone before the next person tries

    sheet = _ready(found, place, stage)
    may = set()
    for name, user in everybody(found, place).items():
        with suppress(NotYours, _Undo), transaction.atomic():
            act(found, fresh(sheet), user)
            may.add(name)
            raise _Undo

    assert may == (ordinary if place == ORDINARY else heads)


PAGES = [
    ("accept", Stage.REVIEW, ORGANISER, ORGANISER),
    ("accept", Stage.HEAD, {"head"}, {"deputy"}),
    ("accept", Stage.CROSS, {"cross-checker"}, {"cross-checker"}),
    ("explain", Stage.REVIEW, UNIT, UNIT | {"head"}),
    ("explanation_answer", Stage.REVIEW, ORGANISER, ORGANISER),
]


@pytest.mark.parametrize("place", [ORDINARY, HEADS])
@pytest.mark.parametrize(("name", "stage", "ordinary", "heads"), PAGES)
def test_every_role_opens_every_page_of_an_act(found, name, stage, ordinary, heads, place):
    sheet = _ready(found, place, stage)
    row = found.criteria["II.3"]
    more = {"explain": [row.pk], "explanation_answer": [_explained(sheet, row).pk]}.get(name, [])
    url = reverse(f"clusters:{name}", args=[sheet.pk, *more])

    answers = {}
    for who, user in everybody(found, place).items():
        client = Client() if who == "anonymous" else signed_in(user)
        answers[who] = client.get(url).status_code

    assert {who for who, status in answers.items() if status == 200} == (ordinary if place == ORDINARY else heads)
    assert (answers["anonymous"], answers["stranger"]) == (302, 404)
    assert {answers[who] for who in answers if who != "anonymous"} <= {200, 403, 404}


def test_pages_of_the_season_are_the_organisers_and_leave_out_his_own_unit(found):
    _ready(found, ORDINARY, Stage.REVIEW)
    people = everybody(found, ORDINARY)

    for name in ("cross", "window"):
        url = reverse(f"clusters:{name}", args=[found.season.pk])
        may = {
            who for who, user in people.items() if who != "anonymous" and signed_in(user).get(url).status_code == 200
        }
        assert may == ORGANISER | {"reviewer of the unit's council", "reviewer and officer of the unit"}

    own = str(found.sheets[ORDINARY].pk)
    both = signed_in(people["reviewer of the unit's council"])
    assert own not in both.get(reverse("clusters:cross", args=[found.season.pk])).context["form"].fields
    offered = both.get(reverse("clusters:window", args=[found.season.pk])).context["offered"]
    assert own not in [str(sheet.pk) for sheet in offered]
    post = both.post(reverse("clusters:window", args=[found.season.pk]), {"sheets": [own], "days": 3})
    assert post.status_code == 422


def test_a_person_of_a_village_does_not_decide_on_it_though_he_works_for_the_commune(found):
    village = PartFactory(unit=found.province)
    user = UserFactory(role=Role.OFFICER, unit=found.province)
    user.person = PersonFactory(unit=found.province, part=village)
    user.save()
    member = Member.objects.create(season=found.season, order=9, part=village, name=village.name)
    found.sheets.append(ScoreSheet.objects.create(member=member))
    sheet = _ready(found, len(found.sheets) - 1, Stage.REVIEW)

    for act in (open_window, refuse, grant, accept, save_figures):
        with pytest.raises(NotYours):
            act(found, fresh(sheet), user)
    explain(found, fresh(sheet), user)  # in its name, as for every village
    assert Explanation.objects.get(by=user).on_behalf
