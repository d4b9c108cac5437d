"""An instance that is given back: its address closed, its servers ended and wiped."""

import math

from hadrill.harness.reference.operations.step import Plan, Step, leave
from hadrill.harness.reference.records import OperationRecord
from hadrill.harness.reference.work import Work


def close(work: Work, operation: OperationRecord) -> None:
    """Clients first."""
    alone = work.settings.decisions.releases_alone
    for record in (work.store.instance(operation.instance),) if alone else work.store.instances():
        work.addresses.close(record.address)


def wipe(work: Work, operation: OperationRecord) -> None:
    """Servers and data."""
    if not work.settings.decisions.releases_all:
        return
    for member in work.store.instance(operation.instance).members:
        work.host(member.node).wipe(member.node)


def forget(work: Work, operation: OperationRecord) -> None:
    """Nodes and address are free for others."""
    work.store.release(operation.instance)
    work.store.note(operation.instance, "released")


RELEASE = Plan(
    (Step("close", close), Step("wipe", wipe), Step("forget", forget)),
    leave,
    forward_from="close",
    patience_s=math.inf,  # nodes that cannot be wiped stay taken
)
