"""Kế hoạch giao: what each member was given for each criterion of the season's set, or that it was given none."""
