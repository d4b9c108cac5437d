"""What tables customers have on a server, and how they are read: as one moment shows them, a few rows at a time."""

from collections.abc import Iterator
from typing import Any, Final

from pymysql.cursors import SSCursor

from hadrill.harness.workload.connection import Connection

OF_CUSTOMERS: Final = "TABLE_SCHEMA NOT IN ('mysql', 'sys', 'performance_schema', 'information_schema')"

ONE_MOMENT: Final = ("SET time_zone = '+00:00'", "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
"""One view of all tables, and times that do not depend on the server's zone."""

_ROWS_A_CHUNK: Final = 256  # rows may be a megabyte each

Table = tuple[str, str]


def columns_query(also: str = "TRUE") -> str:
    """Asks for schema, table and column, in order of the columns; joined, since views have columns too.

    Args:
        also: a condition that columns fulfil.
    """
    return f"""
        SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME FROM information_schema.COLUMNS
        JOIN information_schema.TABLES USING (TABLE_SCHEMA, TABLE_NAME)
        WHERE TABLE_TYPE = 'BASE TABLE' AND {also} AND {OF_CUSTOMERS}
        ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION"""  # noqa: S608 - a condition of ours


def names_by_table(connection: Connection, query: str) -> dict[Table, tuple[str, ...]]:
    """Column names by schema and table, of a query for these three; whichever kind of values the connection gives."""
    names: dict[Table, tuple[str, ...]] = {}
    with connection.cursor() as cursor:
        cursor.execute(query)
        for row in cursor.fetchall():
            schema, table, column = (name if isinstance(name, str) else str(name, "utf-8") for name in row)
            names[schema, table] = (*names.get((schema, table), ()), column)
    return names


def chunks(connection: Connection, query: str) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a query as they come, some at a time."""
    with connection.cursor(SSCursor) as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(_ROWS_A_CHUNK):
            yield list(rows)


def quoted(*names: str) -> str:
    """Names as MySQL reads them whatever is in them, with commas between."""
    return ", ".join("`" + name.replace("`", "``") + "`" for name in names)
