"""What the history says of each act on campaigns, and of names that are no fields."""

WORDS: dict[str, str] = {}
