"""States with their words, and which may follow which."""

from __future__ import annotations

from django.db import models


class RoundState(models.TextChoices):
    COLLECTING = "collecting", "Đang tiếp nhận đề nghị"
    APPRAISING = "appraising", "Đang thẩm định"
    COUNCIL = "council", "Đang xét tại Hội đồng"
    DECIDING = "deciding", "Đang trình quyết định"
    DONE = "done", "Đã xong"


_RUNS = "awards.run_rounds"
ROUND_MOVES = {
    RoundState.COLLECTING.value: {RoundState.APPRAISING.value: _RUNS},
    RoundState.APPRAISING.value: {
        RoundState.COUNCIL.value: _RUNS,
        RoundState.DECIDING.value: _RUNS,
        RoundState.COLLECTING.value: _RUNS,
    },
    RoundState.COUNCIL.value: {RoundState.DECIDING.value: _RUNS, RoundState.APPRAISING.value: _RUNS},
    RoundState.DECIDING.value: {
        RoundState.DONE.value: _RUNS,
        RoundState.COUNCIL.value: _RUNS,
        RoundState.APPRAISING.value: _RUNS,
    },
    RoundState.DONE.value: {RoundState.DECIDING.value: _RUNS},
}


class ProposalState(models.TextChoices):
    SENT = "sent", "Đã gửi"
    RETURNED = "returned", "Trả lại"
    TAKEN = "taken", "Đã tiếp nhận"


PROPOSAL_MOVES = {
    ProposalState.SENT.value: {ProposalState.TAKEN.value: _RUNS, ProposalState.RETURNED.value: _RUNS},
    ProposalState.RETURNED.value: {ProposalState.SENT.value: _RUNS},
    ProposalState.TAKEN.value: {ProposalState.RETURNED.value: _RUNS},
}


class NomineeState(models.TextChoices):
    PROPOSED = "proposed", "Mới đề nghị"
    CORRECTING = "correcting", "Đang bổ sung"
    READY = "ready", "Đã thẩm định"
    PASSED = "passed", "Được thông qua"
    FAILED = "failed", "Không được thông qua"
    SENT = "sent", "Đã trình cấp trên"
    DECIDED = "decided", "Đã có quyết định"
    REFUSED = "refused", "Cấp có thẩm quyền không khen"
    WITHDRAWN = "withdrawn", "Không đề nghị nữa"


NOMINEE_MOVES = {
    NomineeState.PROPOSED.value: {
        NomineeState.CORRECTING.value: _RUNS,
        NomineeState.READY.value: _RUNS,
        NomineeState.WITHDRAWN.value: _RUNS,
    },
    NomineeState.CORRECTING.value: {
        NomineeState.PROPOSED.value: _RUNS,
        NomineeState.READY.value: _RUNS,
        NomineeState.WITHDRAWN.value: _RUNS,
    },
    NomineeState.READY.value: {
        NomineeState.PASSED.value: _RUNS,
        NomineeState.FAILED.value: _RUNS,
        NomineeState.CORRECTING.value: _RUNS,
        NomineeState.PROPOSED.value: _RUNS,
        NomineeState.WITHDRAWN.value: _RUNS,
    },
    NomineeState.PASSED.value: {
        NomineeState.SENT.value: _RUNS,
        NomineeState.DECIDED.value: _RUNS,
        NomineeState.CORRECTING.value: _RUNS,
        NomineeState.READY.value: _RUNS,
        NomineeState.WITHDRAWN.value: _RUNS,
    },
    NomineeState.FAILED.value: {NomineeState.READY.value: _RUNS},
    NomineeState.SENT.value: {
        NomineeState.DECIDED.value: _RUNS,
        NomineeState.REFUSED.value: _RUNS,
        NomineeState.CORRECTING.value: _RUNS,
        NomineeState.PASSED.value: _RUNS,
    },
    NomineeState.DECIDED.value: {},
    NomineeState.REFUSED.value: {NomineeState.SENT.value: _RUNS},
    NomineeState.WITHDRAWN.value: {NomineeState.PROPOSED.value: _RUNS},
}
"""A sitting moves READY to PASSED or FAILED; where nobody has to sit (the chairman at once) the officer does."""

LIVE = (
    NomineeState.PROPOSED,
    NomineeState.CORRECTING,
    NomineeState.READY,
    NomineeState.PASSED,
    NomineeState.SENT,
    NomineeState.DECIDED,
)
"""What still counts for quotas, doubles and used initiatives."""


class SittingState(models.TextChoices):
    DRAFT = "draft", "Đang chuẩn bị"
    OPEN = "open", "Đang họp"
    COUNTING = "counting", "Đang kiểm phiếu"
    CLOSED = "closed", "Đã kết thúc"


_COUNCIL = "awards.run_council"
SITTING_MOVES = {
    SittingState.DRAFT.value: {SittingState.OPEN.value: _COUNCIL},
    SittingState.OPEN.value: {SittingState.COUNTING.value: _COUNCIL, SittingState.DRAFT.value: _COUNCIL},
    SittingState.COUNTING.value: {SittingState.CLOSED.value: _COUNCIL, SittingState.OPEN.value: _COUNCIL},
    SittingState.CLOSED.value: {},
}
"""A secret electronic vote that has begun never goes back to DRAFT, and a closed sitting stays closed: another one is
held."""


class DecisionState(models.TextChoices):
    DRAFT = "draft", "Đang soạn"
    ISSUED = "issued", "Đã ban hành"
    PUBLISHED = "published", "Đã công bố"


_DECIDES = "awards.decide"
DECISION_MOVES = {
    DecisionState.DRAFT.value: {DecisionState.ISSUED.value: _DECIDES},
    DecisionState.ISSUED.value: {DecisionState.PUBLISHED.value: _DECIDES},
    DecisionState.PUBLISHED.value: {},
}
