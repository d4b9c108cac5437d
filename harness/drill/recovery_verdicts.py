"""What is said, besides, of an instance that has a disaster-recovery instance."""

from dataclasses import dataclass, field
from typing import Final

from hadrill.harness.checks.interruption import shorter
from hadrill.harness.checks.recovery.activation import activation
from hadrill.harness.checks.recovery.data_loss import data_loss
from hadrill.harness.checks.recovery.divergence import divergence
from hadrill.harness.checks.recovery.line_lag import HELD, line_lag
from hadrill.harness.checks.recovery.recovery_access import recovery_access
from hadrill.harness.checks.recovery.recovery_reads import recovery_reads
from hadrill.harness.checks.recovery.shown_lag import shown_lag
from hadrill.harness.drill.verdicts import Verdicts
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import SwitchRecord
from hadrill.harness.model.verdict import Measure

CUTS: Final = frozenset({"region-lost", "region-isolated", "line-cut"})
"""Faults by which a region no longer hears from another one."""

LINE: Final = "line-laid"
PROMOTED: Final = "recovery"
"""Where the rows of a disaster-recovery instance are on record."""


@dataclass(slots=True)
class RecoveryVerdicts(Verdicts):
    """Judges what a scenario recorded of a master and the instance that follows it from another region.

    Attributes:
        in_use_ns: of each line that was laid, in order: when what was written since then came over it; monotonic.
    """

    in_use_ns: list[int] = field(default_factory=list, init=False)

    def activation(self, objective: str) -> None:
        """The first write came in time after the request."""
        self._on(activation, self.objectives[objective], self._switch)

    def data_loss(self, objective: str) -> None:
        """What did not arrive before the disaster is within the objective."""
        self._on(data_loss, self.objectives[objective], self._cut, PROMOTED)

    def switch_back_loss(self, objective: str) -> None:
        """The same of a switch back, after which the other side acknowledges nothing any more."""
        self._on(data_loss, self.objectives[objective], self._switch, PROMOTED, True)

    def divergence(self) -> None:
        """Nothing written on the old side after the cut arrived."""
        self._on(divergence, self._cut, PROMOTED)

    def shown_lag(self, objective: str, cut: str) -> None:
        """What was shown is what was measured, also during the fault of that name."""
        self._on(shown_lag, self.objectives[objective], self._named(cut))

    def recovery_access(self, nodes: tuple[str, ...]) -> None:
        """Its address served reads alone until it was activated."""
        until = self._switch if self._recorded.switches else None
        self._on(recovery_access, nodes, until)

    def recovery_reads(self, objective: str) -> None:
        """Reads at its address went on after the fault."""
        self._on(recovery_reads, self.objectives[objective], self._fault)

    def line_lag(self, name: str, place: int, objective: str) -> None:
        """The lag over the line that was laid first, or second, as a distribution."""
        self._on(line_lag, self.objectives[objective], self._line(place), name, self.in_use_ns[place])

    def quicker(self, first: str, second: str) -> None:
        """The first line's lag was below the second one's, by the percentile that objectives are held to."""
        self.ask(shorter, *(self._held_figure(place, name) for place, name in enumerate((first, second))))

    def _held_figure(self, place: int, name: str) -> Measure:
        """Of the lag over a line, the one that objectives are held to."""
        judged = line_lag(self._recorded, None, self._line(place), name, self.in_use_ns[place])
        if judged.undecided:
            raise HarnessTrouble(judged.undecided)
        return next(each for each in judged.measures if HELD in each.name)

    def _line(self, place: int) -> FaultRecord:
        """The one that was laid as the first, 0, or the second, 1."""
        laid = [fault for fault in self._recorded.faults if fault.name == LINE]
        if place >= len(laid):
            raise HarnessTrouble(f"{len(laid)} lines were laid, and this Then judges the lag over number {place + 1}")
        return laid[place]

    @property
    def _cut(self) -> FaultRecord | SwitchRecord:
        """The first fault that parted the two, or else the request that broke the link."""
        return next((fault for fault in self._recorded.faults if fault.name in CUTS), None) or self._switch

    def _named(self, name: str) -> FaultRecord:
        found = next((fault for fault in self._recorded.faults if fault.name == name), None)
        if found is None:
            raise HarnessTrouble(f"there was no {name} in this scenario that anything could be judged by")
        return found
