"""A line is laid between two regions: what runs between their nodes takes its time, as over a real one."""

import time
from dataclasses import dataclass, field
from typing import ClassVar

from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.environments.toxics import Stream, Toxic, latency, throttle
from hadrill.harness.faults.canary import sing_all
from hadrill.harness.faults.fault import AT_ONCE, Strike, healed, proved, proved_in_time
from hadrill.harness.faults.line_cutter import LineCutter, planned_cuts
from hadrill.harness.faults.plan import between_regions
from hadrill.harness.faults.round_trip import round_trips
from hadrill.harness.model.fault import FaultRecord, Proof
from hadrill.harness.model.line import LineProfile
from hadrill.harness.model.topology import Link
from hadrill.harness.wait import NotYet


def toxics_of(profile: LineProfile) -> tuple[Toxic, ...]:
    """What a link of such a line carries.

    Raises:
        WrongCall: that cannot be had.
    """
    return tuple(
        toxic
        for stream in Stream
        for toxic in (latency(stream, profile.latency_ms, profile.jitter_ms), throttle(stream, profile.rate_kb_s))
    )


@dataclass(slots=True)
class LineLaid:
    """Latency, jitter and bandwidth on every link between the nodes of two regions, and the profile's cuts.

    It stays when faults of these links are healed, and can be healed apart from them.

    Attributes:
        one, other: the regions.
        profile: what the line is like.
        seed: from which its cuts follow.
    """

    site: EmbeddedSite
    one: str
    other: str
    profile: LineProfile
    seed: int = 1
    _cutter: LineCutter | None = field(default=None, init=False)
    name: ClassVar[str] = "line-laid"

    @property
    def target(self) -> str:
        """Both regions, and which line."""
        return f"{self.one} to {self.other}, {self.profile.name}"

    @property
    def touches(self) -> frozenset[str]:
        """The line, whichever way it is named: two cannot be laid beside each other, and faults of its links can be."""
        return frozenset({f"{self.one} to {self.other}", f"{self.other} to {self.one}"})

    @property
    def links(self) -> tuple[Link, ...]:
        """Those between the regions, both ways."""
        return between_regions(self.site.inventory.topology, self.one, self.other)

    def inject(self, strike: Strike = AT_ONCE) -> FaultRecord:
        """Proof: read back on every link, and round trips over those that carry are in the profile's band."""
        sang = self._singing()
        strike.ready()
        injected_ns = time.monotonic_ns()
        self.site.links.lay(self.links, toxics_of(self.profile))
        effective_ns = time.monotonic_ns()
        proof = self._prove(sang)
        if self.profile.cuts is not None:
            self._cutter = LineCutter(self.site.links, self.links, planned_cuts(self.profile.cuts, self.seed))
            self._cutter.start()
        return FaultRecord(self.name, self.target, injected_ns, effective_ns, proof, disrupts=False)

    def undo(self) -> None:
        """End the cuts and take the line off."""
        if self._cutter is not None:
            self._cutter.stop()
        self.site.links.lift(self.links)

    def heal(self, record: FaultRecord, timeout_s: float) -> FaultRecord:
        """Proof: nothing is left by read-back, and round trips over what carries are too short for the line."""
        if self._cutter is not None:
            self._cutter.stop()
        sings = self._singing()
        what = f"the links between {self.one} and {self.other} to be quick again"
        return healed(
            record, self.undo, lambda: self._in_one_piece(proved_in_time(lambda: self._quick(sings), what, timeout_s))
        )

    def _singing(self) -> tuple[Link, ...]:
        return tuple(link for link, song in sing_all(self.site.inventory, self.links).items() if song.sings)

    def _prove(self, sang: tuple[Link, ...]) -> Proof:
        seen = round_trips(self.site.inventory, sang)
        least_s, most_s = self.profile.round_trip_s
        return proved(
            f"{self.profile}, read back on {len(self.links)} links; {len(sang)} of them carried before: {seen};"
            f" {1000 * least_s:g} to {1000 * most_s:g} ms are right",
            holds=seen.show(self.profile),
        )

    def _quick(self, sings: tuple[Link, ...]) -> str | NotYet:
        seen = round_trips(self.site.inventory, sings)
        return str(seen) if seen.quicker_than(self.profile) or not sings else NotYet(str(seen))

    def _in_one_piece(self, proof: Proof) -> Proof:
        """Cuts that ended before their time are no proof of a line that was cut now and then."""
        if self._cutter is None:
            return proof
        return Proof(proof.holds and not self._cutter.trouble, f"{self._cutter}; {proof.observed}", proof.at_ns)
