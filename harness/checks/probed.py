"""HA-2: whether a replaced server was asked to write, past every link, once it was back. Unit: attempts.

That it was never primary again is known only from probes that it turned away; without them silence would pass.
"""

from typing import Final

import numpy as np

from hadrill.harness.checks.columns import acknowledged_writes, are, numbers_in, select
from hadrill.harness.checks.ownership import Window, events_of, possible
from hadrill.harness.checks.wording import event_name, server_name
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Kind, Operations, Way
from hadrill.harness.model.verdict import Measure

AFTER_HEAL: Final = "attempts at the replaced server after its heal"


def probed(history: History, windows: tuple[Window, ...], grace_s: float) -> tuple[tuple[Measure, ...], str]:
    """The fewest probes that a replaced server got after its grace, and why they leave no verdict; empty if they do.

    Args:
        windows: the history's own (ownership.py).
        grace_s: seconds after the end of a fault's heal from which on probes count.

    Returns:
        No measure where no fault changed the owner.
    """
    probes = select(history.operations, are(history.operations, Kind.WRITE, way=Way.RACK))
    elsewhere = select(probes, ~possible(windows, probes))
    replaced = [
        (fault, old) for fault in history.faults if fault.disrupts for old in _replaced(history, windows, fault)
    ]
    counts = [_after_grace(elsewhere, fault, old, grace_s) for fault, old in replaced]
    measures = (Measure(AFTER_HEAL, float(min(counts)), "attempts"),) if counts else ()
    doubts = [
        _why(history, fault, old, grace_s) for (fault, old), count in zip(replaced, counts, strict=True) if not count
    ]
    return measures, "; ".join([*_never_probed(history, probes), *doubts])


def _replaced(history: History, windows: tuple[Window, ...], fault: FaultRecord) -> list[int]:
    """Who may have owned the writes when the fault struck, and cannot have kept them to the end of its window.

    Where the fault's own window shows no writes, the next one that does tells who took over. Nobody where there are no
    servers, and so no windows.
    """
    if not windows:
        return []
    place = int(np.searchsorted(events_of(history), fault.injected_ns, side="right"))
    tenures = next((window.tenures for window in windows[place:] if window.spans), ())
    began_ns = min((tenure.from_ns for tenure in tenures), default=0)
    ended_ns = max((tenure.until_ns for tenure in tenures), default=0)
    first = {tenure.server for tenure in tenures if tenure.from_ns == began_ns}
    kept = {tenure.server for tenure in tenures if (tenure.from_ns, tenure.until_ns) == (began_ns, ended_ns)}
    return sorted((windows[place].owners & first) - kept)


def _after_grace(elsewhere: Operations, fault: FaultRecord, old: int, grace_s: float) -> int:
    """Probes of that server after its grace, at times when it cannot have been the owner again."""
    if fault.healed_ns is None:
        return 0
    late = elsewhere["sent_ns"] > fault.healed_ns + round(grace_s * 1e9)
    return int((late & (elsewhere["server"] == old)).sum())


def _why(history: History, fault: FaultRecord, old: int, grace_s: float) -> str:
    name, event = server_name(history, old), event_name(fault)
    if fault.healed_ns is None:
        return f"{event} was not healed, so that {name} could not be asked to write afterwards"
    if history.operations["sent_ns"].max() <= fault.healed_ns + round(grace_s * 1e9):
        return f"the load ended before {name} could be asked to write {grace_s:g} s after the heal of {event}"
    return f"{name} was replaced, and no write was tried beside it later than {grace_s:g} s after the heal of {event}"


def _never_probed(history: History, probes: Operations) -> list[str]:
    """Servers that acknowledged writes, over whatever way, and were never asked past every link."""
    active = set(numbers_in(acknowledged_writes(history)["server"])) & set(range(len(history.roster.servers)))
    names = [server_name(history, server) for server in sorted(active - set(numbers_in(probes["server"])))]
    return [f"no write was ever tried beside {' or '.join(names)}, past the address"] if names else []
