"""From what was recorded of a scenario to its course, as a picture shows it; pure."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import NO_SERVER, Kind, Operations, Outcome, Way
from hadrill.reports.course import SWITCH_ASKED, Band, CloseUp, Course, Floats, Mark

CLOSE_UP_S: Final = 10.0


def course_of(history: History, zero_ns: int, said: Iterable[Mark] = ()) -> Course | None:
    """The course of a scenario; None where nobody wrote over the address.

    Args:
        history: what was recorded.
        zero_ns: the scenario's start on the monotonic clock.
        said: the service's own marks, in seconds since the scenario's start.
    """
    writes = _writes_over_the_address(history)
    if not len(writes):
        return None
    sent_s, received_s = ((writes[column] - zero_ns) / 1e9 for column in ("sent_ns", "received_ns"))
    begins = _disruptions_s(history, zero_ns)
    firsts = tuple(mark for at_s in begins for mark in _first_write_after(at_s, writes, received_s, history))
    span = (min([float(sent_s[0]), *begins]), max([float(received_s.max()), *begins]))
    writers, client = np.unique(writes["client"], return_inverse=True)
    return Course(
        span=span,
        servers=history.roster.servers,
        clients=tuple(history.roster.clients[number].name for number in writers),
        sent_s=sent_s,
        latency_ms=(received_s - sent_s) * 1e3,
        server=writes["server"].astype(np.int64),
        client=client,
        outcome=writes["outcome"].astype(np.int64),
        faults=_fault_bands(history, zero_ns, span[1]),
        stalls=_stall_bands(history, zero_ns),
        marks=_marks(history, zero_ns, {*said, *firsts}),
        close_up=_close_up(begins, firsts, span),
    )


def _writes_over_the_address(history: History) -> Operations:
    operations = history.operations
    chosen: Operations = operations[
        np.isin(operations["kind"], (Kind.WRITE, Kind.TRANSFER)) & (operations["way"] == Way.ADDRESS)
    ]
    in_order: Operations = chosen[np.argsort(chosen["sent_ns"], kind="stable")]
    return in_order


def _disruptions_s(history: History, zero_ns: int) -> list[float]:
    moments_ns = [fault.injected_ns for fault in history.faults if fault.disrupts]
    return sorted(_since(zero_ns, at_ns) for at_ns in [*moments_ns, *(one.asked_ns for one in history.switches)])


def _marks(history: History, zero_ns: int, others: set[Mark]) -> tuple[Mark, ...]:
    asked = {Mark(_since(zero_ns, one.asked_ns), SWITCH_ASKED) for one in history.switches}
    injected = {Mark(_since(zero_ns, one.injected_ns), told(one)) for one in history.faults if one.disrupts}
    return tuple(sorted(others | asked | injected, key=lambda mark: mark.at_s))


def _first_write_after(at_s: float, writes: Operations, received_s: Floats, history: History) -> tuple[Mark, ...]:
    """The first acknowledgement by another server than the one that had acknowledged last."""
    acknowledged = (writes["outcome"] == Outcome.ACKNOWLEDGED) & (writes["server"] != NO_SERVER)
    before, after = acknowledged & (received_s <= at_s), acknowledged & (received_s > at_s)
    if not before.any():
        return ()
    owner = writes["server"][before][np.argmax(received_s[before])]
    other = after & (writes["server"] != owner)
    if not other.any():
        return ()
    first = np.argmin(received_s[other])
    server = history.roster.servers[writes["server"][other][first]]
    return (Mark(float(received_s[other][first]), f"first write on {server}"),)


def _fault_bands(history: History, zero_ns: int, end_s: float) -> tuple[Band, ...]:
    return tuple(
        Band(
            _since(zero_ns, fault.injected_ns),
            end_s if fault.healed_ns is None else _since(zero_ns, fault.healed_ns),
            told(fault),
        )
        for fault in history.faults
    )


def _stall_bands(history: History, zero_ns: int) -> tuple[Band, ...]:
    begins = ((_since(zero_ns, stall.began_ns), stall) for stall in history.stalls)
    return tuple(Band(begin_s, begin_s + stall.length_ns / 1e9, stall.process) for begin_s, stall in begins)


def _close_up(begins: list[float], firsts: tuple[Mark, ...], span: tuple[float, float]) -> CloseUp | None:
    """From before the first disruption to after the first write that followed it, at most ``CLOSE_UP_S`` later."""
    if not begins:
        return None
    since_s = begins[0]
    latest_s = min(since_s + CLOSE_UP_S, span[1])
    end_s = min([latest_s, *(mark.at_s for mark in firsts if mark.at_s > since_s)])
    margin_s = max(0.3 * (end_s - since_s), 0.1)
    return CloseUp(max(since_s - margin_s, span[0]), min(end_s + 1.5 * margin_s, span[1]), since_s)


def told(fault: FaultRecord) -> str:
    """The fault in words: ``process killed: a1``."""
    return f"{fault.name.replace('-', ' ')}: {fault.target}"


def _since(zero_ns: int, at_ns: int) -> float:
    return (at_ns - zero_ns) / 1e9
