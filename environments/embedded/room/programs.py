"""The table of programs: starts them, sends them signals, and knows their state from the kernel alone."""

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, NoReturn

from hadrill.environments.embedded.processes import process_stat
from hadrill.environments.embedded.room.program import ProgramSpec, ProgramState, spawn
from hadrill.environments.embedded.room.refusal import Refusal

_SIGNAL_TIMEOUT_S: Final = 10.0


@dataclass(slots=True)
class _Entry:
    spec: ProgramSpec | None = None
    held: bool = False
    pid: int | None = None
    exit: int | None = None
    started_ns: int | None = None


class Programs:
    """All programs of a run by name. Every method may be called from any thread.

    Args:
        prefix: command that each program is started through.
    """

    def __init__(self, prefix: tuple[str, ...] = ()) -> None:
        self._prefix = prefix
        self._changed = threading.Condition()
        self._entries: dict[str, _Entry] = {}
        # one thread for good: a program whose PDEATHSIG is set dies with the thread that started it
        self._spawner = ThreadPoolExecutor(max_workers=1, thread_name_prefix="spawner")

    def state(self, name: str) -> ProgramState:
        """The program's state now."""
        with self._changed:
            entry = self._entries.get(name)
            if entry is None or (entry.pid is None and entry.exit is None):
                return ProgramState("absent", held=bool(entry and entry.held))
            return ProgramState(_seen(entry), entry.held, entry.pid, entry.exit, entry.started_ns)

    def start(self, name: str, spec: ProgramSpec) -> ProgramState:
        """Start a program; one that runs already is left as it is.

        Raises:
            Refusal: it is held down, or the program cannot be executed.
        """
        with self._changed:
            entry = self._entries.setdefault(name, _Entry())
            if entry.held:
                raise Refusal(409, f"{name} is held down; it starts again when it is released")
            if entry.pid is None:
                entry.started_ns = time.monotonic_ns()
                entry.pid = self._spawner.submit(spawn, self._prefix, spec).result()
                entry.spec, entry.exit = spec, None
                self._changed.notify_all()
        return self.state(name)

    def kill(self, name: str, *, hold: bool = False) -> ProgramState:
        """SIGKILL; returns once the kernel has said that it ended.

        Args:
            hold: from before the kill on, starts are refused until ``release``.
        """
        with self._changed:
            entry = self._entries.setdefault(name, _Entry())
            entry.held = entry.held or hold
        self.signal(name, signal.SIGKILL)
        self.wait_for_exit(name, _SIGNAL_TIMEOUT_S)
        return self.state(name)

    def pause(self, name: str) -> ProgramState:
        """SIGSTOP; returns once the kernel shows it stopped.

        Raises:
            Refusal: it does not run.
        """
        if not self.signal(name, signal.SIGSTOP):
            raise Refusal(409, f"{name} does not run and so cannot be paused")
        return self._await_state(name, lambda state: state.state != "running")

    def resume(self, name: str) -> ProgramState:
        """SIGCONT; returns once the kernel shows it no longer stopped. One that has ended stays ended."""
        self.signal(name, signal.SIGCONT)
        return self._await_state(name, lambda state: state.state != "paused")

    def release(self, name: str, *, start: bool) -> ProgramState:
        """Allow starts again.

        Args:
            start: start it as it was last started, as a host's init would, if it ever was.
        """
        with self._changed:
            entry = self._entries.setdefault(name, _Entry())
            entry.held = False
            spec = entry.spec
        return self.start(name, spec) if start and spec else self.state(name)

    def remember(self, name: str, spec: ProgramSpec) -> None:
        """Have ``release`` start a program in this way."""
        with self._changed:
            self._entries[name].spec = spec

    def forget(self, name: str) -> None:
        """Forget how a program that has ended was started; a hold stays."""
        with self._changed:
            entry = self._entries.get(name)
            if entry and entry.pid is None:
                self._entries[name] = _Entry(held=entry.held)

    def signal(self, name: str, number: int) -> bool:
        """Send a signal; False when the program does not run."""
        with self._changed:  # ended children are collected under this lock only, so the number cannot be a stranger's
            entry = self._entries.get(name)
            if entry is None or entry.pid is None:
                return False
            os.kill(entry.pid, number)
            return True

    def wait_for_exit(self, name: str, timeout_s: float) -> bool:
        """Wait until the program does not run; False when the time is up first."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._runs(name), timeout_s)

    def collect_for_ever(self) -> NoReturn:
        """Take note of every child that ends, orphans of the namespace too; never returns."""
        while True:
            try:
                ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
            except ChildProcessError:
                with self._changed:
                    self._changed.wait_for(lambda: any(entry.pid for entry in self._entries.values()))
                continue
            if ended is not None:
                self._collect(ended.si_pid)

    def _collect(self, pid: int) -> None:
        with self._changed:
            try:
                _, status = os.waitpid(pid, 0)
            except ChildProcessError:  # a spawn that could not execute its program has collected it already
                return
            for entry in self._entries.values():
                if entry.pid == pid:
                    entry.pid, entry.exit = None, os.waitstatus_to_exitcode(status)
            self._changed.notify_all()

    def _runs(self, name: str) -> bool:
        entry = self._entries.get(name)
        return entry is not None and entry.pid is not None

    def _await_state(self, name: str, reached: Callable[[ProgramState], bool]) -> ProgramState:
        deadline_s = time.monotonic() + _SIGNAL_TIMEOUT_S
        while not reached(state := self.state(name)):
            if time.monotonic() > deadline_s:
                raise Refusal(504, f"{name} is still {state.state} {_SIGNAL_TIMEOUT_S:g} s after the signal")
            time.sleep(0.001)
        return state


def _seen(entry: _Entry) -> str:
    if entry.pid is None:
        return "exited"
    stat = process_stat(entry.pid)
    return "paused" if stat is not None and stat.state == "T" else "running"
