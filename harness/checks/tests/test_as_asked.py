"""What was asked for is what there is, and the service says what it is."""

from dataclasses import replace

import pytest

from hadrill.harness.checks.as_asked import as_asked, carried_out, nothing_left, said_with_reason, same_instance
from hadrill.harness.model.instance import Edition, Endpoint, Instance, State
from hadrill.harness.model.verdict import Verdict

BASIC = Instance(
    id="db-1",
    edition=Edition.BASIC,
    state=State.RUNNING,
    address=Endpoint("127.0.0.2", 3306),
    created_at="2026-11-01T00:00:00.000+00:00",
    members=(),
    protected=False,
)
UPGRADED = replace(BASIC, edition=Edition.HIGH_AVAILABILITY, protected=True)


def test_servers_that_run_as_asked_pass() -> None:
    """Every variable of every server was compared."""
    judgement = as_asked(
        {"a1": {"max_connections": "250"}, "b1": {"max_connections": "250"}}, {"max_connections": "250"}
    )
    assert judgement.verdict is Verdict.PASS
    assert judgement.measures[0].value == 2


def test_one_server_that_runs_with_something_else_is_named() -> None:
    """A change that reached one server alone is no change of the pair."""
    judgement = as_asked(
        {"a1": {"max_connections": "250"}, "b1": {"max_connections": "300"}}, {"max_connections": "250"}
    )
    assert [finding.sentence for finding in judgement.findings] == ["b1 runs with max_connections=300, not with 250"]


def test_nothing_to_compare_is_no_pass() -> None:
    """A server that nobody looked at proves nothing."""
    assert as_asked({}, {"max_connections": "250"}).verdict is Verdict.NO_VERDICT


def test_an_upgrade_inherits_what_customers_hold_on_to() -> None:
    """HA-10: the edition alone may differ."""
    assert same_instance(BASIC, UPGRADED, Edition.HIGH_AVAILABILITY).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"id": "db-2"}, "the id should be db-1 and is db-2"),
        ({"address": Endpoint("127.0.0.2", 3307)}, "the address should be 127.0.0.2:3306 and is 127.0.0.2:3307"),
        (
            {"created_at": "2026-11-02T00:00:00.000+00:00"},
            "the creation time should be 2026-11-01T00:00:00.000+00:00 and is 2026-11-02T00:00:00.000+00:00",
        ),
        ({"edition": Edition.BASIC}, "the edition should be high-availability and is basic"),
    ],
)
def test_what_an_upgrade_did_not_inherit_is_a_finding(changed: dict[str, object], said: str) -> None:
    """Each of the four by itself."""
    after = replace(UPGRADED, **changed)  # type: ignore[arg-type]
    findings = same_instance(BASIC, after, Edition.HIGH_AVAILABILITY).findings
    assert [finding.sentence for finding in findings] == [said]


def test_a_state_needs_a_reason() -> None:
    """A service that shows it without saying why leaves its users alone."""
    it = "the instance"
    assert said_with_reason(it, "down", "the primary is lost", "").verdict is Verdict.PASS
    assert [finding.sentence for finding in said_with_reason(it, "down", "", "").findings] == [
        "the instance is down and the service does not say why"
    ]
    assert [finding.sentence for finding in said_with_reason(it, "down", "", "it was running").findings] == [
        "the service never said that the instance is down: it was running"
    ]


def test_what_was_not_carried_out_is_a_finding() -> None:
    """With what came of it instead."""
    assert carried_out("a switch", "").verdict is Verdict.PASS
    sentence = "a switch was asked for and not carried out: it was undone"
    assert [finding.sentence for finding in carried_out("a switch", "it was undone").findings] == [sentence]


@pytest.mark.parametrize(
    ("listed", "running", "greeted", "found"),
    [
        ((), (), 0, []),
        (("db-1",), (), 0, ["db-1 is still listed"]),
        ((), ("a1",), 0, ["its servers still run on a1"]),
        ((), (), 1, ["a server still greets at 127.0.0.2:3306"]),
    ],
)
def test_a_released_instance_leaves_nothing(
    listed: tuple[str, ...], running: tuple[str, ...], greeted: int, found: list[str]
) -> None:
    """HA-13: neither in the list, nor on a node, nor at its address."""
    assert [finding.sentence for finding in nothing_left(BASIC, listed, running, greeted).findings] == found
