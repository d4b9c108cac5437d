"""The hadrill command, a verb a file."""
