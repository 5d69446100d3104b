from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import Heartbeat
from documents import fonts
from documents.errors import FontMissing

WELL = ["database", "broker", "worker-default", "worker-slow", "typeface"]


@pytest.fixture(autouse=True)
def _broker_folder(settings, tmp_path):
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"folder": str(tmp_path)}


@pytest.fixture
def beating(db):
    for queue in ("default", "slow"):
        Heartbeat.objects.create(queue=queue, at=timezone.now())


def ask(client: Client) -> tuple[int, dict[str, bool]]:
    """The status, and each finding's name with whether it is well."""
    response = client.get(reverse("healthz"))
    return response.status_code, {found["name"]: found["well"] for found in response.json()["findings"]}


def raising(error: Exception):
    def fail(*args, **kwargs):
        raise error

    return fail


def test_green_when_everything_works_without_signing_in(client, beating):
    assert ask(client) == (200, dict.fromkeys(WELL, True))


def test_red_before_the_first_beat(client, db):
    assert ask(client) == (503, {**dict.fromkeys(WELL, True), "worker-default": False, "worker-slow": False})


def test_one_silent_worker_is_named(client, beating, settings):
    missed = dt.timedelta(seconds=settings.HEARTBEAT_SECONDS * 3 + 1)
    Heartbeat.objects.filter(queue="slow").update(at=timezone.now() - missed)

    assert ask(client) == (503, {**dict.fromkeys(WELL, True), "worker-slow": False})


def test_red_without_a_folder_for_the_queue(client, beating, settings, tmp_path):
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"folder": str(tmp_path / "removed")}

    assert ask(client) == (503, {**dict.fromkeys(WELL, True), "broker": False})


def test_red_where_redis_does_not_answer(client, beating, monkeypatch):
    monkeypatch.setattr("django.conf.settings.CELERY_BROKER_TRANSPORT_OPTIONS", {})
    monkeypatch.setattr("core.health.current_app.connection_for_read", raising(ConnectionRefusedError()))

    assert ask(client) == (503, {**dict.fromkeys(WELL, True), "broker": False})


@pytest.mark.redis
def test_redis_is_asked_itself(client, beating, settings, monkeypatch):
    from celery import current_app  # noqa: PLC0415 -- the app of this process, after Django's set-up

    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {}

    assert current_app.conf.broker_url == settings.REDIS_URL
    assert ask(client) == (200, dict.fromkeys(WELL, True))


def test_red_without_a_database(client, db, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", raising(DatabaseError("secret: host and role")))
        response = client.get(reverse("healthz"))

    assert response.status_code == 503
    assert {found["name"] for found in response.json()["findings"] if not found["well"]} == {
        "database",
        "worker-default",
        "worker-slow",
    }
    assert "secret" not in response.content.decode()


def test_red_where_no_typeface_stands_for_times_new_roman(client, beating, monkeypatch):
    monkeypatch.setattr(fonts, "missing_letters", raising(FontMissing()))

    assert ask(client) == (503, {**dict.fromkeys(WELL, True), "typeface": False})


def test_letters_that_the_typeface_lacks_are_named(client, beating, monkeypatch):
    monkeypatch.setattr(fonts, "missing_letters", lambda: "ơự")

    response = client.get(reverse("healthz"))

    assert response.status_code == 503
    assert [found["sentence"] for found in response.json()["findings"] if not found["well"]] == [
        "Phông chữ của văn bản thiếu 2 chữ tiếng Việt: ơự"
    ]


def test_the_typeface_is_judged_by_all_146_letters(client, beating):
    sentences = [found["sentence"] for found in client.get(reverse("healthz")).json()["findings"]]

    assert sentences[-1] == "Phông chữ của văn bản có đủ 146 chữ tiếng Việt ở cả bốn kiểu."


def test_the_answer_is_readable_and_kept_by_nobody(client, beating):
    response = client.get(reverse("healthz"))

    assert "hoạt động" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert client.post(reverse("healthz")).status_code == 405
    assert set(json.loads(response.content)) == {"green", "findings"}


def test_plain_http_is_answered_behind_https(client, beating, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get(reverse("healthz")).status_code == 200
