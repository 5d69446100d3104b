"""Who may send a paper, and who may say what became of it. What a user sees: ``documents.deliveries.selectors``."""

from __future__ import annotations

from typing import Any

import rules

from documents.models import Delivery, IssuedPaper
from units.models import Membership
from units.selectors import standing_of

SENDERS = (Membership.Role.OFFICER, Membership.Role.CLERK)
RECEIVERS = (*SENDERS, Membership.Role.REVIEWER)


def side_of(user: Any, delivery: Delivery) -> int | None:
    """For which of the two units the user may say that the paper came, went back or was answered; None: for neither.

    The sender says it for a receiver that cannot: outside the program, and where the receiver has not spoken.
    """
    standing = standing_of(user)
    if delivery.receiver_id and standing.has_role(delivery.receiver_id, *RECEIVERS):
        return delivery.receiver_id
    is_ours = delivery.way != Delivery.Way.INSIDE and delivery.received_by_id is None
    return delivery.sender_id if is_ours and standing.has_role(delivery.sender_id, *SENDERS) else None


@rules.predicate
def sends_its_papers(user: Any, paper: IssuedPaper) -> bool:
    return standing_of(user).has_role(paper.issuer.unit_id, *SENDERS)


@rules.predicate
def speaks_for_the_receiver(user: Any, delivery: Delivery) -> bool:
    return side_of(user, delivery) is not None


@rules.predicate
def receives_somewhere(user: Any, nothing: None) -> bool:
    """Whether there is any unit for which the user may record receipts."""
    return bool(standing_of(user).units_with_role(*RECEIVERS))


@rules.predicate
def sent_it(user: Any, delivery: Delivery) -> bool:
    return standing_of(user).has_role(delivery.sender_id, *SENDERS)


rules.add_perm("documents.send_paper", sends_its_papers)
rules.add_perm("documents.receive_delivery", speaks_for_the_receiver)
rules.add_perm("documents.receive_deliveries", receives_somewhere)
rules.add_perm("documents.withdraw_delivery", sent_it)
