"""Writers, readers and probes, and what each client learned of each operation."""
