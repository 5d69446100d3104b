"""Every address has its row: what each of four people is answered. A new address without a row fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from plans.models import Remark
from tests.permissions.world import World, build_world

LOGIN, REFUSED, HIDDEN, SHOWN, MOVED = 302, 403, 404, 200, 302


@dataclass(frozen=True)
class Row:
    """``anonymous`` 302 means: sent to sign in. ``stranger`` is an officer of another commune."""

    anonymous: int
    stranger: int
    colleague: int
    entitled: int
    arguments: dict[str, str] = field(default_factory=dict)
    """Name of the URL's argument → name of the thing in the world."""
    method: str = "get"


UNIT = {"pk": "unit"}
PLAN = {"pk": "plan"}

OPEN = Row(SHOWN, SHOWN, SHOWN, SHOWN)
EVERYBODY_SIGNED_IN = Row(LOGIN, SHOWN, SHOWN, SHOWN)


def own(colleague: int, entitled: int = SHOWN, method: str = "get", **arguments: str) -> Row:
    """Of one unit: strangers do not learn that it exists."""
    return Row(LOGIN, HIDDEN, colleague, entitled, arguments or UNIT, method)


ROWS: dict[str, Row] = {
    "home": EVERYBODY_SIGNED_IN,
    "favicon": Row(301, 301, 301, 301),
    "healthz": Row(503, 503, 503, 503),  # no worker runs in this test
    "setup": Row(HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    "invitation": Row(HIDDEN, HIDDEN, HIDDEN, HIDDEN, {"token": "wrong token"}),
    # accounts: each person sees the own one
    "account": EVERYBODY_SIGNED_IN,
    "account_text_size": Row(LOGIN, MOVED, MOVED, MOVED, method="post"),
    "account_login": Row(SHOWN, MOVED, MOVED, MOVED),
    "account_logout": Row(MOVED, SHOWN, SHOWN, SHOWN),
    "account_inactive": OPEN,
    "account_reauthenticate": EVERYBODY_SIGNED_IN,
    "account_change_password": EVERYBODY_SIGNED_IN,
    "mfa_index": EVERYBODY_SIGNED_IN,
    "mfa_authenticate": Row(LOGIN, MOVED, MOVED, MOVED),
    "mfa_reauthenticate": Row(LOGIN, MOVED, MOVED, MOVED),
    "mfa_activate_totp": Row(LOGIN, MOVED, MOVED, MOVED),  # asks for the password again
    "mfa_deactivate_totp": Row(LOGIN, HIDDEN, HIDDEN, HIDDEN),
    "mfa_view_recovery_codes": Row(LOGIN, HIDDEN, HIDDEN, HIDDEN),
    "mfa_generate_recovery_codes": Row(LOGIN, MOVED, MOVED, MOVED),
    # plans
    "plans:list": EVERYBODY_SIGNED_IN,
    "plans:start": Row(LOGIN, SHOWN, REFUSED, SHOWN),
    "plans:moving": Row(LOGIN, MOVED, REFUSED, MOVED),  # to the start page: no source is named
    "plans:merging": Row(LOGIN, MOVED, REFUSED, MOVED),
    "plans:plan": own(SHOWN, **PLAN),
    "plans:download": own(SHOWN, **PLAN, to="txt"),
    "plans:submit": own(REFUSED, **PLAN),
    "plans:slip": own(REFUSED, **PLAN, to="txt"),
    "plans:recall": own(REFUSED, MOVED, "post", **PLAN),
    "plans:review": own(REFUSED, MOVED, **PLAN),  # a draft waits for no leader
    "plans:settle_remark": own(REFUSED, MOVED, "post", **PLAN, remark_pk="remark"),
    "plans:issue": own(REFUSED, **PLAN),
    "plans:editor": own(REFUSED, **PLAN),
    "plans:editor_save": own(REFUSED, 400, "post", **PLAN),  # nothing was sent
    "plans:editor_preview": own(REFUSED, 422, "post", **PLAN),
    "plans:editor_paste": own(REFUSED, 422, "post", **PLAN),
    "plans:editor_findings": own(REFUSED, 422, "post", **PLAN),
    "plans:editor_dismiss": own(REFUSED, 422, "post", **PLAN),
    # a plan that the office has as a file
    "plans:drop": Row(LOGIN, SHOWN, REFUSED, SHOWN),  # an officer anywhere may enter plans of that unit
    "plans:reading": own(REFUSED, pk="reading"),
    "plans:discard": own(REFUSED, **PLAN),
    "plans:unmended": own(SHOWN, **PLAN),
    "plans:seen": own(REFUSED, 400, "post", **PLAN),
    "plans:take": own(REFUSED, HIDDEN, "post", **PLAN),  # this plan was not read from a file
    "plans:editor_pages": own(REFUSED, **PLAN),
    "plans:amend": own(REFUSED, MOVED, **PLAN),  # a draft is changed in the editor
    "plans:before": own(SHOWN, **PLAN, number="revision"),
    "plans:before_download": own(SHOWN, **PLAN, number="revision", to="txt"),
    "plans:progress": own(REFUSED, MOVED, **PLAN, task_pk="task"),  # a draft has no results yet
    "plans:sheet": own(SHOWN, **PLAN),
    "plans:quarter": own(MOVED, MOVED, **PLAN, quarter="quarter"),  # a draft has nothing to look over
    # duties out of incoming papers
    "plans:incoming_drop": Row(LOGIN, SHOWN, REFUSED, SHOWN),  # an officer anywhere may enter duties of that unit
    "plans:incoming": own(REFUSED, pk="incoming"),
    "plans:duty_add": Row(LOGIN, SHOWN, REFUSED, SHOWN),
    "plans:duty": own(SHOWN, pk="duty"),
    "plans:duty_edit": own(REFUSED, pk="duty"),
    "plans:duty_progress": own(REFUSED, pk="duty"),
    "plans:duty_repeat": own(REFUSED, MOVED, "post", pk="duty"),
    "plans:count_back": own(REFUSED, pk="duty"),
    "plans:milestones_move": own(REFUSED, MOVED, pk="duty"),  # its milestones are where they belong
    "plans:milestone_remove": own(REFUSED, pk="duty", milestone_pk="milestone"),
    "plans:duty_types": Row(LOGIN, SHOWN, REFUSED, SHOWN),  # an officer anywhere has that unit's
    "plans:duty_type_add": Row(LOGIN, SHOWN, REFUSED, SHOWN),
    "plans:duty_type_edit": own(REFUSED, pk="duty_type"),
    "plans:duty_type_remove": own(REFUSED, pk="duty_type"),
    # what falls due
    "reminders:deadline": own(SHOWN, kind="kind", subject="duty", slot="slot"),
    # lists out of Excel and into it
    "plans:import": Row(LOGIN, SHOWN, REFUSED, SHOWN),  # an officer anywhere may enter plans of that unit
    "plans:export": EVERYBODY_SIGNED_IN,
    "plans:template": EVERYBODY_SIGNED_IN,
    "plans:tasks": EVERYBODY_SIGNED_IN,
    "plans:export_tasks": EVERYBODY_SIGNED_IN,
    "plans:import_tasks": own(REFUSED, **PLAN),
    "plans:export_plan_tasks": own(SHOWN, **PLAN),
    "plans:tasks_template": own(SHOWN, **PLAN),
    # the register of issued papers
    "documents:register": EVERYBODY_SIGNED_IN,
    "documents:record": Row(LOGIN, SHOWN, REFUSED, SHOWN),  # an officer anywhere may enter papers of that unit
    "documents:export": EVERYBODY_SIGNED_IN,
    "documents:import": Row(LOGIN, 400, REFUSED, SHOWN),  # an office without an issuer must enter one first
    "documents:template": EVERYBODY_SIGNED_IN,
    "documents:series_list": EVERYBODY_SIGNED_IN,
    "documents:series_open": Row(LOGIN, SHOWN, REFUSED, SHOWN),
    "documents:series": own(SHOWN, pk="series"),
    "documents:paper": own(SHOWN, pk="paper"),
    # papers sent to other units and received from them
    "documents:send": own(REFUSED, pk="paper"),
    "documents:sent": EVERYBODY_SIGNED_IN,
    "documents:export_sent": EVERYBODY_SIGNED_IN,
    "documents:received": EVERYBODY_SIGNED_IN,
    "documents:export_received": EVERYBODY_SIGNED_IN,
    "documents:receipts": Row(LOGIN, SHOWN, REFUSED, SHOWN),  # an officer anywhere records what that unit received
    "documents:delivery": own(SHOWN, pk="delivery"),
    "documents:signed_copy": own(HIDDEN, HIDDEN, pk="paper"),  # none was added yet
    "units:parts_import": own(REFUSED),
    "units:parts_export": own(SHOWN),
    "units:parts_template": own(SHOWN),
    "units:people_import": own(REFUSED),
    "units:people_export": own(SHOWN),
    "units:people_template": own(SHOWN),
    "core:import": own(HIDDEN, pk="sheet_import"),
    "core:import_accept": own(HIDDEN, MOVED, "post", pk="sheet_import"),
    "core:import_again": own(HIDDEN, MOVED, "post", pk="sheet_import"),
    # what is asked of villages, schools, offices
    "reminders:requests": EVERYBODY_SIGNED_IN,
    "reminders:request_new": Row(LOGIN, SHOWN, REFUSED, SHOWN),  # an officer anywhere may ask the parts of that unit
    "reminders:request": own(SHOWN, pk="request"),
    "reminders:request_edit": own(REFUSED, pk="request"),
    "reminders:request_send": own(REFUSED, MOVED, "post", pk="request"),
    "reminders:request_discard": own(REFUSED, MOVED, "post", pk="request"),
    "reminders:request_move": own(REFUSED, MOVED, "post", pk="request"),
    "reminders:request_seen": own(REFUSED, MOVED, "post", pk="request"),
    "reminders:request_links": own(REFUSED, MOVED, "post", pk="request"),
    "reminders:request_zalo": own(REFUSED, pk="request"),
    "reminders:ask": own(SHOWN, pk="request", ask_pk="ask"),
    "reminders:ask_behalf": own(REFUSED, pk="request", ask_pk="ask"),
    "reminders:ask_told": own(REFUSED, MOVED, "post", pk="request", ask_pk="ask"),
    "reminders:ask_renew": own(REFUSED, MOVED, "post", pk="request", ask_pk="ask"),
    "answer": Row(HIDDEN, HIDDEN, HIDDEN, HIDDEN, {"token": "wrong token"}),
    "answer_sample": Row(HIDDEN, HIDDEN, HIDDEN, HIDDEN, {"token": "wrong token"}),
    # what people see of reminders: messages, calendars, the week
    "reminders:outbox": EVERYBODY_SIGNED_IN,
    "reminders:message": own(SHOWN, pk="message"),
    "reminders:resend": own(REFUSED, pk="message"),
    "reminders:notices": EVERYBODY_SIGNED_IN,
    "reminders:notice": own(HIDDEN, pk="notice"),  # it was said to one person
    "reminders:notices_read": Row(LOGIN, MOVED, MOVED, MOVED, method="post"),
    "reminders:feeds": EVERYBODY_SIGNED_IN,
    "reminders:feed_make": own(MOVED, MOVED, "post", unit_pk="unit"),  # everybody the own one
    "reminders:feed_revoke": own(REFUSED, MOVED, "post", pk="feed"),
    "calendar_feed": Row(HIDDEN, HIDDEN, HIDDEN, HIDDEN, {"token": "unknown token"}),
    "reminders:schedule": EVERYBODY_SIGNED_IN,
    "reminders:schedule_download": Row(LOGIN, SHOWN, SHOWN, SHOWN, {"to": "txt"}),  # each of the own unit
    # how a unit and a person want to be reminded
    "reminders:settings": EVERYBODY_SIGNED_IN,
    "reminders:settings_unit": own(SHOWN),
    "reminders:settings_hours": own(REFUSED),
    "reminders:settings_weekly": own(REFUSED, MOVED, "post"),
    "reminders:settings_ladder": own(REFUSED, **UNIT, kind="kind"),
    "reminders:settings_days": own(SHOWN),
    "reminders:settings_day_remove": own(REFUSED, MOVED, "post", **UNIT, day_pk="day_off"),
    "reminders:settings_text": own(REFUSED, **UNIT, name="name"),
    "reminders:preference": EVERYBODY_SIGNED_IN,
    # lists that places send, the letter to those who did not, what units below were asked
    "reminders:list_drop": own(REFUSED, pk="listed"),
    "reminders:list_sample": own(SHOWN, pk="listed"),
    "reminders:list_merged": own(SHOWN, pk="listed"),
    "reminders:list_read": own(REFUSED, pk="listed", drop_pk="list_drop"),
    "reminders:letter": own(REFUSED, pk="listed"),
    "reminders:letter_download": own(REFUSED, pk="listed", to="txt"),
    "reminders:lower_board": EVERYBODY_SIGNED_IN,
    "reminders:lower_new": Row(LOGIN, SHOWN, REFUSED, SHOWN),  # an officer anywhere may ask the units below that one
    # campaigns
    "campaigns:list": EVERYBODY_SIGNED_IN,
    "campaigns:new": Row(LOGIN, SHOWN, REFUSED, SHOWN),  # an officer anywhere may start one of that unit
    "campaigns:campaign": own(SHOWN, pk="campaign"),
    "campaigns:edit": own(REFUSED, pk="campaign"),
    "campaigns:waves": own(REFUSED, pk="campaign"),
    "campaigns:movements": own(REFUSED, pk="campaign"),
    "campaigns:launch": own(REFUSED, MOVED, pk="campaign"),  # it runs already
    "campaigns:move": own(REFUSED, REFUSED, "post", pk="campaign"),  # no move was named
    "campaigns:drop": own(REFUSED, pk="campaign"),
    "campaigns:parent": own(REFUSED, pk="campaign"),
    "campaigns:answers": own(SHOWN, pk="campaign"),
    "campaigns:targets": own(SHOWN, pk="campaign"),  # a colleague reads what the officer edits
    "campaigns:targets_paste": own(REFUSED, pk="campaign"),
    "campaigns:target_remove": own(REFUSED, pk="campaign", target_pk="target"),
    "campaigns:shares": own(SHOWN, pk="campaign", target_pk="target"),
    "campaigns:import": Row(LOGIN, SHOWN, REFUSED, SHOWN),  # an officer anywhere may enter campaigns of that unit
    "campaigns:export": EVERYBODY_SIGNED_IN,
    "campaigns:template": EVERYBODY_SIGNED_IN,
    "campaigns:targets_import": own(REFUSED, pk="campaign"),
    "campaigns:targets_export": own(SHOWN, pk="campaign"),
    "campaigns:targets_template": own(SHOWN, pk="campaign"),
    "campaigns:results_import": own(REFUSED, pk="campaign"),
    "campaigns:results_export": own(SHOWN, pk="campaign"),
    "campaigns:results_template": own(SHOWN, pk="campaign"),
    "campaigns:results": own(SHOWN, pk="campaign"),
    "campaigns:board": own(SHOWN, pk="campaign"),
    "campaigns:fillings": own(SHOWN, pk="campaign"),
    "campaigns:filling": own(SHOWN, pk="campaign", map_pk="table_map"),
    "campaigns:filling_download": own(SHOWN, pk="campaign", map_pk="table_map"),
    "campaigns:filling_put_away": own(REFUSED, MOVED, "post", pk="campaign", map_pk="table_map"),
    "campaigns:registrations": own(SHOWN, pk="campaign"),
    "campaigns:registration_new": own(REFUSED, pk="campaign"),
    "campaigns:registration_approve": own(REFUSED, MOVED, "post", pk="campaign"),
    "campaigns:registration_ask": own(REFUSED, pk="campaign"),
    "campaigns:registration_take": own(REFUSED, pk="campaign"),
    "campaigns:registration_import": own(REFUSED, pk="campaign"),
    "campaigns:registration_export": own(SHOWN, pk="campaign"),
    "campaigns:registration_template": own(SHOWN, pk="campaign"),
    "campaigns:registration": own(SHOWN, pk="campaign", registration_pk="registration"),
    "campaigns:registration_edit": own(REFUSED, pk="campaign", registration_pk="registration"),
    "campaigns:registration_return": own(  # no reason was given
        REFUSED, 422, "post", pk="campaign", registration_pk="registration"
    ),
    "campaigns:registration_remove": own(REFUSED, MOVED, "post", pk="campaign", registration_pk="registration"),
    "campaigns:pledge": own(SHOWN, pk="campaign"),
    "campaigns:pledge_sign": own(REFUSED, MOVED, pk="campaign"),  # nobody saved one yet
    "campaigns:pledge_download": own(SHOWN, pk="campaign", to="txt"),
    "campaigns:reviews": own(SHOWN, pk="campaign"),
    "campaigns:review": own(SHOWN, pk="campaign", review_pk="review"),
    "campaigns:review_text": own(REFUSED, pk="campaign", review_pk="review", key="limits"),
    "campaigns:review_restore": own(REFUSED, MOVED, "post", pk="campaign", review_pk="review", key="limits"),
    "campaigns:review_issuer": own(REFUSED, MOVED, "post", pk="campaign", review_pk="review"),
    "campaigns:review_issue": own(REFUSED, pk="campaign", review_pk="review"),
    "campaigns:review_discard": own(REFUSED, MOVED, "post", pk="campaign", review_pk="review"),
    "campaigns:review_download": own(SHOWN, pk="campaign", review_pk="review", to="txt"),
    "campaigns:exemplars": own(SHOWN, pk="campaign"),
    "campaigns:exemplar_new": own(REFUSED, pk="campaign"),
    "campaigns:exemplar": own(REFUSED, pk="campaign", exemplar_pk="exemplar"),
    "campaigns:exemplar_remove": own(REFUSED, MOVED, "post", pk="campaign", exemplar_pk="exemplar"),
    # awards: rounds, lists of nominees
    "awards:list": EVERYBODY_SIGNED_IN,
    "awards:round_new": Row(LOGIN, SHOWN, REFUSED, SHOWN),  # an officer anywhere may start one of that unit
    "awards:round": own(SHOWN, pk="award_round"),
    "awards:round_edit": own(REFUSED, pk="award_round"),
    "awards:round_move": own(REFUSED, MOVED, "post", pk="award_round"),
    "awards:round_discard": own(REFUSED, pk="award_round"),
    "awards:proposal_new": own(REFUSED, pk="award_round"),
    "awards:proposals_receive": own(REFUSED, pk="award_round"),
    "awards:proposals_ask": own(REFUSED, pk="award_round"),
    "awards:answers_take": own(REFUSED, pk="award_round"),
    "awards:proposal": own(SHOWN, pk="award_round", proposal_pk="proposal"),
    "awards:proposal_rows": own(REFUSED, pk="award_round", proposal_pk="proposal"),
    "awards:proposal_paste": own(REFUSED, 422, "post", pk="award_round", proposal_pk="proposal"),  # nothing pasted
    "awards:proposal_receive": own(REFUSED, 422, "post", pk="award_round", proposal_pk="proposal"),  # no day
    "awards:proposal_return": own(REFUSED, 422, "post", pk="award_round", proposal_pk="proposal"),  # no reason
    "awards:proposal_again": own(REFUSED, MOVED, "post", pk="award_round", proposal_pk="proposal"),
    "awards:proposal_discard": own(REFUSED, MOVED, "post", pk="award_round", proposal_pk="proposal"),
    "awards:nominees": own(SHOWN, pk="award_round"),
    "awards:nominees_import": own(REFUSED, pk="award_round"),
    "awards:nominees_export": own(SHOWN, pk="award_round"),
    "awards:nominees_template": own(SHOWN, pk="award_round"),
    "awards:identify": own(REFUSED, pk="award_round"),
    "awards:sources": own(REFUSED, pk="award_round"),
    "awards:nominee_withdraw": own(REFUSED, pk="award_round", nominee_pk="nominee"),
    "awards:nominee_restore": own(REFUSED, MOVED, "post", pk="award_round", nominee_pk="nominee"),
    "awards:nominee_apart": own(REFUSED, MOVED, "post", pk="award_round", nominee_pk="nominee"),
    # awards: the dossier of one nominee, the check before sending, hiệp y, initiatives
    "awards:nominee": own(SHOWN, pk="nominee"),
    "awards:nominee_texts": own(REFUSED, 422, "post", pk="nominee"),  # nothing was sent
    "awards:nominee_initiatives": own(REFUSED, MOVED, "post", pk="nominee"),
    "awards:nominee_papers": own(REFUSED, 422, "post", pk="nominee"),
    "awards:nominee_paper_remove": own(REFUSED, MOVED, "post", pk="nominee", paper_pk="dossier_paper"),
    "awards:nominee_decide": own(REFUSED, 422, "post", pk="nominee"),
    "awards:nominee_again": own(REFUSED, MOVED, "post", pk="nominee"),
    "awards:nominee_appraise": own(REFUSED, MOVED, "post", pk="nominee"),
    "awards:nominee_rating": own(REFUSED, 422, "post", pk="nominee"),
    "awards:nominee_confirm": own(REFUSED, 422, "post", pk="nominee"),
    "awards:nominee_headcount": own(REFUSED, 422, "post", pk="nominee"),
    "awards:nominee_maternity": own(REFUSED, 422, "post", pk="nominee"),
    "awards:nominee_impediments": own(SHOWN, pk="nominee"),  # whoever sits or signs reads them
    "awards:nominee_impediment": own(REFUSED, pk="nominee", impediment_pk="impediment"),
    "awards:nominee_impediment_remove": own(REFUSED, MOVED, "post", pk="nominee", impediment_pk="impediment"),
    "awards:correction_ask": own(REFUSED, pk="nominee"),
    "awards:correction": own(REFUSED, pk="nominee", correction_pk="correction"),
    "awards:correction_withdraw": own(REFUSED, MOVED, "post", pk="nominee", correction_pk="correction"),
    "awards:check": own(SHOWN, pk="award_round"),
    "awards:check_appraise": own(REFUSED, MOVED, "post", pk="award_round"),
    "awards:consultations": own(SHOWN, pk="award_round"),
    "awards:consultation_new": own(REFUSED, pk="award_round"),
    "awards:consultation": own(SHOWN, pk="consultation"),
    "awards:consultation_paste": own(REFUSED, 422, "post", pk="consultation"),  # nothing was pasted
    "awards:consultation_remove": own(REFUSED, MOVED, "post", pk="consultation"),
    "awards:initiatives": EVERYBODY_SIGNED_IN,
    "awards:initiatives_export": EVERYBODY_SIGNED_IN,
    "awards:initiative_new": Row(LOGIN, SHOWN, REFUSED, SHOWN),  # an officer anywhere may add one of that unit
    "awards:initiative": own(SHOWN, pk="initiative"),
    "awards:initiative_prove": own(REFUSED, 422, "post", pk="initiative"),
    "awards:initiative_remove": own(REFUSED, MOVED, "post", pk="initiative"),
    # clusters: their years, members, timetables
    "clusters:list": EVERYBODY_SIGNED_IN,
    "clusters:new": Row(LOGIN, SHOWN, REFUSED, SHOWN),  # an officer anywhere may start one of that unit
    "clusters:cluster": own(SHOWN, pk="cluster"),
    "clusters:edit": own(REFUSED, pk="cluster"),
    "clusters:discard": own(REFUSED, pk="cluster"),
    "clusters:season_new": own(REFUSED, pk="cluster"),
    "clusters:season": own(SHOWN, pk="season"),
    "clusters:settings": own(REFUSED, pk="season"),
    "clusters:members": own(REFUSED, pk="season"),
    "clusters:members_add": own(REFUSED, 422, "post", pk="season"),  # nobody was named
    "clusters:timetable": own(REFUSED, pk="season"),
    "clusters:timetable_follow": own(REFUSED, MOVED, "post", pk="season"),
    "clusters:step_done": own(REFUSED, MOVED, "post", pk="season", step_pk="step"),
    "clusters:move": own(REFUSED, REFUSED, "post", pk="season"),  # no move was named
    "clusters:draft_plan": own(REFUSED, MOVED, "post", pk="season"),
    "clusters:handover": own(REFUSED, MOVED, pk="season"),  # it is not published yet
    "clusters:season_discard": own(REFUSED, pk="season"),
    # clusters: when the members' papers came
    "clusters:receipts": own(SHOWN, pk="season"),
    "clusters:receipts_take": own(REFUSED, MOVED, "post", pk="season"),
    "clusters:receipts_paste": own(REFUSED, pk="season"),
    "clusters:receipts_returned": own(REFUSED, MOVED, pk="season"),  # its set takes nothing for returned dossiers
    "clusters:receipt": own(SHOWN, pk="season", member_pk="member", step_pk="step"),
    "clusters:receipt_due": own(MOVED, MOVED, pk="season", member_pk="member", order="step_order"),
    "clusters:receipt_send": own(
        HIDDEN, HIDDEN, pk="season", member_pk="member", step_pk="step"
    ),  # a village has no register
    "clusters:receipt_clear": own(REFUSED, MOVED, "post", pk="season", member_pk="member", step_pk="step"),
    "clusters:receipt_waive": own(REFUSED, pk="season", member_pk="member", step_pk="step"),
    "clusters:receipt_unwaive": own(REFUSED, MOVED, "post", pk="season", member_pk="member", step_pk="step"),
    # units
    "units:list": EVERYBODY_SIGNED_IN,
    "units:detail": own(SHOWN),
    "units:edit": own(REFUSED),
    "units:parts": own(SHOWN),
    "units:part_add": own(REFUSED),
    "units:part_edit": own(REFUSED, **UNIT, part_pk="part_pk"),
    "units:part_end": own(REFUSED, **UNIT, part_pk="part_pk"),
    "units:people": own(SHOWN),
    "units:person_add": own(REFUSED),
    "units:person_edit": own(REFUSED, **UNIT, person_pk="person_pk"),
    "units:issuers": own(SHOWN),
    "units:issuer_add": own(REFUSED),
    "units:issuer_edit": own(REFUSED, **UNIT, issuer_pk="issuer_pk"),
    "units:users": own(REFUSED),
    "units:invite": own(REFUSED),
    "units:role_add": own(REFUSED),
    "units:role_end": own(REFUSED, **UNIT, membership_pk="membership_pk"),
    "units:offer_password": own(REFUSED, SHOWN, "post", **UNIT, user_pk="user_pk"),
    "units:withdraw": own(REFUSED, MOVED, "post", **UNIT, invitation_pk="invitation_pk"),
    # clusters: sets of criteria; a published one never changes, so the draft made from it is edited
    "clusters:sets": EVERYBODY_SIGNED_IN,
    "clusters:set_new": Row(LOGIN, SHOWN, REFUSED, SHOWN),  # an officer anywhere may write one of that unit
    "clusters:set": own(SHOWN, pk="set"),
    "clusters:set_edit": own(REFUSED, pk="draft_set"),
    "clusters:set_rows": own(REFUSED, pk="draft_set"),
    "clusters:set_discard": own(REFUSED, pk="draft_set"),
    "clusters:set_publish": own(REFUSED, pk="draft_set"),
    "clusters:set_copy": own(REFUSED, pk="set"),
    "clusters:set_changes": own(SHOWN, pk="draft_set"),
    "clusters:set_read": own(REFUSED, pk="draft_set"),
    "clusters:set_import": own(REFUSED, pk="draft_set"),
    "clusters:set_export": own(SHOWN, pk="set"),
    "clusters:set_template": own(SHOWN, pk="draft_set"),
    "clusters:criterion": own(REFUSED, pk="draft_set", criterion_pk="draft_criterion"),
    "clusters:criterion_remove": own(REFUSED, pk="draft_set", criterion_pk="draft_criterion"),
    "clusters:assignments": own(SHOWN, pk="season"),
    "clusters:assignments_import": own(REFUSED, pk="season"),
    "clusters:assignments_export": own(SHOWN, pk="season"),
    "clusters:fillings": own(SHOWN, pk="season"),
    "clusters:filling": own(SHOWN, pk="season", table_pk="score_table"),
    "clusters:filling_download": own(SHOWN, pk="season", table_pk="score_table"),
    "clusters:filling_put_away": own(REFUSED, MOVED, "post", pk="season", table_pk="score_table"),
    # clusters: score sheets; the officer enters for a village without account
    "clusters:sheets": own(SHOWN, pk="season"),
    "clusters:sheets_hand_in": own(REFUSED, pk="season"),
    "clusters:grid": own(SHOWN, pk="season"),
    "clusters:grid_save": own(REFUSED, 400, "post", pk="season"),  # nothing was sent
    "clusters:sheet": own(SHOWN, pk="sheet"),
    "clusters:sheet_hand_in": own(REFUSED, pk="sheet"),
    "clusters:sheet_return": own(REFUSED, MOVED, pk="sheet"),  # it still lies with the village
    "clusters:sheet_recall": own(REFUSED, MOVED, "post", pk="sheet"),
    "clusters:sheet_export": own(SHOWN, pk="sheet"),
    "clusters:sheet_import": own(REFUSED, pk="sheet"),
    "clusters:entry": own(SHOWN, pk="sheet", criterion_pk="criterion"),
    "clusters:entry_prove": own(REFUSED, 422, "post", pk="sheet", criterion_pk="criterion"),
    "clusters:entry_link": own(REFUSED, MOVED, "post", pk="sheet", criterion_pk="criterion"),
    "clusters:entry_unprove": own(
        REFUSED, MOVED, "post", pk="sheet", criterion_pk="criterion", evidence_pk="criterion"
    ),
    # clusters: what the organiser appraises; the officer explains for a village without account
    "clusters:queue": Row(LOGIN, SHOWN, REFUSED, SHOWN),  # an officer anywhere has that unit's
    "clusters:by_criterion": Row(LOGIN, SHOWN, REFUSED, SHOWN),
    "clusters:reviewing": own(SHOWN, pk="season"),
    "clusters:spread": own(SHOWN, pk="season"),
    "clusters:cross": own(REFUSED, pk="season"),
    "clusters:window": own(REFUSED, pk="season"),
    "clusters:accept": own(REFUSED, pk="reviewed_sheet"),
    "clusters:explanations": own(SHOWN, pk="reviewed_sheet"),
    "clusters:explain": own(REFUSED, pk="reviewed_sheet", criterion_pk="criterion"),
    "clusters:explanation_answer": own(REFUSED, pk="reviewed_sheet", explanation_pk="explanation"),
    "clusters:explanation_withdraw": own(REFUSED, MOVED, "post", pk="reviewed_sheet", explanation_pk="explanation"),
    # clusters: ranks, votes, commendation, publication
    "clusters:ranking": own(SHOWN, pk="season"),
    "clusters:ranking_freeze": own(REFUSED, pk="season"),
    "clusters:ranking_open": own(REFUSED, pk="ranked_season"),
    "clusters:ranking_withdraw": own(REFUSED, MOVED, pk="ranked_season"),  # it is not published
    "clusters:ranking_snapshot": own(SHOWN, pk="ranked_season", number="ranking_number"),
    "clusters:ranking_download": own(SHOWN, pk="ranked_season", number="ranking_number", form="text"),
    "clusters:tie_ballot": own(REFUSED, MOVED, pk="season", member_pk="member"),  # nobody is tied
    "clusters:commend_ballot": own(REFUSED, pk="ranked_season", quota_pk="quota"),
    "clusters:ballot_drop": own(REFUSED, pk="ranked_season", ballot_pk="ballot"),
    "clusters:commend": own(REFUSED, pk="ranked_season"),
    "clusters:commend_decide": own(REFUSED, pk="ranked_season"),
    "clusters:publication": Row(LOGIN, SHOWN, REFUSED, SHOWN),  # an officer anywhere has that unit's
    "clusters:publish": Row(LOGIN, MOVED, REFUSED, MOVED),  # of this year none is frozen
    # papers of a season
    "clusters:papers": own(SHOWN, pk="season"),
    "clusters:all_sheets_download": own(HIDDEN, HIDDEN, pk="season", to="text"),  # only PDF and Word
    "clusters:paper": own(SHOWN, pk="season", which="paper"),
    "clusters:paper_download": own(SHOWN, pk="season", which="paper", to="text"),
    "clusters:paper_issue": own(REFUSED, MOVED, pk="season", which="paper"),  # nothing is saved yet
    "clusters:sheet_download": own(SHOWN, pk="sheet", to="text"),
    # awards: decisions; nobody of the round has passed, and the draft has no issuer yet
    "awards:quick": Row(LOGIN, SHOWN, REFUSED, SHOWN),  # an officer anywhere commends for that unit
    "awards:decisions": EVERYBODY_SIGNED_IN,
    "awards:decision": own(SHOWN, pk="draft_decision"),
    "awards:decision_words": own(REFUSED, pk="draft_decision"),
    "awards:decision_order": own(REFUSED, pk="draft_decision"),
    "awards:decision_take_in": own(REFUSED, MOVED, "post", pk="draft_decision"),
    "awards:decision_leave_out": own(REFUSED, MOVED, "post", pk="draft_decision", nominee_pk="nominee"),
    "awards:decision_discard": own(REFUSED, pk="draft_decision"),
    "awards:decision_download": own(SHOWN, pk="draft_decision", to="txt"),
    "awards:decision_issue": own(REFUSED, MOVED, pk="draft_decision"),
    "awards:decision_money": own(SHOWN, pk="decision"),
    "awards:decision_paid": own(REFUSED, MOVED, "post", pk="decision"),
    "awards:decision_unpaid": own(REFUSED, MOVED, "post", pk="decision", grant_pk="grant"),
    "awards:decision_draft": own(REFUSED, MOVED, pk="award_round"),
    "awards:decisions_publish": own(REFUSED, MOVED, pk="award_round"),
    "awards:send_up": own(REFUSED, MOVED, pk="award_round"),
    "awards:send_recall": own(REFUSED, MOVED, pk="award_round"),
    "awards:decision_outside": own(REFUSED, MOVED, pk="award_round"),
    # awards: certificates of an issued decision, stocks and printers
    "awards:certificates": own(SHOWN, pk="decision"),
    "awards:certificates_preview": own(REFUSED, pk="decision"),
    "awards:certificates_handed": own(REFUSED, MOVED, "post", pk="decision"),  # no day
    "awards:certificates_unhanded": own(REFUSED, MOVED, "post", pk="decision", grant_pk="grant"),
    "awards:certificate_names": own(SHOWN, pk="decision"),
    "awards:certificate_name_undo": own(REFUSED, MOVED, "post", pk="decision", nominee_pk="nominee"),
    "awards:stocks": EVERYBODY_SIGNED_IN,
    "awards:stock_add": Row(LOGIN, SHOWN, REFUSED, SHOWN),  # an officer anywhere may add one of that unit
    "awards:stock": own(REFUSED, pk="stock"),
    "awards:stock_places": own(REFUSED, MOVED, pk="stock"),  # the whole certificate has no places to set
    "awards:stock_calibrate": own(REFUSED, pk="stock"),
    "awards:stock_calibration_page": own(SHOWN, pk="stock"),
    "awards:stock_remove": own(REFUSED, MOVED, "post", pk="stock"),
    "awards:reissue": own(REFUSED, pk="grant"),
    "awards:reissue_given": own(REFUSED, MOVED, "post", pk="reissue"),  # no day
    # awards: the council; the sitting is still being prepared
    "awards:council": EVERYBODY_SIGNED_IN,
    "awards:council_add": Row(LOGIN, SHOWN, REFUSED, SHOWN),  # an officer anywhere has that unit's
    "awards:council_edit": own(REFUSED, pk="council_member"),
    "awards:council_remove": own(REFUSED, MOVED, "post", pk="council_member"),  # who has sat stays
    "awards:sittings": EVERYBODY_SIGNED_IN,
    "awards:sitting_new": Row(LOGIN, SHOWN, REFUSED, SHOWN),
    "awards:sitting": own(SHOWN, pk="sitting"),
    "awards:sitting_edit": own(REFUSED, pk="sitting"),
    "awards:sitting_discard": own(REFUSED, pk="sitting"),
    "awards:sitting_items": own(REFUSED, pk="sitting"),
    "awards:item_put_off": own(REFUSED, pk="sitting", item_pk="item"),
    "awards:sitting_presence": own(REFUSED, pk="sitting"),
    "awards:sitting_recusals": own(REFUSED, pk="sitting"),
    "awards:recusal_remove": own(REFUSED, MOVED, "post", pk="sitting", recusal_pk="recusal"),
    "awards:sitting_minutes": own(REFUSED, pk="sitting"),
    "awards:sitting_open": own(REFUSED, pk="sitting"),
    "awards:sitting_back": own(REFUSED, MOVED, "post", pk="sitting"),  # nothing has begun
    "awards:sitting_count": own(REFUSED, MOVED, pk="sitting"),
    "awards:sitting_close": own(REFUSED, MOVED, pk="sitting"),
    "awards:sitting_voters": own(REFUSED, pk="sitting"),
    "awards:sitting_counts": own(REFUSED, MOVED, pk="sitting"),
    "awards:sitting_vote": own(REFUSED, MOVED, pk="sitting"),  # a colleague without a seat
    "awards:sitting_vote_for": own(REFUSED, MOVED, pk="sitting", seat_pk="seat"),
    # awards: papers of a round and its things; the pack
    "awards:round_papers": own(SHOWN, pk="award_round"),
    "awards:paper": own(SHOWN, pk="award_paper"),
    "awards:paper_of": own(REFUSED, 422, "post", slug="submission", pk="award_round"),  # nothing was sent
    "awards:paper_file": own(SHOWN, slug="submission", pk="award_round", to="txt"),
    "awards:paper_issue": own(REFUSED, MOVED, pk="award_paper"),  # nobody has passed yet
    "awards:pack": own(REFUSED, pk="award_round"),
    "awards:pack_lists": own(REFUSED, pk="award_round"),
    # files and jobs belong to who made them
    "core:file": own(HIDDEN, pk="file"),
    "core:jobs": EVERYBODY_SIGNED_IN,
    "core:job": own(HIDDEN, pk="job"),
    # awards: the register, its public pages
    "awards:register": EVERYBODY_SIGNED_IN,
    "awards:export_register": EVERYBODY_SIGNED_IN,
    "awards:import_register": Row(LOGIN, SHOWN, REFUSED, SHOWN),  # an officer anywhere may enter lines of that unit
    "awards:register_template": EVERYBODY_SIGNED_IN,
    "awards:enter_old": Row(LOGIN, SHOWN, REFUSED, SHOWN),
    "awards:grant": own(SHOWN, pk="grant"),
    "awards:revoke": own(REFUSED, pk="grant"),
    "awards:grant_publicity": own(REFUSED, MOVED, "post", pk="grant"),
    "awards:recovered": own(REFUSED, MOVED, pk="grant"),  # it was given, not taken back
    "awards:subject": own(SHOWN, pk="award_subject"),
    "awards:subject_join": own(REFUSED, MOVED, pk="award_subject"),  # nobody else could be the same
    "awards:subject_part": own(REFUSED, MOVED, pk="award_subject"),
    "awards:public_list": OPEN,
    "awards:verify": Row(HIDDEN, HIDDEN, HIDDEN, HIDDEN, {"code": "wrong code"}),
    # awards: the catalogue, what is ordered otherwise, what is confirmed
    "awards:catalogue": EVERYBODY_SIGNED_IN,
    "awards:award": Row(LOGIN, SHOWN, SHOWN, SHOWN, {"code": "award code"}),
    "awards:local_rule_add": Row(LOGIN, SHOWN, REFUSED, SHOWN, {"code": "award code"}),
    "awards:local_rule": own(REFUSED, pk="local_rule"),
    "awards:local_rule_remove": own(REFUSED, pk="local_rule"),
    "awards:confirmations": EVERYBODY_SIGNED_IN,
    "awards:confirm": Row(LOGIN, MOVED, REFUSED, MOVED),  # no rule is chosen
    "awards:withdraw_confirmation": own(REFUSED, pk="confirmation"),
}


def names_of(patterns: list, prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names_of(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"address without a name: {pattern}"
            yield f"{prefix}{pattern.name}"


NAMES = sorted(set(names_of(get_resolver().url_patterns)))


def test_every_address_has_its_row():
    assert sorted(ROWS) == NAMES


@pytest.fixture(scope="module")
def shared(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, Path]]:
    """The world, once for all rows, with its files: each row's own transaction lies inside this one.

    A test case ends by closing its connection, and this transaction with it: so nothing closes it meanwhile.
    """
    files = tmp_path_factory.mktemp("world")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=files),
        patch.object(connection, "close"),
        transaction.atomic(),
    ):
        world = build_world()
        world.things["remark"] = Remark.objects.create(plan=world.plan, by=world.an, text="Nêu rõ chỉ tiêu.").pk
        yield world, files
        transaction.set_rollback(True)


@pytest.fixture
def world(shared: tuple[World, Path], db: None, settings: Settings) -> World:
    world, settings.MEDIA_ROOT = shared
    return world


def address(name: str, row: Row, world: World) -> str:
    plain = {
        "kind": "plans.duty",
        "slot": "0",
        "which": "tieu-chi",
        "quarter": "1",
        "to": "txt",
        "form": "tinh-lai",
        "name": "zalo_request",
        "key": "limits",
        "token": "khong-co-loi-moi-nay",
        "code": "GK",
        "slug": "to-trinh-cap-tren",
    }
    values = {key: plain.get(key) or world.things.get(thing, world.unit.pk) for key, thing in row.arguments.items()}
    return reverse(name, kwargs=values)


@pytest.mark.parametrize("who", ["anonymous", "stranger", "colleague", "entitled"])
@pytest.mark.parametrize("name", sorted(ROWS))
def test_each_person_is_answered_as_the_table_says(world, name, who):
    row = ROWS[name]
    client = Client()
    if who != "anonymous":
        user = {"stranger": world.cuong, "colleague": world.binh, "entitled": world.an}[who]
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    answer = getattr(client, row.method)(address(name, row, world))
    answer.close()

    assert answer.status_code == getattr(row, who)
    if who == "anonymous" and row.anonymous == LOGIN and name != "account_logout":
        assert answer["Location"].startswith(reverse("account_login"))
