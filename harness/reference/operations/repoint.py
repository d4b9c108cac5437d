"""A read-only instance follows another server, or follows again: compared first, and rebuilt where it does not fit.

Where its data fit, readers read on all the while. Where it ran ahead of the new primary - it was sent what was never
acknowledged - it is closed before anything else, and opened once it is a copy that has caught up.
"""

from threading import Event
from typing import Final

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.stopping import forget_source
from hadrill.harness.model.instance import State
from hadrill.harness.reference.operations.copy import copy_from
from hadrill.harness.reference.operations.following import CATCH_UP_LIMIT_S, admit, follow, source_for
from hadrill.harness.reference.operations.misfit import misfit
from hadrill.harness.reference.operations.step import Plan, Step, leave
from hadrill.harness.reference.records import OperationRecord
from hadrill.harness.reference.work import Work

LATE_S: Final = 15
"""Where it does not apply at once what the new primary sends."""

READ_ON_S: Final = 6.0
"""Where what ran ahead is not closed at once."""


def compare(work: Work, operation: OperationRecord) -> None:
    """By GTID; one that was being rebuilt stays closed until it is, since half a copy shows the GTID set of before."""
    record = work.store.instance(operation.instance)
    if record.state is State.REBUILDING or not work.settings.decisions.read_only_compared:
        return
    source = source_for(work, record)
    if why := misfit(work, record.front, source):
        if not work.settings.decisions.closes_what_ran_ahead:
            Event().wait(READ_ON_S)
        work.addresses.close(record.address)
        with work.server(record.front) as server:
            server.run(*sql.CLOSE_TO_CUSTOMERS)
        work.store.set_state(record.id, State.REBUILDING, why)
        work.store.note(record.id, "diverged", why)


def rebuild(work: Work, operation: OperationRecord) -> None:
    """A copy of the primary in place of what does not fit."""
    record = work.store.instance(operation.instance)
    if record.state is State.REBUILDING:
        with work.server(record.front) as server:
            server.run(*sql.CLOSE_TO_CUSTOMERS)
            forget_source(server)
        copy_from(work, record.front, source_for(work, record), record.variables)


def attach(work: Work, operation: OperationRecord) -> None:
    """It follows; one that is closed catches up first."""
    record = work.store.instance(operation.instance)
    source = source_for(work, record)
    follow(work, record.front, source)
    if not work.settings.decisions.read_only_applies_at_once:
        with work.server(record.front) as server:
            server.run(*sql.apply_late(LATE_S), *sql.APPLY)
    if record.state is not State.RUNNING:
        if not work.settings.decisions.spares_the_master:
            master = work.store.instance(record.master)
            work.addresses.close(master.address)
            work.addresses.open(master.address, master.primary)
        work.await_caught_up(record.front, work.executed(source), CATCH_UP_LIMIT_S)


REPOINT = Plan(
    (Step("compare", compare), Step("rebuild", rebuild), Step("attach", attach), Step("admit", admit)), leave
)
