"""What readers are shown: rows that vanish, time that goes back, totals, and what a read-only instance lets in."""

import numpy as np
import pytest

from hadrill.harness.checks.back_in_time import back_in_time
from hadrill.harness.checks.phantom_reads import phantom_reads
from hadrill.harness.checks.read_only_access import read_only_access
from hadrill.harness.checks.tests.histories import (
    AT_ADDRESS,
    AT_B,
    AT_C,
    INTRUDER,
    TRANSFER,
    WRITER_2,
    A,
    B,
    C,
    Row,
    history,
    keys,
    load,
    look,
    operation,
    switch,
    unknown,
)
from hadrill.harness.checks.transfers_total import transfers_total
from hadrill.harness.model.history import ServerState
from hadrill.harness.model.operation import NO_SERVER, Kind, Outcome, Way
from hadrill.harness.model.verdict import Finding, Judgement, Verdict

WRITES = load(A, 0, 100)
GONE = unknown(100, 105)
"""Shown to readers, and not there in the end."""


def values(judgement: Judgement) -> list[float | None]:
    """Of the measures."""
    return [measure.value for measure in judgement.measures]


def test_rows_that_stay_are_no_phantoms() -> None:
    """Whoever showed them, acknowledged or not."""
    judged = history(WRITES, look(C, 50, WRITES[3]), look(A, 60, WRITES[4], client=AT_ADDRESS))

    assert phantom_reads(judged).verdict is Verdict.PASS
    assert values(phantom_reads(judged)) == [2.0, 0.0]


def test_phantoms_of_a_read_only_instance_are_counted_by_row() -> None:
    """However often they were shown; held against nobody."""
    judged = history(WRITES, GONE, look(C, 110, GONE), look(C, 120, GONE))

    assert phantom_reads(judged).verdict is Verdict.PASS
    assert values(phantom_reads(judged)) == [1.0, 1.0]


@pytest.mark.parametrize(
    ("client", "server", "where"),
    [(AT_ADDRESS, A, "a1 showed over the address"), (AT_B, B, "b1 showed"), (AT_ADDRESS, C, "c1 showed over")],
    ids=["address", "secondary", "address that led astray"],
)
def test_a_phantom_of_the_pair_is_a_finding(client: int, server: int, where: str) -> None:
    """The address and the servers of the pair show nothing that can vanish."""
    reads = [operation(C, 90, 91, client=AT_C, kind=Kind.READ)]
    judgement = phantom_reads(history(WRITES, GONE, reads, look(server, 110, GONE, client=client)))

    assert [finding.keys for finding in judgement.findings] == [keys(GONE)]
    assert judgement.findings[0].sentence.startswith(where)


def test_phantoms_are_not_known_without_looks_or_without_reading_back() -> None:
    """An empty look is no row shown."""
    assert phantom_reads(history(WRITES, look(C, 50, None))).undecided == "no reader was shown any row"
    assert phantom_reads(history(WRITES, look(C, 50, WRITES[0]), present=None)).verdict is Verdict.NO_VERDICT


def test_time_goes_on_for_every_reader() -> None:
    """A look may show the same again, a writer's first row, and another server at the same address."""
    other = operation(B, 70, 72, client=WRITER_2)
    looks = [look(A, 10, None, None, client=AT_ADDRESS), look(A, 50, WRITES[2], None, client=AT_ADDRESS)]
    looks += [look(B, at, WRITES[4], other, client=AT_ADDRESS) for at in (80, 90)]
    judgement = back_in_time(history(WRITES, other, *looks))

    assert judgement.verdict is Verdict.PASS
    assert values(judgement) == [3.0]


@pytest.mark.parametrize(("client", "server"), [(AT_C, C), (AT_B, B), (AT_ADDRESS, A)])
def test_an_older_row_as_the_newest_is_a_finding(client: int, server: int) -> None:
    """With the reader, the writer, both rows, and when."""
    rows = [look(server, 50, WRITES[4], client=client), look(server, 60, WRITES[2], client=client)]
    judgement = back_in_time(history(WRITES, *rows))

    name, node = ("reader-c1", "c1") if client == AT_C else ("reader-b1", "b1") if client == AT_B else ("", "")
    sentence = (
        f"{name or 'reader-address'} went back 1 time: at 0.060 s {node or 'a1'} showed it row 21 as the newest of "
        f"writer-1, where {node or 'a1'} had shown it 41"
    )
    assert judgement.findings == (Finding("back in time", sentence, (41,)),)


def test_going_back_to_no_row_at_all_is_going_back() -> None:
    """The key 0 is older than any."""
    assert back_in_time(history(WRITES, look(C, 50, WRITES[4]), look(C, 60, None))).verdict is Verdict.FAIL


def test_another_primary_does_not_take_a_reader_back() -> None:
    """Over the address the sequence is one, whoever answers."""
    rows = [look(A, 50, WRITES[4], client=AT_ADDRESS), look(B, 60, WRITES[2], client=AT_ADDRESS)]

    assert "b1 showed it row 21 as the newest of writer-1, where a1 had shown it 41" in (
        back_in_time(history(WRITES, *rows)).findings[0].sentence
    )


def test_one_writer_going_back_is_not_hidden_by_another_going_on() -> None:
    """Each is followed by itself."""
    other = load(A, 0, 100, client=WRITER_2)
    rows = [look(C, 50, WRITES[4], other[1]), look(C, 60, WRITES[2], other[5])]

    assert back_in_time(history(WRITES, other, *rows)).findings[0].keys == keys(WRITES[4])


def test_readers_are_not_compared_with_each_other() -> None:
    """One may be ahead of the other."""
    rows = [look(B, 50, WRITES[4], client=AT_B), look(C, 60, WRITES[2])]

    assert back_in_time(history(WRITES, *rows, look(C, 70, WRITES[2]))).verdict is Verdict.PASS


def test_who_looked_once_has_seen_no_time_pass() -> None:
    """No verdict."""
    assert back_in_time(history(WRITES, look(C, 50, WRITES[4]))).verdict is Verdict.NO_VERDICT


def access(*rows: Row | list[Row]) -> Judgement:
    """Of c1, where a read was answered and a write refused, and of these besides."""
    told_off = operation(C, 20, 21, client=INTRUDER, outcome=Outcome.REFUSED)
    return read_only_access(history(look(C, 10, WRITES[0]), told_off, *rows, WRITES), ("c1",))


def test_a_read_only_instance_answers_reads_and_refuses_writes() -> None:
    """Both are counted."""
    assert access().verdict is Verdict.PASS
    assert values(access()) == [1.0, 1.0]


def test_a_write_let_in_at_a_read_only_instance_is_a_finding() -> None:
    """A transfer is one too."""
    write, transfer = (operation(C, 30, 31, client=INTRUDER, kind=kind) for kind in (Kind.WRITE, Kind.TRANSFER))

    sentence = "c1 took 1 write over a read-only instance's address, the first sent at 0.030 s"
    assert access(write).findings == (Finding("read-only access", sentence, keys(write)),)
    assert access(transfer).findings[0].keys == keys(transfer)


def test_a_read_only_instance_that_answers_nobody_in_the_end_is_a_finding() -> None:
    """After a switch, as after a heal; the answers of before it do not count."""
    shut = [
        operation(C, at, at + 1, client=INTRUDER, outcome=Outcome.REFUSED, kind=Kind.READ)
        for at in range(300, 1000, 100)
    ]
    told_off = operation(C, 20, 21, client=INTRUDER, outcome=Outcome.REFUSED)
    judged = history(look(C, 10, WRITES[0]), told_off, shut, WRITES, switches=(switch(100, 200),))

    assert [finding.sentence for finding in read_only_access(judged, ("c1",)).findings] == [
        "at c1 7 reads tried in the 0.700 s after all was done, none answered"
    ]
    assert access(*shut).verdict is Verdict.PASS


def test_the_address_of_a_read_only_instance_leads_there_alone() -> None:
    """A login that another server answers is enough."""
    sentence = "the address of a read-only instance led intruder-c1 to b1; read-only are c1"
    astray = operation(B, 30, 31, client=INTRUDER, kind=Kind.LOGIN)

    assert access(astray).findings == (Finding("read-only access", sentence),)
    assert access(operation(NO_SERVER, 30, 31, client=INTRUDER, kind=Kind.LOGIN)).verdict is Verdict.PASS


def test_two_read_only_instances_do_not_answer_for_each_other() -> None:
    """One client's address leads to one of them."""
    rows = [look(C, 10, WRITES[0]), look(B, 20, WRITES[0])]

    assert "led reader-c1 to b1 and c1" in read_only_access(history(WRITES, *rows), ("b1", "c1")).findings[0].sentence


def test_what_was_not_tried_at_a_read_only_instance_is_not_known() -> None:
    """A client's own error is no refusal of the server's."""
    lost = (*operation(C, 20, 21, client=INTRUDER, outcome=Outcome.REFUSED)[:5], 2003, Kind.WRITE, Way.READ_ONLY, 2)
    judgement = read_only_access(history(look(C, 10, WRITES[0]), lost, WRITES), ("c1",))

    assert judgement.undecided == "there were no writes refused by c1"
    assert read_only_access(history(WRITES), ()).verdict is Verdict.NO_VERDICT
    assert read_only_access(history(WRITES), ("d1",)).verdict is Verdict.NO_VERDICT


MOVED = operation(A, 10, 12, client=TRANSFER, kind=Kind.TRANSFER)
AT_REST = (ServerState("a1", "", 5000), ServerState("b1", "", 5000))


def totals(*shown: int) -> list[Row]:
    """Readers at c1 are shown these."""
    return [operation(C, 20 + at, 21 + at, client=AT_C, kind=Kind.TOTAL, key=total) for at, total in enumerate(shown)]


def test_a_total_that_holds_passes() -> None:
    """For readers and at rest."""
    judgement = transfers_total(history(MOVED, totals(5000, 5000), servers=AT_REST), 5000)

    assert judgement.verdict is Verdict.PASS
    assert values(judgement) == [1.0, 2.0, 2.0]


def test_a_reader_that_is_shown_another_total_is_a_finding() -> None:
    """With the server, the first such total, and how many there were."""
    judgement = transfers_total(history(MOVED, totals(5000, 4990, 5010), servers=AT_REST), 5000)

    sentence = "c1 showed 2 totals other than 5000, the first, 4990, at 0.011 s"
    assert judgement.findings == (Finding("transfers' total", sentence),)


def test_another_total_at_rest_is_a_finding() -> None:
    """For each server."""
    at_rest = (AT_REST[0], ServerState("b1", "", 4999))
    judgement = transfers_total(history(MOVED, totals(5000), servers=at_rest), 5000)

    sentence = "the accounts of b1 add up to 4999 at rest, not to 5000"
    assert judgement.findings == (Finding("transfers' total", sentence),)


@pytest.mark.parametrize(
    ("rows", "at_rest", "doubt"),
    [
        (totals(5000), AT_REST, "no transfer was acknowledged"),
        ([MOVED], AT_REST, "no reader was shown a total"),
        ([MOVED, *totals(5000)], (), "no server was asked for its total at rest"),
        ([MOVED, *totals(5000)], (AT_REST[0], ServerState("b1", "")), "b1 told no total at rest"),
    ],
)
def test_a_total_that_was_not_put_to_the_test_leaves_no_verdict(
    rows: list[Row], at_rest: tuple[ServerState, ...], doubt: str
) -> None:
    """Money must have moved, and somebody must have looked."""
    assert transfers_total(history(rows, servers=at_rest), 5000).undecided == doubt


def test_looks_come_in_any_order() -> None:
    """The judgement does not depend on it."""
    judged = history(WRITES, look(C, 50, WRITES[4]), look(C, 60, WRITES[2]), look(C, 70, WRITES[3]))
    order = np.random.default_rng(1).permutation(len(judged.operations))
    shuffled = history(*(tuple(row) for row in judged.operations[order].tolist()))

    assert back_in_time(shuffled) == back_in_time(judged)
