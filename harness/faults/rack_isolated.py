"""A rack is cut off: every byte across its boundary is lost, both ways; within it, everything goes on."""

import time
from dataclasses import dataclass, field
from typing import ClassVar

from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.harness.faults.canary import sing_all, sings_again
from hadrill.harness.faults.fault import healed, proved, proved_in_time
from hadrill.harness.faults.plan import boundary, isolation
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.topology import Link


@dataclass(slots=True)
class RackIsolated:
    """A blackhole on both streams of every link with exactly one end on the rack."""

    site: EmbeddedSite
    rack: str
    name: ClassVar[str] = "rack-isolated"
    _sang: tuple[Link, ...] = field(default=(), init=False)

    @property
    def target(self) -> str:
        """The rack."""
        return self.rack

    def inject(self) -> FaultRecord:
        """Proof: the toxics were read back on every link, and what sang over its links before is silent."""
        inventory = self.site.inventory
        plan = isolation(inventory.topology, self.rack)
        before = sing_all(inventory, boundary(inventory.topology, self.rack))
        self._sang = tuple(link for link, song in before.items() if song.sings)
        injected_ns = time.monotonic_ns()
        self.site.links.apply(plan)
        effective_ns = time.monotonic_ns()
        after = sing_all(inventory, self._sang)
        loud = [str(link) for link, song in after.items() if song.sings]
        observed = f"{len(plan)} toxics read back on {len(plan) // 2} links; {len(self._sang)} of them carried before, "
        proof = proved(observed + f"{len(loud)} still do: {', '.join(loud) or 'none'}", holds=not loud and bool(after))
        return FaultRecord(self.name, self.target, injected_ns, effective_ns, proof, disrupts=True)

    def undo(self) -> None:
        """Take the toxics off every link across the boundary."""
        self.site.links.heal(boundary(self.site.inventory.topology, self.rack))

    def heal(self, record: FaultRecord, timeout_s: float) -> FaultRecord:
        """Proof: no toxic is left by read-back, and what sang before the fault sings again."""
        probe_what = f"the links across the boundary of {self.rack} to carry again"
        return healed(
            record,
            self.undo,
            lambda: proved_in_time(lambda: sings_again(self.site.inventory, self._sang), probe_what, timeout_s),
        )
