"""One check before sending: what stands in the way, over all nominees of a round; and «Đã thẩm định» for a group."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from awards.dossiers import doors
from awards.dossiers.appraising import appraise
from awards.dossiers.checking import CODE_WORDS, Checked, Code, Mark, RoundCheck, check_round
from awards.dossiers.fact_services import record_view
from awards.dossiers.judged import has_impediments
from awards.dossiers.presenters import MARK_LOOKS, Look, issue_look, look_of
from awards.models import Round
from awards.shipped import award_name
from awards.states import NomineeState
from core.paging import ListPage, page_of
from core.text import fold

_MOST_NAMED = 5


class CheckFilter(forms.Form):
    q = forms.CharField(
        label="Tìm tên, không cần gõ dấu",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    muc = forms.ChoiceField(
        label="Mức",
        required=False,
        choices=[("", "Mọi mức"), (Mark.RED, "Phải xử lý"), (Mark.AMBER, "Cần xem"), (Mark.CLEAN, "Đủ")],
    )
    viec = forms.ChoiceField(label="Việc", required=False)
    khen = forms.ChoiceField(label="Danh hiệu, hình thức", required=False)
    noi = forms.ChoiceField(label="Nơi đề nghị", required=False)
    buoc = forms.ChoiceField(
        label="Bước",
        required=False,
        choices=[("", "Mọi bước"), ("cho", "Chưa thẩm định"), ("xong", "Đã thẩm định")],
    )

    def __init__(self, data: Any, *, rows: list[Checked]) -> None:
        super().__init__(data)
        codes = {issue.code for row in rows for issue in row.issues}
        awards = dict.fromkeys(row.nominee.award for row in rows)
        senders = {str(row.nominee.proposal_id): str(row.nominee.proposal) for row in rows}
        choices: dict[str, list[tuple[str, str]]] = {
            "viec": [("", "Mọi việc"), *((one.value, CODE_WORDS[one]) for one in Code if one in codes)],
            "khen": [("", "Tất cả"), *((one, award_name(one)) for one in awards)],
            "noi": [("", "Mọi nơi"), *senders.items()],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def fitting(self, rows: list[Checked]) -> list[Checked]:
        """What a field cannot mean filters nothing."""
        self.full_clean()
        said = self.cleaned_data
        words = fold(said.get("q", "")).split()
        return [row for row in rows if self._fits(row, said, words)]

    @staticmethod
    def _fits(row: Checked, said: dict[str, str], words: list[str]) -> bool:
        nominee = row.nominee
        is_waiting = nominee.state in (NomineeState.PROPOSED, NomineeState.CORRECTING)
        return (
            all(word in nominee.search for word in words)
            and said.get("muc", "") in ("", row.mark)
            and (not said.get("viec") or said["viec"] in {one.code for one in row.issues})
            and said.get("khen", "") in ("", nominee.award)
            and said.get("noi", "") in ("", str(nominee.proposal_id))
            and (not said.get("buoc") or is_waiting == (said["buoc"] == "cho"))
        )


@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    award_round = doors.round_seen(request, pk)
    may_see = doors.may_see_impediments(request, award_round)
    found = check_round(award_round, with_impediments=may_see)
    form = CheckFilter(request.GET, rows=found.rows)
    page = page_of(request, form.fitting(found.rows))
    _record_look(request, award_round, page, may_see=may_see)
    may_work = request.user.has_perm(doors.RUN, award_round)
    context = {
        "title": "Kiểm tra trước khi trình",
        "standing": _standing(found),
        "round": award_round,
        "found": found,
        "filter_form": form,
        "is_filtered": form.has_changed(),
        "page": page,
        "rows": [_shown(row) for row in page.rows],
        "counts": [(Look(word, tone, shape), mark, found.count(Mark(mark))) for mark, (tone, shape, word) in _looks()],
        "may_work": may_work,
        "appraises": may_work and any(row.may_be_ready for row in page.rows),
    }
    return render(request, "awards/dossiers/check.html", context)


def _looks() -> list[tuple[str, tuple[str, str, str]]]:
    return list(MARK_LOOKS.items())


def _shown(row: Checked) -> dict[str, Any]:
    tone, shape, word = MARK_LOOKS[row.mark]
    return {
        "row": row,
        "nominee": row.nominee,
        "mark": Look(word, tone, shape),
        "outcome": look_of(row.outcome),
        "award": award_name(row.nominee.award),
        "issues": [(issue_look(one), one) for one in row.issues],
    }


def _standing(found: RoundCheck) -> str:
    """How many, how they stand, what to do next."""
    total, red, amber = len(found.rows), found.count(Mark.RED), found.count(Mark.AMBER)
    if not total:
        return "Không có đối tượng nào chờ thẩm định trong đợt này."
    ready = sum(row.nominee.state in (NomineeState.READY, NomineeState.PASSED) for row in found.rows)
    waiting = sum(row.may_be_ready for row in found.rows)
    head = f"{total} đối tượng: {red} phải xử lý, {amber} cần xem, {total - red - amber} đủ; {ready} đã thẩm định."
    return f"{head} {waiting} hồ sơ có thể ghi đã thẩm định." if waiting else head


def _record_look(request: HttpRequest, award_round: Round, page: ListPage, *, may_see: bool) -> None:
    """Of whom the page tells discipline or an open case."""
    names = [row.nominee.name for row in page.rows if may_see and row.judged and has_impediments(row.judged.case)]
    if names:
        record_view(award_round, actor=request.user, names=names)


@require_POST
def appraise_many(request: HttpRequest, pk: int) -> HttpResponse:
    award_round = doors.round_to_work(request, pk)
    chosen = [int(one) for one in request.POST.getlist("nominees") if one.isascii() and one.isdecimal()]
    if not chosen:
        messages.warning(request, "Chưa đánh dấu đối tượng nào.")
    else:
        found = appraise(award_round, actor=request.user, nominee_ids=chosen)
        if found.done:
            messages.success(request, f"Đã thẩm định {len(found.done)} hồ sơ; kết quả xét điều kiện được giữ nguyên.")
        for nominee, why in found.left[:_MOST_NAMED]:
            messages.warning(request, f"Chưa thẩm định xong {nominee.name}: {why}"[:400])
        if len(found.left) > _MOST_NAMED:
            messages.warning(request, f"Còn {len(found.left) - _MOST_NAMED} hồ sơ khác chưa thẩm định xong.")
    query = request.POST.get("loc", "")[:500]
    address = reverse("awards:check", args=[pk])
    return redirect(f"{address}?{query}" if query else address)
