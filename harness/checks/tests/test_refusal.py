"""What was asked for while a switch was under way."""

from dataclasses import replace

from hadrill.harness.checks.refusal import accepted, refused, refused_during, unchanged
from hadrill.harness.model.instance import Edition, Endpoint, Instance, Member, Role, State
from hadrill.harness.model.portrait import Refusal
from hadrill.harness.model.verdict import Finding, Verdict

BUSY = Refusal("a second switch", "instance-busy", "The instance is switching; ask again when it runs.")
ACCEPTED = Refusal("a change of specification", "", "")
OTHER = Refusal("the release", "not-found", "There is no such instance here any more.")


A1, B1 = Member("a1", Role.PRIMARY), Member("b1", Role.SECONDARY)
PAIR = Instance(
    "db-1",
    Edition.HIGH_AVAILABILITY,
    State.RUNNING,
    Endpoint("127.0.0.2", 3306),
    "2026-11-01T00:00:00Z",
    (A1, B1),
    True,
)


def test_an_instance_that_a_refusal_changed_is_told_field_by_field() -> None:
    """What it was and what it is; one that is as it was passes."""
    changed = replace(PAIR, state=State.SWITCHING, members=(A1,), protected=False)

    assert unchanged(PAIR, PAIR).verdict is Verdict.PASS
    assert unchanged(PAIR, changed).findings == (
        Finding("unchanged", "db-1: state was running and is switching"),
        Finding("unchanged", "db-1: members was a1 (primary), b1 (secondary) and is a1 (primary)"),
        Finding("unchanged", "db-1: protected was True and is False"),
    )


def test_a_refusal_without_a_sentence_is_a_finding() -> None:
    """A code alone tells nobody what to do."""
    judgement = refused(replace(BUSY, sentence="not now"), "instance-busy")

    assert judgement.findings == (Finding("refused", "a second switch was refused without a sentence: 'not now'"),)


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
