"""The embedded environment: every server a process on loopback, behind a proxy for each link."""
