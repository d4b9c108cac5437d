"""The address leads to the primary alone, and it led somewhere before and after every event."""

from hadrill.harness.checks.address_access import address_access
from hadrill.harness.checks.tests.histories import WRITER_2, A, B, Row, fault, history, load, operation, switch
from hadrill.harness.model.operation import NO_SERVER, Kind
from hadrill.harness.model.verdict import Finding, Verdict


def reads(server: int, from_ms: int, until_ms: int) -> list[Row]:
    """A read over the address every 50 ms."""
    return [operation(server, at, at + 1, client=WRITER_2, kind=Kind.READ) for at in range(from_ms, until_ms, 50)]


def test_reads_and_writes_of_the_primary_pass() -> None:
    """Before and after a failover and a switch back."""
    rows = [load(A, 0, 1000), reads(A, 0, 1000), load(B, 1500, 3000), reads(B, 1400, 3000), load(A, 3200, 4000)]
    judged = history(*rows, reads(A, 3150, 4000), faults=(fault(1000, 2000),), switches=(switch(3000, 3100),))

    assert address_access(judged).verdict is Verdict.PASS


def test_a_login_that_never_told_its_server_says_nothing() -> None:
    """It broke before the client could ask."""
    login = operation(NO_SERVER, 500, 1000, client=WRITER_2, kind=Kind.LOGIN)

    assert address_access(history(load(A, 0, 990), reads(A, 0, 990), login)).verdict is Verdict.PASS


def test_a_read_that_the_secondary_answered_is_found() -> None:
    """The address led astray."""
    rows = [load(A, 0, 1000), reads(A, 0, 1000), load(B, 1500, 3000), reads(B, 1500, 3000), reads(A, 2500, 2600)]
    judgement = address_access(history(*rows, faults=(fault(1000, 2000),)))

    sentence = "the address led to a1 while that was not the primary: 2 operations from 2.500 s to 2.551 s"
    assert judgement.findings == (Finding("address access", sentence),)


def test_nobody_served_after_the_event_leaves_no_verdict() -> None:
    """What was not tried is not shown; which kinds must have been tried can be said."""
    judged = history(load(A, 0, 1000), reads(A, 0, 1000), load(B, 1500, 3000), faults=(fault(1000, 2000),))

    assert address_access(judged).undecided == "the address acknowledged no read after the last event"
    assert address_access(judged, kinds=(Kind.WRITE,)).verdict is Verdict.PASS
    late = history(load(A, 0, 1000), load(B, 1500, 3000), reads(B, 1500, 3000), faults=(fault(1000, 2000),))
    assert address_access(late).undecided == "the address acknowledged no read before the first event"
    assert address_access(history(load(A, 0, 9))).undecided == "the address acknowledged no read at all"


def test_two_servers_that_take_writes_through_the_address_at_once_are_found() -> None:
    """Old connections stay at the old primary while new ones are led to the new one."""
    rows = [load(A, 0, 1500), reads(A, 0, 1000), load(B, 1100, 3000, client=WRITER_2), reads(B, 2000, 3000)]
    judgement = address_access(history(*rows, switches=(switch(1000, 1100),)))

    sentence = (
        "no one change of primary explains the writes that the address acknowledged: "
        "by a1 (from an answer at 1.002 s to a write sent at 1.490 s) "
        "and b1 (from an answer at 1.102 s to a write sent at 2.990 s)"
    )
    assert judgement.findings == (Finding("address access", sentence),)


def test_a_write_on_its_way_while_the_other_server_answers_is_explained() -> None:
    """The old primary may have committed it just before the change."""
    rows = [load(A, 0, 1100), load(B, 1110, 3000, client=WRITER_2), reads(A, 0, 1000), reads(B, 2000, 3000)]
    slow = operation(A, 1111, 1400)

    assert address_access(history(*rows, slow, switches=(switch(1000, 1100),))).verdict is Verdict.PASS
