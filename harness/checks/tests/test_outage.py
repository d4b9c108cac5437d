"""The outage stopwatch: which times count, which of them is held to the objective, and what leaves no verdict."""

import pytest

from hadrill.harness.checks.outage import outage
from hadrill.harness.checks.tests.histories import (
    LIMIT,
    STUBBORN,
    WITNESS,
    WRITER_2,
    A,
    B,
    fault,
    history,
    load,
    ns,
    operation,
    switch,
    unknown,
)
from hadrill.harness.model.history import Stall
from hadrill.harness.model.operation import NO_SERVER
from hadrill.harness.model.verdict import Finding, Judgement, Objective, Verdict

ONE_SECOND = Objective("switch", 1.0, "s", "a test")


def values(judgement: Judgement) -> dict[str, float | None]:
    """Measures by name."""
    return {measure.name: measure.value for measure in judgement.measures}


def test_a_failover_is_timed_from_the_injection() -> None:
    """Held to the objective is the first answer from another server; the outage began with the last answer before."""
    record = fault(995)
    judgement = outage(history(load(A, 0, 1000), load(B, 1600, 3000), faults=(record,)), LIMIT, record)

    assert values(judgement) == pytest.approx(
        {
            "time to writes again": 0.607,
            "outage of all clients together": 0.61,
            "outage of the worst client": 0.61,
        }
    )
    assert judgement.measures[0].objective == LIMIT
    assert judgement.measures[0].resolution == pytest.approx(0.01)
    assert judgement.verdict is Verdict.PASS


def test_a_failover_above_its_objective_is_a_finding() -> None:
    """The sentence says how long, for what, when and what was allowed."""
    record = fault(1000)
    judgement = outage(history(load(A, 0, 1000), load(B, 4500, 6000), faults=(record,)), LIMIT, record)

    assert [finding.sentence for finding in judgement.findings] == [
        "clients waited 3.502 s for process-killed of a1, from 1.000 s to 4.502 s; allowed 3 s (failover after a kill)"
    ]


def test_an_objective_just_kept_is_kept() -> None:
    """A measure above its limit breaks the promise; one at it does not."""
    record = fault(1000)
    judgement = outage(history(load(A, 0, 1000), load(B, 3998, 6000), faults=(record,)), LIMIT, record)

    assert judgement.measures[0].value == LIMIT.limit
    assert judgement.verdict is Verdict.PASS


def test_a_switch_is_held_by_its_outage_and_not_by_its_duration() -> None:
    """The old primary served on for two seconds after the switch was asked for; only the gap counts."""
    record = switch(1000, 3500)
    judgement = outage(history(load(A, 0, 3000), load(B, 3300, 5000), switches=(record,)), ONE_SECOND, record)

    assert values(judgement) == pytest.approx(
        {"outage of all clients together": 0.31, "outage of the worst client": 0.31}
    )
    assert judgement.measures[0].objective == ONE_SECOND
    assert judgement.verdict is Verdict.PASS


def test_the_worst_client_may_wait_longer_than_all_together() -> None:
    """Per client the time ends with that client's own first answer from the other server."""
    record = fault(1000)
    rows = [load(A, 0, 1000), load(A, 0, 1000, 20, WRITER_2), load(B, 1500, 3000), load(B, 2000, 3000, 10, WRITER_2)]
    judgement = outage(history(*rows, faults=(record,)), LIMIT, record)

    assert values(judgement)["outage of all clients together"] == pytest.approx(0.51)
    assert values(judgement)["outage of the worst client"] == pytest.approx(1.02)
    assert [measure.resolution for measure in judgement.measures] == pytest.approx([0.01, 0.01, 0.02])


def test_a_client_that_came_later_is_not_the_worst() -> None:
    """Only who was served before the event can have lost something."""
    record = fault(1000)
    rows = [load(A, 0, 1000, client=WRITER_2), load(B, 1500, 3000, client=WRITER_2), load(B, 2500, 3000)]
    judgement = outage(history(*rows, faults=(record,)), LIMIT, record)

    assert values(judgement)["outage of the worst client"] == pytest.approx(0.51)


def test_only_reconnecting_clients_over_the_address_count() -> None:
    """What a witness on the rack or the client that never reconnects is told is no service to customers."""
    record = fault(1000)
    rows = [load(A, 0, 1000), load(B, 1100, 3000, 10, WITNESS), load(B, 1200, 3000, 10, STUBBORN), load(B, 2000, 3000)]
    judgement = outage(history(*rows, faults=(record,)), LIMIT, record)

    assert values(judgement)["time to writes again"] == pytest.approx(1.002)


def test_gaps_before_the_event_and_after_the_change_do_not_count() -> None:
    """The stopwatch looks at one event."""
    record = switch(5000, 5300)
    rows = [load(A, 0, 1000), load(A, 4000, 5000), load(B, 5200, 6000), load(B, 9000, 9500)]
    judgement = outage(history(*rows, switches=(record,)), ONE_SECOND, record)

    assert values(judgement)["outage of all clients together"] == pytest.approx(0.21)


def test_an_answer_of_the_old_primary_does_not_end_a_failover() -> None:
    """A late answer of the old primary splits the outage, but writes are back only with the new one."""
    record = fault(1000)
    rows = [load(A, 0, 1000), [operation(A, 995, 2000, client=WRITER_2)], load(B, 3000, 4000)]
    judgement = outage(history(*rows, faults=(record,)), LIMIT, record)

    assert values(judgement)["time to writes again"] == pytest.approx(2.002)
    assert values(judgement)["outage of all clients together"] == pytest.approx(1.008)


def test_writes_that_never_came_back_are_a_finding() -> None:
    """The value is null, and load was sent for longer than the objective."""
    record = fault(1000)
    errors = [unknown(at, at + 90) for at in range(1000, 5000, 100)]
    judgement = outage(history(load(A, 0, 1000), errors, faults=(record,)), LIMIT, record)

    assert judgement.measures[0].value is None
    sentence = (
        "no server but a1 answered a write in the 3.990 s of load after process-killed of a1; "
        "allowed 3 s (failover after a kill)"
    )
    assert judgement.findings == (Finding("outage", sentence),)


def test_a_load_that_ended_too_early_leaves_no_verdict() -> None:
    """Nobody tried for as long as the objective allows."""
    record = fault(1000)
    judgement = outage(history(load(A, 0, 1000), unknown(1000, 3900), faults=(record,)), LIMIT, record)

    assert judgement.findings == ()
    assert judgement.verdict is Verdict.NO_VERDICT


def test_a_switch_that_changed_nothing_is_no_short_outage() -> None:
    """The old primary went on without a gap: nothing was switched, and that is no pass."""
    record = switch(1000, 1200)
    judgement = outage(history(load(A, 0, 5000), switches=(record,)), ONE_SECOND, record)

    assert judgement.measures[0].value is None
    assert judgement.verdict is Verdict.FAIL


@pytest.mark.parametrize(
    ("stall_ms", "verdict"), [(600, Verdict.NO_VERDICT), (400, Verdict.FAIL)], ids=["may turn it", "cannot"]
)
def test_our_own_stall_may_take_the_verdict_away(stall_ms: int, verdict: Verdict) -> None:
    """3.5 s where 3 s are allowed: no verdict if our load stood still for more than the half second."""
    record = fault(1000)
    stalls = (Stall("load", ns(2000), ns(stall_ms)), Stall("load", ns(2100), ns(100)), Stall("load", ns(9000), ns(900)))
    judgement = outage(history(load(A, 0, 1000), load(B, 4498, 6000), faults=(record,), stalls=stalls), LIMIT, record)

    assert judgement.verdict is verdict
    assert judgement.measures[0].resolution == pytest.approx(0.01 + stall_ms / 1000)


def test_a_stall_within_the_objective_takes_nothing_away() -> None:
    """What was kept in spite of a stall was kept."""
    record = fault(1000)
    stalls = (Stall("load", ns(1200), ns(300)),)
    judgement = outage(history(load(A, 0, 1000), load(B, 1600, 3000), faults=(record,), stalls=stalls), LIMIT, record)

    assert judgement.verdict is Verdict.PASS


def test_without_load_before_the_event_nothing_is_known() -> None:
    """There is no server to fail over from."""
    record = fault(1000)
    judgement = outage(history(load(B, 1600, 3000), faults=(record,)), LIMIT, record)

    assert judgement.verdict is Verdict.NO_VERDICT


def test_a_server_that_nobody_knows_takes_no_place() -> None:
    """Whoever answers without telling who it is may be the old one."""
    record = fault(1000)
    judgement = outage(history(load(A, 0, 1000), load(NO_SERVER, 1100, 6000), faults=(record,)), LIMIT, record)

    assert judgement.measures[0].value is None
    (finding,) = judgement.findings
    assert finding.sentence.startswith("no server but a1 answered a write in the 4.992 s of load after")
