"""A plan that the office has as a file becomes a draft, with the places that a person should look at."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core import audit, files
from core.models import Job, StoredFile
from plans import interchange
from plans.models import Plan, Reading, Unsure
from plans.receiving.services import accept, receive, settle
from plans.selectors import any_plan, plan_data
from tests.factories import IssuerFactory, Role, UnitFactory, UserFactory
from tests.plans.conftest import rendered
from tests.plans.files import read_file
from units.models import Unit

pytestmark = pytest.mark.django_db

NAME = "doai_trung"
DROP = reverse("plans:drop")


@pytest.fixture
def unit() -> Unit:
    return UnitFactory(kind="commune", designation="xã", name="Đoài Trung", valid_from=None)


@pytest.fixture
def officer(unit: Unit) -> Any:
    return UserFactory(role=Role.OFFICER, unit=unit)


@pytest.fixture
def read(unit: Unit, officer: Any, django_capture_on_commit_callbacks: Any) -> Callable[[bytes, str], Reading]:
    """The file is dropped in and the worker has read it."""

    def read(content: bytes, name: str) -> Reading:
        with django_capture_on_commit_callbacks(execute=True):
            reading = receive(io.BytesIO(content), name=name, unit=unit, actor=officer)
        reading.refresh_from_db()
        return reading

    return read


def draft_of(reading: Reading) -> dict[str, Any]:
    assert reading.plan_id is not None, Job.objects.get(pk=reading.job_id).message
    return interchange.write(plan_data(any_plan(reading.plan_id)))


def places(reading: Reading) -> list[tuple[str, str]]:
    return [(one.place, one.why) for one in reading.unsure.all()]


@pytest.mark.parametrize("to", ["docx", "pdf"])
def test_a_file_becomes_the_plan_that_it_prints(read, to):
    reading = read(rendered(NAME, to), f"Kế hoạch.{to}")

    assert draft_of(reading) == read_file(NAME)
    assert places(reading) == []
    assert reading.plan.state == "draft"
    assert reading.plan.unit == reading.unit


def test_the_file_is_kept_as_it_came_and_its_lines_stand_beside(read):
    content = rendered(NAME, "docx")

    reading = read(content, "Kế hoạch.docx")

    with files.open_stored(reading.file) as stored:
        assert stored.read() == content
    texts = [block["text"] for block in reading.source if "text" in block]
    assert texts[0] == "ỦY BAN NHÂN DÂN"
    assert any("rows" in block for block in reading.source)


def test_what_another_office_printed_is_said_and_the_draft_is_the_own_units(read, unit):
    unit.name = "Hòa Lạc"
    unit.save()
    usual = IssuerFactory(unit=unit, name_lines="ỦY BAN NHÂN DÂN\nXÃ HÒA LẠC", superior="")

    reading = read(rendered(NAME, "docx"), "Kế hoạch.docx")

    assert reading.plan.issuer == usual
    [(place, why)] = places(reading)
    assert place == "Cơ quan ban hành"
    assert why == (
        "Tệp ghi cơ quan ban hành là «ỦY BAN NHÂN DÂN XÃ ĐOÀI TRUNG»; dự thảo này của ỦY BAN NHÂN DÂN XÃ HÒA LẠC."
    )


def test_days_before_the_unit_began_stay_in_words_only(read, unit):
    unit.valid_from = dt.date(2025, 7, 1)
    unit.save()
    before = read_file(NAME)

    reading = read(rendered(NAME, "docx"), "Kế hoạch.docx")

    after = draft_of(reading)
    assert (after["year"], after["date"]) == (2025, "")
    assert [task["time_text"] for task in after["tasks"]] == [task["time_text"] for task in before["tasks"]]
    assert {task["due"] for task in after["tasks"]} == {None}
    assert [place for place, _ in places(reading)][:3] == [
        "Ngày văn bản",
        "Năm của kế hoạch",
        "Nhiệm vụ dòng 1, thời gian",
    ]


def test_a_spot_names_the_field_of_the_editor(read, unit):
    unit.valid_from = dt.date(2025, 7, 1)
    unit.save()

    reading = read(rendered(NAME, "docx"), "Kế hoạch.docx")

    day, year, task = (one.spot for one in reading.unsure.all()[:3])
    assert (day["of"], day["field"]) == ("header", "paper_date")
    assert year is None
    first = reading.plan.tasks.all()[0]
    assert (task["of"], task["key"], task["field"]) == ("task", str(first.key), "time_text")


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"0" * 100, "anh.png", "Tệp này không phải văn bản đọc được"),
        (b"PK\x03\x04" + b"\x00" * 200, "hong.docx", "Không nhận được tệp này"),
    ],
)
def test_what_is_no_paper_is_refused_at_the_field_and_nothing_is_kept(client, officer, content, name, sentence):
    client.force_login(officer)
    upload = io.BytesIO(content)
    upload.name = name

    response = client.post(DROP, {"unit": officer.memberships.get().unit_id, "file": upload})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Reading.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_file_that_cannot_be_read_says_why_and_stays(client, officer, read):
    reading = read(b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n", "quét.pdf")
    client.force_login(officer)

    page = client.get(reverse("plans:reading", args=[reading.pk])).content.decode()

    assert reading.plan is None
    assert Job.objects.get().message in page.replace("&quot;", '"')
    assert "Chọn tệp khác" in page
    assert not Plan.objects.exists()


def test_the_page_goes_to_the_draft_once_it_is_read(client: Client, officer, read):
    reading = read(rendered(NAME, "docx"), "Kế hoạch.docx")
    client.force_login(officer)
    url = reverse("plans:reading", args=[reading.pk])
    editor = reverse("plans:editor", args=[reading.plan_id])

    assert client.get(url).url == editor
    assert client.get(url, headers={"HX-Request": "true"})["HX-Redirect"] == editor


def test_looking_at_a_place_is_recorded_once_and_can_be_taken_back(read, unit, officer):
    unit.valid_from = dt.date(2025, 7, 1)
    unit.save()
    reading = read(rendered(NAME, "docx"), "Kế hoạch.docx")
    [one, *_] = reading.unsure.all()

    settle([one], actor=officer)
    settle([one], actor=officer)
    settle([one], actor=officer, again=True)

    assert Unsure.objects.get(pk=one.pk).settled_at is None
    codes = [entry.code for entry in audit.history_of(reading)]
    assert codes[:3] == ["plans.reading.reopened", "plans.reading.settled", "plans.reading.read"]
    assert audit.first_broken_link(unit.pk) is None


def test_a_draft_is_accepted_once_and_its_source_stays(client, read, officer):
    reading = read(rendered(NAME, "docx"), "Kế hoạch.docx")
    client.force_login(officer)
    take = reverse("plans:take", args=[reading.plan_id])

    assert client.post(take).url == reverse("plans:editor", args=[reading.plan_id])
    accept(reading, actor=officer)

    reading.refresh_from_db()
    assert reading.accepted_at is not None
    assert [entry.code for entry in audit.history_of(reading)].count("plans.reading.accepted") == 1
    page = client.get(reverse("plans:editor", args=[reading.plan_id])).content.decode()
    assert "Đối chiếu với bản gốc" not in page
    assert "Bản gốc: Kế hoạch.docx" in page


def test_a_long_file_shows_how_far_it_is_and_is_found_again(client, officer, unit):
    """As a worker leaves it between two pages."""
    job = Job.objects.create(
        owner=officer,
        unit_id=unit.pk,
        title="Đọc tệp dài.pdf",
        state=Job.State.RUNNING,
        done=12,
        total=300,
        back_url=reverse("plans:reading", args=[1]),
    )
    stored = files.store(io.BytesIO(b"%PDF-1.4\n"), name="dài.pdf", unit_id=unit.pk, actor=officer)
    reading = Reading.objects.create(unit=unit, by=officer, file=stored, job=job)
    client.force_login(officer)
    url = reverse("plans:reading", args=[reading.pk])

    page, inner = client.get(url).content.decode(), client.get(url, headers={"HX-Request": "true"}).content.decode()

    for shown in (page, inner):
        assert "Đã đọc 12/300 trang" in shown
        assert "Có thể rời trang này" in shown
    assert "<html" not in inner
    assert "Đọc tệp dài.pdf" in client.get(reverse("core:jobs")).content.decode()
