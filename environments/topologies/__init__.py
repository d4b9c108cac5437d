"""Topologies by name, a YAML file each."""
