"""When a switch that was put off is begun, on hand-made scenes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hadrill.harness.model.instance import Account, Edition, MaintenancePeriod, Member, Role, State
from hadrill.harness.reference.decide_put_off import due_switch
from hadrill.harness.reference.decisions import Decisions
from hadrill.harness.reference.look import Look
from hadrill.harness.reference.records import InstanceRecord, OperationKind
from hadrill.harness.reference.scene import Scene

BEFORE = datetime(2026, 11, 21, 1, 59, 59, tzinfo=UTC)
WITHIN = datetime(2026, 11, 21, 2, 0, 0, tzinfo=UTC)
SOMEONE = Account("owner", "secret")
THERE = Look(answered_ns=0, answers=True)
WAITING = InstanceRecord(
    "db-1", Edition.HIGH_AVAILABILITY, State.RUNNING, "", 0, "now", protected=True, owner=SOMEONE, reader=SOMEONE,
    members=(Member("a1", Role.PRIMARY), Member("b1", Role.SECONDARY)),
    switch_within=MaintenancePeriod("02:00:00", 3600),
)  # fmt: skip


def scene(record: InstanceRecord, other: Look = THERE) -> Scene:
    """Of a pair whose primary answers."""
    return Scene(record, {"a1": THERE, "b1": other}, now_ns=0)


def test_it_begins_with_its_period() -> None:
    """And is told when that ends."""
    begun = due_switch(scene(WAITING), WITHIN, Decisions())
    assert begun is not None
    assert begun.kind is OperationKind.SWITCH
    assert begun.arguments == {"from": "a1", "to": "b1", "until": "2026-11-21T03:00:00+00:00"}


def test_it_does_not_begin_before() -> None:
    """Not a second."""
    assert due_switch(scene(WAITING), BEFORE, Decisions()) is None


def test_what_does_not_wait_does_not_begin() -> None:
    """A period alone is no reason for a switch."""
    assert due_switch(scene(replace(WAITING, switch_within=None)), WITHIN, Decisions()) is None


@pytest.mark.parametrize("record", [replace(WAITING, protected=False), replace(WAITING, state=State.DOWN)])
def test_it_waits_on_for_a_secondary(record: InstanceRecord) -> None:
    """Within its period, until the pair is protected and runs."""
    assert due_switch(scene(record), WITHIN, Decisions()) is None


def test_it_waits_on_for_a_server_that_does_not_answer() -> None:
    """Whether that one is lost is decided elsewhere."""
    assert due_switch(scene(WAITING, Look(answered_ns=0)), WITHIN, Decisions()) is None


def test_it_is_tried_again_in_a_moment() -> None:
    """Not at once where it was undone."""
    undone = replace(scene(WAITING), undone=True)
    assert due_switch(replace(undone, settled_s=0.1), WITHIN, Decisions()) is None
    assert due_switch(replace(undone, settled_s=1.0), WITHIN, Decisions()) is not None
