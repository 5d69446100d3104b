"""A campaign in the text of its plan: what the lines print that stand for it, what becomes of it with its plan.

blocks     theme, waves, movements, targets as blocks of a paper; no database
telling    what the plan's page says of its campaign
discarding a draft that goes takes its campaign along, unless something hangs on it
"""
