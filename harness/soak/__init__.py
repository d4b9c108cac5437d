"""Whole drills again and again, each with a new seed: how often a service that keeps its promises is found at fault."""
