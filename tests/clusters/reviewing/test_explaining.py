"""Giải trình: the window in working days, what the unit says, what the organiser answers and what that changes."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.results.evidence import Proof
from clusters.models import Entry, Explanation, Receipt, ScoreSheet, Season
from clusters.reviewing import selectors
from clusters.reviewing.explaining import (
    Said,
    WindowClosed,
    cut_on,
    explain,
    grant,
    last_day,
    open_window,
    refuse,
    withdraw,
)
from clusters.sheets.services import NotScoring, NotYours
from clusters.sheets.typed import Values
from clusters.standing import read_season
from clusters.states import ExplanationState, Stage
from core.errors import UnfitField
from core.files import visible_files
from core.models import AuditEntry
from core.states import MovedMeanwhile
from reminders.models import DayOff
from tests.clusters.season import Round, a_round
from tests.clusters.sheets.cells import fresh, move_all
from tests.units.conftest import signed_in
from units.models import Unit

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
FRIDAY = dt.datetime(2026, 12, 4, 9, tzinfo=dt.UTC)


@pytest.fixture
def found():
    """On a Friday, with the third commune's sheet at the reviewer, who cut one row by 2 points."""
    with time_machine.travel(FRIDAY, tick=False):
        found = a_round()
        for member in found.members:
            step = found.season.steps.get()
            Receipt.objects.create(member=member, step=step, received_on=dt.date(2026, 11, 28))
        row = found.criteria["II.3"]
        Entry.objects.create(
            sheet=found.sheets[2], criterion=row, stage="review", deduction=2, reason="Vắng", version=1
        )
        move_all(found, Stage.REVIEW)
        yield found


def opened(found: Round, days: int = 3) -> ScoreSheet:
    sheet = fresh(found.sheets[2])
    open_window(sheet.member.season, [sheet], days=days, actor=found.noivu)
    return sheet


def explained(found: Round, text: str = "Có đơn xin vắng.", proof: Proof | None = None) -> Explanation:
    sheet = opened(found)
    said = Said(text, proof or Proof())
    explanation = explain(sheet, found.criteria["II.3"], said=said, actor=found.officers[2])
    explanation.sheet = sheet
    return explanation


def points(found: Round) -> Fraction | None:
    return read_season(found.season).scores()[found.members[2].pk].points["II.3"]


class TestWindow:
    def test_days_are_working_days_of_the_organiser(self, found):
        assert last_day(found.season, 3, dt.date(2026, 12, 4)) == dt.date(2026, 12, 9)  # over the weekend

        DayOff.objects.create(unit=found.province, day=dt.date(2026, 12, 8), name="Ngày hội")
        assert opened(found).explain_until == dt.date(2026, 12, 10)

    def test_it_opens_once_the_reviewer_has_the_sheet_and_may_be_opened_longer(self, found):
        move_all(found, Stage.HEAD)
        with pytest.raises(UnfitField, match="chưa đến bước thẩm định"):
            opened(found)

        move_all(found, "done")
        assert opened(found).explain_until == dt.date(2026, 12, 9)
        assert opened(found, days=5).explain_until == dt.date(2026, 12, 11)
        assert AuditEntry.objects.filter(code="clusters.sheet.window_opened").count() == 2

    @pytest.mark.parametrize("days", [0, 61])
    def test_only_a_sensible_number_of_days(self, found, days):
        with pytest.raises(UnfitField, match="Số ngày làm việc"):
            opened(found, days=days)

    def test_the_page_opens_it_for_the_ticked_units(self, found):
        client, url = signed_in(found.noivu), reverse("clusters:window", args=[found.season.pk])
        assert client.get(url).context["form"].initial["days"] == 5

        client.post(url, {"sheets": [found.sheets[2].pk, found.sheets[3].pk], "days": "3"})

        until = ScoreSheet.objects.filter(explain_until=dt.date(2026, 12, 9)).values_list("pk", flat=True)
        assert sorted(until) == [found.sheets[2].pk, found.sheets[3].pk]
        assert client.post(url, {"days": "3"}).status_code == 422


class TestExplaining:
    def test_a_unit_explains_with_words_and_evidence(self, found):
        upload = SimpleUploadedFile("don.pdf", PDF, "application/pdf")

        explanation = explained(found, proof=Proof(upload=upload))

        assert (explanation.text, explanation.state, explanation.by, explanation.on_behalf) == (
            "Có đơn xin vắng.", ExplanationState.OPEN, found.officers[2], False,
        )  # fmt: skip
        file = explanation.evidence.get().file
        assert explanation.evidence.get().unit == found.communes[2]
        assert AuditEntry.objects.get(code="clusters.explanation.given").unit_id == found.communes[2].pk
        seen_by = [user for user in (found.noivu, found.officers[2], found.officers[3], found.officers[0])
                   if visible_files(user).filter(pk=file.pk).exists()]  # fmt: skip
        assert seen_by == [found.noivu, found.officers[2]]

    def test_it_may_be_changed_while_it_waits(self, found):
        first = explained(found)

        second = explain(first.sheet, first.criterion, said=Said("Có giấy mời trùng lịch."), actor=found.officers[2])

        assert Explanation.objects.get().pk == second.pk == first.pk
        assert second.text == "Có giấy mời trùng lịch."

    def test_it_may_be_withdrawn_while_it_waits_and_given_again(self, found):
        upload = SimpleUploadedFile("don.pdf", PDF, "application/pdf")
        first = explained(found, proof=Proof(upload=upload))

        withdraw(first, actor=found.officers[2])

        assert not Explanation.objects.exists()
        entry = AuditEntry.objects.get(code="clusters.explanation.withdrawn")
        assert (entry.unit_id, entry.changes["II.3, giải trình"]) == (found.communes[2].pk, ["Có đơn xin vắng.", ""])
        assert "don.pdf" in entry.changes["II.3, tài liệu"][0]
        explain(first.sheet, found.criteria["II.3"], said=Said("Viết lại."), actor=found.officers[2])
        assert Explanation.objects.get().text == "Viết lại."

    def test_an_answered_one_or_one_after_the_last_day_stays(self, found):
        explanation = explained(found)
        refuse(Explanation.objects.get(), answer="Không có đơn.", actor=found.noivu)
        with pytest.raises(MovedMeanwhile):
            withdraw(explanation, actor=found.officers[2])

        Explanation.objects.update(state="open")
        ScoreSheet.objects.update(explain_until=dt.date(2026, 12, 3))
        with pytest.raises(WindowClosed):
            withdraw(explanation, actor=found.officers[2])
        assert Explanation.objects.count() == 1

    def test_nobody_else_withdraws_it(self, found):
        explanation = explained(found)

        for user in (found.noivu, found.officers[0], found.officers[3]):
            with pytest.raises(NotYours):
                withdraw(explanation, actor=user)
        assert Explanation.objects.count() == 1

    def test_after_the_last_day_nothing_new_comes_and_the_day_is_told(self, found):
        sheet = opened(found)
        with time_machine.travel(dt.datetime(2026, 12, 9, 16, 59, tzinfo=dt.UTC)):  # 23:59 of the last day here
            explain(sheet, found.criteria["II.3"], said=Said("Kịp"), actor=found.officers[2])
        Explanation.objects.all().delete()

        with (
            time_machine.travel(dt.datetime(2026, 12, 9, 17, 1, tzinfo=dt.UTC)),
            pytest.raises(WindowClosed, match="Hết hạn giải trình ngày 09/12/2026"),
        ):
            explain(sheet, found.criteria["II.3"], said=Said("Muộn"), actor=found.officers[2])
        assert not Explanation.objects.exists()

    def test_without_a_window_nothing_comes(self, found):
        with pytest.raises(WindowClosed, match="Chưa mở giải trình"):
            explain(fresh(found.sheets[2]), found.criteria["II.3"], said=Said("Sớm"), actor=found.officers[2])

    def test_a_row_that_was_not_cut_needs_none(self, found):
        sheet = opened(found)

        with pytest.raises(UnfitField, match="không bị trừ điểm"):
            explain(sheet, found.criteria["IV"], said=Said("?"), actor=found.officers[2])
        with pytest.raises(UnfitField, match="Ghi nội dung giải trình"):
            explain(sheet, found.criteria["II.3"], said=Said("  "), actor=found.officers[2])

    def test_the_organiser_writes_for_a_unit_without_accounts(self, found):
        member = found.members[2]
        Unit.objects.filter(pk=member.unit_id).exists()
        member.unit = None
        member.save()

        explanation = explain(
            opened(found), found.criteria["II.3"], said=Said("Xã nói qua điện thoại"), actor=found.noivu
        )

        assert (explanation.on_behalf, explanation.by) == (True, found.noivu)

    def test_what_counts_as_cut(self, found):
        Receipt.objects.filter(member=found.members[2]).update(received_on=dt.date(2026, 12, 6))
        for code, own, judged in (("III", 5, 3), ("II.2", 75, 75), ("I.3", 10, 10)):
            row = found.criteria[code]
            Entry.objects.create(sheet=found.sheets[2], criterion=row, stage="self", actual=own)
            Entry.objects.create(sheet=found.sheets[2], criterion=row, stage="head", actual=judged)

        assert cut_on(read_season(found.season), fresh(found.sheets[2])) == {"II.3", "III", "IV"}


class TestAnswering:
    def test_refused_keeps_the_points_and_says_why(self, found):
        explanation = explained(found)

        refuse(explanation, answer="Đơn gửi sau buổi họp.", actor=found.noivu)

        explanation.refresh_from_db()
        assert (explanation.state, explanation.answer, explanation.answered_by) == (
            "refused", "Đơn gửi sau buổi họp.", found.noivu,
        )  # fmt: skip
        assert points(found) == 23
        assert AuditEntry.objects.get(code="clusters.explanation.refused").unit_id == found.province.pk

    def test_accepted_changes_the_reviewers_entry_with_the_answer_as_its_reason(self, found):
        explanation = explained(found)

        grant(explanation, values=Values(deduction=1), version=1, answer="Có đơn, trừ một nửa.", actor=found.noivu)

        assert points(found) == 24
        entry = Entry.objects.get(criterion=explanation.criterion)
        assert (entry.deduction, entry.reason) == (1, "Có đơn, trừ một nửa.")

    def test_a_finished_sheet_is_taken_up_and_finished_again(self, found):
        move_all(found, "done")
        explanation = explained(found)

        grant(explanation, values=Values(deduction=0), version=1, answer="Có đơn.", actor=found.noivu)

        sheet = ScoreSheet.objects.get(pk=explanation.sheet_id)
        assert (points(found), sheet.stage, sheet.return_reason) == (25, "done", "")
        assert list(
            AuditEntry.objects.filter(code__startswith="clusters.sheet.").order_by("pk").values_list("code", flat=True)
        ) == ["clusters.sheet.window_opened", "clusters.sheet.returned", "clusters.sheet.handed_in"]

    def test_accepting_must_change_something_and_an_answer_must_be_said(self, found):
        explanation = explained(found)

        with pytest.raises(UnfitField, match="Ghi kết quả hoặc điểm mới"):
            grant(explanation, values=Values(deduction=2), version=1, answer="Được", actor=found.noivu)
        with pytest.raises(UnfitField, match="Ghi trả lời"):
            refuse(explanation, answer=" ", actor=found.noivu)
        explanation.refresh_from_db()
        assert explanation.state == "open"

    def test_it_is_answered_once(self, found):
        explanation = explained(found)
        refuse(explanation, answer="Không đủ căn cứ.", actor=found.noivu)

        with pytest.raises(MovedMeanwhile):
            grant(explanation, values=Values(deduction=0), version=1, answer="Được", actor=found.noivu)
        assert points(found) == 23

    def test_after_the_ranking_nothing_is_answered(self, found):
        explanation = explained(found)
        Season.objects.filter(pk=found.season.pk).update(state="ranked")

        with pytest.raises(NotScoring):
            refuse(explanation, answer="Không", actor=found.noivu)


class TestPages:
    def test_the_unit_explains_and_reads_the_answer(self, found):
        sheet = opened(found)
        officer, url = signed_in(found.officers[2]), reverse("clusters:explanations", args=[sheet.pk])
        row = found.criteria["II.3"].pk
        shown = officer.get(url)
        assert [one.row.code for one in shown.context["rows"]] == ["II.3"]
        assert "Giải trình đến hết ngày 09/12/2026." in shown.content.decode()

        write = reverse("clusters:explain", args=[sheet.pk, row])
        assert officer.post(write, {"text": ""}).status_code == 422
        assert officer.post(write, {"text": "Có đơn xin vắng."})["Location"] == url
        explanation = Explanation.objects.get()

        answer = reverse("clusters:explanation_answer", args=[sheet.pk, explanation.pk])
        assert officer.get(answer).status_code == 403
        noivu = signed_in(found.noivu)
        form = noivu.get(answer).context["form"]
        assert (form.initial["value"], form.initial["version"]) == ("2", 1)
        said = {"decision": "accepted", "value": "0,5", "reason": "Có đơn.", "version": "1"}
        assert noivu.post(answer, said | {"value": "2"}).status_code == 422
        assert noivu.post(answer, said)["Location"] == url

        assert points(found) == Fraction(49, 2)
        text = officer.get(url).content.decode()
        assert "Chấp nhận:" in text
        assert "Có đơn." in text

    def test_the_unit_takes_it_back_from_the_page(self, found):
        explanation = explained(found)
        officer, url = signed_in(found.officers[2]), reverse("clusters:explanations", args=[explanation.sheet_id])
        act = reverse("clusters:explanation_withdraw", args=[explanation.sheet_id, explanation.pk])
        assert act in officer.get(url).content.decode()
        assert act not in signed_in(found.noivu).get(url).content.decode()

        answer = officer.post(act, follow=True)

        assert "Đã rút lại giải trình dòng II.3." in answer.content.decode()
        assert act not in answer.content.decode()
        assert not Explanation.objects.exists()

    def test_lateness_is_told_with_its_arithmetic(self, found):
        Receipt.objects.filter(member=found.members[2]).update(received_on=dt.date(2026, 12, 6))
        opened(found)

        page = signed_in(found.officers[2]).get(reverse("clusters:explanations", args=[found.sheets[2].pk]))

        told = {one.row.code: one.why for one in page.context["rows"]}
        assert told["IV"] == [
            (
                "Gửi báo cáo tổng kết",
                "Hạn 30/11/2026, nhận 06/12/2026: chậm 6 ngày, trừ 5 điểm theo mức từ 5 ngày.",
            )
        ]
        assert "tính từ số liệu" not in page.content.decode()

    def test_closed_is_told_and_leads_nowhere_else(self, found):
        sheet = opened(found)
        ScoreSheet.objects.filter(pk=sheet.pk).update(explain_until=dt.date(2026, 12, 3))
        officer = signed_in(found.officers[2])

        answer = officer.get(reverse("clusters:explain", args=[sheet.pk, found.criteria["II.3"].pk]), follow=True)

        assert "Hết hạn giải trình ngày 03/12/2026" in answer.content.decode()
        assert not answer.context["may_explain"]

    def test_other_members_do_not_read_them(self, found):
        sheet = opened(found)
        url = reverse("clusters:explanations", args=[sheet.pk])

        assert signed_in(found.officers[0]).get(url).status_code == 403  # the head sees the sheet
        assert signed_in(found.officers[3]).get(url).status_code == 404


class TestWhatFallsDue:
    def test_windows_answers_and_stages_with_their_days(self, found):
        explanation = explained(found)
        found.season.steps.create(order=2, kind="review", text="Thẩm định", due=dt.date(2026, 12, 15))

        assert list(selectors.open_windows(dt.date(2026, 12, 4))) == [found.sheets[2]]
        assert list(selectors.open_windows(dt.date(2026, 12, 10))) == []
        assert list(selectors.answers_owed()) == [explanation]
        assert {row.due for row in selectors.stages_due()} == {dt.date(2026, 12, 15)}
        assert set(selectors.of_units(selectors.stages_due(), [found.communes[2].pk])) == {found.sheets[2]}


def test_a_stranger_explains_nothing(found):
    with pytest.raises(NotYours):
        explain(opened(found), found.criteria["II.3"], said=Said("?"), actor=found.officers[3])


def test_what_the_unit_does_not_score_has_no_points_of_its_own(found):
    row = found.criteria["IV"]
    Entry.objects.create(sheet=found.sheets[2], criterion=row, stage="review", points=3, reason="Chậm báo cáo")
    opened(found)

    page = signed_in(found.officers[2]).get(reverse("clusters:explanations", args=[found.sheets[2].pk]))

    assert [(one.row.code, one.own, one.now) for one in page.context["rows"]] == [
        ("II.3", "25,00", "23,00"),
        ("IV", "–", "−3,00"),
    ]


def test_before_the_review_is_finished_open_explanations_are_told(found):
    explanation = explained(found)
    url = reverse("clusters:sheet_hand_in", args=[found.sheets[2].pk])
    page = signed_in(found.noivu).get(url).content.decode()
    assert "Còn 1 giải trình chưa trả lời." in page
    assert reverse("clusters:explanations", args=[found.sheets[2].pk]) in page

    refuse(explanation, answer="Không có đơn.", actor=found.noivu)
    assert "giải trình chưa trả lời" not in signed_in(found.noivu).get(url).content.decode()


def test_the_sheet_leads_to_what_its_reader_may_do(found):
    sheet = found.sheets[2]

    def links(user) -> list[str]:
        page = signed_in(user).get(reverse("clusters:sheet", args=[sheet.pk])).content.decode()
        names = (("accept", ()), ("explanations", ()), ("sheet_download", ("pdf",)))
        return [name for name, more in names if reverse(f"clusters:{name}", args=[sheet.pk, *more]) in page]

    assert links(found.noivu) == ["accept", "explanations", "sheet_download"]
    assert links(found.officers[2]) == ["explanations", "sheet_download"]
