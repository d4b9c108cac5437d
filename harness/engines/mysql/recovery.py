"""MySQL's statements for a link between regions: its preconditions, chosen tables, and their first copy."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hadrill.harness.engines.mysql.quoting import identifier
from hadrill.harness.engines.mysql.session import Session

_PRECONDITIONS: Final = "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('version', 'gtid_mode')"
USER_SCHEMAS: Final = (
    "SELECT schema_name AS name FROM information_schema.schemata "
    "WHERE schema_name NOT IN ('mysql', 'sys', 'performance_schema', 'information_schema') ORDER BY 1"
)
USER_TABLES: Final = (
    "SELECT CONCAT(table_schema, '.', table_name) AS name FROM information_schema.tables "
    "WHERE table_type = 'BASE TABLE' "
    "AND table_schema NOT IN ('mysql', 'sys', 'performance_schema', 'information_schema') ORDER BY 1"
)
ROWS_ESTIMATED: Final = (
    "SELECT COALESCE(table_rows, 0) AS estimated FROM information_schema.tables "
    "WHERE CONCAT(table_schema, '.', table_name) = %s"
)
COLUMNS: Final = (
    "SELECT column_name AS name, data_type AS type, generation_expression <> '' AS is_generated "
    "FROM information_schema.columns WHERE CONCAT(table_schema, '.', table_name) = %s ORDER BY ordinal_position"
)
PRIMARY_KEY: Final = (
    "SELECT column_name AS name FROM information_schema.statistics "
    "WHERE CONCAT(table_schema, '.', table_name) = %s AND index_name = 'PRIMARY' ORDER BY seq_in_index"
)
"""Arguments of these three: ``schema.table``."""

CUSTOMERS: Final = (
    "SELECT user AS user, host AS host FROM mysql.user WHERE user NOT LIKE 'mysql.%%' AND user <> 'root' "
    "AND user NOT IN (%s, %s, %s) ORDER BY 1, 2"
)
"""Arguments: the service's own accounts."""

FREEZE: Final = ("SET SESSION lock_wait_timeout = 2", "FLUSH TABLES WITH READ LOCK")
SNAPSHOT: Final = (
    "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
    "SET SESSION time_zone = '+00:00'",
    "START TRANSACTION WITH CONSISTENT SNAPSHOT",
)
THAW: Final = ("UNLOCK TABLES",)

APPLY_UNTIL: Final = "START REPLICA SQL_THREAD UNTIL SQL_AFTER_GTIDS = %s"
"""Apply a GTID set to its end and nothing beyond; argument: the set."""

STOP_SOON: Final = ("SET GLOBAL rpl_stop_replica_timeout = 2",)
"""A stop that takes longer is an error, and still happens as soon as it can; by default it is waited for, a year."""

STOPS_LATER: Final = 1875
"""That error, of an applier: it is amid a transaction."""

LOAD: Final = (
    "SET SESSION sql_log_bin = OFF",
    "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO'",
    "SET SESSION foreign_key_checks = OFF",
    "SET SESSION unique_checks = OFF",
    "SET SESSION time_zone = '+00:00'",
)
CLAIM: Final = "SET GLOBAL gtid_purged = %s"
"""Of a server that has executed nothing; argument: a GTID set."""


READABLE_HASHES: Final = ("SET SESSION print_identified_with_as_hex = ON",)
SHOW_ACCOUNT: Final = "SHOW CREATE USER %s@%s"
SHOW_GRANTS: Final = "SHOW GRANTS FOR %s@%s"


FORGET_EXECUTED: Final = ("RESET BINARY LOGS AND GTIDS",)


@dataclass(frozen=True, slots=True)
class Preconditions:
    """What a server says of itself that decides whether it can be followed from another region.

    Attributes:
        version: as it says, its suffix included.
        gtid_mode: at this moment; ``OFF`` where it knows no such thing, as before 5.6.
    """

    version: str
    gtid_mode: str


def preconditions(server: Session) -> Preconditions:
    """Of a server of any version: one that lacks a variable shows none, and refuses to select it. Raises SqlError."""
    seen = {str(row["Variable_name"]): str(row["Value"]) for row in server.rows(_PRECONDITIONS)}
    return Preconditions(seen["version"], seen.get("gtid_mode", "OFF"))


def exact(column: str, kind: str) -> str:
    """How a column is read whose plain text, or whose Python type, is not all of it.

    Args:
        column: its name.
        kind: its data type, as the information schema says.
    """
    return {"float": "CAST({0} AS DOUBLE)", "time": "CAST({0} AS CHAR)"}.get(kind, "{0}").format(identifier(column))


def quoted(table: str) -> str:
    """A ``schema.table``."""
    return ".".join(identifier(part) for part in table.split(".", 1))


def only(tables: Iterable[str]) -> tuple[str, ...]:
    """Have a replica apply nothing but these tables; none lifts that. Forgotten with the source, and by a restart.

    Its applier must not run. Seen on 9.7: this keeps out other tables, their triggers, views, and whatever goes into
    tables of ``mysql`` as accounts and rights do. Schemas, routines and events pass; ``REPLICATE_DO_DB`` would keep
    these out, and with them each change of a chosen table that is made from another schema, or from none.
    ``REPLICATE_WILD_DO_TABLE`` would keep out schemas alone, and a routine created in one of those stops the applier.
    """
    names = ", ".join(quoted(table) for table in tables)
    return (f"CHANGE REPLICATION FILTER REPLICATE_DO_TABLE = ({names}) FOR CHANNEL ''",)


def all_but(table: str) -> tuple[str, ...]:
    """Have a replica, whose applier must not run, apply everything but what changes in this table."""
    return (f"CHANGE REPLICATION FILTER REPLICATE_IGNORE_TABLE = ({quoted(table)}) FOR CHANNEL ''",)
