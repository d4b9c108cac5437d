"""A correct service's history never gives a finding; one planted violation gives exactly that one."""

from dataclasses import replace
from random import Random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hadrill.harness.checks.address_access import address_access
from hadrill.harness.checks.lost_writes import lost_writes
from hadrill.harness.checks.secondary_access import secondary_access
from hadrill.harness.checks.tests.generated import Truth, correct_histories, with_operation
from hadrill.harness.checks.tests.histories import OWNER, READER, ROSTER, WITNESS, WRITER_2, operation
from hadrill.harness.checks.two_primaries import two_primaries
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Kind
from hadrill.harness.model.verdict import Finding

PLANTED = 99_000_000
STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
"""A busy machine makes no test fail."""


def findings_of(judged: History) -> list[Finding]:
    """What the checks say that need no event of their own; without any grace."""
    judgements = (
        lost_writes(judged),
        two_primaries(judged, grace_s=0.0),
        secondary_access(judged, grace_s=0.0),
        address_access(judged),
    )
    return [finding for judgement in judgements for finding in judgement.findings]


@settings(STEADY, max_examples=200)
@given(correct_histories())
def test_a_correct_service_is_never_found_wrong(case: tuple[Truth, History]) -> None:
    """Whatever it is put through, and however late its answers come."""
    assert findings_of(case[1]) == []


@settings(STEADY, max_examples=60)
@given(correct_histories(), st.data())
def test_one_lost_write_is_exactly_what_is_found(case: tuple[Truth, History], data: st.DataObject) -> None:
    """Its key and no other."""
    judged = case[1]
    acknowledged = judged.operations[(judged.operations["outcome"] == 1) & (judged.operations["key"] > 0)]
    lost = data.draw(st.sampled_from(acknowledged.tolist()))
    assert judged.present is not None
    found = findings_of(replace(judged, present=judged.present[judged.present != lost[0]]))

    sentence = f"1 write that {ROSTER.servers[lost[4]]} acknowledged had no row at the end"
    assert found == [Finding("lost writes", sentence, (lost[0],))]


@settings(STEADY, max_examples=60)
@given(correct_histories(), st.data())
def test_one_write_at_a_second_server_is_exactly_what_is_found(
    case: tuple[Truth, History], data: st.DataObject
) -> None:
    """Two primaries, with the planted key among those shown."""
    truth, judged = case
    assume(truth.calm())
    at = data.draw(st.sampled_from(truth.calm()))
    server = data.draw(st.sampled_from([server for server in range(3) if server != truth.owner(at)]))
    found = findings_of(with_operation(judged, operation(server, at - 1, at + 1, client=WITNESS, key=PLANTED)))

    assert [finding.check for finding in found] == ["two primaries"]
    assert ROSTER.servers[server] in found[0].sentence


@settings(STEADY, max_examples=60)
@given(correct_histories(), st.data())
def test_one_visitor_let_in_at_a_secondary_is_exactly_what_is_found(
    case: tuple[Truth, History], data: st.DataObject
) -> None:
    """With either account, to log in or to read."""
    truth, judged = case
    assume(truth.calm())
    at = data.draw(st.sampled_from(truth.calm()))
    server = data.draw(st.sampled_from([server for server in range(3) if server != truth.owner(at)]))
    client, kind = data.draw(st.sampled_from([OWNER, READER])), data.draw(st.sampled_from([Kind.LOGIN, Kind.READ]))
    found = findings_of(with_operation(judged, operation(server, at - 1, at + 1, client=client, kind=kind)))

    assert [finding.check for finding in found] == ["secondary access"]
    assert f"{ROSTER.servers[server]}, not the primary, let the account" in found[0].sentence


@settings(STEADY, max_examples=60)
@given(correct_histories(), st.data())
def test_one_read_that_a_secondary_answered_over_the_address_is_exactly_what_is_found(
    case: tuple[Truth, History], data: st.DataObject
) -> None:
    """The address led astray once."""
    truth, judged = case
    assume(truth.calm())
    at = data.draw(st.sampled_from(truth.calm()))
    row = operation((truth.owner(at) + 1) % 3, at - 1, at + 1, client=WRITER_2, kind=Kind.READ)

    assert [finding.check for finding in findings_of(with_operation(judged, row))] == ["address access"]


@settings(STEADY, max_examples=30)
@given(correct_histories(), st.randoms(use_true_random=False))
def test_the_order_of_operations_says_nothing(case: tuple[Truth, History], random: Random) -> None:
    """Segments come back in any order; the judgement is the same."""
    order = list(range(len(case[1].operations)))
    random.shuffle(order)
    shuffled = replace(case[1], operations=case[1].operations[order])

    assert two_primaries(shuffled) == two_primaries(case[1])
    assert lost_writes(shuffled) == lost_writes(case[1])
    assert secondary_access(shuffled) == secondary_access(case[1])
