"""Whether what was counted adds up. Pure: numbers in, sentences out."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import UnfitField

MOST = 999
"""Votes that one field may hold."""


@dataclass(frozen=True, slots=True)
class Base:
    """How many could vote on one name, and with how many ballots."""

    present: int
    """Who cast ballots: those at the meeting, or those who answered a round of written opinions."""
    written: int
    """Absent ones whose written opinions are added."""
    valid: int | None
    """Valid ballots; None: not said yet. Where hands are raised: as many as are present."""
    recused_present: int = 0
    recused_written: int = 0

    @property
    def least(self) -> int:
        """The ballot of whoever steps back lacks the name; it may be one of the invalid ones."""
        return max((self.valid or 0) - self.recused_present, 0)

    @property
    def most(self) -> int:
        return min(self.valid or 0, max(self.present - self.recused_present, 0))


@dataclass(frozen=True, slots=True)
class Counts:
    yes: int | None = None
    no: int | None = None
    blank: int | None = None
    written_yes: int = 0
    written_no: int = 0

    @property
    def is_missing(self) -> bool:
        return self.yes is None and self.no is None and self.blank is None

    @property
    def in_favour(self) -> int:
        return (self.yes or 0) + self.written_yes


def fault_of(counts: Counts, base: Base) -> str:
    """Why the row does not add up; blank where it does, or where nothing is typed yet."""
    written = counts.written_yes + counts.written_no
    allowed = max(base.written - base.recused_written, 0)
    if written > allowed:
        return f"Ý kiến bằng văn bản: ghi {written}, chỉ có {allowed} người vắng gửi ý kiến."
    if counts.is_missing:
        return ""
    if counts.yes is None or counts.no is None:
        return "Ghi cả số đồng ý và số không đồng ý (không có thì ghi 0)."
    if base.valid is None:
        return "Chưa ghi số phiếu hợp lệ ở trên nên chưa đối chiếu được."
    found = counts.yes + counts.no + (counts.blank or 0)
    if base.least <= found <= base.most:
        return ""
    if base.least == base.most:
        away = f" ({base.recused_present} người không tham gia)" if base.recused_present else ""
        return f"Cộng được {found}, phải bằng {base.most}{away}."
    return f"Cộng được {found}, phải từ {base.least} đến {base.most} ({base.recused_present} người không tham gia)."


def check_ballots(*, issued: int | None, collected: int | None, valid: int | None, present: int) -> None:
    """Raise ``UnfitField``."""
    if issued is not None and issued > present:
        raise UnfitField("issued", f"Nhiều hơn số người bỏ phiếu ({present}); hãy xem lại điểm danh.")
    if collected is not None and (issued is None or collected > issued):
        told = "Ghi số phiếu phát ra trước." if issued is None else f"Nhiều hơn số phiếu phát ra ({issued})."
        raise UnfitField("collected", told)
    if valid is not None and (collected is None or valid > collected):
        told = "Ghi số phiếu thu về trước." if collected is None else f"Nhiều hơn số phiếu thu về ({collected})."
        raise UnfitField("valid", told)


def percent_of(votes: int, members: int) -> str:
    """«88,9 %», cut and never rounded up: 79,96 % is no 80 %."""
    if not members:
        return "0 %"
    tenths = votes * 1000 // members
    whole, rest = divmod(tenths, 10)
    return f"{whole},{rest} %" if rest else f"{whole} %"
