"""The manager's process is killed and started again at once; what it decided and began is in its database."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.harness.faults.fault import AT_ONCE, Strike, healed
from hadrill.harness.faults.manager import OnManager, prove_manager_answers
from hadrill.harness.faults.server import proof_of_another
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.topology import MANAGER


@dataclass(frozen=True, slots=True)
class ManagerRestarted(OnManager):
    """SIGKILL to the manager, and at once the start that a host's init would give it.

    Attributes:
        start: starts it as it was started.
    """

    site: EmbeddedSite
    start: Callable[[], object]
    name: ClassVar[str] = "manager-restarted"

    def inject(self, strike: Strike = AT_ONCE) -> FaultRecord:
        """Proof: it ran, waitpid says signal 9, and another process is there in its place."""
        process = self.site.process(MANAGER)
        before = process.state
        strike.ready()
        injected_ns = time.monotonic_ns()
        killed = process.kill()
        self.start()
        effective_ns = time.monotonic_ns()
        after = self.site.process(MANAGER).state
        proof = proof_of_another(before, killed, after)
        return FaultRecord(self.name, self.target, injected_ns, effective_ns, proof, disrupts=False)

    def undo(self) -> None:
        """Start it, where that failed when it had been killed."""
        self.start()

    def heal(self, record: FaultRecord, timeout_s: float) -> FaultRecord:
        """Proof: a process runs and answers."""
        return healed(record, self.undo, lambda: prove_manager_answers(self.site, timeout_s))
