"""Readers of file formats: what a file holds, as lines and tables."""
