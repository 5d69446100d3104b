"""What the machine tells the settings: a few environment variables and the secret key's file."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import Any, NoReturn

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("TDKT_VAR", BASE_DIR / "var"))


def flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def words(name: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def stop(sentence: str) -> NoReturn:
    """A setting that cannot be used ends the program with one sentence, not with a trace."""
    print(sentence, file=sys.stderr)
    raise SystemExit(1)


def database(url: str) -> dict[str, Any]:
    try:
        return dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except (ValueError, KeyError):
        stop("DATABASE_URL không đúng dạng; ví dụ: postgres://tên:mật-khẩu@máy:5432/cơ-sở-dữ-liệu")


def secret_key() -> str:
    """From the environment, else from a file that is made once and readable by its owner only.

    The file lets commands work in a shell where nothing is set.
    """
    if key := os.environ.get("SECRET_KEY"):
        return key
    try:
        return _kept_key(VAR_DIR / "secret_key")
    except OSError:
        stop(f"Không đọc, ghi được thư mục dữ liệu {VAR_DIR} (TDKT_VAR).")


def _kept_key(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            pass  # another process was faster; its key is the one
        else:
            with os.fdopen(descriptor, "w") as stream:
                stream.write(secrets.token_urlsafe(50))
    return file.read_text().strip()
