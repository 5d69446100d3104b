"""«Lấy từ phong trào, cụm thi đua» and «Xác định đối tượng»."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from awards.collecting import identifying, presenters, sources
from awards.collecting.doors import run_nominee, run_round
from awards.collecting.wording import award_choices
from awards.models import Round
from awards.models.common import RecipientKind
from core.errors import AppError, UnfitField, UnfitRow

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
_QUESTIONS = 25
_LATER = "de-sau"


class OfferForm(forms.Form):
    """For each offer whether it is taken and for which award."""

    def __init__(self, *args: Any, offers: list[sources.Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        choices = [("", "Chọn…"), *award_choices()]
        for one in offers:
            self.fields[f"lay-{one.key}"] = forms.BooleanField(
                label=f"Lấy {one.name}", required=False, initial=bool(one.award)
            )
            self.fields[f"hinh-thuc-{one.key}"] = forms.ChoiceField(
                label=f"Đề nghị cho {one.name}", required=False, choices=choices, initial=one.award
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        picked = [one for one in self.offers if said.get(f"lay-{one.key}")]
        if not picked:
            raise forms.ValidationError("Chưa chọn đối tượng nào.")
        for one in picked:
            if not said.get(f"hinh-thuc-{one.key}"):
                self.add_error(f"hinh-thuc-{one.key}", f"Chọn danh hiệu, hình thức đề nghị cho {one.name}.")
        return said

    def picks(self) -> dict[str, str]:
        said = self.cleaned_data
        return {one.key: said[f"hinh-thuc-{one.key}"] for one in self.offers if said.get(f"lay-{one.key}")}


@get_or_post
def take_sources(request: HttpRequest, pk: int) -> HttpResponse:
    found = run_round(request, pk)
    every = sources.offers_of(found, request.user)
    offers = [one for one in every if not one.is_there]
    form = OfferForm(request.POST if request.method == "POST" else None, offers=offers)
    if form.is_valid():
        try:
            count = sources.take_offers(found, actor=request.user, picks=form.picks())
        except (UnfitRow, AppError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Đã đưa {count} đối tượng vào danh sách đề nghị.")
            return redirect("awards:round", pk)
    there = len(every) - len(offers)
    more = f" {there} đối tượng đã có trong danh sách." if there else ""
    context = {
        "title": "Lấy từ phong trào, cụm thi đua",
        "standing": f"{len(offers)} đối tượng được suy tôn hoặc là điển hình, có đề nghị khen thưởng.{more}",
        "round": found,
        "form": form,
        "rows": [_offer(one, form) for one in offers],
    }
    return render(request, "awards/collecting/sources.html", context, status=422 if form.errors else 200)


def _offer(one: sources.Offer, form: OfferForm) -> dict[str, Any]:
    return {
        "offer": one,
        "kind": RecipientKind(one.kind).label,
        "take": form[f"lay-{one.key}"],
        "award": form[f"hinh-thuc-{one.key}"],
    }


# -- Who it is -----------------------------------------------------------------------------


@get_or_post
def identify(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks about the first ones; the answers of a page are kept together."""
    found = run_round(request, pk)
    every = identifying.questions(found)
    page = Paginator(every, _QUESTIONS).get_page(1)
    asked, errors = list(page.object_list), {}
    if request.method == "POST":
        picks = {one.nominee.pk: request.POST.get(f"ai-{one.nominee.pk}", "") for one in every}
        picks = {key: value for key, value in picks.items() if value and value != _LATER}
        try:
            count = identifying.settle(found, actor=request.user, picks=picks) if picks else 0
        except UnfitField as error:
            errors = {error.field: str(error)}
        except AppError as error:
            messages.info(request, str(error))
            return redirect("awards:identify", pk)
        else:
            return _settled(request, found, count)
    context = {
        "title": "Xác định đối tượng",
        "standing": _sentence(len(every)),
        "round": found,
        "rows": [_question(one, request, errors) for one in asked],
        "errors": errors,
        "left": len(every) - len(asked),
    }
    return render(request, "awards/collecting/identify.html", context, status=422 if errors else 200)


def _sentence(count: int) -> str:
    if not count:
        return "Mọi đối tượng trong danh sách đã được xác định."
    return f"{count} đối tượng trùng tên với người, tập thể đã có: chọn là một hay là khác, để thành tích không lẫn."


def _settled(request: HttpRequest, found: Round, count: int) -> HttpResponse:
    if not count:
        messages.info(request, "Chưa chọn đối tượng nào là ai.")
        return redirect("awards:identify", found.pk)
    messages.success(request, f"Đã xác định {count} đối tượng.")
    left = identifying.unknown_rows(found).count()
    return redirect("awards:identify" if left else "awards:round", found.pk)


def _question(one: identifying.Question, request: HttpRequest, errors: dict[str, str]) -> dict[str, Any]:
    name = f"ai-{one.nominee.pk}"
    return {
        "row": presenters.nominee_row(one.nominee, {}),
        "place": str(one.nominee.proposal),
        "name": name,
        "choices": one.choices,
        "chosen": request.POST.get(name, ""),
        "error": errors.get(str(one.nominee.pk), ""),
    }


@require_POST
def take_apart(request: HttpRequest, pk: int, nominee_pk: int) -> HttpResponse:
    """«Xác định lại»: it was somebody else."""
    nominee = run_nominee(request, pk, nominee_pk)
    try:
        identifying.undo(nominee, actor=request.user)
    except AppError as error:
        messages.info(request, str(error))
        return redirect("awards:proposal", pk, nominee.proposal_id)
    return redirect("awards:identify", pk)
