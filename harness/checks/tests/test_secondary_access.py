"""Anything let in at a server that cannot have been the primary is found; what may have been legal is not."""

from dataclasses import replace
from typing import Any

import pytest

from hadrill.harness.checks.secondary_access import secondary_access
from hadrill.harness.checks.tests.histories import (
    OWNER,
    PAIR,
    READER,
    WITNESS,
    A,
    B,
    Row,
    fault,
    history,
    keys,
    load,
    operation,
    switch,
    visits,
)
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Kind, Outcome
from hadrill.harness.model.verdict import Finding, Measure, Verdict

FAILOVER = load(A, 0, 1000) + load(B, 2000, 9000)
FAULT = fault(1000, 4000, 4010)


def knocked_at(*rows: Row | list[Row], **fields: Any) -> History:
    """A failover at 1 s, with both accounts refused at the secondary all along, and these rows.

    Both log in at the new primary too, in the time from 2 s on in which it may let them in.
    """
    refusals = [visits(B, 0, 1000), visits(A, 1000, 9000), visits(B, 0, 1000, READER), visits(A, 1000, 9000, READER)]
    served = [visits(B, 2000, 9000, client, Outcome.ACKNOWLEDGED) for client in (OWNER, READER)]
    fields = {"faults": (FAULT,), "roster": PAIR, **fields}
    return history(FAILOVER, *refusals, *served, *rows, **fields)


def let_in(server: int, sent_ms: float, received_ms: float, kind: Kind = Kind.LOGIN, client: int = OWNER) -> Row:
    """A visitor is let in, or served."""
    return operation(server, sent_ms, received_ms, kind=kind, client=client)


def test_refused_attempts_all_along_pass() -> None:
    """Counted are refusals where the server certainly was no primary; both measures are per account."""
    judgement = secondary_access(knocked_at())

    assert judgement.verdict is Verdict.PASS
    assert judgement.measures == (
        Measure("attempts refused, owner", 79.0, "attempts"),
        Measure("attempts refused, reader", 79.0, "attempts"),
        Measure("longest time without an attempt, owner", 0.1, "s"),
        Measure("longest time without an attempt, reader", 0.1, "s"),
        Measure("fewest attempts at a server during an event, owner", 21.0, "attempts"),
        Measure("fewest attempts at a server during an event, reader", 21.0, "attempts"),
    )


LEGAL = {
    "the primary serves its visitors": [let_in(A, 500, 503), let_in(A, 504, 505, Kind.READ), let_in(B, 2500, 2503)],
    "the new primary before its first write": [let_in(B, 1500, 1503)],
    "a login answered at the instant of the fault": [let_in(B, 990, 1000)],
    "a login sent at the instant of the first write elsewhere": [let_in(A, 2002, 2010)],
    "the old primary at both ends of its grace": [let_in(A, 3000, 4000), let_in(A, 5010, 5020)],
    "a login under way while the fault struck": [let_in(A, 999, 5000)],
    "the old primary just after its heal": [let_in(A, 3000, 4005), let_in(A, 4500, 4503), let_in(A, 5009, 5020)],
    "a witness beside the secondary": [operation(A, 1001, 1002, client=WITNESS)],
}


@pytest.mark.parametrize("case", LEGAL)
def test_a_legal_look_alike_is_no_finding(case: str) -> None:
    """Where the server may have been the owner, or has just been given back."""
    judgement = secondary_access(knocked_at(LEGAL[case]))

    assert judgement.findings == ()
    assert judgement.verdict is Verdict.PASS


BREACHES = {
    "the secondary before the fault": let_in(B, 500, 503),
    "the secondary just before the fault": let_in(B, 990, 999),
    "the old primary just after the first write elsewhere": let_in(A, 2003, 2010),
    "the old primary before its heal": let_in(A, 3000, 3999),
    "the old primary after its grace": let_in(A, 5011, 5020),
    "a read": let_in(B, 500, 503, Kind.READ),
    "another account": let_in(B, 500, 503, client=READER),
    "the secondary before its first write in steady state": let_in(B, 1, 3),
}


@pytest.mark.parametrize("case", BREACHES)
def test_anything_let_in_at_a_secondary_is_found(case: str) -> None:
    """Certainly before or after the server's own time."""
    assert len(secondary_access(knocked_at(BREACHES[case])).findings) == 1


def test_the_finding_names_server_account_and_what_was_let_in() -> None:
    """One finding for all that an account was let in to at one server, with the keys of writes."""
    write = let_in(A, 6010, 6012, Kind.WRITE)
    rows = [let_in(A, 6000, 6003), let_in(A, 6004, 6005, Kind.READ), write, let_in(A, 6100, 6103)]
    judgement = secondary_access(knocked_at(rows))

    sentence = (
        "a1, not the primary, let the account owner in over the clients' network: "
        "1 write, 1 read, 2 logins between 6.000 s and 6.103 s"
    )
    assert judgement.findings == (Finding("secondary access", sentence, keys(write)),)


def test_each_account_and_server_has_its_own_finding() -> None:
    """What one account could do is not told as another's."""
    rows = [let_in(B, 500, 503), let_in(B, 510, 513, client=READER), let_in(A, 6000, 6003)]
    judgement = secondary_access(knocked_at(rows))

    assert [finding.sentence.split(": ")[-1] for finding in judgement.findings] == [
        "1 login between 6.000 s and 6.003 s",
        "1 login between 0.500 s and 0.503 s",
        "1 login between 0.510 s and 0.513 s",
    ]


def test_a_write_let_in_at_the_secondary_does_not_vouch_for_itself() -> None:
    """Ownership is what the address's own writes show, whatever a visitor managed to write."""
    write = let_in(B, 500, 503, Kind.WRITE)

    assert [finding.keys for finding in secondary_access(knocked_at(write)).findings] == [keys(write)]


def test_a_secondary_that_was_lost_and_came_back_has_no_grace() -> None:
    """The grace is for a replaced primary; the secondary had nothing to forget."""
    rows = [load(A, 0, 9000), visits(B, 0, 9000), visits(B, 0, 9000, READER)]
    early = let_in(B, 2100, 2103)
    judgement = secondary_access(history(*rows, early, faults=(fault(1000, 2000),)))

    assert len(judgement.findings) == 1


def test_a_switch_moves_the_door() -> None:
    """After it the old primary is the one that must refuse, without any grace."""
    rows = [load(A, 0, 1000), load(B, 1300, 3000), visits(B, 0, 1000), visits(A, 1300, 3000)]
    others = [visits(B, 0, 1000, READER), visits(A, 1300, 3000, READER)]
    record = switch(1000, 1250)

    assert secondary_access(history(*rows, *others, switches=(record,))).verdict is Verdict.PASS
    late = let_in(A, 1400, 1403, Kind.READ)
    assert len(secondary_access(history(*rows, *others, late, switches=(record,))).findings) == 1


def test_writes_at_two_servers_at_once_leave_no_verdict() -> None:
    """Who may let customers in is deduced from them; the address's own check finds them."""
    judgement = secondary_access(knocked_at(load(A, 1500, 2100), let_in(A, 3000, 3003)))

    assert judgement.findings == ()
    assert judgement.undecided == (
        "no one change of primary explains the writes that the address acknowledged: who owned them is not known"
    )


def test_without_a_refused_attempt_there_is_no_verdict() -> None:
    """Nobody tried, with one of the accounts or at all."""
    rows = [load(A, 0, 1000), visits(B, 0, 1000)]

    assert secondary_access(history(*rows)).undecided == (
        "no attempt at a secondary was refused for the account reader"
    )
    timed_out = visits(B, 0, 1000, READER, Outcome.INDETERMINATE)
    assert secondary_access(history(*rows, timed_out)).verdict is Verdict.NO_VERDICT


def test_a_long_silence_leaves_no_verdict() -> None:
    """Attempts must be spread over the whole time, its end included."""
    rows = [load(A, 0, 9000), visits(B, 0, 9000), visits(B, 0, 3000, READER)]
    judgement = secondary_access(history(*rows), silence_s=5.0)

    assert judgement.undecided == "no attempt was made with the account reader for 6.092 s; allowed 5 s"


def switched(finished_ms: float | None, *rows: Row | list[Row], asked_ms: int = 1000, reader: bool = True) -> History:
    """A switch after 1 s; the owner tries both servers all along, the reader the old primary while it lasts."""
    tried = [visits(A, 1600, 5000), visits(A, 1000, 1600, OWNER, Outcome.INDETERMINATE), visits(B, 0, 1600)]
    others = [visits(B, 0, 900, READER), visits(A, 1000 if reader else 2300, 5000, READER)]
    writes = [load(A, 0, 1000), load(B, 1600, 5000)]
    record = switch(asked_ms, finished_ms)
    return history(*writes, *tried, *others, *rows, roster=PAIR, switches=(record,))


@pytest.mark.parametrize(("sent_ms", "received_ms"), [(1000, 1003), (2250, 2253), (700, 1500), (990, 1000)])
@pytest.mark.parametrize("outcome", Outcome)
def test_one_attempt_at_each_server_during_a_switch_is_enough(sent_ms: int, received_ms: int, outcome: Outcome) -> None:
    """From its begin to its end, hanging into it too, whatever came of it; the new primary may let the account in."""
    attempt = operation(B, sent_ms, received_ms, client=READER, kind=Kind.LOGIN, outcome=outcome)
    judgement = secondary_access(switched(2250, attempt))

    assert judgement.verdict is Verdict.PASS
    assert judgement.measures[-2:] == (
        Measure("fewest attempts at a server during an event, owner", 6.0, "attempts"),
        Measure("fewest attempts at a server during an event, reader", 1.0, "attempts"),
    )


MISSED = {
    "just before it": operation(B, 700, 999, client=READER, kind=Kind.LOGIN, outcome=Outcome.REFUSED),
    "just after it": operation(B, 2251, 2254, client=READER, kind=Kind.LOGIN),
    "a read on a connection of before": operation(B, 2000, 2003, client=READER, kind=Kind.READ),
    "by a client of the address": operation(B, 2000, 2003, kind=Kind.LOGIN),
}


@pytest.mark.parametrize("case", MISSED)
def test_a_server_that_an_account_did_not_try_during_a_switch_leaves_no_verdict(case: str) -> None:
    """The five seconds of silence that are allowed elsewhere would hide the whole switch."""
    judgement = secondary_access(switched(2250, MISSED[case]))

    assert judgement.findings == ()
    assert judgement.undecided == "nobody tried to log in with reader at b1 during the switch"
    assert judgement.measures[-1].value == 0.0


def test_every_server_that_was_not_tried_is_named() -> None:
    """The old primary first."""
    assert secondary_access(switched(2250, reader=False)).undecided == (
        "nobody tried to log in with reader at a1 during the switch, with reader at b1 during the switch"
    )


@pytest.mark.parametrize(("finished_ms", "verdict"), [(1499, Verdict.PASS), (1500, Verdict.NO_VERDICT)])
def test_nothing_is_demanded_in_less_than_half_a_second(finished_ms: int, verdict: Verdict) -> None:
    """Visitors could not have come in time."""
    assert secondary_access(switched(finished_ms, reader=False)).verdict is verdict


def test_a_switch_without_an_end_lasts() -> None:
    """Attempts at any later time are attempts during it."""
    assert secondary_access(switched(None)).verdict is Verdict.NO_VERDICT
    assert secondary_access(switched(None, let_in(B, 4000, 4003, client=READER))).verdict is Verdict.PASS


@pytest.mark.parametrize(("disrupts", "verdict"), [(True, Verdict.NO_VERDICT), (False, Verdict.PASS)])
def test_a_fault_that_takes_a_server_away_is_watched_like_a_switch(disrupts: bool, verdict: Verdict) -> None:
    """A link held back is not: nobody is called to take over."""
    rows = [load(A, 0, 4000), visits(B, 0, 4000), visits(A, 0, 4000, OWNER, Outcome.ACKNOWLEDGED)]
    others = [visits(B, 0, 4000, READER), visits(A, 0, 1000, READER, Outcome.ACKNOWLEDGED)]
    held = replace(fault(1000, 2000), disrupts=disrupts)
    judgement = secondary_access(history(*rows, *others, roster=PAIR, faults=(held,)))

    assert judgement.verdict is verdict


def after(last_visit_ms: int, until_ms: int) -> History:
    """A switch from 1.0 to 1.3 s; the reader knocks at the old primary until some time, the owner all along."""
    knocks = [visits(server, 0, until_ms) for server in (A, B)]
    others = [visits(server, 0, last_visit_ms, READER) for server in (A, B)]
    gone_on = visits(A, last_visit_ms, until_ms, READER, Outcome.INDETERMINATE)
    rows = [load(A, 0, 1000), load(B, 1250, until_ms), *knocks, *others, gone_on]
    return history(*rows, roster=PAIR, switches=(switch(1000, 1300),))


@pytest.mark.parametrize(("last_visit_ms", "until_ms", "doubted"), [(1300, 2000, 1), (1301, 2000, 0), (1300, 1795, 0)])
def test_each_account_has_to_be_refused_once_the_switch_is_over(
    last_visit_ms: int, until_ms: int, doubted: int
) -> None:
    """At the secondary that there is now; not demanded where the load ended within half a second."""
    sentence = "no attempt at a secondary was refused after the switch was over for the account reader"

    assert secondary_access(after(last_visit_ms, until_ms)).undecided == sentence * doubted


def test_the_same_after_a_fault_and_not_where_none_was_over() -> None:
    """The switch that is over last counts; one without an end leaves nothing to demand."""
    knocks = [visits(B, 0, 3000, client) for client in (OWNER, READER)]
    tried = [visits(A, 1000, 3000, client, Outcome.INDETERMINATE) for client in (OWNER, READER)]
    rows = [load(A, 0, 1000), load(B, 1500, 3000), *knocks, *tried]

    assert secondary_access(history(*rows, roster=PAIR, faults=(fault(1000, 2000),))).undecided == (
        "no attempt at a secondary was refused after process-killed of a1 was over for the account owner or reader"
    )
    assert secondary_access(history(*rows, roster=PAIR, faults=(fault(1000),))).undecided == ""
