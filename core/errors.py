"""Errors that a person reads: one plain Vietnamese sentence each, never a code."""

from __future__ import annotations


class AppError(Exception):
    """Something that the person at the screen can understand and act on.

    The message is the sentence shown. Commands print it on standard error and end with
    exit code 1; views show it where the person is and keep what was typed.
    """

    message = "Chưa làm được việc này."

    def __init__(self, message: str = "") -> None:
        super().__init__(message or self.message)

    def __str__(self) -> str:
        return str(self.args[0])


class UnfitField(AppError):
    """A value that cannot stand in its field; ``field`` says which, so that a form can show it there."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class UnfitRow(UnfitField):
    """The same of a table; ``position`` counts its rows from 0."""

    def __init__(self, position: int, field: str, message: str) -> None:
        super().__init__(field, message)
        self.position = position
