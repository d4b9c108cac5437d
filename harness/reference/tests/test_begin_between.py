"""A request whose check is passed while a switch begins: refused, or done before it, never accepted during it."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from hadrill.harness.model.instance import Account, Edition, MaintenancePeriod, Member, Role, State
from hadrill.harness.reference.decisions import Decisions
from hadrill.harness.reference.keeper import Keeper
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.records import InstanceRecord, OperationKind, Status
from hadrill.harness.reference.refusals import Code, Refusal
from hadrill.harness.reference.requests.switching import put_off, set_period, take_back
from hadrill.harness.reference.scene import Begin, Scene
from hadrill.harness.reference.store import Store
from hadrill.harness.reference.work import Work

PERIOD, OTHER = MaintenancePeriod("01:00:00", 60), MaintenancePeriod("02:00:00", 60)
LIMIT_S = 5.0
Request = Callable[[Manager], None]


class Resting(Manager):
    """A manager of one pair that nobody keeps."""

    def __init__(self, store: Store) -> None:
        settings = SimpleNamespace(decisions=Decisions())
        super().__init__(cast("Work", SimpleNamespace(store=store, settings=settings)))

    def wake(self, instance: str) -> None:
        """There is nobody."""


class Waiting(Resting):
    """Once a check is passed it has a switch begin, and gives it time to."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.began = threading.Event()
        self.switch = threading.Thread(target=self._switch)

    def require_idle(self, instance: str) -> None:
        """As usual; then a switch begins at once, where nothing keeps it from that."""
        super().require_idle(instance)
        self.switch.start()
        self.began.wait(0.3)

    def _switch(self) -> None:
        self.work.store.begin("db-1", OperationKind.SWITCH, "announce", {})
        self.began.set()


def pair(folder: Path, waits: MaintenancePeriod | None) -> Store:
    """A store with a pair at rest."""
    store = Store(folder / "state.db")
    members = (Member("a1", Role.PRIMARY), Member("b1", Role.SECONDARY))
    owner, reader = Account("owner", "one"), Account("reader", "two")
    record = InstanceRecord(
        "db-1", Edition.HIGH_AVAILABILITY, State.RUNNING, "", 0, "now", protected=True, owner=owner, reader=reader,
        members=members, maintenance=PERIOD, switch_within=waits,
    )  # fmt: skip
    store.finish(store.add_instance(record, OperationKind.CREATE, "start-servers"), Status.DONE)
    return store


@pytest.mark.parametrize(
    ("waits", "request_"),
    [
        (None, lambda manager: set_period(manager, "db-1", OTHER)),
        (None, lambda manager: put_off(manager, "db-1")),
        (PERIOD, lambda manager: take_back(manager, "db-1")),
    ],
    ids=["set the period", "put off", "take back"],
)
def test_nothing_comes_between_check_and_change(
    tmp_path: Path, waits: MaintenancePeriod | None, request_: Request
) -> None:
    """The switch begins once the request is done, and finds it done."""
    store = pair(tmp_path, waits)
    manager, order = Waiting(store), list[bool]()
    change = store.change

    def noted(instance: str, **attributes: object) -> None:
        order.append(manager.began.is_set())
        change(instance, **attributes)  # type: ignore[arg-type]

    store.change = noted  # type: ignore[method-assign]
    request_(manager)
    manager.switch.join(LIMIT_S)
    assert (order, manager.began.is_set()) == ([False], True)


def test_nothing_begins_on_an_instance_whose_place_is_taken(tmp_path: Path) -> None:
    """A switch that was found right a moment before is refused; in the end the instance can be given back."""
    store = pair(tmp_path, None)
    manager, after = Resting(store), replace(store.instance("db-1"), id="db-2", address=1, members=())
    store.finish(store.add_instance(after, OperationKind.CREATE, "start-servers"), Status.DONE)
    store.change("db-1", successor="db-2", state=State.DOWN)
    taking = store.begin("db-2", OperationKind.SWITCH_BACK, "close", {})
    for kind in (OperationKind.SWITCH, OperationKind.RELEASE):
        with pytest.raises(Refusal) as refused:
            manager.begin("db-1", kind, {})
        assert refused.value.code is Code.BUSY
    store.finish(taking, Status.DONE)
    with pytest.raises(Refusal) as refused:
        manager.begin("db-1", OperationKind.SWITCH, {})
    assert refused.value.code is Code.NOT_RUNNING
    manager.begin("db-1", OperationKind.RELEASE, {})
    running = store.running("db-1")
    assert running is not None
    assert running.kind is OperationKind.RELEASE


@pytest.mark.parametrize(
    ("request_", "begins"),
    [
        (lambda _: None, True),
        (lambda manager: take_back(manager, "db-1"), False),
        (lambda manager: set_period(manager, "db-1", OTHER), False),
        (lambda manager: manager.work.store.change("db-1", successor="db-2"), False),
    ],
    ids=["nothing", "take back", "set the period", "its place is taken"],
)
def test_a_switch_that_was_due_a_moment_ago_is_looked_at_again(tmp_path: Path, request_: Request, begins: bool) -> None:
    """A request that was accepted between look and begin holds."""
    store = pair(tmp_path, PERIOD)
    manager = Resting(store)
    keeper = Keeper(manager.work, "db-1", manager.heartbeat)
    scene = cast("Scene", SimpleNamespace(record=store.instance("db-1")))
    due = Begin(OperationKind.SWITCH, {"from": "a1", "to": "b1", "until": "2026-11-21T01:01:00+00:00"})
    keeper._decide = lambda scene: due  # type: ignore[method-assign]  # noqa: ARG005
    request_(manager)
    keeper._act(scene)
    assert (store.running("db-1") is not None) is begins


def test_what_is_refused_half_way_has_changed_nothing(tmp_path: Path) -> None:
    """All of it is one transaction."""
    store = pair(tmp_path, None)
    with pytest.raises(Refusal, match="no"):
        _refused_half_way(store)
    assert (store.instance("db-1").maintenance, store.events()) == (PERIOD, [])
    store.change("db-1", maintenance=OTHER)
    assert Store(tmp_path / "state.db").instance("db-1").maintenance == OTHER


def _refused_half_way(store: Store) -> None:
    with store.together():
        store.change("db-1", maintenance=OTHER)
        store.note("db-1", "changed")
        raise Refusal(Code.BUSY, "no")
