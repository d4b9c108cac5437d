"""What a server is started with."""

from pathlib import Path

import pytest

from hadrill.harness.engines.mysql.installation import Installation
from hadrill.harness.engines.mysql.options import ServerPlace, initialise_arguments, server_arguments
from hadrill.harness.errors import WrongCall

SERVER = Installation(("loader", "mysqld"), "9.7.4", ("--basedir=/m",), "d", "named")
PLACE = ServerPlace(Path("/n/data"), Path("/n/s"), Path("/n/pid"), Path("/l/a1.log"), "127.83.0.11", 13306, 7)


def options(variables: dict[str, str] | None = None) -> dict[str, str]:
    """Every option with its value."""
    words = server_arguments(SERVER, PLACE, variables or {})[4:]
    return dict(word.removeprefix("--").split("=", 1) for word in words)


def test_the_command_ignores_the_machines_own_option_files() -> None:
    """``--no-defaults`` must come first, before the options of where its files lie."""
    assert server_arguments(SERVER, PLACE)[:4] == ("loader", "mysqld", "--no-defaults", "--basedir=/m")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sync_binlog", "1"),
        ("innodb_flush_log_at_trx_commit", "1"),
        ("relay_log_recovery", "OFF"),
        ("super_read_only", "ON"),
        ("offline_mode", "ON"),
        ("skip_replica_start", "ON"),
        ("gtid_mode", "ON"),
        ("bind_address", "127.83.0.11"),
        ("server_id", "7"),
    ],
)
def test_it_is_durable_and_closed_at_every_boot(name: str, value: str) -> None:
    """Design decision 4; whatever may be open is opened by the manager."""
    assert options()[name] == value


def test_variables_override_by_name() -> None:
    """Dashes and underscores are the same to the server."""
    assert options({"performance-schema": "ON"})["performance_schema"] == "ON"


@pytest.mark.parametrize("name", ["port", "bind-address", "datadir", "server_id"])
def test_the_place_cannot_be_overridden(name: str) -> None:
    """A server elsewhere could not be cut off, and might not be ours to wipe."""
    with pytest.raises(WrongCall, match="cannot be set"):
        options({name: "1"})


@pytest.mark.parametrize("name", ["", "a b", "x=1 --y", "-"])
def test_what_is_no_name_is_refused(name: str) -> None:
    """It would become another option."""
    with pytest.raises(WrongCall, match="no name of a system variable"):
        options({name: "1"})


def test_a_template_is_as_small_as_can_be() -> None:
    """It is copied for every node."""
    assert "--innodb-redo-log-capacity=8M" in initialise_arguments(SERVER, Path("/t"), Path("/log"))
