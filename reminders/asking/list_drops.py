"""Files of lists between being dropped and being taken: ``SheetImport`` rows of one group, read by a worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from core import files, jobs
from core.errors import AppError
from core.files import XLSX
from core.models import Job, SheetImport
from reminders.asking.list_matching import Asked, Lot, Matcher, lots_of
from reminders.asking.lists import ReadList, as_json, from_json, read_list
from reminders.models import Answer, AnswerFile, Ask, Request

KIND = "reminders.list"
State = SheetImport.State


@dataclass(frozen=True, slots=True)
class Drop:
    """The files that were dropped together."""

    pk: int
    request: Request
    imports: tuple[SheetImport, ...]

    @property
    def job(self) -> Job | None:
        return self.imports[0].job

    @property
    def is_taken(self) -> bool:
        return any(one.state == State.WRITTEN for one in self.imports)

    @property
    def is_read(self) -> bool:
        return all(one.state in (State.CHECKED, State.WRITTEN) for one in self.imports)

    @property
    def refused(self) -> list[tuple[str, str]]:
        """Name and reason, of files that were not even kept or that nothing could be read from."""
        unread = [(one.file.name, one.report["problem"]) for one in self.imports if one.report.get("problem")]
        return [*((name, why) for name, why in self.imports[0].options.get("refused", [])), *unread]

    @property
    def readable(self) -> list[tuple[SheetImport, ReadList]]:
        return [(one, from_json(one.report["sheets"])) for one in self.imports if "sheets" in one.report]


def find_drop(user: Any, request: Request, pk: int) -> Drop | None:
    """A drop is its owner's: nobody else sees what was not taken yet."""
    rows = SheetImport.objects.filter(owner=user, kind=KIND, target_id=request.pk, options__drop=pk)
    imports = tuple(rows.select_related("file", "job").order_by("pk"))
    return Drop(pk, request, imports) if imports else None


def last_drop(user: Any, request: Request) -> int | None:
    """One that waits to be looked at."""
    rows = SheetImport.objects.filter(owner=user, kind=KIND, target_id=request.pk, state=State.CHECKED)
    rows = rows.filter(report__has_key="sheets")
    found = rows.order_by("-pk").values_list("options", flat=True).first()
    return found["drop"] if found else None


# -- Reading, by the worker ----------------------------------------------------------------


def read_drop(job: Job, drop: int) -> None:
    """Work of the worker: every file of the drop; one that cannot be read says why and hinders no other."""
    waiting = SheetImport.objects.filter(kind=KIND, options__drop=drop, job=job, state=State.CHECKING)
    rows = list(waiting.select_related("file").order_by("pk"))
    request = Request.objects.filter(pk__in=[row.target_id for row in rows]).first()
    if request is None:
        return
    matcher = Matcher(asked_of(request))
    for number, row in enumerate(rows):
        jobs.progress(job, number, len(rows))
        SheetImport.objects.filter(pk=row.pk, state=State.CHECKING).update(
            state=State.CHECKED, report=_report(row, request, matcher)
        )
    jobs.progress(job, len(rows), len(rows))


def _report(row: SheetImport, request: Request, matcher: Matcher) -> dict[str, Any]:
    with files.open_stored(row.file) as content:
        try:
            found = read_list(
                content,
                request.columns,
                media_type=row.file.media_type,
                is_group=lambda words: matcher.named(words) is not None,
            )
        except AppError as error:
            return {"problem": str(error)}
    return {"sheets": as_json(found)}


# -- Looking ---------------------------------------------------------------------------------


def asked_of(request: Request) -> list[Asked]:
    asks = Ask.objects.filter(request=request).select_related("part", "lower")
    return [Asked(ask.pk, str(ask)) for ask in asks.order_by("part__order", "lower__name", "pk")]


def lots_in(drop: Drop, asked: Sequence[Asked]) -> list[Lot]:
    return lots_of([(one.file.name, found, one.options.get("ask")) for one, found in drop.readable], asked)


def sent_files(request: Request) -> list[AnswerFile]:
    """Sheets that came as files of answers without rows: a village filled in the sample and sent it back."""
    live = Answer.objects.filter(ask=models.OuterRef("answer__ask"), returned_at=None).order_by("-pk")
    rows = AnswerFile.objects.filter(
        answer__ask__request=request,
        answer__rows=[],
        answer=models.Subquery(live.values("pk")[:1]),
        file__media_type=XLSX,
    )
    return list(rows.select_related("file", "answer").order_by("pk"))
