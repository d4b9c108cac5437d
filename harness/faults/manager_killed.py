"""The manager's process is killed; what it decided and began is in its database."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.harness.faults.canary import Fate, sing_http
from hadrill.harness.faults.fault import AT_ONCE, Strike, healed, proved
from hadrill.harness.faults.manager import OnManager, prove_manager_answers
from hadrill.harness.faults.server import RUNS, SIGKILL_EXIT
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.topology import MANAGER


@dataclass(frozen=True, slots=True)
class ManagerKilled(OnManager):
    """SIGKILL to the manager.

    Attributes:
        start: starts it as it was started, and does nothing where it runs.
    """

    site: EmbeddedSite
    start: Callable[[], object]
    name: ClassVar[str] = "manager-killed"

    def inject(self, strike: Strike = AT_ONCE) -> FaultRecord:
        """Proof: it ran, waitpid says signal 9, and its port refuses."""
        process = self.site.process(MANAGER)
        before = process.state
        strike.ready()
        injected_ns = time.monotonic_ns()
        after = process.kill()
        effective_ns = time.monotonic_ns()
        door = sing_http(self.site.manager, strike.silence_s)
        proof = proved(
            f"process {before.pid} was {before.state} and ended with {after.exit}; a fresh connection: {door}",
            holds=before.state in RUNS and after.exit == SIGKILL_EXIT and door.fate is Fate.REFUSED,
        )
        return FaultRecord(self.name, self.target, injected_ns, effective_ns, proof, disrupts=False)

    def undo(self) -> None:
        """Start it again."""
        self.start()

    def heal(self, record: FaultRecord, timeout_s: float) -> FaultRecord:
        """Proof: a process runs and answers."""
        return healed(record, self.undo, lambda: prove_manager_answers(self.site, timeout_s))
