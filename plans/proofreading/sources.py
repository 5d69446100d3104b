"""Where proofreading gets what it reads: a plan of the database or a file, the table of laws, the names around."""

from __future__ import annotations

from pathlib import Path

from core.commands import read_json
from core.errors import AppError
from documents.models import LegalText
from documents.proofreading import Finding, Law, Whose
from plans import interchange
from plans.interchange import PlanData
from plans.models import Plan
from plans.proofreading import proofread_plan
from plans.selectors import plan_data
from units.models import Part, Unit


def proofread_row(plan: Plan, *, is_issue: bool = False) -> tuple[Finding, ...]:
    """A plan with its content (``plans.selectors.with_content``)."""
    return proofread_plan(
        plan_data(plan),
        laws=known_laws(),
        whose=whose(plan.unit),
        issuer_lines=plan.issuer.lines,
        is_issue=is_issue,
    )


def proofread_file(path: str, *, is_issue: bool = False) -> tuple[Finding, ...]:
    """A file in the form ``tdkt-plan/1``, or any that the program reads as a plan. Raise ``AppError`` otherwise."""
    return proofread_plan(plan_of_file(path), laws=known_laws(), is_issue=is_issue)


def plan_of_file(path: str) -> PlanData:
    """As it stands in the file, mistakes included; what reading was unsure of is not asked here."""
    if path.lower().endswith(".json"):
        return interchange.read(read_json(path))
    from documents.reading.files import read_source  # noqa: PLC0415 -- heavy: Word and PDF readers
    from plans.reading.assembling import read_plan  # noqa: PLC0415 -- heavy: Word and PDF readers

    try:
        with Path(path).open("rb") as content:
            return read_plan(read_source(content, Path(path).name)).plan
    except OSError:
        raise AppError(f"Không đọc được tệp {path}.") from None


def known_laws() -> tuple[Law, ...]:
    rows = LegalText.objects.values_list(
        "number", "name", "issued_on", "in_force_from", "in_force_to", "replaced_by__number"
    )
    return tuple(Law(*row[:5], row[5] or "") for row in rows)


def whose(unit: Unit) -> Whose:
    """With the names that may stand beside the own one: of the levels above and of all parts and units around."""
    others = list(Part.objects.filter(unit=unit).values_list("name", flat=True))
    above = unit.parent
    if above is not None:
        others += list(above.lower.exclude(pk=unit.pk).values_list("name", flat=True))
    while above is not None:
        others.append(above.name)
        above = above.parent
    return Whose(unit.designation, unit.name, unit.kind, tuple(others))
