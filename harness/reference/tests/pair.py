"""A pair on real servers as the end-to-end tests see it: the service's words, and the servers past all of its links."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import httpx

from hadrill.harness.drill.stage import Stage
from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.instance import Account, Edition, Instance, Role, Specification, State
from hadrill.harness.model.topology import MANAGER
from hadrill.harness.reference.tests.writer import CREATE, INSERT, KEYS, Writer
from hadrill.harness.wait import NotYet, until

LIMIT_S = 60.0
"""Generous: these tests judge what happens, never how fast."""
PATIENT = {"silence_s": 3.0, "secondary_silence_s": 3.0, "unacknowledged_s": 4.4}
"""Limits of a manager that does not take a busy machine's moment for a loss."""
LOCK = "LOCK TABLES drill.written READ"


def api(stage: Stage) -> httpx.Client:
    """A client of the manager's API that sees statuses and codes."""
    headers = {"Authorization": f"Bearer {stage.program.token}"}
    return httpx.Client(base_url=f"http://{stage.program.endpoint}", headers=headers, timeout=10, trust_env=False)


@dataclass(frozen=True, slots=True)
class Pair:
    """An instance of the High-availability edition with one table."""

    stage: Stage
    id: str

    @property
    def now(self) -> Instance:
        """As the service describes it."""
        return self.stage.service.describe(self.id)

    @property
    def primary(self) -> str:
        """The node that the service calls primary."""
        return self.now.having(Role.PRIMARY)[0]

    @property
    def other(self) -> str:
        """The other node."""
        (node,) = (member.node for member in self.now.members if member.role is not Role.PRIMARY)
        return node

    @property
    def owner(self) -> Account:
        """The customer's account that may write."""
        return self.stage.service.accounts(self.id)[0]

    def direct(self, node: str, account: Account | None = None) -> Session:
        """A connection to a node's server past every link; as the judge by default."""
        endpoint = self.stage.site.inventory.server(node)
        return Session(endpoint, account or self.stage.service.auditor(), answer_s=3)

    def service_account(self) -> Account:
        """The manager's own, from its settings."""
        return Account(**self._settings()["service"])

    def rows(self, node: str) -> frozenset[int]:
        """Keys of all rows on a node's server."""
        with self.direct(node) as server:
            return frozenset(row["id"] for row in server.rows(KEYS))

    def gates(self, node: str) -> Mapping[str, Any]:
        """Whether a node's server is read-only, offline, waiting."""
        with self.direct(node) as server:
            return server.row(sql.GATES)

    def writable(self) -> list[str]:
        """Nodes whose servers answer and take writes."""
        open_nodes = []
        for member in self.now.members:
            with suppress(SqlError):
                if not self.gates(member.node)["read_only"]:
                    open_nodes.append(member.node)
        return open_nodes

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """A client that writes over the address all along; it has just been answered when the body begins."""
        with Writer(self.now.address, self.owner, first=max(self.rows(self.primary), default=0) + 1) as writer:
            writer.await_acknowledged(3, LIMIT_S)
            yield writer

    def begin(self, verb: str, path: str = "", body: Mapping[str, Any] | None = None) -> None:
        """Ask the manager to begin something; it may be gone before it answers."""
        with suppress(httpx.HTTPError):
            self.ask(verb, path, body)

    def ask(self, verb: str, path: str = "", body: Mapping[str, Any] | None = None) -> tuple[int, str]:
        """What the manager answers to a request: status, and the code of a refusal that says why in a sentence."""
        with api(self.stage) as client:
            return self.ask_over(client, verb, path, body)

    def ask_over(
        self, client: httpx.Client, verb: str, path: str = "", body: Mapping[str, Any] | None = None
    ) -> tuple[int, str]:
        """The same with a client that is there: making one takes a while on a busy machine."""
        answer = client.request(verb, f"/v1/instances/{self.id}{path}", json=body)
        said = answer.json()
        assert answer.is_success or len(said["message"].split()) > 3
        return answer.status_code, said.get("code", "")

    def kill_manager(self) -> None:
        """End it with SIGKILL."""
        self.stage.site.process(MANAGER).kill()

    def die_before(self, point: str) -> None:
        """Start the manager again, to kill itself just before this step, whether it did so before or not."""
        self.kill_manager()
        self._crash_at(point)
        self.stage.start_manager()

    def die_after(self, point: str) -> None:
        """Once it has killed itself start it again, to do so again when this step is done and no record says so."""
        self.await_death()
        self._crash_at(f"{point} done")
        self.stage.site.spawn(MANAGER, self.stage.program.argv)
        self.await_death()

    @contextmanager
    def patient(self) -> Iterator[None]:
        """Its manager has other limits meanwhile, for which it is started again."""
        before = self._settings()
        self._restart_with(before | {"timing": PATIENT})
        try:
            yield
        finally:
            self._restart_with(before)

    def give_up_operation(self) -> None:
        """What the manager was in the middle of is over, and undone as far as it was; the manager is dead."""
        with closing(sqlite3.connect(self.stage.site.work / "manager.db")) as db, db:
            db.execute("UPDATE operations SET status = 'undone' WHERE status = 'running'")

    def await_death(self) -> None:
        """Wait until the manager has killed itself."""
        assert self.stage.site.process(MANAGER).wait(LIMIT_S) == -9

    def last_operation(self) -> tuple[str, str, str]:
        """Kind, step and status of what was begun last, from the manager's own memory."""
        database = self.stage.site.work / "manager.db"
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
            kind, step, status = db.execute("SELECT kind, step, status FROM operations ORDER BY id DESC").fetchone()
        return kind, step, status

    def running(self) -> tuple[str, ...]:
        """What the manager is in the middle of with this instance, from its own memory."""
        database = self.stage.site.work / "manager.db"
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
            statement = "SELECT kind FROM operations WHERE instance = ? AND status = 'running'"
            return tuple(str(kind) for (kind,) in db.execute(statement, (self.id,)))

    def await_step(self, kind: str, step: str) -> None:
        """Wait until the manager is in the middle of this."""

        def begun() -> bool | NotYet:
            last = self.last_operation()
            return last == (kind, step, "running") or NotYet(f"{last}")

        until(begun, f"a {kind} to reach {step}", timeout_s=LIMIT_S)

    def member(self, role: Role) -> str:
        """The node in that role, from the manager's own memory."""
        database = self.stage.site.work / "manager.db"
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
            (node,) = db.execute("SELECT node FROM members WHERE role = ?", (role,)).fetchone()
        return str(node)

    def await_outcome(self, kind: str) -> str:
        """Wait until the last operation of this kind is over; whether it was done or undone."""
        database = self.stage.site.work / "manager.db"
        statement = "SELECT status FROM operations WHERE kind = ? ORDER BY id DESC"

        def over() -> str | NotYet:
            with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
                (status,) = db.execute(statement, (kind,)).fetchone()
            return NotYet(f"{self.last_operation()}") if status == "running" else str(status)

        return until(over, f"the {kind} to be over", timeout_s=LIMIT_S)

    def size(self, node: str) -> Specification:
        """What a node's server really runs with."""
        with self.direct(node) as server:
            has = server.row(sql.DURABILITY)
        return Specification(has["memory_bytes"] >> 20, has["connections"])

    def seen(self, what: str) -> int:
        """How often the manager noted something."""
        return sum(event["what"] == what for event in self.stage.service.events(0))

    def await_rest(self) -> Instance:
        """Wait until nothing is going on and the pair is protected."""

        def at_rest() -> Instance | NotYet:
            now, (kind, _, status) = self.now, self.last_operation()
            rests = now.protected and now.state is State.RUNNING and status != "running"
            return now if rests else NotYet(f"{now}, {kind} {status}")

        return until(at_rest, "the pair to be at rest", timeout_s=LIMIT_S, tolerate=(HarnessTrouble,))

    def await_idle(self) -> Instance:
        """Wait until nothing is going on and the instance runs, protected or not."""

        def idle() -> Instance | NotYet:
            now, (kind, step, status) = self.now, self.last_operation()
            rests = now.state is State.RUNNING and status != "running"
            return now if rests else NotYet(f"{now}, {kind} {step} {status}")

        return until(idle, "the instance to be idle", timeout_s=LIMIT_S, tolerate=(HarnessTrouble,))

    def await_state(self, state: State, *, protected: bool) -> Instance:
        """Wait until the service shows this state."""

        def shown() -> Instance | NotYet:
            now = self.now
            return now if (now.state, now.protected) == (state, protected) else NotYet(str(now))

        return until(shown, f"the pair to be {state}", timeout_s=LIMIT_S, tolerate=(HarnessTrouble,))

    def await_held(self, node: str, rows: frozenset[int]) -> None:
        """Wait until a server shows these rows: what it has received and acknowledged it may still have to apply."""

        def held() -> bool | NotYet:
            return rows <= self.rows(node) or NotYet(f"{sorted(rows - self.rows(node))} are missing")

        until(held, f"{node} to hold {len(rows)} rows", timeout_s=LIMIT_S)

    def await_whole(self, acknowledged: frozenset[int]) -> None:
        """At rest there is one primary, it takes writes, and both servers hold the same rows, all acknowledged ones."""
        now = self.await_rest()
        assert self.writable() == list(now.having(Role.PRIMARY))
        key = max(self.rows(self.primary), default=0) + 1
        with Session(now.address, self.owner, answer_s=5) as client:
            client.rows(INSERT, (key,))
        primary, secondary = self.primary, self.other

        def alike() -> frozenset[int] | NotYet:
            left, right = self.rows(primary), self.rows(secondary)
            return left if left == right else NotYet(f"{sorted(left ^ right)} on one of them only")

        rows = until(alike, f"{primary} and {secondary} to hold the same rows", timeout_s=LIMIT_S)
        assert not (acknowledged | {key}) - rows

    def _crash_at(self, point: str) -> None:
        with closing(sqlite3.connect(self.stage.site.work / "manager.db")) as db, db:
            db.execute("DELETE FROM events WHERE what = 'crash'")
        self._write(self._settings() | {"crash_at": point})

    def _restart_with(self, settings: Mapping[str, Any]) -> None:
        self.kill_manager()
        self._write(settings)
        self.stage.start_manager()
        self.await_rest()

    def _settings(self) -> dict[str, Any]:
        settings: dict[str, Any] = json.loads((self.stage.site.work / "manager.json").read_text())
        return settings

    def _write(self, settings: Mapping[str, Any]) -> None:
        (self.stage.site.work / "manager.json").write_text(json.dumps(settings))


@contextmanager
def held(server: Session) -> Iterator[None]:
    """What the server receives meanwhile is not applied."""
    with server:
        server.run(LOCK)
        yield


@contextmanager
def new_pair(stage: Stage) -> Iterator[Pair]:
    """A pair in two zones, or in one where there is one, with an empty table."""
    with new_instance(stage, Edition.HIGH_AVAILABILITY) as pair:
        yield pair


@contextmanager
def new_instance(stage: Stage, edition: Edition) -> Iterator[Pair]:
    """An instance where the service places it, with an empty table."""
    instance = stage.service.create(edition, (), timeout_s=LIMIT_S)
    pair = Pair(stage, instance.id)
    with Session(instance.address, pair.owner, answer_s=5) as client:
        client.run(*CREATE)
    yield pair
