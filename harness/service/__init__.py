"""The contract that a drilled system is spoken to through; one adapter a file."""
