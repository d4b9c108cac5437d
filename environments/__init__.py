"""Where servers run, and where the real parts come from."""
