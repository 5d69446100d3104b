"""Any number of campaigns in one unit, one of them as full as is wanted: for measuring, and for tests of query counts.

Rows go in bulk, past the services, which measure nothing here; each is what its service would have written.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone
from openpyxl import Workbook
from PIL import Image

from campaigns.filling.services import receive
from campaigns.models import (
    Campaign,
    Exemplar,
    Movement,
    Pledge,
    Registration,
    Result,
    Review,
    Share,
    Signatory,
    TableMap,
    Target,
    Wave,
)
from campaigns.periods import periods_of
from campaigns.taking_part.matching import COLUMNS
from campaigns.taking_part.selectors import KIND
from core import files
from core.models import Searchable
from documents.models import Evidence, IssuedPaper
from plans.models import Plan
from reminders.models import Answer, Ask, Request
from scripts.benchmarks.many_plans import TOPICS
from units.models import Issuer, Part, Person, Unit

AT_ONCE = 2_000
STATES = ("running", "running", "running", "draft", "closed")
MOST_WAVES = 30
"""Of one campaign, also of thematic movements and of tables that a superior sent: no office has more."""
MOST_LINES = 60
"""Of a superior's sheet: each offers all targets."""
NEAR = 3
"""Parts that take part in the other campaigns."""
_REGISTERED = ("approved", "sent", "returned")

Row = TypeVar("Row", bound=models.Model)


@dataclass(slots=True)
class Written:
    """The full campaign, and rows of it by the name of the parameter that stands for them in addresses."""

    campaign: Campaign
    draft: Campaign
    """One that was not launched yet."""
    rows: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose campaigns they are, and what all of them need."""

    unit: Unit
    issuer: Issuer
    actor: Any
    parts: list[Part]

    @property
    def today(self) -> dt.date:
        return timezone.localdate()


@transaction.atomic
def write_campaigns(unit: Unit, *, actor: Any, count: int, parts: int, targets: int, wide: int) -> Written:
    """``count`` campaigns of this year with a little in each; the newest has ``parts`` places and ``targets``.

    ``wide`` of these are borne by every place, the others by the first.
    """
    issuer = Issuer.objects.filter(unit=unit).first() or Issuer.objects.create(
        unit=unit, name_lines=f"ỦY BAN NHÂN DÂN\n{str(unit).upper()}", place=unit.name, symbol="UBND"
    )
    desk = Desk(unit, issuer, actor, _parts(unit, parts))
    numbers = range(1, count + 1)
    papers = bulk(IssuedPaper, (_paper(desk, number, "Kế hoạch") for number in numbers))
    plans = bulk(Plan, (_plan(desk, paper) for paper in papers))
    made = bulk(Campaign, (_campaign(desk, number, plan) for number, plan in zip(numbers, plans, strict=True)))
    full = made[-1]
    Campaign.objects.filter(pk=full.pk).update(state="running")
    Campaign.objects.filter(pk=made[0].pk).update(state="draft", launched_on=None)
    _little(desk, made[:-1])
    written = Written(Campaign.objects.select_related("unit", "plan__paper").get(pk=full.pk), made[0])
    _much(desk, written, targets, wide)
    return written


def bulk(model: type[Row], rows: Iterable[Row]) -> list[Row]:
    found = list(rows)
    for row in found:
        if isinstance(row, Searchable):
            row.fill_search()
    return model._default_manager.bulk_create(found, batch_size=AT_ONCE)


def _parts(unit: Unit, count: int) -> list[Part]:
    """Villages; every tenth place is a school. Those of the unit before give way, so that there are just so many."""
    there = list(Part.objects.filter(unit=unit).exclude(kind=Part.Kind.GROUP).order_by("pk")[:count])
    kinds = itertools.cycle([*[Part.Kind.VILLAGE] * 9, Part.Kind.SCHOOL])
    return there + bulk(
        Part,
        (
            Part(unit=unit, kind=kind, name=f"{'Trường' if kind == Part.Kind.SCHOOL else 'Thôn'} Vân {n}", order=n)
            for n, kind in zip(range(len(there), count), kinds)  # noqa: B905 -- kinds never end
        ),
    )


def _paper(desk: Desk, number: int, kind: str) -> IssuedPaper:
    symbol = "KH-UBND" if kind == "Kế hoạch" else "BC-UBND"
    date = dt.date(desk.today.year, 1, 5)
    return IssuedPaper(issuer=desk.issuer, kind=kind, number=str(number), symbol=symbol, date=date)


def _plan(desk: Desk, paper: IssuedPaper) -> Plan:
    return Plan(
        unit=desk.unit,
        issuer=desk.issuer,
        kind=Plan.Kind.CAMPAIGN,
        year=desk.today.year,
        subject=f"Phát động phong trào thi đua số {paper.number}",
        number=paper.number,
        symbol=paper.symbol,
        paper_date=paper.date.isoformat(),
        state="issued",
        paper=paper,
        recipients="Như trên",
    )


def _campaign(desk: Desk, number: int, plan: Plan) -> Campaign:
    """Its closing day and end lie around today, so that some of them are told as near."""
    year, topic = desk.today.year, TOPICS[number % len(TOPICS)]
    state = STATES[number % len(STATES)]
    return Campaign(
        unit=desk.unit,
        title=f"Phong trào thi đua {topic} năm {year}, lần {number}",
        theme="Đoàn kết, sáng tạo, hoàn thành thắng lợi nhiệm vụ",
        kind=list(Campaign.Kind)[number % len(Campaign.Kind)],
        year=year,
        start=dt.date(year, 1, 1),
        end=dt.date(year, 12, 31),
        register_by=desk.today + dt.timedelta(days=number % 21 - 7),
        state=state,
        launched_on=None if state == "draft" else dt.date(year, 1, 10),
        follower=desk.actor.person,
        plan=plan,
        made_by=desk.actor,
    )


# -- The other campaigns -------------------------------------------------------------------------


def _little(desk: Desk, campaigns: Sequence[Campaign]) -> None:
    waves = bulk(Wave, (wave for one in campaigns for wave in _waves(desk, one, 2)))
    bulk(Movement, (row for one in campaigns for row in _movements(one, 2)))
    targets = bulk(Target, (row for one in campaigns for row in _targets(one, 4, ())))
    near = desk.parts[:NEAR]
    bulk(Share, (Share(target=target, part=part, low=100) for target in targets[::2] for part in near))
    bulk(Result, (_result(desk, target, "H1", part) for target in targets[::2] for part in (None, *near)))
    bulk(Registration, (_registration(desk, one, part, n) for one in campaigns for n, part in enumerate(near[:2])))
    bulk(Exemplar, (_exemplar(desk, one, 0) for one in campaigns))
    bulk(Review, (Review(campaign=one, period=f"{one.year}-H1") for one in campaigns))
    bulk(Review, (Review(campaign=one.campaign, wave=one, period=f"{one.campaign.year}-Y") for one in waves[::4]))
    bulk(Request, (_request(desk, one) for one in campaigns[::4]))


def _waves(desk: Desk, campaign: Campaign, count: int) -> Iterator[Wave]:
    for order in range(1, count + 1):
        day = desk.today + dt.timedelta(days=(campaign.pk + order * 5) % 30 - 10)
        yield Wave(campaign=campaign, order=order, name=f"Đợt thi đua số {order}", end=day, review_by=day)


def _movements(campaign: Campaign, count: int) -> Iterator[Movement]:
    for order in range(1, count + 1):
        yield Movement(campaign=campaign, order=order, name=f"Chuyên đề {TOPICS[order % len(TOPICS)]}", lead="UBND xã")


def _targets(campaign: Campaign, count: int, movements: Sequence[Movement]) -> Iterator[Target]:
    """In turn tonnes that add up, a percentage to reach, a decrease between two figures."""
    looks: tuple[dict[str, Any], ...] = (
        {"low": 3000, "measure": "tấn", "adds_up": True},
        {"comparison": ">=", "low": 95, "measure": "%", "baseline": 93},
        {"comparison": "range", "low": 1, "high": 2, "measure": "%/năm", "direction": "down"},
    )
    for order in range(1, count + 1):
        movement = movements[order % len(movements)] if movements else None
        text = f"Chỉ tiêu số {order}: {TOPICS[order % len(TOPICS)]}"
        yield Target(campaign=campaign, order=order, text=text, movement=movement, **looks[order % len(looks)])


def _result(desk: Desk, target: Target, period: str, part: Part | None = None, **more: Any) -> Result:
    value = Decimal(90 + target.order % 9) if target.low != 1 else Decimal("1.5")
    return Result(target=target, period=f"{desk.today.year}-{period}", value=value, part=part, by=desk.actor, **more)


def _registration(desk: Desk, campaign: Campaign, part: Part, number: int, **more: Any) -> Registration:
    state = _REGISTERED[number % len(_REGISTERED)]
    return Registration(
        campaign=campaign,
        part=part,
        titles="Tập thể lao động tiên tiến\nGiấy khen của Chủ tịch UBND xã",
        state=state,
        reason="Ghi thêm chỉ tiêu" if state == "returned" else "",
        day=desk.today,
        by=desk.actor,
        **more,
    )


def _exemplar(desk: Desk, campaign: Campaign, number: int, **more: Any) -> Exemplar:
    return Exemplar(
        campaign=campaign,
        name=f"Bà Lò Thị Mây {number}",
        story="Hiến đất mở đường thôn; vận động các hộ cùng làm.",
        day=desk.today,
        proposed=f"Giấy khen mẫu {number % 40}",
        by=desk.actor,
        **more,
    )


def _request(desk: Desk, campaign: Campaign) -> Request:
    return Request(
        unit=desk.unit,
        title=f"Đăng ký thi đua {campaign.pk}",
        due=desk.today + dt.timedelta(days=5),
        state="asked",
        kind=KIND,
        subject=campaign.pk,
        columns=list(COLUMNS),
        by=desk.actor,
    )


# -- The full one --------------------------------------------------------------------------------


def _much(desk: Desk, written: Written, targets: int, wide: int) -> None:
    campaign, places = written.campaign, len(desk.parts)
    some = min(places, MOST_WAVES)
    waves = bulk(Wave, _waves(desk, campaign, some))
    movements = bulk(Movement, _movements(campaign, some))
    aims = bulk(Target, _targets(campaign, targets, movements))
    _measure(desk, aims, wide)
    written.rows = {"target_pk": aims[0].pk}
    _sum_up(desk, written, waves, movements)
    _take_part(desk, written, aims)
    _tables(desk, written, aims, some)


def _measure(desk: Desk, targets: Sequence[Target], wide: int) -> None:
    """Shares and figures of every part, of the whole for three periods, every third corrected once and proved."""
    near = desk.parts[:1]
    borne = [(target, part) for target in targets for part in (desk.parts if target.order <= wide else near)]
    bulk(Share, (Share(target=target, part=part, low=target.low, high=target.high) for target, part in borne))
    proofs = iter(
        bulk(
            Evidence,
            (Evidence(unit=desk.unit, typed_number=f"{n}/BC-UBND", added_by=desk.actor) for n in range(len(targets))),
        )
    )
    first = bulk(Result, (_result(desk, target, period) for target in targets for period in ("Q1", "H1", "Y")))
    bulk(Result, (_result(desk, target, period, part) for target, part in borne for period in ("H1", "Y")))
    corrected = [row for row in first if row.target.order % 3 == 0]
    bulk(
        Result,
        (
            Result(
                target=row.target,
                period=row.period,
                value=row.value + 1,
                note="Đã rà lại",
                by=desk.actor,
                evidence=next(proofs),
                replaces=row,
            )
            for row in corrected
        ),
    )


def _sum_up(desk: Desk, written: Written, waves: list[Wave], movements: list[Movement]) -> None:
    """Reports of every period and wave, as many as there are parts; exemplars, every third with a photograph."""
    campaign, places = written.campaign, len(desk.parts)
    spots = itertools.product((None, *waves), [period.code for period in periods_of(campaign.year)])
    papers = bulk(IssuedPaper, (_paper(desk, n, "Báo cáo") for n in range(1, places // 3 + 1)))
    reviews = bulk(
        Review,
        (
            Review(campaign=campaign, wave=wave, period=period, paper=papers[n // 3] if n % 3 == 2 else None)
            for n, (wave, period) in enumerate(itertools.islice(spots, places))
        ),
    )
    buffer = io.BytesIO()
    Image.new("RGB", (320, 210), "#6b8e4e").save(buffer, "JPEG")
    buffer.seek(0)
    picture = files.store(buffer, name="anh.jpg", unit_id=desk.unit.pk, actor=desk.actor)
    exemplars = bulk(
        Exemplar,
        (
            _exemplar(
                desk, campaign, n, part=part, picture=picture if n % 3 == 0 else None, wave=waves[n % len(waves)]
            )
            for n, part in enumerate(desk.parts)
        ),
    )
    written.rows |= {"review_pk": reviews[0].pk, "exemplar_pk": exemplars[0].pk}


def _take_part(desk: Desk, written: Written, targets: list[Target]) -> None:
    """Of every part itself and of one of its people; of every third what it sent by its link, not taken yet."""
    campaign = written.campaign
    people = bulk(
        Person, (Person(unit=desk.unit, full_name=f"Lò Văn Hặc {n}", part=part) for n, part in enumerate(desk.parts))
    )
    promised = [{"target": targets[0].pk, "low": "500"}, {"text": "không có người vi phạm pháp luật"}]
    own = bulk(
        Registration,
        (_registration(desk, campaign, part, n, promises=promised) for n, part in enumerate(desk.parts)),
    )
    bulk(
        Registration,
        (_registration(desk, campaign, one.part, n, person=one) for n, one in enumerate(people) if one.part),
    )
    pledge = Pledge.objects.create(campaign=campaign, body="1. Thi đua hoàn thành các chỉ tiêu.", place=desk.unit.name)
    bulk(
        Signatory,
        (Signatory(pledge=pledge, order=n, body=part.name, post="Trưởng thôn") for n, part in enumerate(desk.parts)),
    )
    [request] = bulk(Request, [_request(desk, campaign)])
    asks = bulk(Ask, (Ask(request=request, part=part) for part in desk.parts))
    cells = ("Lò Thị Mai", "Giáo viên", "Lao động tiên tiến", "trồng 500 cây")
    answers = (
        Answer(
            ask=ask, way="link", day=desk.today, sender="Trưởng thôn", rows=[dict(zip(COLUMNS, cells, strict=True))]
        )
        for ask in asks[::3]
    )
    bulk(Answer, answers)
    written.rows["registration_pk"] = own[1].pk


def _tables(desk: Desk, written: Written, targets: list[Target], count: int) -> None:
    """A superior's sheet with a row for each target, and others that were mapped before."""
    book = Workbook()
    sheet = book.active
    for row in (
        ("TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch giao", "Thực hiện"),
        *enumerate(targets[:MOST_LINES], start=1),
    ):
        sheet.append([row[0], row[1].text, row[1].measure] if isinstance(row[1], Target) else row)
    buffer = io.BytesIO()
    book.save(buffer)
    buffer.seek(0)
    found = receive(written.campaign, buffer, name="bieu.xlsx", actor=desk.actor).table_map
    bulk(
        TableMap,
        (
            TableMap(
                unit=desk.unit, campaign=written.campaign, layout=f"{n:064x}", file_id=found.file_id, by=desk.actor
            )
            for n in range(count - 1)
        ),
    )
    written.rows["map_pk"] = found.pk
