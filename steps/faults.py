"""Sentences about what breaks and what is mended."""

from hadrill.harness.drill.drill import Drill
from pytest_bdd import parsers, when


@when("the primary loses its process")
def kill_primary(drill: Drill) -> None:
    """Killed, and kept down until the heal."""
    drill.kill_primary()


@when("the primary freezes")
def freeze_primary(drill: Drill) -> None:
    """Paused: its kernel still accepts connections."""
    drill.freeze_primary()


@when("the primary is cut off")
def isolate_primary(drill: Drill) -> None:
    """Its rack loses every byte to and from the rest."""
    drill.isolate_primary()


@when(parsers.parse('the secondary\'s acknowledgements are held back for the objective "{objective}"'))
def hold_acknowledgements(drill: Drill, objective: str) -> None:
    """One direction of one link."""
    drill.hold_acknowledgements(objective)


@when("replication to the secondary runs late")
def delay_replication(drill: Drill) -> None:
    """The other direction of that link."""
    drill.delay_replication()


@when("the primary is lost together with what was on its way")
def lose_primary_and_link(drill: Drill) -> None:
    """The replication link is cut and the process killed."""
    drill.lose_primary_and_link()


@when("the fault is healed")
@when("the faults are healed")
def heal(drill: Drill) -> None:
    """With proof."""
    drill.heal()
