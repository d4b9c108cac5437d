"""A topology that stays up until it is taken down."""
