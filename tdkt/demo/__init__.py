"""The demonstration: an invented province, made through the same services that the pages use.

Days are relative to today, so that something is always late, due today, due this week.
Texts and names lie in ``plans/demo``.
"""
