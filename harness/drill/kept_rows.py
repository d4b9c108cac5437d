"""A few rows of a customer's that no other client writes to: what becomes of them, the service alone has done."""

from typing import Final

from hadrill.harness.drill.subject import Subject

KEPT: Final = "hadrill_kept.settings"
_ROWS: Final = (
    "CREATE DATABASE hadrill_kept",
    f"CREATE TABLE {KEPT} (id INT NOT NULL PRIMARY KEY, value VARCHAR(20) NOT NULL)",
    f"INSERT INTO {KEPT} VALUES (1, 'kept'), (2, 'kept'), (3, 'kept')",  # noqa: S608 - a constant
)


def keep_rows(subject: Subject) -> None:
    """Create the table with its rows, as the customer of that instance."""
    subject.run_as_owner(f"create {KEPT}", *_ROWS)
