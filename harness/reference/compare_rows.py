"""Two servers compared row by row: checksums of chunks first, digests of their rows where those differ."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Final

from hadrill.harness.engines.mysql import recovery
from hadrill.harness.engines.mysql.quoting import identifier
from hadrill.harness.engines.mysql.session import Session
from hadrill.harness.model.difference import Difference
from hadrill.harness.model.disaster_recovery import Verification

CHUNK_ROWS: Final = 2000
MOST: Final = 100
MISSING: Final = "missing"
WHOLE: Final = "the whole table"


@dataclass(frozen=True, slots=True)
class Table:
    """How a table's rows are told apart and digested.

    Attributes:
        name: ``schema.table``.
        key: columns of its primary key; empty where it has none.
        digest: an expression that is the same for equal rows.
    """

    name: str
    key: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows between two keys, the first one excluded; None where there is no such end."""

    above: tuple[object, ...] | None
    upto: tuple[object, ...] | None


def compare(left: Session, right: Session, tables: tuple[str, ...]) -> Verification:
    """Compare these tables, or all where none are named; neither side may change meanwhile.

    Raises:
        SqlError: of either server.
    """
    here, there = _tables(left), _tables(right)
    names = tuple(sorted(set(tables or here | there)))
    both = [name for name in names if name in here & there]
    lacking = (_lacking(name, here=name in here) for name in names if name not in both)
    differing = (each for name in both for each in _differences(left, right, table_of(left, name)))
    rows = sum(max(_count(left, name), _count(right, name)) for name in both)
    return Verification(len(names), rows, tuple(islice(chain(lacking, differing), MOST)))


def table_of(server: Session, name: str) -> Table:
    """What a table looks like on a server."""
    columns = ", ".join(
        f"IFNULL(SHA2(CONCAT({recovery.exact(str(row['name']), str(row['type']))}), 256), '-')"
        for row in server.rows(recovery.COLUMNS, (name,))
        if not row["is_generated"]
    )
    key = tuple(str(row["name"]) for row in server.rows(recovery.PRIMARY_KEY, (name,)))
    return Table(name, key, f"SHA2(CONCAT({columns}), 256)")


def _tables(server: Session) -> frozenset[str]:
    return frozenset(str(row["name"]) for row in server.rows(recovery.USER_TABLES))


def _lacking(name: str, *, here: bool) -> Difference:
    return Difference(name, WHOLE, "present" if here else MISSING, MISSING if here else "present")


def _count(server: Session, name: str) -> int:
    return int(server.row(f"SELECT COUNT(*) AS found FROM {recovery.quoted(name)}")["found"])  # noqa: S608 - quoted


def _differences(left: Session, right: Session, table: Table) -> Iterator[Difference]:
    for chunk in _chunks(left, table):
        sums = _checksum(left, table, chunk), _checksum(right, table, chunk)
        if sums[0] == sums[1]:
            continue
        if not table.key:
            yield Difference(table.name, f"{WHOLE}, which has no primary key", *sums)
            return
        has, other = _digests(left, table, chunk), _digests(right, table, chunk)
        for row in sorted(has.keys() | other.keys()):
            if has.get(row) != other.get(row):
                yield Difference(table.name, row, has.get(row, MISSING), other.get(row, MISSING))


def _chunks(server: Session, table: Table) -> Iterator[Chunk]:
    above: tuple[object, ...] | None = None
    while table.key:
        where, arguments = _where(table, Chunk(above, None))
        keys = _listed(table)
        last = server.row(
            f"SELECT {keys} FROM {recovery.quoted(table.name)} {where} "  # noqa: S608 - quoted
            f"ORDER BY {keys} LIMIT 1 OFFSET {CHUNK_ROWS - 1}",
            arguments,
        )
        if not last:
            break
        upto = tuple(last[column] for column in table.key)
        yield Chunk(above, upto)
        above = upto
    yield Chunk(above, None)


def _checksum(server: Session, table: Table, chunk: Chunk) -> str:
    where, arguments = _where(table, chunk)
    half = "CAST(CONV(SUBSTRING({0}, {1}, 16), 16, 10) AS UNSIGNED)"
    first, second = (half.format(table.digest, at) for at in (1, 17))
    row = server.row(
        f"SELECT COUNT(*) AS n, BIT_XOR({first}) AS a, SUM({second}) AS b "  # noqa: S608 - quoted
        f"FROM {recovery.quoted(table.name)} {where}",
        arguments,
    )
    return f"{row['n']} rows, {row['a']}-{row['b']}"


def _digests(server: Session, table: Table, chunk: Chunk) -> dict[str, str]:
    where, arguments = _where(table, chunk)
    rows = server.rows(
        f"SELECT {_listed(table)}, {table.digest} AS `digest of the row` "  # noqa: S608 - quoted
        f"FROM {recovery.quoted(table.name)} {where}",
        arguments,
    )
    return {_words(table, row): str(row["digest of the row"]) for row in rows}


def _words(table: Table, row: Mapping[str, Any]) -> str:
    return ", ".join(f"{column}={row[column]}" for column in table.key)


def _listed(table: Table) -> str:
    return ", ".join(identifier(column) for column in table.key)


def _where(table: Table, chunk: Chunk) -> tuple[str, tuple[object, ...]]:
    row = f"({', '.join(['%s'] * len(table.key))})"
    ends = ((">", chunk.above), ("<=", chunk.upto))
    conditions = [f"({_listed(table)}) {sign} {row}" for sign, end in ends if end is not None]
    arguments = tuple(value for _, end in ends if end is not None for value in end)
    return (f"WHERE {' AND '.join(conditions)}" if conditions else ""), arguments
