"""Sentences about what instances and servers are, as the judge sees them for itself."""

from pytest_bdd import parsers, then, when

from hadrill.harness.drill.drill import Drill
from hadrill.harness.model.instance import Edition


@when("the servers are looked at")
def look(drill: Drill) -> None:
    """Each, by the judge's own account."""
    drill.observed.look()


@when("what the read-only instance holds is noted")
def note_read_only(drill: Drill) -> None:
    """By GTID, as the judge's own account is told."""
    drill.observed.note(drill.read_only)


@then(parsers.parse('the refusal says "{code}" in a sentence'))
def judge_refusal(drill: Drill, code: str) -> None:
    """The documented code."""
    drill.observed.refused_as(code)


@then(parsers.parse('each of the requests was refused with "{code}" in a sentence'))
def judge_refusals(drill: Drill, code: str) -> None:
    """The documented code, for all that was asked for during the switch."""
    drill.meanwhile.judge_refused(code)


@then("each of them is accepted now")
def judge_accepted(drill: Drill) -> None:
    """One after the other."""
    drill.meanwhile.judge_accepted_now()


@then("the instance is as it was before")
def judge_unchanged(drill: Drill) -> None:
    """Nothing that customers see has changed."""
    drill.observed.unchanged()


@then("there is no other instance")
def judge_no_other_instance(drill: Drill) -> None:
    """Nothing was created on the way."""
    drill.observed.no_other_instance()


@then("the instance has one server alone")
def judge_alone(drill: Drill) -> None:
    """No second server runs anywhere."""
    drill.observed.alone()


@then("one server takes writes and the other one follows it")
def judge_pair(drill: Drill) -> None:
    """As the servers themselves say."""
    drill.observed.pair_at_rest()


@then("its servers stand on two racks in two zones")
def judge_two_zones(drill: Drill) -> None:
    """One region, two racks, two zones."""
    drill.observed.placed(2)


@then("its servers stand on two racks in one zone")
def judge_one_zone(drill: Drill) -> None:
    """One region, two racks, one zone."""
    drill.observed.placed(1)


@then("every server keeps what it has acknowledged through a crash")
def judge_durable(drill: Drill) -> None:
    """Durability settings, read back."""
    drill.observed.durable()


@then("the old primary is now the secondary, on another rack than the primary")
def judge_swapped(drill: Drill) -> None:
    """As the servers themselves say."""
    drill.observed.roles_swapped()


@then("the address is the same as before")
def judge_address(drill: Drill) -> None:
    """What clients connect to never changes."""
    drill.observed.same_address()


@then("it is the same instance as before, of the High-availability edition")
def judge_same_instance(drill: Drill) -> None:
    """Id, address and creation time."""
    drill.observed.same_instance(Edition.HIGH_AVAILABILITY)


@then("every server runs as it was asked for")
def judge_as_asked(drill: Drill) -> None:
    """System variables, read back, of the instance and of the one beside it."""
    drill.observed.runs_with(drill.ask.wanted)
    drill.beside.observed.runs_with(drill.ask_beside.wanted)


@then("nothing is left of the released instance")
def judge_nothing_left(drill: Drill) -> None:
    """Not listed, not running, not answering."""
    drill.observed.nothing_left()


@then("the read-only instance follows the primary")
def judge_follows(drill: Drill) -> None:
    """As the servers themselves say."""
    drill.observed.read_only_follows(drill.main.read_only_nodes)
