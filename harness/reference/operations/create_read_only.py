"""A new read-only instance: its server boots beside its master's, and readers are let in once it has caught up.

A creation that fails is followed by a release: nothing of it is left.
"""

from typing import Final

from hadrill.harness.model.instance import State
from hadrill.harness.reference.operations.copy import copy_from
from hadrill.harness.reference.operations.create import start_servers
from hadrill.harness.reference.operations.following import CATCH_UP_LIMIT_S, admit, follow, source_for
from hadrill.harness.reference.operations.misfit import misfit
from hadrill.harness.reference.operations.step import Plan, Step, leave
from hadrill.harness.reference.records import OperationRecord
from hadrill.harness.reference.work import MasterGone, Work
from hadrill.harness.wait import NotYet, until

MASTER_LIMIT_S: Final = 60


def await_master(work: Work, operation: OperationRecord) -> None:
    """The master may itself still be on its way."""
    master = work.store.instance(operation.instance).master

    def runs() -> bool | NotYet:
        record = work.store.instance(master)
        if record.state is State.RELEASED:
            raise MasterGone(f"the master {master} was given up")
        return record.state is State.RUNNING or NotYet(f"{record.state} {record.reason}")

    until(runs, f"the master {master} to run", timeout_s=MASTER_LIMIT_S, interval_s=0.01)


def attach(work: Work, operation: OperationRecord) -> None:
    """From the beginning where the primary's log reaches back to it, else from a copy."""
    record = work.store.instance(operation.instance)
    node, source = record.front, source_for(work, record)
    if misfit(work, node, source):
        copy_from(work, node, source, record.variables)
    follow(work, node, source)
    work.await_caught_up(node, work.executed(source), CATCH_UP_LIMIT_S)


CREATE_READ_ONLY = Plan(
    (
        Step("start-servers", start_servers),
        Step("await-master", await_master),
        Step("attach", attach),
        Step("admit", admit),
    ),
    leave,
)
