"""Faults that last for a moment."""

import re
import time
from dataclasses import dataclass, field, replace

from hadrill.harness.faults.blip import LATE_S, Blip
from hadrill.harness.faults.fault import AT_ONCE, Strike
from hadrill.harness.model.fault import FaultRecord, Proof

FOR_S = 0.1


@dataclass
class Timed:
    """A fault that notes when it began and ended."""

    undo_takes_s: float = 0
    holds: bool = True
    strikes: list[Strike] = field(default_factory=list)
    ended_ns: list[int] = field(default_factory=list)
    name: str = "timed"
    target: str = "a1"
    touches: frozenset[str] = frozenset({"a1"})

    def inject(self, strike: Strike = AT_ONCE) -> FaultRecord:
        """At once."""
        self.strikes.append(strike)
        now_ns = time.monotonic_ns()
        return FaultRecord(self.name, self.target, now_ns, now_ns, Proof(self.holds, "seen", now_ns), disrupts=True)

    def undo(self) -> None:
        """As fast as it is told to."""
        until_s = time.monotonic() + self.undo_takes_s
        while time.monotonic() < until_s:
            pass
        self.ended_ns.append(time.monotonic_ns())

    def heal(self, record: FaultRecord, timeout_s: float) -> FaultRecord:  # noqa: ARG002 - as every fault
        """At once."""
        now_ns = time.monotonic_ns()
        return replace(record, heal_began_ns=now_ns, healed_ns=now_ns, heal_proof=Proof(True, "whole", now_ns))


def test_a_blip_lasts_as_long_as_it_is_to() -> None:
    """Not shorter; its record is complete and says so, and whether a slow machine made it too long."""
    fault = Timed()
    record = Blip(fault, FOR_S).inject()
    assert fault.ended_ns[0] - record.effective_ns >= FOR_S * 1e9
    assert (record.target, record.healed_ns is not None) == ("a1, for 100 ms", True)
    lasted = re.match(r"seen; it lasted (\d+\.\d) ms", record.proof.observed)
    assert lasted is not None
    assert float(lasted[1]) >= FOR_S * 1000
    assert record.proof.holds == (float(lasted[1]) <= (FOR_S + LATE_S) * 1000)


def test_a_blip_calls_for_nothing() -> None:
    """No change of primary may follow it."""
    assert not Blip(Timed(), FOR_S).inject().disrupts


def test_a_blip_that_lasts_too_long_is_not_proved() -> None:
    """It may have called for something."""
    record = Blip(Timed(undo_takes_s=LATE_S + 0.01), FOR_S).inject()
    assert (record.proof.holds, "which is too long" in record.proof.observed) == (False, True)


def test_a_blip_of_a_fault_without_effect_is_not_proved() -> None:
    """However long it lasted."""
    assert not Blip(Timed(holds=False), FOR_S).inject().proof.holds


def test_the_proof_is_over_before_the_blip_is() -> None:
    """A canary that waits longer would be answered after the heal."""
    fault = Timed()
    Blip(fault, FOR_S).inject()
    assert fault.strikes[0].silence_s <= FOR_S / 2


def test_times_are_in_order() -> None:
    """As in any record."""
    record = Blip(Timed(), FOR_S).inject()
    assert record.heal_began_ns is not None
    assert record.healed_ns is not None
    times = [record.injected_ns, record.effective_ns, record.proof.at_ns, record.heal_began_ns, record.healed_ns]
    assert times == sorted(times)
