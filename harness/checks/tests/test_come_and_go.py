"""Rows that were shown and are gone, and rows that come after their time."""

import numpy as np
import pytest

from hadrill.harness.checks.come_and_go import come_and_go
from hadrill.harness.checks.tests.histories import (
    AT_ADDRESS,
    A,
    Row,
    fault,
    history,
    keys,
    load,
    look,
    ns,
    operation,
    refused,
    unknown,
)
from hadrill.harness.model.history import Snapshot
from hadrill.harness.model.verdict import Finding, Judgement, Verdict

WRITES = load(A, 0, 100)
UNKNOWN = unknown(100, 200)
END = operation(A, 60_000, 60_002)


def of(*rows: Row) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """Their keys."""
    return np.array(keys(*rows), dtype=np.uint64)


def at(at_ms: float, *rows: Row, place: str = "address") -> Snapshot:
    """A snapshot with the acknowledged rows and these."""
    return Snapshot(place, ns(at_ms), of(*WRITES, *rows))


def judged(*looks: list[Row], present: tuple[Row, ...] = (), **fields: object) -> Judgement:
    """With ten acknowledged writes, one whose answer never came, and these rows in the end besides."""
    return come_and_go(history(WRITES, UNKNOWN, END, *looks, present=of(*WRITES, END, *present), **fields))


@pytest.mark.parametrize("there", [(), (UNKNOWN,)], ids=["never came", "came"])
def test_an_indeterminate_write_may_be_there_or_not(there: tuple[Row, ...]) -> None:
    """As long as it is so from beginning to end."""
    snapshots = (at(10_000, *there), at(20_000, *there))
    judgement = judged(present=there, snapshots=snapshots)

    assert judgement.verdict is Verdict.PASS
    assert [measure.value for measure in judgement.measures] == [1.0, 1.0, float(len(there)), 2.0]


def test_a_row_that_the_address_showed_and_that_is_gone_in_the_end_is_a_finding() -> None:
    """Shown to a reader, or read in a snapshot."""
    shown = judged(look(A, 300, UNKNOWN, client=AT_ADDRESS))
    held = judged(snapshots=(at(10_000, UNKNOWN),))

    sentence = "1 row that readers were shown through the address had gone by the end"
    assert shown.findings == (Finding("come and go", sentence, keys(UNKNOWN)),)
    sentence = "1 row there at 10.000 s (address) had gone by the end"
    assert held.findings == (Finding("come and go", sentence, keys(UNKNOWN)),)


def test_a_row_that_is_gone_on_the_way_is_a_finding_even_if_it_is_back_in_the_end() -> None:
    """Acknowledged or not."""
    views = (at(10_000), Snapshot("address", ns(20_000), of(*WRITES[1:])), at(30_000))
    judgement = judged(look(A, 300, WRITES[-1], client=AT_ADDRESS), snapshots=views)

    assert [finding.sentence for finding in judgement.findings] == [
        "1 row there at 10.000 s (address) had gone by 20.000 s (address)",
        "1 row whose writes were over came only after 20.000 s: missing through the address then, and there later",
    ]
    assert {finding.keys for finding in judgement.findings} == {keys(WRITES[0])}


def test_what_was_shown_before_a_snapshot_is_in_it() -> None:
    """And what is shown later need not be."""
    early = judged(look(A, 300, UNKNOWN, client=AT_ADDRESS), present=(UNKNOWN,), snapshots=(at(10_000),))
    late = judged(look(A, 11_000, UNKNOWN, client=AT_ADDRESS), present=(UNKNOWN,), snapshots=(at(2000),))

    assert early.findings[0].sentence == (
        "1 row that readers were shown through the address had gone by 10.000 s (address)"
    )
    assert late.verdict is Verdict.PASS


def test_a_write_that_came_after_its_time_is_a_finding() -> None:
    """Missing when its grace had passed, there in the end; whether unanswered or refused."""
    sentence = (
        "1 row whose writes were over came only after 10.000 s: missing through the address then, and there later"
    )

    late = judged(present=(UNKNOWN,), snapshots=(at(10_000),))
    assert late.findings == (Finding("come and go", sentence, keys(UNKNOWN)),)
    no = refused(A, 150, 151)
    judgement = come_and_go(history(WRITES, no, END, present=of(*WRITES, no, END), snapshots=(at(10_000),)))
    assert judgement.findings == (Finding("come and go", sentence, keys(no)),)


def test_a_write_may_come_within_its_grace() -> None:
    """Two seconds from its end."""
    early, late = (judged(present=(UNKNOWN,), snapshots=(at(read_ms),)) for read_ms in (2100, 2201))
    assert (early.verdict, late.verdict) == (Verdict.PASS, Verdict.FAIL)
    name = "indeterminate writes that had had their time"
    assert [measure.value for each in (early, late) for measure in each.measures if measure.name == name] == [0, 1]


@pytest.mark.parametrize(
    ("healed_ms", "verdict"),
    [(9000, Verdict.PASS), (4000, Verdict.FAIL), (None, Verdict.PASS)],
    ids=["healed just before", "healed long ago", "never healed"],
)
def test_a_commit_may_wait_for_a_fault_to_end(healed_ms: int | None, verdict: Verdict) -> None:
    """The grace begins anew with the heal."""
    record = fault(50, None if healed_ms is None else healed_ms - 10, healed_ms)

    assert judged(present=(UNKNOWN,), snapshots=(at(10_000),), faults=(record,)).verdict is verdict


def test_a_server_may_lose_what_nobody_was_acknowledged() -> None:
    """A lost primary recovers a tail and is rebuilt; acknowledged rows stay where they were."""
    tail = (at(2000), at(3000, UNKNOWN, place="a1"), at(20_000, place="a1"))
    lossy = (at(2000), at(3000, place="b1"), Snapshot("b1", ns(20_000), of(*WRITES[1:])))
    reader = look(A, 300, WRITES[-1], client=AT_ADDRESS)

    assert judged(reader, snapshots=tail).verdict is Verdict.PASS
    sentence = "1 acknowledged row there at 3.000 s (b1) had gone by 20.000 s (b1)"
    assert judged(reader, snapshots=lossy).findings == (Finding("come and go", sentence, keys(WRITES[0])),)


def test_servers_may_be_behind() -> None:
    """Only snapshots through the address must hold what was acknowledged."""
    behind = Snapshot("c1", ns(500), of(*WRITES[:3]))

    assert judged(look(A, 300, WRITES[-1], client=AT_ADDRESS), snapshots=(behind, at(600))).verdict is Verdict.PASS


def test_without_the_rows_of_some_moment_before_the_end_nothing_is_known() -> None:
    """What readers were shown, the newest row of each writer, is not enough; nor is all that without the end."""
    unread = "nobody read the rows through the address before the end"

    assert judged().undecided == unread
    assert judged(look(A, 300, WRITES[-1], client=AT_ADDRESS)).undecided == unread
    assert come_and_go(history(WRITES, present=None)).verdict is Verdict.NO_VERDICT
