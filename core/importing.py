"""Lists out of sheets: looked at first, written only when the person says so, all rows or none.

A file is stored and looked at by a worker, which writes nothing; its report waits on the
import's own page. Accepting it starts a second job, which looks again at today's data:
where it would do something else than the person has seen, it writes nothing and shows that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from celery import Task, shared_task
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.urls import reverse
from django.utils.module_loading import import_string

from core import audit, files, jobs
from core.errors import AppError
from core.files import UnfitFile
from core.models import Job, SheetImport
from core.sheets.reading import MOST_BYTES, read_sheets, type_of_sheet
from core.sheets.tables import Table

if TYPE_CHECKING:
    from core.resources import Report, SheetResource

State = SheetImport.State
OUTCOMES = ("wrong", "new", "changed", "same")


class ReportIsOld(AppError):
    message = "Kết quả kiểm tra vừa thay đổi. Hãy xem lại trước khi nhận."


class NothingToWrite(AppError):
    message = "Tệp này còn dòng sai hoặc không có gì mới để nhận."


@dataclass(frozen=True, slots=True)
class Kind:
    """A list that can be imported; its app registers it in ``AppConfig.ready()``."""

    name: str
    title: str
    """«Nhập bộ phận từ Excel»."""
    resource: str
    """Dotted path of a ``core.resources.SheetResource``, loaded when first needed."""
    list_label: str
    list_url: Callable[[int], str]
    """Of the list that the rows go into, by the target's id."""
    again_url: Callable[[int], str]
    """Where another file is chosen."""

    @property
    def resource_class(self) -> type[SheetResource]:
        return import_string(self.resource)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def kind_of(name: str) -> Kind:
    return _kinds[name]


def visible_imports(user: Any) -> models.QuerySet[SheetImport]:
    """Of the kinds that are looked at on the page here; a room may keep others for pages of its own."""
    return SheetImport.objects.filter(owner=user, kind__in=_kinds).select_related("file", "job")


# -- Steps of a person -------------------------------------------------------------------


@transaction.atomic
def receive(
    upload: UploadedFile,
    *,
    kind: str,
    unit_id: int,
    target_id: int,
    actor: Any,
    options: Mapping[str, str] | None = None,
) -> SheetImport:
    """Keep the file and have it looked at."""
    if (upload.size or 0) > MOST_BYTES:
        raise UnfitFile(f"Tệp lớn quá {MOST_BYTES >> 20} MB. Hãy chép riêng bảng cần nạp sang một tệp mới.")
    chosen = dict(options or {})
    kind_of(kind).resource_class.opened(actor=actor, target_id=target_id, options=chosen)
    stored = files.store(
        cast(BinaryIO, upload), name=upload.name or "tep", unit_id=unit_id, actor=actor, type_of=type_of_sheet
    )
    found = SheetImport.objects.create(
        unit_id=unit_id, owner=actor, kind=kind, target_id=target_id, options=chosen, file=stored
    )
    _start(found, import_check, f"Kiểm tra tệp {stored.name}")
    return found


@transaction.atomic
def accept(found: SheetImport, *, digest: str) -> None:
    """Have the rows written that the person has seen. A second click changes nothing."""
    if not may_accept(found) and found.state == State.CHECKED:
        raise NothingToWrite
    taken = SheetImport.objects.filter(pk=found.pk, state=State.CHECKED, digest=digest).update(state=State.WRITING)
    if taken:
        _start(found, import_write, f"Nhận {rows_to_write(found)} dòng từ tệp {found.file.name}")
    elif not SheetImport.objects.filter(pk=found.pk, state__in=(State.WRITING, State.WRITTEN)).exists():
        raise ReportIsOld


@transaction.atomic
def look_again(found: SheetImport) -> None:
    """Check the same file against today's data, or once more after a job that did not end well."""
    is_over = models.Q(job=None) | models.Q(job__state__in=(Job.State.FAILED, Job.State.DONE))
    is_open = models.Q(state=State.CHECKED) | models.Q(is_over, state__in=(State.CHECKING, State.WRITING))
    taken = SheetImport.objects.filter(is_open, pk=found.pk).values("pk")
    if SheetImport.objects.filter(pk__in=taken).update(state=State.CHECKING):
        _start(found, import_check, f"Kiểm tra tệp {found.file.name}")


def may_accept(found: SheetImport) -> bool:
    counts = found.report.get("counts", {})
    return found.state == State.CHECKED and not counts.get("wrong") and rows_to_write(found) > 0


def rows_to_write(found: SheetImport) -> int:
    counts = found.report.get("counts", {})
    return counts.get("new", 0) + counts.get("changed", 0)


def _start(found: SheetImport, task: Task, title: str) -> None:
    job = jobs.start(
        task,
        owner=found.owner,
        unit_id=found.unit_id,
        title=title[:300],
        back_url=reverse("core:import", args=[found.pk]),
        import_id=found.pk,
    )
    SheetImport.objects.filter(pk=found.pk).update(job=job)


# -- Work of the worker ------------------------------------------------------------------


@shared_task(name="core.import_check")
def import_check(job_id: int, import_id: int) -> None:
    with jobs.running(job_id) as job:
        if job is not None and (found := _claimed(import_id, job, State.CHECKING)):
            table = _table(found)
            _keep(found, job, table, _run(found, table, dry_run=True, job=job))


@shared_task(name="core.import_write")
def import_write(job_id: int, import_id: int) -> None:
    with jobs.running(job_id) as job:
        if job is not None and (found := _claimed(import_id, job, State.WRITING)):
            write(found, job)


def write(found: SheetImport, job: Job) -> None:
    """Look again without a lock, which nearly always settles it and tells how far it is; then write and compare."""
    table = _table(found)
    report = _run(found, table, dry_run=True, job=job)
    if report.digest == found.digest:
        try:
            _write_all(found, job, table)
        except _Differs as differs:
            report = differs.report
        else:
            return
    _keep(found, job, table, report, is_other=True)


class _Differs(Exception):
    """What was written is not what the person has seen; the transaction is undone."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


@transaction.atomic
def _write_all(found: SheetImport, job: Job, table: Table) -> None:
    # Imports into one unit stand in line: two of the same new people would else not see each other.
    in_line = SheetImport.objects.select_for_update().filter(unit_id=found.unit_id, state=State.WRITING)
    list(in_line.order_by("pk").values_list("pk"))
    report = _run(found, table, dry_run=False)
    if report.digest != found.digest:
        raise _Differs(report)
    ours = SheetImport.objects.filter(pk=found.pk, state=State.WRITING, job=job)
    if not ours.update(state=State.WRITTEN):
        raise ReportIsOld
    counts = {"rows_added": (None, report.count("new")), "rows_changed": (None, report.count("changed"))}
    audit.record("core.import.written", found, actor=found.owner, unit_id=found.unit_id, changes=counts)


def _claimed(import_id: int, job: Job, state: str) -> SheetImport | None:
    """The import, if it still waits for this very job."""
    waiting = SheetImport.objects.filter(pk=import_id, state=state, job=job)
    return waiting.select_related("file", "owner").first()


def _table(found: SheetImport) -> Table:
    resource = kind_of(found.kind).resource_class()
    with files.open_stored(found.file) as content:
        sheets = resource.as_read(read_sheets(content, found.file.media_type))
    return resource.table_of(sheets)


def _run(found: SheetImport, table: Table, *, dry_run: bool, job: Job | None = None) -> Report:
    opened = kind_of(found.kind).resource_class.opened(
        actor=found.owner, target_id=found.target_id, options=found.options
    )
    return opened.run(table, dry_run=dry_run, progress=_telling(job) if job else None)


def _telling(job: Job) -> Callable[[int, int], None]:
    return lambda done, total: jobs.progress(job, done, total)


def _keep(found: SheetImport, job: Job, table: Table, report: Report, *, is_other: bool = False) -> None:
    """The report waits on the page; ``is_other``: it is not the one that was accepted."""
    kept = {
        "counts": {outcome: report.count(outcome) for outcome in OUTCOMES},
        "rows": [asdict(row) for row in report.rows],
        "sheet": table.sheet,
        "other_sheets": table.other_sheets,
        "unused": table.unused,
        "unread": table.unread,
        "is_other": is_other,
    }
    ours = SheetImport.objects.filter(pk=found.pk, state=found.state, job=job)
    ours.update(state=State.CHECKED, report=kept, digest=report.digest)
