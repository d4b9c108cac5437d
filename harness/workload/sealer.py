"""Seals what the clients recorded while the load still runs, so that a killed run leaves evidence."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from hadrill.harness.evidence.segments import Segment, seal
from hadrill.harness.model.operation import Operations, no_operations
from hadrill.harness.workload.columns import Columns


class Sealer:
    """The one reader of all clients' columns."""

    def __init__(
        self, columns: Sequence[Columns], folder: Path, prefix: str, *, every_ns: int, rows: int, began_ns: int
    ) -> None:
        """Seal nothing yet.

        Args:
            columns: of every client.
            folder: the run's folder.
            prefix: segments are ``<prefix>-0001.npy`` and so on.
            every_ns, rows: a segment is due after that time or number of operations, whichever is first.
            began_ns: monotonic clock now.
        """
        self._columns: Final = columns
        self._folder: Final = folder
        self._prefix: Final = prefix
        self._every_ns: Final = every_ns
        self._rows: Final = rows
        self._sealed_ns = began_ns
        self._pending: list[Operations] = []
        self._segments = 0
        self.operations = 0

    def gather(self) -> Operations:
        """Take what is new from every client; it waits for the next segment."""
        fresh = [part for columns in self._columns for part in columns.take()]
        operations = np.concatenate(fresh) if fresh else no_operations()
        self._pending.append(operations)
        self.operations += len(operations)
        return operations

    def due(self, at_ns: int) -> bool:
        """Whether it is time for a segment, and there is something to seal."""
        waiting = sum(len(part) for part in self._pending)
        return waiting > 0 and (waiting >= self._rows or at_ns - self._sealed_ns >= self._every_ns)

    def seal(self, at_ns: int) -> Segment | None:
        """Write what waits to a new segment; None if nothing does.

        Raises:
            OSError: the segment could not be written.
        """
        operations = np.concatenate([no_operations(), *self._pending])
        self._pending.clear()
        self._sealed_ns = at_ns
        if not len(operations):
            return None
        self._segments += 1
        return seal(self._folder, f"{self._prefix}-{self._segments:04d}.npy", operations)
