"""The papers of a round: all with their next step; one with its words and its print; their files."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from awards.models import AwardPaper, Nominee, Round
from awards.papers import doors, presenters, selectors, services
from awards.papers.forms import PaperForm, key_of
from awards.papers.kinds import Sort
from awards.papers.printing import Printed, is_big, lacks_of
from awards.papers.submissions import goes_up
from awards.papers.tasks import render_paper
from awards.states import LIVE
from core import files, jobs
from core.errors import UnfitField
from core.history import history_lines
from core.states import EditedMeanwhile
from documents.rendering import FORMATS
from documents.rendering import render as draw
from documents.rendering.html import paper_body

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
_FROZEN = {"pdf": ("pdf_file", "issued_file"), "docx": ("word_file", "word_file")}


# -- All papers ------------------------------------------------------------------------------


@require_safe
def round_papers(request: HttpRequest, pk: int) -> HttpResponse:
    found = doors.round_seen(request, pk)
    user = request.user
    consultations = list(selectors.consultations_seen(user).filter(round=found).order_by("pk"))
    sittings = list(selectors.sittings_seen(user).filter(round=found).order_by("pk"))
    decisions = list(selectors.decisions_seen(user).filter(round=found).order_by("pk"))
    owners = [("round", [found]), ("consultation", consultations), ("sitting", sittings), ("decision", decisions)]
    kept = selectors.kept_of_round(owners)
    up = len(goes_up(found, timezone.localdate()))
    groups = [
        *(presenters.of_consultation(one, kept) for one in consultations),
        *(presenters.of_sitting(one, kept) for one in sittings),
        *(presenters.of_decision(one, kept) for one in decisions),
        presenters.of_round(found, kept, up),
    ]
    context = {
        "title": f"Văn bản: {found.name}",
        "standing": presenters.tell(groups),
        "round": found,
        "groups": groups,
        "may_work": user.has_perm(selectors.RUN, found),
        "reports": _reports(found),
    }
    return render(request, "awards/papers/round.html", context)


def _reports(found: Round) -> dict[str, int]:
    """How many nominees, and of how many the report has words."""
    rows = Nominee.objects.filter(round=found, state__in=LIVE)
    return {"all": rows.count(), "written": rows.exclude(report={}).count()}


# -- One paper -------------------------------------------------------------------------------


@get_or_post
def paper_of(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A paper of which nothing is kept yet, as the rows draft it; else its own page."""
    sort, owner = doors.owner_seen(request, slug, pk)
    kept = selectors.kept_of(sort, owner)
    if kept is not None and request.method != "POST":
        return redirect("awards:paper", kept.pk)
    return _page(request, sort, owner, kept)


@get_or_post
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, *doors.paper_seen(request, pk))


def _page(request: HttpRequest, sort: Sort, owner: Any, kept: AwardPaper | None) -> HttpResponse:
    may_write = selectors.may_write(request.user, sort, owner)
    if request.method == "POST":
        doors.refuse_readers(request, sort, owner)
    if kept is not None and kept.is_frozen:
        return _frozen(request, sort, owner, kept, may_write=may_write)
    said = Printed(sort, owner, kept)
    form = _form(request, said) if may_write else None
    status = 200
    if form is not None and form.is_bound:
        answer = _saved(request, said, form)
        if isinstance(answer, HttpResponse):
            return answer
        status, said = answer, _typed(said, form)
    context = {
        **_whose(sort, owner),
        "title": sort.name,
        "standing": f"{_named(owner)}. {presenters.state_of(kept, sort)[1]}.",
        "sort": sort,
        "kept": kept,
        "form": form,
        "lacks": lacks_of(said) if may_write and sort.is_kept else said.lacks,
        "may_write": may_write,
        "paper": paper_body(said.paper()),
        "history": history_lines(kept) if kept and may_write else [],
    }
    return render(request, "awards/papers/paper.html", context, status=status)


def _named(owner: Any) -> str:
    words = str(owner)
    return f"{words[:1].upper()}{words[1:]}".rstrip(".")


def _whose(sort: Sort, owner: Any) -> dict[str, Any]:
    """Where the page belongs: the round whose menu it shows, and the thing that it is about."""
    found = owner if isinstance(owner, Round) else owner.round
    thing = "" if sort.owner == "round" else reverse(f"awards:{sort.owner}", args=[owner.pk])
    back = reverse("awards:round_papers", args=[found.pk]) if found else thing
    return {"round": found, "owner": owner, "thing_url": thing, "back": back}


def _form(request: HttpRequest, said: Printed) -> PaperForm:
    kept = said.kept
    initial = {
        "version": kept.version if kept else 0,
        "issuer": key_of(said.issuer),
        "day": said.day,
        **said.texts,
    }
    issuers = selectors.issuers_to_choose(said.sort, said.unit) if said.sort.has_issuer else []
    typed = request.POST if request.method == "POST" else None
    return PaperForm(typed, initial=initial, sort=said.sort, kept=kept, issuers=issuers)


def _saved(request: HttpRequest, said: Printed, form: PaperForm) -> HttpResponse | int:
    """The way on once it is saved, else the status to answer with."""
    if not form.is_valid():
        return 422
    sort, owner, typed = said.sort, said.owner, form.cleaned_data
    try:
        kept = services.save_paper(
            sort,
            owner,
            actor=request.user,
            version=typed["version"],
            issuer=form.chosen,
            day=typed["day"],
            texts=form.texts(),
        )
    except UnfitField as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return 422
    except services.IsRecorded as error:
        messages.info(request, str(error))
        return redirect("awards:paper_of", sort.slug, owner.pk)
    except EditedMeanwhile as error:
        _show_theirs(said, form, str(error))
        return 409
    messages.success(request, "Đã lưu. Xem bản in bên cạnh.")
    return redirect("awards:paper", kept.pk)


def _show_theirs(said: Printed, form: PaperForm, told: str) -> None:
    """What stands there now, at each field that differs; saving once more is then a choice."""
    kept = selectors.kept_of(said.sort, said.owner)
    there = Printed(said.sort, said.owner, kept).texts
    form.add_error(None, f"{told} Chỗ khác nhau có ghi ở từng ô; lưu lần nữa là lấy nội dung của bạn.")
    for name, text in form.texts().items():
        if there.get(name, "") != text:
            form.add_error(name, f"Người khác vừa lưu: «{there.get(name) or 'để trống'}».")
    form.data = form.data.copy()  # type: ignore[misc]
    form.data["version"] = str(kept.version if kept else 0)


def _typed(said: Printed, form: PaperForm) -> Printed:
    """For the print beside a page that was refused."""
    kept = said.kept or AwardPaper(kind=said.sort.kind)
    typed = {name: value for name, value in getattr(form, "cleaned_data", {}).items() if name in said.drafts}
    shown = AwardPaper(pk=kept.pk, kind=kept.kind, issuer=kept.issuer, day=kept.day, texts=typed)
    return Printed(said.sort, said.owner, shown)


def _frozen(request: HttpRequest, sort: Sort, owner: Any, kept: AwardPaper, *, may_write: bool) -> HttpResponse:
    if request.method == "POST":
        messages.info(request, str(services.IsRecorded()))
        return redirect("awards:paper", kept.pk)
    record = kept.paper
    context = {
        **_whose(sort, owner),
        "title": sort.name,
        "standing": f"{_named(owner)}. {presenters.state_of(kept, sort)[1]}; nội dung, số liệu và bản in được giữ "
        "nguyên.",
        "sort": sort,
        "kept": kept,
        "signed_file": record.signed_file if record else kept.signed_file,
        "may_write": may_write,
        "may_open_paper": record is not None and request.user.has_perm("units.view_inside", record.issuer.unit),
        "history": history_lines(kept) if may_write else [],
    }
    return render(request, "awards/papers/frozen.html", context)


# -- Files -----------------------------------------------------------------------------------


@require_safe
def paper_file(request: HttpRequest, slug: str, pk: int, to: str) -> HttpResponse:
    """Of a recorded paper the bytes that were kept; else drawn now, a long one by a worker."""
    sort, owner = doors.owner_seen(request, slug, pk)
    if to not in FORMATS:
        raise Http404
    kept = selectors.kept_of(sort, owner)
    if kept is not None and kept.is_frozen and to in _FROZEN:
        own, recorded = _FROZEN[to]
        stored = getattr(kept.paper, recorded) if kept.paper else getattr(kept, own)
        return FileResponse(
            files.open_stored(stored), as_attachment=True, filename=stored.name, content_type=FORMATS[to]
        )
    said = Printed(sort, owner, kept)
    if is_big(said.paper(), to):
        back = reverse("awards:paper_of", args=[slug, pk])
        title = f"Dựng tệp: {sort.name}, {owner}"[:300]
        what = {"slug": slug, "owner_id": pk, "to": to}
        job = jobs.start(render_paper, owner=request.user, unit_id=said.unit.pk, title=title, back_url=back, **what)
        return redirect("core:job", pk=job.pk)
    answer = HttpResponse(draw(said.to_print(), to), content_type=FORMATS[to])
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(said.file_name(to))}"
    return answer
