"""Whether a switch that was put off is begun now (pure)."""

from datetime import datetime

from hadrill.harness.model.instance import Role, State
from hadrill.harness.reference.decisions import Decisions
from hadrill.harness.reference.maintenance import next_window
from hadrill.harness.reference.records import OperationKind
from hadrill.harness.reference.scene import Begin, Scene


def due_switch(scene: Scene, now: datetime, decisions: Decisions) -> Begin | None:
    """The switch, within its period and while both servers are there; no operation is running.

    Args:
        scene: as it is where nothing else is to be done.
        now: wall clock, aware.
        decisions: whether it waits for its period.
    """
    record = scene.record
    secondary = record.node(Role.SECONDARY)
    rests = record.state is State.RUNNING and record.protected and all(look.answers for look in scene.looks.values())
    if record.switch_within is None or secondary is None or not rests or scene.just_undone:
        return None
    window = next_window(record.switch_within, now)
    if decisions.waits_for_period and not window.has_begun(now):
        return None
    arguments = {"from": record.primary, "to": secondary, "until": window.ends.isoformat()}
    return Begin(OperationKind.SWITCH, arguments)
