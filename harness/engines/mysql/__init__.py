"""MySQL: options, statements and where an installation keeps its files."""
