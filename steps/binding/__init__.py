"""How feature files become scenarios that pytest runs, and a run that is recorded."""
