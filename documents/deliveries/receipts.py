"""Many days of receipt on one page: what waits, what was typed, what is wrong with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from core.cells import UnfitCell, read_day
from core.paging import search
from documents.deliveries import selectors, services
from documents.deliveries.rules import side_of
from documents.models import Delivery

MOST_ROWS = 300
FIELD = "ngay-"
"""Name of a field: this and the id of the delivery."""
_SORTS = {"noi-gui": "sender__name", "ngay-gui": "sent_on", "van-ban": "paper__subject"}
_GONE = "Văn bản này vừa được ghi ngày nhận, trả lại hay thu hồi; hãy tải lại trang để xem."


@dataclass(frozen=True, slots=True)
class Row:
    delivery: Delivery
    name: str
    typed: str
    error: str


class ReceiptRows:
    """Sorted and searched by the address; ``posted`` is None where nothing was typed yet."""

    def __init__(self, user: Any, query: QueryDict, posted: QueryDict | None) -> None:
        self.user = user
        self.words = query.get("q", "").strip()
        self.sort = query.get("xep", "") if query.get("xep", "") in _SORTS else "noi-gui"
        found = search(selectors.receivable_deliveries(user), self.words)
        rows = list(found.order_by(_SORTS[self.sort], "receiver_words", "sent_on", "pk")[: MOST_ROWS + 1])
        self.has_more = len(rows) > MOST_ROWS
        self.deliveries = rows[:MOST_ROWS]
        self.typed = _typed(posted)
        self.errors: dict[int, str] = {}
        self.gone = ""

    def __iter__(self) -> Any:
        for one in self.deliveries:
            yield Row(one, f"{FIELD}{one.pk}", self.typed.get(one.pk, ""), self.errors.get(one.pk, ""))

    def __len__(self) -> int:
        return len(self.deliveries)

    def save(self) -> int:
        """How many were recorded; 0 where something is wrong, which then stands in ``errors`` by row."""
        by_pk = {one.pk: one for one in self.deliveries}
        days: dict[Delivery, dt.date] = {}
        for pk, text in self.typed.items():
            if pk not in by_pk:
                self.errors[pk] = self.gone = _GONE
                continue
            try:
                days[by_pk[pk]] = read_day(text)
            except UnfitCell as error:
                self.errors[pk] = f"{str(error)[:1].upper()}{str(error)[1:]}."
        self.errors |= {one.pk: said for one, day in days.items() if (said := services.receipt_error(one, day))}
        if not self.typed:
            self.errors[0] = self.gone = "Chưa ghi ngày nhận ở dòng nào."
        if self.errors:
            return 0
        sides = {one.pk: side for one in days if (side := side_of(self.user, one))}
        try:
            services.receive_many(days, actor=self.user, sides=sides)
        except services.UnfitDays as error:
            self.errors = error.errors
            return 0
        return len(days)


def _typed(posted: QueryDict | None) -> dict[int, str]:
    """Id of the delivery → what was typed; blank fields say nothing."""
    found = {}
    for name, value in (posted or {}).items():
        number = name.removeprefix(FIELD)
        if name.startswith(FIELD) and number.isdecimal() and len(number) < 19 and str(value).strip():
            found[int(number)] = str(value).strip()[:40]
    return found
