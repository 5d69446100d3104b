"""Taking the paper along: short plans at once, long ones through a job that can be left and found again."""

from __future__ import annotations

import copy

import pytest
from django.urls import reverse

from core.models import Job
from plans import interchange
from plans.services import create_plan
from tests.permissions.world import build_world
from tests.plans.files import read_file


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def officer(world, client):
    client.force_login(world.an, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def long_plan(world, rows):
    data = copy.deepcopy(read_file("doai_trung"))
    data["tasks"] = [data["tasks"][0] | {"no": number} for number in range(1, rows + 1)]
    return create_plan(interchange.read(data), actor=world.an, unit=world.unit)


@pytest.mark.parametrize(
    ("to", "media_type", "start"),
    [
        ("pdf", "application/pdf", b"%PDF"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
        ("txt", "text/plain; charset=utf-8", "ỦY BAN".encode()),
    ],
)
def test_a_short_plan_comes_at_once_under_a_plain_name(world, officer, to, media_type, start):
    answer = officer.get(reverse("plans:download", args=[world.plan.pk, to]))

    assert (answer.status_code, answer["Content-Type"]) == (200, media_type)
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''16-kh-ubnd-")
    assert answer["Content-Disposition"].endswith(f".{to}")
    assert answer.content.startswith(start)


def test_an_unknown_format_leads_back_to_the_plan(world, officer):
    answer = officer.get(reverse("plans:download", args=[world.plan.pk, "exe"]))

    assert (answer.status_code, answer["Location"]) == (302, reverse("plans:plan", args=[world.plan.pk]))


def test_a_long_plan_is_set_by_a_job_whose_file_its_owner_may_open(world, officer, django_capture_on_commit_callbacks):
    plan = long_plan(world, 61)

    with django_capture_on_commit_callbacks(execute=True):
        answer = officer.get(reverse("plans:download", args=[plan.pk, "pdf"]))

    job = Job.objects.exclude(pk=world.things["job"]).get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("core:job", args=[job.pk]))
    assert (job.state, job.owner, job.message) == (Job.State.DONE, world.an, "")
    served = officer.get(reverse("core:file", args=[job.result_id]))
    assert b"".join(served.streaming_content).startswith(b"%PDF")


def test_sixty_rows_still_come_at_once(world, officer):
    plan = long_plan(world, 60)

    assert officer.get(reverse("plans:download", args=[plan.pk, "pdf"]))["Content-Type"] == "application/pdf"
