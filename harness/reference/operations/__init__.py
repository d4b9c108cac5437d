"""What the manager can be in the middle of: each a list of steps that may be run again after a crash."""
