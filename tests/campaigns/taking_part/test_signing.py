"""A pledge that was signed stands still: its words, its signatories, its files; the signed copy may come later."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from campaigns.models import Campaign, Pledge
from campaigns.taking_part import pledges
from campaigns.taking_part.pledges import PledgeData, PledgeIsSigned, Signing, save_pledge
from campaigns.taking_part.signing import NobodySigns, NoIssuer, add_copy, record_signing
from core.errors import UnfitField
from core.files import open_stored, visible_files
from core.models import AuditEntry, StoredFile
from core.states import EditedMeanwhile
from documents import issuing
from documents.issuing import HasSignedFile
from tests.campaigns.taking_part import office as offices
from tests.documents.at_once import at_once
from tests.permissions.world import PDF
from units.models import Issuer

DAY = dt.date(2026, 2, 16)
TOLD = ["Không ghi nhận thêm. Giao ước đã có bản ký, mở ở đây."]


def saved(office, *bodies: str, body: str = "Các đơn vị cùng thi đua./.") -> Pledge:
    rows = tuple(Signing(one, "TRƯỞNG THÔN", "Lò Văn Đông") for one in (bodies or ("THÔN ĐÔNG",)))
    return save_pledge(office.campaign, actor=office.an, version=0, data=PledgeData(body, "Mai Khê", None, rows))


def stored(office, name: str = "giao ước đã ký.pdf", content: bytes = PDF) -> StoredFile:
    return issuing.keep_signed(SimpleUploadedFile(name, content), unit_id=office.unit.pk, actor=office.an)


def signed(office, **said) -> Pledge:
    pledge = saved(office)
    record_signing(pledge, actor=office.an, version=1, day=DAY, **said)
    return Pledge.objects.get()


def told(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


class TestRecording:
    def test_it_keeps_day_files_and_who_did_it(self, office):
        copy = stored(office)

        pledge = signed(office, signed_file=copy)

        assert (pledge.state, pledge.signed_on, pledge.signed_file, pledge.version) == ("signed", DAY, copy, 2)
        assert [one.media_type.rpartition(".")[2] for one in (pledge.pdf_file, pledge.word_file)] == [
            "application/pdf",
            "document",
        ]
        entry = AuditEntry.objects.get(code="campaigns.pledge.signed")
        assert entry.actor == office.an
        assert entry.changes["state"] == ["draft", "signed"]
        assert entry.changes["signed_on"] == [None, "2026-02-16"]

    def test_nothing_of_it_changes_any_more(self, office):
        pledge = signed(office)
        with open_stored(pledge.pdf_file) as content:
            before = content.read()

        with pytest.raises(PledgeIsSigned):
            save_pledge(office.campaign, actor=office.an, version=2, data=PledgeData("Khác./."))
        with pytest.raises(PledgeIsSigned):
            record_signing(pledge, actor=office.an, version=2, day=DAY)
        Campaign.objects.update(title="Tên đã đổi")

        assert pledges.pledge_of(office.campaign).body == "Các đơn vị cùng thi đua./."
        assert b"".join(office.page("pledge_download", "pdf").streaming_content) == before

    def test_what_was_saved_meanwhile_is_not_signed_unseen(self, office):
        pledge = saved(office)
        save_pledge(office.campaign, actor=office.lan, version=1, data=PledgeData("Khác./."))

        with pytest.raises(EditedMeanwhile):
            record_signing(pledge, actor=office.an, version=1, day=DAY)

        assert Pledge.objects.get().state == "draft"

    @pytest.mark.parametrize("day", [dt.date(2026, 2, 19), dt.date(2023, 2, 16)])
    def test_a_day_that_cannot_be_is_refused(self, office, day):
        with pytest.raises(UnfitField) as error:
            record_signing(saved(office), actor=office.an, version=1, day=day)

        assert error.value.field == "date"

    def test_without_signatories_or_issuer_there_is_nothing_to_sign(self, office):
        pledge = save_pledge(office.campaign, actor=office.an, version=0, data=PledgeData("Thi đua./."))
        with pytest.raises(NobodySigns):
            record_signing(pledge, actor=office.an, version=1, day=DAY)
        pledge.signatories.create(order=1, body="THÔN ĐÔNG")
        Issuer.objects.all().delete()

        with pytest.raises(NoIssuer):
            record_signing(pledge, actor=office.an, version=1, day=DAY)

        assert (Pledge.objects.get().version, StoredFile.objects.count()) == (1, 0)

    def test_the_database_knows_no_signed_pledge_without_day_and_files(self, office):
        saved(office)

        with pytest.raises(IntegrityError), transaction.atomic():
            Pledge.objects.update(state="signed")


class TestCopy:
    def test_it_may_come_later_and_is_never_replaced(self, office):
        pledge, copy = signed(office), stored(office)

        add_copy(pledge, actor=office.an, signed_file=copy)

        assert Pledge.objects.get().signed_file == copy
        with pytest.raises(HasSignedFile):
            add_copy(pledge, actor=office.an, signed_file=stored(office, "khác.pdf"))

    def test_a_draft_takes_none(self, office):
        with pytest.raises(HasSignedFile):
            add_copy(saved(office), actor=office.an, signed_file=stored(office))

    def test_who_is_inside_the_unit_may_open_it(self, office):
        copy = stored(office)
        pledge = signed(office, signed_file=copy)

        ours, theirs = visible_files(office.binh), visible_files(office.cuong)

        assert {copy, pledge.pdf_file, pledge.word_file} <= set(ours)
        assert not {copy, pledge.pdf_file, pledge.word_file} & set(theirs)


class TestPages:
    def test_it_is_recorded_with_its_copy(self, office):
        pledge = saved(office)
        copy = SimpleUploadedFile("giao ước.pdf", PDF)

        asked = office.post("pledge_sign", signed_file=copy, date="16/2/2026", version=pledge.version)
        form = asked.context["form"]
        said = {"kept": form.data["kept"], "date": "16/2/2026", "version": pledge.version, "confirmed": "on"}
        answer = office.post("pledge_sign", **said)

        assert (asked.status_code, list(form.errors)) == (422, ["signed_file"]), "the copy says other words"
        assert answer["Location"] == office.url("pledge")
        assert Pledge.objects.get().signed_file.name == "giao ước.pdf"
        page = office.page("pledge")
        assert page.context["standing"] == "Đã ký ngày 16/02/2026. Nội dung và bản in được giữ nguyên."
        html = page.content.decode()
        assert ("Tải bản đã ký" in html, 'name="body"' in html, "THÔN ĐÔNG" in html) == (True, False, True)

    def test_what_is_no_paper_is_refused_by_its_content(self, office):
        pledge = saved(office)
        fake = SimpleUploadedFile("giao ước.pdf", b"MZ nothing of a paper")

        answer = office.post("pledge_sign", signed_file=fake, date="16/2/2026", version=pledge.version)

        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == ["signed_file"]
        assert Pledge.objects.get().state == "draft"

    def test_the_kept_words_agree_with_themselves(self, office):
        pledge = signed(office)
        with open_stored(pledge.pdf_file) as content:
            copy = SimpleUploadedFile("giao ước.pdf", content.read())

        answer = office.post("pledge_sign", signed_file=copy)

        assert answer.status_code == 302
        assert Pledge.objects.get().signed_file.sha256 == pledge.pdf_file.sha256

    def test_a_second_click_is_told_and_does_nothing(self, office):
        signed(office, signed_file=stored(office))

        answer = office.post("pledge_sign", date="16/2/2026", version=1)

        assert answer["Location"] == office.url("pledge")
        assert told(office.page("pledge")) == TOLD
        assert AuditEntry.objects.filter(code="campaigns.pledge.signed").count() == 1

    def test_a_window_with_the_old_draft_writes_nothing(self, office):
        signed(office)

        office.post("pledge", body="Khác./.", version=1)

        assert told(office.page("pledge")) == ["Giao ước đã ký nên giữ nguyên."]
        assert Pledge.objects.get().body == "Các đơn vị cùng thi đua./."

    def test_one_that_nobody_saved_is_not_signed(self, office):
        assert office.page("pledge_sign")["Location"] == office.url("pledge")

    def test_a_colleague_without_the_right_reads_and_records_nothing(self, office):
        signed(office)

        page = office.page("pledge", who=office.binh)

        assert (page.status_code, "Thêm bản đã ký" in page.content.decode()) == (200, False)
        assert office.page("pledge_sign", who=office.binh).status_code == 403
        assert office.page("pledge_sign", who=office.cuong).status_code == 404

    @pytest.mark.parametrize("number", [1, 60])
    def test_the_page_costs_the_same_however_many_signed(self, office, number, django_assert_num_queries):
        pledge = saved(office, *(f"THÔN {at}" for at in range(number)))
        record_signing(pledge, actor=office.an, version=1, day=DAY)
        office.page("pledge")

        with django_assert_num_queries(10):
            page = office.page("pledge")

        assert len(page.context["signatories"]) == number


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_six_who_record_it_at_once_one_does():
    with time_machine.travel(offices.NOW, tick=False):
        office = offices.office()
        pledge = saved(office)

        def record():
            own = Pledge.objects.select_related("campaign__unit").get(pk=pledge.pk)
            record_signing(own, actor=office.an, version=1, day=DAY)

        _, errors = at_once(6, record)

    assert {type(error) for error in errors} <= {EditedMeanwhile, PledgeIsSigned}
    assert len(errors) == 5
    assert AuditEntry.objects.filter(code="campaigns.pledge.signed").count() == 1
