"""Duties: what an incoming paper asks of the unit, taken as tasks without a plan.

proposing    a paper read -> proposals, each with its sentence (pure)
recurring    the day on which a duty comes back (pure)
countback    from a duty's day back to the days of its milestones (pure)
types        kinds of duties with the steps that lead to them
milestones   a duty's own steps: tasks with days, followers, results
rows         a duty's rows and its plain values
services     the paper kept and read, duties taken, changed, made again for the next time
incoming_views, duty_views   the paper with its proposals; one duty
"""
