"""What a history of kills and switches comes to, on hand-made histories."""

from dataclasses import replace

import numpy as np
import pytest

from hadrill.harness.bench.figure import Figure
from hadrill.harness.bench.kind import FREEZE, KILL, SWITCH, Event, Kind
from hadrill.harness.bench.takings import Takings
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.fault import FaultRecord, Proof
from hadrill.harness.model.history import History, SwitchRecord
from hadrill.harness.model.operation import OPERATION, Client, Operations, Outcome, Roster, Way
from hadrill.harness.model.operation import Kind as Kinds
from hadrill.harness.model.verdict import Objective

OBJECTIVE = Objective("failover after a kill", 3.0, "s", "a test")
ROSTER = Roster((Client("writer-1", Way.ADDRESS, "owner"), Client("witness", Way.RACK, "owner")), ("a1", "b1"))
MS = 1_000_000


def writes(server: int, *at_ms: int) -> Operations:
    """Acknowledged writes by that server, each answered a millisecond after it was sent; its time is its key."""
    rows = [(at, at * MS, (at + 1) * MS, 0, server, 0, Kinds.WRITE, Way.ADDRESS, Outcome.ACKNOWLEDGED) for at in at_ms]
    return np.array(rows, dtype=OPERATION)


def kill(node: str, at_ms: int) -> FaultRecord:
    """A kill with its proof."""
    return FaultRecord("process-killed", node, at_ms * MS, at_ms * MS, Proof(True, "exit -9", at_ms * MS), True)


def beside(server: int, at_ms: int) -> Operations:
    """A witness that is turned away."""
    row = (0, at_ms * MS, (at_ms + 1) * MS, 1, server, 1290, Kinds.WRITE, Way.RACK, Outcome.REFUSED)
    return np.array([row], dtype=OPERATION)


def healed(fault: FaultRecord, at_ms: int) -> FaultRecord:
    """Whole again."""
    return replace(fault, heal_began_ns=at_ms * MS, healed_ns=at_ms * MS)


def history(*operations: Operations, lost: int = 0) -> History:
    """All of them, with the first so many rows gone at the end."""
    together = np.concatenate(operations)
    return History(ROSTER, together, present=np.sort(together["key"])[lost:])


def figures(seen: History, events: list[Event], kind: Kind) -> dict[str, Figure]:
    """By what stands after the last comma of the name."""
    made = Takings.of(seen, events, kind, OBJECTIVE).figures(kind)
    return {figure.name.rsplit(", ", 1)[1]: figure for figure in made}


FORTH_AND_BACK = (writes(0, 100, 110, 120), writes(1, 620, 630, 640, 1000), writes(0, 1801, 1811))
KILLS: list[Event] = [kill("a1", 121), kill("b1", 1002)]


def test_a_failover_lasts_from_the_kill_to_the_first_answer_of_the_other_server() -> None:
    """Kill by kill, though one history holds them all and the servers take turns."""
    found = figures(history(*FORTH_AND_BACK), KILLS, KILL)
    assert (0.5, 0.8) == found["median"].samples
    assert (0.65, 0.5) == (found["median"].value, found["median"].aim)
    assert (0.8, 1.0) == (found["p99"].value, found["p99"].aim)
    assert (0.0, True) == (found["lost"].value, found["lost"].met)
    assert 9.0 == found["rows kept"].value


def test_a_switchover_lasts_as_long_as_nobody_was_answered() -> None:
    """From answer to answer, not from the request."""
    found = figures(history(*FORTH_AND_BACK), [SwitchRecord(115 * MS, 700 * MS)], SWITCH)
    assert (0.5,) == found["median"].samples
    assert found["median"].aim is None


def test_acknowledged_rows_that_are_gone_are_counted_and_told() -> None:
    """The aim is that there are none."""
    lost = figures(history(*FORTH_AND_BACK, lost=2), [kill("a1", 121)], KILL)["lost"]
    assert (2.0, False) == (lost.value, lost.met)
    assert "2 writes that a1 acknowledged had no row at the end" == lost.note


def test_two_servers_that_answer_at_once_are_counted() -> None:
    """Where witnesses stand beside the servers, it is looked for."""
    at_once = writes(0, 100, 110, 120, 700), writes(1, 620, 630, 710), beside(0, 2000), beside(1, 2010)
    found = figures(history(*at_once), [healed(kill("a1", 121), 800)], FREEZE)
    assert (1.0, False) == (found["two primaries"].value, found["two primaries"].met)


def test_two_primaries_without_a_probe_leave_no_verdict() -> None:
    """Silence would pass."""
    with pytest.raises(HarnessTrouble, match=r"no verdict on two primaries: .*no write was ever tried beside"):
        figures(history(*FORTH_AND_BACK), KILLS, FREEZE)


def test_a_kill_that_no_other_server_followed_has_no_time() -> None:
    """Nothing is made up for it."""
    with pytest.raises(HarnessTrouble, match=r"does not show how an event ended: .*no server but a1 answered"):
        figures(history(writes(0, 100, 110, 120, 900)), [kill("a1", 121)], KILL)


def test_what_several_pairs_gave_adds_up() -> None:
    """Times to times, rows to rows."""
    taken = Takings.of(history(*FORTH_AND_BACK, lost=1), KILLS, KILL, OBJECTIVE)
    both = taken + taken
    assert (4, (1.0, 1.0), (8.0, 8.0)) == (len(both.seconds), both.lost, both.rows)


@pytest.mark.parametrize("kind", [KILL, FREEZE])
def test_an_interrupted_call_goes_on_from_its_figures(kind: Kind) -> None:
    """They hold all that they were made of."""
    taken = Takings((0.5, 0.8), (0.0, 1.0), (9.0, 8.0), (0.0, 0.0) if kind.witnessed else (), ("one is gone",))
    assert taken.figures(kind) == Takings.from_figures(taken.figures(kind), kind).figures(kind)
    assert Takings() == Takings.from_figures((), kind)


def test_without_events_there_are_no_figures() -> None:
    """The first may have gone wrong."""
    assert () == Takings().figures(KILL)
