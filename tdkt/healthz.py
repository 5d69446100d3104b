"""``/healthz``: one address that says whether everything works, for people and for monitors.

Anonymous, so it names no host, no path and no version.
"""

from __future__ import annotations

from dataclasses import asdict

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import health
from core.health import Finding
from documents import fonts
from documents.errors import FontMissing


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when every finding is well, else 503; the body is the same list of findings."""
    findings = [*health.findings(), typeface()]
    green = all(finding.well for finding in findings)
    body = {"green": green, "findings": [asdict(finding) for finding in findings]}
    return JsonResponse(body, status=200 if green else 503, json_dumps_params={"ensure_ascii": False})


def typeface() -> Finding:
    """All Vietnamese letters in all four styles, by the letters themselves and not by the font's name."""
    try:
        missing = fonts.missing_letters()
    except FontMissing as error:
        return Finding("typeface", False, str(error))
    if missing:
        return Finding("typeface", False, f"Phông chữ của văn bản thiếu {len(missing)} chữ tiếng Việt: {missing}")
    count = len(fonts.vietnamese_letters())
    return Finding("typeface", True, f"Phông chữ của văn bản có đủ {count} chữ tiếng Việt ở cả bốn kiểu.")
