"""Accepted proposals put into a plan, all or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from core.errors import AppError
from plans.interchange import PlanData
from plans.moving.places import Place, read_at, write_at
from plans.moving.proposals import Proposal


class RefusedProposals(AppError):
    message = "Chưa thay được chữ trong kế hoạch."


def apply(plan: PlanData, accepted: Sequence[Proposal]) -> PlanData:
    """Raise ``RefusedProposals`` when one is unanswered, meets another, or finds other words than it was made for."""
    by_place: dict[Place, list[Proposal]] = defaultdict(list)
    for proposal in accepted:
        by_place[proposal.where].append(proposal)
    for place, proposals in by_place.items():
        text = _changed(_text_at(plan, place), sorted(proposals, key=lambda one: (one.start, one.end)))
        try:
            plan = write_at(plan, place, text)
        except ValueError:
            raise RefusedProposals(f"{place.label}: «{text[:40]}» không phải là ngày hoặc năm.") from None
    return plan


def _text_at(plan: PlanData, place: Place) -> str:
    try:
        return read_at(plan, place)
    except (LookupError, TypeError):
        raise RefusedProposals(f"{place.label} không còn trong kế hoạch; hãy xem lại các đề xuất.") from None


def _changed(text: str, proposals: Sequence[Proposal]) -> str:
    pieces: list[str] = []
    reached = 0
    for position, proposal in enumerate(proposals):
        where, old = proposal.where.label, proposal.old[:60]
        if proposal.new is None:
            raise RefusedProposals(f"{where}: «{old}» còn chờ trả lời, chưa có chữ thay vào.")
        if text[proposal.start : proposal.end] != proposal.old or not 0 <= proposal.start <= proposal.end <= len(text):
            raise RefusedProposals(f"{where}: không còn thấy «{old}» ở chỗ cũ, nội dung đã được sửa; hãy xem lại.")
        if proposal.start < reached or (position and proposals[position - 1].start == proposal.start):
            raise RefusedProposals(f"{where}: hai đề xuất cùng sửa «{old}»; chỉ chọn được một.")
        pieces += [text[reached : proposal.start], proposal.new]
        reached = proposal.end
    return "".join(pieces) + text[reached:]
