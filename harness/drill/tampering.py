"""What an operator does to a server behind the service's back, as operators do."""

from typing import Final

from hadrill.harness.drill.stage import Stage
from hadrill.harness.engines.mysql.session import Session

GTID_OFF: Final = ("ON_PERMISSIVE", "OFF_PERMISSIVE", "OFF")
GTID_ON: Final = ("OFF_PERMISSIVE", "ON_PERMISSIVE", "ON")
LEFT_BEHIND: Final = ("CREATE DATABASE hadrill_left", "CREATE TABLE hadrill_left.behind (id INT NOT NULL PRIMARY KEY)")
NOTHING_LEFT: Final = ("DROP DATABASE hadrill_left",)


class Tampering:
    """Changes servers with the account that the service itself uses on them."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def turn_gtid_off(self, node: str) -> None:
        """A server that names its transactions no more."""
        self._step_gtid(node, GTID_OFF)

    def turn_gtid_on(self, node: str) -> None:
        """It names them again."""
        self._step_gtid(node, GTID_ON)

    def behind_its_back(self, node: str, *statements: str) -> None:
        """Run these on a server that may be closed to writes, so that no other server hears of them."""
        with self._server(node) as server:
            closed = server.row("SELECT @@GLOBAL.super_read_only AS closed")["closed"]
            opened = ("SET GLOBAL super_read_only = OFF",) if closed else ()
            closing = ("SET GLOBAL super_read_only = ON",) if closed else ()
            server.run(*opened, "SET sql_log_bin = OFF", *statements, *closing)

    def _step_gtid(self, node: str, modes: tuple[str, ...]) -> None:
        with self._server(node) as server:
            server.run(*(f"SET GLOBAL gtid_mode = {mode}" for mode in modes))

    def _server(self, node: str) -> Session:
        return Session(self._stage.site.inventory.server(node), self._stage.program.operator)
