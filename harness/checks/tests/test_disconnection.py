"""A switch breaks connections: clients that reconnect carry on, the one that does not stays broken."""

from hadrill.harness.checks.disconnection import disconnection
from hadrill.harness.checks.tests.histories import (
    STUBBORN,
    WITNESS,
    WRITER_2,
    A,
    B,
    Row,
    history,
    keys,
    load,
    operation,
    refused,
    switch,
    unknown,
)
from hadrill.harness.model.operation import Kind
from hadrill.harness.model.verdict import Finding, Measure, Verdict

SWITCH = switch(1000, 1300)
WRITERS = [*load(A, 0, 1000), unknown(1000, 1100), *load(B, 1200, 9000)]
BEFORE = load(A, 0, 1000, 50, STUBBORN)


def errors(from_ms: int, until_ms: int, client: int = STUBBORN) -> list[Row]:
    """A failed write every 50 ms."""
    return [unknown(at, at + 1, client) for at in range(from_ms, until_ms, 50)]


def test_a_client_that_reconnects_carries_on_and_one_that_does_not_stays_broken() -> None:
    """How many connections broke is measured."""
    judgement = disconnection(history(WRITERS, BEFORE, errors(1050, 9000)), SWITCH)

    assert judgement.verdict is Verdict.PASS
    assert judgement.measures == (Measure("clients whose connection broke", 2.0, "clients"),)


def test_a_connection_that_outlived_the_switch_is_found() -> None:
    """It went on as if nothing had happened; a write refused before the switch broke nothing."""
    refusal = refused(A, 505, 506, client=STUBBORN)
    kept = load(A, 1050, 9000, 50, STUBBORN)
    judgement = disconnection(history(WRITERS, BEFORE, refusal, kept), SWITCH)

    sentence = "stubborn, which does not reconnect, kept its connection through the switch: acknowledged at 1.350 s"
    assert judgement.findings == (Finding("disconnection", sentence, keys(*kept[6:])[:100]),)


def test_a_reconnecting_client_that_was_never_disconnected_is_found() -> None:
    """It is still with the old primary, or a switch broke nothing."""
    kept = load(A, 0, 9000, 50, WRITER_2)
    judgement = disconnection(history(WRITERS, BEFORE, errors(1050, 9000), kept), SWITCH)

    sentence = "writer-2, which reconnects, kept its connection through the switch: acknowledged at 1.350 s"
    assert [finding.sentence for finding in judgement.findings] == [sentence]


def test_a_guest_who_came_anew_kept_no_connection() -> None:
    """Between two of its visits nothing of it was there to break."""
    visits = [operation(A, at, at + 1, client=WRITER_2, kind=Kind.LOGIN) for at in range(0, 9000, 200)]
    judgement = disconnection(history(WRITERS, BEFORE, errors(1050, 9000), visits), SWITCH)

    assert judgement.verdict is Verdict.PASS


def test_a_broken_connection_that_serves_again_is_found() -> None:
    """Broken is broken."""
    again = operation(B, 5000, 5002, client=STUBBORN)
    judgement = disconnection(history(WRITERS, BEFORE, errors(1050, 4000), again), SWITCH)

    assert [finding.keys for finding in judgement.findings] == [keys(again)]


def test_a_reconnecting_client_that_never_came_back_is_found() -> None:
    """It tried long enough."""
    lost = [*load(A, 0, 1000, 10, WRITER_2), *errors(1000, 9000, WRITER_2)]
    judgement = disconnection(history(WRITERS, BEFORE, errors(1050, 9000), lost), SWITCH)

    sentence = "writer-2, which reconnects, was acknowledged nothing in the 7.651 s after the switch"
    assert judgement.findings == (Finding("disconnection", sentence),)


def test_a_client_that_was_not_at_work_before_is_not_judged() -> None:
    """Served elsewhere, or not at all, before the switch: nothing was promised to it over the address."""
    newcomer = errors(1000, 9000, WRITER_2)
    neighbour = [*load(A, 0, 1000, 10, WITNESS), *errors(1000, 9000, WITNESS)]
    judgement = disconnection(history(WRITERS, BEFORE, errors(1050, 9000), newcomer, neighbour), SWITCH)

    assert judgement.verdict is Verdict.PASS


def test_a_load_that_ended_soon_after_leaves_no_verdict() -> None:
    """A reconnection takes its time; so does a broken client to try again."""
    slow = [*load(A, 0, 1000, 10, WRITER_2), *errors(1000, 2000, WRITER_2)]
    assert disconnection(history(WRITERS, BEFORE, errors(1050, 9000), slow), SWITCH).verdict is Verdict.NO_VERDICT
    assert disconnection(history(WRITERS, BEFORE, unknown(990, 1040, STUBBORN)), SWITCH).undecided == (
        "stubborn tried nothing after the switch"
    )


def test_without_both_kinds_of_client_there_is_no_verdict() -> None:
    """Or without a switch that finished."""
    assert disconnection(history(WRITERS), SWITCH).undecided == (
        "no client that does not reconnect was at work before the switch"
    )
    assert disconnection(history(BEFORE, errors(1050, 9000)), SWITCH).verdict is Verdict.NO_VERDICT
    assert disconnection(history(WRITERS, BEFORE), switch(1000, None)).verdict is Verdict.NO_VERDICT
