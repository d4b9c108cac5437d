"""A database server's process is killed and started again at once, as by a host's init.

What the kernel holds is kept: this is a process lost, never a disk lost (design decision 6).
"""

import time
from dataclasses import dataclass
from typing import ClassVar

from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.harness.faults.fault import AT_ONCE, Strike, healed
from hadrill.harness.faults.server import RUNS, OnNode, proof_of_another, prove_alive
from hadrill.harness.model.fault import FaultRecord


@dataclass(frozen=True, slots=True)
class ProcessRestarted(OnNode):
    """SIGKILL to a node's server, and at once the start that a host's init would give it: nothing is held down."""

    site: EmbeddedSite
    node: str
    name: ClassVar[str] = "process-restarted"

    def inject(self, strike: Strike = AT_ONCE) -> FaultRecord:
        """Proof: it ran, waitpid says signal 9, and another process is there in its place."""
        before = self.site.nodes.state(self.node)
        strike.ready()
        injected_ns = time.monotonic_ns()
        killed = self.site.nodes.kill(self.node, hold=False)
        after = self.site.nodes.release(self.node, start=before.state in RUNS)
        effective_ns = time.monotonic_ns()
        proof = proof_of_another(before, killed, after)
        return FaultRecord(self.name, self.target, injected_ns, effective_ns, proof, disrupts=True)

    def undo(self) -> None:
        """Nothing: it was started."""

    def heal(self, record: FaultRecord, timeout_s: float) -> FaultRecord:
        """Proof: a process runs and greets."""
        return healed(record, self.undo, lambda: prove_alive(self.site, self.node, timeout_s))
