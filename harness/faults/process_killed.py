"""A database server's process is killed and stays down until the heal.

What the kernel holds is kept: this is a process lost, never a disk lost (design decision 6).
"""

import socket
import time
from dataclasses import dataclass
from typing import ClassVar, Final

from hadrill.environments.embedded.greeting import greets
from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.harness.faults.canary import SILENCE_S
from hadrill.harness.faults.fault import healed, proved, proved_in_time
from hadrill.harness.model.fault import FaultRecord, Proof
from hadrill.harness.model.instance import Endpoint
from hadrill.harness.wait import NotYet

_SIGKILL_EXIT: Final = -9


@dataclass(frozen=True, slots=True)
class ProcessKilled:
    """SIGKILL to a node's server, and a hold on the node: whoever asks, it is not started."""

    site: EmbeddedSite
    node: str
    name: ClassVar[str] = "process-killed"

    @property
    def target(self) -> str:
        """The node."""
        return self.node

    def inject(self) -> FaultRecord:
        """Proof: it ran, waitpid says signal 9, and its port refuses."""
        before = self.site.nodes.state(self.node)
        injected_ns = time.monotonic_ns()
        after = self.site.nodes.kill(self.node, hold=True)
        effective_ns = time.monotonic_ns()
        door = _door(self.site.inventory.server(self.node))
        proof = proved(
            f"process {before.pid} was {before.state} and ended with {after.exit}; its port: {door}",
            holds=before.state in {"running", "paused"} and after.exit == _SIGKILL_EXIT and door == "refused",
        )
        return FaultRecord(self.name, self.target, injected_ns, effective_ns, proof, disrupts=True)

    def undo(self) -> None:
        """Let go of the node and start its server as it was last started."""
        self.site.nodes.release(self.node, start=True)

    def heal(self, record: FaultRecord, timeout_s: float) -> FaultRecord:
        """Proof: a process runs and greets."""
        return healed(record, self.undo, lambda: prove_alive(self.site, self.node, timeout_s))


def prove_alive(site: EmbeddedSite, node: str, timeout_s: float) -> Proof:
    """The node's server runs, is not paused, and greets at its own port."""
    way = site.inventory.server(node)

    def alive() -> str | NotYet:
        greeting = greets(way.host, way.port, SILENCE_S)
        state = site.nodes.state(node)
        seen = f"{state.state}, {greeting.seen}"
        return seen if state.state == "running" and greeting.is_greeting else NotYet(seen)

    return proved_in_time(alive, f"the server on {node} to greet", timeout_s)


def _door(way: Endpoint) -> str:
    try:
        socket.create_connection((way.host, way.port), timeout=SILENCE_S).close()
    except ConnectionRefusedError:
        return "refused"
    except OSError as error:
        return error.strerror or type(error).__name__
    return "open"
