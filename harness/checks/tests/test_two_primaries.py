"""Two primaries are found where no order of changes explains the writes, and nowhere else."""

import pytest

from hadrill.harness.checks.tests.histories import (
    OWNER,
    WITNESS,
    WRITER_2,
    A,
    B,
    C,
    fault,
    history,
    keys,
    load,
    ns,
    operation,
    switch,
)
from hadrill.harness.checks.two_primaries import two_primaries
from hadrill.harness.model.history import History, Sighting
from hadrill.harness.model.verdict import Finding, Verdict


def legal_histories() -> dict[str, History]:
    """Histories that look alarming and are not."""
    return {
        "a chain of failover, heal and switch back": history(
            load(A, 0, 1000),
            load(B, 1600, 5000),
            load(A, 5200, 7000),
            load(B, 7700, 9000),
            faults=(fault(1000, 3000), fault(7000, 8000)),
            switches=(switch(5000, 5200),),
        ),
        "an answer of before the pause that came after it": history(
            load(A, 0, 1000),
            operation(A, 998, 6000, client=WRITER_2),
            load(B, 2000, 9000),
            faults=(fault(1000, 5990),),
        ),
        "a request sent while the pause began": history(
            load(A, 0, 1000),
            operation(A, 1000.1, 6000, client=WRITER_2),
            load(B, 2000, 9000),
            faults=(fault(1000, 5990),),
        ),
        "an answer that took longer than the change": history(
            load(A, 0, 1000),
            operation(A, 990, 1700, client=WRITER_2),
            load(B, 1600, 3000),
            faults=(fault(900),),
        ),
        "writes that touch at one instant": history(
            operation(A, 0, 10), operation(B, 10, 20, client=WRITER_2), operation(A, 20, 30)
        ),
        "a replaced primary's write sent as the new one first answered": history(
            load(A, 0, 1000), load(B, 1600, 3000), operation(A, 1602, 1700, client=WITNESS), faults=(fault(1000),)
        ),
        "a change without any event": history(load(A, 0, 1000), load(B, 1100, 2000)),
        "an owner that no write shows, between a switch and a fault": history(
            load(A, 0, 1000),
            load(B, 1201, 1203, 1),
            load(A, 2000, 3000),
            switches=(switch(1000, 1150),),
            faults=(fault(1200, 1300),),
        ),
        "a replaced primary within its grace": history(
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
    """Both intervals are named, and the writes of each within the other's are shown."""
    awake = load(A, 3000, 3030, client=WITNESS)
    new = load(B, 1600, 4000)
    judgement = two_primaries(history(load(A, 0, 1000), new, awake, faults=(fault(1000, 2900),)))

    sentence = (
        "two servers acknowledged writes at the same time: a1 from 3.002 s to 3.020 s and b1 from 1.602 s to 3.990 s"
    )
    within = [row for row in new if row[1] > ns(3002)]
    assert judgement.findings == (Finding("two primaries", sentence, keys(*awake, *within)[:100]),)


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

    assert [finding.sentence[:60] for finding in judgement.findings] == [
        "two servers acknowledged writes at the same time: b1 from 1."
    ]


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
