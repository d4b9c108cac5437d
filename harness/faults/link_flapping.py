"""One link is cut and carries in turns."""

from dataclasses import dataclass, field
from typing import ClassVar, Final

from hadrill.harness.faults.broken_links import BrokenLink
from hadrill.harness.faults.canary import sing, sings_again
from hadrill.harness.faults.effect import CUT, Effect
from hadrill.harness.faults.fault import AT_ONCE, Strike, healed, proved_in_time
from hadrill.harness.faults.flapper import Flapper
from hadrill.harness.faults.span import Span
from hadrill.harness.model.fault import FaultRecord, Proof
from hadrill.harness.wait import NotYet

PERIODS_S: Final = Span(0.4, 20.0)
"""In a shorter one the link cannot be looked at twice; of a longer one nobody would wait for two."""
TIMES: Final = Span(1, 1000)
_MARGIN_S: Final = 5.0
_FEWEST: Final = 2
"""Cuts that make a link one that flaps, where more than one was asked for."""


@dataclass(slots=True)
class LinkFlapping(BrokenLink):
    """A blackhole on both streams of one link, put on and taken off by a thread until the heal.

    Attributes:
        period_s: seconds from one cut to the next; the link carries for half of it.
        times: cuts at most; after the last the link carries.

    Raises:
        WrongCall: the period is too short or too long, or there is no such number of times.
    """

    period_s: float = 1.0
    times: int = 30
    _flapper: Flapper | None = field(default=None, init=False)
    name: ClassVar[str] = "link-flapping"

    def __post_init__(self) -> None:
        PERIODS_S.require(self.period_s, f"period_s={self.period_s:g}")
        TIMES.require(self.times, f"times={self.times}")

    @property
    def effect(self) -> Effect:
        """See ``CUT``; every other time."""
        return CUT

    def inject(self, strike: Strike = AT_ONCE) -> FaultRecord:
        """Proof: it carried before, and was seen cut once and carrying once."""
        before = sing(self.site.inventory, self.link)
        self._sang = (self.link,) if before.sings else ()
        self._flapper = Flapper(self.site, self.link, self.period_s, self.times)
        strike.ready()
        self._flapper.start()
        proof = proved_in_time(self._one_turn, f"the link {self.link} to flap", 2 * self.period_s + _MARGIN_S)
        proof = Proof(proof.holds and before.sings, f"before: {before}; {proof.observed}", proof.at_ns)
        began_ns, effective_ns = self._flapper.began_ns, self._flapper.first_cut_ns or proof.at_ns
        return FaultRecord(self.name, self.target, began_ns, effective_ns, proof, self.disrupts)

    def undo(self) -> None:
        """End the thread and take everything off the link."""
        if self._flapper is not None:
            self._flapper.stop()
        self.site.links.heal(self.links)

    def heal(self, record: FaultRecord, timeout_s: float) -> FaultRecord:
        """Proof: nothing is left by read-back, it carries again, and until then it was seen cut more than once."""
        what = f"the link {self.link} to carry again"
        return healed(record, self.undo, lambda: self._flapped(proved_in_time(self._whole, what, timeout_s)))

    def _flapped(self, proof: Proof) -> Proof:
        """One cut is none again and again; nor are those of a thread that ended in trouble all that were asked for."""
        fewest, flapper = min(_FEWEST, self.times), self._flapper
        if flapper is None or flapper.trouble:
            return Proof(False, proof.observed, proof.at_ns)
        if flapper.cut < fewest:
            return Proof(False, f"it was not seen to flap, which takes {fewest} cuts: {proof.observed}", proof.at_ns)
        return proof

    def _one_turn(self) -> str | NotYet:
        flapper = self._flapper
        if flapper is None:
            return NotYet("it was not begun")
        return str(flapper) if flapper.cut and flapper.carried else NotYet(str(flapper))

    def _whole(self) -> str | NotYet:
        seen = sings_again(self.site.inventory, self._sang)
        return seen if isinstance(seen, NotYet) else f"{self._flapper}; {seen}"
