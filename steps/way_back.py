"""Sentences about the way back after a disaster."""

from pytest_bdd import parsers, then, when

from hadrill.harness.drill.drill import Drill


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
    drill.way_back.promoted.clients.await_work()


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


@then("the activated instance goes on taking writes, and no server in the old region does")
def judge_stopped(drill: Drill) -> None:
    """Its clients are still at work."""
    drill.way_back.judge_stopped()


@then(parsers.parse('the instance in the old region took writes within the objective "{objective}"'))
def judge_switch_back(drill: Drill, objective: str) -> None:
    """From the request to the first acknowledgement."""
    drill.way_back.judge.activation(objective)


@then("no write that was acknowledged before is missing there")
def judge_switch_back_loss(drill: Drill) -> None:
    """By key; nor was anything acknowledged on the other side afterwards."""
    drill.way_back.judge.switch_back_loss("acknowledged writes lost")


@then("its servers hold the same rows")
def judge_pair_back(drill: Drill) -> None:
    """Row by row."""
    drill.way_back.judge.equality()
