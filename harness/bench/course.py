"""The course of a made-up run (pure): who is primary when, from a kill of the first server to a switch back to it."""

from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from hadrill.harness.model.fault import FaultRecord, Proof
from hadrill.harness.model.history import SwitchRecord

SERVERS: Final = ("a1", "b1")
NOBODY: Final = -1
_OUTAGE_NS: Final = 400_000_000
_UNTIL_HEAL_NS: Final = 20_000_000_000
_HEAL_NS: Final = 2_000_000_000
_SWITCH_NS: Final = 100_000_000


@dataclass(frozen=True, slots=True)
class Course:
    """What happens when, on the monotonic clock.

    Attributes:
        begin_ns, end_ns: of the load.
        fault: the first server is killed, and comes back as secondary.
        failed_over_ns: from then on the second server answers.
        switch: back to the first server.
    """

    begin_ns: int
    end_ns: int
    fault: FaultRecord
    failed_over_ns: int
    switch: SwitchRecord

    @classmethod
    def of(cls, length_ns: int) -> Self:
        """The kill comes half-way, the switch after three quarters."""
        killed_ns, asked_ns = length_ns // 2, length_ns * 3 // 4
        proof = Proof(holds=True, observed="made up", at_ns=killed_ns)
        heal_ns = killed_ns + min(_UNTIL_HEAL_NS, length_ns // 16)
        healed_ns = heal_ns + min(_HEAL_NS, length_ns // 16)
        fault = FaultRecord(
            "process-killed", SERVERS[0], killed_ns, killed_ns, proof, True, heal_ns, healed_ns, heal_proof=proof
        )
        return cls(0, length_ns, fault, killed_ns + _OUTAGE_NS, SwitchRecord(asked_ns, asked_ns + _SWITCH_NS))

    @property
    def breaks_ns(self) -> tuple[int, int]:
        """When connections through the address break."""
        return self.fault.injected_ns, self.switch.asked_ns

    def primary_at(self, at_ns: NDArray[np.int64]) -> NDArray[np.int64]:
        """Index of the primary at each time; ``NOBODY`` during failover and switch."""
        assert self.switch.finished_ns is not None
        limits = [self.fault.injected_ns, self.failed_over_ns, self.switch.asked_ns, self.switch.finished_ns]
        states = np.array([0, NOBODY, 1, NOBODY, 0])
        found: NDArray[np.int64] = states[np.searchsorted(limits, at_ns, side="right")]
        return found

    def dead(self, server: int, at_ns: NDArray[np.int64]) -> NDArray[Any]:
        """When a server does not run."""
        assert self.fault.healed_ns is not None
        return (server == 0) & (at_ns >= self.fault.injected_ns) & (at_ns < self.fault.healed_ns)
