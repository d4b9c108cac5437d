"""Drills that lose a part of theirs at a random moment: whether any leaves something behind, or reads wrong."""
