"""What every fault has: an injection with proof, a heal with proof, and an undoing that needs no record."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Protocol

from hadrill.harness.errors import WaitTimeout
from hadrill.harness.faults.canary import SILENCE_S
from hadrill.harness.model.fault import FaultRecord, Proof
from hadrill.harness.wait import NotYet, until


def _no_wait() -> None:
    """What is ready strikes."""


@dataclass(frozen=True, slots=True)
class Strike:
    """How a fault is injected.

    Attributes:
        ready: called when all has been looked at and nothing is broken yet; returns when it is time to strike.
        silence_s: how long the proof waits before it says that nothing comes.
    """

    ready: Callable[[], None] = _no_wait
    silence_s: float = SILENCE_S


AT_ONCE: Final = Strike()


class Fault(Protocol):
    """One way to break one thing."""

    @property
    def name(self) -> str:
        """As in the catalogue."""
        ...

    @property
    def target(self) -> str:
        """What is broken: a node's or rack's name, or a link in words."""
        ...

    @property
    def touches(self) -> frozenset[str]:
        """Nodes, links and programs that it breaks: two faults that share one cannot be healed apart."""
        ...

    def inject(self, strike: Strike = AT_ONCE) -> FaultRecord:
        """Break it and look whether it is broken.

        Raises:
            HarnessTrouble: an instrument failed; what was done so far must be undone.
        """
        ...

    def undo(self) -> None:
        """Mend it without looking; harmless where nothing is broken."""
        ...

    def heal(self, record: FaultRecord, timeout_s: float) -> FaultRecord:
        """Mend it and look whether it is whole.

        Args:
            timeout_s: seconds until it must be seen whole; the proof does not hold otherwise.

        Raises:
            HarnessTrouble: an instrument failed.
        """
        ...


def healed(record: FaultRecord, undo: Callable[[], None], prove: Callable[[], Proof]) -> FaultRecord:
    """The record after the heal; it is complete once it has been seen."""
    began_ns = time.monotonic_ns()
    undo()
    proof = prove()
    return replace(record, heal_began_ns=began_ns, healed_ns=proof.at_ns, heal_proof=proof)


def proved(observed: str, *, holds: bool) -> Proof:
    """A proof that ends now."""
    return Proof(holds, observed, time.monotonic_ns())


def proved_in_time(probe: Callable[[], str | NotYet], what: str, timeout_s: float) -> Proof:
    """A proof that holds if the probe is content before the deadline."""
    try:
        return proved(until(probe, what, timeout_s=timeout_s), holds=True)
    except WaitTimeout as error:
        return proved(str(error), holds=False)
