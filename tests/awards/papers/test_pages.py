"""The pages of the papers: who sees which, what is typed, what is recorded, what follows the rows and what stands."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import AwardPaper, Consultation, Decision, Grant, Sitting
from awards.papers import services
from awards.papers.kinds import BY_SLUG
from awards.papers.printing import Printed
from core.files import visible_files
from core.models import AuditEntry, Job
from core.states import EditedMeanwhile
from documents.issuing import PaperData
from documents.rendering.text import render_text
from tests.awards.papers.scene import SIGNED, Scene, a_scene
from tests.factories import Role, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES = 20
NEEDED = {"secretary": "Bà Lò Thị Mây 2, công chức", "chair": "Ông Lò Văn An, Chủ tịch UBND xã"}


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC))


@pytest.fixture
def found() -> Scene:
    return a_scene()


def as_(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def of(slug: str, found: Scene) -> str:
    return reverse("awards:paper_of", args=[slug, found.owner(slug).pk])


def file_of(slug: str, found: Scene, to: str = "txt") -> str:
    return reverse("awards:paper_file", args=[slug, found.owner(slug).pk, to])


def save(found: Scene, slug: str, actor=None, day: dt.date | None = SIGNED, **texts) -> AwardPaper:
    sort, owner = BY_SLUG[slug], found.owner(slug)
    kept = AwardPaper.objects.filter(kind=sort.kind, **{sort.owner: owner}).first()
    said = Printed(sort, owner, kept)
    needed = {name: words for name, words in NEEDED.items() if name in said.drafts}
    return services.save_paper(
        sort,
        owner,
        actor=actor or found.office.officer,
        version=kept.version if kept else 0,
        issuer=said.issuer or services.OWN,
        day=day,
        texts={**said.texts, **needed, **texts},
    )


def issue(found: Scene, slug: str, kept: AwardPaper, **more) -> None:
    said = Printed(BY_SLUG[slug], found.owner(slug), kept)
    typed = {"number": "01", "symbol": said.symbol, "date": SIGNED, "signer": "Lò Văn Thắng", **more}
    services.record_issue(
        kept, said.sort, said.owner, actor=found.office.officer, version=kept.version,
        paper=services.paper_of(said, **typed),
    )  # fmt: skip


# -- Who sees what ---------------------------------------------------------------------------


def test_the_officer_finds_every_paper_of_the_round_on_one_page(found):
    page = as_(found.office.officer).get(reverse("awards:round_papers", args=[found.round.pk])).content.decode()

    wanted = {slug for slug, sort in BY_SLUG.items() if sort.owner != "nominee"}
    assert {slug for slug in BY_SLUG if f"/van-ban/{slug}/" in page} == wanted


@pytest.mark.parametrize("slug", BY_SLUG)
def test_a_stranger_finds_no_paper_and_whoever_may_not_write_cannot_save(found, slug):
    stranger = UserFactory(role=Role.OFFICER, unit=UnitFactory(parent=found.office.province))
    above = UserFactory(role=Role.OFFICER, unit=found.office.province)
    reader = found.office.leader

    for user in (stranger, above):
        assert as_(user).get(of(slug, found)).status_code == 404
        assert as_(user).get(file_of(slug, found)).status_code == 404
    assert as_(reader).get(of(slug, found)).status_code == 200
    assert as_(reader).post(of(slug, found), {}).status_code == 403
    assert AwardPaper.objects.count() == 0


def test_papers_of_a_sitting_are_seen_by_those_who_decide_only(found):
    clerk = as_(UserFactory(role=Role.CLERK, unit=found.office.unit))
    save(found, "bien-ban")

    answers = {slug: clerk.get(file_of(slug, found)).status_code for slug in BY_SLUG}
    of_sitting = {slug for slug, sort in BY_SLUG.items() if sort.owner == "sitting"}
    assert {slug for slug, status in answers.items() if status == 404} == of_sitting
    assert clerk.get(reverse("awards:paper", args=[AwardPaper.objects.get().pk])).status_code == 404


def test_the_page_of_a_round_asks_as_many_questions_for_many_things_as_for_few(found):
    client = as_(found.office.officer)
    url = reverse("awards:round_papers", args=[found.round.pk])
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert client.get(url).content.decode().count("/van-ban/bien-ban/") == 3

    for number in range(30):
        Sitting.objects.create(unit=found.office.unit, round=found.round, name=f"Phiên họp {number}")
        Decision.objects.create(unit=found.office.unit, round=found.round, subject=f"Dự thảo {number}")
        Consultation.objects.create(round=found.round, body=f"Cơ quan {number}", about="việc", sent_on=SIGNED)
    with CaptureQueriesContext(connection) as many:
        assert client.get(url).content.decode().count("/van-ban/bien-ban/") == 3 * 31

    assert len(many) == len(few) <= MOST_QUERIES


@pytest.mark.parametrize("slug", [slug for slug, sort in BY_SLUG.items() if sort.owner != "nominee"])
def test_a_paper_asks_as_many_questions_for_many_names_as_for_few(slug):
    counts = []
    for size in (1, 12):
        found = a_scene(size)
        with CaptureQueriesContext(connection) as queries:
            assert found.printed(slug).paper().body
        counts.append(len(queries))

    assert counts[0] == counts[1] <= MOST_QUERIES


# -- Words -----------------------------------------------------------------------------------


def test_only_what_the_officer_wrote_is_kept_and_the_rest_follows_the_rows(found):
    kept = save(found, "to-trinh-cap-tren", closing="Kính đề nghị xem xét./.")

    assert kept.texts == {"closing": "Kính đề nghị xem xét./."}
    assert "01 tập thể, 05 cá nhân" in render_text(Printed(BY_SLUG["to-trinh-cap-tren"], found.round, kept).paper())
    found.nominees[-1].state = "withdrawn"
    found.nominees[-1].reason = "Không đủ điều kiện"
    found.nominees[-1].save()
    said = render_text(Printed(BY_SLUG["to-trinh-cap-tren"], found.round, kept).paper())
    assert "đối với 05 cá nhân, gồm:" in said
    assert "Kính đề nghị xem xét./." in said


def test_the_first_save_of_a_council_paper_enters_the_council_among_the_issuers(found):
    kept = save(found, "bien-ban")

    assert (kept.issuer.lines, kept.issuer.superior, kept.issuer.symbol) == (
        ("HỘI ĐỒNG", "THI ĐUA - KHEN THƯỞNG"), f"UBND {found.office.unit}".upper(), "HĐTĐKT",
    )  # fmt: skip
    assert save(found, "giay-moi").issuer == kept.issuer


def test_two_officers_do_not_undo_each_other(found):
    client, slug = as_(found.office.officer), "to-trinh"
    said = found.printed(slug)
    typed = {**said.texts, "version": 0, "issuer": "hoi-dong", "day": "20/11/2026"}
    assert client.post(of(slug, found), {**typed, "closing": "Của người thứ nhất./."}).status_code == 302

    answer = client.post(of(slug, found), {**typed, "closing": "Của người thứ hai./."})

    assert answer.status_code == 409
    assert "Người khác vừa lưu: «Của người thứ nhất./.»" in answer.content.decode()
    assert AwardPaper.objects.get().texts == {"closing": "Của người thứ nhất./."}


def test_what_is_missing_is_said_in_words_and_nothing_is_recorded(found):
    Sitting.objects.filter(pk=found.sitting.pk).update(state="open", closed_at=None)
    found.sitting.refresh_from_db()
    page = as_(found.office.secretary).get(of("bien-ban", found)).content.decode()

    for words in ("Kết thúc phiên họp", "Ghi «Thư ký».", "Xem lại lời văn rồi lưu."):
        assert words in page
    kept = save(found, "bien-ban")
    with pytest.raises(services.StillLacks):
        issue(found, "bien-ban", kept)
    assert AwardPaper.objects.get().paper is None


# -- On record -------------------------------------------------------------------------------


def test_recorded_minutes_stand_still(found):
    kept = save(found, "bien-ban")
    issue(found, "bien-ban", kept)
    client = as_(found.office.secretary)
    before = b"".join(client.get(file_of("bien-ban", found, "pdf")).streaming_content)

    found.sitting.items.update(yes=1)
    Sitting.objects.filter(pk=found.sitting.pk).update(conclusion="Khác")

    assert b"".join(client.get(file_of("bien-ban", found, "pdf")).streaming_content) == before
    page = client.get(reverse("awards:paper", args=[kept.pk])).content.decode()
    assert "Đã ban hành số 01/BB-HĐTĐKT ngày 20/11/2026" in page
    with pytest.raises(services.IsRecorded):
        save(found, "bien-ban", conclusion="Khác")
    codes = AuditEntry.objects.filter(code__startswith="awards.paper").order_by("pk").values_list("code", flat=True)
    assert list(codes) == ["awards.paper.saved", "awards.paper.issued"]


def test_a_recorded_letter_is_the_paper_of_its_consultation(found):
    kept = save(found, "hiep-y")
    issue(found, "hiep-y", kept, symbol="UBND-VX")

    found.consultation.refresh_from_db()
    assert str(found.consultation.paper.full_number) == "01/UBND-VX"
    assert found.consultation.paper.kind == "Công văn"


def test_a_pay_list_is_recorded_as_signed_without_a_number(found):
    kept, sort = save(found, "chi-tien"), BY_SLUG["chi-tien"]
    services.record_signed(
        kept, sort, found.decision, actor=found.office.officer, version=kept.version, day=dt.date(2026, 11, 21)
    )
    Grant.objects.update(money=1)

    kept.refresh_from_db()
    assert (kept.is_frozen, kept.paper) == (True, None)
    assert kept.pdf_file in visible_files(found.office.leader)
    stranger = UserFactory(role=Role.OFFICER, unit=UnitFactory())
    assert kept.pdf_file not in visible_files(stranger)


def test_a_stale_version_records_nothing(found):
    kept = save(found, "to-trinh")
    save(found, "to-trinh", closing="Khác./.")

    with pytest.raises(EditedMeanwhile):
        issue(found, "to-trinh", kept)
    assert AwardPaper.objects.get().paper is None


def test_a_paper_is_recorded_from_its_page(found):
    kept = save(found, "to-trinh-cap-tren")
    url = reverse("awards:paper_issue", args=[kept.pk])
    client = as_(found.office.officer)
    assert "Ghi nhận đã ban hành" in client.get(url).content.decode()
    typed = {"version": kept.version, "number": "15", "symbol": "TTr-UBND", "date": "20/11/2026", "signer": "Lò An"}

    answer = client.post(url, typed)

    assert answer["Location"] == reverse("awards:paper", args=[kept.pk])
    kept.refresh_from_db()
    assert (kept.paper.full_number, kept.paper.kind, kept.paper.signer) == ("15/TTr-UBND", "Tờ trình", "Lò An")


@pytest.mark.parametrize("slug", ["phieu-bau", "kich-ban"])
def test_what_nobody_signs_is_only_printed(found, slug):
    kept = save(found, slug)

    assert as_(found.office.officer).get(reverse("awards:paper_issue", args=[kept.pk])).status_code == 404
    with pytest.raises(services.NotKept):
        services.record_signed(
            kept, BY_SLUG[slug], found.owner(slug), actor=found.office.officer, version=1, day=SIGNED
        )


def test_a_long_list_is_set_by_a_worker():
    found = a_scene(35)

    answer = as_(found.office.officer).get(file_of("phieu-bau", found, "pdf"))

    assert answer["Location"] == reverse("core:job", args=[Job.objects.get().pk])


# -- What they say ---------------------------------------------------------------------------


def test_minutes_say_who_was_there_what_was_voted_and_the_share_of_all_members(found):
    said = render_text(found.printed("bien-ban").paper())

    assert "Hội đồng có 09 thành viên; có mặt 07; 01 vắng mặt gửi ý kiến bằng văn bản; 01 vắng mặt." in said
    assert "từ 08 phiếu đồng ý trở lên (80 % tổng số thành viên Hội đồng)" in said
    assert said.count("88,8 %") == len(found.nominees)
    assert "Là chị gái" in said.replace("là chị gái", "Là chị gái")


def test_the_pay_list_sums_up_in_words(found):
    said = render_text(found.printed("chi-tien").paper())

    assert "3.800.000" in said
    assert "Tổng số tiền bằng chữ: Ba triệu tám trăm nghìn đồng./." in said


def test_a_pay_list_of_a_draft_says_that_it_is_expected(found):
    Decision.objects.filter(pk=found.decision.pk).update(state="draft")
    found.decision.refresh_from_db()

    assert found.printed("chi-tien").paper().title == "DANH SÁCH CHI TIỀN THƯỞNG (DỰ KIẾN)"


def test_awards_are_handed_over_ten_at_a_time_by_award():
    found = a_scene(23)

    turns = found.printed("kich-ban").facts.turns

    assert [len(turn.names) for turn in turns] == [10, 10, 3]
    assert [order for turn in turns for order, _, _ in turn.names] == list(range(1, 24))


def test_the_submission_to_the_own_chairman_names_only_what_is_decided_here(found):
    up, own = (render_text(found.printed(slug).paper()) for slug in ("to-trinh-cap-tren", "to-trinh"))

    assert "BẰNG KHEN CỦA CHỦ TỊCH" in up
    assert "LAO ĐỘNG TIÊN TIẾN" not in up
    assert "“LAO ĐỘNG TIÊN TIẾN”" in own
    assert "BẰNG KHEN" not in own
    assert f"Kính gửi: Chủ tịch Ủy ban nhân dân {found.office.unit}" in own


def test_a_report_shows_what_was_given_before_and_the_officers_words(found):
    said = render_text(found.printed("bao-cao").paper())

    assert "Trình độ: Đại học sư phạm." in said
    assert "LDTT-2025/QĐ-UBND ngày 31/12/2025" in said
    assert "312/QĐ-UBND" not in said


def test_the_paper_data_of_a_letter_has_its_subject(found):
    said = found.printed("hiep-y")

    assert services.paper_of(said, number="1", symbol="UBND-VX", date=SIGNED) == PaperData(
        "Công văn", "1", "UBND-VX", SIGNED, "lấy ý kiến về việc khen thưởng năm 2026"
    )


@pytest.mark.parametrize("slug", ["bien-ban", "phieu-bau", "to-trinh", "chi-tien", "kich-ban"])
def test_papers_of_a_sitting_and_a_decision_without_a_round_lead_back_to_them(found, slug):
    Sitting.objects.update(round=None)
    Decision.objects.update(round=None)
    owner = found.owner(slug)

    page = as_(found.office.officer).get(of(slug, found)).content.decode()

    assert f'href="{reverse(f"awards:{BY_SLUG[slug].owner}", args=[owner.pk])}"' in page
    assert reverse("awards:round_papers", args=[found.round.pk]) not in page
