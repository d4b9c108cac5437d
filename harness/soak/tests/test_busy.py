"""What keeps the cores busy."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hadrill.environments.embedded.processes import process_stat
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.soak.busy import busy_cores
from hadrill.harness.wait import NotYet, until

LIMIT_S = 20.0
HOLDER = """
import sys
from hadrill.harness.soak.busy import busy_cores
with busy_cores() as cores:
    print(*(one.pid for one in cores.spinners), flush=True)
    sys.stdin.read()
"""


def cpu_ticks(pid: int) -> int:
    """How long it has computed."""
    return int(Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[11])


def test_each_core_has_one_of_its_own_that_computes() -> None:
    """At normal priority; none is there afterwards."""
    with busy_cores() as cores:
        pids = [one.pid for one in cores.spinners]

        def computing() -> bool | NotYet:
            return all(cpu_ticks(pid) > 2 for pid in pids) or NotYet(str([cpu_ticks(pid) for pid in pids]))

        until(computing, "all to compute", timeout_s=LIMIT_S)
        cores.require_whole()
        assert sorted(core for pid in pids for core in os.sched_getaffinity(pid)) == sorted(os.sched_getaffinity(0))
        assert {os.getpriority(os.PRIO_PROCESS, pid) for pid in pids} == {os.getpriority(os.PRIO_PROCESS, 0)}
    assert [process_stat(pid) for pid in pids] == [None] * len(pids)


def test_they_end_with_whoever_is_killed() -> None:
    """No core is kept busy for nobody."""
    with subprocess.Popen(
        (sys.executable, "-c", HOLDER), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        pids = [int(word) for word in holder.stdout.readline().split()]
        holder.kill()
    assert pids
    until(lambda: not any(map(_lives, pids)) or NotYet("some live"), "their end", timeout_s=LIMIT_S)


def _lives(pid: int) -> bool:
    stat = process_stat(pid)
    return stat is not None and stat.state != "Z"


def test_one_that_ended_is_told() -> None:
    """A drill beside an idle core was not under load."""
    with busy_cores() as cores:
        cores.spinners[0].kill()
        cores.spinners[0].wait()
        with pytest.raises(HarnessTrouble, match=r"which was to keep a core busy, ended with -9"):
            cores.require_whole()
