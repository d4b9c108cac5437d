"""What differs between database engines: options, statements, versions, installations."""
