"""What the papers of a sitting say: the council's own facts, and of each name what the list shows of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from awards.councils.selectors import ItemFacts, SeatFacts, SittingFacts, facts_of
from awards.deciding.facts import award_words
from awards.models import CouncilMember, Nominee, Rating, Seat, Sitting
from awards.models.common import RouteKind
from units.models import Unit

Role = CouncilMember.Role
PRESENT = Seat.Presence.PRESENT.label


@dataclass(frozen=True, slots=True)
class Known:
    """Of one name, beside what the council's facts tell."""

    birth_year: int | None = None
    rating: str = ""
    initiatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    unit: Unit
    sitting: SittingFacts
    known: dict[int, Known]
    """By nominee."""

    @property
    def items(self) -> tuple[ItemFacts, ...]:
        return self.sitting.items

    @property
    def years(self) -> str:
        return ", ".join(str(year) for year in sorted({one.year for one in self.items}))

    @property
    def awards(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.award for one in self.items))

    @property
    def what(self) -> str:
        """«xét tặng danh hiệu “Chiến sĩ thi đua cơ sở” năm 2026»."""
        one = self.awards[0] if len(self.awards) == 1 else ""
        return f"xét, đề nghị {f'tặng {award_words(one)}' if one else 'khen thưởng'} năm {self.years}".strip()

    @property
    def is_written(self) -> bool:
        return self.sitting.route == RouteKind.WRITTEN

    def with_role(self, *roles: str) -> list[SeatFacts]:
        labels = [Role(role).label for role in roles]
        found = [seat for seat in self.sitting.seats if seat.role in labels]
        return sorted(found, key=lambda seat: (seat.presence != PRESENT, labels.index(seat.role)))

    @property
    def chair(self) -> str:
        """The chairman, or who stands in for him where he is away."""
        return person_words(*self.with_role(Role.CHAIR, Role.VICE)[:1])

    @property
    def secretary(self) -> str:
        return person_words(*self.with_role(Role.SECRETARY)[:1])


def of_sitting(sitting: Sitting) -> Facts:
    """The same number of queries for three names and for three hundred."""
    found = facts_of(sitting)
    return Facts(sitting.unit, found, _known([one.nominee for one in found.items]))


def _known(nominees: Collection[int]) -> dict[int, Known]:
    rows = list(Nominee.objects.filter(pk__in=nominees).prefetch_related("initiatives"))
    ratings: dict[tuple[int, int], str] = {}
    for one in Rating.objects.filter(subject__in=[row.subject_id for row in rows if row.subject_id]):
        ratings[one.subject_id, one.year] = f"{one.get_level_display()}{' (dự kiến)' if one.is_expected else ''}"
    found: dict[int, Known] = defaultdict(Known)
    for row in rows:
        titles = tuple(one.title for one in row.initiatives.all())
        found[row.pk] = Known(row.birth_year, ratings.get((row.subject_id or 0, row.year), ""), titles)
    return found


def person_words(*seats: SeatFacts) -> str:
    """«Ông Lò Văn An, Phó Chủ tịch UBND xã, Chủ tịch Hội đồng»; blank without anybody."""
    if not seats:
        return ""
    one = seats[0]
    return ", ".join(filter(None, (" ".join(filter(None, (one.honorific, one.name))), one.post, one.role)))


def clock(at: dt.datetime | None) -> str:
    """«08 giờ 00»."""
    return f"{timezone.localtime(at):%H giờ %M}" if at else ""
