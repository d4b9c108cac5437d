"""What a scenario goes on with rests on its faults: without the proof of one it goes no further."""

from hadrill.harness.checks.proofs import doubts_of
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.fault import FaultRecord


def proved(*records: FaultRecord) -> tuple[FaultRecord, ...]:
    """The same records, each seen to have taken effect and, where it was healed, to be gone (design decision 9).

    Raises:
        HarnessTrouble: one was not; a service that does not answer as it should is not to blame then.
    """
    doubts = [doubt for record in records for doubt in doubts_of(record)]
    if doubts:
        raise HarnessTrouble("; ".join(doubts))
    return records


def followed_soon(first: FaultRecord, then: FaultRecord, within_s: float) -> None:
    """One fault came so soon after another that the service cannot have dealt with that one before.

    Raises:
        HarnessTrouble: it came later, which a busy machine is to blame for.
    """
    if (apart_s := (then.injected_ns - first.injected_ns) / 1e9) > within_s:
        raise HarnessTrouble(
            f"{then.name} of {then.target} came {apart_s:.3f} s after {first.name} of {first.target}, and had to come "
            f"within {within_s:g} s, before the service may go on without what was broken first; "
            "run the scenario again on a machine that is less busy"
        )
