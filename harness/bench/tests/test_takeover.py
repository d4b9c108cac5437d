"""What a history of kills and switches comes to, on hand-made histories."""

import numpy as np
import pytest

from hadrill.harness.bench.takeover import KILL, SWITCH, figures
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.fault import FaultRecord, Proof
from hadrill.harness.model.history import History, SwitchRecord
from hadrill.harness.model.operation import OPERATION, Client, Kind, Operations, Outcome, Roster, Way
from hadrill.harness.model.verdict import Objective

OBJECTIVE = Objective("failover after a kill", 3.0, "s", "a test")
ROSTER = Roster((Client("writer-1", Way.ADDRESS, "owner"),), ("a1", "b1"))
MS = 1_000_000


def writes(server: int, *at_ms: int) -> Operations:
    """Acknowledged writes by that server, each answered a millisecond after it was sent; its time is its key."""
    rows = [(at, at * MS, (at + 1) * MS, 0, server, 0, Kind.WRITE, Way.ADDRESS, Outcome.ACKNOWLEDGED) for at in at_ms]
    return np.array(rows, dtype=OPERATION)


def kill(node: str, at_ms: int) -> FaultRecord:
    """A kill with its proof."""
    return FaultRecord("process-killed", node, at_ms * MS, at_ms * MS, Proof(True, "exit -9", at_ms * MS), True)


def history(*operations: Operations, lost: int = 0) -> History:
    """All of them, with the first so many rows gone at the end."""
    together = np.concatenate(operations)
    return History(ROSTER, together, present=np.sort(together["key"])[lost:])


FORTH_AND_BACK = (writes(0, 100, 110, 120), writes(1, 620, 630, 640, 1000), writes(0, 1801, 1811))


def test_a_failover_lasts_from_the_kill_to_the_first_answer_of_the_other_server() -> None:
    """Kill by kill, though one history holds them all and the servers take turns."""
    middle, _p90, most, lost = figures(history(*FORTH_AND_BACK), [kill("a1", 121), kill("b1", 1002)], KILL, OBJECTIVE)
    assert (0.5, 0.8) == middle.samples
    assert (0.65, 1.0) == (middle.value, middle.aim)
    assert 0.8 == most.value
    assert (0.0, True, "of 9 rows") == (lost.value, lost.met, lost.note)


def test_a_switchover_lasts_as_long_as_nobody_was_answered() -> None:
    """From answer to answer, not from the request."""
    switch = SwitchRecord(115 * MS, 700 * MS)
    middle, *_ = figures(history(*FORTH_AND_BACK), [switch], SWITCH, OBJECTIVE)
    assert (0.5,) == middle.samples
    assert middle.aim is None


def test_acknowledged_rows_that_are_gone_are_counted_and_told() -> None:
    """The aim is that there are none."""
    *_, lost = figures(history(*FORTH_AND_BACK, lost=2), [kill("a1", 121)], KILL, OBJECTIVE)
    assert (2.0, False) == (lost.value, lost.met)
    assert "2 writes that a1 acknowledged had no row at the end" == lost.note


def test_a_kill_that_no_other_server_followed_has_no_time() -> None:
    """Nothing is made up for it."""
    with pytest.raises(HarnessTrouble, match=r"does not show how an event ended: .*no server but a1 answered"):
        list(figures(history(writes(0, 100, 110, 120, 900)), [kill("a1", 121)], KILL, OBJECTIVE))


def test_without_events_there_are_no_figures() -> None:
    """The first may have gone wrong."""
    assert [] == list(figures(history(*FORTH_AND_BACK), [], KILL, OBJECTIVE))
