"""The chief of the crew: forks its members, hands out scenarios, and passes on what is told of them."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import Final

import pytest

from hadrill.harness.drill.interruption import Interruption
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.evidence.clock import now_ns
from hadrill.steps.binding.chronicler import Chronicler
from hadrill.steps.binding.crew.loop import end_where_told
from hadrill.steps.binding.crew.member import work
from hadrill.steps.binding.crew.messages import Free, Judged, Left, Message, Reported
from hadrill.steps.binding.crew.order import Order
from hadrill.steps.binding.exit_code import NOT_FINISHED
from hadrill.steps.binding.telling import Told

TAKEN_DOWN_S: Final = 120.0
"""How long a member may take to heal and take down what it has, before it is killed; its guardian then does that."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a crew is there for.

    Attributes:
        beside: scenarios that judge no time.
        alone: those that judge one.
    """

    beside: tuple[pytest.Item, ...]
    alone: tuple[pytest.Item, ...]

    @property
    def items(self) -> tuple[pytest.Item, ...]:
        """All of them, in the order in which they are begun."""
        return (*self.beside, *self.alone)


@contextmanager
def crew_of(size: int, task: Task, chronicler: Chronicler, interruption: Interruption) -> Iterator[Crew]:
    """A crew of so many; nothing of it is left, however this ends."""
    crew = Crew(size, task, chronicler, interruption)
    interruption.hold()
    try:
        try:
            crew.fork()
            interruption.release()
            yield crew
        except BaseException:
            interruption.hold()
            raise
    finally:  # reached with signals held, or with the one that came: a second one raises nothing
        crew.dismiss()


@dataclass(slots=True)
class _Member:
    """A process, the line to it, and the number of the scenario that it runs."""

    process: ForkProcess
    line: Connection
    at: int | None = None
    dismissed: bool = False


class Crew:
    """A few processes that run scenarios beside one another, and then those that judge a time, one at a time.

    They are forked from pytest with everything that it has collected, and write to the run's journal themselves. They
    die with it.
    """

    def __init__(self, size: int, task: Task, chronicler: Chronicler, interruption: Interruption) -> None:
        self._items = task.items
        self._size = size
        self._order = Order(len(task.beside), len(task.alone))
        self._chronicler = chronicler
        self._interruption = interruption
        self._session = self._items[0].session
        self._members: list[_Member] = []

    def fork(self) -> None:
        """Fork the members; before other plugins start threads, which a fork does not take along."""
        for _ in range(self._size):
            ours, theirs = Pipe()
            process = get_context("fork").Process(target=self._work, args=(theirs, os.getpid()))
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # of threads; those of NumPy's see to themselves
                process.start()
            theirs.close()
            self._members.append(_Member(process, ours))

    def run(self) -> None:
        """Have all scenarios run.

        Raises:
            pytest.exit.Exception: the drill ends with that code.
            Interrupted: the drill was asked to end.
            pytest.Session.Failed: it ends as pytest was told to, after so many failures.
        """
        self._hand_out()
        while self._members:
            for line in wait([member.line for member in self._members]):
                self._hear(next(member for member in self._members if member.line is line))
        end_where_told(self._session)

    def _work(self, chief: Connection, chief_pid: int) -> None:
        """In the member."""
        for elder in self._members:
            elder.line.close()
        self._chronicler.tell = chief.send
        work(self._items, chief, chief_pid, self._interruption)

    def _hand_out(self) -> None:
        """Give those that are free what is to be begun now; dismiss them where nothing is left to begin."""
        if self._session.shouldfail or self._session.shouldstop:
            self._order.begin_no_more()
        for member in self._members:
            if member.at is None and not member.dismissed:
                member.at = self._order.begin(at_the_end=member is self._members[-1])
                member.dismissed = member.at is None and self._order.nothing_left
                if member.at is not None or member.dismissed:
                    self._hand(member)

    def _hand(self, member: _Member) -> None:
        with suppress(BrokenPipeError):  # the end of its line, which is heard next, says that it is gone
            member.line.send(member.at)

    def _hear(self, member: _Member) -> None:
        match self._next(member):
            case None:
                self._part(member)
            case Judged():
                self._order.judged(self._number(member))
                self._hand_out()
            case Free():
                self._order.ended(self._number(member))
                member.at = None
                self._hand_out()
            case Left(reason, exit_code):
                pytest.exit(reason, exit_code)
            case message:
                self._pass_on(member, message)

    def _next(self, member: _Member) -> Message | None:
        try:
            message: Message = member.line.recv()
        except (EOFError, ConnectionResetError):
            return None
        return message

    @staticmethod
    def _number(member: _Member) -> int:
        """Of the scenario that it runs."""
        if member.at is None:
            raise HarnessTrouble("a process speaks of a scenario that it was not given")
        return member.at

    def _part(self, member: _Member) -> None:
        """A member has ended, as it should where it had nothing more to do."""
        self._members.remove(member)
        member.process.join(TAKEN_DOWN_S)
        if member.at is None and member.process.exitcode == 0:
            return
        at = f"{self._items[member.at].name} beside others" if member.at is not None else "scenarios beside others"
        sentence = f"the process that ran {at} ended with {member.process.exitcode}"
        self._chronicler.trouble(sentence)
        pytest.exit(sentence, NOT_FINISHED)

    def _pass_on(self, member: _Member, message: Told | Reported) -> None:
        if not isinstance(message, Reported):
            self._chronicler.hear(message)
        elif member.at is not None:
            self._report(self._items[member.at], message)

    def _report(self, item: pytest.Item, message: Reported) -> None:
        hook, config = item.ihook, item.config
        hook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        for data in message.reports:
            report = config.hook.pytest_report_from_serializable(config=config, data=dict(data))
            self._chronicler.count(report)
            hook.pytest_runtest_logreport(report=report)
        hook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)

    def dismiss(self) -> None:
        """Have the members that are left heal and take down what they have, and wait for that; signals are held."""
        for member in self._members:
            member.process.terminate()
        deadline_ns = now_ns() + int(TAKEN_DOWN_S * 1e9)
        while self._members and now_ns() < deadline_ns:
            for line in wait([member.line for member in self._members], (deadline_ns - now_ns()) / 1e9):
                self._hear_last(next(member for member in self._members if member.line is line))
        for member in self._members:
            member.process.kill()
            member.process.join()

    def _hear_last(self, member: _Member) -> None:
        match self._next(member):
            case None:
                self._members.remove(member)
                member.process.join()
            case Judged() | Free() | Left():
                pass
            case message:
                self._pass_on(member, message)
