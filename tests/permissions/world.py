"""Four people and what belongs to one of them.

An is the officer, leader and administrator of the commune that owns everything here. Bình is a
colleague who may read but has no right to change. Cường is the officer of another commune
and must not even learn that a thing exists. The fourth has not signed in.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from awards.models import (
    AwardPaper,
    Confirmation,
    Consultation,
    Correction,
    CouncilMember,
    Decision,
    DossierPaper,
    Grant,
    Impediment,
    Initiative,
    Item,
    LocalRule,
    Nominee,
    Opinion,
    Proposal,
    Recusal,
    Reissue,
    Round,
    Seat,
    Sitting,
    Stock,
    Subject,
)
from campaigns.filling.services import receive
from campaigns.reporting.exemplar_services import ExemplarData, add_exemplar
from campaigns.reporting.services import start_review
from campaigns.results.targets import TargetRow, save_targets
from campaigns.running.services import create_campaign, launch
from campaigns.running.values import CampaignValues
from campaigns.taking_part.services import register
from campaigns.taking_part.values import RegistrationData, Who
from clusters.criteria.filling.services import receive as receive_sheet
from clusters.criteria.services import copy_proposed, copy_set
from clusters.models import (
    Ballot,
    Cluster,
    Commendation,
    CriteriaSet,
    Criterion,
    Entry,
    Explanation,
    Member,
    Quota,
    Ranking,
    ScoreSheet,
    Season,
    Step,
)
from clusters.ranking.snapshots import digest_of, snapshot
from clusters.standing import read_season
from core import files
from core.models import Job, SheetImport, StoredFile
from documents.deliveries.services import send
from documents.models import Evidence, IssuedPaper, NumberSeries
from plans import interchange
from plans.duties.milestones.services import MilestoneData, count_back
from plans.duties.services import add_duty, receive_text
from plans.duties.types.services import add_type
from plans.duties.values import DutyData
from plans.models import Plan, Reading, Revision
from plans.services import create_plan
from reminders.asking.list_drops import KIND as LIST
from reminders.asking.services import create_request, send_out
from reminders.asking.values import RequestData
from reminders.feeds import make_feed
from reminders.models import Ask, DayOff, Message, Request
from tests.campaigns.filling.made import plain_book
from tests.plans.files import read_file
from units.accounts import invite
from units.models import Membership, Part, Unit, User
from units.services import add_part, add_person, create_issuer, create_unit, grant_role

Role = Membership.Role
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class World:
    unit: Unit
    an: User
    binh: User
    cuong: User
    plan: Plan
    things: dict[str, int]
    """What a URL may need besides the unit: name of the argument → id."""

    def user(self, who: str) -> User:
        return getattr(self, who)


def build_world() -> World:
    province = create_unit(actor=None, kind="province", designation="tỉnh", name="Vĩnh Hà", code="T1")
    home = create_unit(actor=None, kind="commune", designation="xã", name="An Hòa", code="X1", parent=province)
    away = create_unit(actor=None, kind="commune", designation="xã", name="Bình Sơn", code="X2", parent=province)
    an, binh, cuong = (_user(name, unit) for name, unit in (("an", home), ("binh", home), ("cuong", away)))
    for role in (Role.OFFICER, Role.ADMINISTRATOR, Role.LEADER):
        grant_role(an, home, role, actor=None)
        grant_role(cuong, away, role, actor=None)
    plan = create_plan(interchange.read(read_file("doai_trung")), actor=an, unit=home)
    part = add_part(home, actor=an, name="Thôn Đông", kind="village")
    stored = files.store(io.BytesIO(PDF), name="kế hoạch.pdf", unit_id=home.pk, actor=an)
    job = Job.objects.create(owner=an, unit_id=home.pk, title="Dựng PDF")
    things = {"plan": plan.pk, "part_pk": part.pk, "file": stored.pk, "job": job.pk}
    things |= _of_units(home, an, binh)
    things |= _of_documents(home, an, province)
    things |= _of_plans(home, an, plan, job)
    things |= _of_duties(home, an)
    things |= _of_sheets(home, an, part, stored, job)
    things |= _of_reminders(home, an, part)
    things |= _of_campaigns(home, an, part)
    things |= _of_clusters(home, an, province, part)
    things |= _of_awards(home, an, part)
    return World(home, an, binh, cuong, plan, things)


def _of_units(home: Unit, an: User, binh: User) -> dict[str, int]:
    membership = grant_role(binh, home, Role.COUNCIL_MEMBER, actor=None)
    invitation, _ = invite(home, actor=an, full_name="Lê Văn Dũng", role=Role.CLERK)
    return {
        "person_pk": an.person_id or 0,
        "membership_pk": membership.pk,
        "user_pk": binh.pk,
        "invitation_pk": invitation.pk,
    }


def _of_documents(home: Unit, an: User, province: Unit) -> dict[str, int]:
    issuer = create_issuer(home, actor=an, name_lines="HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG")
    paper = IssuedPaper.objects.create(
        issuer=issuer, kind="Kế hoạch", number="07", symbol="KH-HĐTĐKT", date=dt.date(2026, 1, 15)
    )
    series = NumberSeries.objects.create(issuer=issuer, name="KH-HĐTĐKT", year=2026, last_number=7)
    [delivery] = send(paper, actor=an, sent_on=paper.date, units=[province])
    return {"issuer_pk": issuer.pk, "paper": paper.pk, "series": series.pk, "delivery": delivery.pk}


def _of_plans(home: Unit, an: User, plan: Plan, job: Job) -> dict[str, int]:
    content = interchange.write(interchange.read(read_file("doai_trung")))
    revision = Revision.objects.create(plan=plan, number=1, reason="Đổi thời gian", content=content)
    dropped = files.store(io.BytesIO(PDF), name="kế hoạch cũ.pdf", unit_id=home.pk, actor=an)
    reading = Reading.objects.create(unit=home, by=an, file=dropped, job=job)
    return {
        "section": plan.sections.all()[0].pk,
        "table": plan.task_tables.get().pk,
        "task": plan.tasks.all()[0].pk,
        "revision": revision.number,
        "reading": reading.pk,
    }


def _of_duties(home: Unit, an: User) -> dict[str, int]:
    incoming = receive_text("Các xã gửi báo cáo về Sở Nội vụ trước ngày 10/7 hằng năm.", unit=home, actor=an)
    duty = add_duty(home, actor=an, data=DutyData("Gửi báo cáo 6 tháng", due=dt.date(2026, 7, 9)))
    [milestone] = count_back(duty, actor=an, rows=[MilestoneData("Trình ký báo cáo", dt.date(2026, 7, 3), 5)])
    duty_type = add_type(home, actor=an, name="Gia đình văn hóa", steps="30 – Yêu cầu các thôn gửi danh sách")
    return {"incoming": incoming.pk, "duty": duty.pk, "milestone": milestone.pk, "duty_type": duty_type.pk}


def _of_sheets(home: Unit, an: User, part: Part, stored: StoredFile, job: Job) -> dict[str, int]:
    """A list for the unit's own rows, and one that came in answer to a request."""
    own = {"owner": an, "unit_id": home.pk, "file": stored}
    sheet_import = SheetImport.objects.create(kind="units.parts", target_id=home.pk, job=job, **own)
    listed = Request.objects.create(
        unit=home, by=an, title="Danh sách", due=dt.date(2026, 7, 9), state="asked", columns=["Họ và tên"]
    )
    Ask.objects.create(request=listed, part=part)
    dropped = SheetImport.objects.create(kind=LIST, target_id=listed.pk, **own)
    SheetImport.objects.filter(pk=dropped.pk).update(options={"drop": dropped.pk}, job=job)
    return {"sheet_import": sheet_import.pk, "listed": listed.pk, "list_drop": dropped.pk}


def _of_reminders(home: Unit, an: User, part: Part) -> dict[str, int]:
    wanted = RequestData("Gửi danh sách đề nghị", timezone.localdate(), [part], columns=("Họ và tên",))
    request = create_request(home, actor=an, data=wanted)
    send_out(request, actor=an)
    day_off = DayOff.objects.create(unit=home, day=dt.date(2026, 11, 13), name="Hội xã")
    feed = make_feed(home, None, actor=an)
    said = {"unit": home, "person": an.person, "purpose": "assigned", "day": dt.date(2026, 11, 13)}
    message = Message.objects.create(channel="mail", state="failed", **said)
    notice = Message.objects.create(channel="app", state="sent", **said)
    return {
        "request": request.pk,
        "ask": request.asks.get().pk,
        "day_off": day_off.pk,
        "feed": feed.pk,
        "message": message.pk,
        "notice": notice.pk,
    }


def _of_campaigns(home: Unit, an: User, part: Part) -> dict[str, int]:
    campaign = create_campaign(home, actor=an, values=CampaignValues("Thi đua năm 2026", 2026))
    [target] = save_targets(campaign, [TargetRow("Trồng cây")], version=campaign.version, actor=an)
    launch(campaign, actor=an, day=dt.date(2026, 1, 15))
    sent = plain_book(("Chỉ tiêu", "Thực hiện"), ("Trồng cây", None))
    table_map = receive(campaign, io.BytesIO(sent), name="bieu.xlsx", actor=an).table_map
    aimed_at = RegistrationData(dt.date(2026, 1, 20), ("Tập thể lao động tiên tiến",))
    registration = register(campaign, actor=an, who=Who(part), data=aimed_at)
    review = start_review(campaign, actor=an, period="2026-H1", wave=None, is_final=False)
    exemplar = add_exemplar(campaign, actor=an, data=ExemplarData("Thôn Đông", "Trồng cây.", dt.date(2026, 3, 2)))
    return {
        "campaign": campaign.pk,
        "target": target.pk,
        "table_map": table_map.pk,
        "registration": registration.pk,
        "review": review.pk,
        "exemplar": exemplar.pk,
    }


def _of_clusters(home: Unit, an: User, province: Unit, part: Part) -> dict[str, int]:
    """What the commune runs for its villages, and beside it a season of the province in which it is a member.

    The rows are written past the services, so that no room waits for another.
    """
    cluster = Cluster.objects.create(unit=home, name="Cụm thi đua các thôn")
    criteria_set, season = _scored(cluster)
    leaf = criteria_set.criteria.get(code="I.1")
    member = Member.objects.create(season=season, order=1, part=part, name=part.name, role="head")
    deputy = Member.objects.create(season=season, order=2, name="Thôn Tây", role="deputy")
    sheet, other = (ScoreSheet.objects.create(member=one) for one in (member, deputy))
    reviewed, explanation = _explained(season, leaf)
    draft = copy_set(criteria_set, home, values=copy_proposed(criteria_set), actor=None)
    sent = io.BytesIO(plain_book(("Nội dung", "Tự chấm"), ("Đăng ký thi đua", None)))
    sheet_sent = receive_sheet(season, sent, name="mau.xlsx", unit_id=home.pk, member=member, actor=an)
    above = Cluster.objects.create(unit=province, name="Cụm thi đua số 1")
    _, season_above = _scored(above)
    own = Member.objects.create(season=season_above, order=1, unit=home, name="Xã An Hòa")
    return {
        "cluster": cluster.pk,
        "season": season.pk,
        "set": criteria_set.pk,
        "draft_set": draft.pk,
        "score_table": sheet_sent.table.pk,
        "draft_criterion": draft.criteria.get(code="I.1").pk,
        "criterion": leaf.pk,
        "group": leaf.parent_id or 0,
        "member": member.pk,
        "other_member": deputy.pk,
        "sheet": sheet.pk,
        "other_sheet": other.pk,
        "reviewed_sheet": reviewed.pk,
        "explanation": explanation.pk,
        "step": season.steps.get().pk,
        "step_order": season.steps.get().order,
        **_ranked(season),
        "season_above": season_above.pk,
        "own_sheet": ScoreSheet.objects.create(member=own).pk,
    }


def _of_awards(home: Unit, an: User, part: Part) -> dict[str, int]:
    """A round that is decided, with one nominee all the way, and one draft of each thing; past the services."""
    award_round = Round.objects.create(unit=home, name="Xét khen thưởng năm 2026", year=2026, by=an)
    proposal = Proposal.objects.create(round=award_round, part=part, day=dt.date(2026, 11, 10))
    subject = Subject.objects.create(unit=home, name="Nguyễn Thị Hoa", part=part)
    nominee = Nominee.objects.create(
        round=award_round, proposal=proposal, order=1, subject=subject, name=subject.name, award="GK", year=2026
    )
    consultation = Consultation.objects.create(
        round=award_round, body="Công an xã", about="an ninh trật tự", sent_on=dt.date(2026, 11, 11)
    )
    Opinion.objects.create(consultation=consultation, nominee=nominee)
    correction = Correction.objects.create(nominee=nominee, field="birth_year", reason="Thiếu năm sinh", asked_by=an)
    proof = Evidence.objects.create(unit=home, typed_number="5/BC-TH", added_by=an)
    initiative = Initiative.objects.create(unit=home, title="Số hóa hồ sơ", year=2026)
    initiative.authors.add(subject)
    impediment = Impediment.objects.create(
        subject=subject, kind="discipline", level="Khiển trách", start=dt.date(2020, 3, 1), end=dt.date(2021, 3, 1)
    )
    member = CouncilMember.objects.create(unit=home, person=an.person, role="chair")
    sitting = Sitting.objects.create(unit=home, round=award_round, name="Phiên họp tháng 11")
    seat = Seat.objects.create(sitting=sitting, member=member, person=an.person, name=str(an.person), order=1)
    item = Item.objects.create(sitting=sitting, nominee=nominee, order=1)
    recusal = Recusal.objects.create(seat=seat, item=item, reason="Có quan hệ gia đình")
    draft = Decision.objects.create(unit=home, round=award_round, subject="Về việc tặng Giấy khen")
    decision = Decision.objects.create(unit=home, state="issued", number="12/QĐ-UBND", day=dt.date(2025, 12, 20))
    grant = Grant.objects.create(
        unit=home,
        decision=decision,
        order=1,
        subject=subject,
        kind=subject.kind,
        name=subject.name,
        award="GK",
        award_name="Giấy khen",
        year=2025,
    )
    return {
        "award_round": award_round.pk,
        "proposal": proposal.pk,
        "nominee": nominee.pk,
        "award_subject": subject.pk,
        "award_paper": AwardPaper.objects.create(unit=home, round=award_round, kind="submission").pk,
        "consultation": consultation.pk,
        "correction": correction.pk,
        "dossier_paper": DossierPaper.objects.create(nominee=nominee, kind="report", evidence=proof, by=an).pk,
        "initiative": initiative.pk,
        "impediment": impediment.pk,
        "council_member": member.pk,
        "sitting": sitting.pk,
        "seat": seat.pk,
        "item": item.pk,
        "recusal": recusal.pk,
        "draft_decision": draft.pk,
        "decision": decision.pk,
        "grant": grant.pk,
        "stock": Stock.objects.create(unit=home, name="Máy in văn phòng").pk,
        "reissue": Reissue.objects.create(
            grant=grant, kind="again", reason="Bị mất", asked_on=dt.date(2026, 1, 5), by=an
        ).pk,
        "local_rule": LocalRule.objects.create(unit=home, award="GK", source="5/QC-UBND", days=5).pk,
        "confirmation": Confirmation.objects.create(unit=home, rule="LDTT:rating", paper=proof, by=an).pk,
    }


def _ranked(season: Season) -> dict[str, int]:
    """The year before it: frozen, with a vote and somebody commended."""
    frozen = Season.objects.create(cluster=season.cluster, year=2025, state="ranked", criteria=season.criteria)
    quota = Quota.objects.create(season=frozen, order=1, award="Giấy khen", count=1)
    member = Member.objects.create(season=frozen, order=1, name="Thôn Đông")
    ScoreSheet.objects.create(member=member, stage="done")
    content = snapshot(read_season(frozen), ())
    Ranking.objects.create(season=frozen, number=1, content=content, sha256=digest_of(content))
    as_counted = {"voters": 3, "issued": 3, "collected": 3, "valid": 3, "held_on": dt.date(2026, 1, 5)}
    ballot = Ballot.objects.create(season=frozen, purpose="commend", award="Giấy khen", **as_counted)
    Commendation.objects.create(season=frozen, member=member, award="Giấy khen", ballot=ballot)
    return {"ranked_season": frozen.pk, "ranking_number": 1, "quota": quota.pk, "ballot": ballot.pk}


def _explained(season: Season, leaf: Criterion) -> tuple[ScoreSheet, Explanation]:
    """A sheet that the reviewer has cut, while its village may still explain, and has."""
    member = Member.objects.create(season=season, order=3, name="Thôn Nam")
    until = timezone.localdate() + dt.timedelta(days=7)
    sheet = ScoreSheet.objects.create(member=member, stage="review", explain_until=until)
    Entry.objects.create(sheet=sheet, criterion=leaf, stage="review", deduction=2, reason="Đăng ký chậm")
    return sheet, Explanation.objects.create(sheet=sheet, criterion=leaf, text="Đã gửi trước hạn.")


def _scored(cluster: Cluster) -> tuple[CriteriaSet, Season]:
    """A year of the cluster in which scores are given, and what by."""
    of_2026: dict[str, Any] = {"unit": cluster.unit, "year": 2026, "name": "Bộ tiêu chí năm 2026"}
    criteria_set = CriteriaSet.objects.create(**of_2026, state="published", published_at=timezone.now())
    group = Criterion.objects.create(set=criteria_set, order=1, code="I", title="Thi đua", maximum=20)
    as_leaf: dict[str, Any] = {"set": criteria_set, "parent": group, "kind": "manual", "starts_full": True}
    Criterion.objects.create(order=2, code="I.1", title="Đăng ký thi đua", maximum=10, **as_leaf)
    Criterion.objects.create(order=3, code="I.2", title="Chế độ họp", maximum=10, **as_leaf)
    season = Season.objects.create(cluster=cluster, year=2026, state="scoring", criteria=criteria_set)
    Quota.objects.create(season=season, order=1, award="Giấy khen", count=2)
    due, said = dt.date(2026, 11, 30), "Gửi báo cáo tổng kết"
    Step.objects.create(season=season, order=1, kind="report", text=said, due=due, asks_members=True)
    return criteria_set, season


def _user(name: str, unit: Unit) -> Any:
    person = add_person(unit, actor=None, full_name=f"Nguyễn Thị {name.capitalize()}")
    return User.objects.create_user(username=name, password="mật khẩu dài 2026", person=person)
