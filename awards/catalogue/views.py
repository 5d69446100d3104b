"""Danh mục: what the law says of each award on a day, and what the province or the unit orders otherwise."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from awards.catalogue import ordering, presenters
from awards.catalogue.effective import effective_award, effective_awards
from awards.catalogue.forms import RuleForm, initial_of, show_at_field
from awards.catalogue.open_rules import open_rules, standing_confirmations
from awards.catalogue.wording import value_in_words
from awards.models import LocalRule
from awards.rules import CONFIRMING
from awards.selectors import visible_local_rules
from awards.shipped import KIND_WORDS, Award, shipped_awards
from core.errors import AppError
from core.history import history_lines
from units.models import Unit
from units.selectors import units_of, units_to_work_for

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
CONFIRM = "awards.confirm_rules"
UNIT, DAY = "don-vi", "ngay"


def unit_asked(request: HttpRequest) -> tuple[Unit, list[Unit]]:
    """For which unit the catalogue is read: ``?don-vi=``, else the first of the user's own. 404 to who has none."""
    units = list(units_of(request.user).order_by("name", "pk"))
    if not units:
        raise Http404
    chosen = request.GET.get(UNIT, "")
    return next((unit for unit in units if str(unit.pk) == chosen), units[0]), units


def award_asked(code: str) -> Award:
    found = shipped_awards().get(code)
    if found is None:
        raise Http404
    return found


def _asked(request: HttpRequest) -> dict[str, Any]:
    unit, units = unit_asked(request)
    return {"unit": unit, "units": units, "day": presenters.day_asked(request.GET.get(DAY, ""))}


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    found = effective_awards(asked["unit"].pk, asked["day"])
    waiting = open_rules().keys() - standing_confirmations(asked["unit"].pk).keys()
    open_codes = {open_rules()[key].award for key in waiting}
    rows = [
        (
            one,
            presenters.recipients_in_words(one.law),
            presenters.deciders_in_words(one.law, asked["day"]),
            {name: value_in_words(name, getattr(one.award, name)) for name in ("cycle", "route")},
            [line for line in presenters.lines_of(one) if line.rule],
            one.law.code in open_codes,
        )
        for one in found.values()
    ]
    groups = [(words, [row for row in rows if row[0].law.kind is kind]) for kind, words in KIND_WORDS.items()]
    context = {
        "title": "Danh mục danh hiệu, hình thức",
        "standing": f"Quy định ở ngày {asked['day']:%d/%m/%Y}, áp dụng cho {asked['unit'].title}.",
        "groups": groups,
        "waiting": len(waiting),
        "may_confirm": request.user.has_perm(CONFIRM),
        **asked,
    }
    return render(request, "awards/catalogue/list.html", context)


@require_safe
def award(request: HttpRequest, code: str) -> HttpResponse:
    law, asked = award_asked(code), _asked(request)
    unit, day = asked["unit"], asked["day"]
    found = effective_award(unit.pk, code, day)
    standing = standing_confirmations(unit.pk)
    rules = visible_local_rules(request.user).filter(award=code).order_by("-valid_from", "-pk").distinct()
    may = bool(units_to_work_for(request.user, *CONFIRMING))
    context = {
        "title": law.name,
        "standing": f"{KIND_WORDS[law.kind]}; quy định ở ngày {day:%d/%m/%Y}, áp dụng cho {unit.title}.",
        "award": law,
        "found": found,
        "recipients": presenters.recipients_in_words(law),
        "deciders": [
            (presenters.BY_WORDS[one.by], one.valid_from, one.valid_to, one.source, one.is_in_force(day))
            for one in law.deciders
        ],
        "lines": presenters.lines_of(found),
        "money": presenters.money_lines(unit.pk, law, day),
        "conditions": presenters.condition_lines(law, day, standing),
        "has_open": any(rule.award == code and key not in standing for key, rule in open_rules().items()),
        "rules": [
            (rule, presenters.says(rule), rule.is_in_force(day), request.user.has_perm(CONFIRM, rule))
            for rule in rules
        ],
        "may_order": may,
        **asked,
    }
    return render(request, "awards/catalogue/award.html", context)


# -- Quy định của địa phương ---------------------------------------------------------------


@get_or_post
def rule_add(request: HttpRequest, code: str) -> HttpResponse:
    law = award_asked(code)
    units = units_to_work_for(request.user, *CONFIRMING)
    if not units:
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    form = RuleForm(data, award=law, units=units)
    if form.is_valid():
        unit = next(unit for unit in units if str(unit.pk) == form.cleaned_data["unit"])
        try:
            ordering.add_rule(unit, code, actor=request.user, data=form.data_said())
        except AppError as error:
            show_at_field(form, error)
        else:
            messages.success(request, f"Đã lưu quy định của {unit.title} về {law.name}.")
            return redirect("awards:award", code)
    return _rule_form(request, law, form, "Thêm quy định của địa phương")


def _rule_to_change(request: HttpRequest, pk: int) -> LocalRule:
    found = get_object_or_404(visible_local_rules(request.user).distinct(), pk=pk)
    if not request.user.has_perm(CONFIRM, found):
        raise PermissionDenied
    return found


@get_or_post
def rule_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _rule_to_change(request, pk)
    law = award_asked(found.award)
    data = request.POST if request.method == "POST" else None
    form = RuleForm(data, award=law, units=[found.unit], initial=initial_of(found))
    if form.is_valid():
        try:
            ordering.change_rule(found, actor=request.user, data=form.data_said())
        except AppError as error:
            show_at_field(form, error)
        else:
            messages.success(request, "Đã lưu quy định.")
            return redirect("awards:award", found.award)
    return _rule_form(request, law, form, "Sửa quy định của địa phương", rule=found)


def _rule_form(
    request: HttpRequest, law: Award, form: RuleForm, title: str, rule: LocalRule | None = None
) -> HttpResponse:
    context = {
        "title": title,
        "standing": f"{law.name}. Ô để trống thì theo luật.",
        "award": law,
        "form": form,
        "law_lines": presenters.law_lines(law),
        "rule": rule,
        "history": history_lines(rule) if rule else [],
    }
    return render(request, "awards/catalogue/rule_form.html", context, status=422 if form.errors else 200)


@get_or_post
def rule_remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = _rule_to_change(request, pk)
    if request.method == "POST":
        ordering.remove_rule(found, actor=request.user)
        messages.success(request, "Đã bỏ quy định. Lịch sử của đơn vị giữ lại việc này.")
        return redirect("awards:award", found.award)
    context = {
        "title": "Bỏ quy định của địa phương",
        "standing": f"{award_asked(found.award).name}: {found.source}.",
        "award": award_asked(found.award),
        "rule": found,
        "says": presenters.says(found),
    }
    return render(request, "awards/catalogue/rule_remove.html", context)
