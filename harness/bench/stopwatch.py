"""How well outages are measured: those of a server that knows when it stopped and started answering."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

import numpy as np

from hadrill.environments.embedded.guardian import PDEATHSIG
from hadrill.harness.bench.figure import P99, Figure, spread_of
from hadrill.harness.bench.stub_server import MANNERS, SERVER_IDS
from hadrill.harness.checks.outage import outage
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.evidence.segments import unseal
from hadrill.harness.model.fault import FaultRecord, Proof
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Way
from hadrill.harness.model.verdict import Objective
from hadrill.harness.wait import NotYet, until
from hadrill.harness.workload.client_settings import HeartSettings, WriterSettings
from hadrill.harness.workload.process import LoadProcess
from hadrill.harness.workload.profile import load_profile
from hadrill.harness.workload.settings import LoadSettings

AIM_MS: Final = 5.0
MEASURES: Final = ("time to writes again", "outage of all clients together")
_OBJECTIVE: Final = Objective("stopwatch", 1.0, "s", "the benchmark: what is measured does not depend on it")
_LIMIT_S: Final = 20.0
_STEADY_WRITES: Final = 50
_STUB: Final = (*PDEATHSIG, sys.executable, "-m", "hadrill.harness.bench.stub_server")

Say = Callable[[str], None]
"""Takes a line of progress."""


@dataclass(frozen=True, slots=True)
class Truth:
    """One outage, as the server that had it says; monotonic clock."""

    manner: str
    stopped_ns: int
    started_ns: int

    @property
    def seconds(self) -> float:
        """How long nothing was answered."""
        return (self.started_ns - self.stopped_ns) / 1e9


def stopwatch(count: int, *, say: Say) -> tuple[Figure, ...]:
    """Measure so many outages with the writers of the standard load, as the drill does.

    Raises:
        HarnessTrouble: the stub or the load failed, or an outage was not measured.
    """
    with tempfile.TemporaryDirectory() as folder, _stub(count) as stub:
        settings = _load(Path(folder), json.loads(_line(stub.stdout))["port"])
        load = LoadProcess.start(settings)
        try:
            load.wait_ready(_LIMIT_S)
            say(f"{count} outages of a server that knows its own")
            truths = list(_outages(stub, count))
            _await_answers(load)
            report = load.stop()
        finally:
            load.kill()
        segments = [unseal(settings.run_folder, segment) for segment in report.segments]
    return figures(History(settings.roster(settings.nodes), np.concatenate(segments), stalls=report.stalls), truths)


def figures(history: History, truths: Sequence[Truth]) -> tuple[Figure, ...]:
    """How far what was measured is from the truth, in milliseconds (pure).

    Args:
        history: with the load over all outages.
        truths: in order of time.

    Raises:
        HarnessTrouble: one of them was not measured.
    """
    measured = [_measured(history, truth) for truth in truths]
    found: list[Figure] = []
    for place, name in enumerate(MEASURES):
        errors = [abs(values[place] - truth.seconds) * 1e3 for values, truth in zip(measured, truths, strict=True)]
        found += spread_of(f"stopwatch's error, {name}", errors, "ms", {P99: AIM_MS})
        for manner in MANNERS:
            own = [error for error, truth in zip(errors, truths, strict=True) if truth.manner == manner]
            found += spread_of(f"stopwatch's error, {name}, {manner}", own, "ms")[2:3] if own else ()
    return tuple(found)


def _measured(history: History, truth: Truth) -> tuple[float, ...]:
    """Seconds, in the order of ``MEASURES``."""
    proof = Proof(holds=True, observed="the stub's own word", at_ns=truth.stopped_ns)
    fault = FaultRecord(truth.manner, "stub", truth.stopped_ns, truth.stopped_ns, proof, disrupts=True)
    by_name = {measure.name: measure.value for measure in outage(history, _OBJECTIVE, fault).measures}
    values = tuple(value for name in MEASURES if (value := by_name.get(name)) is not None)
    if len(values) != len(MEASURES):
        raise HarnessTrouble(f"an outage of {truth.seconds:.3f} s was not measured: {by_name}")
    return values


@contextmanager
def _stub(count: int) -> Iterator["subprocess.Popen[str]"]:
    stub = subprocess.Popen((*_STUB, str(count)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        with stub:
            yield stub
            stub.kill()
    finally:
        stub.kill()


def _outages(stub: "subprocess.Popen[str]", count: int) -> Iterator[Truth]:
    """Set the stub going, and take its word for each."""
    assert stub.stdin is not None
    stub.stdin.write("go\n")
    stub.stdin.flush()
    for _ in range(count):
        yield Truth(**json.loads(_line(stub.stdout)))


def _line(said: IO[Any] | None) -> str:
    assert said is not None
    line: str = said.readline()
    if not line:
        raise HarnessTrouble("the stub of a server ended before its time")
    return line


def _await_answers(load: LoadProcess) -> None:
    """Until the last outage is over for the writers, too."""
    began = load.latest

    def answered() -> bool | NotYet:
        since = load.latest.acknowledged - began.acknowledged if load.latest and began else 0
        return True if since >= _STEADY_WRITES else NotYet(f"{since} acknowledged writes")

    until(answered, "the writers to be answered after the last outage", timeout_s=_LIMIT_S)


def _load(folder: Path, port: int) -> LoadSettings:
    """Those of the standard load that write small rows, as many and as often as there."""
    profile, at = load_profile(), {"way": Way.ADDRESS, "host": "127.0.0.1", "port": port}
    fields = {**at, "user": "stub", "password": "stub"}
    writers = (
        WriterSettings.model_validate({**fields, "name": f"writer-{place + 1}", "pace_ms": profile.writers.pace_ms})
        for place in range(profile.writers.count)
    )
    heart = HeartSettings.model_validate({**fields, "name": "heart", "pace_ms": profile.heart.pace_ms})
    return LoadSettings(
        run_folder=folder,
        scenario="stopwatch",
        segment_prefix="operations/stopwatch",
        servers={server_id: place for place, server_id in enumerate(SERVER_IDS)},
        nodes=tuple(f"stub-{server_id}" for server_id in SERVER_IDS),
        clients=(*writers, heart),
    )
