"""Sheets as offices make them, read into plain rows and written back.

``reading`` opens a file, ``tables`` finds the table on its sheet, ``writing`` makes a workbook.
"""
