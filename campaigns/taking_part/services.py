"""Writes: a registration is entered, changed, approved, given back, taken out; answers: ``taking``.

Every act first takes its place in the unit's chain, so that a yes is never given to words that change meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from campaigns.models import Campaign, Registration, Target
from campaigns.states import REGISTRATION_MOVES, CampaignState, RegistrationState
from campaigns.taking_part import promises
from campaigns.taking_part.values import RegistrationData, Who, cleaned, cleaned_reason, refuse_stranger
from core import audit, states
from core.errors import AppError, UnfitField
from core.states import MovedMeanwhile, claim_version
from reminders.asking import services as asking
from reminders.models import Answer
from reminders.states import RequestState
from units.models import Part, Person, Unit
from units.services import add_person

_FIELDS = ("titles", "promises", "day", "delivery")


class NotTakingPart(AppError):
    message = "Phong trào này không thực hiện nữa nên không nhận đăng ký."


class ApprovedAlready(AppError):
    message = "Đăng ký này đã duyệt. Muốn sửa thì trả lại trước, kèm lý do."


class RegisteredAlready(UnfitField):
    """``there``: the registration of the same one."""

    def __init__(self, there: Registration) -> None:
        field = "person" if there.person_id else "place"
        super().__init__(field, f"{there} đã đăng ký phong trào này. Hãy mở đăng ký đó để sửa.")
        self.there = there


@transaction.atomic
def register(
    campaign: Campaign, *, actor: Any, who: Who, data: RegistrationData, answer: Answer | None = None
) -> Registration:
    """Waits to be judged. Raise ``UnfitField``, ``RegisteredAlready`` or ``NotTakingPart``."""
    audit.wait_for_turn(campaign.unit_id)
    _refuse_dropped(campaign)
    refuse_stranger(campaign, who)
    data = cleaned(data, campaign, who)
    there = registration_of(campaign, who)
    if there is not None:
        raise RegisteredAlready(there)
    values = _values(data)
    row = Registration(
        campaign=campaign, part=who.part, lower=who.lower, person=who.person, answer=answer, by=actor, **values
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # another window of a person of no unit's chain
        there = registration_of(campaign, who)
        if there is None:
            raise
        raise RegisteredAlready(there) from None
    told = {name: (None, value) for name, value in _told(campaign, values).items() if value}
    place = {"part": (None, who.part), "lower": (None, who.lower)}
    changes = told | {name: pair for name, pair in place.items() if pair[1] and who.person}
    audit.record("campaigns.registration.sent", row, actor=actor, unit_id=campaign.unit_id, changes=changes)
    return row


@transaction.atomic
def register_with_person(
    campaign: Campaign,
    *,
    actor: Any,
    place: Part | Unit,
    person: Person | str | None,
    post: str,
    data: RegistrationData,
) -> Registration:
    """The same where somebody may be new: a name is added to the people of the place first."""
    if isinstance(person, str):
        if not isinstance(place, Part):
            raise UnfitField("person", "Đơn vị cấp dưới đăng ký thì để trống ô cá nhân.")
        audit.wait_for_turn(campaign.unit_id)
        person = add_person(campaign.unit, actor=actor, full_name=person, post=post, part=place)
    return register(campaign, actor=actor, who=Who(place, person), data=data)


@transaction.atomic
def change_registration(
    row: Registration, *, actor: Any, version: int, data: RegistrationData, answer: Answer | None = None
) -> bool:
    """Whether anything changed; what was returned waits to be judged again.

    Raise ``UnfitField``, ``ApprovedAlready``, or ``EditedMeanwhile`` where somebody saved since it was shown.
    """
    campaign = row.campaign
    audit.wait_for_turn(campaign.unit_id)
    _refuse_dropped(campaign)
    if row.state == RegistrationState.APPROVED:
        raise ApprovedAlready
    data = cleaned(data, campaign, who_of(row))
    before, after = {name: getattr(row, name) for name in _FIELDS}, _values(data)
    is_again = row.state == RegistrationState.RETURNED
    if before == after and not is_again:
        return False
    claim_version(row, version, state=row.state)
    for name, value in after.items():
        setattr(row, name, value)
    if answer is not None:
        row.answer = answer
    row.save(update_fields=[*_FIELDS, "answer"])
    changes = audit.differences(_told(campaign, before), _told(campaign, after))
    if changes:
        audit.record("campaigns.registration.changed", row, actor=actor, unit_id=campaign.unit_id, changes=changes)
    if is_again:
        _move(row, RegistrationState.SENT, actor, "sent_again", reason="")
    return True


def who_of(row: Registration) -> Who:
    place = row.part or row.lower
    assert place is not None  # the table's constraint
    return Who(place, row.person)


def registration_of(campaign: Campaign, who: Who) -> Registration | None:
    rows = Registration.objects.filter(campaign=campaign).select_related("part", "lower", "person", "campaign__unit")
    if who.person is not None:
        return rows.filter(person=who.person).first()
    return rows.filter(person=None, part=who.part, lower=who.lower).first()


# -- Judging -------------------------------------------------------------------------------


@transaction.atomic
def approve(campaign: Campaign, *, actor: Any, seen: Mapping[int, int]) -> list[Registration]:
    """Duyệt: ``seen`` is registration → the version that was shown. Those that still wait so; a second click: none."""
    audit.wait_for_turn(campaign.unit_id)
    rows = Registration.objects.filter(campaign=campaign, pk__in=seen, state=RegistrationState.SENT)
    approved = []
    for row in rows.select_related("part", "lower", "person", "campaign").order_by("pk"):
        if row.version == seen[row.pk]:
            _move(row, RegistrationState.APPROVED, actor, "approved")
            approved.append(row)
    return approved


@transaction.atomic
def give_back(row: Registration, *, actor: Any, reason: str, with_answer: bool = False) -> None:
    """Trả lại. ``with_answer``: what came by a request is sent back too, and whoever sent it gets a new link."""
    reason = cleaned_reason(reason)
    audit.wait_for_turn(row.campaign.unit_id)
    if row.state == RegistrationState.RETURNED:
        raise MovedMeanwhile("Đăng ký này đã được trả lại rồi.")
    _move(row, RegistrationState.RETURNED, actor, "returned", reason=reason)
    if with_answer and row.answer is not None and may_send_answer_back(row):
        asking.send_back(row.answer, actor=actor, reason=reason)


def may_send_answer_back(row: Registration) -> bool:
    """It came by a request that still waits for answers, and was not sent back yet."""
    answer = row.answer
    return answer is not None and answer.returned_at is None and answer.ask.request.state == RequestState.ASKED


@transaction.atomic
def take_out(row: Registration, *, actor: Any) -> None:
    """Xóa đăng ký nhập nhầm: what was never approved may go."""
    audit.wait_for_turn(row.campaign.unit_id)
    campaign, changes = row.campaign, {"removed_registration": (str(row), None)}
    audit.record("campaigns.registration.taken_out", campaign, actor=actor, unit_id=campaign.unit_id, changes=changes)
    gone, _ = Registration.objects.filter(pk=row.pk).exclude(state=RegistrationState.APPROVED).delete()
    if not gone:
        raise ApprovedAlready("Đăng ký này đã duyệt hoặc không còn. Hãy tải lại trang để xem.")


def _move(row: Registration, to: RegistrationState, actor: Any, act: str, **also: Any) -> None:
    code = f"campaigns.registration.{act}"
    states.move(row, to.value, REGISTRATION_MOVES, actor=actor, unit_id=row.campaign.unit_id, code=code, **also)


# -- Parts of it ---------------------------------------------------------------------------


def _refuse_dropped(campaign: Campaign) -> None:
    if campaign.state == CampaignState.DROPPED:
        raise NotTakingPart


def _values(data: RegistrationData) -> dict[str, Any]:
    return {
        "titles": "\n".join(data.titles),
        "promises": [promise.as_json for promise in data.promises],
        "day": data.day,
        "delivery": data.delivery,
    }


def _told(campaign: Campaign, values: Mapping[str, Any]) -> dict[str, Any]:
    """For the history: promises as the page words them."""
    return {**values, "promises": promise_words(values["promises"], campaign.targets.all())}


def promise_words(kept: Any, targets: Iterable[Target]) -> list[str]:
    by_pk = {target.pk: target for target in targets}
    return [promises.in_words(promise, by_pk) for promise in promises.from_json(kept)]
