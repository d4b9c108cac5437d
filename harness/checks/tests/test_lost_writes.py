"""Acknowledged writes that are gone are found by key; what a client could not know is never held against anyone."""

import numpy as np

from hadrill.harness.checks.lost_writes import lost_writes
from hadrill.harness.checks.tests.histories import (
    CALLER,
    OWNER,
    WITNESS,
    A,
    B,
    C,
    history,
    keys,
    load,
    operation,
    refused,
    unknown,
)
from hadrill.harness.model.verdict import Finding, Measure, Verdict


def present(*writes: int) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """Keys in the order in which a server might return them."""
    return np.array(writes[::-1], dtype=np.uint64)


def test_an_acknowledged_write_without_a_row_is_lost() -> None:
    """The finding names the server that acknowledged it, the count and the key."""
    writes = load(A, 0, 50)
    judgement = lost_writes(history(writes, present=present(*keys(*writes[:2], *writes[3:]))))

    expected = Finding("lost writes", "1 write that a1 acknowledged had no row at the end", keys(writes[2]))
    assert judgement.findings == (expected,)
    assert judgement.measures == (Measure("acknowledged writes lost", 1.0, "rows"),)


def test_losses_are_told_apart_by_server() -> None:
    """Each server that acknowledged what is gone has a finding of its own."""
    old, new = load(A, 0, 30), load(B, 100, 120)
    judgement = lost_writes(history(old, new, present=present(*keys(old[0]))))

    assert [finding.sentence for finding in judgement.findings] == [
        "2 writes that a1 acknowledged had no row at the end",
        "2 writes that b1 acknowledged had no row at the end",
    ]
    assert [finding.keys for finding in judgement.findings] == [keys(*old[1:]), keys(*new)]


def test_witnesses_and_visitors_lose_nothing_either() -> None:
    """A write counts whatever way it took."""
    rows = [operation(A, 0, 1, client=WITNESS), operation(A, 5, 6, client=OWNER), operation(A, 10, 11)]
    judgement = lost_writes(history(rows, present=present(*keys(rows[2]))))

    assert judgement.findings[0].keys == keys(rows[0], rows[1])


def test_no_more_than_a_hundred_keys_are_shown() -> None:
    """The count is whole, the keys are the smallest hundred."""
    writes = load(A, 0, 2000)
    judgement = lost_writes(history(writes, present=present()))

    assert judgement.findings[0].sentence.startswith("200 writes")
    assert judgement.findings[0].keys == keys(*writes)[:100]
    assert judgement.measures[0].value == 200


def test_an_indeterminate_write_may_be_there_or_not() -> None:
    """Neither is a finding."""
    acknowledged, lost, kept = operation(A, 0, 1), unknown(5, 9), unknown(10, 19)

    for rows in ((acknowledged,), (acknowledged, kept), (acknowledged, lost, kept)):
        judgement = lost_writes(history(acknowledged, lost, kept, present=present(*keys(*rows))))
        assert judgement.verdict is Verdict.PASS


def test_a_refused_write_that_is_there_is_a_finding() -> None:
    """An error answer that changed something."""
    acknowledged, wrong = operation(A, 0, 1), refused(A, 5, 6)
    judgement = lost_writes(history(acknowledged, wrong, present=present(*keys(acknowledged, wrong))))

    sentence = "1 write answered with a definite error did change something: the row is there"
    assert judgement.findings == (Finding("lost writes", sentence, keys(wrong)),)


def test_a_row_that_nobody_tried_to_write_is_a_finding() -> None:
    """What is there must have been asked for."""
    acknowledged = operation(A, 0, 1)
    judgement = lost_writes(history(acknowledged, present=present(*keys(acknowledged), 77)))

    expected = Finding("lost writes", "1 row that nobody tried to write: there at the end", (77,))
    assert judgement.findings == (expected,)


def test_without_reading_back_nothing_is_known() -> None:
    """Rows never read back leave the measure null and the verdict open."""
    judgement = lost_writes(history(load(A, 0, 50), present=None))

    assert judgement.measures == (Measure("acknowledged writes lost", None, "rows"),)
    assert judgement.verdict is Verdict.NO_VERDICT


def test_without_an_acknowledged_write_nothing_is_known() -> None:
    """Nothing to lose is no pass."""
    assert lost_writes(history(refused(A, 0, 1), unknown(2, 3))).verdict is Verdict.NO_VERDICT


def test_what_a_promoted_instance_acknowledged_is_not_looked_for_at_its_old_master() -> None:
    """It is the other side's, and never arrives here."""
    elsewhere = operation(C, 60, 62, client=CALLER)
    judged = history(load(A, 0, 50), elsewhere, present=np.array(keys(*load(A, 0, 50)), dtype=np.uint64))

    assert lost_writes(judged).verdict is Verdict.PASS
    assert lost_writes(judged).measures[0].value == 0.0
