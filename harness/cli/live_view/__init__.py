"""``hadrill drill --live``: what happens, drawn on the terminal as it happens."""
