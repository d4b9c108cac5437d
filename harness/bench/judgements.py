"""What it costs to judge ten million operations from a run's folder, in a process of its own."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hadrill.harness.bench.figure import Figure, median_of
from hadrill.harness.bench.generated import generate
from hadrill.harness.bench.made_up_run import write_run
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.evidence.clock import now_ns

OPERATIONS: Final = 10_000_000
SECONDS_AIM: Final = 10.0
PEAK_AIM_MB: Final = 2000.0
_JUDGE: Final = "hadrill.harness.bench.judge"

Say = Callable[[str], None]
"""Takes a line of progress."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one judging process.

    Attributes:
        seconds: from its start to its end.
        peak_mb: of its resident memory, as the kernel says.
        said: its line.
    """

    seconds: float
    peak_mb: float
    said: str


def judgements(count: int, *, say: Say, operations: int = OPERATIONS) -> tuple[Figure, ...]:
    """Judge a made-up run so many times.

    Raises:
        HarnessTrouble: the process that judges failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        say(f"making up {operations} operations")
        write_run(Path(folder), generate(operations))
        costs = []
        for number in range(count):
            costs.append(judge(Path(folder)))
            say(f"judged {number + 1} of {count}: {costs[-1].seconds:.1f} s, {costs[-1].peak_mb:.0f} MB")
    return figures(costs)


def judge(folder: Path) -> Cost:
    """Start a process that judges a run's folder, and take what the kernel says of it.

    Raises:
        HarnessTrouble: it failed.
    """
    began_ns = now_ns()
    child = subprocess.Popen((sys.executable, "-m", _JUDGE, str(folder)), stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    with child.stdout:
        said = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise HarnessTrouble(f"the process that judges {folder} ended with {child.returncode}")
    return Cost((now_ns() - began_ns) / 1e9, usage.ru_maxrss * 1024 / 1e6, said)


def figures(costs: list[Cost]) -> tuple[Figure, ...]:
    """Both medians (pure); the note says how many operations, and where the time went in the last process."""
    last = json.loads(costs[-1].said)
    longest = sorted(last["seconds"].items(), key=lambda item: -item[1])
    parts = ", ".join(f"{name} {seconds:.2f}" for name, seconds in longest if seconds >= 0.005)
    note = f"{last['operations']} operations, {len(last['verdicts'])} checks; seconds in the last process: {parts}"
    name = "ten million operations judged"
    seconds = median_of(f"{name}, time", [cost.seconds for cost in costs], "s", SECONDS_AIM)
    peak = median_of(f"{name}, peak memory", [cost.peak_mb for cost in costs], "MB", PEAK_AIM_MB)
    return Figure(seconds.name, seconds.value, "s", SECONDS_AIM, seconds.samples, note), peak
