"""Lùi lịch: the milestones of a duty, each a task of its own with a day, a follower and results.

services    counted back once, moved with the duty's day, taken away, brought along to the next time
asked       a request that went out proves the milestone that it was for
days        weekdays and days off as people say them
"""
