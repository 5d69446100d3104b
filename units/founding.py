"""The first office of an empty installation: a code from the machine's own shell opens the set-up page once.

The code lies in a file under ``var/`` that only its owner reads; whoever can read it could
read the database as well.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from core import audit
from core.errors import AppError
from units.models import Membership, Unit, User
from units.naming import unit_of_line
from units.services import add_person, create_issuer, create_unit, grant_role

_CODE_BYTES = 12


class AlreadyFounded(AppError):
    message = "Chương trình đã có tài khoản, nên không thiết lập lần đầu được nữa. Hãy đăng nhập."


@dataclass(frozen=True, slots=True)
class Office:
    """What the three steps ask."""

    kind: str
    designation: str
    name: str
    province: str
    village_word: str
    name_lines: str
    place: str
    symbol: str
    signature_lines: str
    full_name: str
    username: str
    password: str


def is_empty() -> bool:
    return not User.objects.exists()


def code_file() -> Path:
    return settings.VAR_DIR / "setup_code"


def setup_code() -> str:
    """The code, made once. Two processes that ask at once get the same."""
    if not is_empty():
        raise AlreadyFounded
    file = code_file()
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            pass  # another process was faster; its code is the one
        else:
            with os.fdopen(descriptor, "w") as stream:
                stream.write(secrets.token_hex(_CODE_BYTES))
    return file.read_text().strip()


def is_right_code(code: str) -> bool:
    file = code_file()
    if not file.exists():
        return False
    return secrets.compare_digest(code.encode(), file.read_text().strip().encode())


@transaction.atomic
def found(office: Office) -> User:
    """Unit, the level above, issuer and first account, all or nothing. The code's file decides who was first."""
    if not is_empty():
        raise AlreadyFounded
    user = User(username=office.username)
    user.set_password(office.password)
    user.save()
    unit = create_unit(
        actor=user,
        kind=office.kind,
        designation=office.designation,
        name=office.name,
        parent=_province(office.province, actor=user),
        village_word=office.village_word,
    )
    user.person = add_person(unit, actor=user, full_name=office.full_name)
    user.save(update_fields=["person"])
    create_issuer(
        unit,
        actor=user,
        name_lines=office.name_lines,
        place=office.place,
        symbol=office.symbol,
        signature_lines=office.signature_lines,
    )
    for role in (Membership.Role.ADMINISTRATOR, Membership.Role.OFFICER):
        grant_role(user, unit, role, actor=user)
    audit.record("units.user.created", user, actor=user, unit_id=unit.pk)
    try:
        code_file().unlink()
    except FileNotFoundError:
        raise AlreadyFounded from None
    return user


def _province(words: str, *, actor: User) -> Unit | None:
    """«tỉnh Lạng Sơn» or «Lạng Sơn»; the designation is «tỉnh» where none is typed."""
    if not words.strip():
        return None
    named = unit_of_line(f"UBND {words}")
    if not named.designation:
        named = unit_of_line(f"UBND tỉnh {words}")
    return create_unit(
        actor=actor,
        kind=named.kind,
        designation=named.designation,
        name=named.name,
        is_verified=False,
    )
