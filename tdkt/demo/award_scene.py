"""Who plays in the awards of the demonstration, in which years, and who signs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from awards.models import Decision, Proposal, Round, Sitting
from core.errors import AppError
from documents.models import NumberSeries
from plans.starting.selectors import signers_of
from reminders.calendars import workdays_of
from tdkt.demo import texts
from tdkt.demo.office import REFORM, NamePool
from units.models import Issuer, Part, Person, Unit, User
from units.selectors import predecessor_ids

_JULY = 7


@dataclass(frozen=True)
class Scene:
    """``year``: of the round in the middle; the one before it is finished."""

    province: Unit
    commune: Unit
    before: Unit
    """One that was merged into the commune: it kept a register of its own."""
    officer: User
    reviewer: User
    pool: NamePool
    taken: set[str]
    """Names of everybody who is entered."""
    year: int
    today: dt.date

    def not_after(self, day: dt.date) -> dt.date:
        """That day, or today while it is still to come."""
        return min(day, self.today)

    def at(self, day: dt.date, hour: int = 9) -> dt.datetime:
        """A moment of that day, or now while it is still to come."""
        return min(
            dt.datetime(day.year, day.month, day.day, hour, tzinfo=timezone.get_current_timezone()), timezone.now()
        )

    def days_ago(self, count: int) -> dt.date:
        """Working days of the commune."""
        return workdays_of([self.commune.pk])[self.commune.pk].before(self.today, count)

    def days_ahead(self, count: int) -> dt.date:
        return workdays_of([self.commune.pk])[self.commune.pk].after(self.today, count)

    def part(self, name: str) -> Part:
        return Part.objects.on(self.today).get(unit=self.commune, name=name)

    def people_of(self, name: str) -> list[Person]:
        """Of one part, the first of whom heads it."""
        return list(Person.objects.filter(part__unit=self.commune, part__name=name).order_by("pk"))

    def leader(self, post: str) -> Person:
        return Person.objects.filter(unit=self.commune, post=post).order_by("pk")[0]

    def somebody_new(self) -> tuple[str, str]:
        """Honorific and name of somebody who is not entered anywhere yet."""
        while True:
            name, honorific = self.pool.next()
            if name not in self.taken:
                self.taken.add(name)
                return honorific, name

    @property
    def issuer(self) -> Issuer:
        return Issuer.objects.filter(unit=self.commune, part=None, symbol="UBND").order_by("pk")[0]

    @property
    def chairman(self) -> str:
        return signers_of(self.commune)["chairman"]

    def next_number(self, year: int, ahead: int) -> int:
        """So many decisions on, in the book of the văn thư."""
        book = NumberSeries.objects.filter(issuer=self.issuer, name="QĐ-UBND", year=year).first()
        return (book.last_number if book else 0) + ahead


def scene_of() -> Scene:
    today = timezone.localdate()
    officer, reviewer = (User.objects.get(username=name) for name in ("canbo", "noivu"))
    commune = officer.memberships.get().unit
    year = today.year if today.month >= _JULY else today.year - 1
    first = REFORM.year + 1  # before it no commune of today has been through a year
    before = Unit.objects.filter(pk__in=predecessor_ids([commune.pk])).order_by("pk").first()
    if before is None or commune.parent is None:
        raise AppError("Bản trình diễn này nạp từ năm trước. Hãy nạp lại vào một thư mục dữ liệu mới.")
    return Scene(
        commune.parent,
        commune,
        before,
        officer,
        reviewer,
        NamePool(texts.names()["people"]),
        set(Person.objects.values_list("full_name", flat=True)),
        max(year, first),
        today,
    )


# -- What was done in one go bears the days on which an office would have done it -----------


def date_back_round(scene: Scene, award_round: Round, made: dt.date) -> None:
    Round.objects.filter(pk=award_round.pk).update(at=scene.at(made))
    for proposal in award_round.proposals.all():
        Proposal.objects.filter(pk=proposal.pk).update(at=scene.at(proposal.day, 10))
    for row in award_round.consultations.all():
        row.at = scene.at(row.sent_on, 15)
        row.save(update_fields=["at"])


def date_back_overruled(scene: Scene, award_round: Round, day: dt.date) -> None:
    award_round.nominees.exclude(overruled="").update(overruled_at=scene.at(day, 16))


def date_back_sitting(scene: Scene, sitting: Sitting, day: dt.date) -> None:
    Sitting.objects.filter(pk=sitting.pk).update(opened_at=scene.at(day, 14), closed_at=scene.at(day, 17))


def date_back_decisions(scene: Scene, decisions: Iterable[Decision]) -> None:
    """Made three days before they were signed, published the day after."""
    for one in decisions:
        assert one.day is not None  # recorded with its day
        made = scene.at(one.day - dt.timedelta(days=3), 8)
        said = {"at": made, "published_at": scene.at(one.day + dt.timedelta(days=1))}
        if one.published_at is None:
            del said["published_at"]
        Decision.objects.filter(pk=one.pk).update(**said)
