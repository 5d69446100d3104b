"""Campaigns, targets and results out of sheets and into them (``core.resources`` says how)."""
