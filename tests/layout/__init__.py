"""Instruments that measure a rendered paper against Decree 30/2020/NĐ-CP, Phụ lục I.

``check_pdf`` and ``check_docx`` look at what was printed, ``content_findings`` at the
words that the officer wrote. All of them take their expectations from the paper's tree.
"""
