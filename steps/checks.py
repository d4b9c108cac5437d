"""Sentences that judge what was recorded."""

from pytest_bdd import parsers, then

from hadrill.harness.drill.drill import Drill
from hadrill.harness.model.topology import MANAGER


@then("no acknowledged write is lost")
def judge_lost_writes(drill: Drill) -> None:
    """By key."""
    drill.judge.lost_writes()


@then("the instance beside it has lost no acknowledged write")
def judge_lost_writes_beside(drill: Drill) -> None:
    """By key."""
    drill.beside.judge.lost_writes()


@then("there were never two primaries")
def judge_two_primaries(drill: Drill) -> None:
    """HA-2's definition."""
    drill.judge.two_primaries()


@then("both servers hold the same rows")
@then("all servers hold the same rows")
def judge_equality(drill: Drill) -> None:
    """Row by row, read-only instances included."""
    drill.judge.equality()


@then("the instance beside it holds the same rows")
def judge_migration(drill: Drill) -> None:
    """Row by row."""
    drill.beside.judge.equality()


@then("no money came or went")
def judge_total(drill: Drill) -> None:
    """The total of all accounts, wherever and whenever it was read."""
    drill.judge.transfers_total()


@then("no unanswered write came or went")
def judge_come_and_go(drill: Drill) -> None:
    """What a client never learned of is there or not, for good."""
    drill.judge.come_and_go()


@then("no reader was taken back in time")
def judge_back_in_time(drill: Drill) -> None:
    """For one reader at one instance."""
    drill.judge.back_in_time()


@then("rows that were shown and never were are counted, and none was shown by a primary")
def judge_phantom_reads(drill: Drill) -> None:
    """By key."""
    drill.judge.phantom_reads()


@then("what it was ahead with was not read there for long")
def judge_shown_ahead(drill: Drill) -> None:
    """By key, from the first write at the other server on."""
    drill.judge.shown_ahead()


@then("no server has transactions of its own")
def judge_errant(drill: Drill) -> None:
    """By GTID."""
    drill.judge.errant_transactions()


@then(parsers.parse('the read-only instance fell behind within the objective "{objective}" and caught up'))
def judge_read_only_lag(drill: Drill, objective: str) -> None:
    """From the change of the primary on."""
    drill.judge.read_only_lag(drill.main.read_only_nodes, objective, rises=True)


@then(
    parsers.parse(
        'the read-only instance was behind for no longer than the objective "{objective}" allows, and caught up'
    )
)
def judge_read_only_back(drill: Drill, objective: str) -> None:
    """From its loss on; nobody sees how far while it is away."""
    drill.judge.read_only_lag(drill.main.read_only_nodes, objective, rises=False)


@then(parsers.parse('nothing that it showed was staler than the objective "{objective}" allows'))
def judge_staleness(drill: Drill, objective: str) -> None:
    """All along."""
    drill.judge.staleness(objective)


@then("the read-only instance served reads and took no writes")
def judge_read_only_access(drill: Drill) -> None:
    """At its own address."""
    drill.judge.read_only_access(drill.main.read_only_nodes)


@then(parsers.parse('the secondary lagged by no more than the objective "{objective}" before that'))
def judge_secondary_lag(drill: Drill, objective: str) -> None:
    """As its own rows tell."""
    drill.judge.secondary_lag(drill.secondary, objective)


@then("the secondary held every write that had been acknowledged")
def judge_received(drill: Drill) -> None:
    """By key, at the moment when its rows were read."""
    drill.judge.received(drill.secondary)


@then(parsers.parse('writes went on within the objective "{objective}"'))
def judge_failover(drill: Drill, objective: str) -> None:
    """From the fault to the first write answered elsewhere."""
    drill.judge.failover(objective)


@then(parsers.parse('the outage of the switch is within the objective "{objective}"'))
def judge_switch(drill: Drill, objective: str) -> None:
    """The longest time without an acknowledgement."""
    drill.judge.switch(objective)


@then(parsers.parse('the outage of the change is within the objective "{objective}"'))
def judge_change(drill: Drill, objective: str) -> None:
    """The longest time without an acknowledgement, whoever gave it."""
    drill.judge.change(objective)


@then(parsers.parse('the primary took writes again within the objective "{objective}"'))
def judge_unprotected(drill: Drill, objective: str) -> None:
    """From the loss of the secondary to the next write that was answered."""
    drill.judge.unprotected_writes(objective)


@then("nobody but the primary took writes, and they went on")
def judge_no_failover(drill: Drill) -> None:
    """As the answers tell."""
    drill.judge.no_failover(drill.primary)


@then(parsers.parse('nobody but the primary took writes, and they went on within the objective "{objective}"'))
def judge_no_failover_in_time(drill: Drill, objective: str) -> None:
    """From the heal to the first answer."""
    drill.judge.no_failover(drill.primary, objective)


@then("the other server had taken over before anything was healed")
@then("the other server had taken over before the primary was healed")
def judge_took_over(drill: Drill) -> None:
    """Nobody waited for the repair."""
    drill.judge.took_over()


@then("the primary took writes while the manager was gone")
def judge_served_without_manager(drill: Drill) -> None:
    """Until it was lost itself."""
    drill.judge.served_meanwhile(MANAGER)


@then("the primary took writes while the secondary was gone")
def judge_served_without_secondary(drill: Drill) -> None:
    """Until it was lost itself."""
    drill.judge.served_meanwhile(drill.secondary)


@then(parsers.parse('the primary took writes all the while, and paused within the objective "{objective}"'))
def judge_served_all_the_while(drill: Drill, objective: str) -> None:
    """As long as the fault stood."""
    drill.judge.served_all_the_while(objective)


@then("the read-only instance had been ahead of the new primary")
def judge_ran_ahead(drill: Drill) -> None:
    """A pass by luck is no pass."""
    drill.observed.ran_ahead()


@then("the read-only instance was rebuilt before it ran again")
def judge_rebuilt_first(drill: Drill) -> None:
    """By GTID."""
    drill.observed.rebuilt_first()


@then("nobody took the place of the primary while the manager was gone")
def judge_no_decision(drill: Drill) -> None:
    """As the answers tell."""
    drill.judge.waited_for(drill.primary, MANAGER)


@then("nothing was acknowledged while the instance was down")
def judge_stays_down(drill: Drill) -> None:
    """From the loss of the primary to its heal."""
    drill.judge.stays_down(drill.primary)


@then("the instance beside it was down as long as its servers were")
def judge_beside_down(drill: Drill) -> None:
    """Nothing was acknowledged from the fault to its heal."""
    drill.beside.judge.stays_down(drill.beside.primary)


@then("the instance beside it stood still for longer")
def judge_beside_longer(drill: Drill) -> None:
    """The same event on both, side by side."""
    drill.judge_beside_longer()


@then("the switch happened within the maintenance period")
def judge_period(drill: Drill) -> None:
    """And not before it."""
    drill.judge_period()


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


@then("commits were carried out whose answers never came")
def judge_answers_lost(drill: Drill) -> None:
    """A pass by luck is no pass."""
    drill.judge.answers_lost()


@then("the secondary had more to apply when the primary was lost")
def judge_backlog(drill: Drill) -> None:
    """A pass by luck is no pass."""
    drill.backlog.judge()


@then("no client noticed anything")
@then("nobody at the address of its master noticed anything")
def judge_undisturbed(drill: Drill) -> None:
    """Every write of every client was acknowledged."""
    drill.judge.undisturbed()
