"""What a draft still lacks before it may be recorded as issued: sentences for a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from awards.deciding.drafting import TEXTS
from awards.models import Decision, Nominee
from awards.states import NomineeState

_NAMED = 3
_FIT = (NomineeState.PASSED, NomineeState.READY)


def lacks_of(decision: Decision, nominees: Iterable[Nominee], texts: Mapping[str, str]) -> list[str]:
    rows = list(nominees)
    found: list[str] = []
    if decision.issuer is None:
        found.append("Chọn cơ quan ban hành.")
    if not rows:
        found.append("Chưa có đối tượng nào trong quyết định.")
    found += [f"Ghi {text.label.lower()}." for text in TEXTS if text.needed and not texts[text.name].strip()]
    if unknown := [one.name for one in rows if one.subject_id is None]:
        found.append(f"Chưa xác định là ai: {_told(unknown)}. Mở hồ sơ để chọn đúng đối tượng.")
    if unfit := [one.name for one in rows if one.state not in _FIT]:
        found.append(f"Không còn được thông qua: {_told(unfit)}. Đưa ra khỏi quyết định hoặc xét lại.")
    return found


def _told(names: list[str]) -> str:
    more = f" và {len(names) - _NAMED} đối tượng khác" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
