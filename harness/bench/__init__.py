"""The benchmark: how long a user waits, and for what."""
