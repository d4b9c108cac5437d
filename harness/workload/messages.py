"""What the load process says on its standard output, one JSON object a line, and what it is told after its settings."""

import json
from dataclasses import asdict, dataclass
from typing import Any, Final

from pydantic import TypeAdapter

from hadrill.harness.evidence.segments import Segment
from hadrill.harness.model.history import Stall

STOP: Final = "stop"
STATUS: Final = "status"


@dataclass(frozen=True, slots=True)
class Ready:
    """Every writer has had its first acknowledgement."""


@dataclass(frozen=True, slots=True)
class Status:
    """How the writes over the address stand; for a person to watch, never judged.

    Attributes:
        at_ns: monotonic clock.
        acknowledged, refused, indeterminate: writes so far.
        writes_per_s: acknowledged ones, over the last second.
        silent_s: seconds since the last acknowledgement; None before the first.
        last_outage_s: length of the last gap of 0.1 s or more between two acknowledgements; None if there was none.
        server: index of the server that acknowledged last; None before the first.
        waiting: names of the writers that have had no acknowledgement yet.
        lag_s: by node, for each server that a reader looks at, the age in seconds of the newest heartbeat that it
            showed; None before the first.
        all_since_ns: every writer has been acknowledged something that it sent at or after this; monotonic clock, None
            while one is waiting.
    """

    at_ns: int
    acknowledged: int
    refused: int
    indeterminate: int
    writes_per_s: float
    silent_s: float | None
    last_outage_s: float | None
    server: int | None
    waiting: tuple[str, ...]
    lag_s: tuple[tuple[str, float | None], ...] = ()
    all_since_ns: int | None = None


@dataclass(frozen=True, slots=True)
class Sealed:
    """A part of the ledger is on disk."""

    segment: Segment


@dataclass(frozen=True, slots=True)
class Stalled:
    """The load process itself, or the disk that it writes to, did not go on for a while."""

    stall: Stall


@dataclass(frozen=True, slots=True)
class Strange:
    """Something that a client met and that has no place in what we know; each kind is told once a client.

    Attributes:
        client: its name.
        error: MySQL error number; 0 where it is no error.
        text: in the server's or the driver's words.
    """

    client: str
    error: int
    text: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """Every client has stopped and every operation is sealed; the last line."""

    operations: int


Message = Ready | Status | Sealed | Stalled | Strange | Stopped

_KINDS: Final[dict[str, TypeAdapter[Message]]] = {
    "ready": TypeAdapter(Ready),
    "status": TypeAdapter(Status),
    "segment": TypeAdapter(Sealed),
    "stall": TypeAdapter(Stalled),
    "strange": TypeAdapter(Strange),
    "stopped": TypeAdapter(Stopped),
}
_NAMES: Final = {
    Ready: "ready",
    Status: "status",
    Sealed: "segment",
    Stalled: "stall",
    Strange: "strange",
    Stopped: "stopped",
}


def to_line(message: Message) -> str:
    """The message as a line of JSON with its kind under ``event``."""
    return json.dumps({"event": _NAMES[type(message)]} | asdict(message), separators=(",", ":")) + "\n"


def from_line(line: str) -> Message:
    """The message that a line carries.

    Raises:
        ValueError: it is none of the load process's lines.
    """
    fields: Any = json.loads(line)
    if not isinstance(fields, dict) or fields.get("event") not in _KINDS:
        raise ValueError(f"not a message of the load process: {line[:200]!r}")
    return _KINDS[fields.pop("event")].validate_python(fields)


def command(what: str) -> str:
    """A command line for the load process: ``STOP`` or ``STATUS``."""
    return json.dumps({"do": what}) + "\n"
