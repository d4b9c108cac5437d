"""A database server's process is killed and stays down until the heal.

What the kernel holds is kept: this is a process lost, never a disk lost (design decision 6).
"""

import time
from dataclasses import dataclass, field
from typing import ClassVar

from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.harness.faults.canary import Fate, sing_mysql
from hadrill.harness.faults.fault import AT_ONCE, Strike, healed, proved
from hadrill.harness.faults.server import NEVER_RAN, RUNS, SIGKILL_EXIT, OnNode, prove_alive
from hadrill.harness.model.fault import FaultRecord, Proof


@dataclass(slots=True)
class ProcessKilled(OnNode):
    """SIGKILL to a node's server, and a hold on the node: whoever asks, it is not started."""

    site: EmbeddedSite
    node: str
    _had_server: bool = field(default=True, init=False)
    name: ClassVar[str] = "process-killed"

    def inject(self, strike: Strike = AT_ONCE) -> FaultRecord:
        """Proof: it ran, waitpid says signal 9, and its port refuses."""
        before = self.site.nodes.state(self.node)
        self._had_server = before.state not in NEVER_RAN
        strike.ready()
        injected_ns = time.monotonic_ns()
        after = self.site.nodes.kill(self.node, hold=True)
        effective_ns = time.monotonic_ns()
        door = sing_mysql(self.site.inventory.server(self.node), strike.silence_s)
        proof = proved(
            f"process {before.pid} was {before.state} and ended with {after.exit}; a fresh connection: {door}",
            holds=before.state in RUNS and after.exit == SIGKILL_EXIT and door.fate is Fate.REFUSED,
        )
        return FaultRecord(self.name, self.target, injected_ns, effective_ns, proof, disrupts=True)

    def undo(self) -> None:
        """Let go of the node and start its server as it was last started."""
        self.site.nodes.release(self.node, start=True)

    def heal(self, record: FaultRecord, timeout_s: float) -> FaultRecord:
        """Proof: a process runs and greets; where none was ever started there is nothing to see."""
        return healed(record, self.undo, lambda: self._prove_whole(timeout_s))

    def _prove_whole(self, timeout_s: float) -> Proof:
        if not self._had_server:
            return proved(f"no server was ever started on {self.node}", holds=True)
        return prove_alive(self.site, self.node, timeout_s)
