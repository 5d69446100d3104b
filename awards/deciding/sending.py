"""What somebody above decides goes up by a tờ trình, comes back until it is taken, and its outcome flows down.

Where the superior keeps a round here, its rows are copies that know where they came from: what did not change is not
asked again, and what was decided there is entered below when it is published. All of the sender's acts stand in the
sender's own chain.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone

from awards.deciding.candidates import Group, desk_of
from awards.deciding.moves import move_nominee, move_nominees
from awards.models import Decision, DossierPaper, Nominee, Proposal, Round, Subject
from awards.register.entering import enter_grants
from awards.states import PROPOSAL_MOVES, DecisionState, NomineeState, ProposalState, RoundState
from core import audit
from core.errors import AppError, UnfitField
from core.states import move
from documents.deliveries import services as deliveries
from documents.deliveries.selectors import open_receivers
from documents.deliveries.states import DeliveryState
from documents.models import Delivery, Evidence, IssuedPaper
from plans import cleaning
from units.models import Unit

COPIED = (
    *("kind", "honorific", "name", "gender", "birth_date", "birth_year", "post", "workplace", "level"),
    *("award", "path", "year", "achievement", "report"),
)
NOT_TAKEN = (ProposalState.SENT, ProposalState.RETURNED)
_CLOSED_ABOVE = (NomineeState.FAILED, NomineeState.REFUSED, NomineeState.WITHDRAWN)
REASON = 300


class IsTaken(AppError):
    message = "Cấp trên đã tiếp nhận nên không rút lại được; đề nghị cấp trên trả lại danh sách."


# -- Up ------------------------------------------------------------------------------------


def rounds_above(award_round: Round) -> list[Round]:
    """Those of the superior that still take lists."""
    parent = award_round.unit.parent_id
    if parent is None:
        return []
    rows = Round.objects.filter(unit=parent, year=award_round.year, state=RoundState.COLLECTING)
    return list(rows.select_related("unit").order_by("-pk"))


def papers_to_send(award_round: Round) -> list[IssuedPaper]:
    """Tờ trình of the unit's register since the round began, the newest first."""
    rows = IssuedPaper.objects.filter(issuer__unit=award_round.unit_id, kind__iexact="Tờ trình")
    since = dt.date(award_round.year, 1, 1)
    return list(rows.filter(date__gte=since).select_related("issuer__unit").order_by("-date", "-pk")[:50])


@transaction.atomic
def send_up(
    award_round: Round,
    *,
    actor: Any,
    groups: Collection[str],
    day: dt.date,
    paper: IssuedPaper | None = None,
    to: Round | None = None,
) -> int:
    """Đã trình cấp trên; how many. ``paper``: delivered with it; ``to``: the superior's round here.

    Raises ``UnfitField``, ``UnfitDelivery``.
    """
    audit.wait_for_turn(award_round.unit_id)  # two windows: the second one finds them sent
    if day > timezone.localdate():
        raise UnfitField("day", f"Ngày {day:%d/%m/%Y} chưa đến.")
    chosen = _chosen(award_round, groups)
    superior = award_round.unit.parent
    if superior is None and (paper or to):
        raise UnfitField("to", "Đơn vị chưa có cấp trên trong chương trình; chỉ ghi nhận đã trình.")
    delivery = _delivered(paper, superior, award_round, actor, day) if paper and superior else None
    nominees = [one for group in chosen for one in group.nominees]
    move_nominees(nominees, NomineeState.SENT, actor, "awards.nominee.sent_up")
    if to is not None:
        _hand_over(award_round, to, nominees, delivery, actor, day)
    told = {"nominees": [group.words for group in chosen], "paper": paper, "day": day, "to_round": to}
    changes = {name: (None, value) for name, value in told.items() if value}
    audit.record("awards.round.sent_up", award_round, actor=actor, unit_id=award_round.unit_id, changes=changes)
    return len(nominees)


def _chosen(award_round: Round, keys: Collection[str]) -> list[Group]:
    found = [one for one in desk_of(award_round, timezone.localdate()).above if one.key in keys]
    if not found or len(found) != len(set(keys)):
        raise UnfitField("groups", "Chọn ít nhất một mục còn trong danh sách; có thể người khác vừa trình rồi.")
    return found


def _delivered(paper: IssuedPaper, superior: Unit, award_round: Round, actor: Any, day: dt.date) -> Delivery:
    """By the one way in which papers reach others; what went there before is not sent anew."""
    purpose = f"Trình xét khen thưởng: {award_round.name}"[:300]
    sent = deliveries.send(paper, actor=actor, sent_on=day, units=[superior], purpose=purpose)
    return (sent or [one for one in open_receivers(paper) if one.receiver_id == superior.pk])[0]


def _hand_over(
    award_round: Round, to: Round, nominees: Sequence[Nominee], delivery: Delivery | None, actor: Any, day: dt.date
) -> None:
    found = Round.objects.filter(pk=to.pk, unit=award_round.unit.parent_id, state=RoundState.COLLECTING).first()
    if found is None:
        raise UnfitField("to", "Đợt xét này của cấp trên không còn nhận danh sách; chọn đợt khác.")
    proposal = _list_above(award_round, found, delivery, actor, day)
    there = {one.origin_id: one for one in proposal.nominees.filter(origin__isnull=False)}
    order = found.nominees.aggregate(last=Max("order"))["last"] or 0
    for one in nominees:
        if above := there.get(one.pk):
            _follow(above, one, actor)
        else:
            order += 1
            _copy(one, proposal, order)


def _list_above(award_round: Round, to: Round, delivery: Delivery | None, actor: Any, day: dt.date) -> Proposal:
    unit = award_round.unit
    there = Proposal.objects.filter(round=to, lower=unit).select_related("round").first()
    if there is None:
        return Proposal.objects.create(
            round=to,
            lower=unit,
            way=Proposal.Way.BELOW,
            origin=award_round,
            delivery=delivery,
            sender=str(actor),
            day=day,
            by=actor,
        )
    if there.state not in NOT_TAKEN:
        raise UnfitField("to", "Cấp trên đã tiếp nhận danh sách của đơn vị trong đợt này; đề nghị cấp trên trả lại.")
    if there.state == ProposalState.RETURNED:
        code = "awards.proposal.sent_again"
        move(there, ProposalState.SENT.value, PROPOSAL_MOVES, actor=actor, unit_id=unit.pk, code=code)
    Proposal.objects.filter(pk=there.pk).update(
        origin=award_round, day=day, delivery=delivery or there.delivery_id, version=F("version") + 1
    )
    return there


def _values(nominee: Nominee) -> dict[str, Any]:
    return {name: getattr(nominee, name) for name in COPIED}


def _as_sent(nominee: Nominee) -> dict[str, Any]:
    """As JSON keeps it."""
    values = _values(nominee)
    return values | {"birth_date": values["birth_date"].isoformat() if values["birth_date"] else None}


def _copy(nominee: Nominee, proposal: Proposal, order: int) -> None:
    above = Nominee.objects.create(
        round=proposal.round,
        proposal=proposal,
        order=order,
        origin=nominee,
        subject=_subject_above(nominee, proposal),
        as_sent=_as_sent(nominee),
        **_values(nominee),
    )
    above.initiatives.set(nominee.initiatives.all())
    DossierPaper.objects.bulk_create(
        DossierPaper(nominee=above, kind=one.kind, evidence_id=one.evidence_id, by_id=one.by_id)
        for one in nominee.papers.all()
    )


def _subject_above(nominee: Nominee, proposal: Proposal) -> Subject | None:
    """The superior's own row of the same one: what is known below goes on there (``Subject.continues``)."""
    below = nominee.subject
    if below is None:
        return None
    unit = proposal.round.unit
    there = Subject.objects.filter(unit=unit, continues=below).first()
    if there is not None:
        return there
    names = ("kind", "honorific", "name", "gender", "birth_date", "birth_year", "post", "person")
    values = {name: getattr(below, name) for name in names}
    return Subject.objects.create(unit=unit, lower=proposal.lower, continues=below, **values)


def _follow(above: Nominee, nominee: Nominee, actor: Any) -> None:
    """What did not change keeps its state above; what did is looked at anew."""
    after = _as_sent(nominee)
    changed = [name for name in COPIED if above.as_sent.get(name) != after[name]]
    if not changed:
        return
    for name in changed:
        setattr(above, name, getattr(nominee, name))
    above.as_sent, above.judgement = after, None
    if above.state in (NomineeState.READY, NomineeState.CORRECTING):
        above.state = NomineeState.PROPOSED
    above.version += 1
    above.save(update_fields=[*changed, "as_sent", "judgement", "state", "version"])


# -- Back ----------------------------------------------------------------------------------


@transaction.atomic
def recall(award_round: Round, *, actor: Any, nominee_ids: Collection[int], reason: str) -> int:
    """Rút lại, while nobody above has taken it; they are passed again. How many.

    A list that was returned keeps its copies above: what did not change is not asked again when it comes back.
    Raises ``IsTaken``, ``UnfitField``.
    """
    audit.wait_for_turn(award_round.unit_id)
    reason = cleaning.line("reason", " ".join(reason.split()), REASON)
    if not reason:
        raise UnfitField("reason", "Ghi lý do rút lại.")
    rows = Nominee.objects.filter(round=award_round, state=NomineeState.SENT, pk__in=list(nominee_ids))
    nominees = list(rows.select_related("round", "above__proposal__delivery"))
    if not nominees:
        raise UnfitField("nominees", "Chọn ít nhất một đối tượng đã trình.")
    by_list: dict[Proposal, list[Nominee]] = defaultdict(list)
    for one in nominees:
        if above := getattr(one, "above", None):
            by_list[above.proposal].append(above)
    for proposal, copies in by_list.items():
        _take_back(proposal, copies, actor)
    move_nominees(nominees, NomineeState.PASSED, actor, "awards.nominee.recalled")
    changes = {"nominees": ([one.name for one in nominees], None), "reason": (None, reason)}
    audit.record("awards.round.recalled", award_round, actor=actor, unit_id=award_round.unit_id, changes=changes)
    return len(nominees)


def _take_back(proposal: Proposal, copies: Sequence[Nominee], actor: Any) -> None:
    """The row of the list decides who was first: we, or whoever takes it above."""
    held = Proposal.objects.filter(pk=proposal.pk, state__in=NOT_TAKEN).update(version=F("version") + 1)
    if not held:
        raise IsTaken
    proposal.refresh_from_db(fields=["state"])
    if proposal.state == ProposalState.RETURNED:
        return
    delivery = proposal.delivery
    is_whole = proposal.nominees.count() == len(copies)
    if delivery and delivery.state == DeliveryState.RECEIVED:
        raise IsTaken("Cấp trên đã nhận tờ trình nên không rút lại được; đề nghị cấp trên trả lại.")
    Nominee.objects.filter(pk__in=[one.pk for one in copies]).delete()
    if is_whole:
        proposal.delete()
        if delivery and delivery.state == DeliveryState.SENT:
            deliveries.withdraw(delivery, actor=actor)


# -- Down ----------------------------------------------------------------------------------


def flow_back(award_round: Round, decisions: Iterable[Decision], *, actor: Any) -> int:
    """What was published here is told below, and from there further down: a decision of the lower unit's register,
    refusals with their reason.

    Called in the transaction that publishes. How many rows directly below were settled.
    """
    by_place: dict[tuple[int, int, int], list[Nominee]] = defaultdict(list)
    for above in _given(decisions):
        if above.origin is not None and above.decision_id is not None:
            by_place[above.origin.round.unit_id, above.origin.round_id, above.decision_id].append(above)
    below: dict[Round, list[Decision]] = defaultdict(list)
    for _, found in sorted(by_place.items()):  # chains are entered in one order, so that nobody waits in a circle
        made = _enter_below(found, actor)
        if made.round is not None:
            below[made.round].append(made)
    refused = list(_refused(award_round))
    for above in refused:
        reason = above.reason or f"Cấp trên: {above.get_state_display().lower()}"
        assert above.origin is not None
        move_nominee(above.origin, NomineeState.REFUSED, actor, "awards.nominee.refused", reason=reason)
        below[above.origin.round] += []
    for lower, made_there in below.items():
        flow_back(lower, made_there, actor=actor)
    return sum(map(len, by_place.values())) + len(refused)


def _given(decisions: Iterable[Decision]) -> QuerySet[Nominee]:
    rows = Nominee.objects.filter(decision__in=[one.pk for one in decisions], origin__state=NomineeState.SENT)
    joined = ("origin__round__unit", "decision__issuer", "decision__paper")
    return rows.select_related(*joined).order_by("decision_order", "pk")


def _refused(award_round: Round) -> QuerySet[Nominee]:
    rows = Nominee.objects.filter(round=award_round, state__in=_CLOSED_ABOVE, origin__state=NomineeState.SENT)
    return rows.select_related("origin__round").order_by("origin__round__unit", "pk")


def _enter_below(copies: Sequence[Nominee], actor: Any) -> Decision:
    above = copies[0].decision
    assert above is not None
    origins = [one.origin for one in copies if one.origin is not None]
    award_round = origins[0].round
    issuer = above.issuer.name if above.issuer else above.issuer_name
    proof = Evidence.objects.create(
        unit=award_round.unit,
        paper=above.paper,
        typed_number="" if above.paper else above.number,
        typed_date=None if above.paper else above.day,
        typed_issuer="" if above.paper else issuer,
        added_by=actor,
    )
    decision = Decision.objects.create(
        unit=award_round.unit,
        round=award_round,
        decider=above.decider,
        subject=above.subject,
        state=DecisionState.PUBLISHED,
        day=above.day,
        number=above.number,
        signer=above.signer,
        issuer_name=issuer,
        outside=proof,
        published_at=above.published_at,
        by=actor,
    )
    for order, one in enumerate(origins, start=1):
        one.decision, one.decision_order = decision, order
    Nominee.objects.bulk_update(origins, ["decision", "decision_order"])
    changes = {"number": (None, above.number), "day": (None, above.day), "issuer_name": (None, issuer)}
    audit.record("awards.decision.came_down", decision, actor=actor, unit_id=decision.unit_id, changes=changes)
    enter_grants(decision, actor=actor)
    return decision
