"""Where the real parts come from: found on this machine, or fetched into the cache."""
