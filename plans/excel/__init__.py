"""Plans and tasks out of sheets and into them (``core.resources`` says how)."""
