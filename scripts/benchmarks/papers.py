"""PDF by the application against bare WeasyPrint on the same HTML, and against LibreOffice on the same Word file."""

from __future__ import annotations

import io
import itertools
import math
from collections.abc import Callable, Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path

import weasyprint
from pypdf import PdfReader

from documents.rendering.pdf import render_pdf
from scripts.benchmarks import fresh, report
from scripts.benchmarks.fresh import LibreOffice, Run
from scripts.benchmarks.report import Goal, NotMeasured, milliseconds, number, times
from scripts.benchmarks.samples import Sample
from scripts.benchmarks.timing import Compared, Spent, interleaved, timed

MOST_OF_WEASYPRINT, LEAST_OF_LIBREOFFICE = 1.10, 4
WARM_PAIRS, LONG_PAIRS = 4, 3
COLD_PAIRS_IN_ALL, OFFICE_PAIRS_IN_ALL, MOST_PAIRS_EACH = 10, 10, 3

Groups = Sequence[tuple[str, Sequence[Sample]]]
"""Papers that are judged together: those of usual length, and the long one."""


def measure(groups: Groups, folder: Path) -> list[Goal]:
    office = fresh.find_libreoffice(folder)
    goals = _against_weasyprint(groups)
    if office is None:
        report.head("2. PDF ấm so với LibreOffice")
        print("Máy không có LibreOffice (gói libreoffice-writer-nogui) nên không so được.")
    else:
        goals += _against_libreoffice(groups, office)
    return goals + _cold(groups, folder, office)


# -- Warm: this process, which has drawn the paper before --------------------------------


def _against_weasyprint(groups: Groups) -> list[Goal]:
    report.head("1. PDF ấm so với WeasyPrint trần: cùng HTML, cùng kiểu trình bày, cùng một tiến trình")
    rows, goals = [], []
    for name, samples in groups:
        pairs = []
        for sample in samples:
            pages = _same_page_count(sample)
            acts = partial(render_pdf, sample.paper), partial(_by_weasyprint, sample)
            own = interleaved(LONG_PAIRS if len(samples) == 1 else WARM_PAIRS, *(partial(timed, act) for act in acts))
            rows.append((sample.name, str(len(sample.plan.tasks)), str(pages), *_warm_figures(own)))
            pairs += own
        goals.append(_within(f"PDF ấm, {name}", Compared([(ours.clock, bare.clock) for ours, bare in pairs])))
    report.table(
        ("văn bản", "nhiệm vụ", "trang", "cặp", "chương trình", "WeasyPrint", "tỷ lệ", "theo giờ bộ xử lý"), rows
    )
    report.goals(goals)
    return goals


def _warm_figures(pairs: Sequence[tuple[Spent, ...]]) -> tuple[str, ...]:
    clock = Compared([(ours.clock, bare.clock) for ours, bare in pairs])
    work = Compared([(ours.work, bare.work) for ours, bare in pairs])
    return (*_figures(clock), times(clock.ratio), times(work.ratio))


def _by_weasyprint(sample: Sample) -> bytes:
    document = weasyprint.HTML(string=sample.html, base_url=str(sample.file))
    return document.write_pdf(pdf_variant="pdf/a-2b", presentational_hints=True)


def _same_page_count(sample: Sample) -> int:
    """Both sides must do the same work to be compared; doing it once also warms them."""
    ours, bare = (len(PdfReader(io.BytesIO(pdf)).pages) for pdf in (render_pdf(sample.paper), _by_weasyprint(sample)))
    if ours != bare:
        raise NotMeasured(f"Hai bản PDF của {sample.name} không cùng số trang nên không so được.")
    return ours


def _against_libreoffice(groups: Groups, office: LibreOffice) -> list[Goal]:
    report.head("2. PDF ấm so với LibreOffice chuyển tệp Word của chương trình")
    print("LibreOffice mở tiến trình mới cho mỗi tệp; ấm là đã có hồ sơ cài đặt và đã chạy một lần.")
    profile = office.new_profile()
    rows, goals = [], []
    for name, samples in groups:
        office.convert(samples[0], profile)
        pairs = []
        for sample in samples:
            render_pdf(sample.paper)
            ours = partial(_seconds, partial(render_pdf, sample.paper))
            pairs += interleaved(
                _pairs_each(samples, OFFICE_PAIRS_IN_ALL), ours, partial(office.convert, sample, profile)
            )
        compared = Compared(pairs)
        rows.append((name, *_figures(compared), number(1 / compared.ratio)))
        goals.append(_faster(f"PDF ấm, {name}", compared))
    report.table(("văn bản", "cặp", "chương trình", "LibreOffice", "nhanh gấp"), rows)
    report.goals(goals)
    return goals


def _seconds(act: Callable[[], object]) -> float:
    return timed(act).clock


# -- Cold: a new process for every paper --------------------------------------------------


def _cold(groups: Groups, folder: Path, office: LibreOffice | None) -> list[Goal]:
    report.head("3. PDF nguội: mỗi lần một tiến trình mới, LibreOffice mỗi lần một hồ sơ mới")
    print("Lệnh: cả tiến trình, kể cả Django. Máy chủ: bản đầu tiên sau khi máy chủ khởi động.")
    kinds = (("lệnh", "command", attrgetter("whole")), ("máy chủ", "server", attrgetter("first_paper")))
    others = {"WeasyPrint": _within, "LibreOffice": _faster} if office else {"WeasyPrint": _within}
    rows, goals = [], []
    for name, samples in groups:
        runs = _cold_runs(samples, folder, office)
        for (kind, ours, seconds), (other, judge) in itertools.product(kinds, others.items()):
            compared = Compared([(seconds(a), seconds(b)) for a, b in zip(runs[ours], runs[other], strict=True)])
            rows.append((f"{name}, {kind}, {other}", *_figures(compared), times(compared.ratio)))
            goals.append(judge(f"PDF nguội, {name}, {kind}", compared))
    report.table(("văn bản, cách chạy, so với", "cặp", "chương trình", "bên kia", "tỷ lệ"), rows)
    report.goals(goals)
    return goals


def _cold_runs(samples: Sequence[Sample], folder: Path, office: LibreOffice | None) -> dict[str, list[Run]]:
    acts: dict[str, Callable[[Sample], Run]] = {
        "command": lambda sample: fresh.by_command(sample, folder),
        "server": lambda sample: fresh.by_server(sample, folder),
        "WeasyPrint": lambda sample: fresh.by_weasyprint(sample, folder),
    }
    if office:
        acts["LibreOffice"] = office.cold
    rounds = _pairs_each(samples, COLD_PAIRS_IN_ALL)
    rows = [row for each in samples for row in interleaved(rounds, *(partial(act, each) for act in acts.values()))]
    return {name: [row[position] for row in rows] for position, name in enumerate(acts)}


# -- Shared --------------------------------------------------------------------------------


def _pairs_each(samples: Sequence[Sample], in_all: int) -> int:
    return min(MOST_PAIRS_EACH, math.ceil(in_all / len(samples)))


def _figures(compared: Compared) -> tuple[str, ...]:
    return (str(len(compared.pairs)), *map(milliseconds, compared.medians))


def _within(what: str, compared: Compared) -> Goal:
    ratio = compared.ratio
    return Goal(
        f"{what}, so với WeasyPrint", times(ratio), f"≤ {times(MOST_OF_WEASYPRINT)}", ratio <= MOST_OF_WEASYPRINT
    )


def _faster(what: str, compared: Compared) -> Goal:
    faster = 1 / compared.ratio
    return Goal(
        f"{what}, so với LibreOffice",
        f"nhanh gấp {number(faster)}",
        f"≥ {LEAST_OF_LIBREOFFICE}",
        faster >= LEAST_OF_LIBREOFFICE,
    )
