"""Several processes at the same messages at the same moment; one that dies in the middle; what beat wakes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from reminders import digests, sending
from reminders.models import Message
from tests.documents.at_once import at_once
from tests.reminders.deadlines import deadline, only
from tests.reminders.sending.rows import TUESDAY, WEDNESDAY, at, message, officer

ROOT = Path(__file__).resolve().parents[3]
NOW = at(TUESDAY)
SCRIPT = """
import json
from tdkt.celery import app
app.loader.init_worker()
app.finalize()
entries = {name: entry for name, entry in app.conf.beat_schedule.items() if name.startswith("reminders-")}
print(json.dumps({
    entry["task"]: [
        entry["task"] in app.tasks,
        entry["schedule"].total_seconds(),
        0 < entry["options"]["expires"] < entry["schedule"].total_seconds(),
        app.amqp.router.route({}, entry["task"])["queue"].name,
    ]
    for entry in entries.values()
}))
"""


@pytest.mark.django_db(transaction=True)
def test_four_at_once_hand_over_each_message_once(unit, server):
    people = [officer(unit, f"Lò Thị Số {n}", f"so{n}@vidu.example") for n in range(12)]
    due = [deadline(unit, WEDNESDAY, subject=n, follower=person) for n, person in enumerate(people)]
    for person, one in zip(people, due, strict=True):
        message(person, one)
        message(person, one, channel="app")

    with only(*due):
        counts, errors = at_once(4, lambda: sending.hand_over(NOW, respects_quiet=False))

    assert errors == []
    assert sum(counts, Counter()) == {("mail", "sent"): 12, ("app", "sent"): 12}
    assert sorted(server.recipients) == sorted(person.email for person in people)
    assert set(Message.objects.values_list("state", "attempts")) == {("sent", 1)}


@pytest.mark.django_db(transaction=True)
def test_what_was_claimed_by_another_meanwhile_is_left_to_him(unit, mai, server, monkeypatch):
    row = message(mai, due := deadline(unit, WEDNESDAY, follower=mai))
    compose = digests.compose

    def compose_while_another_claims(messages, moment):
        Message.objects.filter(pk=row.pk).update(state="sending", claimed_at=NOW)
        return compose(messages, moment)

    monkeypatch.setattr(sending, "compose", compose_while_another_claims)
    with only(due):
        assert sending.hand_over(NOW, respects_quiet=False) == {}

    row.refresh_from_db()
    assert (row.state, row.attempts, server.received) == ("sending", 0, [])


@pytest.mark.django_db(transaction=True)
def test_who_dies_while_showing_messages_in_the_program_leaves_all_as_they_were(unit, mai, monkeypatch):
    due = [deadline(unit, WEDNESDAY, subject=n, follower=mai) for n in range(3)]
    for n, one in enumerate(due):
        message(mai, one, channel="app", day=TUESDAY.replace(day=15 + n))
    write = type(Message.objects).bulk_update

    def write_and_die(*arguments):
        write(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(type(Message.objects), "bulk_update", write_and_die)
    with only(*due), pytest.raises(KeyboardInterrupt):
        sending.hand_over(NOW, respects_quiet=False)
    assert set(Message.objects.values_list("state", "attempts", "subject")) == {("due", 0, "")}

    monkeypatch.undo()
    with only(*due):
        assert sending.hand_over(NOW, respects_quiet=False) == {("app", "sent"): 3}


def test_beat_wakes_both_each_minute_and_a_worker_that_was_stopped_wakes_to_no_pile(tmp_path):
    """A process of its own: beat reads the schedule once, when it starts, from modules loaded in its order."""
    environment = os.environ | {"TDKT_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tdkt.settings"}

    said = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )

    assert json.loads(said.stdout) == {
        "reminders.sweep": [True, 60, True, "default"],
        "reminders.mail_due": [True, 60, True, "mail"],
    }
