"""Who may do what about reminding: in the unit that a thing lies in."""

from __future__ import annotations

import rules

from units.rules import is_administrator, is_leader, is_member, is_officer

rules.add_perm("reminders.view", is_member)
rules.add_perm("reminders.write_request", is_officer)
rules.add_perm("reminders.change_settings", is_officer | is_administrator)
rules.add_perm("reminders.change_deadline", is_officer)  # who is told, until when nobody is
rules.add_perm("reminders.record_result", is_officer)  # is led to the form, which asks again by itself
rules.add_perm("reminders.resend", is_officer)
rules.add_perm("reminders.see_address", is_officer | is_administrator)  # where a message went
rules.add_perm("reminders.share_calendar", is_officer | is_administrator | is_leader)  # the whole unit's
