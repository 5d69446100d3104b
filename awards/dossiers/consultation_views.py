"""Hiệp y: the lists that went to other bodies, a new one, and what came back: typed, or pasted from a table."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.dossiers import doors
from awards.dossiers.answers import Answered, Asked, Says, read_answers
from awards.dossiers.consulting import Asked as Question
from awards.dossiers.consulting import Said, answer_due, consult, record_answers, stamp
from awards.dossiers.consulting import remove as remove_consultation
from awards.dossiers.forms import AnswersForm, ConsultForm, PasteForm, proof_of
from awards.dossiers.nominee_views import refuse
from awards.models import Consultation, Nominee, Opinion, Round
from awards.shipped import award_name
from awards.states import LIVE
from campaigns.results.evidence import Proof
from core.errors import AppError, UnfitField
from core.states import EditedMeanwhile

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
_TAKE = "lay"


@require_safe
def consultations(request: HttpRequest, pk: int) -> HttpResponse:
    award_round = doors.round_seen(request, pk)
    today = timezone.localdate()
    rows = list(
        award_round.consultations.annotate(
            asked=Count("opinions"),
            waiting=Count("opinions", filter=Q(opinions__says="")),
            objects=Count("opinions", filter=Q(opinions__says=Opinion.Says.OBJECTS)),
        ).order_by("-sent_on", "-pk")
    )
    shown = [(row, _state(row, row.waiting, today)) for row in rows]
    waiting = sum(bool(row.waiting) for row in rows)
    context = {
        "title": "Lấy ý kiến hiệp y",
        "standing": f"{len(rows)} cơ quan được hỏi, {waiting} cơ quan chưa trả lời đủ."
        if rows
        else "Chưa hỏi cơ quan nào.",
        "round": award_round,
        "rows": shown,
        "may_work": request.user.has_perm(doors.RUN, award_round),
    }
    return render(request, "awards/dossiers/consultations.html", context)


def _state(row: Consultation, waiting: int, today: Any) -> dict[str, str]:
    """How it stands, as ``state_badge`` shows it."""
    if not waiting:
        return {"look": "answered", "word": "", "note": ""}
    if row.due and row.due < today:
        return {"look": "overdue", "word": "Quá hạn trả lời", "note": f"quá {(today - row.due).days} ngày"}
    return {"look": "waiting", "word": "Chờ trả lời", "note": ""}


@get_or_post
def new(request: HttpRequest, pk: int) -> HttpResponse:
    award_round = doors.round_to_work(request, pk)
    choices = _choices(award_round)
    initial = {"nominees": [pk for pk, _ in choices]}
    form = ConsultForm(request.POST or None, choices=choices, initial=initial)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        question = Question(said["body"], said["about"], said["sent_on"], said["days"], said["nominees"])
        try:
            row = consult(award_round, actor=request.user, asked=question)
        except AppError as error:
            refuse(form, error)
        else:
            messages.success(request, f"Đã ghi danh sách hỏi {row.body}.")
            return redirect("awards:consultation", row.pk)
    context = {
        "title": "Hỏi ý kiến một cơ quan",
        "standing": f"{award_round}. Mỗi cơ quan một danh sách; trả lời được dán lại từ Excel, Word hoặc nhập.",
        "round": award_round,
        "form": form,
        "has_nominees": bool(choices),
        "usual_due": answer_due(award_round.unit_id, timezone.localdate(), form.fields["days"].initial or 0),
    }
    return render(request, "awards/dossiers/consultation_new.html", context, status=422 if form.errors else 200)


def _choices(award_round: Round) -> list[tuple[int, str]]:
    rows = Nominee.objects.filter(round=award_round, state__in=LIVE).order_by("order", "pk")
    return [
        (pk, f"{name}{f', {year}' if year else ''}, {award_name(award)}")
        for pk, name, year, award in rows.values_list("pk", "name", "birth_year", "award")
    ]


# -- One list --------------------------------------------------------------------------------


@get_or_post
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    row = doors.consultation_seen(request, pk)
    if request.method == "POST":
        row = doors.consultation_to_work(request, pk)
    form = AnswersForm(request.POST or None, request.FILES or None)
    errors: dict[str, str] = {}
    if form.is_bound and form.is_valid():
        try:
            count = record_answers(
                row,
                actor=request.user,
                said=_said(request),
                was=_was(request),
                day=form.cleaned_data["answered_on"],
                proof=proof_of(form),
            )
        except EditedMeanwhile:
            messages.warning(request, "Vừa có người ghi ý kiến của cơ quan này; xem lại rồi ghi lần nữa.")
            return redirect("awards:consultation", pk)
        except UnfitField as error:
            errors[error.field] = str(error)
            refuse(form, error)
        except AppError as error:
            refuse(form, error)
        else:
            messages.success(request, f"Đã ghi ý kiến của {row.body} về {count} đối tượng.")
            return redirect("awards:consultation", pk)
    return _show(request, row, form, PasteForm(), errors)


def _said(request: HttpRequest) -> dict[int, Said]:
    found: dict[int, Said] = {}
    for name, value in request.POST.items():
        kind, _, pk = name.partition("-")
        if kind == "says" and pk.isascii() and pk.isdecimal():
            found[int(pk)] = Said(str(value), request.POST.get(f"note-{pk}", ""))
    return found


def _was(request: HttpRequest) -> dict[int, str]:
    named = {name.partition("-")[2]: str(value) for name, value in request.POST.items() if name.startswith("was-")}
    return {int(pk): value for pk, value in named.items() if pk.isascii() and pk.isdecimal()}


def _show(
    request: HttpRequest, row: Consultation, form: AnswersForm, paste_form: PasteForm, errors: dict[str, str]
) -> HttpResponse:
    opinions = list(row.opinions.select_related("nominee").order_by("nominee__order", "pk"))
    waiting = sum(one.says == Opinion.Says.WAITING for one in opinions)
    due = f", trả lời trước ngày {row.due:%d/%m/%Y}" if row.due else ""
    state = _state(row, waiting, timezone.localdate())
    rows = [
        {
            "opinion": one,
            "says": request.POST.get(f"says-{one.pk}", one.says),
            "note": request.POST.get(f"note-{one.pk}", one.note),
            "was": stamp(one),
            "award": award_name(one.nominee.award),
            "error": errors.get(f"note-{one.pk}") or errors.get(f"says-{one.pk}"),
        }
        for one in opinions
    ]
    context = {
        "title": f"Hiệp y: {row.body}",
        "standing": f"Hỏi ngày {row.sent_on:%d/%m/%Y}{due}, về {row.about}. {_how_many(len(opinions), waiting)}",
        "round": row.round,
        "consultation": row,
        "state": state,
        "rows": rows,
        "form": form,
        "paste_form": paste_form,
        "choices": Opinion.Says.choices,
        "may_work": request.user.has_perm(doors.RUN, row),
        "may_see": request.user.has_perm(doors.SEE, row),
        "may_remove": waiting == len(opinions) and row.answer_id is None,
    }
    refused = form.errors or errors or paste_form.errors
    return render(request, "awards/dossiers/consultation.html", context, status=422 if refused else 200)


def _how_many(total: int, waiting: int) -> str:
    return f"Còn {waiting}/{total} đối tượng chờ trả lời." if waiting else f"Đã trả lời đủ {total} đối tượng."


@require_POST
def paste(request: HttpRequest, pk: int) -> HttpResponse:
    row = doors.consultation_to_work(request, pk)
    form = PasteForm(request.POST)
    opinions = {one.nominee_id: one for one in row.opinions.select_related("nominee")}
    asked = [Asked(pk, one.nominee.name, one.nominee.birth_year) for pk, one in opinions.items()]
    form.is_valid()
    try:
        read = read_answers(form.cleaned_data.get("text", ""), form.cleaned_data.get("html", ""), asked)
    except AppError as error:
        form.add_error("text", str(error))
        return _show(request, row, AnswersForm(), form, {})
    chosen = [_chosen(request, one) for one in read.rows]
    if request.POST.get("viec") == _TAKE:
        answer = _taken(request, row, opinions, read.rows, chosen)
        if answer is not None:
            return answer
    rows = [
        {"row": one, "who": who, "says": says, "choices": [opinions[pk].nominee for pk in one.choices]}
        for one, (who, says) in zip(read.rows, chosen, strict=True)
    ]
    asks = sum(not who or not says for who, says in chosen)
    context = {
        "title": "Xem lại bảng trả lời vừa dán",
        "standing": f"{len(rows)} dòng, {asks} dòng cần bạn xem. Chưa ghi gì.",
        "round": row.round,
        "consultation": row,
        "rows": rows,
        "left": read.left,
        "form": form,
        "text": request.POST.get("text", ""),
        "html": request.POST.get("html", ""),
        "today": timezone.localdate(),
        "answered_on": request.POST.get("answered_on", ""),
    }
    status = 422 if request.POST.get("viec") == _TAKE else 200
    return render(request, "awards/dossiers/consultation_paste.html", context, status=status)


def _chosen(request: HttpRequest, row: Answered) -> tuple[int | None, str]:
    """What the officer answered, else what was read. «0»: this row is left out."""
    if f"ai-{row.number}" not in request.POST:
        return row.who, row.says or ""
    who = request.POST[f"ai-{row.number}"]
    says = request.POST.get(f"noi-{row.number}", "")
    return (int(who) if who.isascii() and who.isdecimal() else None), says


def _taken(
    request: HttpRequest,
    row: Consultation,
    opinions: dict[int, Opinion],
    rows: list[Answered],
    chosen: list[tuple[int | None, str]],
) -> HttpResponse | None:
    said: dict[int, Said] = {}
    for one, (who, says) in zip(rows, chosen, strict=True):
        if not who:
            continue
        if who not in opinions or says not in {Says.CLEAR, Says.OBJECTS}:
            messages.warning(request, f"Dòng {one.number}: chọn đối tượng và ý kiến, hoặc chọn không lấy dòng này.")
            return None
        if opinions[who].pk in said:
            messages.warning(request, f"Dòng {one.number}: {opinions[who].nominee.name} đã có ở dòng trước.")
            return None
        note = one.note or ("Không thống nhất, không nêu lý do." if says == Says.OBJECTS else "")
        said[opinions[who].pk] = Said(says, note)
    form = AnswersForm({"answered_on": request.POST.get("answered_on", "")})
    if not said or not form.is_valid():
        messages.warning(request, "Chưa có dòng nào để ghi." if not said else "Ghi ngày trả lời, ví dụ 10/12/2026.")
        return None
    try:
        day = form.cleaned_data["answered_on"]
        count = record_answers(row, actor=request.user, said=said, was={}, day=day, proof=Proof())
    except AppError as error:
        messages.warning(request, str(error))
        return None
    messages.success(request, f"Đã ghi ý kiến của {row.body} về {count} đối tượng.")
    return redirect("awards:consultation", row.pk)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = doors.consultation_to_work(request, pk)
    round_pk = row.round_id
    try:
        remove_consultation(row, actor=request.user)
    except AppError as error:
        messages.warning(request, str(error))
        return redirect("awards:consultation", pk)
    messages.success(request, "Đã xóa danh sách hỏi.")
    return redirect("awards:consultations", round_pk)
