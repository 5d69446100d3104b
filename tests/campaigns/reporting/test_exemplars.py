"""Điển hình tiên tiến: written through the year, found again, their pictures for members alone."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from campaigns.models import Exemplar
from campaigns.reporting.exemplar_services import ExemplarData, add_exemplar, keep_picture, remove_exemplar
from core.errors import UnfitField
from core.models import AuditEntry, StoredFile
from tests.campaigns.reporting import rows
from tests.campaigns.reporting.rows import Movement2024
from tests.factories import Role, UnitFactory, UserFactory
from tests.permissions.world import PDF
from tests.units.conftest import signed_in

pytestmark = pytest.mark.django_db
SAID = {"kind": "person", "name": "Ông Vi Văn Sơn", "part": "", "story": "Cứu người đuối nước.", "day": "5/6/2024"}


@pytest.fixture
def made() -> Movement2024:
    return rows.movement()


@pytest.fixture
def page(made) -> Client:
    return signed_in(made.officer)


def at(name: str, made: Movement2024, *more: int) -> str:
    return reverse(f"campaigns:{name}", args=[made.campaign.pk, *more])


def names(answer) -> list[str]:
    return [row.name for row in answer.context["page"].rows]


class TestWriting:
    def test_the_form_writes_one_with_its_picture(self, made, page):
        picture = SimpleUploadedFile("a.png", rows.photograph(kind="PNG").getvalue())

        answer = page.post(
            at("exemplar_new", made), SAID | {"part": "Thon 3", "proposed": "Bằng khen", "picture": picture}
        )

        found = Exemplar.objects.latest("pk")
        assert answer["Location"] == at("exemplars", made)
        assert (found.name, found.part, found.day, found.proposed) == (
            *("Ông Vi Văn Sơn", made.villages[2], dt.date(2024, 6, 5), "Bằng khen"),
        )
        assert (found.picture.media_type, found.by) == ("image/png", made.officer)
        entry = AuditEntry.objects.get(code="campaigns.exemplar.added")
        assert entry.changes["part"] == [None, "Thôn 3"]

    @pytest.mark.parametrize(
        ("said", "field", "sentence"),
        [
            ({"name": " "}, "name", "Ghi tên tập thể, cá nhân hoặc hộ gia đình."),
            ({"story": ""}, "story", "Ghi việc làm, thành tích."),
            ({"day": "31/2/2024"}, "day", "Không có ngày này."),
            ({"day": "5/6/2004"}, "day", "cách xa năm của phong trào"),
            ({"part": "Thôn không có"}, "part", "Không có bộ phận này"),
            ({"story": "<script>x</script>"}, "story", "thẻ HTML"),
        ],
    )
    def test_what_cannot_stand_is_told_at_its_field(self, made, page, said, field, sentence):
        answer = page.post(at("exemplar_new", made), SAID | said)

        assert answer.status_code == 422
        assert sentence in answer.context["form"].errors[field][0]
        assert Exemplar.objects.count() == 3

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("anh.png", PDF),
            ("anh.jpg", b"\xff\xd8\xff\xe0broken"),
            ("anh.png", b"\x89PNG\r\n\x1a\nbroken"),
            ("anh.svg", b"<svg/>"),
        ],
    )
    def test_a_picture_is_known_by_its_content(self, made, page, name, content):
        answer = page.post(at("exemplar_new", made), SAID | {"picture": SimpleUploadedFile(name, content)})

        assert answer.status_code == 422
        assert answer.context["form"].errors["picture"]
        assert not StoredFile.objects.filter(name=name).exists()

    def test_a_picture_too_large_to_open_is_refused(self, made, monkeypatch):
        monkeypatch.setattr("campaigns.reporting.exemplar_services._MOST_PIXELS", 1_000)
        upload = SimpleUploadedFile("a.jpg", rows.photograph().getvalue())

        with pytest.raises(UnfitField, match="Ảnh lớn quá"):
            keep_picture(upload, unit_id=made.unit.pk, actor=made.officer)

    def test_a_change_writes_only_what_changed_and_a_picture_stays_unless_it_is_taken_out(self, made, page):
        found = Exemplar.objects.get(kind="person")
        said = SAID | {"name": found.name, "part": "Thôn 2", "story": "Hiến 300 m2 đất.", "day": "19/5/2024"}
        picture = found.picture

        page.post(at("exemplar", made, found.pk), said | {"proposed": found.proposed})
        found.refresh_from_db()
        assert (found.story, found.picture) == ("Hiến 300 m2 đất.", picture)
        page.post(at("exemplar", made, found.pk), said | {"proposed": found.proposed, "drops_picture": "on"})

        found.refresh_from_db()
        entries = AuditEntry.objects.filter(code="campaigns.exemplar.changed").order_by("pk")
        assert [list(entry.changes) for entry in entries] == [["story"], ["picture"]]
        assert found.picture is None

    def test_a_dropped_campaign_takes_none(self, made):
        made.campaign.state = "dropped"

        with pytest.raises(UnfitField, match="thôi thực hiện"):
            add_exemplar(made.campaign, actor=made.officer, data=ExemplarData("Thôn 1", "Tốt.", dt.date(2024, 5, 1)))

    def test_one_that_is_taken_out_leaves_its_words_in_the_history(self, made):
        remove_exemplar(Exemplar.objects.get(kind="household"), actor=made.officer)

        assert Exemplar.objects.count() == 2
        [was, now] = AuditEntry.objects.get(code="campaigns.exemplar.removed").changes["removed_exemplar"]
        assert (was, now) == ("Hộ ông Vi Văn Sơn: Sau kỳ.", None)


class TestList:
    def test_it_is_searched_without_marks_filtered_and_sorted(self, made, page):
        url = at("exemplars", made)

        assert names(page.get(url)) == ["Hộ ông Vi Văn Sơn", "Bà Hà Thị Sương", "Thôn 1"]
        assert names(page.get(url, {"q": "hien dat"})) == ["Bà Hà Thị Sương"]
        assert names(page.get(url, {"loai": "collective"})) == ["Thôn 1"]
        assert names(page.get(url, {"khen": "khong"})) == ["Hộ ông Vi Văn Sơn"]
        assert names(page.get(url, {"xep": "ten"})) == ["Bà Hà Thị Sương", "Hộ ông Vi Văn Sơn", "Thôn 1"]

    def test_it_costs_the_same_however_long_it_is(self, made, page, django_assert_num_queries):
        url = at("exemplars", made)
        page.get(url)
        with django_assert_num_queries(9):
            page.get(url)
        for number in range(297):
            Exemplar.objects.create(
                campaign=made.campaign, part=made.villages[0], name=f"Bà Mây {number}", story="Tốt.", day="2024-05-01"
            )

        with django_assert_num_queries(9):
            answer = page.get(url)

        assert answer.context["page"].total == 300

    def test_an_empty_list_teaches(self, made, page):
        Exemplar.objects.all().delete()

        assert "Chưa ghi điển hình nào" in page.get(at("exemplars", made)).content.decode()


def test_members_open_its_picture_and_strangers_do_not(made):
    picture = Exemplar.objects.get(kind="person").picture
    member = signed_in(UserFactory(role=Role.COUNCIL_MEMBER, unit=made.unit))
    stranger = signed_in(UserFactory(role=Role.OFFICER, unit=UnitFactory()))
    url = reverse("core:file", args=[picture.pk])

    answer = member.get(url)
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")
    assert answer["Content-Type"] == "image/jpeg"
    assert stranger.get(url).status_code == 404


def test_a_photograph_stands_upright_and_small_in_the_report(made):
    from PIL import Image  # noqa: PLC0415 -- heavy, and only this test draws one lying on its side

    from campaigns.reporting.printing import printable  # noqa: PLC0415 -- as above

    lying = Image.new("RGB", (3000, 2000))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    buffer = io.BytesIO()
    lying.save(buffer, "JPEG", exif=exif)
    buffer.seek(0)
    stored = keep_picture(SimpleUploadedFile("a.jpg", buffer.read()), unit_id=made.unit.pk, actor=made.officer)

    assert printable(stored).size == (933, 1400)
