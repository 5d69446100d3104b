"""A report from its beginning to its record: words, stale figures, two officers at once, what freezes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from campaigns.models import Result, Review, Target
from campaigns.reporting import services
from campaigns.reporting.figures import read
from campaigns.reporting.printing import report_of
from campaigns.reporting.selectors import review_for
from campaigns.reporting.services import record_issue, restore_text, start_review, write_text
from core import files
from core.errors import UnfitField
from core.models import AuditEntry, Job
from core.states import EditedMeanwhile
from documents.issuing import PaperData
from documents.models import IssuedPaper
from plans.models import Plan
from tests.campaigns.reporting import rows
from tests.campaigns.reporting.rows import PERIOD, Movement2024
from tests.factories import PersonFactory, Role, UserFactory
from tests.permissions.world import PDF
from tests.units.conftest import signed_in

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 7, 3)


@pytest.fixture
def made() -> Movement2024:
    return rows.movement()


@pytest.fixture
def review(made) -> Review:
    return start_review(made.campaign, actor=made.officer, period=PERIOD, wave=None, is_final=False)


@pytest.fixture
def page(made) -> Client:
    return signed_in(made.officer)


def at(name: str, review: Review, *more: Any) -> str:
    return reverse(f"campaigns:{name}", args=[review.campaign_id, review.pk, *more])


def issued(review: Review, actor: Any, number: str = "27", **more: Any) -> IssuedPaper:
    paper = services.paper_of(review, number=number, symbol="BC-UBND", date=DAY, signer="Lò Văn Thắng")
    return record_issue(review, actor=actor, version=review.version, paper=paper, **more)


def correct(target: Target, value: Any) -> None:
    before = Result.objects.get(target=target, part=None, replaced_by=None)
    rows.add(target, value, replaces=before)


class TestBeginning:
    def test_a_period_and_wave_have_one_report(self, made, review):
        with pytest.raises(services.BegunAlready) as there:
            start_review(made.campaign, actor=made.officer, period=PERIOD, wave=None, is_final=True)

        assert there.value.review == review
        wave = made.campaign.waves.get(order=1)
        other = start_review(made.campaign, actor=made.officer, period=PERIOD, wave=wave, is_final=False)
        assert set(Review.objects.all()) == {review, other}

    @pytest.mark.parametrize("period", ["2024-H3", "2022-H1", ""])
    def test_a_period_that_the_campaign_has_not_is_refused(self, made, period):
        with pytest.raises(UnfitField, match="Chọn một kỳ của phong trào"):
            start_review(made.campaign, actor=made.officer, period=period, wave=None, is_final=False)

    @pytest.mark.parametrize("state", ["draft", "dropped"])
    def test_what_was_not_launched_has_nothing_to_sum_up(self, made, state):
        made.campaign.state = state

        with pytest.raises(services.NotLaunched):
            start_review(made.campaign, actor=made.officer, period=PERIOD, wave=None, is_final=False)

    def test_the_page_begins_one_and_leads_to_the_one_that_is_there(self, made, page):
        url = reverse("campaigns:reviews", args=[made.campaign.pk])
        said = {"period": PERIOD, "wave": "", "what": "so-ket"}

        first, second = page.post(url, said), page.post(url, said)

        review = Review.objects.get()
        assert (first["Location"], second["Location"]) == (at("review", review),) * 2
        assert page.post(url, said | {"period": "2019-H1"}).status_code == 422
        assert "Sơ kết 6 tháng đầu năm 2024" in page.get(url).content.decode()


class TestWords:
    def test_words_that_nobody_touched_follow_the_figures(self, made, review):
        before = report_of(review).lines["findings"]
        rows.add(made.targets[rows.KEPT], 100)

        assert "đơn vị giữ vững an ninh trật tự (100 %, chỉ tiêu 100 %)" in report_of(review).lines["findings"]
        assert "đơn vị giữ vững an ninh trật tự" not in before

    def test_words_of_the_officer_stay_and_the_page_marks_their_stale_figures(self, made, review, page):
        mine = "- Tỷ lệ hộ dùng nước hợp vệ sinh mới đạt 97,9 %, do 2 công trình hỏng."
        write_text(review, actor=made.officer, version=1, key="findings", lines=mine)
        fresh = page.get(at("review", review)).content.decode()
        correct(made.targets[rows.CLEAN_WATER], "97.5")

        told = page.get(at("review", review)).content.decode()

        assert report_of(review).lines["findings"] == mine
        assert "<mark>" not in fresh
        assert "<mark>97,9</mark>" in told
        assert "97,9 (nay là 97,5)" in told
        assert "1 mục có số liệu trong lời đã viết không còn khớp" in told

    def test_what_the_plan_left_blank_is_not_printed_and_is_named(self, made, review, page):
        Plan.objects.filter(campaign=made.campaign).update(recipients="Cụm thi đua số …\nCác thôn, trường học")
        review = review_for(made.officer).get(pk=review.pk)

        html = page.get(at("review", review)).content.decode()

        assert report_of(review).paper().recipients.lines == ("Các thôn, trường học",)
        assert "Kế hoạch còn để trống «Cụm thi đua số …» nên báo cáo chưa in nơi nhận này." in html

    def test_drafted_words_written_again_are_no_words_of_the_officer(self, made, review):
        draft = report_of(review).drafts["results"]
        write_text(review, actor=made.officer, version=1, key="results", lines="Kết quả khá.")
        assert list(review.texts) == ["results"]

        write_text(review, actor=made.officer, version=2, key="results", lines=draft)

        assert (review.texts, review.version) == ({}, 3)

    def test_the_draft_comes_back_when_it_is_asked_for(self, made, review):
        write_text(review, actor=made.officer, version=1, key="causes", lines="- Do mưa muộn.")
        assert "HẠN CHẾ, NGUYÊN NHÂN" in [getattr(block, "text", "") for block in report_of(review).paper().body]

        restore_text(review, actor=made.officer, version=2, key="causes")

        assert report_of(review).lines["causes"] == ""
        assert "HẠN CHẾ" in [getattr(block, "text", "") for block in report_of(review).paper().body]
        said = (
            AuditEntry.objects.filter(code__startswith="campaigns.review")
            .order_by("pk")
            .values_list("code", "changes")
        )
        assert list(said) == [
            ("campaigns.review.begun", {"period": [None, "6 tháng đầu năm 2024"]}),
            ("campaigns.review.written", {"review_causes": ["", "- Do mưa muộn."]}),
            ("campaigns.review.restored", {"review_causes": ["- Do mưa muộn.", ""]}),
        ]

    def test_two_officers_at_once_lose_nothing(self, made, review, page):
        url, said = at("review_text", review, "limits"), {"version": "1", "lines": "- Lời của An."}
        write_text(review, actor=made.officer, version=1, key="limits", lines="- Lời của Lan.")

        refused = page.post(url, said)
        second = refused.context["form"]["version"].value()
        taken = page.post(url, said | {"version": second})

        assert (refused.status_code, taken.status_code) == (409, 302)
        assert "- Lời của Lan." in refused.content.decode()
        assert "- Lời của An." in refused.content.decode()
        review.refresh_from_db()
        assert review.texts["limits"]["lines"] == "- Lời của An."

    def test_markup_is_refused_at_the_field(self, review, page):
        answer = page.post(at("review_text", review, "limits"), {"version": "1", "lines": "<b>đậm</b>"})

        assert answer.status_code == 422
        assert "thẻ HTML" in answer.context["form"].errors["lines"][0]

    def test_an_old_version_is_refused(self, made, review):
        with pytest.raises(EditedMeanwhile):
            write_text(review, actor=made.officer, version=7, key="limits", lines="- Lời.")

        assert Review.objects.get().texts == {}

    def test_an_unknown_section_is_no_page(self, review, page):
        assert page.get(at("review_text", review, "prices")).status_code == 404


class TestIssue:
    def test_figures_words_and_files_are_kept_in_one_act(self, made, review):
        before = report_of(review).figures

        record = issued(review, made.officer)

        review.refresh_from_db()
        assert (review.paper, read(review.frozen)) == (record, before)
        assert (record.kind, record.full_number, record.date) == ("Báo cáo", "27/BC-UBND", DAY)
        assert record.subject.startswith("Sơ kết phong trào thi đua thực hiện nhiệm vụ")
        assert record.issued_file.name.startswith("bao-cao-27-so-ket-phong-trao")
        assert made.campaign.state == "running"

    def test_corrections_after_it_change_nothing_but_are_told(self, made, review, page):
        record = issued(review, made.officer)
        with files.open_stored(record.issued_file) as content:
            kept = content.read()
        correct(made.targets[rows.CLEAN_WATER], "99.5")

        told = page.get(at("review", review))
        served = b"".join(page.get(at("review_download", review, "pdf")).streaming_content)

        assert served == kept
        assert [(one.what, one.then, one.now) for one in told.context["changed"]] == [
            ("tỷ lệ hộ dùng nước hợp vệ sinh", "97,9 %", "99,5 %")
        ]
        assert "Số liệu đã thay đổi sau khi ban hành" in told.content.decode()
        assert told.context["rows"][rows.CLEAN_WATER].value == "97,9 %"

    def test_nothing_is_left_where_the_number_is_refused(self, made, review):
        issued(review, made.officer)
        other = start_review(made.campaign, actor=made.officer, period="2024-9M", wave=None, is_final=False)

        with pytest.raises(services.issuing.UnfitPaper):
            issued(other, made.officer)

        other.refresh_from_db()
        assert (other.paper, other.frozen, other.version, IssuedPaper.objects.count()) == (None, None, 1, 2)

    def test_an_issued_report_is_neither_written_nor_issued_again_nor_thrown_away(self, made, review, page):
        issued(review, made.officer)

        with pytest.raises(services.IsIssued):
            write_text(review, actor=made.officer, version=review.version, key="limits", lines="- Lời.")
        with pytest.raises(services.IsIssued):
            issued(review, made.officer, "28")
        page.post(at("review_discard", review), {"version": review.version})
        for name in ("review_issue",):
            assert page.get(at(name, review))["Location"] == at("review", review)
        assert page.get(at("review_text", review, "limits"))["Location"] == at("review", review)
        assert Review.objects.get().paper is not None

    def test_words_written_meanwhile_are_asked_about_before_they_are_frozen(self, made, review, page):
        said = {"version": "1", "number": "27", "symbol": "BC-UBND", "date": "3/7/2024", "signer": "Lò Văn Thắng"}
        write_text(review, actor=made.officer, version=1, key="limits", lines="- Lời mới.")

        refused = page.post(at("review_issue", review), said)
        second = refused.context["form"]["version"].value()
        taken = page.post(at("review_issue", review), said | {"version": second})

        assert (refused.status_code, taken.status_code) == (409, 302)
        assert "- Lời mới." in [
            f"- {b.text}" for b in report_of(Review.objects.get()).paper().body if hasattr(b, "text")
        ]

    def test_the_page_keeps_the_signed_file_and_closes_the_campaign_with_its_last_report(self, made, page):
        final = start_review(made.campaign, actor=made.officer, period="2024-Y", wave=None, is_final=True)
        said = {"version": "1", "number": "90", "symbol": "BC-UBND", "date": "30/12/2024", "signer": "Lò Văn Thắng"}
        scan = SimpleUploadedFile("bao-cao.pdf", PDF)

        asked = page.post(at("review_issue", final), said | {"closes": "on", "signed_file": scan})
        kept = asked.context["form"]["kept"].value() if asked.context else ""
        answer = page.post(at("review_issue", final), said | {"closes": "on", "confirmed": "on", "kept": kept})

        final.refresh_from_db()
        made.campaign.refresh_from_db()
        assert answer.status_code == 302
        assert final.paper is not None
        assert final.paper.signed_file.name == "bao-cao.pdf"
        assert made.campaign.state == "closed"

    def test_a_clerk_records_and_does_not_write_and_a_member_reads(self, made, review):
        clerk, member = (
            signed_in(UserFactory(role=role, unit=made.unit, person=PersonFactory(unit=made.unit)))
            for role in (Role.CLERK, Role.COUNCIL_MEMBER)
        )

        assert [
            clerk.get(at("review_issue", review)).status_code,
            member.get(at("review_issue", review)).status_code,
        ] == [*(200, 403)]
        assert [one.get(at("review_text", review, "limits")).status_code for one in (clerk, member)] == [403, 403]
        assert [one.get(at("review", review)).status_code for one in (clerk, member)] == [200, 200]


class TestFiles:
    def test_a_draft_is_drawn_now_in_every_form(self, review, page):
        answers = {to: page.get(at("review_download", review, to)) for to in ("pdf", "docx", "txt")}

        assert [answers[to].content[:2] for to in ("pdf", "docx")] == [b"%P", b"PK"]
        assert "6 tháng đầu năm 2024" in answers["txt"].content.decode()
        assert answers["pdf"]["Content-Disposition"].endswith(".pdf")
        assert page.get(at("review_download", review, "exe")).status_code == 404

    def test_a_long_report_is_set_by_a_worker(self, made, review, page, django_capture_on_commit_callbacks):
        for order in range(9, 62):
            Target.objects.create(campaign=made.campaign, order=order, text=f"Chỉ tiêu {order}", low=10, measure="%")

        with django_capture_on_commit_callbacks(execute=True):
            answer = page.get(at("review_download", review, "pdf"))

        job = Job.objects.get()
        assert (answer["Location"], job.state, job.message) == (reverse("core:job", args=[job.pk]), "done", "")
        assert job.result is not None
        assert job.result.name.endswith(".pdf")

    def test_without_an_issuer_the_page_says_what_to_do(self, made, review, page):
        made.campaign.plan = None
        made.campaign.save()
        made.unit.issuers.update(valid_to=dt.date(2020, 1, 1))

        told = page.get(at("review", review))

        assert told.status_code == 200
        assert "Đơn vị chưa có cơ quan ban hành" in told.content.decode()
        assert page.get(at("review_download", review, "pdf"))["Location"] == at("review", review)
        assert page.get(at("review_issue", review))["Location"] == at("review", review)


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_of_reports_costs_the_same_however_long_it_is(made, page, django_assert_num_queries, count):
    for _ in range(count):
        Review.objects.create(campaign=made.campaign, period=PERIOD, wave=None)
    url = reverse("campaigns:reviews", args=[made.campaign.pk])
    page.get(url)

    with django_assert_num_queries(9):
        answer = page.get(url)

    assert answer.context["page"].total == count


def test_paper_data_is_what_is_typed(made, review):
    assert services.paper_of(review, number="1", symbol="BC-UBND", date=DAY) == PaperData(
        kind="Báo cáo",
        number="1",
        symbol="BC-UBND",
        date=DAY,
        subject="Sơ kết phong trào thi đua thực hiện nhiệm vụ phát triển kinh tế - xã hội 6 tháng đầu năm 2024",
    )
