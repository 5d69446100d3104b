"""What the one primary button of a round's page offers, and which steps the menu beside it has."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from awards.models import Round
from awards.shipped import Route, shipped_awards
from awards.states import ROUND_MOVES, NomineeState, RoundState
from units.models import Unit

_OPEN = (NomineeState.PROPOSED, NomineeState.CORRECTING)
_FORTH = {
    RoundState.APPRAISING: "Chuyển sang thẩm định",
    RoundState.COUNCIL: "Đưa ra Hội đồng",
    RoundState.DECIDING: "Trình quyết định",
    RoundState.DONE: "Kết thúc đợt xét",
}
_BACK = {
    RoundState.COLLECTING: "Trở lại tiếp nhận đề nghị",
    RoundState.APPRAISING: "Trở lại thẩm định",
    RoundState.COUNCIL: "Trở lại xét tại Hội đồng",
    RoundState.DECIDING: "Mở lại đợt xét",
}
_ORDER = list(RoundState)
_ALONE = (Route.CHAIR.value,)


@dataclass(frozen=True, slots=True)
class Act:
    words: str
    url: str
    icon: str
    move: str = ""
    """Posted in «viec»; blank: a link."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a round is counted for its sentence and its next step."""

    states: dict[str, int]
    """Nominees by state."""
    to_take: int
    """Answers that came and stand in no list yet."""
    sent: int
    """Lists that wait to be received."""
    unknown: int
    missing: int
    """Those asked of whom nothing came."""
    is_asked: bool

    @property
    def nominees(self) -> int:
        return sum(count for state, count in self.states.items() if state not in ("withdrawn", "refused", "failed"))

    @property
    def open(self) -> int:
        return sum(self.states.get(state.value, 0) for state in _OPEN)


def next_act(found: Round, stand: Standing) -> Act | None:
    match found.state:
        case RoundState.COLLECTING:
            return _while_collecting(found, stand)
        case RoundState.APPRAISING:
            return _while_appraising(found, stand)
        case RoundState.COUNCIL:
            waits = stand.states.get(NomineeState.READY.value, 0) + stand.open
            named = _link("Mở phiên họp Hội đồng", "awards:sittings", None, "users", f"?dot={found.pk}")
            return (named if waits else None) or _move(found, RoundState.DECIDING)
        case RoundState.DECIDING:
            waits = sum(stand.states.get(state.value, 0) for state in (NomineeState.PASSED, NomineeState.SENT))
            named = _link("Soạn, ghi nhận quyết định", "awards:decisions", None, "stamp", f"?dot={found.pk}")
            return (named if waits else None) or _move(found, RoundState.DONE)
    return _link("Xem sổ khen thưởng", "awards:register", None, "book-open")


def _while_collecting(found: Round, stand: Standing) -> Act | None:
    if stand.to_take:
        return _link(f"Nhận nội dung {stand.to_take} nơi gửi", "awards:answers_take", found.pk, "inbox")
    if not stand.nominees and not stand.is_asked:
        if found.unit.kind == Unit.Kind.COMMUNE:
            return _link("Yêu cầu các nơi gửi danh sách", "awards:proposals_ask", found.pk, "send")
        return _link("Nhập danh sách", "awards:proposal_new", found.pk, "plus")
    if stand.sent and stand.nominees:
        return _link(f"Tiếp nhận {stand.sent} danh sách", "awards:proposals_receive", found.pk, "clipboard-check")
    if stand.unknown:
        return _link(f"Xác định {stand.unknown} đối tượng", "awards:identify", found.pk, "user-search")
    if not stand.nominees:
        return _link("Nhập danh sách", "awards:proposal_new", found.pk, "plus")
    return _move(found, RoundState.APPRAISING)


def _while_appraising(found: Round, stand: Standing) -> Act | None:
    if stand.unknown:
        return _link(f"Xác định {stand.unknown} đối tượng", "awards:identify", found.pk, "user-search")
    if stand.open and (act := _link("Kiểm tra hồ sơ", "awards:check", found.pk, "list-checks")):
        return act
    return _move(found, RoundState.COUNCIL if needs_sitting(found) else RoundState.DECIDING)


def needs_sitting(found: Round) -> bool:
    """Whether the law as shipped asks a council for any of the awards that are asked for."""
    awards = shipped_awards()
    asked = [awards[code] for code in found.nominees.values_list("award", flat=True).distinct() if code in awards]
    is_sudden = found.path == "sudden"
    routes = {(one.quick_route or one.route) if is_sudden else one.route for one in asked}
    return any(route.value not in _ALONE for route in routes) or not routes


def moves_of(found: Round) -> list[tuple[str, str]]:
    """State → what going there is called, those forth before those back."""
    here = _ORDER.index(RoundState(found.state))
    to = [RoundState(one) for one in ROUND_MOVES[found.state]]
    forth = [(one.value, _FORTH[one]) for one in to if _ORDER.index(one) > here]
    back = [(one.value, _BACK[one]) for one in to if _ORDER.index(one) < here]
    return forth + back


def _move(found: Round, to: RoundState) -> Act:
    return Act(_FORTH[to], reverse("awards:round_move", args=[found.pk]), "arrow-right", to.value)


def _link(words: str, name: str, pk: int | None, icon: str, query: str = "") -> Act | None:
    """None where that page is not there yet."""
    try:
        return Act(words, reverse(name, args=[] if pk is None else [pk]) + query, icon)
    except NoReverseMatch:
        return None
