"""Readers of a correct service are never shown anything wrong; one planted look gives exactly its finding."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hadrill.harness.checks.back_in_time import back_in_time
from hadrill.harness.checks.come_and_go import come_and_go
from hadrill.harness.checks.lag_series import lag_series
from hadrill.harness.checks.phantom_reads import phantom_reads
from hadrill.harness.checks.tests.histories import (
    AT_ADDRESS,
    AT_C,
    WRITER_1,
    WRITER_2,
    A,
    C,
    Row,
    history,
    look,
    operation,
    unknown,
)
from hadrill.harness.model.history import History
from hadrill.harness.model.verdict import Finding

STEADY = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
LENGTH_MS = 1000

Case = tuple[list[Row], list[tuple[int, int, list[Row | None]]]]
"""Two writers' rows; looks as reader, time in milliseconds, and the rows shown."""


@st.composite
def correct_reads(draw: st.DrawFn) -> Case:
    """Looks at any times, with any delay at the read-only instance, and what is shown only ever goes on."""
    rows = [
        operation(A, at + draw(st.integers(0, 5)), at + draw(st.integers(6, 30)), client=client)
        for client in (WRITER_1, WRITER_2)
        for at in range(0, LENGTH_MS, 50)
    ]
    looks = []
    for client in (AT_ADDRESS, AT_C):
        reached = 0
        for at in sorted(draw(st.sets(st.integers(1, LENGTH_MS), max_size=8))):
            reached = max(reached, at - (draw(st.sampled_from([0, 20, 400])) if client == AT_C else 0))
            looks.append((client, at, [_newest(rows, writer, reached) for writer in (WRITER_1, WRITER_2)]))
    return rows, looks


def _newest(rows: list[Row], writer: int, at_ms: int) -> Row | None:
    """The last row of a writer that was acknowledged by then."""
    own = [row for row in rows if row[3] == writer and row[2] <= at_ms * 1_000_000]
    return own[-1] if own else None


def seen(case: Case, *more: Row | list[Row]) -> History:
    """As a history; every row is there in the end."""
    rows, looks = case
    shown = [look(A if client == AT_ADDRESS else C, at, *newest, client=client) for client, at, newest in looks]
    end = [look(server, LENGTH_MS + 50, rows[0], rows[-1], client=client) for client, server in ((AT_ADDRESS, A),)]
    return history(rows, *shown, *([] if looks else end), *more)


def findings_of(judged: History) -> list[Finding]:
    """What the checks say that need nothing but the history."""
    judgements = (back_in_time(judged), come_and_go(judged), phantom_reads(judged))
    return [finding for judgement in judgements for finding in judgement.findings]


@STEADY
@given(correct_reads())
def test_readers_of_a_correct_service_see_nothing_wrong(
    case: Case,
) -> None:
    """However late a read-only instance is."""
    assert findings_of(seen(case)) == []


@STEADY
@given(correct_reads())
def test_the_lag_is_what_a_naive_count_says(
    case: Case,
) -> None:
    """Row by row, for every look at the read-only instance that has both writers to go by."""
    rows, looks = case
    known = {row[3] for _, _, newest in looks for row in newest if row is not None}
    series = lag_series(seen(case))
    expected = [
        max([at * 1_000_000 - row[2] for row in rows if _missing(row, newest, at) and row[3] in known], default=0) / 1e9
        for client, at, newest in looks
        if client == AT_C
    ]

    assert [lag_s for each in series for lag_s in each.lag_s.tolist()] == expected


def _missing(row: Row, newest: list[Row | None], at_ms: int) -> bool:
    """Acknowledged when the question was sent, and newer than what was shown of its writer."""
    shown = newest[(WRITER_1, WRITER_2).index(row[3])]
    return row[2] < at_ms * 1_000_000 and (shown is None or row[0] > shown[0])


@STEADY
@given(correct_reads(), st.integers(0, 7))
def test_one_look_back_is_exactly_what_is_found(case: Case, writer_row: int) -> None:
    """At the end of everything else, by one reader."""
    rows = case[0]
    first = look(C, LENGTH_MS + 100, rows[writer_row + 1], rows[-1])
    back = look(C, LENGTH_MS + 200, rows[writer_row], rows[-1])
    earlier = [(client, at, newest) for client, at, newest in case[1] if client == AT_ADDRESS]

    found = findings_of(seen((rows, earlier), first, back))
    assert [(finding.check, finding.keys) for finding in found] == [("back in time", (rows[writer_row + 1][0],))]


@STEADY
@given(correct_reads())
def test_one_row_that_vanishes_is_exactly_what_is_found(
    case: Case,
) -> None:
    """By both checks that ask for it."""
    gone = unknown(LENGTH_MS + 60, LENGTH_MS + 90)
    shown = look(A, LENGTH_MS + 100, gone, case[0][-1], client=AT_ADDRESS)

    found = findings_of(seen(case, gone, shown))
    assert {finding.check for finding in found} == {"come and go", "phantom reads"}
    assert {finding.keys for finding in found} == {(gone[0],)}
