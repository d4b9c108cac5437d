"""How the writes over the address stand, kept up to date while the load runs: for the eye, never for a verdict."""

from collections import deque
from collections.abc import Mapping
from typing import Final

import numpy as np

from hadrill.harness.model.operation import NO_SERVER, Kind, Operations, Outcome, Way
from hadrill.harness.workload.messages import Status

OUTAGE_NS: Final = 100_000_000
"""A gap between two acknowledgements that is worth a mention."""

_RATE_WINDOW_NS: Final = 1_000_000_000


class Tally:
    """Adds up what is new; no clock of its own."""

    def __init__(self, writers: Mapping[int, str]) -> None:
        """Begin with nothing.

        Args:
            writers: names of the clients to wait for, by index.
        """
        self._writers = dict(writers)
        self._sent_ns: dict[int, int] = {}
        self._counts = dict.fromkeys(Outcome, 0)
        self._last_ns: int | None = None
        self._server: int | None = None
        self._outage_ns: int | None = None
        self._recent: deque[tuple[int, int]] = deque()

    def add(self, operations: Operations) -> None:
        """Take in operations that were not seen before, in any order."""
        kinds = (operations["kind"] == Kind.WRITE) | (operations["kind"] == Kind.TRANSFER)
        writes = operations[kinds & (operations["way"] == Way.ADDRESS)]
        for outcome in Outcome:
            self._counts[outcome] += int(np.count_nonzero(writes["outcome"] == outcome))
        acknowledged = writes[writes["outcome"] == Outcome.ACKNOWLEDGED]
        if len(acknowledged):
            self._take_acknowledged(acknowledged)

    def status(self, at_ns: int) -> Status:
        """How it stands at that time on the monotonic clock."""
        waiting = tuple(name for client, name in self._writers.items() if client not in self._sent_ns)
        return Status(
            at_ns=at_ns,
            acknowledged=self._counts[Outcome.ACKNOWLEDGED],
            refused=self._counts[Outcome.REFUSED],
            indeterminate=self._counts[Outcome.INDETERMINATE],
            writes_per_s=self._rate(at_ns),
            silent_s=None if self._last_ns is None else max(0, at_ns - self._last_ns) / 1e9,
            last_outage_s=None if self._outage_ns is None else self._outage_ns / 1e9,
            server=self._server,
            waiting=waiting,
            all_since_ns=None if waiting else min(self._sent_ns.values(), default=at_ns),
        )

    def _take_acknowledged(self, acknowledged: Operations) -> None:
        received = np.sort(acknowledged["received_ns"])
        first = received[:1] if self._last_ns is None else np.array([self._last_ns])
        gaps = np.diff(np.concatenate([first, received]))
        if len(long := gaps[gaps >= OUTAGE_NS]):
            self._outage_ns = int(long[-1])
        last = acknowledged[np.argmax(acknowledged["received_ns"])]
        self._last_ns = max(int(last["received_ns"]), int(first[0]))
        self._server = None if last["server"] == NO_SERVER else int(last["server"])
        for client in self._writers.keys() & set(acknowledged["client"].tolist()):
            sent_ns = int(acknowledged["sent_ns"][acknowledged["client"] == client].max())
            self._sent_ns[client] = max(self._sent_ns.get(client, sent_ns), sent_ns)

    def _rate(self, at_ns: int) -> float:
        """Acknowledgements a second since the oldest look within the window."""
        self._recent.append((at_ns, self._counts[Outcome.ACKNOWLEDGED]))
        while at_ns - self._recent[0][0] > _RATE_WINDOW_NS:
            self._recent.popleft()
        (from_ns, before), (to_ns, now) = self._recent[0], self._recent[-1]
        return (now - before) * 1e9 / (to_ns - from_ns) if to_ns > from_ns else 0.0
