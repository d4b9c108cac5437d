"""Steps and hooks of a user's project that look behind the scenes of a drill: its secrets, listeners and files.

What is found goes to the file that ``WATCHED`` names, which lies outside everything that a drill writes.
"""

import json
import os
import sqlite3
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager, suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd import when

from hadrill.environments.embedded.network import plan_network
from hadrill.environments.embedded.processes import descendants
from hadrill.environments.embedded.settings import load_settings
from hadrill.harness.drill.drill import Drill
from hadrill.harness.drill.stage import Stage
from hadrill.harness.model.instance import Account
from hadrill.harness.model.topology import MANAGER
from hadrill.harness.service.contract import Service
from hadrill.harness.service.reference_console import ReferenceConsole
from hadrill.harness.service.reference_program import ManagerProgram

SECRET = ("token", "password")
LISTENS = "0A"
"""TCP's own number for a socket that listens, as the kernel writes it."""

LOOK_S = 0.2
LIMIT_S = 20.0
OF_CUSTOMERS = "SELECT owner_password FROM instances UNION SELECT reader_password FROM instances"
"""Of released instances, too."""


class Watch:
    """Looks again and again at what the run's processes listen at, and keeps the passwords that a console is told."""

    def __init__(self) -> None:
        self._run = os.getpid()
        self._told: list[str] = []
        self._listeners: set[str] = set()
        self._looks = 0
        self._over = threading.Event()

    @contextmanager
    def looking_on(self) -> Iterator[None]:
        """Scenarios that run side by side each have a process, which has a thread of its own here."""
        self._over.clear()
        thread = threading.Thread(target=self._look_on)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self) -> Generator[None, object, object]:
        """From before a stage is opened until it is gone."""
        with self.looking_on():
            return (yield)

    def keeping(self, ask: Callable[..., Account]) -> Callable[..., Account]:
        """The same call; the password that it answers is kept."""

        def asked(*given: object, **named: object) -> Account:
            account = ask(*given, **named)
            self._told.append(account.password)
            return account

        return asked

    def pytest_hadrill_stage_closing(self, drill: Drill) -> None:
        """All that is known of the stage just before it is taken down."""
        stage = drill.stage
        self._look()
        settings = json.loads((stage.site.work / "manager.json").read_text())
        with closing(sqlite3.connect(stage.site.work / "manager.db")) as db:
            of_customers = [password for (password,) in db.execute(OF_CUSTOMERS)]
        of_the_site = (stage.site.nodes.room.token, stage.site.rack_token)
        found = {
            "secrets": sorted({*secrets_in(settings), *of_customers, *of_the_site, *self._told}),
            "keys": sorted({*_private_keys(stage.site.work)}),
            "listeners": sorted(self._listeners),
            "planned": _planned(stage),
            "looks": self._looks,
            "open_to_others": stage.site.work.stat().st_mode & 0o077,
        }
        self._told.clear()
        with Path(os.environ["WATCHED"]).open("a") as file:
            file.write(json.dumps(found) + "\n")

    def _look_on(self) -> None:
        while not self._over.wait(LOOK_S):
            self._look()
            self._looks += 1

    def _look(self) -> None:
        self._listeners |= listeners(self._run)


def pytest_configure(config: pytest.Config) -> None:
    """Watch from the beginning to the end."""
    watch = Watch()
    config.pluginmanager.register(watch)
    for name in ("create_account", "reset_password"):
        setattr(ReferenceConsole, name, watch.keeping(getattr(ReferenceConsole, name)))


@when("the manager meets a row that makes no sense")
def meets_nonsense(drill: Drill) -> None:
    """It ends by that, and its log says where."""
    with closing(sqlite3.connect(drill.stage.site.work / "manager.db", timeout=LIMIT_S)) as db, db:
        db.execute("UPDATE instances SET edition = 'odd'")
    drill.stage.site.process(MANAGER).wait(LIMIT_S)


@when("something of ours breaks that knows every secret")
def breaks(drill: Drill) -> None:
    """As a step of anybody's may."""
    _breaks_deeper(drill, drill.stage, drill.stage.program, drill.stage.service)


def _breaks_deeper(drill: Drill, stage: Stage, program: ManagerProgram, service: Service) -> None:
    raise RuntimeError(f"{drill} on {stage} with {program} and {service} is broken: {stage.site}")


def secrets_in(value: Any, name: str = "") -> Iterator[str]:
    """Every text in a field whose name says that it is secret."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from secrets_in(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from secrets_in(inner, name)
    elif isinstance(value, str) and value and name.endswith(SECRET):
        yield value


def _private_keys(work: Path) -> Iterator[str]:
    """A line from the middle of each that a server has, as its file holds it; all servers are copies of one."""
    for path in work.glob("nodes/*/data/*.pem"):
        if "PRIVATE KEY" in (text := path.read_text()):
            lines = text.splitlines()
            yield lines[len(lines) // 2]


def _planned(stage: Stage) -> dict[str, list[str]]:
    """By kind, where all that there is listens; the plan is made again, and a server that has run has a log."""
    network, logs = stage.site.manager.host.rpartition(".")[0], stage.site.work / "logs"
    plan = plan_network(stage.site.inventory.topology, network, load_settings())
    of_kind = {
        "servers": [endpoint for node, endpoint in plan.servers if (logs / f"{node}.log").exists()],
        "manager": [plan.manager],
        "room": [plan.control, *(endpoint for _, endpoint in plan.rack_hosts)],
        "address": [*plan.frontends],
        "Toxiproxy": [plan.toxiproxy, *(proxy.listen for proxy in plan.proxies)],
    }
    return {kind: [str(endpoint) for endpoint in endpoints] for kind, endpoints in of_kind.items()}


def listeners(run: int) -> set[str]:
    """Addresses, each with its port, at which a process of the run listens over TCP, or receives over UDP."""
    ours = set()
    for number in [run, *(stat.pid for stat in descendants(run))]:
        with suppress(OSError):  # it has just ended
            for descriptor in Path(f"/proc/{number}/fd").iterdir():
                with suppress(OSError):  # it has just been closed
                    ours.add(str(descriptor.readlink()))
    addresses = set()
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            local, state, inode = (line.split()[column] for column in (1, 3, 9))
            if f"socket:[{inode}]" in ours and (state == LISTENS or table.startswith("udp")):
                address, _, port = local.partition(":")
                addresses.add(f"{_address(address)}:{int(port, 16)}")
    return addresses


def _address(kernels: str) -> object:
    """The kernel writes words of four bytes, each the wrong way round."""
    words = [bytes.fromhex(kernels[at : at + 8])[::-1] for at in range(0, len(kernels), 8)]
    return ip_address(b"".join(words))
