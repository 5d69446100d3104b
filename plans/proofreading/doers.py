"""Who has something to do by the plan must also receive it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.text import fold
from documents.proofreading import Finding, Reading, Severity
from documents.proofreading.findings import at
from plans.interchange import PlanData

# Whom tasks name, as folded words; whom the recipients must name then, or a word that means them too.
_DOERS = (
    ("Mặt trận Tổ quốc", r"\b(?:mttq|mat tran)\b", r"\b(?:mttq|mat tran|doan the|to chuc chinh tri)\b"),
    ("các trường học", r"\btruong (?:hoc|mam non|tieu hoc|thcs|thpt)\b|\bcac truong\b", r"\btruong\b|\bdon vi\b"),
    ("các thôn, tổ dân phố", r"^(?:cac )?(?:thon|to dan pho|ap|khu pho)\b", r"\b(?:thon|to dan pho|ap|khu pho)\b"),
    ("Công an", r"\bcong an\b", r"\b(?:cong an|nganh|co quan|phong)\b"),
    ("Trạm Y tế", r"\btram y te\b", r"\b(?:tram y te|nganh|don vi|co quan)\b"),
)
_EVERYBODY = re.compile(r"^(?:nhu |cac don vi|cac co quan|thanh vien)")


def missing_recipients(plan: PlanData, reading: Reading) -> Iterator[Finding]:
    line = reading.by_path.get(("recipients", "label"))
    received = [fold(entry) for entry in plan.recipients]
    if line is None or any(_EVERYBODY.search(entry) for entry in received):
        return
    doers = {fold(name) for task in plan.tasks for name in (*task.lead, *task.support)}
    for name, doing, receiving in _DOERS:
        has_work = any(re.search(doing, doer) for doer in doers)
        if has_work and not any(re.search(receiving, entry) for entry in received):
            message = f"Kế hoạch giao việc cho {name} nhưng nơi nhận không ghi."
            yield at(line, "recipients.missing", (0, len(line.text)), message, severity=Severity.LOOK)
