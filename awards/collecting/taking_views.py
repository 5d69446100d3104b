"""«Yêu cầu các nơi gửi danh sách» and «Nhận nội dung các nơi gửi»."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from awards.collecting import selectors, taking
from awards.collecting.doors import run_round
from awards.collecting.taking_forms import AskForm, TakeForm, usual_due
from awards.collecting.wording import year_words
from awards.models import Round
from awards.shipped import award_name
from core.errors import AppError, UnfitField
from reminders.asking.presenters import part_groups
from units.models import Part, Unit

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
_NOT_HERE = "Đơn vị cấp dưới gửi tờ trình và danh sách qua văn bản; nhập danh sách khi nhận được."


@get_or_post
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Those of whom nothing came are ticked; the request's own page sends it out."""
    found = run_round(request, pk)
    if found.unit.kind != Unit.Kind.COMMUNE:
        messages.info(request, _NOT_HERE)
        return redirect("awards:round", pk)
    offered = [one for one in selectors.places_to_send(found) if isinstance(one, Part)]
    there = {row.sender.key for row in selectors.senders_of(found) if row.proposal or row.ask}
    missing = [one.pk for one in offered if f"part-{one.pk}" not in there]
    initial = {
        "title": f"Danh sách đề nghị khen thưởng {year_words(found.year, found.cycle)}",
        "due": usual_due(found),
        "body": _body(found),
        "parts": missing,
    }
    form = AskForm(request.POST if request.method == "POST" else None, offered=offered, initial=initial)
    if form.is_valid() and (made := _asked(request, found, form)):
        messages.success(request, "Đã lập yêu cầu gửi danh sách. Xem lại rồi gửi cho các nơi.")
        return redirect("reminders:request", made)
    context = {
        "title": "Yêu cầu các nơi gửi danh sách",
        "standing": f"{found.name}: {len(missing)} nơi chưa được yêu cầu được chọn sẵn.",
        "round": found,
        "form": form,
        "groups": part_groups(found.unit, offered),
        "columns": taking.COLUMNS,
    }
    return render(request, "awards/collecting/ask.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest, found: Round, form: AskForm) -> int | None:
    said = form.cleaned_data
    values: dict[str, Any] = {name: said[name] for name in ("title", "body", "due", "parts")}
    try:
        return taking.ask_places(found, actor=request.user, **values).pk
    except UnfitField as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None


def _body(found: Round) -> str:
    awards = "; ".join(award_name(code) for code in found.awards)
    asked = f"Đề nghị các danh hiệu, hình thức: {awards}.\n" if awards else ""
    return (
        f"{asked}Mỗi dòng một cá nhân, tập thể hoặc hộ gia đình: họ và tên (hoặc tên tập thể), năm sinh, chức vụ, "
        "danh hiệu hoặc hình thức đề nghị, tóm tắt thành tích trong một hai câu. "
        "Một người đề nghị hai danh hiệu thì cách nhau bằng dấu chấm phẩy."
    )


@get_or_post
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """What came and stands in no list yet, row by row."""
    found = run_round(request, pk)
    shown = taking.shown(found)
    form = TakeForm(request.POST if request.method == "POST" else None, shown=shown)
    if request.method == "POST" and not shown:
        messages.info(request, taking.NothingToTake.message)
        return redirect("awards:round", pk)
    if form.is_valid():
        return _taken(request, found, form)
    rows = sum(len(one.lines) for one in shown)
    context = {
        "title": "Nhận nội dung các nơi gửi",
        "standing": _standing(len(shown), rows, sum(len(one.faulty) for one in shown)),
        "round": found,
        "form": form,
        "answers": [_answer(one, form) for one in shown],
    }
    return render(request, "awards/collecting/take.html", context, status=422 if form.errors else 200)


def _standing(answers: int, rows: int, faulty: int) -> str:
    if not answers:
        return "Không còn nội dung nào gửi về mà chưa nhận."
    wrong = f", {faulty} dòng không nhận được" if faulty else ""
    return f"{answers} nơi đã gửi, {rows} dòng{wrong}. Chưa dòng nào được ghi; hãy xem rồi nhận."


def _taken(request: HttpRequest, found: Round, form: TakeForm) -> HttpResponse:
    try:
        taken = taking.take(found, actor=request.user, picks=form.picks())
    except taking.OtherThanShown as error:
        messages.warning(request, str(error))
        return redirect("awards:answers_take", found.pk)
    except AppError as error:
        messages.info(request, str(error))
        return redirect("awards:round", found.pk)
    changed = f", sửa {taken.changed} đề nghị" if taken.changed else ""
    messages.success(request, f"Đã nhận danh sách của {taken.lists} nơi: {taken.added} đề nghị mới{changed}.")
    return redirect("awards:round", found.pk)


def _answer(one: taking.Shown, form: TakeForm) -> dict[str, Any]:
    answer = one.answer
    return {
        "answer": answer,
        "take": form[f"nhan-{answer.pk}"],
        "seen": form[f"xem-{answer.pk}"],
        "url": reverse("reminders:ask", args=[answer.ask.request_id, answer.ask_id]),
        "lines": [_line(line) for line in one.lines],
        "good": len(one.good),
        "missing": one.missing,
    }


def _line(line: taking.Line) -> dict[str, Any]:
    name, birth, post, award, achievement = line.words
    return {
        "line": line,
        "name": name,
        "more": "; ".join(filter(None, [birth, post])),
        "award": award_name(line.data.award) if line.data else award,
        "achievement": achievement,
        "outcome": _OUTCOMES[line.outcome],
    }


_OUTCOMES = {
    taking.ADD: ("not_due", "Đề nghị mới"),
    taking.CHANGE: ("in_progress", "Sửa đề nghị đã có"),
    taking.KEEP: ("done", "Đã có, giống hệt"),
    taking.REFUSE: ("overdue", "Không nhận"),
}
"""Outcome → look and words."""
