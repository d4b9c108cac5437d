"""The manager's state in SQLite: survives kill -9 at any moment; every change is one transaction."""

import json
import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path

from hadrill.harness.model.instance import (
    Account,
    Edition,
    InstanceType,
    MaintenancePeriod,
    Member,
    Role,
    Specification,
    State,
)
from hadrill.harness.reference.console_store import CONSOLE_SCHEMA, ConsoleRows
from hadrill.harness.reference.database import Database
from hadrill.harness.reference.records import InstanceRecord, OperationKind, OperationRecord, Status, TaskRecord
from hadrill.harness.reference.refusals import Code, Refusal, busy
from hadrill.harness.reference.rows import as_json, operation_of, task_of
from hadrill.harness.reference.schema import SCHEMA

Attribute = str | int | Specification | MaintenancePeriod | TaskRecord | dict[str, str] | None


class Store(Database, ConsoleRows):
    """Reads and writes the state; safe to share between threads.

    Raises:
        StoreTrouble: every method may: a full disk, a damaged file.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, SCHEMA + CONSOLE_SCHEMA)

    # -- instances

    def add_instance(
        self, record: InstanceRecord, kind: OperationKind, first_step: str, arguments: dict[str, str] | None = None
    ) -> int:
        """Take nodes and address, and begin the creation; one transaction.

        Returns:
            the operation's id.

        Raises:
            Refusal: a node or the address was taken meanwhile.
        """
        try:
            with self._change() as db:
                db.execute(
                    "INSERT INTO instances VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                    (record.id, record.edition, record.state, record.reason, record.address, record.created_at,
                     record.protected, record.owner.user, record.owner.password, record.reader.user,
                     record.reader.password, record.type, record.master, as_json(record.specification),
                     as_json(record.settings), as_json(record.maintenance), as_json(record.switch_within),
                     record.synchronization, as_json(record.task), record.promoted_from,
                     record.successor),
                )  # fmt: skip
                db.executemany(
                    "INSERT INTO members VALUES (?,?,?)", [(record.id, m.node, m.role) for m in record.members]
                )
                return _begin(db, record.id, kind, first_step, arguments or {})
        except sqlite3.IntegrityError as error:
            raise Refusal(Code.NO_ROOM, f"a node or the address was taken meanwhile ({error}); ask again") from error

    def instances(self) -> tuple[InstanceRecord, ...]:
        """All that are not released, oldest first."""
        ids = self._read("SELECT id FROM instances WHERE state <> ? ORDER BY created_at, id", State.RELEASED)
        return tuple(self.instance(str(row[0])) for row in ids)

    def instance(self, instance: str) -> InstanceRecord:
        """One instance, released or not.

        Raises:
            Refusal: there is none of that id.
        """
        with self._lock:  # both as they are at one moment
            rows = self._read("SELECT * FROM instances WHERE id = ?", instance)
            members = self._read("SELECT node, role FROM members WHERE instance = ? ORDER BY rowid", instance)
        if not rows:
            raise Refusal(Code.NOT_FOUND, f"there is no instance {instance}; list the instances to see their ids")
        (id_, edition, state, reason, address, created, protected, owner, owner_pw, reader, reader_pw, *more) = rows[0]
        type_, master, specification, settings, maintenance, switch_within, synchronization, task, *ends = more
        promoted_from, successor = ends
        return InstanceRecord(
            id=str(id_),
            edition=Edition(str(edition)),
            state=State(str(state)),
            reason=str(reason),
            address=int(str(address)),
            created_at=str(created),
            protected=bool(protected),
            owner=Account(str(owner), str(owner_pw)),
            reader=Account(str(reader), str(reader_pw)),
            members=tuple(Member(str(node), Role(str(role))) for node, role in members),
            type=InstanceType(str(type_)),
            master=str(master),
            specification=Specification(**json.loads(str(specification))),
            settings=json.loads(str(settings)),
            maintenance=MaintenancePeriod(**json.loads(str(maintenance))),
            switch_within=MaintenancePeriod(**within) if (within := json.loads(str(switch_within))) else None,
            synchronization=str(synchronization),
            task=task_of(json.loads(str(task))),
            promoted_from=str(promoted_from),
            successor=str(successor),
        )

    def read_only_of(self, master: str) -> tuple[str, ...]:
        """Ids of the read-only instances that follow an instance, oldest first."""
        return self._followers(master, InstanceType.READ_ONLY)

    def disaster_recovery_of(self, master: str) -> tuple[str, ...]:
        """Ids of the disaster-recovery instances that follow an instance, oldest first."""
        return self._followers(master, InstanceType.DISASTER_RECOVERY)

    def tasks(self) -> int:
        """How many synchronizations were ever accepted."""
        return int(str(self._read("SELECT COUNT(*) FROM instances WHERE task <> 'null'")[0][0]))

    def _followers(self, master: str, kind: InstanceType) -> tuple[str, ...]:
        statement = "SELECT id FROM instances WHERE master = ? AND type = ? AND state <> ? ORDER BY created_at, id"
        return tuple(str(row[0]) for row in self._read(statement, master, kind, State.RELEASED))

    def set_state(self, instance: str, state: State, reason: str = "") -> None:
        """What the service shows from now on."""
        with self._change() as db:
            db.execute("UPDATE instances SET state = ?, reason = ? WHERE id = ?", (state, reason, instance))

    def change(self, instance: str, **attributes: Attribute) -> None:
        """Change attributes of a record: ``edition``, ``address``, ``specification``, ``maintenance``, and the like."""
        with self._change() as db:
            for name, value in attributes.items():
                stored = value if isinstance(value, str | int) else as_json(value)
                db.execute(f"UPDATE instances SET {name} = ? WHERE id = ?", (stored, instance))  # noqa: S608 - our names

    def forget_member(self, instance: str, node: str) -> None:
        """Free a node; nothing happens where it is not one of the instance's."""
        with self._change() as db:
            db.execute("DELETE FROM members WHERE instance = ? AND node = ?", (instance, node))

    def set_roles(self, instance: str, roles: dict[str, Role], *, protected: bool, reason: str | None = None) -> None:
        """Change the members' roles, and whether a secondary holds every acknowledged write, and why, all at once."""
        with self._change() as db:
            db.execute("UPDATE instances SET protected = ? WHERE id = ?", (protected, instance))
            if reason is not None:
                db.execute("UPDATE instances SET reason = ? WHERE id = ?", (reason, instance))
            db.executemany(
                "UPDATE members SET role = ? WHERE instance = ? AND node = ?",
                [(role, instance, node) for node, role in roles.items()],
            )

    def release(self, instance: str) -> None:
        """It is released and its nodes are free, at once: whoever looks meanwhile sees it with its servers, or gone."""
        with self._change() as db:
            db.execute("DELETE FROM members WHERE instance = ?", (instance,))
            db.execute("UPDATE instances SET state = ?, reason = '' WHERE id = ?", (State.RELEASED, instance))

    def taken_nodes(self) -> frozenset[str]:
        """Nodes that belong to some instance."""
        return frozenset(str(row[0]) for row in self._read("SELECT node FROM members"))

    def taken_addresses(self) -> frozenset[int]:
        """Addresses that belong to some instance, or are about to."""
        rows = self._read("SELECT address FROM instances WHERE state <> ?", State.RELEASED)
        return self.moving_to() | {int(str(row[0])) for row in rows}

    # -- operations

    def begin(
        self,
        instance: str,
        kind: OperationKind,
        first_step: str,
        arguments: dict[str, str],
        joins: Member | None = None,
    ) -> int:
        """Begin an operation; ``joins`` is a new member, on a free node, that is on record from then on.

        Raises:
            Refusal: another one is running on the instance, it was released, or see ``require_its_place``.
        """
        try:
            with self._change() as db:
                record = self.instance(instance)
                if record.state is State.RELEASED:
                    raise Refusal(Code.NOT_FOUND, f"instance {instance} was released")
                self.require_its_place(record, kind)
                operation = _begin(db, instance, kind, first_step, arguments)
                if joins is not None:
                    db.execute("INSERT INTO members VALUES (?,?,?)", (instance, joins.node, joins.role))
                return operation
        except sqlite3.IntegrityError as error:
            running = self.running(instance)
            raise busy(instance, running.kind if running else "another operation") from error

    def require_its_place(self, record: InstanceRecord, kind: OperationKind) -> None:
        """Refuse where another instance takes its place, which waits for nothing that begins now; or has taken it.

        Raises:
            Refusal: it is so; in the end it can be given back.
        """
        if not record.successor:
            return
        if (taking := self.running(record.successor)) is not None:
            raise busy(record.id, taking.kind)
        if kind is not OperationKind.RELEASE:
            sentence = f"instance {record.id} is closed for good, {record.successor} has its place; ask that one"
            raise Refusal(Code.NOT_RUNNING, sentence)

    def advance(self, operation: int, step: str) -> None:
        """The step to run next, also after a crash."""
        with self._change() as db:
            db.execute("UPDATE operations SET step = ? WHERE id = ?", (step, operation))

    def remember(self, operation: int, **answers: str) -> None:
        """What an operation found out, beside its arguments."""
        with self._change() as db:
            known = json.dumps(self.operation(operation).arguments | answers)
            db.execute("UPDATE operations SET arguments = ? WHERE id = ?", (known, operation))

    def finish(self, operation: int, status: Status, reason: str = "") -> None:
        """The operation is over."""
        with self._change() as db:
            db.execute("UPDATE operations SET status = ?, reason = ? WHERE id = ?", (status, reason, operation))

    def explain(self, operation: int, why: str) -> None:
        """Why it is not over yet; empty where that needs no saying."""
        with self._change() as db:
            db.execute("UPDATE operations SET reason = ? WHERE id = ?", (why, operation))

    def operation(self, operation: int) -> OperationRecord:
        """One operation.

        Raises:
            Refusal: there is none of that id.
        """
        rows = self._read("SELECT * FROM operations WHERE id = ?", operation)
        if not rows:
            raise Refusal(Code.NO_SUCH_OPERATION, f"there is no operation {operation}")
        return operation_of(rows[0])

    def running(self, instance: str) -> OperationRecord | None:
        """What the instance is in the middle of; an import goes on beside it."""
        statement = "SELECT * FROM operations WHERE instance = ? AND status = ? AND kind <> ?"
        rows = self._read(statement, instance, Status.RUNNING, OperationKind.IMPORT)
        return operation_of(rows[0]) if rows else None

    # -- events

    def note(self, instance: str, what: str, detail: str = "") -> None:
        """Remember that something was seen or decided, with both clocks."""
        with self._change() as db:
            db.execute(
                "INSERT INTO events (utc, at_ns, instance, what, detail) VALUES (?,?,?,?,?)",
                (datetime.now(UTC).isoformat(), time.monotonic_ns(), instance, what, detail),
            )

    def events(self, after: int = 0) -> list[dict[str, object]]:
        """Events with an id above the given one, oldest first."""
        names = ("id", "utc", "at_ns", "instance", "what", "detail")
        return [dict(zip(names, row, strict=True)) for row in self._read("SELECT * FROM events WHERE id > ?", after)]


def _begin(
    db: sqlite3.Connection, instance: str, kind: OperationKind, first_step: str, arguments: dict[str, str]
) -> int:
    cursor = db.execute(
        "INSERT INTO operations (instance, kind, step, status, reason, arguments) VALUES (?,?,?,?,'',?)",
        (instance, kind, first_step, Status.RUNNING, json.dumps(arguments)),
    )
    if cursor.lastrowid is None:
        raise LookupError("SQLite gave the new operation no id")
    return cursor.lastrowid
