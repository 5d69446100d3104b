"""The plans of the demonstration: three years of one province, in every state."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.utils import timezone

from documents.dates import PartialDate
from plans import samples
from plans.interchange import Block, PlanData
from plans.issuing.services import paper_of, record_issue
from plans.models import Plan
from plans.samples import NOBODY_YET, UNKNOWN, Cited, SampleNames, names_of
from plans.services import create_plan, issue_plan, set_follower, submit_plan
from tdkt.demo import texts
from tdkt.demo.office import REFORM, Office
from units.models import Person, Unit

_CLUSTER = "03"
_CHAIRMAN = "Chủ tịch Ủy ban nhân dân"


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
        self.annual: dict[tuple[int, int], Cited] = {}  # (unit, year) -> as other papers cite it
        self.council: dict[int, Cited] = {}  # unit -> the decision on its council
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
        decision = self._issued(unit, "council_decision", year, self._not_after(dt.date(year, 1, 12)), "39")
        self.council[unit.pk] = Cited(decision.number, decision.date)
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
        day = self._not_after(day)
        plan = self._plan(unit, template, year, day, number)
        if unit == self.office.commune:
            self._recorded(plan, day)
        else:
            issue_plan(plan, actor=None)
        if plan.kind == Plan.Kind.ANNUAL:
            self.annual[(unit.pk, year)] = Cited(plan.number, plan.date)
        return plan

    def _recorded(self, plan: Plan, day: dt.date) -> None:
        """As the officer would: on the register, its files drawn and kept. For all communes it would take minutes."""
        paper = paper_of(plan, number=plan.number, symbol=plan.symbol, date=day, signer=plan.signature_name)
        record_issue(plan, actor=None, version=plan.version, paper=paper, is_confirmed=True)

    def _plan(
        self, unit: Unit, template: str, year: int, day: dt.date, number: str, *, blank_day: bool = False
    ) -> Plan:
        date = PartialDate(day.year, day.month) if blank_day else PartialDate(day.year, day.month, day.day)
        if template.endswith("_2024"):
            words = self._district_words(unit, year)
            data = texts.district_plan(template, words, year, number=number, date=date)
        else:
            data = samples.fill(template, self._names(unit, year, day), year, number=number, date=date)
        data = self._with_people(_without_what_is_over(data, unit))
        if year == self.today.year and template == "commune_annual":
            data = _brought_to(self.today, data)
        return create_plan(data, actor=None, unit=unit)

    def _names(self, unit: Unit, year: int, day: dt.date) -> SampleNames:
        """Papers cited in a template are a few days or weeks older than the one that cites them."""

        def before(days: int) -> PartialDate:
            earlier = day - dt.timedelta(days=days)
            return PartialDate(earlier.year, earlier.month, earlier.day)

        return replace(
            names_of(
                unit, chairman=self._signer(unit, _CHAIRMAN), vice_chairman=self._signer(unit, f"Phó {_CHAIRMAN}")
            ),
            cluster=_CLUSTER,
            members=", ".join(str(member) for member in self.office.communes[:12]),
            superior_plan=self._annual_plan(unit.parent_id, year),
            own_plan=self._annual_plan(unit.pk, year),
            resolution=Cited("31", before(20)),
            council_decision=self.council.get(unit.pk, Cited("156", before(90))),
            regulation=Cited("27", before(75)),
            cluster_decision=Cited("412", before(40)),
            meeting=before(5),
        )

    def _district_words(self, unit: Unit, year: int) -> dict[str, str]:
        """Every place-holder of ``plans/demo/README.md``; templates take what they need."""
        superior = self._annual_plan(unit.parent_id, year)
        names = {
            "commune": unit.name,
            "kind": unit.designation,
            "province": self.office.province.name,
            "district": self.office.district.name,
        }
        return (
            names
            | {f"{name}_upper": value.upper() for name, value in names.items()}
            | {
                "village": unit.village_word,
                "place": unit.name,
                "superior_office": f"Phòng Nội vụ huyện {self.office.district.name}",
                "chairman": self._signer(unit, _CHAIRMAN),
                "vice_chairman": self._signer(unit, f"Phó {_CHAIRMAN}"),
                "cluster_number": _CLUSTER,
            }
            | superior.words("superior")
        )

    def _annual_plan(self, unit_id: int | None, year: int) -> Cited:
        """As issued; a draft of the year to come cites a paper that is still to be issued."""
        return self.annual.get((unit_id or 0, year), Cited(UNKNOWN, PartialDate(year, 1)))

    def _with_people(self, data: PlanData) -> PlanData:
        """Somebody wherever a template leaves a name to be typed."""
        return replace(data, blocks=tuple(self._with_somebody(block) for block in data.blocks))

    def _with_somebody(self, block: Block) -> Block:
        if NOBODY_YET not in block.text:
            return block
        name, honorific = self.office.pool.next()
        text = block.text.replace(NOBODY_YET, name)
        return replace(block, text=text.replace("Ông (bà)", honorific).replace("ông (bà)", honorific.lower()))

    def _signer(self, unit: Unit, post: str) -> str:
        """The commune in depth has its people; the others sign with a name of their own, always the same."""
        person = Person.objects.filter(unit=unit, post=post).first()
        if person is not None:
            return person.full_name
        key = unit.pk * 2 + post.startswith("Phó")
        return self.signers.setdefault(key, self.office.pool.next()[0])


def _without_what_is_over(data: PlanData, unit: Unit) -> PlanData:
    """A unit that began in the middle of the year plans only what is still to come."""
    if unit.valid_from is None:
        return data
    left = [task for task in data.tasks if task.due is None or task.due >= unit.valid_from]
    return replace(data, tasks=tuple(replace(task, number=number) for number, task in enumerate(left, start=1)))


def _brought_to(today: dt.date, data: PlanData) -> PlanData:
    """Four tasks around today, whatever the day is: late, due today, this week, later."""
    moves = {-4: "Chậm nhất ngày {}", 0: "Chậm nhất ngày {}", 3: "Ngày {}", 18: "Ngày {}"}
    days = {position: task.due for position, task in enumerate(data.tasks) if task.due and not task.is_ongoing}
    nearest = sorted(days, key=lambda position: abs((days[position] - today).days))[: len(moves)]
    tasks = list(data.tasks)
    for position, (distance, words) in zip(sorted(nearest, key=lambda at: days[at]), moves.items(), strict=True):
        day = today + dt.timedelta(days=distance)
        tasks[position] = replace(
            tasks[position],
            time_text=words.format(_figures(day)),
            start=day if words.startswith("Ngày") else None,
            due=day,
            quarter=None,
        )
    return replace(data, tasks=tuple(tasks))


def _figures(day: dt.date) -> str:
    """``05/02/2026`` but ``05/3/2026``: a leading zero for months 1 and 2 only (Decree 30/2020/NĐ-CP, Phụ lục I)."""
    return f"{day:%d}/{day.month:02d}/{day.year}" if day.month < 3 else f"{day:%d}/{day.month}/{day.year}"
