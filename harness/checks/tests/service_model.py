"""A small model of a correct service, and the history that its clients have of it: one event, as a plan says.

Clients write one row after the other. A commit is seen by everybody at once, except behind a replica's lag. While
the service is away what is sent is refused, and what was on its way stays open, there or not, as the plan has it.
Times in milliseconds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from hadrill.harness.checks.tests.histories import (
    AT_ADDRESS,
    AT_B,
    AT_C,
    AT_RECOVERY,
    CALLER,
    INTRUDER,
    OWNER,
    READER,
    ROSTER,
    STUBBORN,
    TRANSFER,
    WITNESS,
    WRITER_1,
    WRITER_2,
    A,
    B,
    C,
    Row,
    look,
    operation,
)
from hadrill.harness.model.operation import NO_SERVER, Kind, Outcome, Roster

D: Final = 3
SERVERS: Final = Roster(ROSTER.clients, ("a1", "b1", "c1", "d1"))
"""A pair, its read-only instance, and one server in another region."""

END: Final = 3000
ASKED_AFTER: Final = 800
"""From a broken line to the request to promote the instance behind it."""

MONEY: Final = 1000
WATCHED: Final = (WRITER_1, WRITER_2)
NEVER: Final = 10**9


class Course(Enum):
    """What happens to the service."""

    QUIET = "nothing"
    SWITCH = "a switch"
    FAILOVER = "the primary lost, and the secondary takes over"
    BLIP = "the primary away for a moment"
    HOLD = "the secondary's acknowledgements held back"
    ALONE = "the secondary lost"
    DOWN = "the primary lost while it is alone"
    CUT = "the line to another region broken, and the instance there promoted"
    READS = "the instance in another region away for a moment"


@dataclass(frozen=True, slots=True)
class Plan:
    """One course, with all that is left to chance.

    Attributes:
        old: the primary at first.
        begin, away: when the event strikes, and for how long nobody is served.
        until, answer: from sending to commit and from commit to answer.
        lag_read_only, lag_recovery: of what stands behind.
        kept: whether what was on its way is there in the end.
        moves: whether the other server takes over.
    """

    course: Course
    old: int
    begin: int
    away: int
    until: int
    answer: int
    lag_read_only: int
    lag_recovery: int
    kept: bool
    moves: bool

    @property
    def other(self) -> int:
        """Of the pair, the one that is not the primary at first."""
        return B if self.old == A else A

    @property
    def back(self) -> int:
        """When clients are served again."""
        return self.begin + self.away

    @property
    def asked(self) -> int:
        """When the instance in another region was asked to take over."""
        return self.begin + ASKED_AFTER

    @property
    def promoted(self) -> int:
        """When it takes writes."""
        return self.asked + self.away if self.course is Course.CUT else NEVER

    @property
    def breaks(self) -> bool:
        """Whether connections to the address break; elsewhere commits wait, or nothing is felt."""
        return self.course in (Course.SWITCH, Course.FAILOVER, Course.BLIP, Course.DOWN)

    @property
    def waits(self) -> bool:
        """Whether commits wait for the end of the event."""
        return self.course in (Course.HOLD, Course.ALONE)

    @property
    def late(self) -> int:
        """How late the secondary answers at least before it takes over: something is on its way then."""
        return 60 if self.course is Course.FAILOVER else 0

    def keeps(self, client: int) -> bool:
        """Whether what that client had on its way is there in the end; a failover keeps something always."""
        return self.kept or (self.course is Course.FAILOVER and client == WRITER_1)

    def owner(self, at: int) -> int:
        """Who takes writes then, if anybody does."""
        return self.other if self.moves and at >= self.begin else self.old

    def served(self, at: int) -> bool:
        """Whether the primary answers then."""
        return not self.breaks or not self.begin <= at < self.back


@dataclass(frozen=True, slots=True)
class Written:
    """What clients wrote.

    Attributes:
        rows: every attempt over the address.
        keys, committed: of each row that is there in the end, and since when; in order of commit.
    """

    rows: list[Row]
    keys: NDArray[np.uint64]
    committed: NDArray[np.int64]

    def by(self, at: int) -> NDArray[np.uint64]:
        """Keys of the rows that were committed by then, in order of size."""
        return np.sort(self.keys[self.committed <= at])


def writes_of(plan: Plan) -> Written:
    """Two writers, one that moves money, one that does not connect again, and a neighbour who tries every server."""
    rows: list[Row] = []
    there: list[tuple[int, int]] = []
    for client, pause in ((WRITER_1, 15), (WRITER_2, 17), (TRANSFER, 90), (STUBBORN, 110)):
        for row, committed in _one_after_the_other(plan, client, pause):
            rows.append(row)
            there += [] if committed is None else [(committed, row[0])]
    for at in range(90, END - 5, 200):
        for server in (A, B):
            answer = _answer(plan, server, at + server)
            if plan.waits and answer is Outcome.ACKNOWLEDGED and plan.begin <= at + server <= plan.back:
                continue
            rows.append(operation(server, at + server, at + server, client=WITNESS, outcome=answer))
            there += [(at + server, rows[-1][0])] if answer is Outcome.ACKNOWLEDGED else []
    there.sort()
    keys = np.array([key for _, key in there], dtype=np.uint64)
    return Written(rows, keys, np.array([at for at, _ in there], dtype=np.int64))


def _one_after_the_other(plan: Plan, client: int, pause: int) -> Iterator[tuple[Row, int | None]]:
    """Each attempt, and when its row was there for everybody; None where it never was.

    Whose connection broke is told so by its next attempt, however late.
    """
    kind = Kind.TRANSFER if client == TRANSFER else Kind.WRITE
    at, connected = 1 + client, True
    while at < END:
        commit = at + plan.until
        if plan.waits and commit >= plan.begin and at < plan.back:
            commit = max(commit, plan.back)
        answered = commit + plan.answer
        outcome, server, seen = Outcome.ACKNOWLEDGED, plan.owner(commit), commit
        broken = plan.breaks and at >= plan.begin and (connected or client == STUBBORN)
        if broken or not plan.served(at):
            outcome, server, answered = Outcome.REFUSED, NO_SERVER, at + 1
        elif plan.breaks and at < plan.begin <= max(answered, at + plan.late):
            outcome, server, answered, seen = Outcome.INDETERMINATE, plan.old, plan.begin + 1, plan.back
        connected = connected and outcome is Outcome.ACKNOWLEDGED
        there = outcome is Outcome.ACKNOWLEDGED or (outcome is Outcome.INDETERMINATE and plan.keeps(client))
        yield operation(server, at, answered, client=client, kind=kind, outcome=outcome), seen if there else None
        at = answered + pause


def looks_of_readers(plan: Plan, written: Written) -> list[Row]:
    """At the address, beside the secondary until the event, at the read-only instance and in another region."""
    rows: list[Row] = []
    connected = True
    for at in range(25, END - 5, 50):
        if plan.breaks and at >= plan.begin and connected:
            connected = False
            rows.append(operation(NO_SERVER, at, at + 1, client=AT_ADDRESS, kind=Kind.READ, outcome=Outcome.REFUSED))
        elif plan.served(at):
            owner = plan.owner(at)
            rows += look(owner, at, *_newest(written, at), client=AT_ADDRESS)
            rows.append(operation(owner, at + 3, at + 4, client=AT_ADDRESS, kind=Kind.TOTAL, key=MONEY))
            rows.append(operation(owner, at + 5, at + 6, client=WRITER_2, kind=Kind.READ))
        if at < plan.begin - 5:
            rows += look(plan.other, at + 7, *_newest(written, at), client=AT_B)
        rows += look(C, at + 9, *_newest(written, at + 9 - plan.lag_read_only), client=AT_C)
        if not (plan.course is Course.READS and plan.begin <= at < plan.back):
            reached = min(at + 11, plan.begin if plan.course is Course.CUT else NEVER) - plan.lag_recovery
            rows += look(D, at + 11, *_newest(written, reached), client=AT_RECOVERY)
    return rows


def _newest(written: Written, at: int) -> list[Row | None]:
    """The newest row of each writer that is watched; their keys begin a million apart."""
    keys = written.keys[written.committed <= at]
    own = [keys[keys // 1_000_000 == writer] for writer in WATCHED]
    return [(int(each.max()),) if len(each) else None for each in own]


def knocks(plan: Plan) -> list[Row]:
    """At the servers' own doors, at the read-only instance and in another region: let in where that is right."""
    rows: list[Row] = []
    for at in range(10, END - 5, 200):
        for server in (A, B, D):
            place = at + 10 * server
            answer = _answer(plan, server, place)
            rows += [
                operation(server, place, place, client=client, kind=Kind.LOGIN, outcome=answer)
                for client in (OWNER, READER)
            ]
        rows.append(operation(C, at + 90, at + 91, client=INTRUDER, kind=Kind.READ))
        rows.append(operation(C, at + 92, at + 93, client=INTRUDER, outcome=Outcome.REFUSED))
        rows += _calls(plan, at + 100)
    return rows


def _answer(plan: Plan, server: int, at: int) -> Outcome:
    """What a server says to whoever is to be let in at the primary alone."""
    return Outcome.ACKNOWLEDGED if server == plan.owner(at) and plan.served(at) else Outcome.REFUSED


def _calls(plan: Plan, at: int) -> list[Row]:
    """One read and one write at the address in another region."""
    if plan.course is Course.READS and plan.begin <= at < plan.back:
        return []
    takes = Outcome.ACKNOWLEDGED if at >= plan.promoted else Outcome.REFUSED
    read = operation(D, at, at + 1, client=CALLER, kind=Kind.READ)
    return [read, operation(D, at + 2, at + 3, client=CALLER, outcome=takes)]
