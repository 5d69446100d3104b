"""The page of one subject: what it was given, where it stood before, and «là cùng đối tượng»."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from awards.models import Subject
from awards.register import subjects
from awards.register.forms import show_at_field
from awards.register.views import KEEP
from awards.selectors import visible_subjects
from awards.shipped import award_name
from core.errors import AppError
from core.history import history_lines

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


class ReasonForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(label="Lý do", max_length=subjects.REASON, error_messages={"required": "Ghi lý do."})


class JoinForm(ReasonForm):
    other = forms.ModelChoiceField(
        label="Là cùng đối tượng với",
        queryset=Subject.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Chọn một dòng.", "invalid_choice": "Chọn một dòng trong danh sách."},
    )
    field_order = ("other", "reason")

    def __init__(self, *args: Any, candidates: list[Subject], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["other"]
        field.queryset = Subject.objects.filter(pk__in=[one.pk for one in candidates])
        field.choices = [(one.pk, told(one)) for one in candidates]


def told(subject: Subject) -> str:
    """«Nguyễn Thị Hoa, sinh 1980, Trường Tiểu học số 1; sổ của xã Yên Bình»."""
    birth = f"sinh {subject.birth_year}" if subject.birth_year else ""
    where = subject.part or subject.lower or ""
    words = ", ".join(str(one) for one in (subject.name, birth, where) if one)
    return f"{words}; sổ của {subject.unit.title}"


@require_safe
def subject(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible_subjects(request.user), pk=pk)
    ids = subjects.row_ids(found)
    rows = list(subjects.rows_of(request.user, ids))
    grants = list(subjects.grants_of(request.user, ids))
    may_keep = request.user.has_perm(KEEP, found)
    standing_grants = [one for one in grants if not hasattr(one, "reversed_by")]
    context = {
        "title": f"{found.honorific} {found.name}".strip(),
        "standing": (
            f"{found.get_kind_display()}; {len(standing_grants)} lần được khen thưởng đang có hiệu lực."
            if grants
            else f"{found.get_kind_display()}; chưa có khen thưởng nào trong sổ."
        ),
        "subject": found,
        "rows": [(one, told(one)) for one in rows],
        "grants": grants,
        "underway": [(one, award_name(one.award)) for one in subjects.underway_of(request.user, ids)],
        "may_keep": may_keep,
        "has_candidates": may_keep and bool(subjects.candidates_for(request.user, found, ids)),
        "history": history_lines(rows) if may_keep else [],
    }
    return render(request, "awards/register/subject.html", context)


def _to_keep(request: HttpRequest, pk: int) -> Subject:
    found = get_object_or_404(visible_subjects(request.user), pk=pk)
    if not request.user.has_perm(KEEP, found):
        raise PermissionDenied
    return found


@get_or_post
def join(request: HttpRequest, pk: int) -> HttpResponse:
    found = _to_keep(request, pk)
    candidates = subjects.candidates_for(request.user, found, subjects.row_ids(found))
    if not candidates:
        messages.info(request, "Không có dòng nào khác trong sổ có thể là cùng đối tượng này.")
        return redirect("awards:subject", pk)
    form = JoinForm(request.POST if request.method == "POST" else None, candidates=candidates)
    if form.is_valid():
        said = form.cleaned_data
        try:
            subjects.join(found, said["other"], actor=request.user, reason=said["reason"])
        except AppError as error:
            show_at_field(form, error)
        else:
            messages.success(request, "Đã ghi là cùng đối tượng. Lịch sử khen thưởng được xem chung.")
            return redirect("awards:subject", pk)
    texts = {
        "title": "Là cùng đối tượng",
        "told": "Sau khi ghi, các lần khen thưởng ở hai dòng được tính chung khi xét điều kiện.",
        "submit": "Ghi là cùng đối tượng",
    }
    return _form(request, found, form, texts)


@get_or_post
def part(request: HttpRequest, pk: int) -> HttpResponse:
    found = _to_keep(request, pk)
    if found.continues is None:
        messages.info(request, "Dòng này không nối với dòng nào trước đó.")
        return redirect("awards:subject", pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            subjects.part(found, actor=request.user, reason=form.cleaned_data["reason"])
        except AppError as error:
            show_at_field(form, error)
        else:
            messages.success(request, "Đã tách. Mỗi dòng có lịch sử khen thưởng riêng.")
            return redirect("awards:subject", pk)
    texts = {
        "title": "Không phải cùng đối tượng",
        "told": f"Tách khỏi: {told(found.continues)}.",
        "submit": "Tách thành hai đối tượng",
    }
    return _form(request, found, form, texts)


def _form(request: HttpRequest, found: Subject, form: forms.Form, texts: dict[str, str]) -> HttpResponse:
    context = {**texts, "standing": told(found), "subject": found, "form": form}
    return render(request, "awards/register/subject_form.html", context, status=422 if form.errors else 200)
