"""Scenarios side by side, each in one of a few processes that are forked once pytest has collected them."""
