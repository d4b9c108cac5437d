"""The ways in which the benchmark takes a primary away, and what each aims at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.harness.bench.figure import MEDIAN, P99
from hadrill.harness.bench.loaded_pair import LoadedPair
from hadrill.harness.faults.fault import Fault
from hadrill.harness.faults.process_killed import ProcessKilled
from hadrill.harness.faults.process_paused import ProcessPaused
from hadrill.harness.faults.rack_isolated import RackIsolated
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import SwitchRecord

Event = SwitchRecord | FaultRecord


@dataclass(frozen=True, slots=True)
class Kind:
    """A way in which the primary is taken away.

    Attributes:
        name: of such an event.
        measure: what is measured of it.
        objective: the one that the drill holds such an event to.
        aims: seconds, by ``MEDIAN`` and ``P99``.
        act: does it to a pair, and leaves the pair protected.
        witnessed: whether each server has a witness beside it, so that two primaries would be seen.
    """

    name: str
    measure: str
    objective: str
    aims: Mapping[str, float]
    act: Callable[[LoadedPair], Event]
    witnessed: bool = False


def _by(fault: Callable[[EmbeddedSite, str], Fault]) -> Callable[[LoadedPair], Event]:
    """Strikes the primary's node with a fault."""
    return lambda pair: pair.strike(lambda node: fault(pair.stage.site, node))


def _isolated(site: EmbeddedSite, node: str) -> Fault:
    return RackIsolated(site, site.inventory.topology.node(node).rack)


SWITCH: Final = Kind("switchover", "switchover, outage", "switch", MappingProxyType({P99: 0.5}), LoadedPair.switch)
KILL: Final = Kind(
    "failover after kill -9",
    "failover after kill -9",
    "failover after a kill",
    MappingProxyType({MEDIAN: 0.5, P99: 1.0}),
    _by(ProcessKilled),
)
FREEZE: Final = Kind(
    "failover after a freeze",
    "failover after a freeze",
    "failover after a freeze",
    MappingProxyType({P99: 3.0}),
    _by(ProcessPaused),
    witnessed=True,
)
ISOLATION: Final = Kind(
    "failover after an isolation",
    "failover after an isolation",
    "failover after an isolation",
    MappingProxyType({P99: 3.0}),
    _by(_isolated),
    witnessed=True,
)
