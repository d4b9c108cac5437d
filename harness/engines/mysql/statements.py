"""MySQL's statements for roles, replication and accounts, as data; who runs them decides when."""

import errno
from collections.abc import Iterable, Mapping
from typing import Final

from hadrill.harness.model.instance import Account, Endpoint

NO_TIMER_MS: Final = 4_294_967_295
"""The longest time that semi-synchronous replication can be told to wait: 49 days, which is for ever in a drill."""

CLOSE_TO_CUSTOMERS: Final = ("SET GLOBAL offline_mode = ON",)
OPEN_TO_CUSTOMERS: Final = ("SET GLOBAL offline_mode = OFF",)
READ_ONLY: Final = ("SET GLOBAL super_read_only = ON",)
WRITABLE: Final = ("SET GLOBAL super_read_only = OFF", "SET GLOBAL read_only = OFF")

# Lossless: the commit waits before the engine shows it, without a timer and without a replica being there.
SOURCE_WAITS: Final = (
    "SET GLOBAL rpl_semi_sync_source_wait_point = 'AFTER_SYNC'",
    f"SET GLOBAL rpl_semi_sync_source_timeout = {NO_TIMER_MS}",
    "SET GLOBAL rpl_semi_sync_source_wait_for_replica_count = 1",
    "SET GLOBAL rpl_semi_sync_source_wait_no_replica = ON",
    "SET GLOBAL rpl_semi_sync_source_enabled = ON",
)
SHOWN_BEFORE: Final = "SET GLOBAL rpl_semi_sync_source_wait_point = AFTER_COMMIT"
"""After those: others are shown what was committed before the replica has it, not afterwards."""

WAITS_FOR_TWO: Final = ("SET GLOBAL rpl_semi_sync_source_wait_for_replica_count = 2",)
"""After those, too: commits wait for two replicas."""

SOURCE_DOES_NOT_WAIT: Final = ("SET GLOBAL rpl_semi_sync_source_enabled = OFF",)
REPLICA_ACKNOWLEDGES: Final = ("SET GLOBAL rpl_semi_sync_replica_enabled = ON",)
REPLICA_DOES_NOT_ACKNOWLEDGE: Final = ("SET GLOBAL rpl_semi_sync_replica_enabled = OFF",)

RECEIVE: Final = ("START REPLICA IO_THREAD",)
STOP_RECEIVING: Final = ("STOP REPLICA IO_THREAD",)
APPLY: Final = ("START REPLICA SQL_THREAD",)
STOP_APPLYING: Final = ("STOP REPLICA SQL_THREAD",)

EXECUTED: Final = "SELECT @@GLOBAL.gtid_executed AS executed"
REPLICA_STATUS: Final = "SHOW REPLICA STATUS"
REFUSED: Final = f"({errno.ECONNREFUSED})"
"""Stands in a receiver's last error where its connection was refused, which is known at once."""

SEMI_SYNC_STATUS: Final = "SHOW GLOBAL STATUS LIKE 'Rpl_semi_sync_source%'"
GATES: Final = (
    "SELECT @@GLOBAL.super_read_only AS read_only, @@GLOBAL.offline_mode AS offline, "
    "@@GLOBAL.rpl_semi_sync_source_enabled AS waits, @@GLOBAL.gtid_executed AS executed"
)
_REPLICA: Final = "FROM performance_schema.replication_{} WHERE channel_name = ''"
LOOK: Final = (
    f"{GATES}, "
    f"(SELECT CONCAT(host, ':', port) {_REPLICA.format('connection_configuration')}) AS source, "
    f"(SELECT service_state {_REPLICA.format('connection_status')}) AS receiver, "
    f"(SELECT last_error_message {_REPLICA.format('connection_status')}) AS receiver_error, "
    f"(SELECT service_state {_REPLICA.format('applier_status')}) AS applier"
)
"""Gates, and how it follows, NULL where it follows nobody: few columns are read in a fifth of the time that all of
SHOW REPLICA STATUS take. These tables tell where the performance schema is off, too (manual, its replication tables).
"""

ACKNOWLEDGEMENTS: Final = (
    "SELECT variable_name AS name, variable_value AS value FROM performance_schema.global_status "
    "WHERE variable_name IN ('Rpl_semi_sync_source_wait_sessions', 'Rpl_semi_sync_source_yes_tx')"
)
"""How many commits wait for an acknowledgement now, and how many have had one; half of what SHOW takes."""

DURABILITY: Final = (
    "SELECT @@GLOBAL.sync_binlog AS sync_binlog, "
    "@@GLOBAL.innodb_flush_log_at_trx_commit AS innodb_flush_log_at_trx_commit, "
    "@@GLOBAL.gtid_mode AS gtid_mode, @@GLOBAL.rpl_semi_sync_source_wait_point AS wait_point, @@version AS version, "
    "@@GLOBAL.innodb_buffer_pool_size AS memory_bytes, @@GLOBAL.max_connections AS connections"
)

VARIABLES: Final = "SHOW GLOBAL VARIABLES"
DATABASES: Final = "SELECT schema_name AS name FROM information_schema.schemata"
ACCOUNTS: Final = "SELECT CONCAT(user, '@', host) AS name FROM mysql.user"

WAIT_EXECUTED: Final = "SELECT WAIT_FOR_EXECUTED_GTID_SET(%s, %s) AS late"
"""Arguments: a GTID set and a limit in seconds; ``late`` is 1 where the limit passed first."""

CLAIM_EXECUTED: Final = "SET GLOBAL gtid_purged = CONCAT('+', GTID_SUBTRACT(%s, @@GLOBAL.gtid_executed))"
"""Have a server take a GTID set for executed, whatever it lacks of it."""

IS_SUBSET: Final = "SELECT GTID_SUBSET(%s, %s) AS subset"
FITS: Final = (
    "SELECT GTID_SUBSET(%s, @@GLOBAL.gtid_executed) AS contained, GTID_SUBSET(@@GLOBAL.gtid_purged, %s) AS reachable"
)
"""Asked of a source; arguments: twice what its replica has executed."""


def shown(variables: Iterable[str]) -> str:
    """Read system variables back; one row with a column for each."""
    return "SELECT " + ", ".join(f"@@GLOBAL.{name} AS {name}" for name in variables)


def give_up_after(timer_ms: int) -> str:
    """Have a source answer commits without an acknowledgement after so long, until its replica has caught up."""
    return f"SET GLOBAL rpl_semi_sync_source_timeout = {timer_ms}"


def received_and_executed(status: Mapping[str, object]) -> tuple[str, str]:
    """What a replica says in ``REPLICA_STATUS`` that it has received and executed; empty where it follows nobody."""
    return str(status.get("Retrieved_Gtid_Set", "")), str(status.get("Executed_Gtid_Set", ""))


def apply_late(delay_s: int) -> tuple[str, ...]:
    """Have a replica apply so many seconds after its source; its applier is stopped for it, and left so."""
    return ("STOP REPLICA SQL_THREAD", f"CHANGE REPLICATION SOURCE TO SOURCE_DELAY = {delay_s}")


def follow(source: Endpoint, replicator: Account) -> str:
    """Point a server without a source at one, by GTID; short heartbeats, and retries that outlast a drill."""
    return (
        f"CHANGE REPLICATION SOURCE TO SOURCE_HOST = '{source.host}', SOURCE_PORT = {source.port}, "
        f"SOURCE_USER = '{replicator.user}', SOURCE_PASSWORD = '{replicator.password}', "
        "SOURCE_AUTO_POSITION = 1, GET_SOURCE_PUBLIC_KEY = 1, "
        "SOURCE_HEARTBEAT_PERIOD = 0.2, SOURCE_CONNECT_RETRY = 1, SOURCE_RETRY_COUNT = 1000000"
    )


def clone_from(donor: Endpoint, replicator: Account) -> tuple[str, ...]:
    """Replace all data of this server by the donor's (clone plugin); the server ends itself afterwards."""
    return (
        "SET GLOBAL clone_donor_timeout_after_network_failure = 0",  # by default it waits five minutes for a lost donor
        f"SET GLOBAL clone_valid_donor_list = '{donor.host}:{donor.port}'",
        f"CLONE INSTANCE FROM '{replicator.user}'@'{donor.host}':{donor.port} IDENTIFIED BY '{replicator.password}'",
    )


CLONED_BYTES: Final = (
    "SELECT COALESCE(SUM(bytes), 0) AS bytes FROM ("
    "SELECT file_size AS bytes FROM information_schema.innodb_tablespaces WHERE name <> 'innodb_temporary' UNION ALL "
    "SELECT total_extents * extent_size FROM information_schema.files WHERE tablespace_name = 'innodb_system') AS files"
)
"""Size of the files that a clone of this server copies."""

DONOR_IS_BEING_CLONED: Final = "Too many concurrent clone operations"
"""Stands in the recipient's error; a donor is cloned by one at a time."""

CLONED_BUT_NOT_RESTARTED: Final = 3707
"""The clone is complete; the server, having no supervisor, cannot restart itself."""


def first_boot(service: Account, replicator: Account, auditor: Account) -> tuple[str, ...]:
    """Accounts of a new server that stay out of the binary log, so that two new servers have equal GTID sets.

    The replicator passes ``offline_mode``: a server that is being closed still needs its replica's acknowledgements, or
    the commits in flight never end. The auditor is the judge's: it reads, and passes too; no customer is given it.
    """
    return (
        "SET sql_log_bin = OFF",
        "ALTER USER root@localhost ACCOUNT LOCK",
        f"CREATE USER '{service.user}'@'%' IDENTIFIED BY '{service.password}'",
        f"GRANT ALL ON *.* TO '{service.user}'@'%' WITH GRANT OPTION",
        f"CREATE USER '{replicator.user}'@'%' IDENTIFIED BY '{replicator.password}'",
        f"GRANT REPLICATION SLAVE, BACKUP_ADMIN, CONNECTION_ADMIN ON *.* TO '{replicator.user}'@'%'",
        f"CREATE USER '{auditor.user}'@'%' IDENTIFIED BY '{auditor.password}'",
        f"GRANT SELECT, REPLICATION CLIENT, CONNECTION_ADMIN ON *.* TO '{auditor.user}'@'%'",
    )


def customer_accounts(owner: Account, reader: Account) -> tuple[str, ...]:
    """The two accounts that a customer is given; neither may pass ``offline_mode`` or ``super_read_only``.

    Nor are they let into ``mysql``: whoever may insert there may make accounts, and a replica's password is in there.
    """
    rights = (
        "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, INDEX, REFERENCES, CREATE VIEW, SHOW VIEW, TRIGGER, "
        "EXECUTE, CREATE ROUTINE, ALTER ROUTINE, EVENT, LOCK TABLES"
    )
    return (
        f"CREATE USER IF NOT EXISTS '{owner.user}'@'%' IDENTIFIED BY '{owner.password}'",
        f"GRANT {rights}, PROCESS ON *.* TO '{owner.user}'@'%'",
        f"REVOKE {rights} ON mysql.* FROM '{owner.user}'@'%'",
        f"CREATE USER IF NOT EXISTS '{reader.user}'@'%' IDENTIFIED BY '{reader.password}'",
        f"GRANT SELECT ON *.* TO '{reader.user}'@'%'",
        f"REVOKE SELECT ON mysql.* FROM '{reader.user}'@'%'",  # noqa: S608 - it reads nothing
    )
