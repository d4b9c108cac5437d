"""Sentences about instances, and what is asked of the service about them."""

from pytest_bdd import given, parsers, when

from hadrill.harness.drill.drill import Drill
from hadrill.harness.drill.migration import write_at
from hadrill.harness.model.instance import Edition
from hadrill.steps.binding.numbers import Within


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


@given("a High-availability instance in one zone beside it")
def build_pair_beside(drill: Drill) -> None:
    """Another instance, with clients of its own."""
    drill.build_beside(Edition.HIGH_AVAILABILITY, zones=1)


@given("a Basic instance beside it")
@when("a Basic instance is created beside it")
def build_basic_beside(drill: Drill) -> None:
    """Another instance, with clients of its own."""
    drill.build_beside(Edition.BASIC, zones=1)


@given("a read-only instance of it")
def build_read_only(drill: Drill) -> None:
    """With an address of its own."""
    drill.main.add_read_only()


@when("a switch is asked for")
def switch(drill: Drill) -> None:
    """Now; returns when it is over."""
    drill.ask.switch()


@when("a switch is asked for that must be refused")
def switch_in_vain(drill: Drill) -> None:
    """Keeps what came back."""
    drill.ask.switch_in_vain()


@when("everything is asked for while switches last that a late secondary draws out")
def ask_everything(drill: Drill) -> None:
    """Keeps what came back; there is another switch where one was too short."""
    drill.meanwhile.ask_everything()


@when("a High-availability instance across two regions is asked for")
def build_across_regions(drill: Drill) -> None:
    """Keeps what came back."""
    drill.build_across_regions_in_vain()


@when(
    parsers.parse("the maintenance period is set to begin in {count:d} seconds"),
    converters={"count": Within(0, 86_399)},
)
def set_period(drill: Drill, count: int) -> None:
    """Of each day, from then on."""
    drill.ask.set_period(count)


@when(parsers.parse("the maintenance period is set to begin in {count:d} hours"), converters={"count": Within(0, 23)})
def set_period_in_hours(drill: Drill, count: int) -> None:
    """Of each day, from then on."""
    drill.ask.set_period(count * 3600)


@when("a switch within the maintenance period is asked for")
def switch_in_period(drill: Drill) -> None:
    """Put off."""
    drill.ask.switch_in_period()


@when("the maintenance period has begun")
def await_period(drill: Drill) -> None:
    """By the clock on the wall."""
    drill.ask.await_period()


@when("its edition is changed to High-availability")
def upgrade(drill: Drill) -> None:
    """By a change of specification."""
    drill.ask.upgrade()


@when("its edition is to be changed to Basic, in vain")
def downgrade(drill: Drill) -> None:
    """Keeps what came back."""
    drill.ask.downgrade_in_vain()


@when("the specification is changed on both")
def change_both(drill: Drill) -> None:
    """Side by side."""
    drill.ask_both(lambda ask: ask.change_size())


@when("every server is restarted with other settings on both")
def restart_both(drill: Drill) -> None:
    """Side by side."""
    drill.ask_both(lambda ask: ask.restart())


@when("a customer copies the data to the instance beside it")
def migrate(drill: Drill) -> None:
    """With accounts that customers are given."""
    drill.migrate()


@when("the customer writes at the instance beside it")
def write_beside(drill: Drill) -> None:
    """Where the data are now."""
    write_at(drill.beside)


@when("the instance is released")
def release(drill: Drill) -> None:
    """Given back."""
    drill.ask.release()


@when(parsers.parse('the pair is protected again within the objective "{objective}"'))
def await_protected_within(drill: Drill, objective: str) -> None:
    """A secondary holds everything."""
    drill.await_protected(objective)


@when("the pair is protected again")
def await_protected(drill: Drill) -> None:
    """A secondary holds everything."""
    drill.await_protected()


@when("the instance beside it is protected again")
def await_beside_protected(drill: Drill) -> None:
    """A secondary holds everything."""
    drill.await_beside_protected()


@when("the instance beside it runs again")
def await_beside_running(drill: Drill) -> None:
    """As the service says."""
    drill.await_beside_running()


@when("the read-only instance runs again")
def await_read_only_running(drill: Drill) -> None:
    """As the service says."""
    drill.await_read_only_running()


@when("the service says that the pair is unprotected")
def said_unprotected(drill: Drill) -> None:
    """And why."""
    drill.said_unprotected()


@when("the service says that the instance is down")
def said_down(drill: Drill) -> None:
    """And why."""
    drill.said_down()


@when("the service says that the read-only instance is down")
def said_read_only_down(drill: Drill) -> None:
    """And why."""
    drill.said_read_only_down()


@when("the instance is watched for a while")
def watch(drill: Drill) -> None:
    """For longer than the service takes to give a server up."""
    drill.watch()


@when("the instance is watched for as long as any failover may take")
def watch_for_failovers(drill: Drill) -> None:
    """A fifth longer than the longest of the objectives on failovers allows."""
    drill.watch_for_failovers()
