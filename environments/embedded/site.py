"""A built topology on this machine, and the harness's hands on it."""

import contextlib
import os
import secrets
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from hadrill.environments.embedded.guardian import PDEATHSIG
from hadrill.environments.embedded.hands import Nodes, Process, Programs
from hadrill.environments.embedded.haproxy import haproxy_config
from hadrill.environments.embedded.label import clear_dead_runs
from hadrill.environments.embedded.lease import Lease, lease_network, require_free
from hadrill.environments.embedded.links import Links
from hadrill.environments.embedded.network import NetworkPlan, plan_network
from hadrill.environments.embedded.pen import (
    Pen,
    mark_environment,
    namespaces_allowed,
    new_work_folder,
    start_pen,
)
from hadrill.environments.embedded.room.configuration import RoomConfiguration
from hadrill.environments.embedded.room.nodes import NodePlace
from hadrill.environments.embedded.room_client import RoomClient
from hadrill.environments.embedded.settings import EmbeddedSettings
from hadrill.environments.embedded.template import make_template, template_folder
from hadrill.environments.embedded.toxiproxy import ToxiproxyServer
from hadrill.environments.parts.settings import cache_folder
from hadrill.harness.engines.mysql.installation import Installation
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.instance import Endpoint
from hadrill.harness.model.inventory import Inventory
from hadrill.harness.model.topology import Topology
from hadrill.harness.wait import NotYet, until

TOXIPROXY: Final = "toxiproxy"
HAPROXY: Final = "haproxy"
_CHILD_TIMEOUT_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Parts:
    """The real parts that a site is built of; what the commands of HAProxy and Toxiproxy begin with."""

    mysql: Installation
    haproxy: tuple[str, ...]
    toxiproxy: tuple[str, ...]


@dataclass(slots=True)
class EmbeddedSite:
    """A running site. A context manager: leaving it ends every process and removes every file.

    Attributes:
        inventory: where everything is reached.
        manager: free for the drilled service's manager to listen on.
        rack_token: opens the racks' hosts.
        work: the run's work folder, gone after ``close``.
        nodes: kill, pause, resume and release a node's server.
        links: put toxics on links, read them back, heal.
    """

    inventory: Inventory
    manager: Endpoint
    rack_token: str = field(repr=False)
    work: Path
    nodes: Nodes
    links: Links
    _programs: Programs
    _pen: Pen
    _lease: Lease
    _children: list[subprocess.Popen[str]] = field(default_factory=list)
    _closed: bool = False

    def spawn(
        self,
        name: str,
        argv: tuple[str, ...],
        env: Mapping[str, str] | None = None,
        stdin_text: str = "",
        log: Path | None = None,
    ) -> Process:
        """Start a program beside the servers; see ``Programs.spawn``."""
        return self._programs.spawn(name, argv, env, stdin_text, log)

    def start_child(self, argv: tuple[str, ...], env: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
        """Start a program as the harness's own child, to talk with over pipes, line by line.

        It dies with the thread that called this, so call it from one that lasts; ``close`` ends it as well.
        """
        child = subprocess.Popen(
            (*PDEATHSIG, *argv),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            bufsize=1,
            env=mark_environment(self.work, env or {}),
        )
        self._children.append(child)
        return child

    def process(self, name: str) -> Process:
        """A program that was spawned before, by name."""
        return Process(name, self._programs.room, self.work)

    def check(self) -> None:
        """Make sure that our own instruments still run.

        Raises:
            HarnessTrouble: the guardian, the room, Toxiproxy or HAProxy has ended; there is no verdict then.
        """
        if not self._pen.stands:
            raise HarnessTrouble(f"the guardian of {self.work} ended: no verdict")
        for name in (TOXIPROXY, HAPROXY):
            self.process(name).require_running()

    def keep_logs(self, folder: Path) -> None:
        """Copy every program's log to a folder, made if need be."""
        shutil.copytree(self.work / "logs", folder, dirs_exist_ok=True)

    def close(self, keep_logs: Path | None = None) -> None:
        """End everything at once and remove the work folder; a second call does nothing.

        Args:
            keep_logs: folder to copy the logs to first.

        Raises:
            HarnessTrouble: a process could not be ended, or the guardian had died before (its files are removed).
        """
        if self._closed:
            return
        self._closed = True
        try:
            if keep_logs is not None:
                self.keep_logs(keep_logs)
        finally:
            _end_children(self._children)
            try:
                self._pen.close()
            finally:
                self._lease.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_site(
    topology: Topology,
    parts: Parts,
    settings: EmbeddedSettings,
    on_progress: Callable[[str], None] | None = None,
    cache: Path | None = None,
) -> EmbeddedSite:
    """Build a topology: room, links and addresses run, every node is still empty.

    Args:
        on_progress: told in a line what is being waited for, where that takes seconds.
        cache: folder for initialised data directories; the user's cache folder by default.

    Raises:
        WrongCall: a port is busy, or a folder cannot be written to.
        HarnessTrouble: something of our own did not come up.
    """
    say = on_progress or (lambda _line: None)
    work = new_work_folder(settings.work_root)
    for folder in clear_dead_runs(work.parent):
        say(f"cleared {folder}, left behind by a run that died")
    with contextlib.ExitStack() as undo:
        lease = lease_network(settings.networks)
        undo.callback(lease.release)
        plan = plan_network(topology, lease.network, settings)
        require_free(plan.listeners)
        template = template_folder(cache or cache_folder(os.environ), parts.mysql)
        configuration = _configuration(topology, parts, settings, plan, work, template)
        pen = start_pen(
            work,
            configuration.to_json(),
            namespaces=configuration.namespaces,
            keep_fds=(lease.holder.fileno(),),
            timeout_s=settings.ready_timeout_s,
        )
        undo.callback(pen.close)
        site = _assemble(topology, plan, pen, lease, configuration)
        _bring_up(site, topology, parts, settings, plan)
        if not template.is_dir():
            say(f"initialising a data directory for MySQL {parts.mysql.version}, once")
            _initialise(site, template, parts.mysql, settings.initialise_timeout_s)
        undo.pop_all()
    return site


def _configuration(
    topology: Topology, parts: Parts, settings: EmbeddedSettings, plan: NetworkPlan, work: Path, template: Path
) -> RoomConfiguration:
    servers, ids = dict(plan.servers), dict(plan.server_ids)
    return RoomConfiguration(
        work=str(work),
        namespaces=settings.namespaces == "auto" and namespaces_allowed(),
        control=plan.control,
        control_token=secrets.token_urlsafe(),
        racks=dict(plan.rack_hosts),
        rack_token=secrets.token_urlsafe(),
        nodes=tuple(
            NodePlace(node.name, node.rack, servers[node.name].host, servers[node.name].port, ids[node.name])
            for node in topology.nodes
        ),
        installation=parts.mysql,
        template=str(template),
        variables=settings.variables,
        env=mark_environment(work, {}),
    )


def _assemble(
    topology: Topology, plan: NetworkPlan, pen: Pen, lease: Lease, configuration: RoomConfiguration
) -> EmbeddedSite:
    room = RoomClient(plan.control, configuration.control_token)
    return EmbeddedSite(
        inventory=plan.inventory(topology, str(_address_control(pen.work))),
        manager=plan.manager,
        rack_token=configuration.rack_token,
        work=pen.work,
        nodes=Nodes(room),
        links=Links(ToxiproxyServer(plan.toxiproxy), plan.proxies),
        _programs=Programs(room, pen.work),
        _pen=pen,
        _lease=lease,
    )


def _address_control(work: Path) -> Path:
    return work / "haproxy.sock"


def _bring_up(
    site: EmbeddedSite, topology: Topology, parts: Parts, settings: EmbeddedSettings, plan: NetworkPlan
) -> None:
    """Toxiproxy and HAProxy start side by side."""
    api = ("-host", plan.toxiproxy.host, "-port", str(plan.toxiproxy.port))
    toxiproxy = site.spawn(TOXIPROXY, (*parts.toxiproxy, *api), {"LOG_LEVEL": "fatal"})
    control = _address_control(site.work)
    config = site.work / "haproxy.cfg"
    config.write_text(haproxy_config(topology, plan, control), encoding="utf-8")
    haproxy = site.spawn(HAPROXY, (*parts.haproxy, "-db", "-f", str(config)))
    server = ToxiproxyServer(plan.toxiproxy)
    _await(toxiproxy, server.answers, settings.ready_timeout_s)
    server.populate(plan.proxies)
    _await(haproxy, control.is_socket, settings.ready_timeout_s)


def _await(process: Process, answers: Callable[[], bool], timeout_s: float) -> None:
    def probe() -> bool | NotYet:
        if answers():
            return True
        process.require_running()
        return NotYet("it runs and does not answer")

    until(probe, f"{process.name} to answer", timeout_s=timeout_s, interval_s=0.005)


def _initialise(site: EmbeddedSite, template: Path, installation: Installation, timeout_s: float) -> None:
    log = site.work / "logs" / "initialise.log"
    make_template(template, installation, lambda argv: site.spawn("initialise", argv).wait(timeout_s), log)


def _end_children(children: list[subprocess.Popen[str]]) -> None:
    for child in children:
        child.kill()
    for child in children:
        child.wait(_CHILD_TIMEOUT_S)
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
