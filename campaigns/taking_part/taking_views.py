"""«Yêu cầu các nơi đăng ký» and «Nhận vào đăng ký»: asking by one-time links and lists, taking what came."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from campaigns.models import Campaign
from campaigns.taking_part import matching, promises, selectors, taking
from campaigns.taking_part.forms import AskForm, TakeForm, usual_due
from campaigns.taking_part.views import get_or_post, writable
from core.errors import AppError, UnfitField
from core.states import MovedMeanwhile
from reminders.asking.presenters import part_groups
from units.models import Part, Unit

_NOT_HERE = "Đơn vị cấp dưới đăng ký bằng văn bản gửi đến; nhập vào dòng của đơn vị đó khi nhận được."


@get_or_post
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Those of whom nothing came are ticked; the request's own page sends it out."""
    campaign = writable(request, pk)
    if campaign.unit.kind != Unit.Kind.COMMUNE:
        messages.info(request, _NOT_HERE)
        return redirect("campaigns:registrations", pk)
    places = selectors.places_of(campaign)
    offered = [one.place for one in places if isinstance(one.place, Part)]
    missing = [one.place.pk for one in places if one.is_missing]
    initial = {"title": "Đăng ký thi đua", "due": usual_due(campaign), "body": _body(campaign), "parts": missing}
    form = AskForm(request.POST if request.method == "POST" else None, offered=offered, initial=initial)
    if form.is_valid() and (made := _asked(request, campaign, form)):
        messages.success(request, "Đã lập yêu cầu đăng ký. Xem lại rồi gửi cho các nơi.")
        return redirect("reminders:request", made)
    context = {
        "title": "Yêu cầu các nơi đăng ký",
        "standing": f"{campaign.title}: {len(missing)} nơi chưa gửi đăng ký được chọn sẵn.",
        "campaign": campaign,
        "form": form,
        "groups": part_groups(campaign.unit, offered),
        "columns": matching.COLUMNS,
    }
    return render(request, "campaigns/registration_ask.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest, campaign: Campaign, form: AskForm) -> int | None:
    said = form.cleaned_data
    values: dict[str, Any] = {name: said[name] for name in ("title", "body", "due", "parts")}
    try:
        return taking.ask_places(campaign, actor=request.user, **values).pk
    except UnfitField as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None


def _body(campaign: Campaign) -> str:
    name = campaign.title.rstrip(".")
    name = f"{name[:1].lower()}{name[1:]}" if name.lower().startswith("phong trào") else f"phong trào {name}"
    return (
        f"Đăng ký tham gia {name}.\n"
        "Mỗi dòng một tập thể hoặc một cá nhân: họ và tên (hoặc tên tập thể), chức vụ, danh hiệu đăng ký, chỉ tiêu "
        "đăng ký. Nhiều danh hiệu hoặc nhiều chỉ tiêu thì cách nhau bằng dấu chấm phẩy."
    )


@get_or_post
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """What came and is not taken yet, row by row: of whom each is, and what would become of it."""
    campaign = writable(request, pk)
    shown = taking.shown(campaign)
    form = TakeForm(request.POST if request.method == "POST" else None, shown=shown)
    if request.method == "POST" and not shown:
        messages.info(request, taking.NothingToTake.message)
        return redirect("campaigns:registrations", pk)
    if form.is_valid() and (answer := _taken(request, campaign, form)):
        return answer
    rows = sum(len(one.lines) for one in shown)
    context = {
        "title": "Nhận vào đăng ký",
        "standing": _standing(len(shown), rows, sum(len(one.faulty) for one in shown)),
        "campaign": campaign,
        "form": form,
        "answers": [_answer(one, form, campaign) for one in shown],
    }
    return render(request, "campaigns/registration_take.html", context, status=422 if form.errors else 200)


def _standing(answers: int, rows: int, faulty: int) -> str:
    if not answers:
        return "Không còn nội dung nào gửi về mà chưa nhận."
    wrong = f", {faulty} dòng không nhận được" if faulty else ""
    return f"{answers} nơi đã gửi, {rows} dòng{wrong}. Chưa dòng nào được ghi; hãy xem rồi nhận."


def _taken(request: HttpRequest, campaign: Campaign, form: TakeForm) -> HttpResponse | None:
    here = redirect("campaigns:registration_take", campaign.pk)
    try:
        taken = taking.take(campaign, actor=request.user, picks=form.picks())
    except UnfitField as error:
        field = f"ai-{error.field}"
        form.add_error(field if field in form.fields else None, str(error))
        return None
    except (taking.OtherThanShown, MovedMeanwhile) as error:
        messages.warning(request, str(error))
        return here
    except AppError as error:
        messages.info(request, str(error))
        return redirect("campaigns:registrations", campaign.pk)
    people = f" Thêm {len(taken.people)} người mới vào danh sách của đơn vị." if taken.people else ""
    messages.success(
        request,
        f"Đã nhận nội dung của {taken.answers} nơi: {taken.added} đăng ký mới, {taken.changed} đăng ký sửa.{people}",
    )
    return redirect("campaigns:registrations", campaign.pk)


def _answer(one: taking.Shown, form: TakeForm, campaign: Campaign) -> dict[str, Any]:
    targets = {target.pk: target for target in campaign.targets.all()}
    answer = one.answer
    return {
        "answer": answer,
        "take": form[f"nhan-{answer.pk}"],
        "seen": form[f"xem-{answer.pk}"],
        "url": reverse("reminders:ask", args=[answer.ask.request_id, answer.ask_id]),
        "lines": [_line(line, form, answer.pk, targets) for line in one.lines],
        "good": len(one.good),
    }


def _line(line: taking.Line, form: TakeForm, answer: int, targets: Any) -> dict[str, Any]:
    proposal = line.proposal
    return {
        "line": line,
        "name": proposal.name,
        "post": proposal.post,
        "titles": proposal.titles,
        "promises": [promises.in_words(one, targets) for one in proposal.promises],
        "who": proposal.choices[0].label if proposal.is_sure else "",
        "asked": form[f"ai-{answer}-{proposal.number}"] if line.is_asked else None,
        "outcome": _OUTCOMES.get(line.outcome, ("", "")),
    }


_OUTCOMES = {
    taking.ADD: ("not_due", "Đăng ký mới"),
    taking.CHANGE: ("in_progress", "Sửa đăng ký đã có"),
    taking.KEEP: ("done", "Đã có, giống hệt"),
    taking.REFUSE: ("overdue", "Không nhận"),
}
"""Outcome → look and words."""
