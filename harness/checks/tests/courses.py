"""The history of each course of a correct service, and every check that it is judged by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from hadrill.harness.checks.address_access import address_access
from hadrill.harness.checks.answers_lost import answers_lost
from hadrill.harness.checks.back_in_time import back_in_time
from hadrill.harness.checks.come_and_go import ADDRESS, come_and_go
from hadrill.harness.checks.commit_waits import commit_waits
from hadrill.harness.checks.disconnection import disconnection
from hadrill.harness.checks.equality import equality
from hadrill.harness.checks.errant_transactions import errant_transactions
from hadrill.harness.checks.follows_closely import follows_closely
from hadrill.harness.checks.in_flight import in_flight
from hadrill.harness.checks.interruption import interruption
from hadrill.harness.checks.lag import lag
from hadrill.harness.checks.lost_writes import lost_writes
from hadrill.harness.checks.no_failover import no_failover
from hadrill.harness.checks.outage import outage
from hadrill.harness.checks.phantom_reads import phantom_reads
from hadrill.harness.checks.proofs import proofs
from hadrill.harness.checks.read_only_access import read_only_access
from hadrill.harness.checks.received import received
from hadrill.harness.checks.recovery.activation import activation
from hadrill.harness.checks.recovery.data_loss import data_loss
from hadrill.harness.checks.recovery.divergence import divergence
from hadrill.harness.checks.recovery.line_lag import line_lag
from hadrill.harness.checks.recovery.recovery_access import recovery_access
from hadrill.harness.checks.recovery.recovery_reads import recovery_reads
from hadrill.harness.checks.recovery.shown_lag import shown_lag
from hadrill.harness.checks.secondary_access import secondary_access
from hadrill.harness.checks.served_meanwhile import served_meanwhile
from hadrill.harness.checks.shown_ahead import shown_ahead
from hadrill.harness.checks.staleness import staleness
from hadrill.harness.checks.stays_down import stays_down
from hadrill.harness.checks.tests.histories import CALLER, A, B, ns, switch
from hadrill.harness.checks.tests.service_model import (
    END,
    MONEY,
    SERVERS,
    Course,
    Plan,
    Written,
    knocks,
    looks_of_readers,
    writes_of,
)
from hadrill.harness.checks.took_over import took_over
from hadrill.harness.checks.transfers_total import transfers_total
from hadrill.harness.checks.two_primaries import two_primaries
from hadrill.harness.checks.undisturbed import undisturbed
from hadrill.harness.checks.unprotected_writes import unprotected_writes
from hadrill.harness.checks.within_period import within_period
from hadrill.harness.model.fault import FaultRecord, Proof
from hadrill.harness.model.history import Comparison, History, ServerState, ShownLag, Snapshot, SwitchRecord
from hadrill.harness.model.operation import OPERATION, Kind, Operations, Outcome
from hadrill.harness.model.verdict import Judgement, Objective

AWAY_AT_MOST: Final = 400
TIME: Final = Objective("a time", 0.8, "s", "a test")
LAG: Final = Objective("a lag", 0.3, "s", "a test")
GRACE_S: Final = 0.3
LOOKED: Final = 500
"""When the rows were looked at on the way."""


@dataclass(frozen=True, slots=True)
class Case:
    """One course of a service as it was recorded.

    Attributes:
        period: in which a switch had to happen.
    """

    plan: Plan
    history: History
    period: tuple[int, int]

    @property
    def fault(self) -> FaultRecord:
        """The one of the course; only where it has one."""
        return self.history.faults[0]

    @property
    def switch(self) -> SwitchRecord:
        """The one of the course; only where it has one."""
        return self.history.switches[0]


@st.composite
def plans(draw: st.DrawFn, course: Course) -> Plan:
    """Of a correct service, in one course."""
    return Plan(
        course,
        draw(st.sampled_from([A, B])),
        draw(st.integers(700, 900)),
        draw(st.integers(60, AWAY_AT_MOST)),
        draw(st.integers(0, 6)),
        draw(st.integers(0, 6)),
        draw(st.integers(0, 80)),
        draw(st.integers(0, 150)),
        draw(st.booleans()),
        course in (Course.SWITCH, Course.FAILOVER),
    )


def case_of(plan: Plan) -> Case:
    """As the plan goes."""
    written = writes_of(plan)
    rows = [*written.rows, *looks_of_readers(plan, written), *knocks(plan)]
    operations = np.array(rows, dtype=OPERATION)
    old, other = SERVERS.servers[plan.old], SERVERS.servers[plan.other]
    everywhere = tuple(
        ServerState(node, f"{'0' * 8}-0000-0000-0000-{'0' * 12}:1-{len(rows)}", MONEY) for node in (old, other, "c1")
    )
    history = History(
        SERVERS,
        operations,
        written.by(END * 2),
        faults=_faults(plan),
        switches=_switches(plan),
        comparisons=tuple(Comparison(old, node, 2, len(written.keys)) for node in (other, "c1")),
        snapshots=_snapshots(plan, written, other, _called(operations)),
        servers=everywhere,
        shown_lag=_shown_lags(plan),
    )
    return Case(plan, history, (plan.begin, plan.begin + 2 * AWAY_AT_MOST))


def _faults(plan: Plan) -> tuple[FaultRecord, ...]:
    """The course's own, with the proof of each half; the line of the quiet course is as it should be."""
    begin, healed, target, disrupts = plan.begin, plan.back, SERVERS.servers[plan.old], True
    match plan.course:
        case Course.SWITCH:
            return ()
        case Course.QUIET:
            begin, healed, target, disrupts = 1, END, "a1 to d1", False
        case Course.FAILOVER | Course.ALONE:
            healed = plan.back + 300
        case Course.HOLD:
            target, disrupts = f"{SERVERS.servers[plan.other]} to {target}", False
        case Course.CUT:
            healed, target, disrupts = END * 2, f"{target} to d1", False
        case Course.READS:
            target = "d1"
        case _:
            pass
    proof = Proof(True, "as it should be", ns(begin))
    name = plan.course.name.lower()
    heal_began = healed - (0 if plan.course in (Course.HOLD, Course.DOWN) else 10)
    return (FaultRecord(name, target, ns(begin), ns(begin), proof, disrupts, ns(heal_began), ns(healed), proof),)


def _switches(plan: Plan) -> tuple[SwitchRecord, ...]:
    if plan.course is Course.SWITCH:
        return (switch(plan.begin, plan.back + 5),)
    return (switch(plan.asked, plan.promoted),) if plan.course is Course.CUT else ()


def _called(operations: Operations) -> NDArray[np.uint64]:
    """Keys of what the instance in another region acknowledged itself."""
    own = (operations["client"] == CALLER) & (operations["kind"] == Kind.WRITE)
    keys: NDArray[np.uint64] = operations["key"][own & (operations["outcome"] == Outcome.ACKNOWLEDGED)]
    return keys


def _snapshots(plan: Plan, written: Written, other: str, called: NDArray[np.uint64]) -> tuple[Snapshot, ...]:
    """Of the address and of the secondary on the way; of what stands behind at the end."""
    reached = (plan.begin if plan.course is Course.CUT else END * 2) - plan.lag_recovery
    return (
        Snapshot(ADDRESS, ns(LOOKED), written.by(LOOKED)),
        Snapshot(other, ns(LOOKED), written.by(LOOKED)),
        Snapshot("c1", ns(END * 2), written.by(END * 2)),
        Snapshot("d1", ns(END * 2), np.union1d(written.by(reached), called)),
    )


def _shown_lags(plan: Plan) -> tuple[ShownLag, ...]:
    """Until the instance in another region follows nobody any more."""
    if plan.course is not Course.CUT:
        return ()
    return tuple(
        ShownLag(ns(at), ns(at + 2), (max(0, at - plan.begin) + plan.lag_recovery) / 1000)
        for at in range(200, plan.asked, 100)
    )


Check = Callable[[Case], Judgement]

ALWAYS: Final[Mapping[str, Check]] = {
    "address access": lambda case: address_access(case.history),
    "back in time": lambda case: back_in_time(case.history),
    "come and go": lambda case: come_and_go(case.history),
    "equality": lambda case: equality(case.history),
    "errant transactions": lambda case: errant_transactions(case.history),
    "follows closely": lambda case: follows_closely(
        case.history, LAG, SERVERS.servers[case.plan.other], ns(case.plan.begin)
    ),
    "lost writes": lambda case: lost_writes(case.history),
    "phantom reads": lambda case: phantom_reads(case.history),
    "proofs": lambda case: proofs(case.history),
    "read-only access": lambda case: read_only_access(case.history, ("c1",)),
    "received": lambda case: received(case.history, SERVERS.servers[case.plan.other]),
    "recovery access": lambda case: recovery_access(
        case.history, ("d1",), case.switch if case.plan.course is Course.CUT else None
    ),
    "secondary access": lambda case: secondary_access(case.history, GRACE_S),
    "transfers' total": lambda case: transfers_total(case.history, MONEY),
    "two primaries": lambda case: two_primaries(case.history, GRACE_S),
}
"""Whatever happens."""

IN_COURSE: Final[Mapping[Course, Mapping[str, Check]]] = {
    Course.QUIET: {
        "line lag": lambda case: line_lag(case.history, LAG, case.fault, "a line"),
        "staleness": lambda case: staleness(case.history, LAG),
        "undisturbed": lambda case: undisturbed(case.history),
    },
    Course.SWITCH: {
        "disconnection": lambda case: disconnection(case.history, case.switch, 1.0),
        "lag": lambda case: lag(case.history, LAG, case.switch, ("c1",)),
        "within period": lambda case: within_period(case.history, case.switch, *map(ns, case.period)),
    },
    Course.FAILOVER: {
        "answers lost": lambda case: answers_lost(case.history, case.fault),
        "in flight": lambda case: in_flight(case.history, case.fault),
        "outage": lambda case: outage(case.history, TIME, case.fault),
        "shown ahead": lambda case: shown_ahead(case.history, case.fault, GRACE_S),
        "took over": lambda case: took_over(case.history, case.fault, 0.2),
    },
    Course.BLIP: {
        "interruption": lambda case: interruption(case.history, TIME, case.fault),
        "no failover": lambda case: no_failover(case.history, case.fault, TIME, 0.5),
    },
    Course.HOLD: {"commit waits": lambda case: commit_waits(case.history, case.fault, 0.05)},
    Course.ALONE: {
        "served meanwhile": lambda case: served_meanwhile(case.history, case.fault, watched_s=0.2),
        "unprotected writes": lambda case: unprotected_writes(case.history, case.fault, TIME),
    },
    Course.DOWN: {"stays down": lambda case: stays_down(case.history, case.fault)},
    Course.CUT: {
        "activation": lambda case: activation(case.history, TIME, case.switch),
        "data loss": lambda case: data_loss(case.history, LAG, case.fault, "d1"),
        "divergence": lambda case: divergence(case.history, case.fault, "d1"),
        "shown lag": lambda case: shown_lag(case.history, LAG, case.fault),
    },
    Course.READS: {"recovery reads": lambda case: recovery_reads(case.history, TIME, case.fault)},
}
"""What is asked besides."""


def judged(case: Case) -> dict[str, Judgement]:
    """By every check of its course."""
    return {name: check(case) for name, check in {**ALWAYS, **IN_COURSE[case.plan.course]}.items()}
