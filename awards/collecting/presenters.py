"""How rounds and their lists stand, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from awards.collecting.next_acts import Standing
from awards.collecting.selectors import SenderRow, answers_to_take, counts_by_state, unknown_count
from awards.collecting.wording import birth_words, year_words
from awards.models import Nominee, Proposal, Round
from awards.models.common import CycleKind
from awards.shipped import award_name
from awards.states import NomineeState, ProposalState, RoundState

_ROUND_LOOKS = {
    RoundState.COLLECTING: "in_progress",
    RoundState.APPRAISING: "in_progress",
    RoundState.COUNCIL: "submitted",
    RoundState.DECIDING: "submitted",
    RoundState.DONE: "done",
}
_LIST_LOOKS = {ProposalState.SENT: "sent", ProposalState.RETURNED: "returned", ProposalState.TAKEN: "received"}
NOT_ASKED_FOR = "Ngoài các danh hiệu, hình thức của đợt xét"
_NOMINEE_LOOKS = {
    NomineeState.PROPOSED: "not_due",
    NomineeState.CORRECTING: "returned",
    NomineeState.READY: "approved",
    NomineeState.PASSED: "match",
    NomineeState.FAILED: "cannot",
    NomineeState.SENT: "submitted",
    NomineeState.DECIDED: "done",
    NomineeState.REFUSED: "cannot",
    NomineeState.WITHDRAWN: "dropped",
}


def round_look(found: Round) -> str:
    return _ROUND_LOOKS[RoundState(found.state)]


def nominee_look(row: Nominee) -> str:
    return _NOMINEE_LOOKS[NomineeState(row.state)]


def list_look(proposal: Proposal) -> str:
    return _LIST_LOOKS[ProposalState(proposal.state)]


def standing_of_round(found: Round, senders: Sequence[SenderRow]) -> Standing:
    return Standing(
        states=counts_by_state(found),
        to_take=sum(row.waits for row in senders) or len(answers_to_take(found)),
        sent=sum(row.proposal is not None and row.proposal.state == ProposalState.SENT for row in senders),
        unknown=unknown_count(found),
        missing=sum(row.is_missing for row in senders),
        is_asked=any(row.ask is not None for row in senders),
    )


def round_sentence(found: Round, stand: Standing, today: dt.date) -> str:
    if found.state == RoundState.COLLECTING:
        return _collecting_sentence(found, stand, today)
    counts = {state: stand.states.get(state.value, 0) for state in NomineeState}
    if found.state == RoundState.APPRAISING:
        more = f", còn {stand.open} chưa thẩm định xong" if stand.open else ", đã thẩm định xong"
        return f"Đang thẩm định {stand.nominees} đối tượng{more}."
    if found.state == RoundState.COUNCIL:
        passed, failed = counts[NomineeState.PASSED], counts[NomineeState.FAILED]
        return (
            f"Đang xét tại Hội đồng: {passed} được thông qua, {failed} không được thông qua, "
            f"còn {counts[NomineeState.READY] + stand.open} chưa xét."
        )
    if found.state == RoundState.DECIDING:
        waits = counts[NomineeState.PASSED] + counts[NomineeState.SENT]
        return f"Đang trình quyết định: {counts[NomineeState.DECIDED]} đã có quyết định, còn {waits} chờ."
    return f"Đã xong: {counts[NomineeState.DECIDED]} đối tượng được khen thưởng."


def _collecting_sentence(found: Round, stand: Standing, today: dt.date) -> str:
    if not stand.nominees and not stand.is_asked and not stand.to_take:
        return "Chưa có danh sách nào. Yêu cầu các nơi gửi, hoặc nhập từ Excel, nhập tay."
    parts = [f"Đã có {stand.nominees} đối tượng đề nghị"]
    if stand.missing:
        parts.append(f"{stand.missing} nơi chưa gửi")
    if stand.to_take:
        parts.append(f"{stand.to_take} nơi gửi chờ nhận")
    return f"{', '.join(parts)}{_due_words(found, today)}."


def _due_words(found: Round, today: dt.date) -> str:
    if found.due is None:
        return ""
    left = (found.due - today).days
    if left < 0:
        return f"; quá hạn {-left} ngày (hạn {found.due:%d/%m/%Y})"
    return f"; hạn gửi {found.due:%d/%m/%Y}, {f'còn {left} ngày' if left else 'hôm nay'}"


@dataclass(frozen=True, slots=True)
class RoundRow:
    round: Any
    look: str
    year: str
    lists: str
    late: str
    left: str


def round_row(found: Any, today: dt.date) -> RoundRow:
    """``found`` has the counts of ``rounds_for_list``."""
    late = left = ""
    if found.due and found.state == RoundState.COLLECTING:
        days = (found.due - today).days
        late = f"quá {-days} ngày" if days < 0 else ""
        left = "" if days < 0 else (f"còn {days} ngày" if days else "hôm nay")
    lists = f"{found.taken_count}/{found.list_count} danh sách đã tiếp nhận" if found.list_count else ""
    year = str(found.year) if found.cycle != CycleKind.SCHOOL_YEAR else year_words(found.year, found.cycle)
    return RoundRow(found, round_look(found), year, lists, late, left)


@dataclass(frozen=True, slots=True)
class ListRow:
    """A sender on the round's page."""

    row: SenderRow
    look: str
    word: str
    note: str
    lacks: str
    late: bool = False


def list_row(row: SenderRow, found: Round, today: dt.date) -> ListRow:
    is_late = bool(found.due and found.due < today and found.state == RoundState.COLLECTING)
    if row.proposal is None:
        if row.waits:
            return ListRow(row, "sent", "Đã gửi, chờ nhận", "", "")
        return ListRow(row, "overdue" if is_late else "not_due", "Chưa gửi", "", "", is_late)
    one = row.proposal
    lacks = [f"{row.unknown} chưa xác định là ai"] if row.unknown else []
    lacks += [f"{row.wordless} chưa có tóm tắt thành tích"] if row.wordless else []
    if row.waits:
        lacks.insert(0, "có nội dung mới chờ nhận")
    word, note = list_words(one)
    return ListRow(row, list_look(one), word, note, "; ".join(lacks))


def list_words(one: Proposal) -> tuple[str, str]:
    """How a list stands, and since when or why."""
    if one.state == ProposalState.TAKEN and one.received_on:
        return "Đã tiếp nhận", f"ngày {one.received_on:%d/%m/%Y}"
    if one.state == ProposalState.RETURNED:
        return "Trả lại", one.return_reason
    return "Chờ tiếp nhận", f"gửi ngày {one.day:%d/%m/%Y}"


def list_sentence(one: Proposal, count: int) -> str:
    rows = f"{count} đối tượng" if count else "Chưa có đối tượng nào"
    if one.state == ProposalState.TAKEN and one.received_on:
        return f"{rows}. Đã tiếp nhận ngày {one.received_on:%d/%m/%Y}; quy định áp dụng theo ngày này."
    if one.state == ProposalState.RETURNED:
        return f"{rows}. Đã trả lại: {one.return_reason}"
    return f"{rows}. Gửi ngày {one.day:%d/%m/%Y}, chờ tiếp nhận."


@dataclass(frozen=True, slots=True)
class NomineeRow:
    nominee: Nominee
    name: str
    more: str
    award: str
    look: str
    doubts: tuple[str, ...]


def nominee_row(row: Nominee, doubles: dict[int, list[str]]) -> NomineeRow:
    doubts = list(doubles.get(row.pk, ()))
    if row.subject_id is None and row.state != NomineeState.WITHDRAWN:
        doubts.insert(0, "Chưa xác định là ai")
    asked_for = row.proposal.round.awards
    if asked_for and row.award not in asked_for:
        doubts.append(NOT_ASKED_FOR)
    birth = birth_words(row.birth_date, row.birth_year)
    more = "; ".join(filter(None, [f"sinh {birth}" if birth else "", row.post, row.workplace]))
    name = f"{row.honorific} {row.name}".strip()
    return NomineeRow(row, name, more, award_name(row.award), nominee_look(row), tuple(doubts))
