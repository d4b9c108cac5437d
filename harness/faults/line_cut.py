"""The line between two regions is cut; within each, and for clients and the manager, everything goes on."""

import contextlib
from dataclasses import dataclass
from typing import ClassVar, Final

from hadrill.harness.errors import WaitTimeout
from hadrill.harness.faults.broken_links import BrokenLinks
from hadrill.harness.faults.canary import sing_all
from hadrill.harness.faults.effect import CUT, Effect
from hadrill.harness.faults.fault import AT_ONCE, Strike
from hadrill.harness.faults.plan import between_regions
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.topology import Link
from hadrill.harness.wait import NotYet, until

MOMENT_S: Final = 4.0
"""Longer than a line fails by itself."""


@dataclass(slots=True)
class LineCut(BrokenLinks):
    """A lossy cut of every link between the nodes of two regions."""

    one: str
    other: str
    name: ClassVar[str] = "line-cut"

    @property
    def target(self) -> str:
        """Both regions."""
        return f"{self.one} to {self.other}"

    @property
    def links(self) -> tuple[Link, ...]:
        """Those between them, both ways."""
        return between_regions(self.site.inventory.topology, self.one, self.other)

    @property
    def effect(self) -> Effect:
        """See ``CUT``."""
        return CUT

    @property
    def disrupts(self) -> bool:
        """Clients reach every server as before."""
        return False

    def inject(self, strike: Strike = AT_ONCE) -> FaultRecord:
        """As every fault of links; a line that fails by itself at this moment could not be shown to have carried."""
        with contextlib.suppress(WaitTimeout):
            until(self._carries, f"the line {self.target} to carry", timeout_s=MOMENT_S)
        return BrokenLinks.inject(self, strike)

    def _carries(self) -> bool | NotYet:
        songs = sing_all(self.site.inventory, self.links)
        return any(song.sings for song in songs.values()) or NotYet("none of its links does")
