"""Settings of the environments, a YAML file each."""
