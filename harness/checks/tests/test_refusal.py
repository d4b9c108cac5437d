"""What was asked for while a switch was under way."""

from hadrill.harness.checks.refusal import accepted, refused_during
from hadrill.harness.model.portrait import Refusal
from hadrill.harness.model.verdict import Finding, Verdict

BUSY = Refusal("a second switch", "instance-busy", "The instance is switching; ask again when it runs.")
ACCEPTED = Refusal("a change of specification", "", "")
OTHER = Refusal("the release", "not-found", "There is no such instance here any more.")


def test_requests_that_were_all_refused_pass() -> None:
    """Each with the code that was expected of it."""
    judgement = refused_during(((BUSY, "instance-busy"), (OTHER, "not-found")))

    assert judgement.verdict is Verdict.PASS
    assert judgement.measures[0].value == 2.0


def test_each_request_that_was_accepted_or_refused_otherwise_is_a_finding() -> None:
    """The others do not make up for it."""
    judgement = refused_during(tuple((refusal, "instance-busy") for refusal in (BUSY, ACCEPTED, OTHER)))

    assert judgement.findings == (
        Finding("refused during", "a change of specification was accepted"),
        Finding("refused during", f"the release was refused with not-found, not with instance-busy: {OTHER.sentence}"),
    )


def test_nothing_asked_is_nothing_refused() -> None:
    """No verdict."""
    assert refused_during(()).verdict is Verdict.NO_VERDICT


def test_what_is_accepted_after_a_switch_passes_and_what_is_not_is_named() -> None:
    """SW-10: refused while it lasted, carried out after it."""
    done = Refusal("another maintenance period", "", "")
    again = Refusal("a switch", "OperationInProgress", "it is still in the middle of something")
    assert accepted((done,)).verdict is Verdict.PASS
    assert [finding.sentence for finding in accepted((done, again)).findings] == [
        "a switch was refused with OperationInProgress: it is still in the middle of something"
    ]
    assert accepted(()).verdict is Verdict.NO_VERDICT
