"""What a MySQL server is started with: durable, closed to clients until the manager opens it, quick to come up."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from hadrill.harness.engines.mysql.installation import Installation
from hadrill.harness.errors import WrongCall

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")

ALWAYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # nothing that is acknowledged may be lost by a restart (design decision 4)
        "sync_binlog": "1",
        "innodb_flush_log_at_trx_commit": "1",
        "relay_log_recovery": "OFF",  # it throws away what was acknowledged and not yet applied
        # a server that has just started serves nobody and applies nothing until the manager says so
        "super_read_only": "ON",
        "offline_mode": "ON",
        "skip_replica_start": "ON",
        # replication
        "log_bin": "binlog",
        "relay_log": "relay",
        "log_replica_updates": "ON",
        "gtid_mode": "ON",
        "enforce_gtid_consistency": "ON",
        "replica_net_timeout": "4",
        "plugin_load_add": "semisync_source.so;semisync_replica.so;mysql_clone.so",
        # addresses are numbers here, and a probe that hangs up must not get its host blocked
        "skip_name_resolve": "ON",
        "host_cache_size": "0",
        "mysqlx": "OFF",
        # what a customer may do everywhere stops at the server's own tables, where accounts and passwords are
        "partial_revokes": "ON",
        # a customer without SUPER may create triggers and functions: what they do is logged as rows, not as calls
        "log_bin_trust_function_creators": "ON",
        # what is slow is told in a table of the server's own
        "slow_query_log": "ON",
        "log_output": "TABLE",
        "long_query_time": "1",
        # small and quick to start; none of it weakens what is kept
        "performance_schema": "OFF",
        "innodb_buffer_pool_size": "64M",
        "innodb_redo_log_capacity": "32M",
        "innodb_log_buffer_size": "4M",  # 64M by default, every page of which is touched at the start
        "innodb_buffer_pool_load_at_startup": "OFF",
        "innodb_buffer_pool_dump_at_shutdown": "OFF",
        "innodb_flush_method": "fsync",  # starts 15 % faster than O_DIRECT and syncs no less
        "innodb_use_native_aio": "OFF",  # the threads that wait for it make each stop take half a second longer
        "table_open_cache": "400",
        "max_connections": "300",
    }
)

_INITIALISE: Final = (
    "--mysqlx=OFF",
    "--performance-schema=OFF",
    "--skip-log-bin",
    "--innodb-redo-log-capacity=8M",  # the smallest: it is copied for every node
    "--innodb-doublewrite-pages=8",
    "--innodb-flush-method=nosync",  # the folder counts as made only once it is synced as a whole
    "--innodb-flush-log-at-trx-commit=0",
)


@dataclass(frozen=True, slots=True)
class ServerPlace:
    """Where one server keeps its things and listens.

    Attributes:
        socket: path of its Unix socket, at most 107 bytes.
        log: its error log; may lie outside the data directory and so outlive it.
        host, port: where it listens, and what it reports itself as to its source.
    """

    datadir: Path
    socket: Path
    pid_file: Path
    log: Path
    host: str
    port: int
    server_id: int


def server_arguments(
    installation: Installation, place: ServerPlace, variables: Mapping[str, str] = MappingProxyType({})
) -> tuple[str, ...]:
    """The whole command that starts a server.

    Args:
        installation: the server's program and its own files.
        place: where it keeps its things and listens.
        variables: system variables by name; they override ours, but never the place.

    Raises:
        WrongCall: a variable's name is none, or the place would be overridden.
    """
    placed = _placed(place)
    asked = {_checked(name): value for name, value in variables.items()}
    if clash := sorted(placed.keys() & asked.keys()):
        raise WrongCall(f"the server's place is the environment's own: {', '.join(clash)} cannot be set")
    options = {**ALWAYS, **asked, **placed}
    return (
        *installation.argv,
        "--no-defaults",
        *installation.base_args,
        *(f"--{name}={value}" for name, value in options.items()),
    )


def initialise_arguments(installation: Installation, datadir: Path, log: Path) -> tuple[str, ...]:
    """The command that fills an empty data directory; root has no password there and may come over the socket only."""
    return (
        *installation.argv,
        "--no-defaults",
        *installation.base_args,
        "--initialize-insecure",
        f"--datadir={datadir}",
        f"--log-error={log}",
        *_INITIALISE,
        *_user_option(),
    )


def _placed(place: ServerPlace) -> dict[str, str]:
    user = {"user": "root"} if os.geteuid() == 0 else {}
    return user | {
        "datadir": str(place.datadir),
        "socket": str(place.socket),
        "pid_file": str(place.pid_file),
        "log_error": str(place.log),
        "bind_address": place.host,
        "port": str(place.port),
        "report_host": place.host,
        "report_port": str(place.port),
        "server_id": str(place.server_id),
    }


def _user_option() -> tuple[str, ...]:
    return ("--user=root",) if os.geteuid() == 0 else ()


def _checked(name: str) -> str:
    plain = name.replace("-", "_").lower()
    if not _NAME.fullmatch(plain):
        raise WrongCall(f"{name!r} is no name of a system variable")
    return plain
