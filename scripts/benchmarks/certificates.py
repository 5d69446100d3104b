"""A batch of certificates against bare WeasyPrint on the same pages, each in a process of its own; and its memory."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader

from scripts.benchmarks import report
from scripts.benchmarks.fresh import PROGRAMS
from scripts.benchmarks.report import Goal, NotMeasured, number, times
from scripts.benchmarks.samples import ROOT

MANY, FEW = 500, 50
MOST_OF_WEASYPRINT, MOST_MEMORY = 1.2, 1.25
_LONGEST_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Batch:
    seconds: float
    megabytes: float
    """The most that the process held."""
    kilobytes: float
    """Of the file."""


def measure(folder: Path) -> list[Goal]:
    report.head("12. In giấy khen so với WeasyPrint trần trên cùng các trang")
    few, many, bare = _batch("ours", FEW, folder), _batch("ours", MANY, folder), _batch("bare", MANY, folder)
    rows = [
        (f"chương trình, {FEW} bản", *_figures(few)),
        (f"chương trình, {MANY} bản", *_figures(many)),
        (f"WeasyPrint trần, {MANY} bản", *_figures(bare)),
    ]
    report.table(("lần in", "giây", "bộ nhớ lớn nhất (MB)", "tệp (KB)"), rows)
    ratio, memory = many.seconds / bare.seconds, many.megabytes / few.megabytes
    goals = [
        Goal(
            f"{MANY} giấy khen so với WeasyPrint",
            times(ratio),
            f"≤ {times(MOST_OF_WEASYPRINT)}",
            ratio <= MOST_OF_WEASYPRINT,
        ),
        Goal(
            f"Bộ nhớ của {MANY} bản so với {FEW} bản",
            times(memory),
            f"≤ {times(MOST_MEMORY)}",
            memory <= MOST_MEMORY,
        ),
    ]
    report.goals(goals)
    return goals


def _figures(batch: Batch) -> tuple[str, ...]:
    return tuple(number(value, 1) for value in (batch.seconds, batch.megabytes, batch.kilobytes))


def _batch(kind: str, count: int, folder: Path) -> Batch:
    target = folder / f"certificates-{kind}-{count}.pdf"
    command = [sys.executable, str(PROGRAMS / "certificates.py"), kind, str(count), str(target)]
    try:
        told = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=_LONGEST_SECONDS
        ).stdout
    except subprocess.CalledProcessError as error:
        raise NotMeasured(f"certificates.py dừng vì lỗi:\n{error.stderr}") from error
    except subprocess.TimeoutExpired as error:
        raise NotMeasured(f"certificates.py chạy quá {_LONGEST_SECONDS} giây.") from error
    if len(PdfReader(target).pages) != count:
        raise NotMeasured("Hai bản PDF không cùng số trang nên không so được.")
    seconds, megabytes = map(float, told.split())
    return Batch(seconds, megabytes, target.stat().st_size / 1024)
