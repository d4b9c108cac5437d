"""The rows that one client writes: a key each, counted up, and the statement that inserts it."""

from typing import Final, Self


class Rows:
    """An endless iterator of ``(key, statement)``; no key comes twice."""

    def __init__(self, table: str, client: int, first_key: int, body_bytes: int) -> None:
        """Begin at the first key.

        Args:
            table: ``schema.table``, a name that was checked.
            client: index into the roster; stands in the row.
            first_key: what the first row is filed under.
            body_bytes: size of the row's body; it begins with the key, so that no two bodies are alike.
        """
        self._next_key = first_key
        self._head: Final = f"INSERT INTO {table} VALUES ("  # noqa: S608 - a checked name
        self._middle: Final = f",{client},'"
        self._tail: Final = "." * (body_bytes - 16) + "')"
        self.reading: Final = f"SELECT id, body FROM {table} LIMIT 1"  # noqa: S608 - a checked name

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> tuple[int, str]:
        key = self._next_key
        self._next_key = key + 1
        return key, f"{self._head}{key}{self._middle}{key:016x}{self._tail}"
