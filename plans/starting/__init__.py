"""How a plan is started: from an earlier one moved on, from several merged, from a template, from nothing.

selectors     what it may be started from, and what is known of the unit that adopts it
merging       parts of several plans made one (pure)
proposals     what ``plans.moving`` proposes, grouped as a person answers it (pure)
services      the draft is made
"""
