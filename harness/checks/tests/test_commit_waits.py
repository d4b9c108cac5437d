"""While acknowledgements are held back no commit sent in the meantime is answered."""

import pytest

from hadrill.harness.checks.commit_waits import commit_waits
from hadrill.harness.checks.tests.histories import (
    WITNESS,
    WRITER_2,
    A,
    Row,
    fault,
    history,
    keys,
    load,
    operation,
    refused,
    unknown,
)
from hadrill.harness.model.verdict import Finding, Verdict

HOLD = fault(1000, 2500)
BEFORE = load(A, 0, 1000)
WAITED = [operation(A, 1010, 2600), operation(A, 1020, 2605, client=WRITER_2)]


def test_commits_that_wait_pass() -> None:
    """The measure is how long the first of them waited; refused and unanswered ones say nothing."""
    others = [refused(A, 1100, 1101, client=WITNESS), unknown(1200, 1700, client=WITNESS)]
    judgement = commit_waits(history(BEFORE, WAITED, others), HOLD, at_least_s=1.0)

    assert judgement.verdict is Verdict.PASS
    assert [measure.value for measure in judgement.measures] == [pytest.approx(1.59), 2.0]


def test_a_commit_answered_during_the_hold_is_found() -> None:
    """Over whatever way."""
    early = operation(A, 1100, 1103, client=WITNESS)
    judgement = commit_waits(history(BEFORE, WAITED, early), HOLD, at_least_s=1.0)

    sentence = "1 write got an answer while the secondary's acknowledgements were held back, the first at 1.103 s"
    assert judgement.findings == (Finding("commit waits", sentence, keys(early)),)


@pytest.mark.parametrize(("received_ms", "found"), [(2000, 1), (2001, 0)])
def test_a_hold_that_we_prolonged_is_not_held_against_the_service(received_ms: int, found: int) -> None:
    """Once commits have waited for as long as they have to, it may give the secondary up."""
    freed = operation(A, 1100, received_ms, client=WITNESS)

    assert len(commit_waits(history(BEFORE, WAITED, freed), HOLD, at_least_s=1.0).findings) == found


def test_a_commit_sent_before_the_hold_was_in_force_is_no_finding() -> None:
    """Its acknowledgement may have been through already."""
    early = operation(A, 1000.5, 1200, client=WITNESS)

    assert commit_waits(history(BEFORE, WAITED, early), HOLD, at_least_s=1.0).verdict is Verdict.PASS


@pytest.mark.parametrize(
    "rows", [[], [unknown(1010, 2000)], [unknown(1010, 9000)]], ids=["no load", "gave up", "never answered"]
)
def test_nothing_that_waited_for_the_end_leaves_no_verdict(rows: list[Row]) -> None:
    """A hold that nobody ran into shows nothing, nor does one that nobody was answered after."""
    assert commit_waits(history(BEFORE, rows), HOLD, at_least_s=1.0).verdict is Verdict.NO_VERDICT


def test_a_short_or_unlifted_hold_leaves_no_verdict() -> None:
    """It must have lasted, and have ended."""
    judged = history(BEFORE, WAITED)

    assert commit_waits(judged, HOLD, at_least_s=2.0).undecided == (
        "acknowledgements were held back for 1.499 s, less than 2 s"
    )
    assert commit_waits(judged, fault(1000), at_least_s=1.0).verdict is Verdict.NO_VERDICT
