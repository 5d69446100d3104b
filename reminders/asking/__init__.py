"""Asking villages, schools and offices for something, and collecting what comes: by one-time link or entered."""
