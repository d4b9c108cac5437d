"""Sentences about instances and what is asked of the service."""

from pytest_bdd import given, parsers, then, when

from hadrill.harness.drill.drill import Drill
from hadrill.harness.model.instance import Edition


@given("a High-availability instance in two zones")
def build_pair(drill: Drill) -> None:
    """Two zones of one region."""
    drill.build(Edition.HIGH_AVAILABILITY, zones=2)


@given("a High-availability instance in one zone")
def build_pair_in_one_zone(drill: Drill) -> None:
    """Two racks of one zone."""
    drill.build(Edition.HIGH_AVAILABILITY, zones=1)


@given("a Basic instance")
def build_basic(drill: Drill) -> None:
    """One server."""
    drill.build(Edition.BASIC, zones=1)


@when("a switch is asked for")
def switch(drill: Drill) -> None:
    """Now; returns when it is over."""
    drill.switch()


@when("a switch is asked for that must be refused")
def switch_in_vain(drill: Drill) -> None:
    """Keeps what came back."""
    drill.switch_in_vain()


@when("a High-availability instance across two regions is asked for")
def build_across_regions(drill: Drill) -> None:
    """Keeps what came back."""
    drill.build_across_regions_in_vain()


@when(parsers.parse('the pair is protected again within the objective "{objective}"'))
def await_protected(drill: Drill, objective: str) -> None:
    """A secondary holds everything."""
    drill.await_protected(objective)


@when("the servers are looked at")
def look(drill: Drill) -> None:
    """Each, by the judge's own account."""
    drill.observed.look()


@then(parsers.parse('the refusal says "{code}" in a sentence'))
def judge_refusal(drill: Drill, code: str) -> None:
    """The documented code."""
    drill.observed.refused_as(code)


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
