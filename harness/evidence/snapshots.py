"""A snapshot as the journal carries it: where and when, and the sealed file with its keys."""

from dataclasses import dataclass

from hadrill.harness.evidence.segments import Segment


@dataclass(frozen=True, slots=True)
class SealedSnapshot:
    """See ``model.history.Snapshot``; the keys stand in a segment."""

    place: str
    at_ns: int
    keys: Segment
