"""What a registration says, made fit to keep or refused with the field's name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.utils import timezone

from campaigns.models import Campaign
from campaigns.taking_part.promises import Promise
from core.cells import name_key
from core.errors import UnfitField
from documents.models import Delivery
from plans import cleaning
from units.models import Part, Person, Unit

TITLE, PROMISE, REASON = 200, 500, 300
MOST_TITLES, MOST_PROMISES = 20, 100
_YEARS_APART = 1


@dataclass(frozen=True, slots=True)
class Who:
    """A part of the unit or a unit below; with ``person`` somebody of that part."""

    place: Part | Unit
    person: Person | None = None

    @property
    def part(self) -> Part | None:
        return self.place if isinstance(self.place, Part) else None

    @property
    def lower(self) -> Unit | None:
        return self.place if isinstance(self.place, Unit) else None

    @property
    def key(self) -> tuple[str, int]:
        """By which two registrations of one campaign are the same one's."""
        if self.person is not None:
            return "person", self.person.pk
        return ("part" if self.part else "lower"), self.place.pk

    def __str__(self) -> str:
        return f"{self.person} ({self.place})" if self.person else str(self.place)


@dataclass(frozen=True, slots=True)
class RegistrationData:
    day: dt.date
    titles: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()
    delivery: Delivery | None = None


def refuse_stranger(campaign: Campaign, who: Who) -> None:
    """Raise ``UnfitField`` where who registers does not belong to the campaign's unit."""
    if who.part is not None and who.part.unit_id != campaign.unit_id:
        raise UnfitField("place", f"Chọn thôn, trường, cơ quan của {campaign.unit}.")
    if who.lower is not None and who.lower.parent_id != campaign.unit_id:
        raise UnfitField("place", f"Chọn đơn vị trực thuộc {campaign.unit}.")
    if who.person is not None and (who.part is None or who.person.unit_id != campaign.unit_id):
        raise UnfitField("person", f"Cá nhân đăng ký phải là người của một thôn, cơ quan, đơn vị của {campaign.unit}.")


def cleaned(data: RegistrationData, campaign: Campaign, who: Who) -> RegistrationData:
    """Raise ``UnfitField``."""
    titles: dict[str, str] = {}
    for title in data.titles:
        if words := cleaning.line("titles", " ".join(title.split()), TITLE):
            titles.setdefault(name_key(words), words)
    promises = tuple(_cleaned_promise(one, campaign) for one in data.promises if one.target or one.text.strip())
    if len(titles) > MOST_TITLES:
        raise UnfitField("titles", f"Nhiều nhất {MOST_TITLES} danh hiệu; hãy bớt dòng.")
    if len(promises) > MOST_PROMISES:
        raise UnfitField("promises", f"Nhiều nhất {MOST_PROMISES} chỉ tiêu; hãy bớt dòng.")
    if not titles and not promises:
        raise UnfitField("titles", "Ghi danh hiệu đăng ký, hoặc ít nhất một chỉ tiêu đăng ký.")
    _refuse_day(data.day, campaign)
    _refuse_delivery(data.delivery, campaign, who)
    return replace(data, titles=tuple(titles.values()), promises=promises)


def cleaned_reason(text: str) -> str:
    reason = cleaning.line("reason", " ".join(text.split()), REASON)
    if not reason:
        raise UnfitField("reason", "Ghi lý do trả lại, để nơi đăng ký biết cần sửa gì.")
    return reason


def _cleaned_promise(promise: Promise, campaign: Campaign) -> Promise:
    if promise.target is None:
        return replace(promise, text=cleaning.line("promises", " ".join(promise.text.split()), PROMISE))
    if promise.low is None or promise.target not in {target.pk for target in campaign.targets.all()}:
        raise UnfitField("promises", "Chỉ tiêu này không còn trong phong trào. Hãy tải lại trang rồi ghi lại.")
    return promise


def _refuse_day(day: dt.date, campaign: Campaign) -> None:
    if day > timezone.localdate():
        raise UnfitField("day", f"Ngày {day:%d/%m/%Y} chưa đến.")
    if abs(day.year - campaign.year) > _YEARS_APART:
        raise UnfitField("day", f"Năm {day.year} cách xa năm của phong trào ({campaign.year}); hãy xem lại ngày.")


def _refuse_delivery(delivery: Delivery | None, campaign: Campaign, who: Who) -> None:
    if delivery is None:
        return
    place = who.lower
    is_ours = delivery.receiver_id == campaign.unit_id and delivery.withdrawn_on is None
    if place is None or delivery.sender_id != place.pk or not is_ours:
        raise UnfitField("delivery", "Chọn văn bản mà chính đơn vị này đã gửi đến.")
