"""The reference service: a manager with an HTTP API, started as a program and never imported by what judges it."""
