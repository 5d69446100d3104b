"""Who takes part: registrations (entered, by link, out of sheets, by a paper), judged; the pledge that all sign."""
