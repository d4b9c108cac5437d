"""Sentences about what breaks and what is mended."""

from pytest_bdd import parsers, when

from hadrill.harness.drill.drill import Drill


@when("the primary loses its process")
def kill_primary(drill: Drill) -> None:
    """Killed, and kept down until the heal."""
    drill.faults.kill(drill.primary)


@when("the primary freezes")
def freeze_primary(drill: Drill) -> None:
    """Paused: its kernel still accepts connections."""
    drill.faults.freeze(drill.primary)


@when("the primary is cut off")
def isolate_primary(drill: Drill) -> None:
    """Its rack loses every byte to and from the rest."""
    drill.faults.isolate_rack_of(drill.primary)


@when(parsers.parse('the secondary\'s acknowledgements are held back for the objective "{objective}"'))
def hold_acknowledgements(drill: Drill, objective: str) -> None:
    """One direction of one link."""
    drill.hold_acknowledgements(objective)


@when("replication to the secondary runs late")
def delay_replication(drill: Drill) -> None:
    """The other direction of that link."""
    drill.faults.delay_events(drill.secondary, drill.primary)


@when("the primary is lost together with what was on its way")
def lose_primary_and_link(drill: Drill) -> None:
    """The replication link is cut and the process killed."""
    drill.faults.lose_with_what_is_under_way(drill.secondary, drill.primary)


@when("the fault is healed")
@when("the faults are healed")
def heal(drill: Drill) -> None:
    """With proof."""
    drill.faults.heal()
