"""The plans of the demonstration: three years of one province, in every state."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from documents.dates import PartialDate
from plans.models import Plan
from plans.services import create_plan, issue_plan, set_follower, submit_plan
from tdkt.demo import texts
from tdkt.demo.office import REFORM, Office
from units.models import Person, Unit

_CLUSTER = "03"


def write_papers(office: Office) -> None:
    """Plans of 2024 and of spring 2025 under the district, since July 2025 under the province."""
    writer = _Writer(office)
    for year in (2024, 2025):
        writer.district_year(year)
    this_year = timezone.localdate().year
    for year in range(2025, this_year + 1):
        writer.province_year(year)
    writer.commune_in_depth(this_year)
    writer.next_year_draft(this_year + 1)


class _Writer:
    def __init__(self, office: Office) -> None:
        self.office = office
        self.annual: dict[tuple[int, int], tuple[str, PartialDate]] = {}  # (unit, year) -> number and day, for citing
        self.signers: dict[int, str] = {}
        self.today = timezone.localdate()
        self.follower = Person.objects.filter(unit=office.commune, post__startswith="Chuyên viên phụ trách").first()

    def district_year(self, year: int) -> None:
        self._issued(self.office.district, "district_annual_2024", year, dt.date(year, 1, 9), "12")
        for position, unit in enumerate(self.office.old_communes):
            day = dt.date(year, 1, 15 + position)
            self._issued(unit, "commune_annual_2024", year, day, f"{5 + position:02d}")

    def province_year(self, year: int) -> None:
        """A commune of July 2025 plans what is left of that year."""
        begins = max(dt.date(year, 1, 6), REFORM + dt.timedelta(days=9))
        self._issued(self.office.province, "province_annual", year, begins, "08")
        for position, unit in enumerate(self.office.communes):
            day = begins + dt.timedelta(days=7 + position % 9)
            plan = self._issued(unit, "commune_annual", year, day, f"{7 + position:02d}")
            if unit == self.office.commune and self.follower is not None:
                set_follower(plan, actor=None, person=self.follower)

    def commune_in_depth(self, year: int) -> None:
        unit = self.office.commune
        self._issued(unit, "council_programme", year, self._not_after(dt.date(year, 1, 28)), "02")
        self._issued(unit, "commune_campaign", year, self._not_after(dt.date(year, 1, 22)), "15")
        self._issued(unit, "cluster_plan", year, self._not_after(dt.date(year, 3, 12)), "01")
        conference = self._plan(unit, "closing_conference", year, self.today - dt.timedelta(days=6), "")
        submit_plan(conference, actor=None)

    def next_year_draft(self, year: int) -> None:
        plan = self._plan(self.office.commune, "commune_annual", year, dt.date(year, 1, 1), "", blank_day=True)
        if self.follower is not None:
            set_follower(plan, actor=None, person=self.follower)

    def _not_after(self, day: dt.date) -> dt.date:
        return min(day, self.today)

    def _issued(self, unit: Unit, template: str, year: int, day: dt.date, number: str) -> Plan:
        plan = self._plan(unit, template, year, self._not_after(day), number)
        issue_plan(plan, actor=None)
        if plan.kind == Plan.Kind.ANNUAL:
            self.annual[(unit.pk, year)] = (plan.number, plan.date)
        return plan

    def _plan(
        self, unit: Unit, template: str, year: int, day: dt.date, number: str, *, blank_day: bool = False
    ) -> Plan:
        date = PartialDate(day.year, day.month) if blank_day else PartialDate(day.year, day.month, day.day)
        words = self._words(unit, year, day) | {"date": str(date), "number": number}
        data = texts.plan_from(template, words)
        _leave_out_what_is_over(data, unit)
        if year == self.today.year and template == "commune_annual":
            _bring_to_today(data, self.today)
        return create_plan(texts.read(data), actor=None, unit=unit)

    def _words(self, unit: Unit, year: int, day: dt.date) -> dict[str, str]:
        """Every place-holder of ``plans/demo/README.md``; templates take what they need."""
        province, district = self.office.province, self.office.district
        earlier = day - dt.timedelta(days=6)
        words = {
            "commune": unit.name,
            "commune_upper": unit.name.upper(),
            "kind": unit.designation,
            "kind_upper": unit.designation.upper(),
            "village": unit.village_word,
            "place": unit.name,
            "province": province.name,
            "province_upper": province.name.upper(),
            "district": district.name,
            "district_upper": district.name.upper(),
            "superior_office": f"Phòng Nội vụ huyện {district.name}",
            "year": str(year),
            "last_year": str(year - 1),
            "next_year": str(year + 1),
            "date_words": texts.day_words(day),
            "chairman": self._signer(unit, "Chủ tịch Ủy ban nhân dân"),
            "vice_chairman": self._signer(unit, "Phó Chủ tịch Ủy ban nhân dân"),
            "cluster_decision": "412",
            "members": ", ".join(str(member) for member in self.office.communes[:12]),
        }
        for name, days, figure in (
            ("resolution", 20, "31"),
            ("council", 90, "156"),
            ("cluster", 40, _CLUSTER),
            ("meeting", 5, "01"),
        ):
            words |= {f"{name}_number": figure, f"{name}_date": texts.day_words(day - dt.timedelta(days=days))}
        for name, issuer in (("superior", unit.parent_id), ("plan", unit.pk)):
            cited = self.annual.get((issuer or 0, year), (texts.NOT_YET_KNOWN, PartialDate(year, 1)))
            words |= {f"{name}_number": cited[0], f"{name}_date": texts.date_words(cited[1])}
        return words | texts.legal_bases(max(earlier, dt.date(2024, 1, 1)))

    def _signer(self, unit: Unit, post: str) -> str:
        """The commune in depth has its people; the others sign with a name of their own, always the same."""
        person = Person.objects.filter(unit=unit, post=post).first()
        if person is not None:
            return person.full_name
        key = unit.pk * 2 + post.startswith("Phó")
        return self.signers.setdefault(key, self.office.pool.next()[0])


def _leave_out_what_is_over(data: dict[str, Any], unit: Unit) -> None:
    """A unit that began in the middle of the year plans only what is still to come."""
    if unit.valid_from is None:
        return
    begins = unit.valid_from.isoformat()
    data["tasks"] = [task for task in data["tasks"] if task["due"] is None or task["due"] >= begins]
    _renumber(data)


def _bring_to_today(data: dict[str, Any], today: dt.date) -> None:
    """Four tasks around today, whatever the day is: late, due today, this week, later."""
    moves = {-4: "Chậm nhất ngày {}", 0: "Chậm nhất ngày {}", 3: "Ngày {}", 18: "Ngày {}"}
    ordinary = [task for task in data["tasks"] if not task.get("ongoing")]
    nearest = sorted(ordinary, key=lambda task: abs((dt.date.fromisoformat(task["due"]) - today).days))
    chosen = sorted(nearest[: len(moves)], key=lambda task: task["due"])
    for task, (days, words) in zip(chosen, moves.items(), strict=True):
        day = today + dt.timedelta(days=days)
        task |= {"time_text": words.format(_figures(day)), "start": None, "due": day.isoformat(), "quarter": None}
        if words.startswith("Ngày"):
            task["start"] = day.isoformat()


def _renumber(data: dict[str, Any]) -> None:
    for number, task in enumerate(data["tasks"], start=1):
        task["no"] = number


def _figures(day: dt.date) -> str:
    """``05/02/2026`` but ``05/3/2026``: a leading zero for months 1 and 2 only (Decree 30/2020/NĐ-CP, Phụ lục I)."""
    return f"{day:%d}/{day.month:02d}/{day.year}" if day.month < 3 else f"{day:%d}/{day.month}/{day.year}"
