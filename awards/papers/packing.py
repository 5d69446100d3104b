"""The dossier pack: one ZIP with agreed names (number, code, name) and a cover list, for who decides above."""

from __future__ import annotations

import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from django.conf import settings
from django.utils import timezone

from awards.deciding.candidates import in_order
from awards.models import AwardPaper, DossierPaper, Nominee, Round
from awards.papers import selectors
from awards.papers.field_sheets import field_sheets
from awards.papers.forms import UP
from awards.papers.frames import head_of, usual_issuer
from awards.papers.kinds import BY_SLUG, Kind, Sort
from awards.papers.presenters import uses
from awards.papers.printing import Printed
from awards.papers.submissions import PASSED, goes_up
from awards.shipped import PAPER_WORDS
from awards.states import SittingState
from core import files, jobs
from core.errors import AppError
from core.models import Job, StoredFile
from documents import layout, tree
from documents.composing import columns, plain_name, row
from documents.dates import PartialDate
from documents.rendering import render

_SHARE_OF_PROOFS = 0.8
"""Of the largest file that is kept here; papers and lists take the rest."""
_NAME = 40
_ENDINGS = {
    files.PDF: "pdf", files.DOCX: "docx", files.XLSX: "xlsx", "image/png": "png", "image/jpeg": "jpg",
}  # fmt: skip
_OF_SITTING = ("bien-ban", "kiem-phieu", "trich-ngang")


class NothingToPack(AppError):
    message = "Chưa có đối tượng nào được thông qua nên chưa có hồ sơ để đóng gói."


@dataclass(slots=True)
class Pack:
    """The ZIP as it grows, and what its cover list says of each file."""

    archive: zipfile.ZipFile
    said: list[tuple[str, str]] = field(default_factory=list)
    """What it is, file; the file blank where it is sent apart."""
    room: int = 0
    """Bytes left for proofs."""

    def add(self, name: str, words: str, content: bytes) -> None:
        self.archive.writestr(name, content)
        self.said.append((words, name))

    def add_stored(self, name: str, words: str, stored: StoredFile) -> None:
        with files.open_stored(stored) as source, self.archive.open(name, "w") as target:
            while chunk := source.read(1 << 20):
                target.write(chunk)
        self.said.append((words, name))


def nominees_for(found: Round, which: str) -> list[Nominee]:
    if which == UP:
        return goes_up(found, timezone.localdate())
    rows = Nominee.objects.filter(round=found, state__in=PASSED)
    return in_order(rows.select_related("proposal__part", "proposal__lower", "proposal__round__unit", "subject"))


@contextmanager
def write_pack(found: Round, job: Job, which: str) -> Iterator[BinaryIO]:
    """Written to disk as it grows: three hundred dossiers take no more memory than one. Raises ``NothingToPack``."""
    nominees = nominees_for(found, which)
    if not nominees:
        raise NothingToPack
    total = len(nominees) + 1
    with tempfile.TemporaryFile() as target:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            pack = Pack(archive, room=int(settings.UPLOAD_LIMIT_BYTES * _SHARE_OF_PROOFS))
            _paper(pack, "01-to-trinh", BY_SLUG["to-trinh-cap-tren"], found, formats=("pdf", "docx"))
            pack.add("02-danh-sach-de-nghi.xlsx", "Danh sách đề nghị, biểu nhập", field_sheets(found, nominees))
            _papers_of_sittings(pack, found, job.owner)
            jobs.progress(job, 1, total)
            for done in _dossiers(pack, found, nominees, job.owner):
                jobs.progress(job, done + 1, total)
            _cover(pack, found)
        target.seek(0)
        yield target


# -- Papers of the round -------------------------------------------------------------------


def _papers_of_sittings(pack: Pack, found: Round, user: Any) -> None:
    sittings = selectors.sittings_seen(user).filter(round=found, state=SittingState.CLOSED).order_by("pk")
    for number, sitting in enumerate(sittings, start=1):
        for slug in _OF_SITTING:
            sort = BY_SLUG[slug]
            if uses(sort, sitting):
                _paper(pack, f"03-phien-hop-{number:02}-{slug}", sort, sitting)


def _paper(
    pack: Pack,
    stem: str,
    sort: Sort,
    owner: Any,
    *,
    formats: Sequence[str] = ("pdf",),
    kept: AwardPaper | None = None,
    is_read: bool = False,
) -> None:
    """As kept where it was recorded, and the signed copy; else as it prints now. ``is_read``: ``kept`` is known."""
    kept = kept if is_read else selectors.kept_of(sort, owner)
    is_done = kept is not None and kept.is_frozen
    said = None if is_done else Printed(sort, owner, kept)
    for to in formats:
        words = f"{sort.name}{'' if is_done or not sort.is_kept else ' (bản soạn, chưa ký)'}"
        if is_done and kept is not None:
            pack.add_stored(f"{stem}.{to}", words, _drawn(kept, to))
        elif said is not None:
            pack.add(f"{stem}.{to}", words, render(said.to_print(), to))
    signed = (kept.paper.signed_file if kept.paper else kept.signed_file) if kept else None
    if signed is not None:
        pack.add_stored(f"{stem}-da-ky.{_ending(signed)}", f"{sort.name}, bản đã ký", signed)


def _drawn(kept: AwardPaper, to: str) -> StoredFile:
    if kept.paper is not None:
        found = kept.paper.issued_file if to == "pdf" else kept.paper.word_file
    else:
        found = kept.pdf_file if to == "pdf" else kept.word_file
    assert found is not None
    return found


def _ending(stored: StoredFile) -> str:
    return _ENDINGS.get(stored.media_type, PurePosixPath(stored.name).suffix.lstrip(".").lower()[:5] or "bin")


# -- Dossiers ------------------------------------------------------------------------------


def _dossiers(pack: Pack, found: Round, nominees: Sequence[Nominee], user: Any) -> Iterator[int]:
    """After each dossier, how many are done."""
    keys = [one.pk for one in nominees]
    kept = _kept_reports(keys)
    proofs = _proofs(keys, user)
    sort = BY_SLUG["bao-cao"]
    for number, nominee in enumerate(nominees, start=1):
        nominee.round = found
        folder = f"ho-so/{number:03}-{plain_name(nominee.award, 12)}-{plain_name(nominee.name, _NAME) or 'khong-ten'}"
        label = f"{number:03}. {nominee.name}"
        start = len(pack.said)
        _paper(pack, f"{folder}/01-bao-cao-thanh-tich", sort, nominee, kept=kept.get(nominee.pk), is_read=True)
        for place, (words, stored) in enumerate(proofs.get(nominee.pk, ()), start=2):
            name = f"{folder}/{place:02}-{plain_name(words, _NAME) or 'tai-lieu'}.{_ending(stored) if stored else ''}"
            if stored is None:
                pack.said.append((words, ""))
            elif stored.size > pack.room:
                pack.said.append((f"{words} (quá dung lượng của gói, gửi riêng)", ""))
            else:
                pack.room -= stored.size
                pack.add_stored(name, words, stored)
        pack.said[start:] = [(f"{label}: {words}", name) for words, name in pack.said[start:]]
        yield number


def _kept_reports(nominees: Sequence[int]) -> dict[int, AwardPaper]:
    rows = AwardPaper.objects.filter(kind=Kind.REPORT, nominee__in=nominees)
    joined = ("paper__signed_file", "paper__issued_file", "pdf_file", "word_file", "signed_file")
    return {one.nominee_id: one for one in rows.select_related(*joined) if one.nominee_id}


def _proofs(nominees: Sequence[int], user: Any) -> dict[int, list[tuple[str, StoredFile | None]]]:
    """Nominee → what its dossier holds, files only that the user may open."""
    rows = DossierPaper.objects.filter(nominee__in=nominees).order_by("pk")
    found = list(rows.select_related("evidence__file", "evidence__paper__signed_file", "evidence__paper__issued_file"))
    stored = {held.pk: _file_of(held) for held in found}
    wanted = [one.pk for one in stored.values() if one]
    allowed = set(files.visible_files(user).filter(pk__in=wanted).values_list("pk", flat=True))
    proofs: dict[int, list[tuple[str, StoredFile | None]]] = defaultdict(list)
    for held in found:
        one = stored[held.pk]
        words = PAPER_WORDS.get(held.kind, held.kind)
        if one is None:
            words = f"{words}: {held.evidence}"
        proofs[held.nominee_id].append((words, one if one and one.pk in allowed else None))
    return proofs


def _file_of(held: DossierPaper) -> StoredFile | None:
    evidence = held.evidence
    if evidence.file is not None:
        return evidence.file
    paper = evidence.paper
    return (paper.signed_file or paper.issued_file) if paper else None


# -- The cover list ------------------------------------------------------------------------


def _cover(pack: Pack, found: Round) -> None:
    paper = cover_paper(found, pack.said)
    for to in ("pdf", "docx"):
        pack.archive.writestr(f"00-muc-luc.{to}", render(paper, to))


def cover_paper(found: Round, said: Sequence[tuple[str, str]]) -> tree.Paper:
    today = timezone.localdate()
    sort = BY_SLUG["to-trinh-cap-tren"]
    issuer = usual_issuer(sort, found.unit)
    head = head_of(sort, issuer, found.unit, PartialDate(today.year, today.month, today.day))
    widths = (("TT", 12, "center"), ("Tài liệu", 0, "left"), ("Tệp", 66, "left"))
    rows = tuple(row(str(number), words, name or "–") for number, (words, name) in enumerate(said, start=1))
    place = (issuer.place if issuer else "") or found.unit.name
    return tree.Paper(
        header=tree.Header(head.issuer, head.superior, place=place, date=head.date, is_numbered=False),
        title="MỤC LỤC HỒ SƠ",
        subject=f"Đề nghị khen thưởng: {found.name}",
        preamble=(),
        body=(
            tree.Table(columns(widths, layout.PORTRAIT.text_width), rows),
            tree.Paragraph(f"Mục lục này có {len(rows):02} tài liệu./."),
        ),
        recipients=tree.Recipients((), ""),
        signature=tree.Signature(("NGƯỜI LẬP",)),
    )
