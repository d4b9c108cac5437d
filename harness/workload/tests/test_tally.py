"""How the writes stand while the load runs."""

from typing import Any

import numpy as np

from hadrill.harness.model.operation import NO_SERVER, OPERATION, Kind, Operations, Outcome, Way
from hadrill.harness.workload.messages import Status
from hadrill.harness.workload.tally import Tally

MS = 1_000_000


def writes(*received_ms: int, **fields: Any) -> Operations:
    """Acknowledged writes over the address, one a millisecond given; fields change them all."""
    rows = np.zeros(len(received_ms), dtype=OPERATION)
    rows["received_ns"] = np.array(received_ms, dtype=np.int64) * MS
    defaults = {"kind": Kind.WRITE, "way": Way.ADDRESS, "outcome": Outcome.ACKNOWLEDGED}
    for name, value in (defaults | fields).items():
        rows[name] = value
    return rows


def test_nothing_yet() -> None:
    """Before the first acknowledgement nothing is claimed, and every writer is waited for."""
    status = Tally({0: "writer-1", 1: "writer-2"}).status(5 * MS)
    assert status == Status(5 * MS, 0, 0, 0, 0.0, None, None, None, ("writer-1", "writer-2"))


def test_only_writes_over_the_address_count() -> None:
    """What witnesses and visitors learn is not how a customer's writes stand."""
    tally = Tally({0: "writer-1"})
    tally.add(writes(1, 2, way=Way.RACK))
    tally.add(writes(3, kind=Kind.READ))
    assert tally.status(5 * MS).acknowledged == 0


def test_transfers_count() -> None:
    """A transfer writes as a writer does."""
    tally = Tally({0: "transfer-1"})
    tally.add(writes(1, 2, kind=Kind.TRANSFER))
    status = tally.status(5 * MS)
    assert (status.acknowledged, status.waiting) == (2, ())


def test_outcomes_are_told_apart() -> None:
    """Each outcome has its own count, over all that was added."""
    tally = Tally({})
    for outcome, count in ((Outcome.ACKNOWLEDGED, 3), (Outcome.REFUSED, 2), (Outcome.INDETERMINATE, 1)):
        tally.add(writes(*range(count), outcome=outcome))
    tally.add(writes(7))
    status = tally.status(9 * MS)
    assert (status.acknowledged, status.refused, status.indeterminate) == (4, 2, 1)


def test_writer_is_waited_for_until_its_first_acknowledgement() -> None:
    """A refusal is no sign that a writer is at work."""
    tally = Tally({0: "writer-1", 1: "writer-2"})
    tally.add(writes(1, client=0))
    tally.add(writes(2, client=1, outcome=Outcome.REFUSED))
    assert tally.status(3 * MS).waiting == ("writer-2",)


def test_every_writer_was_acknowledged_what_it_sent_since_the_earliest_of_their_last() -> None:
    """What was sent before and answered late is no new turn; nor is what was refused, or what nobody waits for."""
    tally = Tally({0: "writer-1", 1: "large-1"})
    tally.add(writes(30, client=0, sent_ns=20 * MS))
    assert tally.status(31 * MS).all_since_ns is None
    tally.add(np.concatenate([writes(90, client=1, sent_ns=10 * MS), writes(80, client=0, sent_ns=70 * MS)]))
    tally.add(np.concatenate([writes(95, client=1, sent_ns=94 * MS, outcome=Outcome.REFUSED), writes(96, client=2)]))
    assert tally.status(100 * MS).all_since_ns == 10 * MS
    tally.add(writes(120, client=1, sent_ns=110 * MS))
    assert tally.status(130 * MS).all_since_ns == 70 * MS


def test_last_outage_spans_two_looks() -> None:
    """The last gap of 0.1 s or more is told, also when its ends came in different looks; shorter ones are not."""
    tally = Tally({})
    tally.add(writes(20, 10, 30))
    tally.add(writes(129))
    assert tally.status(140 * MS).last_outage_s is None
    tally.add(writes(229))
    assert tally.status(240 * MS).last_outage_s == 0.1
    tally.add(writes(729, 828))
    assert tally.status(900 * MS).last_outage_s == 0.5


def test_silence_and_server_are_of_the_last_acknowledgement() -> None:
    """The server that answered last, whatever order answers were recorded in, and the time since."""
    tally = Tally({})
    tally.add(np.concatenate([writes(30, server=1), writes(20, server=0)]))
    status = tally.status(130 * MS)
    assert (status.silent_s, status.server) == (0.1, 1)


def test_rate_is_that_of_the_last_second() -> None:
    """Writes from before the window do not count."""
    tally = Tally({})
    tally.add(writes(*range(100)))
    tally.status(1000 * MS)
    tally.add(writes(1001, 1002))
    assert tally.status(1500 * MS).writes_per_s == 4.0
    assert tally.status(3000 * MS).writes_per_s == 0.0


def test_a_server_that_nobody_knows_is_nobody() -> None:
    """What the address leads to may be none of ours; it has no place in the roster."""
    tally = Tally({0: "writer-1"})
    tally.add(writes(1, server=NO_SERVER))
    assert tally.status(5 * MS).server is None
