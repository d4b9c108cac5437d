"""Waiting for a replica whose tables or rows somebody keeps locked: said while it lasts, and given up in a sentence."""

import time

from hadrill.harness.engines.mysql.held_up import held_up_by
from hadrill.harness.reference.records import OperationRecord
from hadrill.harness.reference.work import HeldUp, Work


class HoldUps:
    """Looks again and again at what an operation waits for.

    Args:
        work: the manager's hands.
        operation: shows what holds it up for as long as that lasts.
        node: whose server applies what it received.
        limit_s: how long it may be held up at a time; seconds.
    """

    def __init__(self, work: Work, operation: OperationRecord, node: str, limit_s: float) -> None:
        self._work = work
        self._operation = operation
        self._node = node
        self._limit_s = limit_s
        self._since_s = 0.0
        self._said = ""

    def look(self) -> str:
        """What holds it up at this moment; empty where nothing does.

        Raises:
            HeldUp: it has for too long.
            SqlError: of the server.
        """
        with self._work.server(self._node) as server:
            whose = held_up_by(server)
        if not whose:
            self._say("")
            return ""
        if not self._said:
            self._since_s = time.monotonic()
        told = f"the server on {self._node} cannot apply what it received: {whose}"
        self._say(f"{told}; for {self._limit_s:g} s at most that is waited for")
        if time.monotonic() > self._since_s + self._limit_s:
            raise HeldUp(f"{told}; after {self._limit_s:g} s it was given up. End that lock, and ask again")
        return told

    def _say(self, sentence: str) -> None:
        if sentence != self._said:
            self._work.store.explain(self._operation.id, sentence)
            self._said = sentence
