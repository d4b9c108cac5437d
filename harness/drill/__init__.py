"""A run and its scenarios: the one place where service, faults, workload, evidence and checks meet."""
