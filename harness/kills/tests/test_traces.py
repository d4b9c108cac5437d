"""What is left of a drill, and which of its processes is which part."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hadrill.environments.embedded.haproxy import haproxy_config
from hadrill.environments.embedded.network import plan_network
from hadrill.environments.embedded.processes import ProcessStat
from hadrill.environments.embedded.settings import load_settings
from hadrill.environments.topology_file import load_topology
from hadrill.harness.kills.plan import Part
from hadrill.harness.kills.surroundings import Surroundings
from hadrill.harness.kills.traces import GUARDIAN, Process, Traces, candidates, network_of
from hadrill.harness.wait import NotYet, until

DRILL = 10
SLEEP = (sys.executable, "-c", "import signal; signal.pause()")


def process(pid: int, parent: int, *command: str, run: str = "", program: str = "") -> Process:
    """A process of a drill."""
    return Process(ProcessStat(pid, "S", parent, pid), command or ("python",), run, program)


HARNESS, ONE, OTHER = process(DRILL, 1), process(11, DRILL), process(12, DRILL)
GUARD, ITS_ROOM = process(13, 11, "python", "-m", GUARDIAN), process(14, 13, run="/w/one")
PROXY = process(15, 14, run="/w/one", program="toxiproxy")
ADDRESS = process(16, 14, run="/w/one", program="haproxy")
SERVER = process(17, 14, run="/w/one")
BOSS = process(18, 14, run="/w/one", program="manager")
ALL = (HARNESS, ONE, OTHER, GUARD, ITS_ROOM, PROXY, ADDRESS, SERVER, BOSS)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (Part.HARNESS, HARNESS),
        (Part.PARENT, ONE),
        (Part.GUARDIAN, GUARD),
        (Part.TOXIPROXY, PROXY),
        (Part.HAPROXY, ADDRESS),
        (Part.MANAGER, BOSS),
    ],
)
def test_parts_are_told_apart(part: Part, expected: Process) -> None:
    """By name, or by whose child it is."""
    assert candidates(part, ALL, DRILL) == (expected,)


def test_without_a_crew_the_harness_is_the_guardians_parent() -> None:
    """One scenario runs after the other then."""
    guard = process(13, DRILL, "python", "-m", GUARDIAN)
    assert candidates(Part.PARENT, (HARNESS, guard), DRILL) == (HARNESS,)


def test_a_victim_is_told_without_folders() -> None:
    """A logbook says nothing of the machine that it was written on; what is left is told with where it is."""
    victim = process(16, 14, "/opt/bin/haproxy", "-f", "/w/one/haproxy.cfg")
    assert victim.without_folders == "process 16: haproxy -f haproxy.cfg"
    assert str(victim) == "process 16: /opt/bin/haproxy -f /w/one/haproxy.cfg"


def test_a_part_that_is_not_there() -> None:
    """Before its site is built."""
    assert candidates(Part.MANAGER, (HARNESS, ONE), DRILL) == ()


def test_the_network_is_that_of_the_site(tmp_path: Path) -> None:
    """Of a program in it, and of its guardian; a site that is only being built has none yet."""
    room, proxy = (process(pid, 13, run=str(tmp_path)) for pid in (14, 15))
    assert network_of(proxy, ()) == ""
    topology = load_topology("ha").topology
    config = haproxy_config(topology, plan_network(topology, "127.83.4", load_settings()), tmp_path / "control")
    (tmp_path / "haproxy.cfg").write_text(config)
    assert network_of(proxy, ()) == "127.83.4"
    assert network_of(GUARD, (GUARD, room)) == "127.83.4"
    assert network_of(HARNESS, (HARNESS, ONE)) == ""


@pytest.fixture
def traces(monkeypatch: pytest.MonkeyPatch) -> Iterator[Traces]:
    """Of a drill, which are gone afterwards; whatever else goes on on the machine has tests of its own."""
    monkeypatch.setattr(Surroundings, "added", lambda _: ())
    made = Traces.begin()
    yield made
    made.clear()


def test_no_other_folder_is_taken_for_what_a_drill_left(traces: Traces, tmp_path: Path) -> None:
    """Whatever its name: it would be removed."""
    astray = traces.temporary.parent / ".." / tmp_path.name / traces.temporary.name
    assert [Traces.left_in(folder) for folder in (tmp_path / "kabcdefgh", astray)] == [None, None]
    assert Traces.left_in(traces.temporary) is not None


def test_what_a_drill_leaves_is_seen_and_cleared(traces: Traces) -> None:
    """Processes that carry its mark on, wherever they put their own files, and files; not those of another drill."""
    other = Traces.begin()
    (traces.temporary / "hadrill-0-abc").mkdir()
    with (
        subprocess.Popen(SLEEP, env={**traces.environment, "TMPDIR": "/elsewhere"}) as ours,
        subprocess.Popen(SLEEP, env=other.environment) as stranger,
    ):

        def both() -> bool | NotYet:
            return len(traces.left()) == 2 or NotYet("the process has not begun")

        try:
            until(both, "the process", timeout_s=10)
            assert [one.stat.pid for one in traces.processes()] == [ours.pid]
            assert traces.left()[1] == "file hadrill-0-abc"
            traces.clear()
            spared = stranger.poll() is None
            other.clear()
            assert (ours.wait(10), spared, stranger.wait(10)) == (-9, True, -9)
        finally:
            ours.kill()
            stranger.kill()
    assert (traces.left(), traces.temporary.exists()) == ((), False)


def test_a_process_that_hides_its_mark_may_be_the_drills(traces: Traces, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that began since and is this user's, and only as long as it is there."""
    with subprocess.Popen(SLEEP) as shy, subprocess.Popen(SLEEP) as open_one:
        try:
            hide(monkeypatch, PermissionError(13, "Permission denied"), shy.pid, os.getpid())
            assert traces.left() == (f"process {shy.pid}, which cannot be looked into",)
            hide(monkeypatch, ProcessLookupError(3, "No such process"), shy.pid)  # as of a thread of the kernel's
            assert traces.left() == ()
        finally:
            shy.kill()
            open_one.kill()
    assert traces.left() == ()


def hide(monkeypatch: pytest.MonkeyPatch, error: OSError, *pids: int) -> None:
    """Their environments cannot be read."""
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path in {Path(f"/proc/{pid}/environ") for pid in pids}:
            raise error
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
