"""A transfer writes a row with a key of its own: whoever counts writes counts it too."""

from functools import partial

import numpy as np
import pytest

from hadrill.harness.checks.address_access import address_access
from hadrill.harness.checks.commit_waits import commit_waits
from hadrill.harness.checks.in_flight import in_flight
from hadrill.harness.checks.lost_writes import lost_writes
from hadrill.harness.checks.outage import outage
from hadrill.harness.checks.secondary_access import secondary_access
from hadrill.harness.checks.tests.histories import (
    AT_C,
    LIMIT,
    OWNER,
    READER,
    TRANSFER,
    WITNESS,
    A,
    B,
    C,
    Row,
    fault,
    history,
    load,
    operation,
    visits,
)
from hadrill.harness.checks.two_primaries import two_primaries
from hadrill.harness.checks.undisturbed import undisturbed
from hadrill.harness.model.operation import Kind, Outcome
from hadrill.harness.model.verdict import Judgement, Verdict

transfer = partial(operation, client=TRANSFER, kind=Kind.TRANSFER)


def transfers(server: int, from_ms: int, until_ms: int) -> list[Row]:
    """One every 10 ms, acknowledged."""
    return [transfer(server, at, at + 2) for at in range(from_ms, until_ms, 10)]


def test_a_lost_transfer_is_a_lost_write() -> None:
    """As is one that was refused and is there all the same."""
    kept, lost, refused = transfer(A, 0, 1), transfer(A, 5, 6), transfer(A, 8, 9, outcome=Outcome.REFUSED)
    judgement = lost_writes(history(kept, lost, refused, present=np.array([kept[0], refused[0]], dtype=np.uint64)))

    assert [finding.keys for finding in judgement.findings] == [(lost[0],), (refused[0],)]


def test_a_row_of_a_transfer_is_no_stranger() -> None:
    """Somebody tried to write it, even if the answer never came."""
    known, unknown = transfer(A, 0, 1), transfer(A, 5, 6, outcome=Outcome.INDETERMINATE)
    present = np.array([known[0], unknown[0]], dtype=np.uint64)

    assert lost_writes(history(known, unknown, present=present)).findings == ()


@pytest.mark.parametrize(
    ("judgement", "verdict"),
    [
        (undisturbed(history(transfers(A, 0, 50), transfer(A, 60, 61, outcome=Outcome.REFUSED))), Verdict.FAIL),
        (in_flight(history(transfers(A, 0, 50)), fault(41)), Verdict.PASS),
        (outage(history(transfers(A, 0, 1000), transfers(B, 1500, 2000)), LIMIT, fault(1000)), Verdict.PASS),
        (commit_waits(history(transfers(A, 0, 3000)), fault(1000, 2000), at_least_s=0.5), Verdict.FAIL),
        (address_access(history(transfers(A, 0, 50)), (Kind.WRITE,)), Verdict.PASS),
        (two_primaries(history(transfers(A, 0, 900), operation(B, 500, 502, client=WITNESS))), Verdict.FAIL),
    ],
    ids=["undisturbed", "in flight", "outage", "commit waits", "address access", "two primaries"],
)
def test_transfers_alone_are_enough_for_a_verdict(judgement: Judgement, verdict: Verdict) -> None:
    """No other write is in the history."""
    assert judgement.verdict is verdict


def test_nobody_needs_to_be_kept_out_of_a_read_only_instance() -> None:
    """A server that is reached over a read-only instance's address is not asked for knocks in an event."""
    reads = [operation(C, at, at + 1, client=AT_C, kind=Kind.READ) for at in range(0, 3000, 100)]
    knocks = [visits(server, 0, 3000, client) for server in (A, B) for client in (OWNER, READER)]
    rows = [load(A, 0, 1000), load(B, 1050, 3000), *knocks]
    faults = (fault(1000, 2000),)

    assert "at c1 during process-killed of a1" in secondary_access(history(*rows, faults=faults)).undecided
    assert secondary_access(history(*rows, reads, faults=faults)).undecided == ""
