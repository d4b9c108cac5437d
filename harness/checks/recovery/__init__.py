"""Checks of disaster recovery: a pair in another region that follows its master, and takes its place for good."""
