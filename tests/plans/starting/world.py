"""What tests of starting a plan share: old units with their plans, the unit that took over, its officer."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from plans import interchange
from plans.models import Plan
from plans.moving import Proposal
from plans.selectors import with_content
from plans.services import create_plan
from plans.starting.proposals import Line, decided, lines_of, proposals_of, suggested
from plans.starting.selectors import adoption_of
from plans.starting.services import start_from_sources, taken_together
from tests.factories import IssuerFactory, Role, UnitFactory, UserFactory
from tests.plans.files import read_file
from tests.plans.moving.moves import WORLDS
from units.models import Issuer, Unit, User
from units.services import record_succession

REFORM = dt.date(2025, 7, 1)
TODAY = dt.date(2026, 1, 15)


@dataclass
class StartWorld:
    unit: Unit
    officer: User
    issuer: Issuer
    old: Unit
    plan: Plan


_KINDS = {
    "thành phố": Unit.Kind.PROVINCE,
    "tỉnh": Unit.Kind.PROVINCE,
    "huyện": Unit.Kind.DISTRICT,
    "thị trấn": Unit.Kind.COMMUNE,
    "phường": Unit.Kind.COMMUNE,
    "xã": Unit.Kind.COMMUNE,
}


def unit_named(full: str, **fields: Any) -> Unit:
    """``xã Vân Khê``, a commune of that name."""
    word = next(word for word in _KINDS if full.startswith(f"{word} "))
    return UnitFactory(kind=_KINDS[word], designation=word, name=full.removeprefix(f"{word} "), **fields)


def heir_of(name: str) -> StartWorld:
    """The world of ``tests.plans.moving``: the plan's unit has ended, its heir has an officer and an issuer."""
    province_name, old_name, new_name = WORLDS[name]
    province = unit_named(province_name)
    district = unit_named("huyện Cũ", parent=province, valid_to=REFORM - dt.timedelta(days=1))
    old = unit_named(old_name, parent=district, valid_to=REFORM - dt.timedelta(days=1))
    unit = unit_named(new_name, parent=province, valid_from=REFORM)
    record_succession(actor=None, date=REFORM, old=old, new=unit)
    plan = create_plan(interchange.read(read_file(name)), actor=None, unit=old)
    officer = UserFactory(username="can-bo", role=Role.OFFICER, unit=unit)
    return StartWorld(unit, officer, IssuerFactory(unit=unit), old, loaded(plan))


def loaded(plan: Plan) -> Plan:
    return with_content(Plan.objects.filter(pk=plan.pk)).get()


def lines_for(world: StartWorld, year: int = 2026) -> list[Line]:
    adoption = adoption_of(world.unit, [world.plan], year, TODAY)
    return lines_of(proposals_of(taken_together([world.plan], []), adoption))


def accept(lines: list[Line], typed: dict[str, str | None] | None = None) -> list[Proposal]:
    """All that is certain, and each question as is likeliest or as ``typed`` says; None keeps."""
    typed = typed or {}
    answers = {line.key: typed.get(line.old, suggested(line)) for line in lines if line.is_question}
    return decided(lines, taken={line.key for line in lines}, answers=answers, kept=set())


def start(world: StartWorld, accepted: list[Proposal], year: int = 2026) -> Plan:
    made = start_from_sources(
        actor=world.officer, unit=world.unit, year=year, sources=[world.plan], accepted=accepted, issuer=world.issuer
    )
    return loaded(made)


# -- Pages ---------------------------------------------------------------------------------


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def text_of(answer: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def moving_address(world: StartWorld, **more: Any) -> str:
    query = {"tu": world.plan.pk, "nam": 2026} | more
    return f"{reverse('plans:moving')}?{'&'.join(f'{key}={value}' for key, value in query.items())}"


def typed(answer: Any, *, choose: str = "") -> dict[str, Any]:
    """What a browser sends: all ticks as they stand; each question answered with ``choose``, unless empty."""
    form = answer.context["form"]
    data = {"issuer": form["issuer"].value(), "shown": form["shown"].value(), "doi": sorted(form.taken)}
    for line in form.questions:
        data[f"chu_{line.key}"] = form[f"chu_{line.key}"].value()
        if choose:
            data[f"tl_{line.key}"] = choose
    return data
