"""The customer's own way from one instance to another (HA-13): one moment's tables and rows, read and written again.

Copied are base tables of customers' databases with their rows; views, routines, triggers and accounts are not. Fit for
as much as a drill writes: rows go over one connection.
"""

from typing import Final

from pymysql import MySQLError

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.instance import Account, Endpoint
from hadrill.harness.workload.connection import Connection, Values, connect
from hadrill.harness.workload.customer_tables import ONE_MOMENT, Table, chunks, columns_query, names_by_table, quoted

_NOT_COMPUTED: Final = "GENERATION_EXPRESSION = ''"  # by the server itself, which takes no value for what is
_WRITING: Final = ("SET time_zone = '+00:00', sql_mode = 'NO_AUTO_VALUE_ON_ZERO', foreign_key_checks = 0", "BEGIN")


def copy_data(
    source: Endpoint, source_account: Account, target: Endpoint, target_account: Account, *, timeout_s: float
) -> dict[str, int]:
    """Copy every customer table, as one moment shows them all.

    Args:
        source, target: addresses.
        source_account: may read there.
        target_account: may create databases and tables there; none of the tables may be there yet.
        timeout_s: seconds for each login, each read and each write.

    Returns:
        How many rows each table had, by ``schema.table``.

    Raises:
        HarnessTrouble: not all could be copied; what was may be there.
    """
    try:
        with (
            connect(source, source_account, timeout_s=timeout_s, values=Values.TEXTS) as old,
            connect(target, target_account, timeout_s=timeout_s) as new,
        ):
            _run(old, *ONE_MOMENT)
            columns = names_by_table(old, columns_query(_NOT_COMPUTED))
            _make(old, new, tuple(columns))
            _run(new, *_WRITING)
            counts = {f"{table[0]}.{table[1]}": _copy(old, new, table, names) for table, names in columns.items()}
            new.commit()
    except MySQLError as error:
        raise HarnessTrouble(f"could not copy the tables of {source} to {target}: {error}") from error
    return counts


def _make(old: Connection, new: Connection, tables: tuple[Table, ...]) -> None:
    """The databases, where they are not there yet, and the empty tables."""
    for schema in dict.fromkeys(schema for schema, _ in tables):
        _run(new, _definition(old, f"SHOW CREATE DATABASE IF NOT EXISTS {quoted(schema)}"))
    for schema, table in tables:
        _run(new, f"USE {quoted(schema)}", "SET foreign_key_checks = 0")
        _run(new, _definition(old, f"SHOW CREATE TABLE {quoted(schema)}.{quoted(table)}"))


def _definition(old: Connection, query: str) -> str:
    with old.cursor() as cursor:
        cursor.execute(query)
        row = cursor.fetchone()
    assert row is not None, "what is listed can be shown"
    return str(row[1])


def _copy(old: Connection, new: Connection, table: Table, columns: tuple[str, ...]) -> int:
    place, names = f"{quoted(table[0])}.{quoted(table[1])}", quoted(*columns)
    values = ", ".join(["%s"] * len(columns))
    insert = f"INSERT INTO {_literal(place)} ({_literal(names)}) VALUES ({values})"  # noqa: S608 - quoted names
    count = 0
    with new.cursor() as cursor:
        for rows in chunks(old, f"SELECT {names} FROM {place}"):  # noqa: S608 - quoted names
            count += len(rows)
            cursor.executemany(insert, rows)
    return count


def _run(connection: Connection, *statements: str) -> None:
    for statement in statements:
        connection.query(statement)


def _literal(text: str) -> str:
    """Without a place for an argument in it."""
    return text.replace("%", "%%")
