"""A fault as it was recorded: what was done to what, when, and how that is known."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proof:
    """An observation that shows that a fault, or its heal, took effect.

    Attributes:
        holds: what was looked for was seen.
        observed: what was seen, in words, with figures.
        at_ns: monotonic clock at the end of the observation.
    """

    holds: bool
    observed: str
    at_ns: int


@dataclass(frozen=True, slots=True)
class FaultRecord:
    """One fault from injection to heal.

    Attributes:
        name: in the catalogue, for example ``process-killed``.
        target: a node's, rack's or link's name.
        injected_ns: monotonic clock just before the fault was injected.
        effective_ns: monotonic clock once it was complete.
        proof: that it took effect.
        heal_began_ns, healed_ns: just before the heal and once it was complete; None while it lasts.
        heal_proof: that it is gone; None while it lasts.
        disrupts: True where it takes a server away from the clients (killed, paused, cut off), so that a change of
            primary may follow; False for a link held back.
    """

    name: str
    target: str
    injected_ns: int
    effective_ns: int
    proof: Proof
    disrupts: bool
    heal_began_ns: int | None = None
    healed_ns: int | None = None
    heal_proof: Proof | None = None
