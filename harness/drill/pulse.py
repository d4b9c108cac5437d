"""How a scenario stands at one moment, for a person who watches: nothing here is on record, nothing is judged by it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import Final, TypeVar

from hadrill.harness.drill.drill import Drill
from hadrill.harness.errors import HadrillError
from hadrill.harness.model.instance import Instance
from hadrill.harness.model.topology import Link, Topology
from hadrill.harness.service.reference import ReferenceService
from hadrill.harness.workload.messages import Status

PATIENCE_S: Final = 0.5
TROUBLE: Final = (HadrillError, OSError, ValueError, LookupError)
"""What asking something that is broken, or on its way up or down, may raise."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StandingFault:
    """A fault that is not healed.

    Attributes:
        name, target: as in its record.
        since_ns: monotonic clock; None while it is being injected.
    """

    name: str
    target: str
    since_ns: int | None


@dataclass(frozen=True, slots=True)
class Pulse:
    """What could be learned at one moment.

    Attributes:
        topology: where everything stands.
        instances: as the service described them last.
        processes: what became of a member's server, by node: ``running``, ``paused``, ``exited``, ...
        faults: not healed, in the order in which they were injected.
        links: the broken ones, each with what is on it.
        load: how the writes stood when the load said so last; None where no load runs.
        answered_last: the node that acknowledged last; empty where nobody has.
        lag_s: by node, seconds that a reader is behind the writers.
        unknown: what could not be learned just now, and why.
    """

    topology: Topology
    instances: tuple[Instance, ...] = ()
    processes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    faults: tuple[StandingFault, ...] = ()
    links: tuple[tuple[Link, str], ...] = ()
    load: Status | None = None
    answered_last: str = ""
    lag_s: Mapping[str, float | None] = field(default_factory=lambda: MappingProxyType({}))
    unknown: tuple[str, ...] = ()


class PulseTaker:
    """Takes the pulse of one drill, over a connection of its own; for one thread."""

    def __init__(self, drill: Drill) -> None:
        program = drill.stage.program
        self._drill = drill
        self._service = ReferenceService(program.endpoint, program.token, program.auditor, call_limit_s=PATIENCE_S)
        self._instances: tuple[Instance, ...] = ()
        self._unknown: list[str] = []

    def take(self) -> Pulse:
        """Look once; what cannot be learned is named, never raised."""
        self._unknown = []
        self._instances = self._learned("the service", self._service.instances, self._instances)
        nodes = [member.node for instance in self._instances for member in instance.members]
        broken = self._drill.faults.standing
        return self.freshened(
            Pulse(
                topology=self._drill.stage.site.inventory.topology,
                instances=self._instances,
                processes={node: self._learned(f"{node}'s host", partial(self._process, node), "?") for node in nodes},
                links=self._learned("Toxiproxy", self._broken_links, ()) if broken else (),
                unknown=tuple(self._unknown),
            )
        )

    def freshened(self, pulse: Pulse) -> Pulse:
        """The same with what is known without asking anybody: faults, and how the writes stand; from any thread."""
        load, nodes = self._drill.clients.latest, dict(enumerate(self._drill.clients.nodes))
        return replace(
            pulse,
            faults=tuple(
                StandingFault(fault.name, fault.target, record.injected_ns if record else None)
                for fault, record in self._drill.faults.standing
            ),
            load=load,
            answered_last=nodes.get(load.server, "") if load and load.server is not None else "",
            lag_s=dict(load.lag_s) if load else {},
        )

    def close(self) -> None:
        """Close the connection."""
        self._service.close()

    def _process(self, node: str) -> str:
        return self._drill.stage.site.nodes.state(node).state

    def _broken_links(self) -> tuple[tuple[Link, str], ...]:
        in_force = self._drill.stage.site.links.in_force()
        return tuple((link, ", ".join(map(str, toxics))) for link, toxics in in_force.items() if toxics)

    def _learned(self, whom: str, ask: Callable[[], T], otherwise: T) -> T:
        try:
            return ask()
        except TROUBLE as error:
            self._unknown.append(f"{whom} does not answer: {error}")
            return otherwise
