"""Other variables for a pair: the secondary is restarted first, then the two are switched, then the other one follows.

Clients are cut off once, as by any switch. While a server is restarted the other one is alone, and that is on record. A
change that ends half-way leaves a record that is true of the primary; the other server is restarted on its way back.
"""

from dataclasses import replace

from hadrill.harness.engines.mysql.session import SqlError
from hadrill.harness.model.instance import Role, State
from hadrill.harness.reference.operations import change, rejoin, servers, switch
from hadrill.harness.reference.operations.protect import protect
from hadrill.harness.reference.operations.reopen import restore
from hadrill.harness.reference.operations.step import Plan, Step, StepFunction
from hadrill.harness.reference.records import OperationRecord
from hadrill.harness.reference.work import Work


def part(work: Work, operation: OperationRecord) -> None:
    """The other server does not count while it is restarted: on record first, then nobody waits for it."""
    node, record = operation.arguments["node"], work.store.instance(operation.instance)
    with work.server(record.primary):  # where that one is lost already, its secondary must go on to count
        work.store.set_state(record.id, State.CHANGING, change.REASON)
        work.store.set_roles(record.id, {node: Role.OUT}, protected=False)
        work.store.note(record.id, "unprotected", f"{node} is restarted")
    work.stop_waiting(record.primary)


def stop(work: Work, operation: OperationRecord) -> None:
    """In order."""
    servers.stop(work, operation.arguments["node"])


def start(work: Work, operation: OperationRecord) -> None:
    """With what was asked for."""
    servers.start(work, operation.arguments["node"], change.wanted(work, operation))


def protect_again(work: Work, operation: OperationRecord) -> None:
    """The changed server counts as the secondary: whatever happens now, it is what the record says."""
    old, new = operation.arguments["from"], operation.arguments["to"]
    protect(work, operation.instance, old, new)
    change.put_on_record(work, operation)


def settle(work: Work, operation: OperationRecord) -> None:
    """Both are changed, and the pair is protected."""
    old, new = operation.arguments["from"], operation.arguments["to"]
    protect(work, operation.instance, new, old)
    work.store.restarted(operation.instance)
    work.store.set_state(operation.instance, State.RUNNING)
    work.store.note(operation.instance, "changed", operation.arguments["specification"])


def undo(work: Work, operation: OperationRecord) -> None:
    """The primary was not touched and goes on; the secondary is taken back once it runs with what it had before.

    Where the primary is lost and the other server counts, a failover to it follows, or the primary is back first and is
    renewed. What is on record is true of the other one: from its restart until then it does not count.
    """
    record = work.store.instance(operation.instance)
    if record.protected and not _answers(work, record.primary):
        return
    change.put_on_record(work, operation, before=True)
    work.store.set_roles(record.id, {operation.arguments["to"]: Role.OUT}, protected=False)
    restore(work, operation)


def _answers(work: Work, node: str) -> bool:
    try:
        with work.server(node):
            return True
    except SqlError:
        return False


def _on(which: str, run: StepFunction) -> StepFunction:
    """The step on the server that is named by that argument."""

    def step(work: Work, operation: OperationRecord) -> None:
        arguments = operation.arguments | {"node": operation.arguments[which]}
        run(work, replace(operation, arguments=arguments))

    return step


ROLLING_CHANGE = Plan(
    (
        Step("part", _on("to", part)),
        Step("stop", _on("to", stop)),
        Step("start", _on("to", start)),
        Step("attach", _on("to", rejoin.attach)),
        Step("protect", protect_again),
        Step("announce", switch.line_up),
        Step("close", switch.close),
        Step("drain", switch.drain),
        Step("turn", switch.turn),
        Step("admit", switch.admit),
        Step("tidy-up", switch.tidy_up),
        Step("part-old", _on("from", part)),
        Step("stop-old", _on("from", stop)),
        Step("start-old", _on("from", start)),
        Step("attach-old", _on("from", rejoin.attach)),
        Step("settle", settle),
    ),
    undo,
    forward_from="turn",
)
