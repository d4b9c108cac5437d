"""What a scenario breaks and mends, each with its proof on record."""

from typing import Final

from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.harness.drill.recorder import Recorder
from hadrill.harness.faults.fault import Fault
from hadrill.harness.faults.ledger import FaultLedger
from hadrill.harness.faults.link_cut import LinkCut
from hadrill.harness.faults.process_killed import ProcessKilled
from hadrill.harness.faults.process_paused import ProcessPaused
from hadrill.harness.faults.rack_isolated import RackIsolated
from hadrill.harness.faults.replication_held import ACKNOWLEDGEMENTS, EVENTS, ReplicationHeld
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.topology import Link

HEAL_LIMIT_S: Final = 30.0
LATE_MS: Final = 200
"""How late events arrive in a loss scenario: long enough that a server which does not wait for them loses some."""


class Breakage:
    """The faults of one scenario, aimed at nodes by name.

    Attributes:
        healed_ns: when the last heal was complete, monotonic; 0 before.
    """

    def __init__(self, site: EmbeddedSite, recorder: Recorder) -> None:
        self._site = site
        self._ledger = FaultLedger(
            lambda fault: recorder.injecting(fault.name, fault.target), recorder.injected, recorder.healed
        )
        self.healed_ns = 0

    @property
    def standing(self) -> tuple[tuple[Fault, FaultRecord | None], ...]:
        """What is broken now, each with its record; None while it is being injected."""
        return self._ledger.standing

    def kill(self, node: str) -> None:
        """The process is gone and stays so."""
        self._ledger.inject(ProcessKilled(self._site, node))

    def freeze(self, node: str) -> None:
        """The process stands still."""
        self._ledger.inject(ProcessPaused(self._site, node))

    def isolate_rack_of(self, node: str) -> None:
        """Every byte to and from the rack is lost."""
        self._ledger.inject(RackIsolated(self._site, self._site.inventory.topology.node(node).rack))

    def hold_acknowledgements(self, replica: str, source: str) -> FaultRecord:
        """The source does not hear from its replica."""
        return self._ledger.inject(ReplicationHeld(self._site, replica, source, ACKNOWLEDGEMENTS))

    def delay_events(self, replica: str, source: str) -> None:
        """The replica hears from its source late."""
        self._ledger.inject(ReplicationHeld(self._site, replica, source, EVENTS, LATE_MS))

    def lose_with_what_is_under_way(self, replica: str, source: str) -> None:
        """What is on the link never arrives, and then the source is gone."""
        self._ledger.inject(LinkCut(self._site, Link(replica, source)))
        self.kill(source)

    def heal(self) -> None:
        """Mend everything that is broken, and see that it is whole.

        Raises:
            HarnessTrouble: something could not be mended; names it.
        """
        if records := self._ledger.heal_all(HEAL_LIMIT_S):
            self.healed_ns = max(record.healed_ns or 0 for record in records)
