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
