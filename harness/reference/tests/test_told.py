"""What customers are told of an instance's state, by the true service and by one that says more than is so."""

from dataclasses import replace

import pytest

from hadrill.harness.model.disaster_recovery import Synchronization
from hadrill.harness.model.instance import Account, Edition, State
from hadrill.harness.reference.decisions import Decisions
from hadrill.harness.reference.records import UPGRADED, InstanceRecord
from hadrill.harness.reference.told import told_id, told_state, told_synchronization

SOMEONE = Account("owner", "secret")
NEW = InstanceRecord(
    "db-1", Edition.HIGH_AVAILABILITY, State.CREATING, "", 0, "now", protected=False, owner=SOMEONE, reader=SOMEONE,
    synchronization=Synchronization.UNSYNCHRONIZED,
)  # fmt: skip


@pytest.mark.parametrize("state", State)
def test_a_state_is_told_as_it_is(state: State) -> None:
    """Each of them."""
    assert told_state(replace(NEW, state=state), Decisions()) is state


@pytest.mark.parametrize("synchronization", ["", *Synchronization])
def test_a_link_is_told_as_it_is(synchronization: str) -> None:
    """Each of its states."""
    assert told_synchronization(replace(NEW, synchronization=synchronization), Decisions()) == synchronization


def test_a_delivery_that_is_not_shown_is_said_to_be_over() -> None:
    """Nothing else is said in place of what is so."""
    hasty = Decisions(shows_delivery=False)
    assert told_state(NEW, hasty) is State.RUNNING
    assert told_state(replace(NEW, state=State.DOWN), hasty) is State.DOWN


def test_a_loss_that_is_not_said_is_said_to_be_none() -> None:
    """Nothing else is said in place of what is so."""
    silent = Decisions(says_it_is_down=False)
    assert told_state(replace(NEW, state=State.DOWN), silent) is State.RUNNING
    assert told_state(NEW, silent) is State.CREATING


def test_a_link_that_nobody_asked_for_is_said_to_be_there() -> None:
    """Nothing else is said in place of what is so."""
    hasty = Decisions(shows_unsynchronized=False)
    assert told_synchronization(NEW, hasty) == Synchronization.SYNCHRONIZING
    assert told_synchronization(replace(NEW, synchronization=""), hasty) == ""


def test_another_id_is_told_from_the_upgrade_on() -> None:
    """Of the instance that was upgraded, and of no other."""
    created, upgraded = ({"instance": "db-1", "what": what} for what in ("created", UPGRADED))
    assert told_id("db-1", [created]) == "db-1"
    assert told_id("db-1", [created, upgraded]) == "db-1-2"
    assert told_id("db-2", [created, upgraded]) == "db-2"
