"""The address of a disaster-recovery instance: reads pass, writes are refused, whatever happens to its servers."""

from hadrill.harness.checks.recovery.recovery_access import recovery_access
from hadrill.harness.checks.recovery.recovery_reads import recovery_reads
from hadrill.harness.checks.tests.histories import (
    CALLER,
    A,
    B,
    C,
    Row,
    fault,
    history,
    keys,
    operation,
    refused,
    switch,
)
from hadrill.harness.model.operation import NO_SERVER, Kind, Outcome
from hadrill.harness.model.verdict import Finding, Objective, Verdict

PAIR = ("b1", "c1")
LIMIT = Objective("reads", 2.0, "s", "a test")


def read(server: int, at_ms: int) -> Row:
    """Answered."""
    return operation(server, at_ms, at_ms + 1, client=CALLER, kind=Kind.READ)


def reads(server: int, from_ms: int, until_ms: int) -> list[Row]:
    """One every 50 ms."""
    return [read(server, at) for at in range(from_ms, until_ms, 50)]


TURNED_AWAY = refused(B, 100, 101, client=CALLER)


def test_reads_by_either_server_and_writes_refused_pass() -> None:
    """A failover of the pair is no breach."""
    judgement = recovery_access(history(read(B, 10), TURNED_AWAY, read(C, 200)), PAIR)

    assert judgement.verdict is Verdict.PASS
    assert [measure.value for measure in judgement.measures] == [2.0, 1.0]


def test_a_write_that_is_let_in_is_a_finding() -> None:
    """By key and server; after the promotion it is none."""
    let_in = operation(C, 300, 302, client=CALLER)
    judged = history(read(B, 10), TURNED_AWAY, let_in)

    sentence = "c1 took 1 write at the address of a disaster-recovery instance, the first sent at 0.290 s"
    assert recovery_access(judged, PAIR).findings == (Finding("recovery access", sentence, keys(let_in)),)
    assert recovery_access(judged, PAIR, switch(250, 290)).verdict is Verdict.PASS


def test_an_answer_by_the_master_is_a_finding() -> None:
    """The address is its own."""
    judgement = recovery_access(history(read(A, 10), TURNED_AWAY, read(C, 200)), PAIR)

    assert [finding.sentence for finding in judgement.findings] == [
        "a1 answered at the address of a disaster-recovery instance on b1 and c1"
    ]


def test_one_that_answers_nobody_in_the_end_is_a_finding() -> None:
    """All was healed half a second ago, and more; what answered before that does not count."""
    shut = [
        operation(NO_SERVER, at, at + 1, outcome=Outcome.REFUSED, client=CALLER, kind=Kind.READ)
        for at in range(1600, 2300, 100)
    ]
    judged = history(reads(B, 0, 1000), TURNED_AWAY, shut, faults=(fault(1000, 1500),))

    assert [finding.sentence for finding in recovery_access(judged, PAIR).findings] == [
        "at the disaster-recovery instance's address 7 reads tried in the 0.690 s after all was done, none answered"
    ]
    standing = history(reads(B, 0, 1000), TURNED_AWAY, shut, faults=(fault(1000),))
    assert recovery_access(standing, PAIR).verdict is Verdict.PASS
    answered = history(reads(B, 0, 1000), TURNED_AWAY, shut, read(B, 1650), faults=(fault(1000, 1500),))
    assert recovery_access(answered, PAIR).verdict is Verdict.PASS
    brief = history(reads(B, 0, 1000), TURNED_AWAY, shut[:4], faults=(fault(1000, 1500),))
    assert recovery_access(brief, PAIR).verdict is Verdict.PASS


def test_what_was_not_tried_is_not_known() -> None:
    """Both a read and a refused write are needed; one that the client's own library refused is none."""
    assert recovery_access(history(read(B, 10)), PAIR).verdict is Verdict.NO_VERDICT
    assert recovery_access(history(TURNED_AWAY), PAIR).verdict is Verdict.NO_VERDICT


def test_reads_go_on_within_the_objective() -> None:
    """The longest time without one, from the fault on."""
    judged = history(reads(B, 0, 1000), reads(C, 2000, 3000))

    judgement = recovery_reads(judged, LIMIT, fault(1000))
    assert judgement.verdict is Verdict.PASS
    assert judgement.measures[0].value == 1.05


def test_reads_that_stay_away_for_longer_are_a_finding() -> None:
    """Whether they come back or not."""
    sentence = (
        "after process-killed of a1 no read was answered at the disaster-recovery instance from 0.951 s to 4.001 s, "
        "3.050 s; allowed 2 s (reads)"
    )
    late = history(reads(B, 0, 1000), reads(C, 4000, 5000))
    assert recovery_reads(late, LIMIT, fault(1000)).findings == (Finding("recovery reads", sentence),)
    never = history(reads(B, 0, 1000), refused(C, 6000, 6001, client=CALLER))
    assert recovery_reads(never, LIMIT, fault(1000)).verdict is Verdict.FAIL
    assert recovery_reads(history(reads(C, 2000, 3000)), LIMIT, fault(1000)).verdict is Verdict.NO_VERDICT
