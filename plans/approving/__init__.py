"""From a draft to a leader's word and back: submitted, approved, returned with remarks, recalled.

Two ways lead there. A unit whose leaders approve in the program (``Unit.approves_inside``) goes
draft → submitted → approved → issued; every other one records that a plan was submitted and what
came of it. A returned plan is a draft with open remarks, so whoever writes it finds it where it was.
"""
