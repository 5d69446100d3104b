"""Stored files and work in the background."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse

from core import files
from core.models import Job, StoredFile
from units.models import User

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def an(db) -> User:
    return User.objects.create(username="an")


@pytest.fixture
def stored(an) -> StoredFile:
    return files.store(io.BytesIO(PDF), name='Kế hoạch "đợt 1".pdf', unit_id=1, actor=an)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_a_file_comes_as_a_download_with_its_vietnamese_name_and_runs_nowhere(an, stored):
    answer = signed_in(an).get(reverse("core:file", args=[stored.pk]))

    assert b"".join(answer.streaming_content) == PDF
    assert {name: answer[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": (
            "attachment; filename*=utf-8''K%E1%BA%BF%20ho%E1%BA%A1ch%20%22%C4%91%E1%BB%A3t%201%22.pdf"
        ),
        "X-Content-Type-Options": "nosniff",
    }
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_stranger_does_not_learn_that_the_file_exists(stored):
    stranger = User.objects.create(username="cuong")

    assert signed_in(stranger).get(reverse("core:file", args=[stored.pk])).status_code == 404


def test_bytes_that_are_gone_are_a_page_that_is_not_there(an, stored):
    files.open_stored(stored).close()
    StoredFile.objects.update(sha256="0" * 64)

    assert signed_in(an).get(reverse("core:file", args=[stored.pk])).status_code == 404


def test_running_work_shows_how_far_it_is_and_asks_again(an):
    job = Job.objects.create(owner=an, unit_id=1, title="Dựng PDF", state="running", done=12, total=40)

    page = signed_in(an).get(reverse("core:job", args=[job.pk])).content.decode()

    assert "Có thể rời trang này" in page
    assert "Đã làm 12/40 (30 %)" in page
    assert f'hx-get="{reverse("core:job", args=[job.pk])}" hx-trigger="every 2s"' in page


def test_finished_work_links_its_result_and_asks_no_more(an, stored):
    job = Job.objects.create(
        owner=an, unit_id=1, title="Dựng PDF", state="done", result=stored, back_url="/ke-hoach/1/"
    )

    page = signed_in(an).get(reverse("core:job", args=[job.pk]), headers={"HX-Request": "true"}).content.decode()

    assert page.startswith('<div id="viec"')
    assert "hx-get" not in page
    assert f'href="{reverse("core:file", args=[stored.pk])}"' in page
    assert 'href="/ke-hoach/1/"' in page


def test_failed_work_says_why(an):
    job = Job.objects.create(owner=an, unit_id=1, title="Dựng PDF", state="failed", message="Tệp lớn quá 50 MB.")

    page = signed_in(an).get(reverse("core:job", args=[job.pk])).content.decode()

    assert "Tệp lớn quá 50 MB." in page
    assert "Không xong" in page


def test_work_of_others_is_not_there(an):
    job = Job.objects.create(owner=User.objects.create(username="binh"), unit_id=1, title="Dựng PDF")

    assert signed_in(an).get(reverse("core:job", args=[job.pk])).status_code == 404
    assert "Dựng PDF" not in signed_in(an).get(reverse("core:jobs")).content.decode()
