"""A paper in a process of its own: by the application, by bare WeasyPrint, by LibreOffice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from documents.rendering.docx import render_docx
from scripts.benchmarks.report import NotMeasured
from scripts.benchmarks.samples import ROOT, Sample
from scripts.benchmarks.timing import timed

PROGRAMS = Path(__file__).parent / "programs"
LONGEST_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds."""

    whole: float
    first_paper: float
    """From the finished input to the bytes, where the program counts that itself."""


def by_command(sample: Sample, folder: Path) -> Run:
    """As ``manage.py render_plan`` would, without its database."""
    return _python("with_application.py", folder / "command.pdf", "command", str(sample.file))


def by_server(sample: Sample, folder: Path) -> Run:
    """The first paper of a server that has just started."""
    return _python("with_application.py", folder / "server.pdf", "server", str(sample.file))


def by_weasyprint(sample: Sample, folder: Path) -> Run:
    page = folder / f"{sample.file.stem}.html"
    page.write_text(sample.html, encoding="utf-8")
    return _python("with_weasyprint.py", folder / "weasyprint.pdf", str(page))


def _python(program: str, target: Path, *arguments: str) -> Run:
    target.unlink(missing_ok=True)
    told: list[str] = []
    command = [sys.executable, str(PROGRAMS / program), *arguments, str(target)]
    whole = timed(lambda: told.append(_output_of(command))).clock
    if not target.is_file():
        raise NotMeasured(f"{program} không cho ra tệp PDF.")
    return Run(whole, float(told[0]))


@dataclass(frozen=True, slots=True)
class LibreOffice:
    """With profiles of its own: nobody's settings, nobody's running program."""

    program: str
    folder: Path

    def cold(self, sample: Sample) -> Run:
        seconds = self.convert(sample, self.new_profile())
        return Run(seconds, seconds)

    def convert(self, sample: Sample, profile: Path) -> float:
        """Seconds of one conversion. Every one is a process of its own: LibreOffice knows no other way."""
        word = self._word_file(sample)
        made = word.with_suffix(".pdf")
        made.unlink(missing_ok=True)
        options = ["--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(self.folder), str(word)]
        command = [self.program, f"-env:UserInstallation={profile.as_uri()}", *options]
        seconds = timed(lambda: _output_of(command, HOME=str(self.folder))).clock
        if not made.is_file():
            raise NotMeasured(f"LibreOffice không chuyển được tệp Word của {sample.name}.")
        return seconds

    def new_profile(self) -> Path:
        return Path(tempfile.mkdtemp(dir=self.folder))

    def _word_file(self, sample: Sample) -> Path:
        file = self.folder / f"{sample.file.stem}.docx"
        if not file.exists():
            file.write_bytes(render_docx(sample.paper))
        return file


def find_libreoffice(folder: Path) -> LibreOffice | None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    return LibreOffice(program, folder) if program else None


def _output_of(command: list[str], **environment: str) -> str:
    try:
        answer = subprocess.run(
            command,
            cwd=ROOT,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=LONGEST_SECONDS,
        )
    except subprocess.CalledProcessError as error:
        raise NotMeasured(f"{Path(command[0]).name} dừng vì lỗi:\n{error.stderr}") from error
    except subprocess.TimeoutExpired as error:
        raise NotMeasured(f"{Path(command[0]).name} chạy quá {LONGEST_SECONDS} giây.") from error
    return answer.stdout
