"""Hand-made histories: times in milliseconds, servers by number, one row per operation."""

from typing import Any, Final

import numpy as np

from hadrill.harness.checks.columns import WRITES, are
from hadrill.harness.model.fault import FaultRecord, Proof
from hadrill.harness.model.history import History, SwitchRecord
from hadrill.harness.model.operation import NO_SERVER, OPERATION, Client, Kind, Outcome, Roster, Way
from hadrill.harness.model.verdict import Objective

A, B, C = 0, 1, 2
ROSTER: Final = Roster(
    clients=(
        Client("writer-1", Way.ADDRESS, "owner"),
        Client("writer-2", Way.ADDRESS, "owner"),
        Client("stubborn", Way.ADDRESS, "owner", reconnects=False),
        Client("witness", Way.RACK, "owner"),
        Client("visitor-owner", Way.NODE, "owner"),
        Client("visitor-reader", Way.NODE, "reader"),
        Client("reader-address", Way.ADDRESS, "reader"),
        Client("reader-c1", Way.READ_ONLY, "reader"),
        Client("reader-b1", Way.RACK, "auditor"),
        Client("transfer", Way.ADDRESS, "owner"),
        Client("intruder-c1", Way.READ_ONLY, "owner"),
        Client("caller", Way.RECOVERY, "owner"),
        Client("reader-recovery", Way.RECOVERY, "owner"),
    ),
    servers=("a1", "b1", "c1"),
)
PAIR: Final = Roster(ROSTER.clients, ROSTER.servers[:2])
WRITER_1, WRITER_2, STUBBORN, WITNESS, OWNER, READER, AT_ADDRESS, AT_C, AT_B, TRANSFER, INTRUDER, *_IN_RECOVERY = range(
    len(ROSTER.clients)
)
CALLER, AT_RECOVERY = _IN_RECOVERY
LIMIT: Final = Objective("failover after a kill", 3.0, "s", "a test")

Row = tuple[int, ...]


def ns(time_ms: float) -> int:
    """Milliseconds as nanoseconds."""
    return round(time_ms * 1e6)


def operation(
    server: int,
    sent_ms: float,
    received_ms: float,
    *,
    client: int = WRITER_1,
    kind: Kind = Kind.WRITE,
    outcome: Outcome = Outcome.ACKNOWLEDGED,
    key: int | None = None,
) -> Row:
    """One operation over its client's way; a write's key tells its client and when it was sent, if not given."""
    key = client * 1_000_000 + round(sent_ms) + 1 if key is None else key
    error = 0 if outcome is Outcome.ACKNOWLEDGED else 1290
    way = ROSTER.clients[client].way
    key = 0 if kind in (Kind.LOGIN, Kind.READ) else key
    return (key, ns(sent_ms), ns(received_ms), client, server, error, kind, way, outcome)


def load(server: int, from_ms: int, until_ms: int, every_ms: int = 10, client: int = WRITER_1) -> list[Row]:
    """Acknowledged writes one after the other, each answered after 2 ms."""
    return [operation(server, sent, sent + 2, client=client) for sent in range(from_ms, until_ms, every_ms)]


def visits(
    server: int, from_ms: int, until_ms: int, client: int = OWNER, outcome: Outcome = Outcome.REFUSED
) -> list[Row]:
    """A login at the server's own port every 100 ms."""
    times = range(from_ms, until_ms, 100)
    return [operation(server, at, at + 3, client=client, kind=Kind.LOGIN, outcome=outcome) for at in times]


def probes(server: int, from_ms: int, until_ms: int) -> list[Row]:
    """Writes that the server refuses to its neighbour, every 50 ms."""
    return [refused(server, at, at + 1, client=WITNESS) for at in range(from_ms, until_ms, 50)]


def look(server: int, sent_ms: float, *shown: Row | None, client: int = AT_C, ms: float = 1) -> list[Row]:
    """A reader is shown these rows as the newest of their writers; None where a writer has none yet."""
    keys = [0 if row is None else row[0] for row in shown]
    return [operation(server, sent_ms, sent_ms + ms, client=client, kind=Kind.SEEN, key=key) for key in keys]


def refused(server: int, sent_ms: float, received_ms: float, client: int = WRITER_1) -> Row:
    """A write answered with a definite error."""
    return operation(server, sent_ms, received_ms, client=client, outcome=Outcome.REFUSED)


def unknown(sent_ms: float, received_ms: float, client: int = WRITER_1) -> Row:
    """A write whose answer never came, from a server that was never learned."""
    return operation(NO_SERVER, sent_ms, received_ms, client=client, outcome=Outcome.INDETERMINATE)


def errors(from_ms: int, until_ms: int) -> list[Row]:
    """Attempts that nobody answers, one every 100 ms."""
    return [unknown(at, at + 90) for at in range(from_ms, until_ms, 100)]


def history(*rows: Row | list[Row], **fields: Any) -> History:
    """A history of these operations; at the end all that was acknowledged is there, unless ``present`` says other.

    Its servers are the three of ``ROSTER``, unless ``roster`` says other.
    """
    flat: list[Row] = []
    for row in rows:
        flat.extend([row] if isinstance(row, tuple) else row)
    operations = np.array(flat, dtype=OPERATION)
    acknowledged = are(operations, WRITES, Outcome.ACKNOWLEDGED)
    fields.setdefault("present", operations["key"][acknowledged])
    return History(fields.pop("roster", ROSTER), operations, **fields)


def keys(*rows: Row) -> tuple[int, ...]:
    """The keys of these writes, in order."""
    return tuple(sorted(row[0] for row in rows))


def fault(injected_ms: float, heal_ms: float | None = None, healed_ms: float | None = None) -> FaultRecord:
    """The primary killed, effective 1 ms later; healed within 10 ms where nothing else is said."""
    proof = Proof(True, "as it should be", ns(injected_ms + 1))
    if heal_ms is None:
        return FaultRecord("process-killed", "a1", ns(injected_ms), ns(injected_ms + 1), proof, disrupts=True)
    healed_ns = ns(heal_ms + 10 if healed_ms is None else healed_ms)
    return FaultRecord(
        "process-killed", "a1", ns(injected_ms), ns(injected_ms + 1), proof, True, ns(heal_ms), healed_ns, proof
    )


def switch(asked_ms: float, finished_ms: float | None) -> SwitchRecord:
    """A switch asked for."""
    return SwitchRecord(ns(asked_ms), None if finished_ms is None else ns(finished_ms))
