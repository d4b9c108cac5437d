"""One kill: a drill, a signal at its moment, and what is seen of both until nothing is left."""

import os
import select
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hadrill.environments.embedded.processes import same_process
from hadrill.harness.errors import HarnessTrouble, WaitTimeout
from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.kills.plan import Part, PlannedKill
from hadrill.harness.kills.record import Death, Reading, reading_of
from hadrill.harness.kills.traces import Process, Traces, candidates, network_of
from hadrill.harness.kills.verdict import Seen, wrongs
from hadrill.harness.wait import NotYet, until

APPEARS_WITHIN_S: Final = 5.0
DIES_WITHIN_S: Final = 3.0
GONE_WITHIN_S: Final = 5.0
ENDS_WITHIN_S: Final = 60.0
"""A harness that is asked to end heals what is broken and takes down what stands, which takes seconds."""

GOES_ON_S: Final = 300.0
"""Beyond the length of a drill: one that lost a part waits for what will not come until each wait's own deadline."""

Drill = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Hit:
    """A signal was sent.

    Attributes:
        at_ns: when, monotonic clock.
        is_harness: the victim is the harness's first process.
        death: when it was gone; None where it was still there after a while.
    """

    victim: Process
    at_ns: int
    is_harness: bool
    death: Death | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one kill; as in ``Killed``."""

    hit: Hit
    exit_code: int | None
    ended_s: float
    gone_s: float | None
    left: tuple[str, ...]
    reads: int | None
    wrong: tuple[str, ...]
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """The victim was not there, so that nothing was done to the drill; as in ``Absent``."""

    exit_code: int | None
    passed: bool
    left: tuple[str, ...]


def strike(planned: PlannedKill, drill: Drill, traces: Traces) -> Hit | None:
    """Wait for the moment, and then for the victim; send the signal and watch it die.

    Returns:
        None where the victim did not appear, or the drill was over before.
    """
    try:
        drill.wait(planned.at_s)
    except subprocess.TimeoutExpired:
        pass
    else:
        return None
    while (found := _await_victim(planned.part, drill, traces)) is not None:
        chosen = found[planned.choose(len(found))]
        with _handle(chosen) as handle:
            if handle is not None:
                return _send(planned, chosen, handle, drill, traces)
    return None


def outcome_of(planned: PlannedKill, hit: Hit, drill: Drill, traces: Traces, output: Path, length_s: float) -> Outcome:
    """Wait for the drill's end, then until nothing of it is left, and read what it wrote.

    Args:
        output: where the drill makes its run's folder.
        length_s: of an unharmed drill.
    """
    limit_s = ENDS_WITHIN_S if hit.is_harness else length_s + GOES_ON_S
    try:
        code: int | None = drill.wait(limit_s)
    except subprocess.TimeoutExpired:
        code = None
        drill.kill()
        drill.wait()
    ended_ns = now_ns()
    left = await_nothing_left(traces)
    gone_s = None if left else (now_ns() - ended_ns) / 1e9
    reading, damage = _read(output, hit)
    killed = planned.signal == signal.SIGKILL.name
    seen = Seen(planned.part, hit.is_harness, killed, hit.death is not None, code, reading)
    return Outcome(
        hit=hit,
        exit_code=code,
        ended_s=(ended_ns - hit.at_ns) / 1e9,
        gone_s=gone_s,
        left=left,
        reads=reading.reads if reading else None,
        wrong=damage or wrongs(seen),
        without=reading.passed if reading and planned.part is Part.MANAGER else (),
    )


def await_nothing_left(traces: Traces) -> tuple[str, ...]:
    """Returns once the drill has left nothing; what is left after a while is told."""

    def probe() -> bool | NotYet:
        left = traces.left()
        return NotYet(f"{len(left)} left") if left else True

    try:
        until(probe, "the end of all that the drill had", timeout_s=GONE_WITHIN_S)
    except WaitTimeout:
        return traces.left()
    return ()


def _await_victim(part: Part, drill: Drill, traces: Traces) -> tuple[Process, ...] | None:
    """Those that may be it; None where the drill is over, or there are none for long."""

    def probe() -> tuple[Process, ...] | NotYet | None:
        found = candidates(part, traces.processes(), drill.pid)
        if found:
            return found
        return NotYet("it is not there") if drill.poll() is None else None

    try:
        return until(probe, f"the {part} to appear", timeout_s=APPEARS_WITHIN_S)
    except WaitTimeout:
        return None


def _send(planned: PlannedKill, victim: Process, handle: int, drill: Drill, traces: Traces) -> Hit | None:
    network = network_of(victim, traces.processes())
    at_ns = now_ns()
    try:
        signal.pidfd_send_signal(handle, signal.Signals[planned.signal])
    except ProcessLookupError:
        return None
    watch = select.poll()
    watch.register(handle, select.POLLIN)
    died = bool(watch.poll(DIES_WITHIN_S * 1000))
    return Hit(victim, at_ns, victim.stat.pid == drill.pid, Death(now_ns(), network) if died else None)


@contextmanager
def _handle(process: Process) -> Iterator[int | None]:
    """A descriptor of exactly that process; None where it is gone."""
    try:
        handle = os.pidfd_open(process.stat.pid)
    except ProcessLookupError:
        yield None
        return
    try:
        yield handle if same_process(process.stat.pid, process.stat.started) else None
    finally:
        os.close(handle)


def _read(output: Path, hit: Hit) -> tuple[Reading | None, tuple[str, ...]]:
    """The record, or what is wrong with it."""
    try:
        return reading_of(output, hit.death), ()
    except (HarnessTrouble, OSError, ValueError) as error:
        return None, (f"the record cannot be read: {error}",)
