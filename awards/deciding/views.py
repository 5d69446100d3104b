"""Pages of decisions: all of them with what is left of a round, one with its list, its words, its order, its file."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.deciding import presenters, services
from awards.deciding.candidates import Desk, common_deciders, desk_of
from awards.deciding.doors import DECIDE, decision_seen, decision_to_write, round_to_decide
from awards.deciding.facts import facts_of, nominees_of
from awards.deciding.forms import DraftForm, WordsForm
from awards.deciding.lacks import lacks_of
from awards.deciding.lists import NEWEST_FIRST, SORTS, DecisionFilter, decisions_for_list
from awards.deciding.paying import pay_table
from awards.deciding.printing import Printed, file_name, is_big, printed
from awards.deciding.selectors import revoked_in
from awards.deciding.tasks import render_decision
from awards.models import Decision, Round
from awards.money import By
from awards.selectors import visible_rounds
from awards.states import DecisionState
from core import files, jobs
from core.errors import AppError, UnfitField
from core.history import history_lines
from core.paging import list_page, page_of
from core.states import EditedMeanwhile
from documents.rendering import FORMATS
from documents.rendering import render as draw
from documents.rendering.html import paper_body
from plans.task_views import with_year
from units.selectors import issuers_of

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
_FROZEN = {"pdf": "issued_file", "docx": "word_file"}
_EDITED = "Quyết định vừa được người khác sửa. Hãy xem lại rồi làm lần nữa."


# -- All of them -----------------------------------------------------------------------------


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """With ``dot``: of one round, and what of it is left to decide, to send up, to publish."""
    award_round = _round_named(request)
    data = request.GET if award_round else with_year(request)
    found = DecisionFilter(data, decisions_for_list(request.user))
    if award_round is not None:
        found.form.initial = {"dot": award_round.pk}  # the page's own, no filter that somebody set
    page = list_page(request, found.qs, sorts=SORTS, default=NEWEST_FIRST)
    context = {
        "title": f"Quyết định: {award_round}" if award_round else "Quyết định khen thưởng",
        "standing": "Dự thảo, quyết định đã ban hành và quyết định của cấp khác đã ghi nhận.",
        "filter": found,
        "page": page,
        "rows": [(one, presenters.look(one), presenters.named(one)) for one in page.rows],
        "is_filtered": any(
            value for name, value in data.items() if name in found.form.fields and name not in ("nam", "dot")
        ),
        "round": award_round,
    }
    if award_round is not None:
        context |= _desk(request, award_round)
    return render(request, "awards/deciding/list.html", context)


def _round_named(request: HttpRequest) -> Round | None:
    wanted = request.GET.get("dot", "")
    if not wanted.isdecimal():
        return None
    return get_object_or_404(visible_rounds(request.user).select_related("unit__parent"), pk=int(wanted[:18]))


def _desk(request: HttpRequest, award_round: Round) -> dict[str, Any]:
    today = timezone.localdate()
    desk = desk_of(award_round, today)
    held = Decision.objects.filter(round=award_round, state=DecisionState.ISSUED).count()
    may_decide = request.user.has_perm(DECIDE, award_round)
    return {
        "desk": desk,
        "held": held,
        "may_decide": may_decide,
        "decided_above": desk.deciders(today),
        "standing": _desk_sentence(desk, held),
    }


def _desk_sentence(desk: Desk, held: int) -> str:
    here, above = (sum(len(group.nominees) for group in groups) for groups in (desk.here, desk.above))
    parts = [
        f"{here} đối tượng chờ đưa vào quyết định" if here else "",
        f"{above} đối tượng chờ trình cấp trên" if above else "",
        f"{desk.sent} đã trình, chờ cấp trên quyết định" if desk.sent else "",
        f"{desk.waiting} chưa thẩm định hoặc chưa họp xét" if desk.waiting else "",
        f"{held} quyết định chưa công bố" if held else "",
    ]
    said = "; ".join(part for part in parts if part)
    return f"{said[:1].upper()}{said[1:]}." if said else "Không còn đối tượng nào chờ quyết định."


@get_or_post
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    award_round = round_to_decide(request, pk)
    groups = desk_of(award_round, timezone.localdate()).here
    back = f"{reverse('awards:decisions')}?dot={pk}"
    if not groups:
        messages.info(request, "Không còn đối tượng nào chờ đưa vào quyết định.")
        return redirect(back)
    form = DraftForm(request.POST if request.method == "POST" else None, groups=groups)
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = services.draft(award_round, actor=request.user, groups=said["groups"], by=said.get("by", ""))
        except UnfitField as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        except AppError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Đã lập dự thảo. Xem lời văn, thứ tự trao rồi tải Word để trình ký.")
            return redirect("awards:decision", made.pk)
    context = {
        "title": "Soạn quyết định",
        "standing": f"{award_round}. Chọn các mục đi chung một quyết định; phần còn lại để quyết định sau.",
        "round": award_round,
        "form": form,
        "submit": "Soạn quyết định",
        "back": back,
    }
    return render(request, "awards/deciding/draft.html", context, status=422 if form.errors else 200)


# -- One decision ----------------------------------------------------------------------------


@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    found = decision_seen(request, pk)
    may_write = request.user.has_perm(DECIDE, found)
    is_draft = found.state == DecisionState.DRAFT
    lacks = _lacks(found) if is_draft else []
    table = pay_table(found)
    context = {
        "title": presenters.named(found),
        "standing": presenters.standing(found, lacks=len(lacks)),
        "decision": found,
        "look": presenters.look(found),
        "is_draft": is_draft,
        "may_write": may_write,
        "is_own": found.outside_id is None,
        "lacks": lacks,
        "table": table,
        "page": page_of(request, table.lines),
        "more_to_take": _more_to_take(found) if is_draft and may_write else (),
        "links": presenters.links_of(found),
        "revoked": list(revoked_in(found)) if not is_draft else [],
        "may_open_paper": found.paper is not None and request.user.has_perm("units.view_inside", found.unit),
        "history": history_lines(found),
    }
    return render(request, "awards/deciding/decision.html", context)


def _lacks(found: Decision) -> list[str]:
    rows = list(nominees_of(found))
    return lacks_of(found, rows, Printed(facts_of(found, rows)).texts)


def _more_to_take(found: Decision) -> tuple[Any, ...]:
    """Groups of the round that may still come into this draft."""
    if found.round is None:
        return ()
    by = By(found.decider)
    return tuple(one for one in desk_of(found.round, timezone.localdate()).here if by in common_deciders([one]))


@require_POST
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    found = decision_to_write(request, pk)
    groups = request.POST.getlist("groups")
    _try(request, lambda: services.take_in(found, actor=request.user, version=_version(request), groups=groups))
    return redirect("awards:decision", pk)


@require_POST
def leave_out(request: HttpRequest, pk: int, nominee_pk: int) -> HttpResponse:
    found = decision_to_write(request, pk)
    version = _version(request)
    _try(request, lambda: services.leave_out(found, actor=request.user, version=version, nominee_id=nominee_pk))
    return redirect("awards:decision_order", pk)


def _try(request: HttpRequest, act: Any) -> bool:
    try:
        act()
    except EditedMeanwhile:
        messages.error(request, _EDITED)
    except AppError as error:
        messages.error(request, str(error))
    else:
        return True
    return False


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


@get_or_post
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    found = decision_to_write(request, pk)
    back = f"{reverse('awards:decisions')}{f'?dot={found.round_id}' if found.round_id else ''}"
    if found.state != DecisionState.DRAFT:
        messages.info(request, str(services.IsIssued()))
        return redirect("awards:decision", pk)
    if request.method == "POST":
        version = _version(request)
        if _try(request, lambda: services.discard(found, actor=request.user, version=version)):
            messages.success(request, "Đã xóa dự thảo. Các đối tượng đưa vào quyết định khác được.")
            return redirect(back)
        return redirect("awards:decision", pk)
    context = {
        "title": "Xóa dự thảo quyết định",
        "standing": "Các đối tượng trong dự thảo vẫn được thông qua; lời văn đã sửa sẽ mất.",
        "decision": found,
    }
    return render(request, "awards/deciding/discard.html", context)


# -- Its words -------------------------------------------------------------------------------


@get_or_post
def words(request: HttpRequest, pk: int) -> HttpResponse:
    found = decision_to_write(request, pk)
    if found.state != DecisionState.DRAFT:
        messages.info(request, str(services.IsIssued()))
        return redirect("awards:decision", pk)
    said = printed(found)
    initial = {"version": found.version, "issuer": found.issuer, "payer": found.payer, **said.texts}
    form = WordsForm(request.POST or None, initial=initial, issuers=issuers_of(found.unit_id))
    status = 200
    if form.is_bound:
        status = _saved(request, found, form)
        if status == 302:
            return redirect("awards:decision_words", pk)
        found = decision_to_write(request, pk)
        found.texts = form.texts() if form.is_valid() else found.texts
        said = printed(found)
    context = {
        "title": "Lời văn quyết định",
        "standing": f"{found.subject}. Lời soạn sẵn tự đổi theo danh sách; chỗ đã sửa giữ lời của bạn.",
        "decision": found,
        "form": form,
        "unsure": said.facts.bases.unsure,
        "paper": paper_body(said.paper()),
    }
    return render(request, "awards/deciding/words.html", context, status=status)


def _saved(request: HttpRequest, found: Decision, form: WordsForm) -> int:
    """The status to answer with, 302 once it is saved."""
    if not form.is_valid():
        return 422
    said = form.cleaned_data
    try:
        services.save_words(
            found,
            actor=request.user,
            version=said["version"],
            issuer=said["issuer"],
            payer=said["payer"],
            texts=form.texts(),
        )
    except UnfitField as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return 422
    except services.IsIssued as error:
        messages.info(request, str(error))
        return 302
    except EditedMeanwhile as error:
        _show_theirs(found, form, str(error))
        return 409
    messages.success(request, "Đã lưu. Xem bản in bên cạnh.")
    return 302


def _show_theirs(found: Decision, form: WordsForm, told: str) -> None:
    """What stands there now, at each field that differs; saving once more is then a choice."""
    now = Decision.objects.select_related("unit", "round", "issuer__unit").get(pk=found.pk)
    there = printed(now).texts
    form.add_error(None, f"{told} Chỗ khác nhau có ghi ở từng ô; lưu lần nữa là lấy nội dung của bạn.")
    for name, text in form.texts().items():
        if there.get(name, "") != text:
            form.add_error(name, f"Người khác vừa lưu: «{there.get(name) or 'để trống'}».")
    form.data = form.data.copy()  # type: ignore[misc]
    form.data["version"] = str(now.version)


# -- Its order -------------------------------------------------------------------------------


@get_or_post
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Typed numbers, or one place up or down; of a long list one page at a time."""
    found = decision_to_write(request, pk)
    if found.state != DecisionState.DRAFT:
        messages.info(request, str(services.IsIssued()))
        return redirect("awards:decision", pk)
    if request.method == "POST":
        if _try(request, lambda: _ordered(request, found)):
            messages.success(request, "Đã lưu thứ tự trao.")
        return redirect(request.get_full_path())
    rows = list(nominees_of(found))
    context = {
        "title": "Thứ tự trao",
        "standing": "Số thứ tự cũng là số sổ vàng. Ghi số mới rồi lưu, hoặc chuyển từng dòng lên, xuống.",
        "decision": found,
        "page": page_of(request, list(enumerate(rows, start=1))),
    }
    return render(request, "awards/deciding/order.html", context)


def _ordered(request: HttpRequest, found: Decision) -> None:
    who: dict[str, Any] = {"actor": request.user, "version": _version(request)}
    if request.POST.get("viec") == "mac-dinh":
        services.usual_order(found, **who)
        return
    places = {one.pk: at for at, one in enumerate(nominees_of(found), start=1)}
    typed: dict[int, int] = {}
    for name, step in (("len", -1), ("xuong", 1)):
        moved = request.POST.get(name, "")
        if moved.isdecimal() and int(moved) in places:
            typed = {int(moved): max(1, places[int(moved)] + step)}
    if not typed:
        for key, value in request.POST.items():
            pk = key.removeprefix("tt_")
            if key.startswith("tt_") and pk.isdecimal() and value.strip().isdecimal() and len(value) < 7:
                typed[int(pk)] = max(1, int(value))
    services.reorder(found, typed=typed, **who)


# -- Its file --------------------------------------------------------------------------------


@require_safe
def download(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """Of a recorded decision the bytes that were kept; else drawn now, a long one by a worker."""
    found = decision_seen(request, pk)
    is_ours = found.paper is not None or found.state == DecisionState.DRAFT
    if to not in FORMATS or not is_ours:
        raise Http404
    if found.paper is not None and to in _FROZEN:
        stored = getattr(found.paper, _FROZEN[to])
        content = files.open_stored(stored)
        return FileResponse(content, as_attachment=True, filename=stored.name, content_type=FORMATS[to])
    composed = printed(found).paper()
    if is_big(composed, to):
        job = jobs.start(
            render_decision,
            owner=request.user,
            unit_id=found.unit_id,
            title=f"Dựng tệp: {presenters.named(found)}"[:300],
            back_url=reverse("awards:decision", args=[pk]),
            decision_id=pk,
            to=to,
        )
        return redirect("core:job", pk=job.pk)
    answer = HttpResponse(draw(composed, to), content_type=FORMATS[to])
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file_name(found, to))}"
    return answer
