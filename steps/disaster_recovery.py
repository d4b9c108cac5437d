"""Sentences about an instance in another region that follows, and takes its master's place."""

from pytest_bdd import given, parsers, then, when

from hadrill.harness.drill.drill import Drill
from hadrill.harness.drill.recovery import LIMIT_S
from hadrill.harness.drill.tampering import LEFT_BEHIND, NOTHING_LEFT
from hadrill.harness.workload.ledger_table import TABLE


@given("a disaster-recovery instance of it in another region")
def build_recovery(drill: Drill) -> None:
    """Delivered, and unsynchronized."""
    drill.recovery.create()


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
    drill.recovery.create()


@when("all that a console offers is tried on the disaster-recovery instance")
def try_console_on_recovery(drill: Drill) -> None:
    """Keeps what came back, and looks at its servers before and after."""
    drill.console.refused_on(drill.recovery.new.id)


@then("all that a console offers works on the activated instance")
def try_console_on_activated(drill: Drill) -> None:
    """As servers and clients show."""
    drill.console.work_on(drill.recovery.new.id)


@then("all that a console offers works on an ordinary instance")
def try_console_on_ordinary(drill: Drill) -> None:
    """As servers and clients show."""
    drill.console.work_on(drill.main.id)


@when("the ledger alone is synchronized")
def synchronize_ledger(drill: Drill) -> None:
    """One of the customer's tables."""
    drill.recovery.synchronize((TABLE,))


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


@when("the manager loses its process and is started again")
def restart_manager(drill: Drill) -> None:
    """With all that it has on record."""
    drill.faults.kill_manager()
    drill.faults.heal()


@when("every server of the activated instance is restarted")
def restart_servers(drill: Drill) -> None:
    """By the service, with other settings."""
    drill.recovery.restart()


@when("the rows of the activated instance are read")
def read_recovery(drill: Drill) -> None:
    """At its address."""
    drill.recovery.snapshot()


@when(parsers.parse("the shown lag is watched for {count:d} seconds"))
def watch_lag(drill: Drill, count: int) -> None:
    """All of it goes on record."""
    drill.recovery.watch_lag(count)


@when("its first server loses its process")
def kill_first(drill: Drill) -> None:
    """The one that follows the master."""
    drill.faults.kill(drill.recovery.primary)


@when("its second server loses its process")
def kill_second(drill: Drill) -> None:
    """The one that stands by."""
    drill.faults.kill(drill.recovery.secondary)


@when("the master is heard a second late in the other region")
def delay_events(drill: Drill) -> None:
    """On the link that carries the synchronization."""
    drill.faults.delay_events(drill.recovery.primary, drill.primary, latency_ms=1000)


@when("the line between the regions is cut")
def cut_line(drill: Drill) -> None:
    """Every byte between their servers is lost; clients and manager reach both."""
    drill.faults.cut_line(*drill.recovery.regions)


@when(parsers.parse('the line between the regions is like a "{line}"'))
def lay_line(drill: Drill, line: str) -> None:
    """Latency, jitter, bandwidth and cuts, as features/lines.yaml has them."""
    drill.faults.lay_line(*drill.recovery.regions, line)


@when("the line is lifted")
def lift_line(drill: Drill) -> None:
    """What runs between the regions is quick again."""
    drill.faults.heal()


@when("the region of the master is cut off from the others")
def isolate_region(drill: Drill) -> None:
    """From the other region and from the manager; its own clients go on."""
    drill.faults.isolate_region(drill.recovery.regions[0])


@when("the region of the master is lost")
def lose_region(drill: Drill) -> None:
    """All its racks lose power at one instant."""
    drill.faults.lose_region(drill.recovery.regions[0])


@when("the old master is given back and the activated instance is followed from its region")
def begin_way_back(drill: Drill) -> None:
    """A new pair in the old region."""
    drill.way_back.begin(drill.recovery.new.id, drill.main.id)


@when("its customer keeps a few rows that nobody writes to")
def keep_rows(drill: Drill) -> None:
    """In a table of their own."""
    drill.way_back.keep_rows()


@when("somebody changes some of them on the server that follows")
def change_rows(drill: Drill) -> None:
    """Behind the service's back."""
    drill.way_back.change_rows()


@when("clients are at work at the activated instance")
def start_clients(drill: Drill) -> None:
    """The same load as elsewhere."""
    drill.way_back.promoted.start_clients()


@when("the data flow back")
def flow_back(drill: Drill) -> None:
    """All there is; returns when the old region follows."""
    drill.way_back.recovery.synchronize()


@when("the instance in the old region is a pair")
def await_pair_back(drill: Drill) -> None:
    """Both of its servers hold all data."""
    drill.way_back.recovery.await_pair()


@when("the two are verified row by row")
def verify(drill: Drill) -> None:
    """By the service, while clients write."""
    drill.way_back.verify()


@when("the instance in the old region takes over")
def switch_back(drill: Drill) -> None:
    """The activated one is closed first."""
    drill.way_back.switch_back()


@when("the instance in the old region is to take over, in vain")
def switch_back_in_vain(drill: Drill) -> None:
    """Keeps what came back."""
    drill.way_back.switch_back_in_vain()


@when("the clients at the activated instance come to rest")
def rest_way_back(drill: Drill) -> None:
    """Stop the load; read what the instance in the old region holds."""
    drill.way_back.rest()


@when("a slow statement is run at the disaster-recovery instance")
def run_slow_statement(drill: Drill) -> None:
    """As its customer."""
    drill.views.run_slow_statement()


@then(parsers.parse('it was delivered within the objective "{objective}"'))
def judge_delivered(drill: Drill, objective: str) -> None:
    """From the request."""
    drill.recovery.judge_delivered(objective)


@then(parsers.parse('it is given back within the objective "{objective}"'))
def release(drill: Drill, objective: str) -> None:
    """From the request until nothing is left."""
    drill.recovery.release(objective)


@then("it is listed by region and by type, with its master")
def judge_lists(drill: Drill) -> None:
    """And nothing else is."""
    drill.views.judge_lists()
    drill.views.judge_details()


@then("its figures are shown over time")
def judge_figures(drill: Drill) -> None:
    """Queries, connections, lag, disk."""
    drill.views.judge_figures()


@then("its slow log shows the slow statement")
def judge_slow_log(drill: Drill) -> None:
    """The server's own."""
    drill.views.judge_slow_log()


@then("its delivery could be followed")
def judge_delivery(drill: Drill) -> None:
    """From one state to the next."""
    drill.recovery_seen.judge_delivery()


@then("it was unsynchronized until it was copied and followed")
def judge_link(drill: Drill) -> None:
    """From one state to the next."""
    drill.recovery_seen.judge_link()


@then("it served reads at its own address and took no writes")
@then("it had served reads at its own address and taken no writes before")
def judge_access(drill: Drill) -> None:
    """Until it was activated, if it was."""
    drill.judge.recovery_access(drill.recovery.nodes)


@then(parsers.parse('its reads went on within the objective "{objective}"'))
def judge_reads(drill: Drill, objective: str) -> None:
    """From the fault on."""
    drill.judge.recovery_reads(objective)


@then("the disaster-recovery instance follows the new primary")
def judge_follows(drill: Drill) -> None:
    """As the servers themselves say."""
    drill.recovery_seen.judge_follows()


@then("the chosen table alone is at the disaster-recovery instance, with the same rows")
def judge_chosen(drill: Drill) -> None:
    """Row by row; of the others nothing."""
    drill.recovery_seen.compare_chosen()
    drill.judge.equality()


@then(parsers.parse('the shown lag was right within the objective "{objective}", and grew while the line was cut'))
def judge_shown_lag(drill: Drill, objective: str) -> None:
    """Against the judge's own rows."""
    drill.judge.shown_lag(objective, "line-cut")


@then(parsers.parse('it took writes within the objective "{objective}"'))
def judge_activation(drill: Drill, objective: str) -> None:
    """From the request to the first acknowledgement."""
    drill.judge.activation(objective)


@then(parsers.parse('what had not arrived is within the objective "{objective}"'))
def judge_data_loss(drill: Drill, objective: str) -> None:
    """By count and by age."""
    drill.judge.data_loss(objective)


@then(parsers.parse('the lag over the first line is within the objective "{objective}"'))
def judge_first_line(drill: Drill, objective: str) -> None:
    """As a distribution."""
    drill.judge.line_lag("the first line", 0, objective)


@then(parsers.parse('the lag over the second line is within the objective "{objective}"'))
def judge_second_line(drill: Drill, objective: str) -> None:
    """As a distribution."""
    drill.judge.line_lag("the second line", 1, objective)


@then("the first line was quicker than the second")
def judge_lines(drill: Drill) -> None:
    """By the 99th percentile of the lag."""
    drill.judge.quicker("the first line", "the second line")


@then("what had not arrived is counted")
def judge_uncounted_loss(drill: Drill) -> None:
    """By count and by age."""
    drill.judge.data_loss()


@then("each of the wrong requests was refused with its reason")
def judge_wrong_requests(drill: Drill) -> None:
    """The documented code of each, in a sentence."""
    drill.wrong_requests.each_refused()


@then("none of its servers follows the old master")
def judge_link_gone(drill: Drill) -> None:
    """As the servers themselves say."""
    drill.recovery_seen.judge_link_gone()


@then("nothing that the old master took after the cut has arrived")
@then("what both sides took after the cut is listed, and nothing of the old master's has arrived")
def judge_divergence(drill: Drill) -> None:
    """By key, side and time."""
    drill.judge.divergence()


@then("the verification found no difference")
def judge_verified(drill: Drill) -> None:
    """And compared something."""
    drill.way_back.judge_verification(changed=False)


@then("the verification found the rows that differ")
def judge_differences(drill: Drill) -> None:
    """In the right table, and no others."""
    drill.way_back.judge_verification(changed=True)


@then(parsers.parse('the refusal to switch back says "{code}" in a sentence'))
def judge_switch_back_refused(drill: Drill, code: str) -> None:
    """The documented code."""
    drill.way_back.promoted.observed.refused_as(code)


@then(parsers.parse('the instance in the old region took writes within the objective "{objective}"'))
def judge_switch_back(drill: Drill, objective: str) -> None:
    """From the request to the first acknowledgement."""
    drill.way_back.judge.activation(objective)


@then("no write that was acknowledged before is missing there")
def judge_switch_back_loss(drill: Drill) -> None:
    """By key."""
    drill.way_back.judge.data_loss("acknowledged writes lost")


@then("its servers hold the same rows")
def judge_pair_back(drill: Drill) -> None:
    """Row by row."""
    drill.way_back.judge.equality()
