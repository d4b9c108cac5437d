"""Pure functions from what was recorded to findings and measures; no I/O."""
