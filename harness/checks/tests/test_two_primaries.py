"""Two primaries are found where no order of changes explains the writes, and nowhere else."""

import re
from dataclasses import replace
from typing import Any

import pytest

from hadrill.harness.checks.tests.histories import (
    OWNER,
    WITNESS,
    WRITER_2,
    A,
    B,
    C,
    Row,
    fault,
    history,
    keys,
    load,
    ns,
    operation,
    probes,
    switch,
)
from hadrill.harness.checks.two_primaries import two_primaries
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History, Sighting
from hadrill.harness.model.operation import Kind, Outcome, Roster
from hadrill.harness.model.verdict import Finding, Measure, Verdict


def witnessed(until_ms: int, *rows: Row | list[Row], **fields: Any) -> History:
    """With a witness beside each server of the pair all along, whom it refuses."""
    return history(*rows, probes(A, 0, until_ms), probes(B, 0, until_ms), **fields)


def legal_histories() -> dict[str, History]:
    """Histories that look alarming and are not."""
    return {
        "a chain of failover, heal and switch back": witnessed(
            9500,
            load(A, 0, 1000),
            load(B, 1600, 5000),
            load(A, 5200, 7000),
            load(B, 7700, 9500),
            faults=(fault(1000, 3000), fault(7000, 8000)),
            switches=(switch(5000, 5200),),
        ),
        "an answer of before the pause that came after it": witnessed(
            9000,
            load(A, 0, 1000),
            operation(A, 998, 6000, client=WRITER_2),
            load(B, 2000, 9000),
            faults=(fault(1000, 5990),),
        ),
        "a request sent while the pause began": witnessed(
            9000,
            load(A, 0, 1000),
            operation(A, 1000.1, 6000, client=WRITER_2),
            load(B, 2000, 9000),
            faults=(fault(1000, 5990),),
        ),
        "an answer that took longer than the change": witnessed(
            3000,
            load(A, 0, 1000),
            operation(A, 990, 1700, client=WRITER_2),
            load(B, 1600, 3000),
            faults=(fault(900, 1750),),
        ),
        "writes that touch at one instant": witnessed(
            30, operation(A, 0, 10), operation(B, 10, 20, client=WRITER_2), operation(A, 20, 30)
        ),
        "a replaced primary's write sent as the new one first answered": witnessed(
            3000,
            load(A, 0, 1000),
            load(B, 1600, 3000),
            operation(A, 1602, 1700, client=WITNESS),
            faults=(fault(1000, 1750),),
        ),
        "a change without any event": witnessed(2000, load(A, 0, 1000), load(B, 1100, 2000)),
        "an owner that no write shows, between a switch and a fault": witnessed(
            3000,
            load(A, 0, 1000),
            load(B, 1201, 1203, 1),
            load(A, 2000, 3000),
            switches=(switch(1000, 1150),),
            faults=(fault(1200, 1300),),
        ),
        "a replaced primary within its grace": witnessed(
            5000,
            load(A, 0, 1000),
            load(B, 1600, 3000),
            operation(A, 4000, 4002, client=WITNESS),
            faults=(fault(1000, 3490, 3500),),
        ),
    }


@pytest.mark.parametrize("case", legal_histories())
def test_a_legal_look_alike_is_no_finding(case: str) -> None:
    """One change for each window, wherever the writes were committed between sending and answer."""
    judgement = two_primaries(legal_histories()[case])

    assert judgement.findings == ()
    assert judgement.verdict is Verdict.PASS


def test_two_servers_that_write_at_the_same_time_are_found() -> None:
    """Both are named with their times, and the writes of each within the other's are shown, the fewer ones first."""
    awake = load(A, 3000, 3030, client=WITNESS)
    new = load(B, 1600, 4000)
    judgement = two_primaries(history(load(A, 0, 1000), new, awake, faults=(fault(1000, 2900),)))

    sentence = (
        "two servers acknowledged writes at the same time: a1 (from an answer at 3.002 s to a write sent at 3.020 s) "
        "and b1 (from an answer at 1.602 s to a write sent at 3.990 s)"
    )
    within = [row for row in new if row[1] > ns(3002)]
    assert judgement.findings == (Finding("two primaries", sentence, (*keys(*awake), *keys(*within))[:100]),)


def test_one_stray_write_between_two_others_is_enough() -> None:
    """A write past the address, at a server that was never primary."""
    stray = operation(B, 503, 507, client=WITNESS)
    judgement = two_primaries(history(load(A, 0, 1000), stray))

    assert len(judgement.findings) == 1
    assert keys(stray)[0] in judgement.findings[0].keys


def test_a_write_over_a_clients_network_counts_too() -> None:
    """Every way is a way to a second primary."""
    judgement = two_primaries(history(load(A, 0, 1000), operation(B, 503, 507, client=OWNER)))

    assert len(judgement.findings) == 1


def test_each_window_has_its_own_finding() -> None:
    """Two servers at once before a switch and again after it are two findings."""
    rows = [load(A, 0, 1000), load(B, 300, 600, client=WITNESS), load(B, 1200, 2000), load(A, 1500, 1700, 10, WITNESS)]
    judgement = two_primaries(history(*rows, switches=(switch(1000, 1100),)))

    assert len(judgement.findings) == 2


def test_a_third_server_is_told_apart() -> None:
    """Only the pair that overlaps is named."""
    rows = [load(A, 0, 1000), load(B, 1600, 3000), load(C, 2000, 2100, client=WITNESS)]
    judgement = two_primaries(history(*rows, faults=(fault(1000),)))

    assert [re.findall(r"(\w+) \(", finding.sentence) for finding in judgement.findings] == [["b1", "c1"]]


def test_a_replaced_server_that_writes_after_its_grace_is_found() -> None:
    """The new primary writes no more, so that nothing overlaps; the old one is deposed all the same."""
    late = operation(A, 4501, 4503, client=WITNESS)
    rows = [load(A, 0, 1000), load(B, 1600, 3000), [late]]
    judgement = two_primaries(history(*rows, faults=(fault(1000, 3490, 3500),)), grace_s=1.0)

    sentence = "a1 acknowledged 1 write sent from 4.501 s on, although b1 had taken over by 1.602 s"
    assert judgement.findings == (Finding("two primaries", sentence, keys(late)),)


def test_a_replaced_server_that_writes_before_its_heal_has_no_grace() -> None:
    """Cut off from its clients and still acknowledging to its neighbours, after another one has taken over."""
    rows = [load(A, 0, 1000), load(B, 1600, 1610), load(A, 2000, 2010, client=WITNESS)]
    judgement = two_primaries(history(*rows, faults=(fault(1000, 3490, 3500),)))

    assert len(judgement.findings) == 1


def test_a_writable_flag_alone_is_a_warning() -> None:
    """A paused server wakes with it; flags of the primary and of read-only servers say nothing."""
    flags = [("a1", 500, True), ("b1", 500, False), ("a1", 3001, True), ("a1", 3101, True), ("b1", 2500, True)]
    sightings = tuple(Sighting(node, ns(at), writable) for node, at, writable in flags)
    rows = [load(A, 0, 1000), load(B, 1600, 4000)]
    judgement = two_primaries(history(*rows, faults=(fault(1000, 3000),), sightings=sightings))

    assert judgement.findings == ()
    assert judgement.warnings == ("a1 was seen writable 2 times from 3.001 s to 3.101 s while it was not the primary",)


def test_without_acknowledged_writes_nothing_is_known() -> None:
    """Nobody was primary as far as anyone saw."""
    assert two_primaries(history()).verdict is Verdict.NO_VERDICT


FAILOVER = load(A, 0, 1000) + load(B, 1600, 6000) + probes(B, 0, 1000)
HEALED = fault(1000, 2990, 3000)


@pytest.mark.parametrize(("from_ms", "count"), [(1000, 39.0), (5950, 1.0)])
def test_a_replaced_server_that_was_probed_after_its_grace_passes(from_ms: int, count: float) -> None:
    """Counted are the probes later than the grace, the instant of its end not among them."""
    judgement = two_primaries(history(FAILOVER, probes(A, from_ms, 6000), faults=(HEALED,)), grace_s=1.0)

    assert judgement.verdict is Verdict.PASS
    assert judgement.measures == (Measure("attempts at the replaced server after its heal", count, "attempts"),)


UNPROBED: dict[str, list[Row | list[Row]]] = {
    "a witness that fell silent when the grace ended": [probes(A, 0, 4050)],
    "a visitor over the clients' network in its place": [
        probes(A, 0, 1000),
        operation(A, 5000, 5003, client=OWNER, outcome=Outcome.REFUSED),
    ],
    "a login in the place of a write": [
        probes(A, 0, 1000),
        operation(A, 5000, 5003, client=WITNESS, kind=Kind.LOGIN, outcome=Outcome.REFUSED),
    ],
    "a witness beside the other server": [probes(A, 0, 1000), probes(B, 1000, 6000)],
}


@pytest.mark.parametrize("case", UNPROBED)
def test_a_replaced_server_that_nobody_probed_after_its_grace_leaves_no_verdict(case: str) -> None:
    """That it stayed silent is known of nobody who asked."""
    judgement = two_primaries(history(FAILOVER, *UNPROBED[case], faults=(HEALED,)), grace_s=1.0)

    assert judgement.undecided == (
        "a1 was replaced, and no write was tried beside it later than 1 s after the heal of process-killed of a1"
    )
    assert judgement.measures == (Measure("attempts at the replaced server after its heal", 0.0, "attempts"),)


def test_probes_of_a_server_that_is_primary_again_say_nothing() -> None:
    """Switched back before its grace was over, it may write."""
    rows = [load(A, 0, 1000), load(B, 1600, 3500), load(A, 3700, 9000), probes(A, 3700, 9000), probes(B, 0, 9000)]
    judgement = two_primaries(history(*rows, faults=(HEALED,), switches=(switch(3500, 3700),)))

    assert judgement.undecided.startswith("a1 was replaced")


@pytest.mark.parametrize(
    ("struck", "reason"),
    [
        (
            fault(1000, 5500),
            "the load ended before a1 could be asked to write 1 s after the heal of process-killed of a1",
        ),
        (fault(1000), "process-killed of a1 was not healed, so that a1 could not be asked to write afterwards"),
    ],
)
def test_a_load_that_ended_before_the_grace_leaves_no_verdict(struck: FaultRecord, reason: str) -> None:
    """The reason says why nobody could have asked."""
    assert two_primaries(history(FAILOVER, probes(A, 0, 6000), faults=(struck,))).undecided == reason


def test_a_server_that_acknowledged_and_was_never_probed_leaves_no_verdict() -> None:
    """Whether anything happened or not: what it does past the address was never asked."""
    judgement = two_primaries(history(load(A, 0, 1000), probes(B, 0, 1000)))

    assert judgement.undecided == "no write was ever tried beside a1, past the address"


@pytest.mark.parametrize("faults", [(), (fault(500, 600),), (replace(fault(500, 600), disrupts=False),)])
def test_without_a_change_no_probe_after_a_heal_is_demanded(faults: tuple[FaultRecord, ...]) -> None:
    """A pair at rest, a lost secondary, a held link."""
    judgement = two_primaries(history(load(A, 0, 1000), probes(A, 0, 400), faults=faults))

    assert judgement.verdict is Verdict.PASS
    assert judgement.measures == ()


def test_a_change_that_only_the_next_window_shows_is_the_faults() -> None:
    """A switch was asked for before anyone wrote again; who took over shows after it."""
    rows = [load(A, 0, 1000), load(B, 1600, 6000), probes(A, 0, 1000), probes(B, 0, 6000)]
    judgement = two_primaries(history(*rows, faults=(HEALED,), switches=(switch(1200, 1500),)))

    assert judgement.undecided.startswith("a1 was replaced")


def test_a_fault_where_nobody_is_known_leaves_no_verdict() -> None:
    """A run without clients has no servers on its roster."""
    unseen = replace(history(faults=(fault(1000),)), roster=Roster((), ()))
    assert two_primaries(unseen).verdict is Verdict.NO_VERDICT
