"""The movement of the province in the demonstration: launched, handed down, and who has answered it so far."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from campaigns.models import Campaign
from campaigns.results.shares import ShareRow, save_shares
from campaigns.running.answering import link_parent
from campaigns.running.selectors import delivery_to
from campaigns.running.services import change_campaign, launch
from campaigns.running.values import values_of
from documents.dates import PartialDate
from documents.deliveries import services as deliveries
from documents.issuing import PaperData, record_past
from documents.models import Delivery
from plans import samples
from plans.issuing.services import paper_of, record_issue
from plans.models import Plan
from plans.samples import Cited, names_of
from plans.samples.loading import legal_bases, read_template
from plans.samples.names import paper_words
from plans.services import create_plan
from tdkt.demo.campaign_scene import Scene, decimal, movement_of, shared_out
from units.models import Unit

_FILE = Path(__file__).with_name("province_campaign.json")
_NEVER_ANSWER = 3
"""Communes from which nothing comes, so that the province has somebody to ask."""
_PURPOSE = "Để thực hiện"


def launch_above(scene: Scene) -> Campaign:
    """The province's plan, issued, launched and sent to all communes; two targets are shared out among them."""
    unit, year = scene.province, scene.year
    day = scene.not_after(dt.date(year, 1, 8))
    date = _partial(day)
    words = names_of(unit, vice_chairman=_signer(unit)).words() | paper_words(year, "10", date) | legal_bases(day)
    plan = create_plan(read_template(_FILE, words), actor=None, unit=unit)
    _issue(plan, day)
    campaign = plan.campaign
    for start, total in (("trồng mới rừng gỗ lớn", 3_600), ("xóa nhà tạm", 700)):
        target = campaign.targets.get(text__startswith=start)
        shares = shared_out(total, [9 + at % 5 for at in range(len(scene.communes))])
        rows = [ShareRow(one, decimal(low)) for one, low in zip(scene.communes, shares, strict=True)]
        save_shares(target, rows, actor=None)
    _named(campaign)
    launch(campaign, actor=None, day=day)
    assert plan.paper is not None  # issued just now
    deliveries.send(plan.paper, actor=None, sent_on=day, units=scene.communes, purpose=_PURPOSE)
    return campaign


def take_up(scene: Scene, above: Campaign, campaign: Campaign) -> None:
    """The commune in depth has its plan already: received, taken as its answer, and the plan sent back arrived."""
    delivery = _received(above, campaign.unit, scene)
    link_parent(campaign, actor=None, parent=above)
    assert campaign.plan is not None
    assert campaign.plan.paper is not None  # the stage below issued it
    back = deliveries.answer(delivery, actor=scene.officer, paper=campaign.plan.paper)
    deliveries.receive(back, actor=None, unit_id=above.unit_id, day=scene.not_after(back.sent_on + 2 * scene.ONE))


def answer_besides(scene: Scene, above: Campaign) -> None:
    """One other commune answers by a campaign of its own, one by a paper, most by a paper that the province typed."""
    own, by_paper, *others = [one for one in scene.communes if one != scene.commune]
    _answer_by_campaign(scene, above, own)
    _answer_by_paper(scene, above, by_paper)
    answering = others[:-_NEVER_ANSWER]
    for position, unit in enumerate(others):
        sent = _delivery(above, unit)
        day = sent.sent_on + (2 + position % 4) * scene.ONE
        if day > scene.today:
            continue
        deliveries.receive(sent, actor=None, unit_id=above.unit_id, day=day)
        answered = day + (12 + position) * scene.ONE
        if unit in answering and answered <= scene.today:
            number = f"{18 + position}/KH-UBND"
            deliveries.note_answer(sent, actor=None, number=number, day=answered)


def _answer_by_campaign(scene: Scene, above: Campaign, unit: Unit) -> None:
    day = scene.not_after(dt.date(scene.year, 1, 26))
    delivery = _received(above, unit, scene)
    names = names_of(unit, chairman=_signer(unit))
    annual = Plan.objects.get(unit=above.unit, kind=Plan.Kind.ANNUAL, year=scene.year)
    resolution = Cited("29", _partial(day - 40 * scene.ONE))
    names = replace(names, superior_plan=Cited(annual.number, annual.date), resolution=resolution)
    data = samples.fill("commune_campaign", names, scene.year, number="21", date=_partial(day))
    plan = create_plan(data, actor=None, unit=unit)
    _issue(plan, day)
    link_parent(plan.campaign, actor=None, parent=above)
    _named(plan.campaign)
    launch(plan.campaign, actor=None, day=day)
    assert plan.paper is not None
    sent = scene.not_after(day + scene.ONE)
    deliveries.send(plan.paper, actor=None, sent_on=sent, units=[above.unit], purpose="Để báo cáo")
    back = deliveries.answer(delivery, actor=None, paper=plan.paper)
    deliveries.receive(back, actor=None, unit_id=above.unit_id, day=scene.not_after(sent + scene.ONE))


def _answer_by_paper(scene: Scene, above: Campaign, unit: Unit) -> None:
    """A plan made outside the program, put on record and sent."""
    delivery = _received(above, unit, scene)
    issuer = Plan.objects.get(unit=unit, kind=Plan.Kind.ANNUAL, year=scene.year).issuer
    day = scene.not_after(dt.date(scene.year, 2, 3))
    subject = f"Phát động phong trào thi đua năm {scene.year} trên địa bàn {unit}"
    data = PaperData("Kế hoạch", "24", "KH-UBND", day, subject)
    paper = record_past(data, issuer=issuer, actor=None, is_confirmed=True)
    sent = scene.not_after(day + scene.ONE)
    deliveries.send(paper, actor=None, sent_on=sent, units=[above.unit], purpose="Để báo cáo")
    deliveries.answer(delivery, actor=None, paper=paper)


def _named(campaign: Campaign) -> None:
    values = replace(values_of(campaign), title=movement_of(campaign))
    change_campaign(campaign, actor=None, version=campaign.version, values=values, plan=campaign.plan)


def _received(above: Campaign, unit: Unit, scene: Scene) -> Delivery:
    delivery = _delivery(above, unit)
    day = scene.not_after(delivery.sent_on + 2 * scene.ONE)
    deliveries.receive(delivery, actor=None, unit_id=unit.pk, day=day)
    return delivery


def _delivery(above: Campaign, unit: Unit) -> Delivery:
    delivery = delivery_to(unit, above)
    assert delivery is not None  # sent to all communes
    return delivery


def _issue(plan: Plan, day: dt.date) -> None:
    paper = paper_of(plan, number=plan.number, symbol=plan.symbol, date=day, signer=plan.signature_name)
    record_issue(plan, actor=None, version=plan.version, paper=paper, is_confirmed=True)


def _signer(unit: Unit) -> str:
    """Who signed the unit's plan of the year."""
    return (
        Plan.objects.filter(unit=unit, kind=Plan.Kind.ANNUAL).exclude(signature_name="").latest("year").signature_name
    )


def _partial(day: dt.date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)
