"""The load process from the harness's side; its clients find nobody listening, so no server is needed."""

import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from hadrill.harness.errors import HarnessTrouble, WaitTimeout
from hadrill.harness.evidence.segments import Segment, unseal
from hadrill.harness.model.operation import Kind, Operations, Outcome
from hadrill.harness.wait import NotYet, until
from hadrill.harness.workload.crew import Crew
from hadrill.harness.workload.load import Load
from hadrill.harness.workload.messages import STOP, Stopped, command, from_line
from hadrill.harness.workload.process import PROGRAM, LoadProcess
from hadrill.harness.workload.report import Listeners, LoadReport
from hadrill.harness.workload.tests.load_settings import client, load


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that refuses: it is bound, so that nobody else gets it, and nobody listens."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]


def operations_of(folder: Path, report: LoadReport) -> Operations:
    """All that a load left."""
    return np.concatenate([unseal(folder, segment) for segment in report.segments])


def wait_for_refusals(process: LoadProcess, count: int) -> None:
    """Wait until that many writes were refused."""

    def refused() -> bool | NotYet:
        seen = process.latest
        return True if seen is not None and seen.refused >= count else NotYet(str(seen))

    until(refused, f"{count} refused writes", timeout_s=10)


def test_everything_tried_is_sealed(tmp_path: Path, closed_port: int) -> None:
    """With nobody listening every write is refused, nothing is told twice, and all of it is in the segments."""
    settings = load(
        tmp_path,
        client("writer", port=closed_port, pace_ms=1),
        client("visitor", port=closed_port, pace_ms=1, server=1),
        seal_rows=50,
    )
    told: list[Segment] = []
    process = LoadProcess.start(settings, listeners=Listeners(segment=told.append))
    wait_for_refusals(process, 120)
    report = process.stop()
    rows = operations_of(tmp_path, report)
    assert tuple(told) == report.segments
    assert len(report.segments) > 1
    assert report.operations == len(rows)
    assert set(rows["outcome"].tolist()) == {Outcome.REFUSED}
    assert set(rows["error"].tolist()) == {2003}
    writes = rows[rows["kind"] == Kind.WRITE]
    assert np.unique(writes["key"]).tolist() == list(range(1, len(writes) + 1))
    assert set(rows["server"][rows["kind"] == Kind.LOGIN].tolist()) == {1}


def test_a_process_at_rest_runs_another_load(tmp_path: Path, closed_port: int) -> None:
    """What one load learned is not the other's, though they come from one process."""
    first = load(tmp_path, client("writer", port=closed_port, pace_ms=1))
    told: list[Segment] = []
    process = LoadProcess.start(first, listeners=Listeners(segment=told.append))
    wait_for_refusals(process, 20)
    earlier = process.rest()
    last_words = process.latest
    writer = client("writer", port=closed_port, pace_ms=1, first_key=1000)
    process.begin(load(tmp_path, writer, segment_prefix="operations/b"))
    assert process.latest != last_words
    wait_for_refusals(process, 20)
    later = process.stop()
    assert tuple(told) == earlier.segments
    assert earlier.operations == len(operations_of(tmp_path, earlier))
    rows = operations_of(tmp_path, later)
    assert later.operations == len(rows)
    assert rows["key"][rows["kind"] == Kind.WRITE].min() == 1000


def test_a_process_at_rest_ends_with_the_harness(tmp_path: Path, closed_port: int) -> None:
    """At the end of its standard input it has nothing more to do, and that is no trouble."""
    commands = f"{load(tmp_path, client(port=closed_port)).model_dump_json()}\n{command(STOP)}"
    ended = subprocess.run(PROGRAM, input=commands, capture_output=True, text=True, timeout=20, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert isinstance(from_line(ended.stdout.splitlines()[-1]), Stopped)


def test_a_load_with_a_client_that_hangs_never_says_that_it_stopped(
    tmp_path: Path, closed_port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What that client had in flight is not recorded; whoever waits for the last line learns of it from the end."""
    stop = Crew.stop
    monkeypatch.setattr(Crew, "stop", lambda crew: (*stop(crew), "writer-7"))
    with pytest.raises(HarnessTrouble, match="writer-7 did not stop"):
        Load(load(tmp_path, client(port=closed_port))).run([command(STOP).encode()])
    said = [type(from_line(line)) for line in capsys.readouterr().out.splitlines()]
    assert said
    assert Stopped not in said


def test_no_acknowledgement_is_not_ready(tmp_path: Path, closed_port: int) -> None:
    """The message on time-out names the writers that nobody answered."""
    process = LoadProcess.start(load(tmp_path, client("writer", port=closed_port, name="writer-7")))
    wait_for_refusals(process, 1)
    with pytest.raises(WaitTimeout, match="no acknowledgement for writer-7"):
        process.wait_ready(0)
    process.stop()


def test_killed_load_is_trouble_and_leaves_what_was_sealed(tmp_path: Path, closed_port: int) -> None:
    """A load that dies is the harness's trouble, and its sealed segments stay readable."""
    settings = load(tmp_path, client(port=closed_port, pace_ms=1), seal_rows=10)
    sealed = threading.Event()
    told: list[Segment] = []

    def keep(segment: Segment) -> None:
        told.append(segment)
        sealed.set()

    process = LoadProcess.start(settings, listeners=Listeners(segment=keep))
    assert sealed.wait(10)
    process.kill()
    with pytest.raises(HarnessTrouble, match="the load of ha-4 ended with -9"):
        process.stop()
    assert len(unseal(tmp_path, told[0])) >= 10


def test_last_words_are_told(tmp_path: Path) -> None:
    """A load that cannot write its segments says so, and its sentence reaches the caller."""
    (tmp_path / "operations").write_text("in the way")
    process = LoadProcess.start(load(tmp_path, client(pace_ms=1), seal_rows=1))
    with pytest.raises(HarnessTrouble, match=r"last words: could not write: .*operations"):
        process.wait_ready(10)


def test_program_that_is_not_there(tmp_path: Path) -> None:
    """A prefix that cannot be run is told at once."""
    with pytest.raises(HarnessTrouble, match="could not be started with /no/such"):
        LoadProcess.start(load(tmp_path), command_prefix=("/no/such",))


def test_prefix_starts_the_program(tmp_path: Path, closed_port: int) -> None:
    """A prefix that replaces itself with the program changes nothing else."""
    process = LoadProcess.start(load(tmp_path, client(port=closed_port)), command_prefix=("/usr/bin/env",))
    wait_for_refusals(process, 1)
    assert process.stop().operations > 0


def test_listener_s_error_comes_out(tmp_path: Path, closed_port: int) -> None:
    """An error of a listener, a full disk say, is raised where the harness next asks."""

    def refuse(_: Segment) -> None:
        raise HarnessTrouble("the journal cannot be written")

    settings = load(tmp_path, client(port=closed_port, pace_ms=1), seal_rows=1)
    process = LoadProcess.start(settings, listeners=Listeners(segment=refuse))
    with pytest.raises(HarnessTrouble, match="the journal cannot be written"):
        process.wait_ready(10)


def test_load_outlives_the_thread_that_started_it(tmp_path: Path, closed_port: int) -> None:
    """The kernel ends a process with the thread that forked it; a caller's thread is not that one."""
    started: list[LoadProcess] = []
    settings = load(tmp_path, client(port=closed_port, pace_ms=1))
    thread = threading.Thread(target=lambda: started.append(LoadProcess.start(settings)))
    thread.start()
    thread.join()
    wait_for_refusals(started[0], 50)
    assert started[0].stop().operations >= 50


def test_settings_that_cannot_be_used_are_not_quoted(tmp_path: Path) -> None:
    """The complaint names the place and not the password."""
    line = load(tmp_path).model_dump_json().replace('"port":9', '"port":"s3cret"')
    ended = subprocess.run(PROGRAM, input=line + "\n", capture_output=True, text=True, timeout=20, check=False)
    assert ended.returncode == 4
    assert "clients.0.writer.port" in ended.stderr
    assert "s3cret" not in ended.stderr + ended.stdout


def test_end_of_input_ends_it_at_once(tmp_path: Path, closed_port: int) -> None:
    """Without a harness there is no load: the end of its input ends it, whatever its clients are doing."""
    line = load(tmp_path, client(port=closed_port)).model_dump_json() + "\n"
    ended = subprocess.run(PROGRAM, input=line, capture_output=True, text=True, timeout=20, check=False)
    assert ended.returncode == 3


def test_killed_harness_takes_the_load_along(tmp_path: Path, closed_port: int) -> None:
    """Kill -9 of the harness ends the load, even where somebody else still holds its input open."""
    line = load(tmp_path, client(port=closed_port)).model_dump_json() + "\n"
    (reading, writing), (hearing, saying) = os.pipe(), os.pipe()  # all of them stay open here
    script = (
        "import signal, subprocess\n"
        f"child = subprocess.Popen({PROGRAM!r}, stdin={reading}, stdout={saying})\n"
        "print(child.pid, flush=True)\n"
        "signal.pause()\n"
    )
    harness = subprocess.Popen((sys.executable, "-c", script), stdout=subprocess.PIPE, pass_fds=(reading, saying))
    with harness:
        assert harness.stdout is not None
        pid = int(harness.stdout.readline())
        os.write(writing, line.encode())
        assert select.select([hearing], [], [], 10)[0], "the load said nothing"  # it does once it is at work
        harness.send_signal(signal.SIGKILL)
        until(lambda: is_gone(pid), f"process {pid} to end", timeout_s=5)
    for end in (reading, writing, hearing, saying):
        os.close(end)
    assert is_gone(pid) is True


def test_harness_that_forgets_its_load_still_ends(tmp_path: Path, closed_port: int) -> None:
    """A harness that ends without a stop is not held up by its load, and the load ends with it."""
    settings = tmp_path / "settings.json"
    settings.write_text(load(tmp_path, client(port=closed_port)).model_dump_json())
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from hadrill.harness.workload.process import LoadProcess\n"
        "from hadrill.harness.workload.settings import LoadSettings\n"
        "process = LoadProcess.start(LoadSettings.model_validate_json(Path(sys.argv[1]).read_text()))\n"
        "print(process._child.pid)\n"
    )
    ended = subprocess.run(
        (sys.executable, "-c", script, settings), capture_output=True, text=True, timeout=20, check=True
    )
    pid = int(ended.stdout)
    assert until(lambda: is_gone(pid), f"process {pid} to end", timeout_s=5)


def is_gone(pid: int) -> bool | NotYet:
    """Whether the process has ended; its new parent may not have collected it yet."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True
    return True if state == "Z" else NotYet(f"state {state}")
