"""Times without an answer, whoever answers afterwards: measured, held to a limit, compared."""

from dataclasses import replace

import pytest

from hadrill.harness.checks.interruption import LONGEST, interruption, shorter
from hadrill.harness.checks.stays_down import stays_down
from hadrill.harness.checks.tests.histories import (
    LIMIT,
    WITNESS,
    WRITER_2,
    A,
    B,
    Row,
    errors,
    fault,
    history,
    keys,
    load,
    ns,
    operation,
    refused,
    switch,
)
from hadrill.harness.checks.unprotected_writes import AGAIN, unprotected_writes
from hadrill.harness.checks.unprotected_writes import LONGEST as ALONE
from hadrill.harness.model.history import Stall
from hadrill.harness.model.verdict import Finding, Judgement, Measure, Verdict

KILL = fault(1000, 4000)


def values(judgement: Judgement) -> dict[str, float | None]:
    """Measures by name."""
    return {measure.name: measure.value for measure in judgement.measures}


def test_the_same_server_may_end_an_interruption() -> None:
    """From the last answer before to the first one after."""
    judged = history(load(A, 0, 1000), errors(1000, 4000), load(A, 4200, 6000), faults=(KILL,))
    judgement = interruption(judged, None, KILL)

    assert values(judgement) == {LONGEST: pytest.approx(3.21)}
    assert judgement.measures[0].resolution == pytest.approx(0.01)
    assert judgement.verdict is Verdict.PASS


def test_a_fault_that_struck_another_instance_at_the_same_time_does_not_end_an_interruption() -> None:
    """HA-9: both primaries are killed at one instant, and each instance is measured to its own end."""
    both = (KILL, replace(fault(1020, 4000), target="elsewhere"))
    judged = history(load(A, 0, 1000), errors(1000, 4000), load(A, 4200, 6000), faults=both)
    assert values(interruption(judged, None, KILL)) == {LONGEST: pytest.approx(3.21)}


def test_an_interruption_that_is_too_long_is_a_finding() -> None:
    """With both its ends, and what was allowed."""
    judged = history(load(A, 0, 1000), errors(1000, 4000), load(B, 4200, 6000), faults=(KILL,))

    sentence = (
        "process-killed of a1 left clients without an answer from 0.992 s, until 4.202 s: 3.210 s; "
        "allowed 3 s (failover after a kill)"
    )
    assert interruption(judged, LIMIT, KILL).findings == (Finding("interruption", sentence),)


def test_an_interruption_without_end_is_not_measured() -> None:
    """A finding once it has lasted longer than allowed; before that nobody knows."""
    for until_ms, verdict in ((5000, Verdict.FAIL), (2000, Verdict.NO_VERDICT)):
        judgement = interruption(history(load(A, 0, 1000), errors(1000, until_ms)), LIMIT, KILL)
        assert judgement.measures[0].value is None
        assert judgement.verdict is verdict
    assert "no write was acknowledged any more" in judgement.undecided


def test_an_interruption_belongs_to_the_event_before_it() -> None:
    """What the next event does is not measured at the first one."""
    first, second = switch(1000, 1100), switch(2000, 2100)
    judged = history(load(A, 0, 1000), load(B, 1100, 2000), load(A, 5000, 6000), switches=(first, second))

    assert values(interruption(judged, None, first)) == {LONGEST: pytest.approx(0.11)}
    assert values(interruption(judged, None, second)) == {LONGEST: pytest.approx(3.01)}


def test_our_own_stall_takes_the_verdict_on_an_interruption_away() -> None:
    """Where it may be what exceeds the objective."""
    stalls = (Stall("load", ns(2000), ns(400)),)
    judged = history(load(A, 0, 1000), errors(1000, 4000), load(B, 4200, 6000), faults=(KILL,), stalls=stalls)

    assert interruption(judged, LIMIT, KILL).verdict is Verdict.NO_VERDICT


def test_without_load_before_the_event_there_is_nothing_to_interrupt() -> None:
    """No verdict."""
    assert interruption(history(load(A, 1500, 2000)), LIMIT, KILL).verdict is Verdict.NO_VERDICT


@pytest.mark.parametrize(
    ("value", "than", "verdict"),
    [
        (0.5, 4.0, Verdict.PASS),
        (4.0, 0.5, Verdict.FAIL),
        (3.9, 4.0, Verdict.NO_VERDICT),
        (4.1, 4.0, Verdict.NO_VERDICT),
        (None, 4.0, Verdict.NO_VERDICT),
        (0.5, None, Verdict.NO_VERDICT),
    ],
)
def test_one_measure_is_shorter_than_another_beyond_their_resolutions(
    value: float | None, than: float | None, verdict: Verdict
) -> None:
    """What cannot be told apart is not told apart."""
    judgement = shorter(Measure("the pair's", value, "s", 0.1), Measure("the single server's", than, "s", 0.1))

    assert judgement.verdict is verdict
    assert [measure.value for measure in judgement.measures] == [value, than]


def test_the_longer_one_is_told_with_both_values() -> None:
    """So that a reader sees how far they are apart."""
    judgement = shorter(Measure("the pair's", 4.0, "s"), Measure("the single server's", 0.5, "s"))

    assert judgement.findings == (Finding("shorter", "the pair's was 4.000 s, the single server's 0.500 s"),)


LOST = fault(1000, 6000)
"""The secondary, for this purpose."""


def test_writes_that_go_on_without_a_secondary_pass() -> None:
    """Timed from the loss; the commits under way wait for the decision to go on unprotected."""
    waiting = operation(A, 999, 2500, client=WRITER_2)
    judgement = unprotected_writes(history(load(A, 0, 1000), waiting, load(A, 2500, 9000)), LOST, LIMIT)

    assert values(judgement) == {ALONE: pytest.approx(1.508), AGAIN: pytest.approx(1.502)}
    assert judgement.verdict is Verdict.PASS


def test_writes_that_wait_too_long_for_a_lost_secondary_are_a_finding() -> None:
    """Until its heal, too: that is not the decision that was asked for."""
    for resumed_ms in (5000, 6005):
        judgement = unprotected_writes(history(load(A, 0, 1000), load(A, resumed_ms, 9000)), LOST, LIMIT)
        assert len(judgement.findings) == 1
    sentence = (
        "process-killed of a1, and no write was acknowledged from 0.992 s to 6.000 s, 5.008 s; "
        "allowed 3 s (failover after a kill)"
    )
    assert judgement.findings == (Finding("unprotected writes", sentence),)


def test_an_interruption_while_the_secondary_stays_away_counts_too() -> None:
    """Not the first answer alone."""
    rows = [load(A, 0, 1000), load(A, 1100, 1500), load(A, 5500, 9000)]

    assert unprotected_writes(history(*rows), LOST, LIMIT).verdict is Verdict.FAIL


def test_a_secondary_that_is_back_too_soon_leaves_no_verdict() -> None:
    """Nobody had to go on without it."""
    judgement = unprotected_writes(history(load(A, 0, 1000), load(A, 2500, 9000)), fault(1000, 2000), LIMIT)

    assert judgement.undecided == (
        "process-killed of a1 was over before a write could be acknowledged without the secondary"
    )
    assert unprotected_writes(history(load(A, 2500, 9000)), LOST, LIMIT).verdict is Verdict.NO_VERDICT


def down(*rows: Row | list[Row], **fields: object) -> Judgement:
    """Of a primary that is killed in the unprotected window."""
    return stays_down(history(load(A, 0, 1000), errors(1100, 3900), *rows, faults=(KILL,), **fields), KILL)


def test_a_service_that_stays_down_until_its_server_is_back_passes() -> None:
    """Attempts are counted, and the time until writes go on."""
    judgement = down(load(A, 4100, 6000))

    assert values(judgement) == {
        "writes tried while the service had to be down": 28.0,
        "writes acknowledged before that": 100.0,
        "time to writes after the heal": pytest.approx(0.092),
    }
    assert judgement.verdict is Verdict.PASS


def test_a_write_acknowledged_while_it_had_to_be_down_is_a_finding() -> None:
    """Over the address, or by another server over whatever way; the old one may talk to its neighbours."""
    address, beside = operation(B, 2000, 2010), operation(B, 2000, 2010, client=WITNESS)
    neighbour = operation(A, 2000, 2010, client=WITNESS)

    sentence = (
        "b1 acknowledged 1 write although process-killed of a1 left no server with all that had been acknowledged, "
        "the first at 2.010 s"
    )
    for row in (address, beside):
        assert down(row, load(A, 4100, 6000)).findings == (Finding("stays down", sentence, keys(row)),)
    assert down(neighbour, load(A, 4100, 6000)).verdict is Verdict.PASS


def test_a_write_from_before_the_loss_that_is_gone_is_a_finding() -> None:
    """Staying down is no end in itself."""
    rows = load(A, 4100, 6000)
    present = history(load(A, 10, 1000), rows).present
    judgement = down(rows, present=present)

    sentence = "1 write acknowledged before the service went down had no row at the end"
    assert judgement.findings == (Finding("stays down", sentence, keys(operation(A, 0, 2))),)


def test_what_was_not_tried_or_not_seen_leaves_no_verdict() -> None:
    """Each reason is told."""
    back, tried = load(A, 4100, 6000), refused(A, 2000, 2001)

    assert stays_down(history(load(A, 0, 1000), back), KILL).undecided == (
        "nobody tried to write during process-killed of a1"
    )
    assert down().undecided == "no write was acknowledged after process-killed of a1 was healed"
    assert down(back, present=None).undecided == "the rows that the instance held were never read back"
    assert stays_down(history(tried, back), KILL).undecided == "no write had been acknowledged that could be lost"
    assert stays_down(history(load(A, 0, 1000)), fault(1000)).undecided == "process-killed of a1 was not healed"
