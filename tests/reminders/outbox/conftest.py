from tests.reminders.fixed_desk import _now, desk

__all__ = ["_now", "desk"]
