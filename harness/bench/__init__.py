"""Measurements of speed, outside every test: set-up, a ready pair, failover, the whole drill."""
