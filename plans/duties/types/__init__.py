"""Kinds of duties that come back, each with the steps that lead to it: what is shipped, what a unit made its own.

shipped    the ones that come with the program (``plans/duties/data``)
steps      «30 – Yêu cầu các thôn gửi danh sách», a line a step
"""
