"""Copying chosen tables to a fresh server while they are written: one moment of them, and the GTID set of that moment.

With them come their triggers, the customers' accounts, all schemas (empty), routines and events; no view. Later on the
link brings the chosen tables and their triggers, and of the rest what no filter of a replica keeps out without losing
a change of a chosen table, too: schemas that are created, altered or dropped, routines and events. It brings no
other table or trigger, no view, and no account or right that is new. A trigger that needs a table which was not
chosen fails where the instance is activated and that table is not created there.

The lock that ties the two together lasts as long as opening a snapshot. It is taken on the master's secondary where
that holds all its primary has, so that no client waits for it.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from hadrill.harness.engines.mysql import recovery
from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.quoting import identifier
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.model.instance import Role
from hadrill.harness.reference.operations.definitions import (
    Definitions,
    create_routines_and_events,
    create_triggers,
    read_definitions,
)
from hadrill.harness.reference.operations.servers import lay_down
from hadrill.harness.reference.operations.snapshot import open_snapshot
from hadrill.harness.reference.records import InstanceRecord
from hadrill.harness.reference.work import Differs, Work

CHUNK_ROWS: Final = 500
ANSWER_S: Final = 60.0
NO_SUCH_TABLE: Final = 1146
Rows = tuple[Mapping[str, Any], ...]


def copy_tables(
    work: Work, record: InstanceRecord, node: str, tables: tuple[str, ...], report: Callable[[float], None] | None
) -> None:
    """A fresh server with these tables, the customers' accounts, and the GTID set that they belong to.

    Args:
        work: the manager's hands.
        record: the instance that the node belongs to.
        node: where; all that its server holds is gone.
        tables: ``schema.table`` each.
        report: told how much is done, 0 to 1, where somebody asks.

    Raises:
        SqlError: of either server, or a table was changed meanwhile; to be begun anew.
        Differs: a routine, an event, a trigger or a schema was changed just then; likewise.
    """
    lay_down(work, node, record.variables)
    with work.connect(_donor(work, record), ANSWER_S) as source, work.connect(node, ANSWER_S) as target:
        executed, definitions = _moment(source, tables)
        target.run(*sql.WRITABLE, *recovery.LOAD, *definitions.schemas)  # no customer gets in: it stays offline
        create_routines_and_events(target, definitions)
        expected, done = sum(_estimate(source, table) for table in tables) or 1, 0
        for table in tables:
            for rows in _copied(source, target, table):
                done += rows
                if report is not None:
                    report(min(done / expected, 1.0))
        create_triggers(target, definitions)
        _copy_accounts(work, source, target)
        target.rows(recovery.CLAIM, (executed,))
        target.run(*sql.READ_ONLY)


def _donor(work: Work, record: InstanceRecord) -> str:
    master = work.master_of(record)
    return (master.node(Role.SECONDARY) if master.protected else None) or master.primary


def _moment(source: Session, tables: tuple[str, ...]) -> tuple[str, Definitions]:
    """The GTID set of the moment that is copied, and what was defined then; no lock is held while that is read."""
    before = read_definitions(source, tables)
    executed = open_snapshot(source)
    if read_definitions(source, tables) != before:
        raise Differs("a schema, a routine, an event or a trigger of the master was changed while its copy began")
    return executed, before


def _copy_accounts(work: Work, source: Session, target: Session) -> None:
    """All customers', with what they may do; rights on single tables that do not come are left out."""
    settings = work.settings
    own = (settings.service.user, settings.replicator.user, settings.auditor.user)
    source.run(*recovery.READABLE_HASHES)
    names = [(account["user"], account["host"]) for account in source.rows(recovery.CUSTOMERS, own)]
    for name in names:
        target.run(*_only_column(source.rows(recovery.SHOW_ACCOUNT, name)))
    for name in names:  # one may be granted another, as a role
        for grant in _only_column(source.rows(recovery.SHOW_GRANTS, name)):
            _grant(target, grant)


def _only_column(rows: Rows) -> tuple[str, ...]:
    return tuple(str(next(iter(row.values()))) for row in rows)


def _grant(target: Session, statement: str) -> None:
    try:
        target.run(statement)
    except SqlError as error:
        if error.args[0] != NO_SUCH_TABLE:
            raise


def _estimate(source: Session, table: str) -> int:
    return int(source.row(recovery.ROWS_ESTIMATED, (table,)).get("estimated", 0))


def _copied(source: Session, target: Session, table: str) -> Iterator[int]:
    """Copy a table; yields the number of rows of each chunk."""
    name = recovery.quoted(table)
    schema = table.split(".", 1)[0]
    target.run(f"USE {identifier(schema)}", str(source.row(f"SHOW CREATE TABLE {name}")["Create Table"]))
    every = source.rows(recovery.COLUMNS, (table,))
    columns = [str(row["name"]) for row in every if not row["is_generated"]]
    one = f"({', '.join(['%s'] * len(columns))})"
    listed = ", ".join(identifier(column) for column in columns)
    for chunk in _chunks(source, table, {str(row["name"]): str(row["type"]) for row in every}):
        insert = f"INSERT INTO {name} ({listed}) VALUES {', '.join([one] * len(chunk))}"  # noqa: S608 - quoted
        target.rows(insert, tuple(row[column] for row in chunk for column in columns))
        yield len(chunk)


def _chunks(source: Session, table: str, columns: Mapping[str, str]) -> Iterator[Rows]:
    """By primary key; a table without one comes as a whole."""
    read = ", ".join(f"{recovery.exact(column, kind)} AS {identifier(column)}" for column, kind in columns.items())
    select = f"SELECT {read} FROM {recovery.quoted(table)}"  # noqa: S608 - quoted
    key = tuple(str(row["name"]) for row in source.rows(recovery.PRIMARY_KEY, (table,)))
    if not key:
        if rows := source.rows(select):
            yield rows
        return
    listed = ", ".join(identifier(column) for column in key)
    beyond = f"WHERE ({listed}) > ({', '.join(['%s'] * len(key))})"
    order = f"ORDER BY {listed} LIMIT {CHUNK_ROWS}"
    rows = source.rows(f"{select} {order}")
    while rows:
        yield rows
        rows = source.rows(f"{select} {beyond} {order}", tuple(rows[-1][column] for column in key))
