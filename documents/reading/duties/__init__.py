"""Incoming papers ask for things by a day: what, by when, what to send, to whom, and who is asked. No database.

    finding      paragraphs -> sentences that ask -> ``Duty``, each with its place
    days         where the time words of a duty begin and end, and how often it comes back
    sending      what is sent, and to whom
    addressing   who is asked, and whether that means a unit of some level

What the time words mean is read by ``documents.times``.
"""

from __future__ import annotations

from documents.reading.duties.addressing import Concern, concern_of
from documents.reading.duties.days import Every, every_in
from documents.reading.duties.finding import Duty, duties_of

__all__ = ["Concern", "Duty", "Every", "concern_of", "duties_of", "every_in"]
