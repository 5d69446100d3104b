"""What becomes of a campaign when its plan is moved on, amended or thrown away."""

from __future__ import annotations

import copy
import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from campaigns.models import Campaign, Exemplar, Movement, Registration, Result, Target, Wave
from campaigns.states import CampaignState
from core import audit
from core.models import AuditEntry
from plans.amending.services import start_amending
from plans.models import Plan
from plans.selectors import any_plan, plan_data
from plans.services import PlanIsClosed, create_plan, delete_draft
from plans.starting.selectors import adoption_of
from plans.starting.services import start_from_sources, taken_together
from tests.campaigns.printing.conftest import BODY, PART, issue, lines_of
from tests.factories import PartFactory
from tests.plans.starting.world import accept, proposals_of
from tests.plans.starting.world import lines_of as proposed_lines

pytestmark = pytest.mark.django_db

NEXT = dt.datetime(2027, 1, 15, 2, 0, tzinfo=dt.UTC)


def moved_on(plan: Plan, officer: Any) -> Plan:
    """To the next year, all that is certain and each question as is likeliest."""
    with time_machine.travel(NEXT, tick=False):
        lines = proposed_lines(
            proposals_of(taken_together([plan], []), adoption_of(plan.unit, [plan], 2027, NEXT.date()))
        )
        made = start_from_sources(
            actor=officer, unit=plan.unit, year=2027, sources=[plan], accepted=accept(lines), issuer=plan.issuer
        )
    return any_plan(made.pk)


class TestMovedOn:
    def test_the_next_year_has_a_campaign_of_its_own_with_its_days_a_year_later(self, plan, officer):
        Campaign.objects.filter(plan=plan).update(
            title="Phong trào thi đua năm 2026",
            scope="Toàn xã",
            register_by=dt.date(2026, 2, 28),
            start=dt.date(2026, 1, 15),
            state=CampaignState.RUNNING,
        )
        Movement.objects.filter(campaign__plan=plan, order=2).update(lead="Mặt trận xã")
        first = Wave.objects.get(campaign__plan=plan, order=1)
        party = "kỷ niệm 96 năm Ngày thành lập Đảng (03/02/1930 - 03/02/2026)"
        Wave.objects.filter(pk=first.pk).update(occasion=party)
        Target.objects.filter(campaign__plan=plan, order=1).update(wave=first, baseline=2100, adds_up=False)

        made = moved_on(any_plan(plan.pk), officer)

        old, new = Campaign.objects.get(plan=plan), Campaign.objects.get(plan=made)
        assert (new.title, new.scope, new.state, new.year) == (
            "Phong trào thi đua năm 2027",
            "Toàn xã",
            CampaignState.DRAFT,
            2027,
        )
        assert (new.register_by, new.start, new.end) == (
            dt.date(2027, 2, 28),
            dt.date(2027, 1, 15),
            dt.date(2027, 12, 31),
        )
        assert [(wave.start, wave.end, wave.review_by, wave.as_printed) for wave in new.waves.all()] == [
            (
                dt.date(2027, 1, 1),
                dt.date(2027, 6, 30),
                dt.date(2027, 6, 29),
                "từ ngày 01/01/2027 đến 30/6/2027",
            ),
            (dt.date(2027, 7, 1), dt.date(2027, 12, 20), None, "từ ngày 01/7/2027 đến hết ngày 20/12/2027"),
        ]
        assert new.waves.first().occasion == "kỷ niệm 97 năm Ngày thành lập Đảng (03/02/1930 - 03/02/2027)"
        assert list(new.movements.values_list("name", "lead")) == list(old.movements.values_list("name", "lead"))
        rice = new.targets.first()
        assert (rice.low, rice.wave, rice.adds_up, rice.baseline) == (
            Decimal("2205.5"),
            new.waves.first(),
            False,
            None,
        )
        assert old.targets.first().baseline == 2100
        assert "- Đợt thi đua thứ hai (từ ngày 01/7/2027 đến hết ngày 20/12/2027)." in lines_of(made)
        assert "“Đoàn kết, kỷ cương, sáng tạo, về đích năm 2027”" in lines_of(made)

    def test_results_and_registrations_stay_with_their_year(self, plan, officer, unit):
        campaign = Campaign.objects.get(plan=plan)
        village = PartFactory(unit=unit)
        Result.objects.create(target=campaign.targets.first(), period="2026-H1", value=1000)
        Registration.objects.create(campaign=campaign, part=village, day=dt.date(2026, 2, 1))

        made = moved_on(plan, officer)

        assert list(Result.objects.values_list("target__campaign", flat=True)) == [campaign.pk]
        assert list(Registration.objects.values_list("campaign", flat=True)) == [campaign.pk]
        assert Campaign.objects.get(plan=made).pk != campaign.pk

    def test_days_that_were_wrong_as_printed_are_pointed_out(self, make):
        wrong = copy.deepcopy(PART)
        wrong["waves"][0] |= {"start": "2025-01-01", "as_printed": "từ ngày 01/01/2025 đến 30/6/2026"}
        plan = make(part=wrong)

        with time_machine.travel(NEXT, tick=False):
            found = proposals_of(taken_together([plan], []), adoption_of(plan.unit, [plan], 2027, NEXT.date()))

        doubtful = {str(one.where): one.why for one in found if one.is_doubtful}
        why = "Thời gian thuộc năm 2025, trước năm 2026 của kế hoạch: dời cùng số năm, hãy xem lại."
        assert doubtful == {
            "parts/campaign/waves/0/start": why,
            "parts/campaign/waves/0/as_printed": why,
        }

    def test_one_day_kept_and_the_other_moved_still_makes_a_campaign(self, plan, officer):
        Campaign.objects.filter(plan=plan).update(start=dt.date(2026, 3, 1), end=dt.date(2026, 11, 30))
        source = any_plan(plan.pk)

        with time_machine.travel(NEXT, tick=False):
            lines = proposed_lines(
                proposals_of(taken_together([source], []), adoption_of(plan.unit, [source], 2027, NEXT.date()))
            )
            accepted = [one for one in accept(lines) if str(one.where) != "parts/campaign/end"]
            made = start_from_sources(
                actor=officer, unit=plan.unit, year=2027, sources=[source], accepted=accepted, issuer=plan.issuer
            )

        campaign = Campaign.objects.get(plan=made)
        assert (campaign.start, campaign.end) == (dt.date(2027, 3, 1), None)


class TestAmended:
    def test_an_amending_plan_has_no_campaign_and_leaves_the_first_alone(self, plan, officer):
        issued = issue(plan, officer)
        before = list(Campaign.objects.values())

        draft = start_amending(issued, actor=officer, reason="Theo Nghị quyết của Hội đồng nhân dân xã")
        delete_draft(draft, actor=officer)

        assert list(Campaign.objects.values()) == before
        assert plan_data(any_plan(plan.pk)).parts == {"campaign": PART}

    def test_it_speaks_of_the_campaign_of_the_plan_that_it_amends(self, page, plan, officer):
        draft = start_amending(issue(plan, officer), actor=officer, reason="Theo Nghị quyết")
        section = draft.sections.get()
        section.body = f"{BODY}\n6. Biểu chỉ tiêu\n[Chỉ tiêu]"
        section.save()

        found = lines_of(draft)
        answer = page.get(reverse("plans:editor", args=[draft.pk]))

        at = found.index("1. Bổ sung khoản 6 vào sau khoản 5 Mục I như sau:")
        assert found[at + 1 : at + 5] == [
            "“6. Biểu chỉ tiêu",
            "- Sản lượng lúa 2.205,5 tấn;",
            "- Tỷ lệ hộ nghèo giảm 1-2 %/năm;",
            "- Tỷ lệ người tham gia bảo hiểm y tế từ 95 % trở lên.”.",
        ]
        assert "[Chỉ tiêu]" in answer.context["settings"]["blocks"]


class TestDiscarded:
    def test_a_draft_takes_its_campaign_along(self, page, plan, officer):
        campaign = Campaign.objects.get(plan=plan)

        answer = page.post(reverse("plans:discard", args=[plan.pk]))

        assert answer.url == reverse("plans:list")
        assert [model.objects.count() for model in (Plan, Campaign, Wave, Movement, Target)] == [0] * 5
        entry = AuditEntry.objects.get(code="campaigns.campaign.discarded")
        assert (entry.actor, entry.subject_id) == (officer, campaign.pk)
        assert audit.first_broken_link(plan.unit_id) is None

    @pytest.mark.parametrize(
        ("what", "word"),
        [("result", "kết quả"), ("registration", "đăng ký thi đua"), ("exemplar", "điển hình tiên tiến")],
    )
    def test_what_hangs_on_the_campaign_keeps_the_draft(self, page, plan, unit, what, word):
        campaign, village = Campaign.objects.get(plan=plan), PartFactory(unit=unit)
        match what:
            case "result":
                Result.objects.create(target=campaign.targets.first(), period="2026-H1", value=1000)
            case "registration":
                Registration.objects.create(campaign=campaign, part=village, day=dt.date(2026, 2, 1))
            case "exemplar":
                Exemplar.objects.create(campaign=campaign, name="Lò Văn An", story="Hiến đất", day=dt.date(2026, 2, 1))

        answer = page.post(reverse("plans:discard", args=[plan.pk]), follow=True)

        said = [str(message) for message in answer.context["messages"]]
        assert said == [
            f"Phong trào «{campaign}» của kế hoạch này đã có {word} nên không xóa được dự thảo. "
            "Nếu thôi làm, hãy ghi phong trào là «Không thực hiện» kèm lý do."
        ]
        assert (Plan.objects.count(), Campaign.objects.count(), Target.objects.count()) == (1, 1, 3)
        assert not AuditEntry.objects.filter(code__endswith=".deleted").exists()

    @pytest.mark.parametrize("state", [CampaignState.RUNNING, CampaignState.CLOSED])
    def test_a_campaign_that_was_launched_keeps_the_draft(self, plan, officer, state):
        Campaign.objects.filter(plan=plan).update(state=state)

        with pytest.raises(PlanIsClosed, match="đã phát động nên không xóa được dự thảo"):
            delete_draft(plan, actor=officer)

        assert Plan.objects.filter(pk=plan.pk).exists()

    def test_a_plan_without_a_campaign_goes_as_ever(self, make, officer):
        delete_draft(make(part=None), actor=officer)

        assert not Plan.objects.exists()


def test_what_only_rows_know_comes_back_from_an_export(plan):
    wave = Wave.objects.get(campaign__plan=plan, order=2)
    movement = Movement.objects.get(campaign__plan=plan, order=1)
    Target.objects.filter(campaign__plan=plan, order=3).update(
        wave=wave, movement=movement, adds_up=True, baseline="94.25"
    )
    Wave.objects.filter(pk=wave.pk).update(occasion="Quốc khánh 2/9")
    Movement.objects.filter(pk=movement.pk).update(lead="Ban Nông thôn mới xã")
    Campaign.objects.filter(plan=plan).update(title="Khác", kind="sudden", rewards="10 giấy khen", end=None)
    written = plan_data(any_plan(plan.pk))

    again = any_plan(create_plan(written, actor=None).pk)

    assert plan_data(again).parts == written.parts
    assert written.parts["campaign"] | {"waves": 0, "thematic": 0, "targets": 0} == PART | {
        "waves": 0, "thematic": 0, "targets": 0,
        "title": "Khác", "rewards": "10 giấy khen", "kind": "sudden", "end": None,
    }  # fmt: skip
    assert written.parts["campaign"]["targets"][2] == PART["targets"][2] | {
        "baseline": 94.25, "wave": 2, "movement": 1, "adds_up": True,
    }  # fmt: skip
    assert written.parts["campaign"]["thematic"][0] == {
        "name": "Chung sức xây dựng nông thôn mới",
        "lead": "Ban Nông thôn mới xã",
    }
    assert written.parts["campaign"]["waves"][1] == PART["waves"][1] | {"occasion": "Quốc khánh 2/9"}
