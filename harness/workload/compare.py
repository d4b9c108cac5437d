"""Two servers compared row by row: what is read of each, and the comparison of both."""

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from pymysql import MySQLError

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.history import Comparison
from hadrill.harness.model.instance import Account, Endpoint
from hadrill.harness.workload.connection import Connection, Values, connect
from hadrill.harness.workload.customer_tables import (
    OF_CUSTOMERS,
    ONE_MOMENT,
    chunks,
    columns_query,
    names_by_table,
    quoted,
)
from hadrill.harness.workload.differences import Row, TableRows, compare, digest

_KEYS: Final = f"""
    SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME FROM information_schema.KEY_COLUMN_USAGE
    WHERE CONSTRAINT_NAME = 'PRIMARY' AND {OF_CUSTOMERS} ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION"""  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class Side:
    """One of the servers.

    Attributes:
        name: the node's.
        endpoint: its own, past every link.
        account: one that may read every table, on a server that is closed to customers too.
    """

    name: str
    endpoint: Endpoint
    account: Account


def compare_servers(left: Side, right: Side, *, timeout_s: float) -> Comparison:
    """Compare every customer table of two servers, once nothing writes to them any more; as ``compare_all``."""
    return compare_all(left, (right,), timeout_s=timeout_s)[0]


def compare_all(
    left: Side, others: Sequence[Side], *, timeout_s: float, chosen: Collection[str] = ()
) -> tuple[Comparison, ...]:
    """Compare every customer table of one server with each of the others', once nothing writes to them any more.

    Args:
        left: one server; it is read once.
        others: the others.
        timeout_s: seconds for each login and each read of an answer.
        chosen: ``schema.table`` of those that are compared; all where none are given.

    Raises:
        HarnessTrouble: one of them could not be read to the end.
    """
    if not others:
        return ()
    sides = (left, *others)
    with ThreadPoolExecutor(max_workers=len(sides)) as pool:
        lefts, *rights = (
            {name: rows for name, rows in tables.items() if not chosen or name in chosen}
            for tables in pool.map(partial(read_tables, timeout_s=timeout_s), sides)
        )
    return tuple(compare(left.name, lefts, side.name, tables) for side, tables in zip(others, rights, strict=True))


def read_tables(side: Side, *, timeout_s: float) -> dict[str, TableRows]:
    """Every customer table of a server, by ``schema.table``, as one moment shows them.

    Raises:
        HarnessTrouble: it could not be read to the end.
    """
    try:
        with connect(side.endpoint, side.account, timeout_s=timeout_s, values=Values.BYTES) as connection:
            for statement in ONE_MOMENT:
                connection.query(statement)
            columns, keys = names_by_table(connection, columns_query()), names_by_table(connection, _KEYS)
            return {
                f"{schema}.{table}": _read(
                    connection, schema, table, columns[schema, table], keys.get((schema, table), ())
                )
                for schema, table in columns
            }
    except MySQLError as error:
        raise HarnessTrouble(
            f"could not read the tables of {side.name} at {side.endpoint} as {side.account.user}: {error}"
        ) from error


def _read(connection: Connection, schema: str, table: str, columns: tuple[str, ...], key: tuple[str, ...]) -> TableRows:
    order = f" ORDER BY {quoted(*key)}" if key else ""
    query = f"SELECT {quoted(*columns)} FROM {quoted(schema)}.{quoted(table)}{order}"  # noqa: S608 - quoted names
    key_of = _picker(tuple(columns.index(name) for name in key))
    keys: list[Row] = []
    digests = [np.empty(0, dtype=np.uint64)]
    for rows in chunks(connection, query):
        digests.append(np.fromiter(map(digest, rows), dtype=np.uint64, count=len(rows)))
        if key:
            keys.extend(map(key_of, rows))
    return TableRows(columns, key, keys, np.concatenate(digests))


def _picker(places: tuple[int, ...]) -> Callable[[Row], Row]:
    return lambda row: tuple(row[place] for place in places)
