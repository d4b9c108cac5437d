"""However the harness ends, nothing of its run is left (design decision 10)."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from hadrill.environments.embedded.label import RUN_VARIABLE
from hadrill.environments.embedded.lease import require_free
from hadrill.environments.embedded.processes import labelled
from hadrill.environments.embedded.tests.real import TWO_RACKS, start_node, two_racks
from hadrill.environments.embedded.work_folder import base_environment
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.instance import Endpoint
from hadrill.harness.model.topology import links_of
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e

GONE_S = 20.0
"""The guardian allows itself 10 s to end all; the removal comes on top."""
HARNESS = """
import sys
from hadrill.environments.embedded.tests.real import start_node, two_racks
site = two_racks(sys.argv[1])
start_node(site, "a1")
server, listen = site.inventory.server("a1"), site.inventory.route("client", "a1")
print(site.work, server.host, server.port, listen.host, listen.port, flush=True)
sys.stdin.read()
"""


@dataclass(frozen=True)
class Run:
    """A harness in a process of its own, with a server that is up."""

    harness: subprocess.Popen[str]
    work: Path
    ports: tuple[Endpoint, ...]

    @property
    def processes(self) -> int:
        """How many processes of the run there are."""
        return len(labelled(f"{RUN_VARIABLE}={self.work}"))


@contextmanager
def running(namespaces: str) -> Iterator[Run]:
    """A run that is in the middle of things."""
    command = (sys.executable, "-c", HARNESS, namespaces)
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=base_environment()
    ) as harness:
        assert harness.stdout is not None
        words = harness.stdout.readline().split()
        ports = (Endpoint(words[1], int(words[2])), Endpoint(words[3], int(words[4])))
        try:
            yield Run(harness, Path(words[0]), ports)
        finally:
            harness.kill()


def await_nothing_left(run: Run) -> None:
    """Wait until no process and no folder of the run is left, and its ports are free."""

    def nothing() -> bool | NotYet:
        if run.processes or run.work.exists():
            return NotYet(f"{run.processes} processes, folder there: {run.work.exists()}")
        return True

    until(nothing, f"all of {run.work} to be gone", timeout_s=GONE_S)
    require_free(run.ports)


@pytest.mark.parametrize("namespaces", ["auto", "never"])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_nothing_is_left_of_a_harness_that_died(namespaces: str, number: signal.Signals) -> None:
    """By the kernel, or by the guardian where the kernel forbids namespaces."""
    with running(namespaces) as run:
        assert run.processes >= 4
        run.harness.send_signal(number)
        await_nothing_left(run)


@pytest.mark.parametrize("namespaces", ["auto", "never"])
def test_a_dead_guardian_takes_the_servers_along(namespaces: str) -> None:
    """The harness notices, and clears the files."""
    site = two_racks(namespaces)
    start_node(site, "a1")
    site._pen.guardian.kill()
    until(
        lambda: NotYet(f"{len(left)} left") if (left := labelled(f"{RUN_VARIABLE}={site.work}")) else True,
        "the servers to end with their guardian",
        timeout_s=GONE_S,
    )
    with pytest.raises(HarnessTrouble, match=r"the guardian of .* ended: no verdict"):
        site.check()
    with pytest.raises(HarnessTrouble, match="ended with -9"):
        site.close()
    assert not site.work.exists()


def test_a_terminals_signals_do_not_move_the_guardian() -> None:
    """Ctrl-C is the harness's affair: it heals and closes first."""
    with two_racks() as site:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            site._pen.guardian.send_signal(number)
        start_node(site, "b1")
        site.check()
        assert site._pen.stands


def test_a_closed_site_leaves_nothing() -> None:
    """And closing twice does nothing."""
    site = two_racks()
    start_node(site, "a1")
    site.close()
    site.close()
    assert (labelled(f"{RUN_VARIABLE}={site.work}"), site.work.exists()) == ([], False)
    require_free([site.inventory.route(link.source, link.target) for link in links_of(TWO_RACKS)])
