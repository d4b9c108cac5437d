"""Sentences that judge what was recorded."""

from pytest_bdd import parsers, then

from hadrill.harness.drill.drill import Drill


@then("no acknowledged write is lost")
def judge_lost_writes(drill: Drill) -> None:
    """By key."""
    drill.judge.lost_writes()


@then("there were never two primaries")
def judge_two_primaries(drill: Drill) -> None:
    """HA-2's definition."""
    drill.judge.two_primaries()


@then("both servers hold the same rows")
def judge_equality(drill: Drill) -> None:
    """Row by row."""
    drill.judge.equality()


@then(parsers.parse('writes went on within the objective "{objective}"'))
def judge_failover(drill: Drill, objective: str) -> None:
    """From the fault to the first write answered elsewhere."""
    drill.judge.failover(objective)


@then(parsers.parse('the outage of the switch is within the objective "{objective}"'))
def judge_switch(drill: Drill, objective: str) -> None:
    """The longest time without an acknowledgement."""
    drill.judge.switch(objective)


@then("the connections broke, and only clients that reconnect carried on")
def judge_disconnection(drill: Drill) -> None:
    """SW-7."""
    drill.judge.disconnection()


@then("the secondary let nobody in")
def judge_secondary_access(drill: Drill) -> None:
    """Every account, all along."""
    drill.judge.secondary_access()


@then("the address led to the primary alone")
def judge_address_access(drill: Drill) -> None:
    """Reads and writes of customers."""
    drill.judge.address_access()


@then("no commit was answered while they were held back")
def judge_commit_waits(drill: Drill) -> None:
    """HA-3."""
    drill.judge.commit_waits()


@then("writes were in flight when the fault struck")
def judge_in_flight(drill: Drill) -> None:
    """A pass by luck is no pass."""
    drill.judge.in_flight()


@then("no client noticed anything")
def judge_undisturbed(drill: Drill) -> None:
    """Every write of every client was acknowledged."""
    drill.judge.undisturbed()
