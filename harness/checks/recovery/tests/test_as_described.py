"""What the service says of a disaster-recovery instance, and what its servers say for themselves."""

from dataclasses import replace

from hadrill.harness.checks.recovery.as_described import in_time, listed, went_through
from hadrill.harness.checks.recovery.on_servers import as_seen, link_gone, only_chosen
from hadrill.harness.checks.recovery.verification import differences_found
from hadrill.harness.model.difference import Difference
from hadrill.harness.model.disaster_recovery import Verification
from hadrill.harness.model.portrait import Portrait
from hadrill.harness.model.verdict import Objective, Verdict

PORTRAIT = Portrait("s1", 1, True, True, 0, False, False, True, 1, 1, "AFTER_SYNC", "9.7.4")
OLD = ("127.0.0.1:1", "127.0.0.1:2")  # where the old master's servers are reached


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
    second = replace(PORTRAIT, node="t1", follows=7, source="127.0.0.1:7")
    assert link_gone((PORTRAIT, second), (1, 2), OLD).verdict is Verdict.PASS
    judgement = link_gone((replace(PORTRAIT, follows=2, source=OLD[1]),), (1, 2), OLD)
    assert [finding.sentence for finding in judgement.findings] == ["s1 follows server 2 of its old master"]
    assert link_gone((), (1, 2), OLD).verdict is Verdict.NO_VERDICT


def test_one_that_would_follow_it_and_has_not_reached_it_is_a_finding() -> None:
    """It was started again: it knows where its source is, and not yet which it is."""
    judgement = link_gone((replace(PORTRAIT, follows=0, source=OLD[0]),), (1, 2), OLD)
    assert [finding.sentence for finding in judgement.findings] == [
        "s1 is told to follow 127.0.0.1:1, which leads to its old master"
    ]


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


def test_what_takes_longer_than_allowed_is_a_finding() -> None:
    """With both figures."""
    limit = Objective("delivery", 60.0, "s", "a test")
    assert in_time("its delivery", 59.0, limit).verdict is Verdict.PASS
    (finding,) = in_time("its delivery", 61.5, limit).findings
    assert finding.sentence == "its delivery took 61.500 s; allowed 60 s (delivery)"


def test_a_verification_finds_every_row_that_differs_and_no_other() -> None:
    """In the right table, however the row is worded."""
    differs = Verification(2, 9, (Difference("shop.a", "id 1", "ab", "missing"),))
    assert differences_found(differs, (("shop.a", "1"),)).verdict is Verdict.PASS
    assert [finding.sentence for finding in differences_found(differs, (("shop.b", "1"),)).findings] == [
        "shop.b 1 differs and was not found",
        "shop.a id 1 was found and does not differ",
    ]
    assert differences_found(Verification(0, 0), ()).verdict is Verdict.NO_VERDICT
