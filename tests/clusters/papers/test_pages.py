"""The pages of a season's papers: who sees which, what is typed, what is recorded, what lasts long."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.models import Cluster, SeasonPaper
from clusters.papers import services
from clusters.papers.kinds import BY_SLUG, SORTS, Kind
from clusters.papers.printing import printed
from clusters.ranking.services import freeze, publish
from core.files import visible_files
from core.models import AuditEntry, Job
from core.states import EditedMeanwhile
from documents.issuing import PaperData
from documents.rendering.text import render_text
from tests.clusters.papers.scene import NAMES_14, a_scene, many_leaves, vote
from tests.factories import Role, UserFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)
MOST_QUERIES = 20
"""Of the minutes of the meeting while scores are given: all scores, ballots and commendations."""


@pytest.fixture
def found():
    found = a_scene()
    vote(found)
    return found


def as_(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, found, *args) -> str:
    return reverse(f"clusters:{name}", args=[found.season.pk, *args])


def slug(kind: str) -> str:
    return SORTS[kind].slug


def links(answer) -> set[str]:
    """Papers that the page offers."""
    return {name for name in BY_SLUG if f"/van-ban/{name}/" in answer.content.decode()}


def save(found, kind: str, actor=None, day: dt.date | None = DAY, unit=None, **texts) -> SeasonPaper:
    """With what the kind needs, the cluster itself as its issuer."""
    found.season.refresh_from_db()
    kept = SeasonPaper.objects.filter(season=found.season, kind=kind).first()
    said = printed(found.season, kind, kept).texts | {
        "venue": "Hội trường UBND xã", "present": "Lò Văn An, xã An Bình", "chair": "Lò Văn An, Chủ tịch UBND xã",
        "secretary": "Bà Quàng Thị Bích, chuyên viên", "tellers": "Lò Văn Kiểm", "giver": "Lò Văn An",
        "receiver": "Lò Văn Bình", "items": "Hồ sơ", **texts,
    }  # fmt: skip
    return services.save_paper(
        found.season,
        SORTS[kind],
        actor=actor or found.noivu,
        version=kept.version if kept else 0,
        issuer=unit or found.province,
        day=day,
        texts=said,
    )


# -- Who sees what ---------------------------------------------------------------------------


def test_the_organiser_and_the_head_see_all_papers_a_member_those_without_scores(found):
    member = found.officers[2]

    for user in (found.noivu, found.officers[0], found.officers[1]):
        assert links(as_(user).get(url("papers", found))) == set(BY_SLUG)
    assert links(as_(member).get(url("papers", found))) == {"giao-uoc", "tieu-chi"}
    for name in BY_SLUG:
        answer = as_(member).get(url("paper", found, name))
        assert answer.status_code == (200 if name in ("giao-uoc", "tieu-chi") else 404), name


@pytest.mark.parametrize(
    ("shows", "opened"),
    [
        ("nothing", set()),
        ("anonymous", set()),
        ("totals", {"tong-hop", "hop-binh-xet", "kiem-phieu", "to-trinh"}),
        ("all", {"tong-hop", "hop-binh-xet", "kiem-phieu", "to-trinh"}),
    ],
)
def test_after_publication_a_member_reads_what_the_season_allows(found, shows, opened):
    found.season.shows = shows
    found.season.save()
    freeze(found.season, actor=found.noivu)
    member = as_(found.officers[2])
    assert links(member.get(url("papers", found))) == {"giao-uoc", "tieu-chi"}

    publish([found.season], actor=found.noivu)

    assert links(member.get(url("papers", found))) == {"giao-uoc", "tieu-chi", *opened}


def test_a_member_prints_its_own_sheet_always_and_no_other(found):
    member = as_(found.officers[2])

    assert member.get(reverse("clusters:sheet_download", args=[found.sheets[2].pk, "txt"])).status_code == 200
    assert member.get(reverse("clusters:sheet_download", args=[found.sheets[1].pk, "txt"])).status_code == 404


def test_strangers_learn_nothing_and_members_write_nothing(found):
    stranger, member = as_(UserFactory(role=Role.OFFICER)), as_(found.officers[2])

    for name in ("papers", "paper", "paper_issue"):
        args = [] if name == "papers" else ["giao-uoc"]
        assert stranger.get(url(name, found, *args)).status_code == 404
    assert member.post(url("paper", found, "giao-uoc"), {}).status_code == 403
    assert member.get(url("paper_issue", found, "giao-uoc")).status_code == 403
    with pytest.raises(services.NotYours):
        save(found, Kind.PLEDGE, actor=found.officers[3])


def test_a_block_calls_its_papers_by_its_own_name(found):
    Cluster.objects.update(kind="block", name="Khối thi đua các xã vùng cao")

    said = as_(found.noivu).get(url("papers", found)).content.decode()

    assert "Biên bản bàn giao Trưởng khối" in said
    assert "Trưởng cụm" not in said


# -- Words -----------------------------------------------------------------------------------


def test_what_is_typed_is_printed_and_what_is_left_follows_the_rows(found):
    client, address = as_(found.officers[0]), url("paper", found, "hop-binh-xet")
    typed = _as_shown(client, address)

    answer = client.post(address, typed | {"chair": "Ông Lò Văn An, Chủ tịch UBND xã", "day": "20/11/2026"})

    assert answer.status_code == 302
    kept = SeasonPaper.objects.get(kind=Kind.MEETING)
    assert (kept.texts, kept.day, kept.version) == ({"chair": "Ông Lò Văn An, Chủ tịch UBND xã"}, DAY, 1)
    assert (kept.issuer.name, kept.issuer.unit) == ("CỤM THI ĐUA SỐ 2", found.communes[0])
    found.season.commendations.all()[1].delete()
    said = render_text(printed(found.season, Kind.MEETING, kept).paper())
    assert "CHỦ TRÌ\nLò Văn An\n" in said
    assert said.count("Thống nhất suy tôn") == 1


def test_a_stale_save_shows_both_texts(found):
    client, address = as_(found.noivu), url("paper", found, "ban-giao")
    typed = _as_shown(client, address)
    save(found, Kind.HANDOVER, items="Của người kia")

    answer = client.post(address, typed | {"items": "Của tôi"})

    assert answer.status_code == 409
    said = answer.content.decode()
    assert "Người khác vừa lưu: «Của người kia»." in said
    assert "Của tôi" in said
    assert SeasonPaper.objects.get().texts["items"] == "Của người kia"


def test_saving_the_same_again_writes_nothing(found):
    save(found, Kind.COUNT)
    entries = AuditEntry.objects.count()

    kept = save(found, Kind.COUNT)

    assert (kept.version, AuditEntry.objects.count()) == (1, entries)


def test_nobody_issues_in_the_name_of_a_unit_that_is_not_his(found):
    from tests.factories import IssuerFactory  # noqa: PLC0415 -- only here

    foreign = IssuerFactory(unit=found.province)

    with pytest.raises(services.UnfitField, match="Chọn cụm hoặc một cơ quan"):
        services.save_paper(
            found.season, SORTS[Kind.COUNT], actor=found.officers[0], version=0, issuer=foreign, day=None, texts={}
        )


# -- Recording -------------------------------------------------------------------------------


def test_what_is_lacking_is_said_and_keeps_the_paper_from_being_recorded(found):
    client = as_(found.noivu)
    kept = save(found, Kind.SUMMARY)

    assert "Chốt xếp hạng; đến khi ấy bản in ghi DỰ KIẾN." in client.get(url("papers", found)).content.decode()
    assert client.get(url("paper_issue", found, "tong-hop")).status_code == 302
    with pytest.raises(services.StillLacks, match="Chốt xếp hạng"):
        services.record_signed(kept, actor=found.noivu, version=1, day=DAY)


def test_recorded_minutes_keep_number_words_and_files(found, time_machine):
    time_machine.move_to(dt.datetime(2026, 12, 30, 3, tzinfo=dt.UTC))
    save(found, Kind.MEETING, actor=found.officers[0], unit=found.communes[0])
    client, address = as_(found.officers[0]), url("paper_issue", found, "hop-binh-xet")
    shown = client.get(address).context["form"]
    assert (shown["symbol"].value(), shown["signer"].value()) == ("BB-CTĐ", "Lò Văn An")

    answer = client.post(
        address, {"version": 1, "number": "07", "symbol": "BB-CTĐ", "date": "28/12/2026", "signer": "Lò Văn An"}
    )

    assert answer.status_code == 302
    kept = SeasonPaper.objects.select_related("paper").get()
    assert (kept.paper.full_number, kept.paper.kind, kept.paper.date) == (
        "07/BB-CTĐ",
        "Biên bản",
        dt.date(2026, 12, 28),
    )
    before = b"".join(client.get(url("paper_download", found, "hop-binh-xet", "pdf")).streaming_content)
    found.season.commendations.all().delete()
    after = b"".join(client.get(url("paper_download", found, "hop-binh-xet", "pdf")).streaming_content)
    assert before == after
    assert before.startswith(b"%PDF")
    assert "07/BB-CTĐ ngày 28/12/2026" in client.get(url("paper", found, "hop-binh-xet")).content.decode()
    with pytest.raises(services.IsRecorded):
        save(found, Kind.MEETING)


def test_a_pledge_is_recorded_without_a_number_and_its_copy_may_come_later(found):
    kept = save(found, Kind.PLEDGE, day=None)
    client, address = as_(found.noivu), url("paper_issue", found, "giao-uoc")

    answer = client.post(address, {"version": kept.version, "date": "20/11/2026"})

    assert answer.status_code == 302
    kept.refresh_from_db()
    found.season.refresh_from_db()
    assert (kept.day, kept.paper, kept.is_frozen) == (DAY, None, True)
    assert (found.season.pledged_on, found.season.pledged_at) == (DAY, "An Bình")
    assert found.season.pledge_text.startswith("Đại diện các đơn vị thành viên Cụm thi đua số 2")

    copy = SimpleUploadedFile("scan.png", _png(), "image/png")
    assert client.post(address, {"signed_file": copy}).status_code in (302, 422)
    if SeasonPaper.objects.get().signed_file is None:  # a picture has no words: the page asks once
        kept_file = (
            client.post(address, {"signed_file": SimpleUploadedFile("s.png", _png())}).context["form"].kept_file
        )
        assert client.post(address, {"kept": kept_file.pk, "confirmed": "on"}).status_code == 302
    signed = SeasonPaper.objects.get().signed_file
    assert signed is not None
    assert visible_files(found.officers[3]).filter(pk=signed.pk).exists()  # a member reads the pledge
    assert not visible_files(UserFactory(role=Role.OFFICER)).filter(pk=signed.pk).exists()


def test_files_of_papers_with_scores_are_not_open_to_members_before_publication(found, time_machine):
    time_machine.move_to(dt.datetime(2026, 12, 30, 3, tzinfo=dt.UTC))
    kept = save(found, Kind.COUNT)
    record = services.record_issue(
        kept, actor=found.noivu, version=1, paper=PaperData("Biên bản", "01", "BB-CTĐ", dt.date(2026, 12, 28))
    )
    pk = record.issued_file_id

    assert visible_files(found.noivu).filter(pk=pk).exists()
    assert visible_files(found.officers[0]).filter(pk=pk).exists()
    assert not visible_files(found.officers[2]).filter(pk=pk).exists()
    freeze(found.season, actor=found.noivu)
    publish([found.season], actor=found.noivu)
    assert visible_files(found.officers[2]).filter(pk=pk).exists()


def test_a_record_of_what_was_not_seen_is_refused(found):
    kept = save(found, Kind.PLEDGE)
    save(found, Kind.PLEDGE, place="Bình Minh")
    kept = SeasonPaper.objects.get(pk=kept.pk)

    with pytest.raises(EditedMeanwhile):
        services.record_signed(kept, actor=found.noivu, version=1, day=DAY)
    assert not SeasonPaper.objects.get().is_frozen


def _as_shown(client: Client, address: str) -> dict[str, object]:
    """What the page's fields hold before anything is typed."""
    form = client.get(address).context["form"]
    return {name: form[name].value() if form[name].value() is not None else "" for name in form.fields} | {"day": ""}


def _png() -> bytes:
    import io  # noqa: PLC0415 -- beside its heavy sister

    from PIL import Image  # noqa: PLC0415 -- heavy

    buffer = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(buffer, "PNG")
    return buffer.getvalue()


# -- Long files and queries --------------------------------------------------------------------


def test_a_long_sheet_and_all_sheets_are_made_by_a_worker(found, django_capture_on_commit_callbacks, settings):
    settings.CELERY_TASK_ALWAYS_EAGER = True
    many_leaves(found, 70)
    client = as_(found.noivu)

    with django_capture_on_commit_callbacks(execute=True):
        one = client.get(reverse("clusters:sheet_download", args=[found.sheets[0].pk, "pdf"]))
        all_of_them = client.get(url("all_sheets_download", found, "docx"))

    jobs = list(Job.objects.order_by("pk"))
    assert [answer.url for answer in (one, all_of_them)] == [reverse("core:job", args=[job.pk]) for job in jobs]
    assert [job.title for job in jobs] == [
        "Dựng tệp: Bảng chấm điểm Xã An Bình năm 2026",
        "Dựng 4 bảng chấm điểm, Cụm thi đua số 2 năm 2026",
    ]


def test_a_worker_leaves_the_file_of_all_sheets_on_the_job(found):
    from clusters.papers.tasks import render_papers  # noqa: PLC0415 -- only here

    job = Job.objects.create(owner=found.noivu, unit_id=found.province.pk, title="Dựng")

    render_papers(job.pk, found.season.pk, "docx", sheets=[sheet.pk for sheet in found.sheets])

    job.refresh_from_db()
    assert (job.state, job.result.name) == ("done", "bang-cham-diem-cac-don-vi-cum-thi-dua-so-2-nam-2026.docx")


def test_the_queries_are_the_same_for_few_and_for_many(found):
    large = a_scene(names=NAMES_14)
    many_leaves(large, 60)
    vote(large)
    counts = {}

    for name, args in (("papers", []), *(("paper", [name]) for name in BY_SLUG)):
        counts[name, *args] = [_queries(each, name, args) for each in (found, large)]

    assert {key: few for key, (few, many) in counts.items() if few != many} == {}
    assert {key: few for key, (few, _) in counts.items() if few > MOST_QUERIES} == {}


def _queries(each, name: str, args: list[str]) -> int:
    client = as_(each.noivu)
    client.get(url("papers", each))
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url(name, each, *args))
    assert answer.status_code == 200
    assert re.search(r"<h1>[^<]+</h1>", answer.content.decode())
    return len(captured)
