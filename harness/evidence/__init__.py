"""What a run leaves behind: plan, journal, segments of operations; written first, read later."""
