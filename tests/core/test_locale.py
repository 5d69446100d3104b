"""What libraries say is Vietnamese: the compiled file is that of the source, and nothing falls through."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils.translation import gettext as translated

FOLDER = Path(settings.BASE_DIR) / "locale/vi/LC_MESSAGES"
STRING = r'"((?:[^"\\]|\\.)*)"'
VIETNAMESE = re.compile(r"[ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE)


def source() -> dict[str, str]:
    text = (FOLDER / "django.po").read_text(encoding="utf-8")
    pairs = re.findall(rf"^msgid {STRING}\nmsgstr {STRING}$", text, re.M)
    return {unquoted(key): unquoted(value) for key, value in pairs if key}


def unquoted(text: str) -> str:
    return text.replace('\\"', '"').replace("\\\\", "\\")


def test_the_compiled_file_is_that_of_the_source():
    with (FOLDER / "django.mo").open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)

    wanted = {key: value for key, value in source().items() if key != "Login"}  # that one has a context
    assert len(wanted) > 90
    assert {key: compiled.gettext(key) for key in wanted} == wanted


@pytest.mark.parametrize("sentence", sorted({*map(str, DefaultAccountAdapter.error_messages.values())}))
def test_every_refusal_of_sign_in_is_vietnamese(sentence):
    assert VIETNAMESE.search(translated(sentence))


@pytest.mark.parametrize("key", sorted(DefaultMFAAdapter.error_messages))
def test_every_refusal_of_the_second_step_is_vietnamese(key):
    assert VIETNAMESE.search(str(DefaultMFAAdapter.error_messages[key]))
