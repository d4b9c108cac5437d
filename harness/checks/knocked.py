"""SW-3, HA-12: whether every account was tried at every server while things changed, and once they had changed.

The moment in which a door may stand open by mistake is the switch or the fault itself; attempts before and after it
say nothing about that moment. Nor do attempts at the secondary of before say anything about the one that is it now.
Unit: attempts to log in.
"""

from itertools import product
from typing import Final

import numpy as np

from hadrill.harness.checks.columns import are, read_only_servers, select
from hadrill.harness.checks.ownership import LATEST
from hadrill.harness.checks.wording import event_began_ns, event_name, server_name
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History, SwitchRecord
from hadrill.harness.model.operation import Kind, Operations, Way
from hadrill.harness.model.verdict import Measure

SHORTEST_S: Final = 0.5
"""Nothing is demanded in an event that was over sooner: visitors come every 200 ms and may be held up by an answer."""


def knocked(history: History, accounts: dict[str, list[int]]) -> tuple[tuple[Measure, ...], str]:
    """Each account's fewest attempts at any server during any event, and where there were none.

    Read-only instances are left out: customers are let in there. An attempt counts whatever came of it, and while it
    hangs: a server that a fault took away is knocked at all the same.

    Args:
        accounts: for each the numbers of the clients that come with it over ``Way.NODE``.

    Returns:
        One measure per account, none where nothing happened for ``SHORTEST_S``; a reason for no verdict, or empty.
    """
    events = [event for event in _events(history) if _ended_ns(event) - event_began_ns(event) >= SHORTEST_S * 1e9]
    open_to_all = read_only_servers(history)
    servers = [server for server in range(len(history.roster.servers)) if server not in open_to_all]
    places = list(product(events, servers))
    if not places:
        return (), ""
    logins = select(history.operations, are(history.operations, Kind.LOGIN, way=Way.NODE))
    counts = {
        account: [_attempts(logins, clients, server, event) for event, server in places]
        for account, clients in accounts.items()
    }
    measures = tuple(
        Measure(f"fewest attempts at a server during an event, {account}", float(min(tried)), "attempts")
        for account, tried in counts.items()
    )
    missing = [
        f"with {account} at {server_name(history, server)} during {event_name(event)}"
        for account, tried in counts.items()
        for (event, server), count in zip(places, tried, strict=True)
        if not count
    ]
    return measures, f"nobody tried to log in {', '.join(missing)}" if missing else ""


def refused_after(history: History, refused: Operations, accounts: dict[str, list[int]]) -> str:
    """Why nothing is known of the secondary since the last event was over; empty where each account was refused there.

    Nothing is demanded while one of them lasts, nor where the load ended sooner than ``SHORTEST_S`` after the last one.

    Args:
        refused: attempts that were refused at a server that cannot have owned the writes then.
        accounts: see ``knocked``.
    """
    last = max(_events(history), key=_ended_ns, default=None)
    if last is None or history.operations["received_ns"].max() - _ended_ns(last) < SHORTEST_S * 1e9:
        return ""
    late = select(refused, refused["sent_ns"] >= _ended_ns(last))
    never = [account for account, clients in accounts.items() if not np.isin(late["client"], clients).any()]
    sentence = f"no attempt at a secondary was refused after {event_name(last)} was over for the account"
    return f"{sentence} {' or '.join(never)}" if never else ""


def _events(history: History) -> list[FaultRecord | SwitchRecord]:
    """Those that may change the owner."""
    return [*(fault for fault in history.faults if fault.disrupts), *history.switches]


def _ended_ns(event: FaultRecord | SwitchRecord) -> int:
    """When it was over; never, where no end is on record."""
    end_ns = event.finished_ns if isinstance(event, SwitchRecord) else event.healed_ns
    return LATEST if end_ns is None else end_ns


def _attempts(logins: Operations, clients: list[int], server: int, event: FaultRecord | SwitchRecord) -> int:
    """How many of these clients' logins at that server were under way at some moment of the event."""
    theirs = (logins["server"] == server) & (logins["received_ns"] >= event_began_ns(event))
    theirs &= logins["sent_ns"] <= _ended_ns(event)
    return int((theirs & np.isin(logins["client"], clients)).sum())
