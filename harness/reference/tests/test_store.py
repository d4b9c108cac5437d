"""The manager's memory."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from hadrill.harness.model.instance import Account, Edition, MaintenancePeriod, Member, Role, Specification, State
from hadrill.harness.reference.database import StoreTrouble
from hadrill.harness.reference.records import InstanceRecord, OperationKind, Status
from hadrill.harness.reference.refusals import Code, Refusal
from hadrill.harness.reference.store import Store


def record(instance: str = "db-1", node: str = "a1", address: int = 0) -> InstanceRecord:
    """A Basic instance that is being created."""
    members = (Member(node, Role.PRIMARY),)
    owner, reader = Account("owner", "one"), Account("reader", "two")
    return InstanceRecord(
        instance, Edition.BASIC, State.CREATING, "", address, "now", protected=False, owner=owner, reader=reader,
        members=members,
    )  # fmt: skip


def test_what_was_begun_is_found_by_the_next_manager(tmp_path: Path) -> None:
    """A second store on the same file sees the instance and the step that its operation had reached."""
    first = Store(tmp_path / "state.db")
    operation = first.add_instance(record(), OperationKind.CREATE, "start-servers", {"why": "asked"})
    first.advance(operation, "admit")
    second = Store(tmp_path / "state.db")
    assert second.instances() == (record(),)
    running = second.running("db-1")
    assert running is not None
    assert (running.kind, running.step, running.arguments) == (OperationKind.CREATE, "admit", {"why": "asked"})


def test_an_instance_is_in_the_middle_of_one_thing_at_a_time(tmp_path: Path) -> None:
    """The second request is refused, the first goes on."""
    store = Store(tmp_path / "state.db")
    store.add_instance(record(), OperationKind.CREATE, "start-servers")
    with pytest.raises(Refusal) as refused:
        store.begin("db-1", OperationKind.SWITCH, "announce", {})
    assert refused.value.code is Code.BUSY


def test_a_finished_operation_makes_room_for_the_next(tmp_path: Path) -> None:
    """Done and undone both end it."""
    store = Store(tmp_path / "state.db")
    store.finish(store.add_instance(record(), OperationKind.CREATE, "start-servers"), Status.DONE)
    second = store.begin("db-1", OperationKind.RELEASE, "close", {})
    assert store.operation(second).status is Status.RUNNING


def test_an_instance_is_released_with_its_servers_or_not_at_all(tmp_path: Path) -> None:
    """Who looks meanwhile must not find one that goes on without a primary: the manager's monitor died of that."""
    store = Store(tmp_path / "state.db")
    store.add_instance(record(), OperationKind.CREATE, "start-servers")
    with closing(sqlite3.connect(tmp_path / "state.db")) as other, other:
        other.execute("CREATE TRIGGER full BEFORE UPDATE OF state ON instances BEGIN SELECT RAISE(ABORT, 'full'); END")
    with pytest.raises(sqlite3.IntegrityError, match="full"):
        store.release("db-1")
    assert store.instance("db-1") == record()
    with closing(sqlite3.connect(tmp_path / "state.db")) as other, other:
        other.execute("DROP TRIGGER full")
    store.release("db-1")
    released = store.instance("db-1")
    assert (released.state, released.members) == (State.RELEASED, ())
    assert store.taken_nodes() == frozenset()


def test_a_node_or_an_address_has_one_owner(tmp_path: Path) -> None:
    """Two creations at once cannot take the same."""
    store = Store(tmp_path / "state.db")
    store.add_instance(record(), OperationKind.CREATE, "start-servers")
    for other in (record("db-2", node="a1", address=1), record("db-3", node="b1", address=0)):
        with pytest.raises(Refusal) as refused:
            store.add_instance(other, OperationKind.CREATE, "start-servers")
        assert refused.value.code is Code.NO_ROOM
    assert [each.id for each in store.instances()] == ["db-1"]


def test_a_released_instance_frees_its_address(tmp_path: Path) -> None:
    """And its nodes."""
    store = Store(tmp_path / "state.db")
    store.add_instance(record(), OperationKind.CREATE, "start-servers")
    store.release("db-1")
    assert (store.taken_nodes(), store.taken_addresses()) == (frozenset(), frozenset())


def test_nothing_begins_on_what_was_released(tmp_path: Path) -> None:
    """A request that arrives just after the release is refused, not left lying."""
    store = Store(tmp_path / "state.db")
    store.finish(store.add_instance(record(), OperationKind.CREATE, "start-servers"), Status.DONE)
    store.set_state("db-1", State.RELEASED)
    with pytest.raises(Refusal) as refused:
        store.begin("db-1", OperationKind.SWITCH, "announce", {})
    assert refused.value.code is Code.NOT_FOUND
    assert store.running("db-1") is None


def test_what_is_changed_on_a_record_is_read_back(tmp_path: Path) -> None:
    """Plain values, and those that are stored as JSON."""
    store, period = Store(tmp_path / "state.db"), MaintenancePeriod("23:59:59", 1)
    store.add_instance(record(), OperationKind.CREATE, "start-servers")
    wanted = replace(
        record(), edition=Edition.HIGH_AVAILABILITY, address=2, specification=Specification(96, 250),
        settings={"table_open_cache": "500"}, maintenance=period, switch_within=period,
    )  # fmt: skip
    store.change(
        "db-1", edition=wanted.edition, address=2, specification=wanted.specification, settings=wanted.settings,
        maintenance=period, switch_within=period,
    )  # fmt: skip
    assert wanted == store.instance("db-1")
    store.change("db-1", switch_within=None)
    assert store.instance("db-1").switch_within is None


def test_roles_and_the_reason_change_at_once(tmp_path: Path) -> None:
    """Nobody sees an instance unprotected without being told why; a reason that is not given stays."""
    store = Store(tmp_path / "state.db")
    store.add_instance(record(), OperationKind.CREATE, "start-servers")
    store.set_roles("db-1", {}, protected=False, reason="its secondary is lost")
    assert store.instance("db-1").reason == "its secondary is lost"
    store.set_roles("db-1", {"a1": Role.PRIMARY}, protected=True)
    assert (store.instance("db-1").reason, store.instance("db-1").protected) == ("its secondary is lost", True)


def test_a_member_joins_with_the_operation_that_brings_it(tmp_path: Path) -> None:
    """And leaves again; a refused operation brings nobody."""
    store = Store(tmp_path / "state.db")
    creation = store.add_instance(record(), OperationKind.CREATE, "start-servers")
    joining = Member("b1", Role.OUT)
    with pytest.raises(Refusal):
        store.begin("db-1", OperationKind.UPGRADE, "boot", {}, joining)
    assert store.taken_nodes() == {"a1"}
    store.finish(creation, Status.DONE)
    store.begin("db-1", OperationKind.UPGRADE, "boot", {}, joining)
    assert store.instance("db-1").members == (Member("a1", Role.PRIMARY), joining)
    store.forget_member("db-1", "b1")
    assert store.taken_nodes() == {"a1"}


def test_a_full_disk_changes_nothing_and_is_said(tmp_path: Path) -> None:
    """What cannot be written is not half-written, and what is there can still be read."""
    store = Store(tmp_path / "state.db")
    store._connection.execute("PRAGMA max_page_count = 1")  # SQLite then has no more room than it uses
    with pytest.raises(StoreTrouble, match=r"state\.db cannot be read or written .*full"):
        store.note("db-1", "seen", "x" * 100_000)
    assert store.events() == []


def test_a_damaged_file_is_said(tmp_path: Path) -> None:
    """The manager does not start on it."""
    (tmp_path / "state.db").write_text("this is no database, and it is long enough to be seen as none" * 20)
    with pytest.raises(StoreTrouble, match="not a database"):
        Store(tmp_path / "state.db")
