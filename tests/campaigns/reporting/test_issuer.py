"""Who issues a report: chosen among the bodies of the unit; by default whoever issued the campaign's plan."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from campaigns.models import Campaign, Review
from campaigns.reporting import services
from campaigns.reporting.printing import issuer_of, report_of
from campaigns.reporting.services import IsIssued, choose_issuer, record_issue, start_review
from core.errors import UnfitField
from core.models import AuditEntry
from core.states import EditedMeanwhile
from tests.campaigns.reporting import rows
from tests.campaigns.reporting.rows import PERIOD, Movement2024
from tests.factories import IssuerFactory
from tests.units.conftest import signed_in
from units.models import Issuer

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Movement2024:
    return rows.movement()


@pytest.fixture
def council(made) -> Issuer:
    return IssuerFactory(
        unit=made.unit,
        superior="ỦY BAN NHÂN DÂN XÃ VÂN KHÊ",
        name_lines="HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG",
        symbol="HĐTĐKT",
        signature_lines="TM. HỘI ĐỒNG\nCHỦ TỊCH",
    )


def begun(made: Movement2024, **said: object) -> Review:
    return start_review(made.campaign, actor=made.officer, period=PERIOD, wave=None, is_final=False, **said)


def issued(review: Review, actor: object) -> Review:
    paper = services.paper_of(review, number="27", symbol="BC-HĐTĐKT", date=dt.date(2024, 7, 3), signer="Lò Văn Thắng")
    record_issue(review, actor=actor, version=review.version, paper=paper)
    return review


def test_by_default_who_issued_the_plan(made, council):
    review = begun(made)

    assert (review.issuer, issuer_of(review)) == (None, made.campaign.plan.issuer)


def test_without_a_plan_the_committee_of_the_unit(made, council):
    committee = made.campaign.plan.issuer
    Campaign.objects.update(plan=None)
    made.campaign.refresh_from_db()

    assert issuer_of(begun(made)) == committee


def test_the_chosen_one_heads_and_signs_it_in_its_own_words(made, council):
    made.campaign.plan.signature_lines, made.campaign.plan.signature_name = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "Lò Văn A"
    review = begun(made, issuer=council)

    head = report_of(review).head

    assert (head.issuer, head.superior, head.symbol) == (council.lines, council.superior, "BC-HĐTĐKT")
    assert (head.office.signature, head.signer) == (("TM. HỘI ĐỒNG", "CHỦ TỊCH"), "")


def test_one_of_another_unit_is_refused(made):
    stranger = IssuerFactory()

    with pytest.raises(UnfitField) as error:
        begun(made, issuer=stranger)
    with pytest.raises(UnfitField):
        choose_issuer(begun(made), actor=made.officer, version=1, issuer=stranger)

    assert (error.value.field, str(error.value)) == ("issuer", "Chọn một cơ quan ban hành của đơn vị.")


def test_a_draft_is_given_to_another_and_the_history_says_so(made, council):
    review = begun(made)

    choose_issuer(review, actor=made.officer, version=1, issuer=council)

    review.refresh_from_db()
    assert (review.issuer, review.version) == (council, 2)
    changes = AuditEntry.objects.get(code="campaigns.review.issuer_chosen").changes
    assert changes == {"issuer": [str(made.campaign.plan.issuer), str(council)]}
    with pytest.raises(EditedMeanwhile):
        choose_issuer(review, actor=made.officer, version=1, issuer=made.campaign.plan.issuer)


def test_the_paper_on_record_is_its_and_stays_so(made, council):
    review = issued(begun(made, issuer=council), made.officer)

    assert review.paper.issuer == council
    with pytest.raises(IsIssued):
        choose_issuer(review, actor=made.officer, version=review.version, issuer=made.campaign.plan.issuer)
    Review.objects.update(issuer=None)
    assert issuer_of(Review.objects.get()) == council


class TestPages:
    def test_it_is_asked_where_there_is_a_choice(self, made, council):
        page = signed_in(made.officer)
        address = reverse("campaigns:reviews", args=[made.campaign.pk])

        offered = [label for _, label in page.get(address).context["form"].fields["issuer"].choices]
        page.post(address, {"period": PERIOD, "what": "so-ket", "issuer": council.pk})

        assert offered == [str(made.campaign.plan.issuer), "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG"]
        assert Review.objects.get().issuer == council

    def test_where_there_is_none_nothing_is_asked(self, made):
        page = signed_in(made.officer)
        review = begun(made)

        form = page.get(reverse("campaigns:reviews", args=[made.campaign.pk])).context["form"]
        shown = page.get(reverse("campaigns:review", args=[made.campaign.pk, review.pk]))

        assert "issuer" not in form.fields
        assert shown.context["issuer_form"] is None

    def test_it_is_changed_on_the_page_of_the_draft(self, made, council):
        page, review = signed_in(made.officer), begun(made)
        address = reverse("campaigns:review", args=[made.campaign.pk, review.pk])

        before = page.get(address)
        answer = page.post(f"{address}co-quan/", {"version": 1, "issuer": council.pk}, follow=True)

        assert "Chọn cơ quan ban hành" in before.content.decode()
        assert [str(one) for one in answer.context["messages"]] == [
            "Cơ quan ban hành báo cáo: HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG."
        ]
        assert report_of(Review.objects.get()).head.issuer == council.lines

    def test_a_strangers_body_is_refused(self, made, council):
        page, review = signed_in(made.officer), begun(made)
        address = reverse("campaigns:review", args=[made.campaign.pk, review.pk])

        page.post(f"{address}co-quan/", {"version": 1, "issuer": IssuerFactory().pk})

        assert Review.objects.get().issuer is None
