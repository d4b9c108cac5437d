"""Where two servers do not agree; apart from the histories, since a manager that compares rows needs no arrays."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that two servers do not agree on.

    Attributes:
        table: ``schema.table``.
        row: the primary key in words.
        left, right: ``missing`` or a digest of the row on either server.
    """

    table: str
    row: str
    left: str
    right: str
