"""Looking at one server again and again: what it last said, and since when it has been silent."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.reference.work import Work

IMPATIENT_S: Final = 0.1
"""How long a service that does not ride out blips waits for an answer."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of a server.

    Attributes:
        answered_ns: monotonic clock when the last look that it answered began; of the first look where it never
            answered. What was decided after that is not in the look.
        looked: there was one; False only of what is known before the first.
        answers: it answered the last look.
        closed: read-only or offline, as every server is after its start.
        offline: it lets no customer in.
        waits: its commits wait for a secondary's acknowledgement.
        receiving: it receives from a source; False also while it tries to.
        idle: it does not even try to receive, as after its start.
        resting: its source refused it, and it lets a second pass until it tries again.
        stopped: idle, or it does not apply.
        source: whom it is told to follow, as ``host:port``; empty where nobody.
        waiting: commits are waiting for an acknowledgement at this moment.
        acknowledged: how many commits have been acknowledged by a secondary since its start.
        executed: its GTID set.
    """

    answered_ns: int
    looked: bool = True
    answers: bool = False
    closed: bool = True
    offline: bool = True
    waits: bool = False
    receiving: bool = False
    idle: bool = False
    resting: bool = False
    stopped: bool = False
    source: str = ""
    waiting: bool = False
    acknowledged: int = 0
    executed: str = ""

    @property
    def standing(self) -> "Look":
        """What of it is news when it changes."""
        return replace(self, answered_ns=0, waiting=False, acknowledged=0, executed="")

    def silent_s(self, now_ns: int) -> float:
        """Seconds since it last answered; 0 while it does."""
        return 0.0 if self.answers else (now_ns - self.answered_ns) / 1e9


OnLook = Callable[[str, Look], None]


def ignore(_node: str, _look: Look) -> None:
    """Nobody is told of a look."""


class Watcher:
    """Looks at one server every ``look_every_s`` from a thread of its own, over one connection while that lasts.

    Args:
        work: the manager's hands.
        node: whose server it is.
        changed: set when there is news of it.
        on_look: told of each look, on the watcher's own thread.

    Attributes:
        look: what the last look saw.
    """

    def __init__(self, work: Work, node: str, changed: threading.Event, on_look: OnLook = ignore) -> None:
        self._work = work
        self._node = node
        self._changed = changed
        self._on_look = on_look
        self._ended = threading.Event()
        self._session: Session | None = None
        self.look = Look(answered_ns=time.monotonic_ns(), looked=False)
        self._thread = threading.Thread(target=self._run, name=f"watch-{node}", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stop looking; returns at once."""
        self._ended.set()

    def _run(self) -> None:
        while not self._ended.is_set():
            before = self.look
            self.look = self._look()
            self._on_look(self._node, self.look)
            if before.standing != self.look.standing:
                self._changed.set()
            self._ended.wait(self._work.settings.timing.look_every_s)
        self._drop()

    def _look(self) -> Look:
        began_ns = time.monotonic_ns()
        try:
            if self._session is None:
                self._session = self._work.connect(self._node, self._answer_s)
            seen = self._session.row(sql.LOOK)
            rows = self._session.rows(sql.ACKNOWLEDGEMENTS) if seen["waits"] else ()
        except SqlError:
            self._drop()
            return replace(self.look, looked=True, answers=False)
        semi_sync = {str(row["name"]): int(row["value"]) for row in rows}
        return Look(
            answered_ns=began_ns,
            answers=True,
            closed=bool(seen["read_only"] or seen["offline"]),
            offline=bool(seen["offline"]),
            waits=bool(seen["waits"]),
            receiving=seen["receiver"] == "ON",
            idle=seen["receiver"] == "OFF",
            resting=seen["receiver"] == "CONNECTING" and sql.REFUSED in str(seen["receiver_error"]),
            stopped="OFF" in {seen["receiver"], seen["applier"]},
            source=str(seen["source"] or ""),
            waiting=semi_sync.get("Rpl_semi_sync_source_wait_sessions", 0) > 0,
            acknowledged=semi_sync.get("Rpl_semi_sync_source_yes_tx", 0),
            executed=str(seen["executed"]),
        )

    @property
    def _answer_s(self) -> float:
        settings = self._work.settings
        return settings.timing.answer_s if settings.decisions.rides_out_blips else IMPATIENT_S

    def _drop(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None
