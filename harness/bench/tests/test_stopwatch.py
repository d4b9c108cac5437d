"""The server that knows its own outages, and how far what was measured is from them."""

import numpy as np
import pytest

from hadrill.harness.bench import stub_protocol
from hadrill.harness.bench.stopwatch import Truth, figures, stopwatch
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import OPERATION, Client, Kind, Outcome, Roster, Way

MS = 1_000_000
ROSTER = Roster((Client("writer-1", Way.ADDRESS, "stub"),), ("stub-1", "stub-2"))


def history(*answers: tuple[int, int]) -> History:
    """Acknowledged writes as (server, milliseconds of the answer), each sent a millisecond before."""
    rows = [
        (at, (at - 1) * MS, at * MS, 0, server, 0, Kind.WRITE, Way.ADDRESS, Outcome.ACKNOWLEDGED)
        for server, at in answers
    ]
    return History(ROSTER, np.array(rows, dtype=OPERATION))


def test_the_error_is_what_is_measured_beyond_the_truth() -> None:
    """An outage from 102 to 202 ms, seen from 100 to 206 ms."""
    seen = history((0, 90), (0, 100), (1, 206), (1, 216))
    by_name = {figure.name: figure.value for figure in figures(seen, [Truth("cut", 102 * MS, 202 * MS)])}
    assert 4.0 == pytest.approx(by_name["stopwatch's error, time to writes again, p99"])
    assert 6.0 == pytest.approx(by_name["stopwatch's error, outage of all clients together, p99"])
    assert 6.0 == pytest.approx(by_name["stopwatch's error, outage of all clients together, cut, p99"])


def test_an_outage_that_was_not_measured_is_no_good_error() -> None:
    """It is trouble."""
    with pytest.raises(HarnessTrouble, match=r"an outage of 0\.100 s was not measured"):
        figures(history((0, 90), (0, 100), (0, 206)), [Truth("silent", 102 * MS, 202 * MS)])


def test_packets_are_taken_as_they_become_whole() -> None:
    """What is left waits for more."""
    received = bytearray(stub_protocol.packet(0, b"one") + stub_protocol.packet(1, b"two")[:-1])
    assert [b"one"] == list(stub_protocol.whole_packets(received))
    received += b"o"
    assert [b"two"] == list(stub_protocol.whole_packets(received))
    assert not received


@pytest.mark.e2e
def test_the_load_writes_to_it_and_every_outage_is_measured() -> None:
    """Of both manners; how well is the benchmark's business, on a machine that is idle."""
    found = {figure.name: figure for figure in stopwatch(4, say=lambda _line: None)}
    assert 4 == found["stopwatch's error, time to writes again, p99"].runs
    assert 2 == found["stopwatch's error, outage of all clients together, silent, p99"].runs
