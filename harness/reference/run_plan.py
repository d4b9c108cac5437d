"""Carrying out an operation: step by step, each on record before it is run, resumed after a crash."""

import logging
import os
import signal
import threading
import time

from hadrill.harness.engines.mysql.session import SqlError
from hadrill.harness.errors import WaitTimeout
from hadrill.harness.reference.address import AddressTrouble
from hadrill.harness.reference.hosts import HostTrouble
from hadrill.harness.reference.operations.plans import PLANS
from hadrill.harness.reference.operations.put_off import unless_put_off
from hadrill.harness.reference.operations.step import Plan, Step
from hadrill.harness.reference.records import OperationRecord, Status
from hadrill.harness.reference.work import Differs, HeldUp, MasterGone, PutOff, ReplicaStopped, Work

TROUBLE = (SqlError, WaitTimeout, HostTrouble, AddressTrouble, MasterGone, ReplicaStopped, Differs, HeldUp, PutOff)
"""What a step may fail with because of the world; anything else but StoreTrouble is a mistake of ours."""

RETRY_S = 0.1

log = logging.getLogger("hadrill.reference")


def run_plan(work: Work, operation: OperationRecord, ended: threading.Event) -> Status:
    """Run the remaining steps; undo, or insist for as long as the plan says, where one fails.

    Args:
        work: the manager's hands.
        operation: as it stands on record.
        ended: set when the manager is ending; the operation then stays on record as running.

    Raises:
        StoreTrouble: nothing can be put on record; the operation stays there as running, at the step it had reached.
    """
    plan = PLANS[operation.kind]
    for step in plan.remaining(operation.step):
        work.store.advance(operation.id, step.name)
        _crash_if_told(work, operation, f"{operation.kind}.{step.name}")
        insists = plan.must_finish(step.name)
        trouble, began_s = _try(work, operation, step if insists else _giving_way(step)), time.monotonic()
        while trouble and insists and time.monotonic() < began_s + plan.patience_s and not ended.wait(RETRY_S):
            trouble = _try(work, operation, step)
        if ended.is_set():
            return Status.RUNNING
        if trouble is not None:
            end = _leave if insists else _undo
            return end(work, plan, operation, f"{step.name}: {trouble}")
        _crash_if_told(work, operation, f"{operation.kind}.{step.name} done")
    work.store.finish(operation.id, Status.DONE)
    return Status.DONE


def _giving_way(step: Step) -> Step:
    """Not begun where the operation was put off."""

    def run(work: Work, operation: OperationRecord) -> None:
        unless_put_off(work, operation)()
        step.run(work, operation)

    return Step(step.name, run)


def _try(work: Work, operation: OperationRecord, step: Step) -> Exception | None:
    began_s = time.monotonic()
    try:
        step.run(work, operation)
    except TROUBLE as trouble:
        log.warning("%s of %s: step %s: %s", operation.kind, operation.instance, step.name, trouble)
        return trouble
    took_ms = (time.monotonic() - began_s) * 1000
    log.info("%s of %s: step %s took %.0f ms", operation.kind, operation.instance, step.name, took_ms)
    return None


def _leave(work: Work, _plan: Plan, operation: OperationRecord, reason: str) -> Status:
    work.store.finish(operation.id, Status.DONE, reason)
    work.store.note(operation.instance, f"{operation.kind}-left", reason)
    return Status.DONE


def _undo(work: Work, plan: Plan, operation: OperationRecord, reason: str) -> Status:
    try:
        plan.undo(work, operation)
    except TROUBLE as trouble:
        reason = f"{reason}; and undoing it: {trouble}"
    work.store.finish(operation.id, Status.UNDONE, reason)
    work.store.note(operation.instance, f"{operation.kind}-undone", reason)
    return Status.UNDONE


def _crash_if_told(work: Work, operation: OperationRecord, point: str) -> None:
    if work.settings.crash_at != point:
        return
    if point not in {event["detail"] for event in work.store.events() if event["what"] == "crash"}:
        work.store.note(operation.instance, "crash", point)
        os.kill(os.getpid(), signal.SIGKILL)
