"""What the harness keeps of a load process's messages, and hands to those who asked for it as it comes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hadrill.harness.evidence.segments import Segment
from hadrill.harness.model.history import Stall
from hadrill.harness.workload.messages import Message, Ready, Sealed, Stalled, Status, Stopped, Strange


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load process left when it was stopped.

    Attributes:
        operations: how many are in the segments.
        segments: in order of time.
        stalls: times in which the process itself did not run.
        strange: what its clients met and we do not know.
    """

    operations: int
    segments: tuple[Segment, ...]
    stalls: tuple[Stall, ...]
    strange: tuple[Strange, ...]


def ignore(_: object) -> None:
    """Does nothing with what it is told."""


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who is told of what, as it comes, on the thread that follows the load process.

    Attributes:
        segment: a part of the ledger was sealed.
        stall: the load process did not run for a while.
        strange: a client met something that we do not know.
        status: how the writes stand, twenty times a second.
    """

    segment: Callable[[Segment], None] = ignore
    stall: Callable[[Stall], None] = ignore
    strange: Callable[[Strange], None] = ignore
    status: Callable[[Status], None] = ignore


class Transcript:
    """Everything that one load process said so far, added by one thread and read by any.

    Attributes:
        latest: the last status; None before the first.
        ready: whether every writer has had an acknowledgement.
        stopped: its last line; None before it came.
    """

    def __init__(self, listeners: Listeners) -> None:
        self._listeners: Final = listeners
        self._segments: list[Segment] = []
        self._stalls: list[Stall] = []
        self._strange: list[Strange] = []
        self.latest: Status | None = None
        self.ready = False
        self.stopped: Stopped | None = None

    def add(self, message: Message) -> None:
        """Keep a message and tell its listener."""
        match message:
            case Ready():
                self.ready = True
            case Status():
                self.latest = message
                self._listeners.status(message)
            case Sealed(segment):
                self._segments.append(segment)
                self._listeners.segment(segment)
            case Stalled(stall):
                self._stalls.append(stall)
                self._listeners.stall(stall)
            case Strange():
                self._strange.append(message)
                self._listeners.strange(message)
            case Stopped():
                self.stopped = message

    def report(self) -> LoadReport:
        """What it comes to, once the process has stopped."""
        operations = self.stopped.operations if self.stopped else 0
        return LoadReport(operations, tuple(self._segments), tuple(self._stalls), tuple(self._strange))
