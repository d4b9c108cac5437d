"""How an instance fares: figures of the server behind its address, second by second, kept in memory for an hour."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from hadrill.harness.engines.mysql import figures as sql
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.model.disaster_recovery import MonitoringFigures
from hadrill.harness.model.instance import State
from hadrill.harness.reference.database import StoreTrouble
from hadrill.harness.reference.work import Work

EVERY_S: Final = 1.0
ANSWER_S: Final = 0.5
KEPT: Final = 3600
MIB: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Counted:
    """A count at a moment of the monotonic clock, and of which server."""

    node: str
    at_s: float
    questions: int

    def rate_since(self, before: "Counted") -> float:
        """Questions a second; from 0 where it is another server, or that one was started again."""
        fresh = before.node != self.node or before.questions > self.questions
        return (self.questions - (0 if fresh else before.questions)) / max(self.at_s - before.at_s, 0.001)


class Monitor:
    """Looks every second from a thread of its own; a look that fails leaves a gap.

    Args:
        work: the manager's hands.
        instance: whose figures.
        lag_s: how far it is behind its master.
    """

    def __init__(self, work: Work, instance: str, lag_s: Callable[[], float | None]) -> None:
        self._work = work
        self._instance = instance
        self._lag_s = lag_s
        self._ended = threading.Event()
        self._figures: deque[MonitoringFigures] = deque(maxlen=KEPT)
        self._before: Counted | None = None
        self._session: tuple[str, Session] | None = None
        self._thread = threading.Thread(target=self._run, name=f"monitor-{instance}", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def end(self) -> None:
        """Stop looking; returns at once."""
        self._ended.set()

    @property
    def figures(self) -> tuple[MonitoringFigures, ...]:
        """Oldest first."""
        return tuple(self._figures)

    def _run(self) -> None:
        while not self._ended.wait(EVERY_S):
            try:
                self._look()
            except (SqlError, StoreTrouble):
                self._drop()
        self._drop()

    def _look(self) -> None:
        record = self._work.store.instance(self._instance)
        if record.state in {State.CREATING, State.RELEASED}:
            return
        server = self._connected(record.front)
        status = {row["Variable_name"]: int(row["Value"]) for row in server.rows(sql.STATUS)}
        disk = int(server.row(sql.DISK_BYTES)["bytes"])
        now, before = Counted(record.front, time.monotonic(), status["Questions"]), self._before
        self._before = now
        if before is not None and (self._work.settings.decisions.figures_go_on or not self._figures):
            self._figures.append(
                MonitoringFigures(
                    utc=datetime.now(UTC).isoformat(timespec="milliseconds"),
                    queries_per_s=round(now.rate_since(before), 1),
                    connections=status["Threads_connected"],
                    lag_s=self._lag_s(),
                    disk_mib=round(disk / MIB, 2),
                )
            )

    def _connected(self, node: str) -> Session:
        if self._session is None or self._session[0] != node:
            self._drop()
            self._session = node, self._work.connect(node, ANSWER_S)
        return self._session[1]

    def _drop(self) -> None:
        if self._session is not None:
            self._session[1].close()
            self._session = None
