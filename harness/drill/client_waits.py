"""What a scenario waits for while its clients are at work."""

from abc import ABC, abstractmethod
from collections.abc import Collection
from contextlib import suppress
from typing import Final

from hadrill.harness.errors import HarnessTrouble, WaitTimeout
from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.wait import NotYet, until
from hadrill.harness.workload.messages import Status
from hadrill.harness.workload.profile import Profile

LIMIT_S: Final = 30.0
STEADY_WRITES: Final = 60
STEADY_S: Final = 0.3
FRESH_S: Final = 0.4
"""The age of the newest heartbeat that a reader was shown, where nothing is late: a beat, a look and some."""


class ClientWaits(ABC):
    """Waits for what the clients of a load meet, as the load tells it."""

    __slots__ = ()

    @property
    @abstractmethod
    def latest(self) -> Status | None:
        """How the writes stood a moment ago, for a person to watch; None where no load runs or it said nothing yet."""

    @property
    @abstractmethod
    def at_work(self) -> bool:
        """Whether a load runs."""

    @property
    @abstractmethod
    def nodes(self) -> tuple[str, ...]:
        """The nodes behind the servers' numbers."""

    @property
    @abstractmethod
    def profile(self) -> Profile:
        """Mix and rate of the load."""

    def await_turns(self, limit_s: float) -> None:
        """Wait until every writer has been acknowledged something that it sent from now on.

        Raises:
            WaitTimeout: they were not within the limit, in seconds.
        """
        began_ns = now_ns()

        def answered() -> bool | NotYet:
            since_ns = self._status().all_since_ns
            return (since_ns is not None and since_ns >= began_ns) or NotYet("one is not acknowledged anything")

        until(answered, "every writer to be acknowledged something new", timeout_s=limit_s)

    def await_steady(self) -> None:
        """Wait until clients have been answered for a while: what came before and comes after can be told apart.

        Raises:
            WaitTimeout: they were not within the limit.
        """
        began = self._status()
        writes = min(STEADY_WRITES, self.profile.writes_per_s * STEADY_S / 2)

        def steady() -> bool | NotYet:
            status = self._status()
            answered, seconds = status.acknowledged - began.acknowledged, (status.at_ns - began.at_ns) / 1e9
            if answered >= writes and seconds >= STEADY_S:
                return True
            return NotYet(f"{answered} acknowledged writes in {seconds:.1f} s")

        until(steady, "clients to be answered steadily", timeout_s=LIMIT_S)

    def await_more_writes(self, count: int, limit_s: float) -> None:
        """Wait until so many more writes have been acknowledged.

        Raises:
            WaitTimeout: they were not within the limit, in seconds.
        """
        began = self._status().acknowledged

        def more() -> bool | NotYet:
            answered = self._status().acknowledged - began
            return answered >= count or NotYet(f"{answered} more acknowledged writes")

        until(more, f"{count} more writes to be acknowledged", timeout_s=limit_s)

    def await_at_work_until(self, until_ns: int, limit_s: float) -> None:
        """Wait until the clients have been at work up to an instant; gives up silently, since the record will tell.

        Args:
            until_ns: monotonic clock.
            limit_s: seconds.
        """

        def reached() -> bool | NotYet:
            left_s = (until_ns - self._status().at_ns) / 1e9
            return left_s <= 0 or NotYet(f"{left_s:.1f} s are left")

        with suppress(WaitTimeout):
            until(reached, "the clients to be at work for so long", timeout_s=limit_s)

    def await_freshness(self, nodes: tuple[str, ...], limit_s: float) -> None:
        """Wait until readers at these nodes are shown what was just written; gives up silently, the record will tell.

        Args:
            nodes: each with a reader.
            limit_s: seconds.
        """

        def fresh() -> bool | NotYet:
            ages = dict(self._status().lag_s)
            stale = [node for node in nodes if (age_s := ages.get(node)) is None or age_s > FRESH_S]
            return NotYet(", ".join(f"{node}: {ages.get(node)} s" for node in stale)) if stale else True

        with suppress(WaitTimeout):
            until(fresh, f"readers at {', '.join(nodes)} to be shown what was just written", timeout_s=limit_s)

    def await_shown_since(self, since_ns: int, nodes: tuple[str, ...], limit_s: float) -> None:
        """Wait until a reader at one of these nodes is shown what was written after an instant; gives up silently.

        Args:
            since_ns: monotonic clock.
            nodes: each may have a reader.
            limit_s: seconds.
        """

        def shown() -> bool | NotYet:
            status = self._status()
            return shows_since(status, nodes, since_ns) or NotYet(str(status.lag_s))

        with suppress(WaitTimeout):
            until(shown, f"a reader at {' or '.join(nodes)} to be shown what is new", timeout_s=limit_s)

    def await_answers_elsewhere(self, node: str, limit_s: float) -> None:
        """Wait until another server than this one answers; gives up silently, since the record will tell."""

        def elsewhere() -> bool | NotYet:
            status = self._status()
            seen = "nobody" if status.server is None else self.nodes[status.server]
            return True if seen not in {node, "nobody"} else NotYet(f"{seen} answered last")

        with suppress(WaitTimeout):
            until(elsewhere, f"a server other than {node} to answer", timeout_s=limit_s)

    def await_silence(self, since_ns: int, silence_s: float, limit_s: float) -> None:
        """Wait until no write was answered for so long after an instant, or give up.

        Args:
            since_ns: monotonic clock; silence before it does not count.
            silence_s: how long.
            limit_s: seconds after which it gives up silently, since the record will tell.
        """

        def silent() -> bool | NotYet:
            status = self._status()
            seen_s = min(status.silent_s or 0.0, (status.at_ns - since_ns) / 1e9)
            return True if seen_s >= silence_s else NotYet(f"the last answer came {status.silent_s} s ago")

        with suppress(WaitTimeout):
            until(silent, f"{silence_s:g} s without an answer", timeout_s=limit_s)

    def _status(self) -> Status:
        if not self.at_work:
            raise HarnessTrouble("the clients were asked about before they were at work")
        return until(self._latest, "the load to say how it stands", timeout_s=LIMIT_S)

    def _latest(self) -> Status | NotYet:
        return self.latest or NotYet("nothing said yet")


def shows_since(status: Status, nodes: Collection[str], since_ns: int) -> bool:
    """Whether a server on one of these nodes has shown a heartbeat that was written after an instant (pure)."""
    return any(
        age_s is not None and status.at_ns - age_s * 1e9 >= since_ns for node, age_s in status.lag_s if node in nodes
    )
