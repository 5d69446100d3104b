"""What the history says of each act on clusters, and of names that are no fields."""

WORDS: dict[str, str] = {
    # clusters, seasons, members, timetable
    # criteria
    # sheets: entries and stages
    # reviewing: cross-checking, explanations
    # receipts and lateness
    # ranking, ballots, commendation
    # papers
}
