"""The demonstration: an invented province, made through the same services that the pages use.

Days are relative to today, so that something is always late, due today, due this week.
Papers are the templates of ``plans.samples``; what is older, and the names, lie in ``plans/demo``.
"""
