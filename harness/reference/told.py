"""What customers are told of an instance's state, which is as it is unless a decision says otherwise (pure)."""

from collections.abc import Iterable, Mapping

from hadrill.harness.model.disaster_recovery import Synchronization
from hadrill.harness.model.instance import State
from hadrill.harness.reference.decisions import Decisions
from hadrill.harness.reference.records import UPGRADED, InstanceRecord


def told_id(instance: str, events: Iterable[Mapping[str, object]]) -> str:
    """What a service tells that gives an instance another id when it is upgraded; it knows it by the old one, too."""
    upgraded = any(event["instance"] == instance and event["what"] == UPGRADED for event in events)
    return f"{instance}-2" if upgraded else instance


def told_state(record: InstanceRecord, decisions: Decisions) -> State:
    """Its delivery can be followed, and that it is down is said: it is not said to run before it does, nor after."""
    early = record.state is State.CREATING and not decisions.shows_delivery
    late = record.state is State.DOWN and not decisions.says_it_is_down
    return State.RUNNING if early or late else record.state


def told_synchronization(record: InstanceRecord, decisions: Decisions) -> str:
    """It is unsynchronized until it is asked to follow its master."""
    early = record.synchronization == Synchronization.UNSYNCHRONIZED and not decisions.shows_unsynchronized
    return Synchronization.SYNCHRONIZING if early else record.synchronization
