"""The page on which a campaign is linked to the superior's that it answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from campaigns.models import Campaign
from campaigns.running import selectors
from campaigns.running.answering import has_gone_up, link_parent, unlink_parent
from campaigns.running.doors import writable
from core.errors import AppError, UnfitField
from core.forms import RowByName

UNLINK = "bo"


class ParentForm(forms.Form):
    use_required_attribute = False

    parent = RowByName(
        label="Phong trào của cấp trên",
        unknown="Không có phong trào này, hoặc đơn vị đã hưởng ứng bằng phong trào khác.",
        help_text="Gõ tên rồi chọn trong các phong trào đã gửi đến đơn vị.",
        error_messages={"required": "Chọn phong trào của cấp trên."},
    )

    def __init__(self, *args: Any, parents: list[Campaign], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["parent"]
        field.offer(parents, lambda one: f"{one.unit}, năm {one.year}")
        if len(parents) == 1:
            field.initial = parents[0]


@require_http_methods(["GET", "HEAD", "POST"])
def parent(request: HttpRequest, pk: int) -> HttpResponse:
    """«Bỏ liên kết» stands in «viec»."""
    found = writable(request, pk)
    if request.method == "POST" and request.POST.get("viec") == UNLINK:
        return _unlinked(request, found)
    parents = selectors.parents_to_link(request.user, found)
    form = ParentForm(request.POST or None, parents=parents)
    if form.is_valid() and _is_linked(request, form, found):
        return redirect("campaigns:campaign", pk)
    context = {
        "title": "Gắn với phong trào của cấp trên",
        "standing": found.title,
        "campaign": found,
        "form": form,
        "has_some": bool(parents),
        "has_gone_up": has_gone_up(found),
    }
    return render(request, "campaigns/parent.html", context, status=422 if form.errors else 200)


def _is_linked(request: HttpRequest, form: ParentForm, found: Campaign) -> bool:
    chosen = form.cleaned_data["parent"]
    try:
        link_parent(found, actor=request.user, parent=chosen)
    except UnfitField as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    except AppError as error:
        form.add_error(None, str(error))
    else:
        messages.success(request, f"Đã gắn với phong trào của {chosen.unit}.")
        return True
    return False


def _unlinked(request: HttpRequest, found: Campaign) -> HttpResponse:
    try:
        unlink_parent(found, actor=request.user)
    except AppError as error:
        messages.info(request, str(error))
    else:
        messages.success(request, "Đã bỏ liên kết với phong trào của cấp trên.")
    return redirect("campaigns:campaign", found.pk)
