"""The drill engine: everything between a sentence of a feature and a verdict."""
