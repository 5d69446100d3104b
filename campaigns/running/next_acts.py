"""What the one primary button of a campaign's page offers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from campaigns.models import Campaign
from campaigns.running.presenters import is_review, steps_of
from campaigns.states import CampaignState
from plans.states import PlanState

_SOON = dt.timedelta(days=15)
"""So long before its day a review is prepared."""


@dataclass(frozen=True, slots=True)
class Act:
    words: str
    url: str
    icon: str


def next_act(
    campaign: Campaign,
    today: dt.date,
    *,
    may_write: bool,
    may_answer: bool,
    answer: Campaign | None,
    to_hand_down: bool = False,
) -> Act | None:
    """By the state; None where there is nothing for this person to do.

    ``to_hand_down``: units below wait for its plan, which none of them was sent.
    """
    if answer is not None:
        return _act("Mở phong trào hưởng ứng", "campaigns:campaign", answer.pk, "flag")
    if may_answer:
        new = _act("Lập phong trào hưởng ứng", "campaigns:new", None, "flag")
        return new and Act(new.words, f"{new.url}?theo={campaign.pk}", new.icon)
    if to_hand_down and campaign.plan is not None:
        sending = _act("Gửi kế hoạch cho cấp dưới", "documents:send", campaign.plan.paper_id, "send")
        back = reverse("campaigns:campaign", args=[campaign.pk])
        return sending and Act(sending.words, f"{sending.url}?ve={back}", sending.icon)
    if not may_write:
        return None
    by_state = {
        CampaignState.DRAFT.value: _while_prepared,
        CampaignState.RUNNING.value: _while_running,
        CampaignState.CLOSED.value: _when_closed,
    }
    find = by_state.get(campaign.state)
    return find(campaign, today) if find else None


def _while_prepared(campaign: Campaign, today: dt.date) -> Act | None:
    if campaign.plan is not None and campaign.plan.state == PlanState.DRAFT:
        return _act("Soạn kế hoạch", "plans:editor", campaign.plan_id, "pencil")
    return _act("Ghi nhận đã phát động", "campaigns:launch", campaign.pk, "flag")


def _while_running(campaign: Campaign, today: dt.date) -> Act | None:
    """A review whose day is near or past comes first, then registration, then figures."""
    reviews = [step for step in steps_of(campaign) if is_review(step) and not step.is_done]
    if any(step.day - _SOON <= today for step in reviews) and (
        act := _act("Lập báo cáo sơ kết, tổng kết", "campaigns:reviews", campaign.pk, "file-text")
    ):
        return act
    if (
        campaign.register_by
        and today <= campaign.register_by
        and (act := _act("Xem đăng ký thi đua", "campaigns:registrations", campaign.pk, "clipboard-list"))
    ):
        return act
    return _act("Ghi kết quả", "campaigns:results", campaign.pk, "pencil")


def _when_closed(campaign: Campaign, today: dt.date) -> Act | None:
    return _act("Xem báo cáo", "campaigns:reviews", campaign.pk, "file-text")


def _act(words: str, name: str, pk: int | None, icon: str) -> Act | None:
    try:
        return Act(words, reverse(name, args=[] if pk is None else [pk]), icon)
    except NoReverseMatch:
        return None
