"""Nouns of reminding: how a unit wants it, what was said to whom, what was asked of others, calendar addresses."""

from reminders.models.asking import Answer, AnswerFile, Ask, Request
from reminders.models.besides import Snooze, Watcher
from reminders.models.feed import Feed
from reminders.models.message import Message, Notice, Planned
from reminders.models.settings import DayOff, Ladder, Preference, UnitSettings, Wording

__all__ = [
    "Answer",
    "AnswerFile",
    "Ask",
    "DayOff",
    "Feed",
    "Ladder",
    "Message",
    "Notice",
    "Planned",
    "Preference",
    "Request",
    "Snooze",
    "UnitSettings",
    "Watcher",
    "Wording",
]
