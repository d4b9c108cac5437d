"""One link is cut: every byte on it is lost, both ways; its ends reach everybody else."""

import time
from dataclasses import dataclass
from typing import ClassVar

from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.harness.faults.canary import sing, sings_again
from hadrill.harness.faults.fault import healed, proved, proved_in_time
from hadrill.harness.faults.plan import cut
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.topology import Link


@dataclass(frozen=True, slots=True)
class LinkCut:
    """A blackhole on both streams of one link."""

    site: EmbeddedSite
    link: Link
    name: ClassVar[str] = "link-cut"

    @property
    def target(self) -> str:
        """The link, in words."""
        return str(self.link)

    def inject(self) -> FaultRecord:
        """Proof: both toxics were read back, and what sang before is silent."""
        before = sing(self.site.inventory, self.link)
        injected_ns = time.monotonic_ns()
        self.site.links.apply(cut(self.link))
        effective_ns = time.monotonic_ns()
        after = sing(self.site.inventory, self.link)
        proof = proved(
            f"both toxics read back; a fresh connection before: {before.seen}; after: {after.seen}",
            holds=before.sings and not after.sings,
        )
        return FaultRecord(self.name, self.target, injected_ns, effective_ns, proof, disrupts=False)

    def undo(self) -> None:
        """Take the toxics off."""
        self.site.links.heal([self.link])

    def heal(self, record: FaultRecord, timeout_s: float) -> FaultRecord:
        """Proof: no toxic is left by read-back, and a fresh connection is greeted."""
        probe_what = f"the link {self.link} to carry again"
        return healed(
            record,
            self.undo,
            lambda: proved_in_time(lambda: sings_again(self.site.inventory, [self.link]), probe_what, timeout_s),
        )
