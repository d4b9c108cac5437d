"""How far behind a server is: what counts as missing at a look, and what is held to which objective."""

from collections.abc import Iterable

import numpy as np
import pytest

from hadrill.harness.checks.follows_closely import follows_closely
from hadrill.harness.checks.lag import lag
from hadrill.harness.checks.lag_series import lag_series
from hadrill.harness.checks.staleness import staleness
from hadrill.harness.checks.tests.histories import (
    AT_B,
    AT_C,
    WRITER_2,
    A,
    B,
    C,
    Row,
    history,
    keys,
    load,
    look,
    ns,
    operation,
    refused,
    switch,
    unknown,
)
from hadrill.harness.model.difference import Difference
from hadrill.harness.model.history import Comparison, History, Snapshot, Stall
from hadrill.harness.model.verdict import Finding, Judgement, Measure, Objective, Verdict

LIMIT = Objective("read-only lag", 1.0, "s", "a test")
SWITCH = switch(1000, 1200)
EQUAL = (Comparison("a1", "c1", 1, 100),)


def values(judgement: Judgement) -> dict[str, float | None]:
    """Measures by name."""
    return {measure.name: measure.value for measure in judgement.measures}


def behind(writes: list[Row], by_ms: float, times: Iterable[int], server: int = C, client: int = AT_C) -> list[Row]:
    """Looks that show the newest row that was answered so long before."""
    shown = [(at, [row for row in writes if row[2] <= ns(at - by_ms)]) for at in times]
    return [row for at, rows in shown for row in look(server, at, rows[-1] if rows else None, client=client)]


def lags(judged: History) -> list[float]:
    """Of the only server looked at, in milliseconds."""
    (series,) = lag_series(judged)
    return [round(lag_s * 1e3) for lag_s in series.lag_s.tolist()]


def test_the_lag_is_the_age_of_the_oldest_acknowledged_write_not_shown() -> None:
    """Counted from its acknowledgement to the question; nothing where all is shown."""
    one, two, three = operation(A, 0, 5), operation(A, 10, 15), operation(A, 20, 25)
    looks = [look(C, 50, None), look(C, 60, one), look(C, 70, two), look(C, 80, three)]

    assert lags(history(one, two, three, *looks)) == [45, 45, 45, 0]


def test_a_write_counts_once_it_is_acknowledged() -> None:
    """Neither one that is under way, nor one that was refused or never answered."""
    rows = [operation(A, 0, 5), refused(A, 10, 11), unknown(12, 13), operation(A, 20, 90)]

    assert lags(history(rows, look(C, 50, rows[0]))) == [0]


def test_the_writer_that_is_furthest_behind_counts() -> None:
    """Each writer has keys of its own."""
    mine, yours = load(A, 0, 100), load(A, 0, 100, client=WRITER_2)

    assert lags(history(mine, yours, look(C, 150, mine[-1], yours[4]))) == [150 - 52]


def test_a_writer_without_a_row_is_told_by_the_others_of_the_look() -> None:
    """What shows nothing carries no name."""
    mine, yours = load(A, 0, 100), load(A, 50, 100, client=WRITER_2)

    assert lags(history(mine, yours, look(C, 150, None, mine[-1]), look(C, 160, mine[-1], yours[-1]))) == [98, 0]


def test_a_reader_that_was_never_shown_a_row_is_judged_by_what_others_were() -> None:
    """All readers watch the same writers."""
    mine, yours = load(A, 0, 100), load(A, 50, 100, client=WRITER_2)
    shown = look(B, 150, mine[-1], yours[-1], client=AT_B)
    series = {
        each.node: each.lag_s.tolist() for each in lag_series(history(mine, yours, shown, look(C, 160, None, None)))
    }

    assert series == {"b1": [0.0], "c1": [pytest.approx(0.158)]}


def test_a_watched_writer_that_nobody_was_ever_shown_leaves_no_verdict() -> None:
    """It may be the one that is behind."""
    mine, yours = load(A, 0, 100), load(A, 50, 100, client=WRITER_2)
    judgement = staleness(history(mine, yours, look(C, 150, mine[-1], None)), LIMIT)

    assert judgement.undecided == "reader-c1 watched a writer of whom no row was ever shown: writer-2"


def test_an_incomplete_look_says_nothing() -> None:
    """What it does not tell is not known to be missing."""
    mine, yours = load(A, 0, 100), load(A, 50, 100, client=WRITER_2)

    assert lags(history(mine, yours, look(C, 150, mine[-1], yours[-1]), look(C, 160, mine[-1]))) == [0]


def test_staleness_is_measured_at_every_read_only_instance() -> None:
    """The worst look, the usual ones, the last one, and how long the worst lasted."""
    writes = load(A, 0, 2000)
    judgement = staleness(history(writes, behind(writes, 500, [1000]), behind(writes, 0, [1200, 1400])), LIMIT)

    assert values(judgement) == pytest.approx(
        {
            "staleness of c1, worst": 0.498,
            "staleness of c1, 99th percentile": 0.488,
            "staleness of c1, at the last look": 0.0,
            "staleness of c1, from the worst look until it was gone": 0.2,
        },
        abs=0.001,
    )
    assert judgement.measures[0].resolution == pytest.approx(0.2)
    assert judgement.verdict is Verdict.PASS


def test_a_look_that_is_too_stale_is_a_finding() -> None:
    """The sentence says when, where, how old, and what was allowed."""
    writes = load(A, 0, 2000)
    judgement = staleness(history(writes, behind(writes, 1500, [1900]), behind(writes, 0, [1950])), LIMIT)

    sentence = (
        "at 1.900 s c1 did not show a write that had been acknowledged 1.498 s before; allowed 1 s (read-only lag)"
    )
    assert judgement.findings == (Finding("staleness", sentence),)


def test_our_own_stall_takes_the_verdict_on_a_stale_look_away() -> None:
    """Where it may be what exceeds the objective."""
    writes = load(A, 0, 2000)
    rows = [writes, behind(writes, 1100, [1900]), behind(writes, 0, [1950])]

    assert staleness(history(*rows), LIMIT).verdict is Verdict.FAIL
    stalled = staleness(history(*rows, stalls=(Stall("load", ns(1000), ns(200)),)), LIMIT)
    assert stalled.verdict is Verdict.NO_VERDICT
    assert "our own load stood still for 0.200 s" in stalled.undecided


def test_without_a_look_at_a_read_only_instance_nothing_is_known() -> None:
    """Looks elsewhere do not count."""
    writes = load(A, 0, 100)

    assert staleness(history(writes, look(B, 50, writes[-1], client=AT_B)), LIMIT).verdict is Verdict.NO_VERDICT


def across(*looks: list[Row], **fields: object) -> Judgement:
    """The judgement of c1's lag across the switch."""
    fields.setdefault("comparisons", EQUAL)
    return lag(history(load(A, 0, 3000), *looks, **fields), LIMIT, SWITCH, ("c1",))


@pytest.mark.parametrize(("behind_ms", "verdict"), [(600, Verdict.PASS), (90, Verdict.NO_VERDICT)])
def test_a_lag_that_is_to_rise_has_to_be_seen_to(behind_ms: int, verdict: Verdict) -> None:
    """Nothing is known of how one catches up that was never behind."""
    writes = load(A, 0, 3000)
    looks = behind(writes, 0, range(0, 1000, 100)), behind(writes, behind_ms, range(1000, 2000, 100))
    seen = history(writes, *looks, behind(writes, 0, range(2000, 3000, 100)), comparisons=EQUAL)

    assert lag(seen, LIMIT, SWITCH, ("c1",), True).verdict is verdict
    assert lag(seen, LIMIT, SWITCH, ("c1",)).verdict is Verdict.PASS
    unseen = history(writes, behind(writes, 0, range(2000, 3000, 100)), comparisons=EQUAL)
    assert lag(unseen, LIMIT, SWITCH, ("c1",), True).undecided.startswith("no reader was shown anything at c1 before")


def test_a_lag_that_rises_and_is_gone_again_passes() -> None:
    """Timed from the event; the worst look is held to the objective."""
    writes = load(A, 0, 3000)
    judgement = across(
        behind(writes, 0, range(0, 1000, 100)),
        behind(writes, 600, range(1000, 2000, 100)),
        behind(writes, 0, range(2000, 3000, 100)),
    )

    assert values(judgement) == pytest.approx(
        {
            "lag of c1 before the switch": 0.0,
            "worst lag of c1": 0.598,
            "lag of c1 gone after": 1.0,
            "longest time without a look at c1": 0.1,
        },
        abs=0.001,
    )
    assert judgement.measures[1].objective == LIMIT
    assert judgement.verdict is Verdict.PASS


def test_a_lag_above_its_objective_is_a_finding() -> None:
    """Even if it is gone in the end."""
    writes = load(A, 0, 3000)
    judgement = across(
        behind(writes, 0, range(0, 1000, 100)),
        behind(writes, 1200, range(1500, 2500, 100)),
        behind(writes, 0, range(2500, 3000, 100)),
    )

    assert [finding.sentence.split("; ")[1] for finding in judgement.findings] == ["allowed 1 s (read-only lag)"]


def test_a_lag_before_the_event_is_not_held_against_it() -> None:
    """It is measured all the same."""
    writes = load(A, 0, 3000)
    judgement = across(behind(writes, 900, range(0, 1000, 100)), behind(writes, 0, range(1000, 3000, 100)))

    assert judgement.verdict is Verdict.PASS
    assert values(judgement)["lag of c1 before the switch"] == pytest.approx(0.898, abs=0.001)
    assert values(judgement)["worst lag of c1"] == 0.0


def test_a_lag_that_is_never_gone_is_a_finding() -> None:
    """The last look came later than the objective allows."""
    writes = load(A, 0, 3000)
    judgement = across(behind(writes, 0, range(0, 1000, 100)), behind(writes, 600, range(1000, 3000, 100)))

    sentence = "c1 was still 0.598 s behind at the last look, 1.900 s after the switch"
    assert judgement.findings == (Finding("lag", sentence),)


def test_a_lag_that_could_still_have_gone_leaves_no_verdict() -> None:
    """The readers stopped within the time that the objective allows."""
    writes = load(A, 0, 1700)
    rows = [behind(writes, 0, range(0, 1000, 100)), behind(writes, 600, range(1000, 1700, 100))]
    judgement = lag(history(writes, *rows, comparisons=EQUAL), LIMIT, SWITCH, ("c1",))

    assert judgement.findings == ()
    assert judgement.undecided == "c1 was still 0.598 s behind at the last look, 0.600 s after the switch"


def test_what_nobody_looked_at_for_too_long_leaves_no_verdict() -> None:
    """Between two looks, or from the last one to the end of the load."""
    writes = load(A, 0, 3000)
    between = across(behind(writes, 0, range(0, 1000, 100)), behind(writes, 0, range(2500, 3000, 100)))
    at_the_end = across(behind(writes, 0, range(0, 1500, 100)))

    assert between.undecided == "no reader was shown anything at c1 for 1.600 s after the switch"
    assert at_the_end.undecided == "no reader was shown anything at c1 for 1.590 s after the switch"


@pytest.mark.parametrize(("times", "when"), [(range(1100, 3000, 100), "before"), (range(0, 1000, 100), "after")])
def test_looks_are_needed_on_both_sides_of_the_event(times: range, when: str) -> None:
    """What was never looked at cannot have risen, or gone."""
    judgement = across(behind(load(A, 0, 3000), 0, times))

    assert judgement.undecided == f"no reader was shown anything at c1 {when} the switch"
    assert judgement.verdict is Verdict.NO_VERDICT


def test_a_server_that_nobody_looked_at_has_no_lag_that_is_known() -> None:
    """Its measure is null."""
    judgement = across()

    assert judgement.measures == (Measure("worst lag of c1", None, "s", objective=LIMIT),)
    assert judgement.undecided == "no reader was shown anything at c1"


def test_a_write_that_never_arrives_is_a_finding() -> None:
    """By its key, where the server's rows were read after the load; a snapshot on the way does not count."""
    writes = load(A, 0, 3000)
    early = Snapshot("c1", ns(500), np.array([], dtype=np.uint64))
    late = Snapshot("c1", ns(4000), np.array(keys(*writes[1:]), dtype=np.uint64))
    looks = behind(writes, 0, range(0, 3000, 100))

    assert across(looks, snapshots=(early,)).verdict is Verdict.PASS
    assert across(looks, snapshots=(early, late)).findings == (
        Finding("lag", "1 acknowledged write never arrived at c1", keys(writes[0])),
    )


def test_without_its_rows_a_server_is_judged_by_a_comparison_or_by_its_last_look() -> None:
    """One that shows the newest row of every writer has them all; else nobody knows."""
    writes = load(A, 0, 3000)
    looks = behind(writes, 0, range(0, 3000, 100))
    unequal = Comparison("a1", "c1", 1, 100, (Difference("app.rows", "id=7", "missing", "9f31"),))
    sentence = "a1 and c1 did not hold the same rows in the end"

    assert across(looks, comparisons=(unequal,)).findings == (Finding("lag", sentence),)
    assert across(looks, look(C, 3100, writes[-1]), comparisons=()).verdict is Verdict.PASS
    unknown_end = "nobody saw whether every acknowledged write arrived at c1"
    assert across(looks, comparisons=()).undecided == unknown_end


def test_the_secondary_is_looked_at_beside_it() -> None:
    """Within its objective it passes; beyond it there is a finding; unseen it is not known."""
    writes = load(A, 0, 3000)
    close, far = (behind(writes, by_ms, range(0, 3000, 100), B, AT_B) for by_ms in (50, 1500))

    assert follows_closely(history(writes, close), LIMIT, "b1").verdict is Verdict.PASS
    (finding,) = follows_closely(history(writes, far), LIMIT, "b1").findings
    assert finding.sentence == (
        "at 1.500 s b1 did not show a write that had been acknowledged 1.498 s before; allowed 1 s (read-only lag)"
    )
    assert follows_closely(history(writes, close), LIMIT, "c1").verdict is Verdict.NO_VERDICT
