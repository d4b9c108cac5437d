"""Sentences about clients."""

from pytest_bdd import given, parsers, when

from hadrill.harness.drill.drill import Drill


@given("clients at work")
def start_clients(drill: Drill) -> None:
    """Writers, one that never reconnects, readers, witnesses beside each server, visitors with every account."""
    drill.start_clients()


@given("many rows that nobody needs")
def prepare_backlog(drill: Drill) -> None:
    """A quarter of a million."""
    drill.backlog.prepare()


@when("a customer deletes them at once")
def pile_up(drill: Drill) -> None:
    """The secondary takes longer to apply that than to receive it, and what other clients write comes after it."""
    drill.backlog.pile_up()


@when("the clients work on for a while")
def work_on(drill: Drill) -> None:
    """Until each writer has been acknowledged something new."""
    drill.work_on()


@when(parsers.parse('the clients work on for longer than the objective "{objective}" allows'))
def work_on_beyond(drill: Drill, objective: str) -> None:
    """What does not arrive of that breaks it."""
    drill.work_on_beyond(objective)


@when("the secondary shows something of what clients write")
def await_shown(drill: Drill) -> None:
    """However late, within ten seconds."""
    drill.await_shown_at_secondary()


@when("the read-only instance shows something of what clients write from now on")
def await_shown_read_only(drill: Drill) -> None:
    """However late, within ten seconds."""
    drill.await_shown_at_read_only()


@when("the rows of the secondary are read")
def read_secondary(drill: Drill) -> None:
    """With the judge's own account, past every link."""
    drill.read_secondary()


@when("the rows at the address are read")
def read_address(drill: Drill) -> None:
    """With an account that customers are given, once what nobody answered has had its time."""
    drill.read_address()


@when("writes go on at the other server")
def await_writes_elsewhere(drill: Drill) -> None:
    """Until clients have been answered by a server that is not the old primary."""
    drill.await_answers_elsewhere()


@when("the clients come to rest")
def rest(drill: Drill) -> None:
    """Stop the load; read back what the instance holds; compare the servers."""
    drill.rest()
