"""Files of older or other programs (.doc, .rtf, .odt), saved anew as .docx by LibreOffice where it is installed.

It runs in a folder and with a profile of its own that nobody else has seen, without macros and without links to
elsewhere, and is stopped with all that it started when its time is over.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from documents.reading.errors import UnreadableFile
from documents.reading.packages import BROKEN

TIME_LIMIT = 120
"""Seconds. A paper takes three to six, most of them for the program to start."""
_LARGEST_RESULT = 100 * 1024 * 1024
_PROGRAMS = ("soffice", "libreoffice")
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
 <item oor:path="/org.openoffice.Office.Common/Security/Scripting">
  <prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
  <prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
 </item>
 <item oor:path="/org.openoffice.Office.Writer/Content/Update">
  <prop oor:name="Link" oor:op="fuse"><value>0</value></prop>
 </item>
</oor:items>
"""
_MISSING = (
    "Máy chủ chưa cài LibreOffice nên không đọc được tệp {ending}; hãy mở bằng Word, lưu lại dạng .docx rồi chọn lại."
)
_TOO_SLOW = "Tệp {ending} mở quá lâu; hãy mở bằng Word, lưu lại dạng .docx rồi chọn lại."

logger = logging.getLogger(__name__)


def saved_as_docx(content: bytes, ending: str) -> bytes:
    """``ending``: of the kind of file, ``.doc``. Raise ``UnreadableFile``."""
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise UnreadableFile(_MISSING.format(ending=ending))
    with tempfile.TemporaryDirectory(prefix="tdkt-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        source = folder / f"paper{ending}"
        source.write_bytes(content)
        _run(program, folder, source, ending)
        result = folder / "out" / "paper.docx"
        if not result.exists() or result.stat().st_size > _LARGEST_RESULT:
            raise UnreadableFile(BROKEN)
        return result.read_bytes()


def _run(program: str, folder: Path, source: Path, ending: str) -> None:
    command = [
        *(program, f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
        *("--headless", "--norestore", "--nologo", "--convert-to", "docx:MS Word 2007 XML"),
        *("--outdir", str(folder / "out"), str(source)),
    ]
    process = subprocess.Popen(  # noqa: S603 -- the program by its path, and names that we gave
        command,
        cwd=folder,
        env={"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(TIME_LIMIT)
    except subprocess.TimeoutExpired:
        logger.warning("LibreOffice was stopped after %s seconds", TIME_LIMIT)
        raise UnreadableFile(_TOO_SLOW.format(ending=ending)) from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)  # soffice is a script that starts the program proper
            process.wait()
