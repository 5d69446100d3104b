"""The page of one nominee: read once for whichever of its forms was sent."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from awards.catalogue.effective import Effective, effective_award
from awards.dossiers import presenters
from awards.dossiers.checking import CHECKED_STATES, check_nominees, missing_papers
from awards.dossiers.correcting import FIELDS
from awards.dossiers.doors import ANSWER, DECIDE, RUN, SEE
from awards.dossiers.fact_services import record_view
from awards.dossiers.forms import DecideForm, PaperForm, TextsForm
from awards.dossiers.judged import has_impediments
from awards.dossiers.known import known_of
from awards.dossiers.outlook import outlook
from awards.dossiers.presenters import Page
from awards.dossiers.readings import OUTCOME_WORDS, side_by_side
from awards.dossiers.reports import Section, form_of, sections_of
from awards.dossiers.services import kind_words
from awards.facts import Path, Recipient
from awards.models import Nominee, Rating, Subject
from awards.money import BY_WORDS, By
from awards.shipped import award_name, shipped_awards
from core import audit
from core.history import lines_of
from units.selectors import readable_unit_ids

_LAST = 100


def read_page(request: HttpRequest, nominee: Nominee) -> Page:
    user = request.user
    nominee.proposal.round = nominee.round
    may_see = user.has_perm(SEE, nominee)
    is_inside = readable_unit_ids(user).filter(pk=nominee.round.unit_id).exists()
    check = check_nominees(nominee.round, [nominee], with_impediments=may_see)
    checked = check.rows[0]
    subject = nominee.subject
    may_work = user.has_perm(RUN, nominee) and nominee.state in CHECKED_STATES
    page = Page(
        nominee,
        checked,
        may_work=may_work,
        may_decide=user.has_perm(DECIDE, nominee),
        may_see=may_see,
        may_answer=user.has_perm(ANSWER, nominee.proposal),
        edits_facts=may_work and subject is not None and user.has_perm(RUN, subject),
        is_inside=is_inside,
        rule=check.rules.get(nominee.award),
        opinions=check.opinions.get(nominee.pk, []),
    )
    asked = nominee.corrections.select_related("asked_by__person", "answered_by__person")
    page.corrections = list(asked.order_by("-pk"))
    if not is_inside:
        return page
    found = checked.judged
    if found is not None and subject is not None:
        page.checks = presenters.checks_of(nominee, found)
        if not nominee.judgement:
            page.both = side_by_side(found.case, found.conditions)
            page.outlook = outlook(found.case, found.conditions)
        if may_see and has_impediments(found.case):
            record_view(nominee, actor=user, names=[nominee.name])
    if subject is not None:
        page.known = known_of(nominee)
    page.papers = list(nominee.papers.select_related("evidence__file", "evidence__paper__signed_file", "by__person"))
    for paper in page.papers:
        paper.kind_words = kind_words(paper.kind)  # type: ignore[attr-defined]
    return page


def show_page(
    request: HttpRequest, nominee: Nominee, *, forms: dict[str, Form] | None = None, status: int = 200
) -> HttpResponse:
    """``forms``: those that were sent and refused, by the name under which the page shows them."""
    page = read_page(request, nominee)
    given = forms or {}
    wrong = next((form for form in given.values() if form.errors), None)
    rule = page.rule
    context: dict[str, Any] = {
        "title": f"{nominee.honorific} {nominee.name}".strip(),
        "standing": presenters.standing_of(page),
        "page": page,
        "nominee": nominee,
        "round": nominee.round,
        "award": shipped_awards().get(nominee.award),
        "award_name": award_name(nominee.award),
        "rule": rule,
        "ideas": presenters.ideas_of(page.known) if page.known else [],
        "years": [presenters.ShownYear(one, page.edits_facts and one.own) for one in page.known.years]
        if page.known
        else [],
        "asked_papers": _asked_papers(page, rule),
        "texts_form": given.get("texts") or texts_form(nominee),
        "paper_form": given.get("paper") or PaperForm(asked=rule.award.papers if rule else ()),
        "decide_form": given.get("decide") or DecideForm(),
        "fact_form": given.get("fact"),
        "rating_levels": Rating.Level.choices,
        "both_before": OUTCOME_WORDS[page.both.before].lower() if page.both else "",
        "both_amended": [(words, OUTCOME_WORDS[one].lower()) for words, one in page.both.amended] if page.both else [],
        "issues": [(presenters.issue_look(one), one) for one in page.checked.issues],
        "overlap_links": _overlap_links(page),
        "corrections": [(FIELDS[one.field].label, one) for one in page.corrections],
        "deciders": _deciders(nominee),
        "report": _report(nominee),
        **presenters.PAPER_LOOKS,
        "form": wrong,
        "form_number": form_number(nominee),
        "history": _history(nominee, may_see=page.may_see) if page.is_inside else [],
        **{f"opens_{name}": form is wrong for name, form in given.items()},
    }
    return render(request, "awards/dossiers/nominee.html", context, status=status)


def _deciders(nominee: Nominee) -> str:
    """Today, for the day of the decision is still to come; where the unit's own head may, it is he."""
    award = shipped_awards().get(nominee.award)
    found = award.decided_by(timezone.localdate()) if award else ()
    own = By(nominee.round.unit.kind)
    return " hoặc ".join(BY_WORDS[one] for one in ((own,) if own in found else found))


def _report(nominee: Nominee) -> list[tuple[str, str]]:
    headings = {one.code: one.heading for one in sections_for(nominee)}
    return [(headings.get(code, "Nội dung khác"), text) for code, text in nominee.report.items()]


def _overlap_links(page: Page) -> list[tuple[int, str]]:
    pks = {one.link for one in page.checked.overlaps if one.link}
    rows = Nominee.objects.filter(pk__in=pks, round__unit=page.nominee.round.unit_id).select_related("round")
    return [(row.pk, f"{row.name}, {award_name(row.award)} ({row.round})") for row in rows.order_by("pk")]


def _rule(nominee: Nominee) -> Effective | None:
    if nominee.award not in shipped_awards():
        return None
    return effective_award(nominee.round.unit_id, nominee.award, timezone.localdate())


def form_number(nominee: Nominee) -> str:
    award = shipped_awards().get(nominee.award)
    return form_of(award.report if award else "", Recipient(nominee.kind), Path(nominee.path))


def sections_for(nominee: Nominee) -> tuple[Section, ...]:
    return sections_of(form_number(nominee), Recipient(nominee.kind))


def texts_form(nominee: Nominee, data: Any = None) -> TextsForm:
    initial = {**nominee.report, "achievement": nominee.achievement, "version": nominee.version}
    return TextsForm(data, sections=sections_for(nominee), initial=initial)


def paper_form(nominee: Nominee, data: Any = None, files: Any = None) -> PaperForm:
    rule = _rule(nominee)
    return PaperForm(data, files, asked=rule.award.papers if rule else ())


def _asked_papers(page: Page, rule: Effective | None) -> list[dict[str, Any]]:
    """What the catalogue asks of this dossier, each with what there is."""
    if rule is None:
        return []
    found, known = page.checked.judged, page.known
    missing = missing_papers(
        page.nominee,
        rule,
        there={one.kind for one in page.papers},
        is_written=False,
        opinions=page.opinions,
        has_idea=any(one.pk in known.chosen and one.is_recognised for one in known.initiatives) if known else False,
        ratings=found.case.subject.ratings if found else {},
    )
    return [
        {
            "name": kind_words(code),
            "of_round": code in ("submission", "minutes", "count"),
            "is_missing": kind_words(code) in missing,
        }
        for code in rule.award.papers
    ]


def _history(nominee: Nominee, *, may_see: bool) -> list[Any]:
    subjects = Subject.objects.filter(pk=nominee.subject_id) if nominee.subject_id else Subject.objects.none()
    entries = audit.history_of(nominee, subjects).order_by("-id")
    if not may_see:
        entries = entries.exclude(code__startswith="awards.impediment")
    return lines_of(entries[:_LAST])
