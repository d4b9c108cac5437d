"""Building a topology on this machine: from a plan to a running site in a fraction of a second."""

import contextlib
import os
import secrets
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hadrill.environments.embedded.hands import Nodes, Process, Programs
from hadrill.environments.embedded.haproxy import haproxy_config
from hadrill.environments.embedded.label import clear_dead_runs
from hadrill.environments.embedded.lease import Lease, lease_network, require_free
from hadrill.environments.embedded.links import Links
from hadrill.environments.embedded.live_site import EmbeddedSite
from hadrill.environments.embedded.network import NetworkPlan, plan_network
from hadrill.environments.embedded.pen import Pen, namespaces_allowed, start_pen
from hadrill.environments.embedded.program_names import HAPROXY, INITIALISE, TOXIPROXY
from hadrill.environments.embedded.room.configuration import RoomConfiguration
from hadrill.environments.embedded.room.nodes import NodePlace
from hadrill.environments.embedded.room_client import RoomClient
from hadrill.environments.embedded.settings import EmbeddedSettings
from hadrill.environments.embedded.template import make_template, template_folder
from hadrill.environments.embedded.toxiproxy import ToxiproxyServer
from hadrill.environments.embedded.work_folder import mark_environment, new_work_folder, require_space, work_root
from hadrill.environments.parts.settings import cache_folder
from hadrill.harness.engines.mysql.installation import Installation
from hadrill.harness.model.topology import Topology
from hadrill.harness.wait import NotYet, until

__all__ = ["EmbeddedSite", "Parts", "open_site"]


@dataclass(frozen=True, slots=True)
class Parts:
    """The real parts that a site is built of; what the commands of HAProxy and Toxiproxy begin with."""

    mysql: Installation
    haproxy: tuple[str, ...]
    toxiproxy: tuple[str, ...]


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
        WrongCall: a port is busy, a folder cannot be written to, or its disk is full.
        HarnessTrouble: something of our own did not come up.
    """
    say = on_progress or (lambda _line: None)
    work = new_work_folder(work_root(settings))
    for folder in (*clear_dead_runs(work.parent), *clear_dead_runs(Path(tempfile.gettempdir()))):
        say(f"cleared {folder}, left behind by a run that died")
    require_space(work.parent, settings.least_free_mib)
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
    quiet_on_one_core = {"LOG_LEVEL": "fatal", "GOMAXPROCS": "1"}  # handing bytes from core to core costs a fifth more
    toxiproxy = site.spawn(TOXIPROXY, (*parts.toxiproxy, *api), quiet_on_one_core)
    control = _address_control(site.work)
    config = site.work / "haproxy.cfg"
    config.touch(mode=0o600)
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
    log = site.work / "logs" / f"{INITIALISE}.log"
    make_template(template, installation, lambda argv: site.spawn(INITIALISE, argv).wait(timeout_s), log)
