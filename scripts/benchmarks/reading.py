"""Reading a plan from PDF, Word and plain text: pages a second, beside what pdfplumber takes for its words alone."""

from __future__ import annotations

import io
from functools import partial

import pdfplumber
from pypdf import PdfReader

from documents.reading.files import read_source
from documents.rendering import render
from plans.interchange import PlanData
from plans.paper import compose
from plans.reading import read_plan
from scripts.benchmarks import report
from scripts.benchmarks.report import Goal, milliseconds, number, times
from scripts.benchmarks.samples import our_plans, with_tasks
from scripts.benchmarks.timing import Compared, interleaved, timed

FORMS = ("pdf", "docx", "txt")
TASKS, PAIRS = 200, 3


def measure() -> list[Goal]:
    """No goal was set: the figures tell how long a person waits."""
    report.head("8. Đọc kế hoạch từ tệp")
    tabled = next(sample.plan for sample in our_plans() if sample.plan.tasks and sample.plan.table)
    rows = []
    for name, plan in {"kế hoạch mẫu": tabled, f"kế hoạch {TASKS} nhiệm vụ": with_tasks(tabled, TASKS)}.items():
        files = {to: render(compose(plan), to) for to in FORMS}
        pages = len(PdfReader(io.BytesIO(files["pdf"])).pages)
        rows += [_row(name, to, pages, content, files["pdf"], plan) for to, content in files.items()]
    report.table(("tệp", "dạng", "trang", "đọc", "pdfplumber lấy chữ", "tỷ lệ", "trang một giây"), rows)
    return []


def _row(name: str, to: str, pages: int, content: bytes, pdf: bytes, plan: PlanData) -> tuple[str, ...]:
    acts = partial(timed, partial(_read, content, to, plan)), partial(timed, partial(_words_alone, pdf))
    compared = Compared([(ours.clock, bare.clock) for ours, bare in interleaved(PAIRS, *acts)])
    ours, bare = compared.medians
    return name, to, str(pages), milliseconds(ours), milliseconds(bare), times(compared.ratio), number(pages / ours, 1)


def _read(content: bytes, to: str, plan: PlanData) -> None:
    """What comes out is looked at, so that nobody is fast by reading less."""
    found = read_plan(read_source(io.BytesIO(content), f"ke-hoach.{to}")).plan
    if len(found.tasks) != len(plan.tasks):
        raise report.NotMeasured(f"Đọc được {len(found.tasks)} trong {len(plan.tasks)} nhiệm vụ của tệp {to}.")


def _words_alone(pdf: bytes) -> None:
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        for page in file.pages:
            page.extract_words()
            page.close()
