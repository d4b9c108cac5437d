"""How findings name servers, times and numbers of things."""

from collections.abc import Iterable

from hadrill.harness.checks.ownership import Span
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History, SwitchRecord


def moment(history: History, at_ns: int) -> str:
    """A time as seconds since the first operation of the history was sent."""
    began_ns = int(history.operations["sent_ns"].min()) if len(history.operations) else 0
    return f"{(at_ns - began_ns) / 1e9:.3f} s"


def server_name(history: History, server: int) -> str:
    """The node behind a number of the server column."""
    servers = history.roster.servers
    return servers[server] if server < len(servers) else "a server that was never learned"


def spans_named(history: History, spans: Iterable[Span]) -> str:
    """Each server with the time that is certain of its writes: a single one was sent before it was answered."""
    return " and ".join(
        f"{server_name(history, span.server)} (from an answer at {moment(history, span.first_ns)} "
        f"to a write sent at {moment(history, span.last_ns)})"
        for span in spans
    )


def number_of(count: int, thing: str) -> str:
    """``1 write``, ``2 writes``."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def event_name(event: FaultRecord | SwitchRecord) -> str:
    """``process-killed of a1`` or ``the switch``."""
    return "the switch" if isinstance(event, SwitchRecord) else f"{event.name} of {event.target}"


def event_began_ns(event: FaultRecord | SwitchRecord) -> int:
    """When the event began: the injection, or the request for the switch."""
    return event.asked_ns if isinstance(event, SwitchRecord) else event.injected_ns
