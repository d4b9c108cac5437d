"""Sentences about what breaks and what is mended."""

from pytest_bdd import parsers, when

from hadrill.harness.drill.breakage import SECOND_LATE_MS
from hadrill.harness.drill.drill import Drill
from hadrill.harness.model.topology import MANAGER


@when("the primary loses its process")
def kill_primary(drill: Drill) -> None:
    """Killed, and kept down until the heal."""
    drill.faults.kill(drill.primary)


@when("both primaries lose their process")
def kill_both_primaries(drill: Drill) -> None:
    """That of the instance and that of the one beside it, at one instant."""
    drill.faults.kill(drill.primary, drill.beside.primary)


@when("the secondary loses its process")
def kill_secondary(drill: Drill) -> None:
    """Killed, and kept down until the heal."""
    drill.faults.kill(drill.secondary)


@when("the primary freezes")
def freeze_primary(drill: Drill) -> None:
    """Paused: its kernel still accepts connections."""
    drill.faults.freeze(drill.primary)


@when("the secondary freezes")
def freeze_secondary(drill: Drill) -> None:
    """Paused: its kernel still accepts connections, and it receives nothing."""
    drill.faults.freeze(drill.secondary)


@when("the read-only instance loses its process")
def kill_read_only(drill: Drill) -> None:
    """Killed, and kept down until the heal."""
    drill.faults.kill(drill.read_only)


@when("the read-only instance freezes")
def freeze_read_only(drill: Drill) -> None:
    """Paused: its kernel still accepts connections."""
    drill.faults.freeze(drill.read_only)


@when("the rack of the read-only instance is cut off")
def isolate_read_only(drill: Drill) -> None:
    """It loses every byte to and from the rest."""
    drill.faults.isolate_rack_of(drill.read_only)


@when("the rack of the primary freezes")
def freeze_rack(drill: Drill) -> None:
    """All servers on it, at one instant."""
    drill.faults.freeze_rack_of(drill.primary)


@when("the rack of the primary loses power")
def power_off_rack(drill: Drill) -> None:
    """Its servers and its links, at one instant."""
    drill.faults.power_off_rack_of(drill.primary)


@when("the zone of the primary is lost")
def lose_zone(drill: Drill) -> None:
    """All its racks, at one instant."""
    drill.faults.lose_zone_of(drill.primary)


@when("the rack of the primary is cut off")
def isolate_rack(drill: Drill) -> None:
    """It loses every byte to and from the rest."""
    drill.faults.isolate_rack_of(drill.primary)


@when("the rack of the primary sends and gets nothing now")
def stall_rack(drill: Drill) -> None:
    """Bytes are held, and arrive after the heal."""
    drill.faults.stall_rack_of(drill.primary)


@when("the rack of the primary refuses connections")
def refuse_rack(drill: Drill) -> None:
    """Open ones end."""
    drill.faults.refuse_rack_of(drill.primary)


@when("the rack of the primary resets connections")
def reset_rack(drill: Drill) -> None:
    """As soon as something is sent over them."""
    drill.faults.reset_rack_of(drill.primary)


@when("the rack of the primary is too slow")
def slow_rack(drill: Drill) -> None:
    """Slower than anybody waits."""
    drill.faults.slow_rack_of(drill.primary)


@when("the primary freezes for 300 milliseconds")
def freeze_briefly(drill: Drill) -> None:
    """Paused and resumed."""
    drill.faults.freeze_briefly(drill.primary)


@when("the primary is cut off for 300 milliseconds")
def isolate_briefly(drill: Drill) -> None:
    """Its rack loses every byte, and then no more."""
    drill.faults.isolate_briefly(drill.primary)


@when("the manager is cut off from the primary")
def cut_manager(drill: Drill) -> None:
    """From its server and its host; the address still reaches it."""
    drill.faults.cut_manager_from(drill.primary)


@when("the address gets no answers from the primary")
def lose_answers(drill: Drill) -> None:
    """What clients ask is done, and they do not hear of it."""
    drill.faults.lose_answers_of(drill.primary)


@when("the secondary's link is cut again and again")
def flap_link(drill: Drill) -> None:
    """Cut and carried in turns."""
    drill.faults.flap(drill.secondary, drill.primary)


@when("the secondary no longer hears from the primary")
def cut_events(drill: Drill) -> None:
    """Events are lost, acknowledgements would pass."""
    drill.faults.lose_events(drill.secondary, drill.primary)


@when("the secondary is no longer heard by the primary")
def cut_acknowledgements(drill: Drill) -> None:
    """Acknowledgements are lost, events pass."""
    drill.faults.lose_acknowledgements(drill.secondary, drill.primary)


@when(parsers.parse('the secondary\'s acknowledgements are held back for the objective "{objective}"'))
def hold_acknowledgements(drill: Drill, objective: str) -> None:
    """One direction of one link."""
    drill.hold_acknowledgements(objective)


@when("replication to the secondary runs late")
def delay_replication(drill: Drill) -> None:
    """The other direction of that link."""
    drill.faults.delay_events(drill.secondary, drill.primary)


@when("replication to the secondary runs a second late")
def delay_replication_more(drill: Drill) -> None:
    """Late enough for a switch to have to wait for it."""
    drill.faults.delay_events(drill.secondary, drill.primary, SECOND_LATE_MS)


@when("replication from the secondary to the read-only instance will run late")
def delay_read_only(drill: Drill) -> None:
    """Once it follows that one."""
    drill.faults.delay_events(drill.read_only, drill.secondary)


@when("the primary is lost together with what was on its way")
def lose_primary_and_link(drill: Drill) -> None:
    """The replication link is cut and the process killed."""
    drill.faults.lose_with_what_is_under_way(drill.secondary, drill.primary)


@when("a switch is asked for, and amid it the rack of the primary loses power")
def power_off_rack_amid_a_switch(drill: Drill) -> None:
    """Once it is closed to customers."""
    drill.power_off_rack_amid_a_switch()


@when("the manager loses its process")
def kill_manager(drill: Drill) -> None:
    """Nobody watches the servers any more."""
    drill.faults.kill_manager()


@when("the manager freezes")
def freeze_manager(drill: Drill) -> None:
    """It goes on later, with what it knew before."""
    drill.faults.freeze_manager()


@when("the manager is healed")
def heal_manager(drill: Drill) -> None:
    """It alone; it finds its state as it left it."""
    drill.faults.heal_only(MANAGER)


@when("the secondary is healed")
def heal_secondary(drill: Drill) -> None:
    """It alone."""
    drill.faults.heal_only(drill.secondary)


@when("the fault is healed")
@when("the faults are healed")
def heal(drill: Drill) -> None:
    """With proof."""
    drill.faults.heal()
