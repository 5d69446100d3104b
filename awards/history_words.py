"""What the history says of each act on awards, and of names that are no fields."""

WORDS: dict[str, str] = {
    # catalogue
    # collecting
    # dossiers
    # councils
    # deciding
    # certificates
    # register
    # papers
}
