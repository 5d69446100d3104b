"""A superior's own score sheet filled in place: its cells take points and figures of the season, all else stays.

How files are read and written, rows known by their words and choices applied is ``campaigns.filling``.
"""
