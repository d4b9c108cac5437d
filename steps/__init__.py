"""Sentences to calls, grouped by subject; no logic."""
