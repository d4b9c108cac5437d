"""The manager's process is stopped in its tracks."""

import time
from dataclasses import dataclass
from typing import ClassVar

from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.harness.faults.canary import Fate, sing_http
from hadrill.harness.faults.fault import AT_ONCE, Strike, healed, proved
from hadrill.harness.faults.manager import OnManager, prove_manager_answers
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.topology import MANAGER


@dataclass(frozen=True, slots=True)
class ManagerPaused(OnManager):
    """SIGSTOP to the manager."""

    site: EmbeddedSite
    name: ClassVar[str] = "manager-paused"

    def inject(self, strike: Strike = AT_ONCE) -> FaultRecord:
        """Proof: the kernel shows it stopped, and a fresh connection to it gets no answer."""
        process = self.site.process(MANAGER)
        strike.ready()
        injected_ns = time.monotonic_ns()
        state = process.pause()
        effective_ns = time.monotonic_ns()
        door = sing_http(self.site.manager, strike.silence_s)
        proof = proved(
            f"process {state.pid} is {state.state}; a fresh connection: {door}",
            holds=state.state == "paused" and door.fate is Fate.SILENT,
        )
        return FaultRecord(self.name, self.target, injected_ns, effective_ns, proof, disrupts=False)

    def undo(self) -> None:
        """SIGCONT."""
        self.site.process(MANAGER).resume()

    def heal(self, record: FaultRecord, timeout_s: float) -> FaultRecord:
        """Proof: it is not stopped and answers."""
        return healed(record, self.undo, lambda: prove_manager_answers(self.site, timeout_s))
