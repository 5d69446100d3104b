"""Whose line it is: the subjects that a unit keeps, found again by name and birth year. Asks where it is unsure."""

from __future__ import annotations

from collections import defaultdict

from awards.models import Subject
from awards.models.common import RecipientKind
from core.cells import name_key
from core.errors import AppError


class Unsure(AppError):
    """Two or more could be meant."""


class KnownSubjects:
    """Read once for many lines; what is entered meanwhile is known to the lines after it.

    ``joins_same_name``: a person of whom one side lacks the birth year is the only one of that name, as somebody said.
    """

    def __init__(self, unit_id: int, *, joins_same_name: bool) -> None:
        self.joins_same_name = joins_same_name
        self._found: dict[tuple[str, str], list[Subject]] = defaultdict(list)
        for subject in Subject.objects.filter(unit=unit_id).order_by("pk"):
            self.add(subject)

    def add(self, subject: Subject) -> None:
        self._found[subject.kind, name_key(subject.name)].append(subject)

    def find(self, kind: str, name: str, birth_year: int | None) -> Subject | None:
        """None: somebody new. Raises ``Unsure``."""
        there = self._found[kind, name_key(name)]
        if kind == RecipientKind.COLLECTIVE:
            return self._only(there, name)
        if birth_year is not None:
            if exact := [one for one in there if one.birth_year == birth_year]:
                return self._only(exact, name)
            there = [one for one in there if one.birth_year is None]
        if not self.joins_same_name:
            return None
        return self._only(there, name)

    @staticmethod
    def _only(there: list[Subject], name: str) -> Subject | None:
        if len(there) > 1:
            raise Unsure(f"Có {len(there)} đối tượng tên {name} trong sổ. Ghi thêm năm sinh để biết là ai.")
        return there[0] if there else None
