"""What every operation works with: the state, the hosts, the addresses and connections to the servers."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Final

from hadrill.harness.engines.mysql import recovery
from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.engines.mysql.stopping import forget_source, stop_waiting
from hadrill.harness.model.instance import State
from hadrill.harness.model.topology import MANAGER, host_of
from hadrill.harness.reference.address import Addresses
from hadrill.harness.reference.hosts import Host
from hadrill.harness.reference.records import InstanceRecord
from hadrill.harness.reference.sessions import Sessions
from hadrill.harness.reference.settings import Settings
from hadrill.harness.reference.store import Store
from hadrill.harness.wait import NotYet, until

ANSWER_S: Final = 3.0
"""Longer than any statement of an operation takes, but for the copying of a whole server."""

STALLED_S: Final = 3.0
"""A replica that has not been replicating for so long will not catch up by itself."""


class MasterGone(Exception):
    """The instance that another one should follow is no more, or does not come into being; the message says which."""


class ReplicaStopped(Exception):
    """A replica that should catch up no longer replicates; the message says what it is doing instead."""


class Differs(Exception):
    """What should hold the same does not; the message says what differs."""


class HeldUp(Exception):
    """Somebody's lock is in the way, and was waited for; the message says where, and what to do."""


class PutOff(Exception):
    """Something more urgent was asked for; the message says what."""


@dataclass(frozen=True, slots=True)
class Work:
    """The manager's hands.

    Attributes:
        settings: what it was started with.
        store: its memory.
        addresses: what clients are let through to.
    """

    settings: Settings
    store: Store
    addresses: Addresses
    _sessions: Sessions = field(init=False)

    def __post_init__(self) -> None:
        """Connections are opened when they are first needed."""
        object.__setattr__(self, "_sessions", Sessions(self.connect))

    def host(self, node: str) -> Host:
        """The host on the node's rack, through the manager's link to it."""
        inventory = self.settings.inventory
        rack = inventory.topology.node(node).rack
        return Host(inventory.route(MANAGER, host_of(rack)), self.settings.rack_token)

    def connect(self, node: str, answer_s: float = ANSWER_S) -> Session:
        """A new connection to the node's server through the manager's link; raises SqlError."""
        endpoint = self.settings.inventory.route(MANAGER, node)
        return Session(endpoint, self.settings.service, connect_s=min(answer_s, 1.0), answer_s=answer_s)

    def server(self, node: str) -> AbstractContextManager[Session]:
        """A connection to the node's server, kept open from earlier where it can be; raises SqlError."""
        return self._sessions.use(node)

    def await_server(self, node: str, timeout_s: float) -> None:
        """Wait until the node's server answers a query."""

        def answers() -> bool:
            with self.server(node) as server:
                return bool(server.row("SELECT 1 AS alive"))

        until(answers, f"the server on {node} to answer", timeout_s=timeout_s, tolerate=(SqlError,))

    def master_of(self, record: InstanceRecord) -> InstanceRecord:
        """The instance that this one follows; raises MasterGone where that was given back meanwhile."""
        master = self.store.instance(record.master)
        if master.state is State.RELEASED:
            raise MasterGone(f"the master {master.id} was given back")
        return master

    def point(self, replica: str, source: str, *, acknowledges: bool = True) -> None:
        """Tell a server whom it will follow; it does not receive yet, and may be a primary until then.

        Args:
            replica: the node that will follow.
            source: the node that it will follow.
            acknowledges: commits on the source will wait for it.
        """
        through = self.settings.inventory.route(replica, source)
        with self.server(replica) as server:
            counts = acknowledges and self.settings.decisions.wait_for_secondary
            server.run(*(sql.REPLICA_ACKNOWLEDGES if counts else sql.REPLICA_DOES_NOT_ACKNOWLEDGE))
            forget_source(server)
            server.run(sql.follow(through, self.settings.replicator))

    def stop_waiting(self, node: str) -> None:
        """Commits on the node's server wait for nobody's acknowledgement any more; raises SqlError."""
        with self.server(node) as server, self.connect(node) as beside:
            stop_waiting(server, beside)

    def follow(self, replica: str, source: str) -> None:
        """Point a replica at its source and let it receive; it does not apply yet."""
        self.point(replica, source)
        with self.server(replica) as server:
            server.run(*sql.RECEIVE)

    def try_again(self, node: str) -> None:
        """A receiver that rests until it tries to reach its source once more tries now; raises SqlError."""
        with self.server(node) as server:
            server.run(*recovery.STOP_SOON, *sql.STOP_RECEIVING, *sql.RECEIVE)

    def executed(self, node: str) -> str:
        """The GTID set that the node's server has executed."""
        with self.server(node) as server:
            return str(server.row(sql.EXECUTED)["executed"])

    def await_executed(
        self, node: str, gtids: str, timeout_s: float, unless: Callable[[], object] = lambda: None
    ) -> None:
        """Wait until the node's server has executed the whole set.

        Args:
            node: whose server.
            gtids: the set.
            timeout_s: for how long; seconds.
            unless: called at each look; raises what it will not be waited for any longer for.

        Raises:
            WaitTimeout: it had not by then.
        """

        def has_it() -> bool | NotYet:
            unless()
            with self.server(node) as server:
                late = server.row(sql.WAIT_EXECUTED, (gtids, 0.5))["late"]
                return True if late == 0 else NotYet(f"{node} has {server.row(sql.EXECUTED)['executed']}")

        until(has_it, f"the server on {node} to execute {gtids}", timeout_s=timeout_s, tolerate=(SqlError,))

    def await_caught_up(
        self, node: str, gtids: str, timeout_s: float, unless: Callable[[], object] = lambda: None
    ) -> None:
        """Wait until a replica that receives and applies has executed the whole set; as ``await_executed``.

        Raises:
            ReplicaStopped: it does not replicate any more.
            SqlError: it does not answer any more.
            WaitTimeout: it had not by then.
        """
        replicated_s = time.monotonic()

        def has_it() -> bool | NotYet:
            nonlocal replicated_s
            unless()
            with self.server(node) as server:
                if server.row(sql.WAIT_EXECUTED, (gtids, 0.5))["late"] == 0:
                    return True
                status = server.row(sql.REPLICA_STATUS)
            receives, applies = status.get("Replica_IO_Running"), status.get("Replica_SQL_Running")
            if (receives, applies) == ("Yes", "Yes"):
                replicated_s = time.monotonic()
            elif time.monotonic() > replicated_s + STALLED_S:
                raise ReplicaStopped(f"the server on {node} stopped replicating: {receives}, {applies}")
            return NotYet(f"receives: {receives}, applies: {applies}")

        until(has_it, f"the server on {node} to execute {gtids}", timeout_s=timeout_s)
