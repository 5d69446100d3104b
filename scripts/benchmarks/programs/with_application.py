"""with_application.py command|server PLAN.json OUT.pdf: a plan as PDF by the application, in a process of its own.

``command`` starts as ``manage.py`` does, ``server`` as gunicorn does, with every page's
code read. Prints the seconds from the finished tree to the bytes: in a server that is
what the first person who asks for a paper waits for.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import django
from django.urls import get_resolver

start, source, target = sys.argv[1:]
if start == "server":
    import tdkt.wsgi  # noqa: F401 -- importing it starts the application

    assert get_resolver().url_patterns
else:
    django.setup()

from documents.rendering import render  # noqa: E402 -- models need the set-up above
from plans import interchange  # noqa: E402 -- likewise
from plans.paper import compose  # noqa: E402 -- likewise

paper = compose(interchange.read(json.loads(Path(source).read_text(encoding="utf-8"))))
started = time.perf_counter()
pdf = render(paper, "pdf")
print(time.perf_counter() - started)
Path(target).write_bytes(pdf)
