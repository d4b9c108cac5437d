"""Loads by name, a YAML file each."""
