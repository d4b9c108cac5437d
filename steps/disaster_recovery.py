"""Sentences about an instance in another region that follows, and takes its master's place."""

from pytest_bdd import given, parsers, when

from hadrill.harness.drill.drill import Drill
from hadrill.harness.drill.recovery import LIMIT_S
from hadrill.harness.drill.tampering import LEFT_BEHIND, NOTHING_LEFT
from hadrill.harness.workload.accounts import accounts_beside
from hadrill.harness.workload.ledger_table import TABLE
from hadrill.steps.binding.numbers import Within


@given("a disaster-recovery instance of it in another region")
def build_recovery(drill: Drill) -> None:
    """Delivered, and unsynchronized."""
    drill.recovery.create()


@given("a synchronized disaster-recovery pair of it in another region")
def build_recovery_pair(drill: Drill) -> None:
    """It follows with all there is."""
    drill.inherited.build_recovery_pair()


@when("the disaster-recovery instance is synchronized")
def synchronize(drill: Drill) -> None:
    """All there is; returns when it follows."""
    drill.recovery.synchronize()


@when("a synchronization is asked for over data that are in the way")
def synchronize_over_data(drill: Drill) -> None:
    """Somebody has put them there, and takes them away again; keeps what came back."""
    drill.tamper.behind_its_back(drill.recovery.primary, *LEFT_BEHIND)
    drill.wrong_requests.synchronization_over_data()
    drill.tamper.behind_its_back(drill.recovery.primary, *NOTHING_LEFT)


@when("a disaster-recovery instance in its own region is asked for")
def create_here(drill: Drill) -> None:
    """Keeps what came back."""
    drill.wrong_requests.instance_in_the_same_region()


@when("somebody turns GTID off on its server, and a disaster-recovery instance is asked for")
def create_without_gtid(drill: Drill) -> None:
    """Keeps what came back."""
    drill.tamper.turn_gtid_off(drill.primary)
    drill.wrong_requests.instance_without_gtid()


@when("GTID is on again, and a disaster-recovery instance is created")
def create_with_gtid(drill: Drill) -> None:
    """Delivered."""
    drill.tamper.turn_gtid_on(drill.primary)
    drill.recovery.deliver()


@when("all that a console offers is tried on the disaster-recovery instance")
def try_console_on_recovery(drill: Drill) -> None:
    """Keeps what came back, and looks at its servers before and after."""
    drill.console.refused_on(drill.recovery.new.id)


@when("the tables that the clients write to are synchronized")
def synchronize_chosen(drill: Drill) -> None:
    """Some of the customer's tables."""
    drill.recovery.synchronize((TABLE, accounts_beside(TABLE)))


@when("wrong synchronizations are asked for")
def synchronize_wrongly(drill: Drill) -> None:
    """Before there is a right one; keeps what came back."""
    drill.wrong_requests.synchronizations()


@when("another synchronization is asked for")
def synchronize_twice(drill: Drill) -> None:
    """Keeps what came back."""
    drill.wrong_requests.second_synchronization()


@when("its activation is asked for without confirmation")
def activate_unconfirmed(drill: Drill) -> None:
    """Keeps what came back."""
    drill.wrong_requests.unconfirmed_activation()


@when("its activation is asked for without accepting that the two diverge")
def activate_unaware(drill: Drill) -> None:
    """Keeps what came back."""
    drill.wrong_requests.unaware_activation()


@when("it is asked to follow its old master again, in every way")
def follow_again(drill: Drill) -> None:
    """Keeps what came back."""
    drill.wrong_requests.following_again()


@when("a reader keeps the tables of the disaster-recovery instance as they are")
def hold_tables(drill: Drill) -> None:
    """What is received meanwhile has still to be applied when it is activated."""
    drill.recovery.hold_tables()


@when("the disaster-recovery instance is activated")
def activate(drill: Drill) -> None:
    """Confirmed by name; whatever its master may have taken."""
    drill.recovery.activate()


@when("the activated instance is a pair")
@when("the disaster-recovery instance is a pair")
@when("the disaster-recovery instance is a pair again")
def await_pair(drill: Drill) -> None:
    """Both of its servers hold all data."""
    drill.recovery.await_pair()


@when("the disaster-recovery instance follows again")
def await_following(drill: Drill) -> None:
    """As the service says."""
    drill.recovery.await_following()


@when("the old master is back and takes writes")
def await_old_master(drill: Drill) -> None:
    """As the service says; its clients never stopped trying."""
    drill.ask.await_running(LIMIT_S)
    drill.work_on()


@when("every server of the activated instance is restarted")
def restart_servers(drill: Drill) -> None:
    """By the service, with other settings."""
    drill.recovery.restart()


@when("the rows of the activated instance are read")
def read_recovery(drill: Drill) -> None:
    """At its address, once what the old master might still send has had time to come."""
    drill.read_recovery()


@when(parsers.parse("the shown lag is watched for {count:d} seconds"), converters={"count": Within(1, 3600)})
def watch_lag(drill: Drill, count: int) -> None:
    """All of it goes on record."""
    drill.recovery.watch_lag(count)


@when("it is given back")
def release(drill: Drill) -> None:
    """Returns when the service says that it is gone."""
    drill.recovery.release()


@when("a slow statement is run at the disaster-recovery instance")
def run_slow_statement(drill: Drill) -> None:
    """As its customer."""
    drill.views.run_slow_statement()
