"""Lists come in: files are kept and read by a worker, looked at by the officer, then taken, all at once or not at all.

The files of one drop are ``SheetImport`` rows of one group; nothing is an answer before the officer has seen whose
rows they are and what is wrong with them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse

from core import audit, files, jobs
from core.errors import AppError, UnfitField
from core.models import SheetImport, StoredFile
from core.sheets.reading import MOST_BYTES, type_of_sheet
from reminders.asking import services
from reminders.asking.list_drops import KIND, Drop, State, asked_of, lots_in, sent_files
from reminders.asking.list_matching import Lot
from reminders.asking.list_tasks import read_lists
from reminders.asking.lists import ListRow
from reminders.asking.values import TEXT, AnswerData
from reminders.models import Answer, Ask, Request

MOST_FILES = 60
_MOST_TOLD = 20


class AlreadyTaken(AppError):
    message = "Các danh sách này đã được nhận rồi."


# -- Dropping --------------------------------------------------------------------


@transaction.atomic
def drop_files(request: Request, uploads: Sequence[UploadedFile], *, actor: Any) -> int:
    """Keep the files and have them read; the drop's id. A file that is no sheet hinders no other."""
    if len(uploads) > MOST_FILES:
        raise UnfitField("files", f"Mỗi lần nhận tối đa {MOST_FILES} tệp; hãy chia làm nhiều lần.")
    kept, refused = [], []
    for upload in uploads:
        try:
            kept.append(_keep(upload, request.unit_id, actor))
        except AppError as error:
            refused.append((upload.name or "Tệp", str(error)))
    if not kept:
        raise UnfitField("files", " ".join(f"{name}: {why}" for name, why in refused) or "Hãy chọn tệp.")
    return _have_read(request, [(file, None) for file in kept], actor=actor, refused=refused)


@transaction.atomic
def read_sent(request: Request, *, actor: Any) -> int:
    """Have the sheets read that came as files by link; the drop's id."""
    found = sent_files(request)[:MOST_FILES]
    if not found:
        raise UnfitField("files", "Không có tệp Excel nào các nơi gửi về mà chưa đọc.")
    return _have_read(request, [(one.file, one.answer.ask_id) for one in found], actor=actor)


def _have_read(
    request: Request,
    found: Sequence[tuple[StoredFile, int | None]],
    *,
    actor: Any,
    refused: Sequence[tuple[str, str]] = (),
) -> int:
    """``found``: files, each with the ask whose it is, where that is known."""
    common: dict[str, Any] = {"unit_id": request.unit_id, "owner": actor, "kind": KIND, "target_id": request.pk}
    rows = [SheetImport.objects.create(file=file, options={"ask": ask}, **common) for file, ask in found]
    drop = rows[0].pk
    job = jobs.start(
        read_lists,
        owner=actor,
        unit_id=request.unit_id,
        title=f"Đọc {len(rows)} tệp danh sách: {request.title}"[:300],
        back_url=reverse("reminders:list_read", args=[request.pk, drop]),
        drop=drop,
    )
    for row in rows:
        row.job, row.options = job, {**row.options, "drop": drop, "refused": list(refused)}
    SheetImport.objects.bulk_update(rows, ["job", "options"])
    return drop


def _keep(upload: UploadedFile, unit_id: int, actor: Any) -> StoredFile:
    if (upload.size or 0) > MOST_BYTES:
        raise files.UnfitFile(f"Tệp lớn quá {MOST_BYTES >> 20} MB. Hãy chép riêng danh sách sang một tệp mới.")
    content = cast(BinaryIO, upload)
    return files.store(content, name=upload.name or "tệp", unit_id=unit_id, actor=actor, type_of=type_of_sheet)


# -- Taking ----------------------------------------------------------------------------------


@transaction.atomic
def take(
    drop: Drop, *, actor: Any, day: dt.date, chosen: Mapping[str, int | None], without_faulty: bool = False
) -> list[Answer]:
    """One answer for each that sent; ``chosen``: key of a lot → the ask whose rows they are, None: not taken.

    Rows with a fault stay out only where the officer says so; the answer tells which.
    """
    every = lots_in(drop, asked_of(drop.request))
    lots = [lot for lot in every if chosen.get(lot.key)]
    if not lots:
        raise UnfitField("", "Chưa chọn danh sách nào để nhận.")
    faulty = sum(len(lot.faulty) for lot in lots)
    if faulty and not without_faulty:
        raise UnfitField("without_faulty", f"Còn {faulty} dòng lỗi: sửa trong tệp rồi nạp lại, hoặc đánh dấu ô này.")
    audit.wait_for_turn(drop.request.unit_id)
    pks = [one.pk for one in drop.imports]
    if SheetImport.objects.filter(pk__in=pks, state=State.CHECKED).update(state=State.WRITTEN) != len(pks):
        raise AlreadyTaken
    by_ask: dict[int, list[Lot]] = {}
    for lot in lots:
        by_ask.setdefault(int(chosen[lot.key] or 0), []).append(lot)
    asks = Ask.objects.filter(request=drop.request).select_related("request__unit", "part", "lower").in_bulk(by_ask)
    if len(asks) < len(by_ask):
        raise UnfitField("", "Có nơi vừa bị bỏ khỏi yêu cầu. Hãy tải lại trang rồi chọn lại.")
    shared = _shared_files(every, chosen)
    return [
        services.enter_for(ask, actor=actor, data=_data(drop, ask, by_ask[pk], day, shared), way=Answer.Way.SHEET)
        for pk, ask in asks.items()
    ]


def _data(drop: Drop, ask: Ask, lots: Sequence[Lot], day: dt.date, shared: Collection[int]) -> AnswerData:
    """A file that holds only this one's rows goes with the answer."""
    rows = tuple(row.values for lot in lots for row in lot.good)
    if not rows:
        raise UnfitField("without_faulty", f"{ask}: mọi dòng đều có lỗi, không còn dòng nào để nhận.")
    readable = [one for one, _ in drop.readable]
    own = dict.fromkeys(lot.file for lot in lots if lot.file not in shared)
    left = [(lot, row) for lot in lots for row in lot.faulty]
    return AnswerData(
        sender=str(ask), text=_left_out(left), rows=rows, files=tuple(readable[place].file for place in own), day=day
    )


def _left_out(left: Sequence[tuple[Lot, ListRow]]) -> str:
    if not left:
        return ""
    told = [f"{lot.file_name}, dòng {row.number}: {' '.join(row.faults)}" for lot, row in left[:_MOST_TOLD]]
    if len(left) > _MOST_TOLD:
        told.append(f"… và {len(left) - _MOST_TOLD} dòng khác.")
    return "\n".join([f"Không nhận {len(left)} dòng còn lỗi:", *told])[:TEXT]


def _shared_files(lots: Sequence[Lot], chosen: Mapping[str, int | None]) -> set[int]:
    """Files with the rows of several, or with rows that nobody took."""
    owners: dict[int, set[int | None]] = {}
    for lot in lots:
        if not lot.is_example:
            owners.setdefault(lot.file, set()).add(chosen.get(lot.key))
    return {file for file, found in owners.items() if len(found) > 1}
