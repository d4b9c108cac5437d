"""One client's part of the ledger: columns that grow by chunks, written by its own thread alone."""

from collections import deque
from typing import Final

import numpy as np

from hadrill.harness.model.operation import OPERATION, Kind, Operations, Outcome, Way

CHUNK_ROWS: Final = 4096


class Columns:
    """Rows of one client, appended by its thread and taken away by the thread that seals them.

    No lock: a row is counted only once it is complete, and what is counted never changes. This rests on the
    interpreter's own lock, under which another thread sees both steps in order.
    """

    def __init__(self, client: int, way: Way) -> None:
        self._client: Final = client
        self._way: Final = int(way)
        self._chunk = np.empty(CHUNK_ROWS, dtype=OPERATION)
        self._chunks = deque([self._chunk])
        self._filled = 0
        self._counted = 0
        self._taken = 0

    def append(
        self, key: int, sent_ns: int, received_ns: int, server: int, error: int, kind: Kind, outcome: Outcome
    ) -> None:
        """Record one operation; only the client's own thread may."""
        at = self._filled
        if at == CHUNK_ROWS:
            self._chunk = np.empty(CHUNK_ROWS, dtype=OPERATION)
            self._chunks.append(self._chunk)
            at = 0
        self._chunk[at] = (key, sent_ns, received_ns, self._client, server, error, kind, self._way, outcome)
        self._filled = at + 1
        self._counted += 1

    def take(self) -> list[Operations]:
        """The rows that came since the last call, in order; only the sealing thread may."""
        parts: list[Operations] = []
        counted = self._counted
        while self._taken < counted:
            start = self._taken % CHUNK_ROWS
            stop = min(CHUNK_ROWS, start + counted - self._taken)
            parts.append(self._chunks[0][start:stop])
            self._taken += stop - start
            if stop == CHUNK_ROWS:
                self._chunks.popleft()
        return parts
