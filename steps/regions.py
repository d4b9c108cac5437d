"""Sentences about what breaks in regions, on the line between them, and in a pair that follows."""

from pytest_bdd import given, parsers, when

from hadrill.harness.drill.breakage import SECOND_LATE_MS
from hadrill.harness.drill.drill import Drill


@when("the manager loses its process and is started again")
def restart_manager(drill: Drill) -> None:
    """With all that it has on record."""
    drill.faults.kill_manager()
    drill.faults.heal()


@when("its first server loses its process")
def kill_first(drill: Drill) -> None:
    """The one that follows the master."""
    drill.faults.kill(drill.recovery.primary)


@when("its second server loses its process")
def kill_second(drill: Drill) -> None:
    """The one that stands by."""
    drill.faults.kill(drill.recovery.secondary)


@when("the master is heard a second late in the other region")
def delay_events(drill: Drill) -> None:
    """On the link that carries the synchronization."""
    drill.faults.delay_events(drill.recovery.primary, drill.primary, SECOND_LATE_MS)


@when("the line between the regions is cut")
def cut_line(drill: Drill) -> None:
    """Every byte between their servers is lost; clients and manager reach both."""
    drill.faults.cut_line(*drill.recovery.regions)


@given(parsers.parse('the line between the regions is like a "{line}"'))
@when(parsers.parse('the line between the regions is like a "{line}"'))
def lay_line(drill: Drill, line: str) -> None:
    """Latency, jitter, bandwidth and cuts, as features/objectives.yaml has them."""
    drill.lay_line(line)


@when("the line is lifted")
def lift_line(drill: Drill) -> None:
    """What runs between the regions is quick again."""
    drill.faults.heal()


@when("the region of the master is cut off from the others")
def isolate_region(drill: Drill) -> None:
    """From the other region and from the manager; its own clients go on."""
    drill.faults.isolate_region(drill.recovery.regions[0])


@when("the region of the master is lost")
def lose_region(drill: Drill) -> None:
    """All its racks lose power at one instant."""
    drill.faults.lose_region(drill.recovery.regions[0])
