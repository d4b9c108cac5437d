"""Which server may have owned the writes, and when: deduced from what clients were told, never from the manager.

The time is cut into windows at each fault that takes a server away and at each switch asked for. Ownership changes at
most once in a window. A write was committed somewhere between its sending and its answer, and only by the owner. So
in a window in which A's writes and later B's were acknowledged, A may have been the owner until B first answered,
and B since A's last write was sent. A window that begins with an event may have a change that no write shows; the one
before the first event may not. Writes that span two windows say nothing certain and are left aside.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from hadrill.harness.checks.columns import Mask, acknowledged_writes
from hadrill.harness.checks.groups import Groups
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Operations, Way

EARLIEST: Final = int(np.iinfo(np.int64).min)
LATEST: Final = int(np.iinfo(np.int64).max)


@dataclass(frozen=True, slots=True)
class Span:
    """What is certain of one server's acknowledged writes in one window.

    Attributes:
        server: index into the roster's servers.
        first_ns: when the earliest answer was there: it had acknowledged by then.
        last_ns: when the latest write was sent: it acknowledged after that.
    """

    server: int
    first_ns: int
    last_ns: int


@dataclass(frozen=True, slots=True)
class Tenure:
    """A time in which a server may have owned the writes, both ends included."""

    server: int
    from_ns: int
    until_ns: int


@dataclass(frozen=True, slots=True)
class Window:
    """The time from one event to the next.

    Attributes:
        owners: servers that may have owned the writes when it began.
        spans: of the servers that acknowledged writes over the address in it.
        tenures: who may have owned them when; everybody always, where no order explains the writes.
        unexplained: no order does: the address led to more servers than one at a time, or to more than two in turn.
    """

    owners: frozenset[int]
    spans: tuple[Span, ...]
    tenures: tuple[Tenure, ...]
    unexplained: bool = False


@dataclass(frozen=True, slots=True)
class _Course:
    """One way a window may have gone: ``first`` owned the writes, then ``last``, changed within these times."""

    first: int
    last: int
    earliest_ns: int
    latest_ns: int


def events_of(history: History) -> NDArray[np.int64]:
    """Where windows begin, on the monotonic clock, in order."""
    times = [fault.injected_ns for fault in history.faults if fault.disrupts]
    times += [switch.asked_ns for switch in history.switches]
    return np.unique(np.array(times, dtype=np.int64))


def windows_of(history: History) -> tuple[Window, ...]:
    """Every window with what is known of ownership in it.

    The address's own writes alone are asked: what other ways let in is judged by this and cannot vouch for itself.
    """
    events = events_of(history)
    everybody = range(len(history.roster.servers))
    limits = [EARLIEST, *events.tolist(), LATEST]
    owners = frozenset(everybody)
    windows = []
    for number, spans in enumerate(spans_of(acknowledged_writes(history, Way.ADDRESS), events, len(everybody))):
        begin_ns, end_ns = limits[number], limits[number + 1]
        explained = _courses(spans, owners, everybody, begin_ns, end_ns) or _courses(
            spans, frozenset(everybody), everybody, begin_ns, end_ns
        )
        courses = explained or tuple(_Course(server, server, begin_ns, end_ns) for server in everybody)
        windows.append(Window(owners, spans, _tenures(courses, begin_ns, end_ns), not explained))
        owners = frozenset(course.last for course in courses)
    return tuple(windows)


def spans_of(writes: Operations, events: NDArray[np.int64], servers: int) -> tuple[tuple[Span, ...], ...]:
    """For each window, the spans of the servers with acknowledged writes certainly in it."""
    window = np.searchsorted(events, writes["sent_ns"], side="right")
    within = window == np.searchsorted(events, writes["received_ns"], side="right")
    within &= writes["server"] < servers
    cells = (len(events) + 1) * servers
    cell = window[within] * servers + writes["server"][within]
    groups = Groups.of(cell.astype(np.min_scalar_type(cells)))
    first, last = np.full(cells, LATEST), np.full(cells, EARLIEST)
    first[groups.numbers] = groups.smallest(writes["received_ns"][within])
    last[groups.numbers] = groups.largest(writes["sent_ns"][within])
    return tuple(
        tuple(
            Span(server, int(first[start + server]), int(last[start + server]))
            for server in range(servers)
            if last[start + server] > EARLIEST
        )
        for start in range(0, len(first), servers or 1)
    )


def possible(windows: tuple[Window, ...], operations: Operations) -> Mask:
    """Which operations the owner of the writes of that time may have answered."""
    mask = np.zeros(len(operations), dtype=np.bool_)
    server, sent_ns, received_ns = (operations[name].copy() for name in ("server", "sent_ns", "received_ns"))
    for tenure in (tenure for window in windows for tenure in window.tenures):
        mask |= (server == tenure.server) & (sent_ns <= tenure.until_ns) & (received_ns >= tenure.from_ns)
    return mask


def just_back(history: History, windows: tuple[Window, ...], operations: Operations, grace_s: float) -> Mask:
    """Which operations a server answered that a fault took away while it was the owner, just after its heal.

    HA-2 gives it this grace: from the beginning of the heal on, for requests sent until ``grace_s`` after its end.
    """
    events = events_of(history)
    mask = np.zeros(len(operations), dtype=np.bool_)
    for fault in history.faults:
        if fault.disrupts and fault.heal_began_ns is not None and fault.healed_ns is not None and windows:
            owners = windows[int(np.searchsorted(events, fault.injected_ns, side="right"))].owners
            until_ns = fault.healed_ns + round(grace_s * 1e9)
            in_time = (operations["received_ns"] >= fault.heal_began_ns) & (operations["sent_ns"] <= until_ns)
            mask |= in_time & np.isin(operations["server"], list(owners))
    return mask


def _courses(
    spans: tuple[Span, ...], owners: frozenset[int], everybody: range, begin_ns: int, end_ns: int
) -> tuple[_Course, ...]:
    """Every way the window may have gone that agrees with its writes, from one of these owners."""
    seen = {span.server: span for span in spans}
    courses = []
    for first in sorted(owners):
        for last in everybody:
            changed = first != last
            # Before the first event nobody asked for a change and nothing called for one: only writes can show it.
            unseen = changed and not {first, last} <= seen.keys()
            if seen.keys() - {first, last} or (unseen and begin_ns == EARLIEST):
                continue
            earliest_ns = seen[first].last_ns if changed and first in seen else begin_ns
            latest_ns = seen[last].first_ns if changed and last in seen else end_ns
            if earliest_ns <= latest_ns:
                courses.append(_Course(first, last, earliest_ns, latest_ns))
    return tuple(courses)


def _tenures(courses: tuple[_Course, ...], begin_ns: int, end_ns: int) -> tuple[Tenure, ...]:
    """When each server may have owned the writes, over all the ways the window may have gone."""
    tenures = {Tenure(course.first, begin_ns, course.latest_ns): None for course in courses}
    tenures |= {Tenure(course.last, course.earliest_ns, end_ns): None for course in courses}
    return tuple(tenures)
