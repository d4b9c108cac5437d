"""A fault that lasts for a moment: injected, and healed by the clock, in one go."""

import time
from dataclasses import dataclass, replace
from typing import Final

from hadrill.harness.faults.fault import AT_ONCE, Fault, Strike
from hadrill.harness.faults.span import Span
from hadrill.harness.model.fault import FaultRecord, Proof
from hadrill.harness.wait import NotYet, until

HEAL_LIMIT_S: Final = 30.0
LATE_S: Final = 0.25
"""How much longer than asked for a blip may last on a busy machine; its proof does not hold beyond."""

LASTS_S: Final = Span(0.1, 60.0)
"""A shorter one cannot be proved; for a longer one nobody who asked would wait."""
_NS: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Blip:
    """Another fault for a moment, too short to call for anything.

    It is healed when ``inject`` returns, and its record is complete.

    Attributes:
        for_s: seconds from when it is complete until its heal begins.
        heal_limit_s: seconds until it must be seen whole.

    Raises:
        WrongCall: it is too short or too long.
    """

    fault: Fault
    for_s: float
    heal_limit_s: float = HEAL_LIMIT_S

    def __post_init__(self) -> None:
        LASTS_S.require(self.for_s, f"for_s={self.for_s:g}")

    @property
    def name(self) -> str:
        """The fault's own."""
        return self.fault.name

    @property
    def target(self) -> str:
        """The fault's, and for how long."""
        return f"{self.fault.target}, for {self.for_s * 1000:g} ms"

    @property
    def touches(self) -> frozenset[str]:
        """What the fault touches."""
        return self.fault.touches

    def inject(self, strike: Strike = AT_ONCE) -> FaultRecord:
        """Proof: the fault's own, and it lasted as long as it was to."""
        quick = replace(strike, silence_s=min(strike.silence_s, self.for_s / 2))
        record = self.fault.inject(quick)
        due_ns = record.effective_ns + round(self.for_s * _NS)
        until(
            lambda: True if time.monotonic_ns() >= due_ns else NotYet("it lasts"),
            f"{self.target} to be over",
            timeout_s=self.for_s + 1,
            interval_s=0.001,
        )
        began_ns = time.monotonic_ns()
        self.fault.undo()
        lasted_s = (time.monotonic_ns() - record.effective_ns) / _NS
        healed = self.fault.heal(record, self.heal_limit_s)
        proof = self._in_time(record.proof, lasted_s)
        return replace(healed, target=self.target, proof=proof, heal_began_ns=began_ns, disrupts=False)

    def undo(self) -> None:
        """The fault's own."""
        self.fault.undo()

    def heal(self, record: FaultRecord, timeout_s: float) -> FaultRecord:
        """It is healed; looks once more."""
        return self.fault.heal(record, timeout_s)

    def _in_time(self, proof: Proof, lasted_s: float) -> Proof:
        in_time = lasted_s <= self.for_s + LATE_S
        lasted = f"it lasted {lasted_s * 1000:.1f} ms" + ("" if in_time else ", which is too long")
        return Proof(proof.holds and in_time, f"{proof.observed}; {lasted}", proof.at_ns)
