"""What a scenario breaks and mends, each with its proof on record."""

from collections.abc import Callable
from typing import Final

from hadrill.environments.toxics import Stream
from hadrill.harness.drill.proved import followed_soon, proved
from hadrill.harness.drill.recorder import Recorder
from hadrill.harness.drill.stage import Stage
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.faults.answer_lost import AnswerLost
from hadrill.harness.faults.blip import Blip
from hadrill.harness.faults.fault import AT_ONCE, Fault, Strike
from hadrill.harness.faults.ledger import FaultLedger
from hadrill.harness.faults.line_cut import LineCut
from hadrill.harness.faults.line_file import line_named
from hadrill.harness.faults.line_laid import LineLaid
from hadrill.harness.faults.link_flapping import LinkFlapping
from hadrill.harness.faults.link_one_way import LinkOneWay
from hadrill.harness.faults.manager_killed import ManagerKilled
from hadrill.harness.faults.manager_link_cut import ManagerLinkCut
from hadrill.harness.faults.manager_paused import ManagerPaused
from hadrill.harness.faults.plan import nodes_on
from hadrill.harness.faults.process_killed import ProcessKilled
from hadrill.harness.faults.process_paused import ProcessPaused
from hadrill.harness.faults.rack_isolated import RackIsolated
from hadrill.harness.faults.rack_lost import RackLost
from hadrill.harness.faults.rack_refused import RackRefused
from hadrill.harness.faults.rack_resetting import RackResetting
from hadrill.harness.faults.rack_slow import RackSlow
from hadrill.harness.faults.rack_stalled import RackStalled
from hadrill.harness.faults.region_isolated import RegionIsolated
from hadrill.harness.faults.region_lost import RegionLost
from hadrill.harness.faults.replication_held import ACKNOWLEDGEMENTS, EVENTS, ReplicationHeld
from hadrill.harness.faults.server import RUNS
from hadrill.harness.faults.zone_lost import ZoneLost
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.topology import ADDRESS, Link

HEAL_LIMIT_S: Final = 60.0
LATE_MS: Final = 200
"""How late events arrive in a loss scenario: long enough that a server which does not wait for them loses some."""

SECOND_LATE_MS: Final = 1000
"""Late enough for a switch to have to wait for it."""

TOO_SLOW_MS: Final = 3000
"""Longer than the service waits for any answer."""

RECEIVED_WITHIN_S: Final = 1.0
"""What is acknowledged later after a cut may be acknowledged without a secondary, by the document itself (HA-4)."""

QUICK_LOOK_S: Final = 0.15
"""Silence that proves a cut where the next fault has to follow soon."""

BLIP_S: Final = 0.3
FLAP_S: Final = 5.0
"""From one cut to the next: each lasts until the replica is given up, and is over before it is forgotten."""


class Breakage:
    """The faults of one scenario, aimed at nodes by name.

    Attributes:
        heal_began_ns, healed_ns: when the last heal began and was complete, monotonic; 0 before.
    """

    def __init__(self, stage: Stage, recorder: Recorder) -> None:
        self._site = stage.site
        self._seed = recorder.run.seed
        self._lines = recorder.run.plan.lines
        self._start_manager: Callable[[], None] = stage.start_manager
        self._ledger = FaultLedger(
            lambda fault: recorder.injecting(fault.name, fault.target), recorder.injected, recorder.healed
        )
        self.heal_began_ns = 0
        self.healed_ns = 0

    @property
    def standing(self) -> tuple[tuple[Fault, FaultRecord | None], ...]:
        """What is broken now, with its record; None for what is being broken."""
        return self._ledger.standing

    def kill(self, *nodes: str) -> None:
        """The processes are gone at one instant and stay so."""
        self._inject_together(tuple(ProcessKilled(self._site, node) for node in nodes))

    def freeze(self, node: str) -> None:
        """The process stands still."""
        self._inject(ProcessPaused(self._site, node))

    def freeze_rack_of(self, node: str) -> None:
        """Every server that runs on the rack stands still, from one instant on."""
        on_rack = nodes_on(self._site.inventory.topology, (self._rack(node),))
        running = (each.name for each in on_rack if self._site.nodes.state(each.name).state in RUNS)
        self._inject_together(tuple(ProcessPaused(self._site, each) for each in running))

    def freeze_briefly(self, node: str) -> None:
        """The process stands still for 300 ms."""
        self._note((self._inject(Blip(ProcessPaused(self._site, node), BLIP_S)),))

    def power_off_rack_of(self, node: str, strike: Strike = AT_ONCE) -> None:
        """The rack's servers and links are gone at one instant."""
        self._inject(RackLost(self._site, self._rack(node)), strike)

    def lose_zone_of(self, node: str) -> None:
        """The same of all racks of the zone."""
        self._inject(ZoneLost(self._site, self._site.inventory.topology.node(node).zone))

    def isolate_rack_of(self, node: str) -> None:
        """Every byte to and from the rack is lost."""
        self._inject(RackIsolated(self._site, self._rack(node)))

    def isolate_briefly(self, node: str) -> None:
        """Every byte to and from the rack is lost for 300 ms."""
        self._note((self._inject(Blip(RackIsolated(self._site, self._rack(node)), BLIP_S)),))

    def stall_rack_of(self, node: str) -> None:
        """Every byte to and from the rack is held until the heal."""
        self._inject(RackStalled(self._site, self._rack(node)))

    def refuse_rack_of(self, node: str) -> None:
        """Connections to and from the rack end and are refused."""
        self._inject(RackRefused(self._site, self._rack(node)))

    def reset_rack_of(self, node: str) -> None:
        """Connections to and from the rack are reset when something is sent."""
        self._inject(RackResetting(self._site, self._rack(node)))

    def slow_rack_of(self, node: str) -> None:
        """Bytes to and from the rack come later than anybody waits for them."""
        self._inject(RackSlow(self._site, self._rack(node), TOO_SLOW_MS))

    def cut_manager_from(self, node: str) -> None:
        """The manager reaches neither the server nor its host."""
        self._inject(ManagerLinkCut(self._site, node))

    def lose_answers_of(self, node: str) -> None:
        """What clients ask over the address is done, and the answer is lost."""
        self._inject(AnswerLost(self._site, Link(ADDRESS, node)))

    def flap(self, replica: str, source: str) -> None:
        """The replica's link to its source is cut and carried in turns."""
        self._inject(LinkFlapping(self._site, Link(replica, source), FLAP_S))

    def lose_events(self, replica: str, source: str, strike: Strike = AT_ONCE) -> FaultRecord:
        """What the source sends is lost; what the replica sends is not."""
        return self._inject(LinkOneWay(self._site, Link(replica, source), Stream.DOWNSTREAM), strike)

    def lose_acknowledgements(self, replica: str, source: str) -> None:
        """What the replica sends is lost; what the source sends is not."""
        self._inject(LinkOneWay(self._site, Link(replica, source), Stream.UPSTREAM))

    def hold_acknowledgements(self, replica: str, source: str) -> FaultRecord:
        """The source does not hear from its replica."""
        return self._inject(ReplicationHeld(self._site, replica, source, ACKNOWLEDGEMENTS))

    def delay_events(self, replica: str, source: str, latency_ms: int = LATE_MS) -> None:
        """The replica hears from its source late."""
        self._inject(ReplicationHeld(self._site, replica, source, EVENTS, latency_ms))

    def lose_with_what_is_under_way(self, replica: str, source: str) -> None:
        """What is on the link never arrives, and then the source is gone.

        Acknowledgements of what had arrived still pass, so that each client gets to what does not.

        Raises:
            HarnessTrouble: it was gone so late that the service may have given the replica up before, rightly.
        """
        cut = self.lose_events(replica, source, Strike(silence_s=QUICK_LOOK_S))
        followed_soon(cut, self._inject(ProcessKilled(self._site, source)), RECEIVED_WITHIN_S)

    def lose_region(self, region: str) -> None:
        """All its racks lose power at one instant."""
        self._inject(RegionLost(self._site, region))

    def isolate_region(self, region: str) -> None:
        """It is cut off from the others and from the manager; its own clients go on in it."""
        self._inject(RegionIsolated(self._site, region))

    def cut_line(self, one: str, other: str) -> None:
        """Every byte between the nodes of two regions is lost; clients and manager reach both."""
        self._inject(LineCut(self._site, one, other))

    def lay_line(self, one: str, other: str, line: str) -> FaultRecord:
        """What runs between two regions takes its time, as over this line; what was connected has to connect again."""
        return self._inject(LineLaid(self._site, one, other, line_named(line, self._lines), self._seed))

    def kill_manager(self) -> None:
        """Nobody watches the servers."""
        self._inject(ManagerKilled(self._site, self._start_manager))

    def freeze_manager(self) -> None:
        """Nobody watches the servers, and whoever is asked to does not say so."""
        self._inject(ManagerPaused(self._site))

    def heal(self) -> None:
        """Mend everything that is broken, and see that it is whole.

        Raises:
            HarnessTrouble: something could not be mended, or was not seen to be; names it.
        """
        self._note(self._ledger.heal_all(HEAL_LIMIT_S))

    def heal_only(self, target: str) -> None:
        """Mend what is broken on one target; see ``heal``."""
        chosen = tuple(fault for fault in self._ledger.injected if fault.target == target)
        if not chosen:
            broken = ", ".join(f"{fault.name} of {fault.target}" for fault in self._ledger.injected) or "nothing"
            raise HarnessTrouble(f"nothing is broken on {target} that could be healed alone; broken is {broken}")
        self._note(self._ledger.heal(chosen, HEAL_LIMIT_S))

    def _inject(self, fault: Fault, strike: Strike = AT_ONCE) -> FaultRecord:
        """Break something, and see that it is broken."""
        (record,) = proved(self._ledger.inject(fault, strike))
        return record

    def _inject_together(self, faults: tuple[Fault, ...]) -> None:
        if len(faults) == 1:
            self._inject(*faults)
        else:
            proved(*self._ledger.inject_together(faults))

    def _note(self, healed: tuple[FaultRecord, ...]) -> None:
        if healed:
            self.heal_began_ns = min(record.heal_began_ns or 0 for record in healed)
        self.healed_ns = max(self.healed_ns, *(record.healed_ns or 0 for record in healed), 0)
        proved(*healed)

    def _rack(self, node: str) -> str:
        return self._site.inventory.topology.node(node).rack
