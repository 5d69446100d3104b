"""When the reports of the members came in: in time, but for one, which is read from its receipt."""

from __future__ import annotations

import datetime as dt

from clusters.models import Member, Receipt, Season, Step
from clusters.receipts.services import Days, Saying, days_of_delivery, record_receipts
from documents.deliveries.services import receive, send
from documents.issuing import PaperData, record_past
from documents.models import Delivery
from tdkt.demo.cluster_scene import Scene
from units.models import Issuer

LATE = 4
"""Place of the member whose report of the year came late."""
_DAYS_LATE = 6
_HALF = 6
"""The last month of the year's first half."""


def record_whole(scene: Scene, season: Season) -> None:
    """Of every member for every step."""
    _record(scene, season, but=())


def record_partly(scene: Scene, season: Season) -> None:
    """Who is still at its sheet has not sent it in."""
    _record(scene, season, but=(1, 2, 3))


def _record(scene: Scene, season: Season, but: tuple[int, ...]) -> None:
    sayings = []
    members = list(season.members.all())
    for step in season.steps.filter(asks_members=True, due__lte=scene.today):
        assert step.due is not None  # the filter says so
        for member in members:
            if step.kind == Step.Kind.SELF and member.order in but:
                continue
            if _is_late(season, step, member):
                sayings.append(_from_delivery(scene, season, step, member))
                continue
            day = step.due - dt.timedelta(days=member.order % 4)
            days = Days(f"{40 + 3 * member.order}/BC-UBND", day - 2 * _ONE, day - _ONE, day)
            sayings.append(Saying(member, step, days, ""))
    record_receipts(season, sayings, actor=scene.reviewer)


_ONE = dt.timedelta(days=1)


def _is_late(season: Season, step: Step, member: Member) -> bool:
    """The report of the whole year, where it is over; else that of its first half."""
    asked = list(season.steps.filter(asks_members=True, kind=Step.Kind.REPORT))
    return bool(asked) and step == asked[-1] and member.order == LATE


def _from_delivery(scene: Scene, season: Season, step: Step, member: Member) -> Saying:
    assert step.due is not None
    assert member.unit_id is not None
    came = scene.not_after(step.due + _DAYS_LATE * _ONE)
    period = "năm" if step.due.month > _HALF else "6 tháng đầu năm"
    delivery = _delivered(scene, member, f"Công tác thi đua, khen thưởng {period} {season.year}", came)
    source = Receipt.Source.DELIVERY
    return Saying(member, step, days_of_delivery(delivery), "", source, delivery)


def _delivered(scene: Scene, member: Member, subject: str, came: dt.date) -> Delivery:
    issuer = Issuer.objects.filter(unit=member.unit_id).select_related("unit").order_by("pk")[0]
    assert member.unit_id is not None
    officer = scene.officers[member.unit_id]
    sent = came - _ONE
    paper = record_past(
        PaperData("Báo cáo", "182", "BC-UBND", sent, subject), issuer=issuer, actor=officer, is_confirmed=True
    )
    [delivery] = send(paper, actor=officer, sent_on=sent, units=[scene.province], purpose="Để báo cáo")
    receive(delivery, actor=scene.reviewer, unit_id=scene.province.pk, day=came)
    delivery.refresh_from_db()
    return delivery
