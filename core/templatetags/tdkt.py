"""Tags that every page uses: states, lists, ways back, numbers as people write them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.db import models
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide

from core.paging import PAGE_PARAMETER, SORT_PARAMETER, ListPage, remembered_query

register = template.Library()


@dataclass(frozen=True, slots=True)
class Look:
    """How a state shows itself: never by colour alone."""

    word: str
    tone: str
    shape: str


STATES = {
    # tasks
    "undated": Look("Chưa có hạn", "waiting", "circle-dashed"),
    "not_due": Look("Chưa đến hạn", "waiting", "circle"),
    "due_today": Look("Đến hạn hôm nay", "active", "contrast"),
    "in_progress": Look("Đang thực hiện", "active", "contrast"),
    "done": Look("Đã hoàn thành", "done", "circle-check"),
    "overdue": Look("Quá hạn", "late", "circle-alert"),
    "past": Look("Đã qua hạn", "waiting", "circle-minus"),
    "dropped": Look("Không thực hiện", "dropped", "circle-slash"),
    # papers
    "draft": Look("Dự thảo", "waiting", "circle-dashed"),
    "submitted": Look("Đã trình", "active", "contrast"),
    "approved": Look("Đã duyệt", "active", "clipboard-check"),
    "returned": Look("Trả lại", "late", "undo-2"),
    "signed": Look("Đã ký", "active", "pen-line"),
    "issued": Look("Đã ban hành", "done", "circle-check"),
    # papers on their way to another unit; returned as above
    "sent": Look("Đã gửi, chưa nhận", "active", "send"),
    "received": Look("Đã nhận", "done", "mail-check"),
    "answered": Look("Đã trả lời", "done", "reply"),
    "withdrawn": Look("Đã thu hồi", "waiting", "circle-slash"),
    # the signed copy beside the paper
    "match": Look("Khớp", "done", "circle-check"),
    "differ": Look("Khác", "active", "diff"),
    "cannot": Look("Không so được", "waiting", "circle-minus"),
    # work in the background; done is "Đã xong" there
    "waiting": Look("Đang chờ", "waiting", "circle"),
    "running": Look("Đang làm", "active", "contrast"),
    "failed": Look("Không xong", "late", "circle-alert"),
    # what is said to people
    "undelivered": Look("Không gửi được", "late", "circle-x"),
    "uncertain": Look("Không rõ đã đến chưa", "late", "circle-question-mark"),
    "missed": Look("Đã lỡ", "late", "clock-alert"),
    "settled": Look("Không còn cần gửi", "waiting", "circle-slash"),
    "unread": Look("Chưa đọc", "active", "circle-dot"),
    "read": Look("Đã đọc", "waiting", "mail-open"),
    # rows with dates
    "in_force": Look("Đang hoạt động", "done", "circle-check"),
    "future": Look("Chưa đến ngày", "waiting", "circle"),
    "ended": Look("Đã thôi", "waiting", "circle-slash"),
    "unverified": Look("Chưa đối chiếu", "waiting", "circle-dashed"),
}


@register.simple_tag
def state_badge(state: str, word: str = "", note: str = "") -> SafeString:
    """``{% state_badge task.state word=task.state.label note="quá 3 ngày" %}``: shape, word and colour.

    ``word`` replaces the usual word of the state, ``note`` follows it in brackets.
    """
    look = STATES[state]
    tail = format_html(' <span class="state-note">({})</span>', note) if note else ""
    icon = lucide(look.shape, size=18, aria_hidden="true")
    return format_html(
        '<span class="state state-{}">{} <span class="state-word">{}</span>{}</span>',
        look.tone,
        icon,
        word or look.word,
        tail,
    )


@register.inclusion_tag("_sort_head.html", takes_context=True)
def sort_head(context: dict[str, Any], page: ListPage, key: str, label: str, css: str = "") -> dict[str, Any]:
    """A column's head that sorts: ``{% sort_head page "ten" "Tên" %}``."""
    active = page.sort.removeprefix("-") == key
    descending = active and page.sort.startswith("-")
    query = context["request"].GET.copy()
    query.pop(PAGE_PARAMETER, None)
    query[SORT_PARAMETER] = f"-{key}" if active and not descending else key
    direction = ("descending" if descending else "ascending") if active else ""
    return {"label": label, "href": f"?{query.urlencode()}", "direction": direction, "css": css}


@register.simple_tag(takes_context=True)
def list_url(context: dict[str, Any], name: str, *args: Any) -> str:
    """The way back to a list, with the filters last used there."""
    path = reverse(name, args=args)
    query = remembered_query(context["request"], path) if "request" in context else ""
    return f"{path}?{query}" if query else path


@register.simple_tag
def links(rows: Iterable[models.Model], name: str) -> SafeString:
    """Rows as a running list of links: ``{% links day.whole "units:detail" %}``."""
    return format_html_join(", ", '<a href="{}">{}</a>', ((reverse(name, args=[row.pk]), row) for row in rows))


@register.filter
def file_size(size: int) -> str:
    """1.536 KB as «1,5 MB»: one decimal, decimal comma."""
    for unit, limit in (("KB", 1 << 20), ("MB", 1 << 30)):
        if size < limit:
            value = size / (limit >> 10)
            return f"{value:.1f}".removesuffix(".0").replace(".", ",") + f" {unit}"
    return f"{size / (1 << 30):.1f}".replace(".", ",") + " GB"
