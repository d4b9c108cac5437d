"""A second server that an instance of the Basic edition has for whatever reason, and should not have: wiped."""

from contextlib import suppress

from hadrill.harness.engines.mysql.session import SqlError
from hadrill.harness.model.instance import Edition, Role
from hadrill.harness.reference.operations.reopen import restore
from hadrill.harness.reference.operations.step import Plan, Step, leave
from hadrill.harness.reference.records import OperationRecord
from hadrill.harness.reference.work import Work


def part(work: Work, operation: OperationRecord) -> None:
    """On record first; then nobody waits for it."""
    work.store.set_roles(operation.instance, {operation.arguments["node"]: Role.OUT}, protected=False)
    work.store.change(operation.instance, edition=Edition.BASIC)
    with suppress(SqlError):  # a primary that is lost is opened when it is back
        restore(work, operation)


def wipe(work: Work, operation: OperationRecord) -> None:
    """Server and data."""
    node = operation.arguments["node"]
    work.host(node).wipe(node)


def forget(work: Work, operation: OperationRecord) -> None:
    """The node is free for others."""
    work.store.forget_member(operation.instance, operation.arguments["node"])
    work.store.note(operation.instance, "dismissed", f"{operation.arguments['node']} is free")


DISMISS = Plan((Step("part", part), Step("wipe", wipe), Step("forget", forget)), leave)
