"""A made-up history of any length (pure): a standard load's mix, the same every time, with nothing wrong in it."""

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from hadrill.harness.bench.course import NOBODY, SERVERS, Course
from hadrill.harness.model.history import Comparison, History
from hadrill.harness.model.operation import NO_SERVER, OPERATION, Client, Kind, Operations, Outcome, Roster, Way

SEED: Final = 4
TOTAL: Final = 100_000
READ_ONLY: Final = ("r1", "r2")
ACCOUNTS: Final = ("owner", "guest")
BEAT_NS: Final = 10_000_000
"""Of a writer; everybody else's is a multiple."""

_WRITERS: Final = 8
_TELLERS: Final = 2
_LOST_CONNECTION: Final = 2013
_NO_CONNECTION: Final = 2003
_READ_ONLY: Final = 1290
_OFFLINE: Final = 3032
_FIRST_KEY: Final = 1 << 40
_OPERATIONS_A_BEAT: Final = _WRITERS + _TELLERS / 2 + 1 / 5 + 3 * 4 / 5 + 2 / 20 + 2 / 5 + 2 * 3 / 20
"""Of all clients below, in a writer's beat; visitors ask twice where they are let in."""


@dataclass(slots=True)
class _Cast:
    """Clients and their operations as they are made up."""

    course: Course
    random: np.random.Generator
    clients: list[Client] = field(default_factory=list)
    parts: list[Operations] = field(default_factory=list)

    def join(self, client: Client) -> int:
        self.clients.append(client)
        return len(self.clients) - 1

    def beats(self, every: int) -> NDArray[np.int64]:
        """Times of sending, a bit off the beat."""
        period_ns = BEAT_NS * every
        first_ns = int(self.random.integers(period_ns))
        regular = np.arange(first_ns, self.course.end_ns, period_ns, dtype=np.int64)
        return regular + self.random.integers(0, 200_000, len(regular))

    def add(self, client: int, kind: Kind, sent_ns: NDArray[np.int64], **columns: Any) -> Operations:  # noqa: ANN401 - columns of several types
        """Answered after one to four milliseconds."""
        rows = np.zeros(len(sent_ns), dtype=OPERATION)
        rows["client"], rows["kind"], rows["sent_ns"] = client, kind, sent_ns
        rows["received_ns"] = sent_ns + self.random.integers(1_000_000, 4_000_000, len(sent_ns))
        rows["way"], rows["outcome"] = self.clients[client].way, Outcome.ACKNOWLEDGED
        for name, values in columns.items():
            rows[name] = values
        self.parts.append(rows)
        return rows


def generate(count: int) -> History:
    """About so many operations of a pair that is killed, heals and is switched back.

    Args:
        count: of operations; what comes of it is within a few percent.
    """
    length_ns = round(count / _OPERATIONS_A_BEAT) * BEAT_NS
    cast = _Cast(Course.of(length_ns), np.random.default_rng(SEED))
    writers = [_over_address(cast, f"writer-{place + 1}", Kind.WRITE, 1) for place in range(_WRITERS)]
    for place in range(_TELLERS):
        _over_address(cast, f"teller-{place + 1}", Kind.TRANSFER, 2)
    _stubborn(cast)
    _reader(cast, Client("reader-address", Way.ADDRESS, ACCOUNTS[0]), None, writers[:4])
    for place, node in enumerate(READ_ONLY, len(SERVERS)):
        _reader(cast, Client(f"reader-{node}", Way.READ_ONLY, ACCOUNTS[0]), place, writers[:4])
    for kind, key in ((Kind.TOTAL, TOTAL), (Kind.READ, 0)):
        _asker(cast, kind, key)
    for server, node in enumerate(SERVERS):
        _witness(cast, server, node)
        for account in ACCOUNTS:
            _visitor(cast, server, node, account)
    operations = np.concatenate(cast.parts)
    operations = operations[np.argsort(operations["received_ns"], kind="stable")]
    return History(
        roster=Roster(tuple(cast.clients), (*SERVERS, *READ_ONLY)),
        operations=operations,
        present=_present(operations),
        faults=(cast.course.fault,),
        switches=(cast.course.switch,),
        comparisons=(Comparison(*SERVERS, tables=2, rows=len(operations)),),
    )


def _answered(cast: _Cast, client: int, kind: Kind, sent_ns: NDArray[np.int64]) -> NDArray[np.int64]:
    """The beats that are answered; where nobody is there, and where the connection broke, it is turned away."""
    missed = cast.course.primary_at(sent_ns) == NOBODY
    missed[np.searchsorted(sent_ns, cast.course.breaks_ns)] = True
    cast.add(client, kind, sent_ns[missed], server=NO_SERVER, outcome=Outcome.REFUSED, error=_LOST_CONNECTION)
    answered: NDArray[np.int64] = sent_ns[~missed]
    return answered


def _over_address(cast: _Cast, name: str, kind: Kind, every: int) -> Operations:
    """Whatever is in flight when the primary goes is indeterminate; until there is another one, all is refused."""
    client = cast.join(Client(name, Way.ADDRESS, ACCOUNTS[0]))
    rows = cast.add(client, kind, cast.beats(every))
    rows["key"] = client * _FIRST_KEY + 1 + np.arange(len(rows))
    _answered_by_primary(cast, rows)
    for broken_ns in cast.course.breaks_ns:
        last = int(np.searchsorted(rows["sent_ns"], broken_ns)) - 1
        rows[last]["outcome"], rows[last]["error"] = Outcome.INDETERMINATE, _LOST_CONNECTION
        rows[last]["received_ns"] = broken_ns + 1_000_000
    return rows


def _answered_by_primary(cast: _Cast, rows: Operations) -> None:
    primary = cast.course.primary_at(rows["sent_ns"])
    rows["server"] = np.where(primary == NOBODY, NO_SERVER, primary)
    _turn_away(rows, primary == NOBODY, _NO_CONNECTION)


def _turn_away(rows: Operations, which: NDArray[np.bool_], error: int) -> None:
    rows["outcome"][which], rows["error"][which] = Outcome.REFUSED, error


def _stubborn(cast: _Cast) -> None:
    """Its connection breaks with the first server and is never replaced."""
    client = cast.join(Client("stubborn", Way.ADDRESS, ACCOUNTS[0], reconnects=False))
    rows = cast.add(client, Kind.WRITE, cast.beats(5), server=0)
    rows["key"] = client * _FIRST_KEY + 1 + np.arange(len(rows))
    _turn_away(rows, rows["sent_ns"] >= cast.course.breaks_ns[0], _LOST_CONNECTION)


def _reader(cast: _Cast, reader: Client, server: int | None, writers: list[Operations]) -> None:
    """At each beat it is shown the newest row of each writer, by the primary or by one server of its own."""
    client = cast.join(reader)
    sent_ns = cast.beats(5)
    if server is None:
        sent_ns = _answered(cast, client, Kind.SEEN, sent_ns)
    received_ns = sent_ns + cast.random.integers(1_000_000, 2_000_000, len(sent_ns))
    by = cast.course.primary_at(sent_ns) if server is None else server
    for rows in writers:
        shown = rows[rows["outcome"] == Outcome.ACKNOWLEDGED]
        newest = np.searchsorted(shown["received_ns"], sent_ns)
        keys = np.concatenate([np.zeros(1, dtype=np.uint64), shown["key"]])[newest]
        cast.add(client, Kind.SEEN, sent_ns, key=keys, received_ns=received_ns, server=by)


def _asker(cast: _Cast, kind: Kind, key: int) -> None:
    client = cast.join(Client(kind.name.lower(), Way.ADDRESS, ACCOUNTS[0]))
    sent_ns = _answered(cast, client, kind, cast.beats(20))
    _answered_by_primary(cast, cast.add(client, kind, sent_ns, key=key))


def _witness(cast: _Cast, server: int, node: str) -> None:
    """Beside a server; let in while that is the primary, and no later than a moment before it stops being it."""
    client = cast.join(Client(f"witness-{node}", Way.RACK, ACCOUNTS[0]))
    rows = cast.add(client, Kind.WRITE, cast.beats(5), server=server)
    rows["key"] = client * _FIRST_KEY + 1 + np.arange(len(rows))
    _let_in_at_primary(cast, rows, server, _READ_ONLY)


def _visitor(cast: _Cast, server: int, node: str, account: str) -> None:
    client = cast.join(Client(f"visitor-{node}-{account}", Way.NODE, account))
    sent_ns = cast.beats(20)
    logins = cast.add(client, Kind.LOGIN, sent_ns, server=server)
    _let_in_at_primary(cast, logins, server, _OFFLINE)
    let_in = logins[logins["outcome"] == Outcome.ACKNOWLEDGED]["received_ns"]
    reads = cast.add(client, Kind.READ, let_in, server=server)
    _let_in_at_primary(cast, reads, server, _OFFLINE)


def _let_in_at_primary(cast: _Cast, rows: Operations, server: int, error: int) -> None:
    """Let in where it is the primary from the sending to the answer."""
    is_primary = cast.course.primary_at(rows["sent_ns"]) == server
    is_primary &= cast.course.primary_at(rows["received_ns"]) == server
    _turn_away(rows, ~is_primary, error)
    _turn_away(rows, cast.course.dead(server, rows["sent_ns"]), _NO_CONNECTION)


def _present(operations: Operations) -> NDArray[np.uint64]:
    """All that was acknowledged, and every other one of what nobody knows."""
    wrote = np.isin(operations["kind"], (Kind.WRITE, Kind.TRANSFER))
    kept = wrote & (operations["outcome"] == Outcome.ACKNOWLEDGED)
    kept |= wrote & (operations["outcome"] == Outcome.INDETERMINATE) & (operations["key"] % 2 == 0)
    return np.sort(operations["key"][kept])
