"""Score tables as offices draw them, read into a tree of criteria: title rows, marks like I, 1.1, a), -, sums, words.

``sources`` makes a grid of cells out of a paste or a file, ``rows`` finds the head and the columns, ``marks`` knows
the levels, ``phrases`` what words say of bonus, penalty and lateness, ``building`` makes the tree and asks what is
unsure.
"""
