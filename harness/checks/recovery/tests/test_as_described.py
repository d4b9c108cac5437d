"""What the service says of a disaster-recovery instance, and what its servers say for themselves."""

from dataclasses import replace

from hadrill.harness.checks.recovery.as_described import as_seen, link_gone, listed, only_chosen, went_through
from hadrill.harness.model.portrait import Portrait
from hadrill.harness.model.verdict import Verdict

PORTRAIT = Portrait("s1", 1, True, True, 0, False, False, True, 1, 1, "AFTER_SYNC", "9.7.4")


def test_states_in_order_pass_with_others_between() -> None:
    """What was not seen, was seen in another order or is not the last is named."""
    assert went_through("it", ("creating", "changing", "running"), ("creating", "running")).verdict is Verdict.PASS
    for seen in (("running",), ("running", "creating"), ("creating", "running", "down")):
        assert went_through("it", seen, ("creating", "running")).verdict is Verdict.FAIL
    (finding,) = went_through("the task", (), ("Copying", "Synchronizing")).findings
    assert finding.sentence == "the task should have gone through Copying, Synchronizing and went through nothing"


def test_the_chosen_tables_alone_are_there() -> None:
    """One that is missing and one too many are named; a task of all tables shows nothing."""
    assert only_chosen("s1", ("shop.a",), ("shop.a",), ("shop.b",)).verdict is Verdict.PASS
    judgement = only_chosen("s1", ("shop.b",), ("shop.a",), ("shop.b",))
    assert [finding.sentence for finding in judgement.findings] == [
        "s1 lacks shop.a, which was chosen",
        "s1 has shop.b, which was not chosen",
    ]
    assert only_chosen("s1", ("shop.a",), ("shop.a",), ()).verdict is Verdict.NO_VERDICT


def test_a_promoted_server_that_follows_the_old_master_is_a_finding() -> None:
    """One that follows the other server of its own pair is none."""
    assert link_gone((PORTRAIT, replace(PORTRAIT, node="t1", follows=7)), (1, 2)).verdict is Verdict.PASS
    judgement = link_gone((replace(PORTRAIT, follows=2),), (1, 2))
    assert [finding.sentence for finding in judgement.findings] == ["s1 follows server 2 of its old master"]
    assert link_gone((), (1, 2)).verdict is Verdict.NO_VERDICT


def test_a_list_has_what_it_should_and_nothing_else() -> None:
    """In any order."""
    assert listed("of south", ("b", "a"), ("a", "b")).verdict is Verdict.PASS
    assert [finding.sentence for finding in listed("of south", ("c",), ("a",)).findings] == [
        "of south: a is missing",
        "of south: c does not belong there",
    ]
    assert listed("of south", (), ()).verdict is Verdict.NO_VERDICT


def test_values_are_compared_one_by_one() -> None:
    """One that is other or missing is named."""
    assert as_seen("the server", {"a": "1"}, {"a": "1", "b": "2"}).verdict is Verdict.PASS
    assert [finding.sentence for finding in as_seen("the server", {"a": "1", "b": "2"}, {"a": "3"}).findings] == [
        "the server: a should be 1 and is 3",
        "the server: b should be 2 and is missing",
    ]
    assert as_seen("the server", {}, {}).verdict is Verdict.NO_VERDICT
