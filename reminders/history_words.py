"""What the history says of each act on reminders, and of names that are no fields."""

WORDS: dict[str, str] = {}
