"""Faults: the catalogue, their planning (pure) and their effect, each a pair of injection and heal with proofs."""
