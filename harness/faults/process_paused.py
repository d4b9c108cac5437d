"""A database server's process is stopped in its tracks: its kernel still accepts connections, and nothing answers."""

import time
from dataclasses import dataclass
from typing import ClassVar

from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.harness.faults.canary import Fate, sing_mysql
from hadrill.harness.faults.fault import AT_ONCE, Strike, healed, proved
from hadrill.harness.faults.server import OnNode, prove_alive
from hadrill.harness.model.fault import FaultRecord


@dataclass(frozen=True, slots=True)
class ProcessPaused(OnNode):
    """SIGSTOP to a node's server."""

    site: EmbeddedSite
    node: str
    name: ClassVar[str] = "process-paused"

    def inject(self, strike: Strike = AT_ONCE) -> FaultRecord:
        """Proof: the kernel shows it stopped, and a fresh connection to it gets no answer."""
        strike.ready()
        injected_ns = time.monotonic_ns()
        state = self.site.nodes.pause(self.node)
        effective_ns = time.monotonic_ns()
        door = sing_mysql(self.site.inventory.server(self.node), strike.silence_s)
        proof = proved(
            f"process {state.pid} is {state.state}; a fresh connection: {door}",
            holds=state.state == "paused" and door.fate is Fate.SILENT,
        )
        return FaultRecord(self.name, self.target, injected_ns, effective_ns, proof, disrupts=True)

    def undo(self) -> None:
        """SIGCONT."""
        self.site.nodes.resume(self.node)

    def heal(self, record: FaultRecord, timeout_s: float) -> FaultRecord:
        """Proof: it is not stopped and greets; a server that was replaced in the meantime counts as well."""
        return healed(record, self.undo, lambda: prove_alive(self.site, self.node, timeout_s))
