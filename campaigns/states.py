"""States with their words, and which may follow which."""

from __future__ import annotations

from django.db import models


class CampaignState(models.TextChoices):
    DRAFT = "draft", "Đang chuẩn bị"
    RUNNING = "running", "Đã phát động"
    CLOSED = "closed", "Đã tổng kết"
    DROPPED = "dropped", "Không thực hiện"


CAMPAIGN_MOVES = {
    CampaignState.DRAFT.value: {
        CampaignState.RUNNING.value: "campaigns.write_campaign",
        CampaignState.DROPPED.value: "campaigns.write_campaign",
    },
    CampaignState.RUNNING.value: {
        CampaignState.CLOSED.value: "campaigns.write_campaign",
        CampaignState.DROPPED.value: "campaigns.write_campaign",
    },
    CampaignState.CLOSED.value: {CampaignState.RUNNING.value: "campaigns.write_campaign"},
    CampaignState.DROPPED.value: {CampaignState.DRAFT.value: "campaigns.write_campaign"},
}


class RegistrationState(models.TextChoices):
    SENT = "sent", "Chờ duyệt"
    RETURNED = "returned", "Trả lại"
    APPROVED = "approved", "Đã duyệt"


REGISTRATION_MOVES = {
    RegistrationState.SENT.value: {
        RegistrationState.RETURNED.value: "campaigns.judge_registration",
        RegistrationState.APPROVED.value: "campaigns.judge_registration",
    },
    RegistrationState.RETURNED.value: {RegistrationState.SENT.value: "campaigns.write_campaign"},
    RegistrationState.APPROVED.value: {RegistrationState.RETURNED.value: "campaigns.judge_registration"},
}


class PledgeState(models.TextChoices):
    DRAFT = "draft", "Chưa ký"
    SIGNED = "signed", "Đã ký"


PLEDGE_MOVES = {PledgeState.DRAFT.value: {PledgeState.SIGNED.value: "campaigns.record_report"}}
