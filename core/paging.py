"""Lists: sorted by a whitelist, cut into pages, remembered so that a way back keeps the filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest

from core.text import fold

PAGE_SIZE = 25
LARGEST_PAGE = 100
ALL_ROWS, MOST_ROWS = "tat-ca", 1_000
"""``?dong=tat-ca``: the whole list on one page, to be printed."""
PAGE_PARAMETER, SIZE_PARAMETER, SORT_PARAMETER = "trang", "dong", "xep"

_SESSION_KEY = "lists"
_REMEMBERED_LISTS = 20
_LONGEST_WORD = 100

Sorts = Mapping[str, str | tuple[str, ...]]
"""What may stand in ``?xep=`` (``-`` before it turns it round) → the fields it means."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list, for ``_paging.html`` and ``{% sort_head %}``."""

    rows: list[Any]
    total: int
    number: int
    pages: int
    size: int
    sort: str

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def remaining(self) -> int:
        return self.total - self.last

    @property
    def following(self) -> int:
        """How many rows the next page holds."""
        return min(self.size, self.remaining)

    @property
    def printable(self) -> int:
        """How many rows «Xem tất cả để in» shows; 0 where all stand on this page already."""
        return min(self.total, MOST_ROWS) if self.pages > 1 and self.size < MOST_ROWS else 0

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    def __iter__(self):
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def list_page(request: HttpRequest, queryset: models.QuerySet, *, sorts: Sorts, default: str) -> ListPage:
    """Sort and cut the queryset by the request; two queries however long the list is.

    Every order ends in ``-pk``, else rows of equal rank could show on two pages or on none.
    A page beyond the end is the last one; an unknown sort is the default.
    """
    sort = request.GET.get(SORT_PARAMETER, default)
    if sort.removeprefix("-") not in sorts:
        sort = default
    return _cut(request, queryset.order_by(*_fields(sorts, sort), "-pk"), sort)


def page_of(request: HttpRequest, rows: Sequence[Any]) -> ListPage:
    """The same of rows that were read already: they keep their order."""
    return _cut(request, rows, "")


def _cut(request: HttpRequest, rows: Any, sort: str) -> ListPage:
    remember_list(request)
    wanted = request.GET.get(SIZE_PARAMETER)
    size = MOST_ROWS if wanted == ALL_ROWS else _whole(wanted, PAGE_SIZE, LARGEST_PAGE)
    paginator: Paginator = Paginator(rows, size)
    page = paginator.get_page(_whole(request.GET.get(PAGE_PARAMETER), 1, 10**9))
    return ListPage(list(page.object_list), paginator.count, page.number, paginator.num_pages, size, sort)


def search(queryset: models.QuerySet, text: str, field: str = "search") -> models.QuerySet:
    """Rows whose folded words contain every word of ``text``, in any order, marks or not."""
    for word in fold(text[:_LONGEST_WORD]).split():
        queryset = queryset.filter(**{f"{field}__contains": word})
    return queryset


def remember_list(request: HttpRequest) -> None:
    """Keep the list's filters for ``{% list_url %}``; the session is written only when they changed."""
    lists: dict[str, str] = request.session.get(_SESSION_KEY, {})
    query = request.META.get("QUERY_STRING", "")[:1_000]
    if lists.get(request.path, "") == query:
        return
    kept = {path: old for path, old in lists.items() if path != request.path}
    if query:
        kept[request.path] = query
    request.session[_SESSION_KEY] = dict(list(kept.items())[-_REMEMBERED_LISTS:])


def remembered_query(request: HttpRequest, path: str) -> str:
    session = getattr(request, "session", {})
    return session.get(_SESSION_KEY, {}).get(path, "")


def _fields(sorts: Sorts, sort: str) -> list[str]:
    fields = sorts[sort.removeprefix("-")]
    names = [fields] if isinstance(fields, str) else list(fields)
    if not sort.startswith("-"):
        return names
    return [name.removeprefix("-") if name.startswith("-") else f"-{name}" for name in names]


def _whole(text: str | None, default: int, largest: int) -> int:
    if not text or len(text) > 9 or not text.isdecimal():
        return default
    return min(max(int(text), 1), largest)
