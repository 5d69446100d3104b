"""What the clock wakes, as the process of beat itself sees it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from core.jobs import LOST_AFTER
from core.tasks import LOST_JOBS_EVERY

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import json
from tdkt.celery import app
app.loader.init_worker()
app.finalize()
entry = app.conf.beat_schedule["lost-jobs"]
seconds = entry["schedule"].total_seconds()
print(json.dumps({
    "task": entry["task"],
    "is_known": entry["task"] in app.tasks,
    "seconds": seconds,
    "ends_before_the_next": 0 < entry["options"]["expires"] < seconds,
    "visible_again": app.conf.broker_transport_options["visibility_timeout"],
    "time_limit": app.conf.task_time_limit,
}))
"""


def test_lost_jobs_are_looked_for_and_never_sooner_than_a_task_may_still_run(tmp_path):
    """A process of its own: beat reads the schedule once, when it starts, from modules loaded in its order."""
    environment = os.environ | {
        "TDKT_VAR": str(tmp_path),
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "DJANGO_SETTINGS_MODULE": "tdkt.settings",
    }

    said = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )

    found = json.loads(said.stdout)
    time_limit = found.pop("time_limit") or 0
    assert found == {
        "task": "core.fail_lost_jobs",
        "is_known": True,
        "seconds": LOST_JOBS_EVERY.total_seconds(),
        "ends_before_the_next": True,
        "visible_again": 3600,
    }
    assert max(time_limit, found["visible_again"]) < LOST_AFTER.total_seconds()
