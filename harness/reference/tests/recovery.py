"""A disaster-recovery instance on real servers as the end-to-end tests see it: the service's words, and its servers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hadrill.environments.embedded.site import Parts
from hadrill.harness.drill.stage import open_stage
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.faults.effect import CUT
from hadrill.harness.model.disaster_recovery import Synchronization, SynchronizationTask
from hadrill.harness.model.instance import Instance, Role, State
from hadrill.harness.model.topology import host_of, links_of
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair, api, new_pair
from hadrill.harness.reference.tests.writer import KEYS
from hadrill.harness.wait import NotYet, until

TWO_REGIONS: Final = str(Path(__file__).with_name("two_regions.yaml"))
AWAY: Final = "south"


@contextmanager
def pair_in_two_regions(parts: Parts) -> Iterator[Pair]:
    """A pair in one region, with room for a disaster-recovery instance in the other."""
    with open_stage(TWO_REGIONS, parts) as stage, new_pair(stage) as pair:
        yield pair


@contextmanager
def cut_off(pair: Pair, region: str) -> Iterator[None]:
    """Nobody outside of a region hears from it, or is heard in it."""
    topology, links = pair.stage.site.inventory.topology, pair.stage.site.links
    inside = {name for node in topology.nodes if node.region == region for name in (node.name, host_of(node.rack))}
    ways = [link for link in links_of(topology) if (link.source in inside) != (link.target in inside)]
    links.apply(CUT.on(tuple(ways)))
    yield
    links.heal(ways)


@dataclass(frozen=True, slots=True)
class Recovery:
    """A disaster-recovery instance of a pair."""

    pair: Pair
    id: str

    @property
    def now(self) -> Instance:
        """As the service describes it."""
        return self.pair.stage.service.describe(self.id)

    @property
    def task(self) -> SynchronizationTask:
        """Its synchronization."""
        (task,) = self.pair.stage.service.synchronization_tasks(self.id)
        return task

    @property
    def front(self) -> str:
        """The node that its address leads to."""
        return self.now.having(Role.PRIMARY)[0]

    @property
    def lag_s(self) -> float | None:
        """As the service shows it."""
        return self.pair.stage.service.synchronization_lag_s(self.id)

    def connect(self) -> Session:
        """The owner's connection over its address; raises SqlError."""
        return Session(self.now.address, self.pair.owner, answer_s=2)

    def shown(self) -> frozenset[int]:
        """Keys of all rows that its address shows; raises SqlError."""
        with self.connect() as owner:
            return frozenset(row["id"] for row in owner.rows(KEYS))

    def await_event(self, what: str) -> None:
        """Wait until the manager has noted this of it."""

        def noted() -> bool | NotYet:
            seen = [event["what"] for event in self.pair.stage.service.events(0) if event["instance"] == self.id]
            return what in seen or NotYet(f"{seen[-5:]}")

        until(noted, f"'{what}' of {self.id}", timeout_s=LIMIT_S, tolerate=(HarnessTrouble,))

    def await_shown(self, rows: frozenset[int]) -> None:
        """Wait until its address shows exactly these rows."""

        def alike() -> bool | NotYet:
            shown = self.shown()
            return shown == rows or NotYet(f"{sorted(shown ^ rows)} on one side only")

        until(alike, f"{self.id} to show these rows", timeout_s=LIMIT_S, tolerate=(SqlError, HarnessTrouble))

    def ask(self, verb: str, path: str = "", **body: object) -> tuple[int, str]:
        """What the manager answers to a request: status, and the code of a refusal."""
        return Pair(self.pair.stage, self.id).ask(verb, path, body)

    def synchronize(self, tables: tuple[str, ...] = ()) -> None:
        """Begin, and wait until both servers follow."""
        self.pair.stage.service.begin_synchronization(self.id, "first", tables)
        self.await_whole()

    def await_whole(self) -> Instance:
        """Wait until it synchronizes, has both servers, and nothing is going on with it."""

        def whole() -> Instance | NotYet:
            now, running = self.now, Pair(self.pair.stage, self.id).running()
            good = now.state is State.RUNNING and now.synchronization == Synchronization.SYNCHRONIZING
            return now if good and now.having(Role.SECONDARY) and not running else NotYet(f"{now}, {running}")

        return until(whole, f"{self.id} to be whole", timeout_s=2 * LIMIT_S, tolerate=(HarnessTrouble,))

    def await_synchronization(self, state: Synchronization) -> Instance:
        """Wait until the service shows this."""

        def shown() -> Instance | NotYet:
            now = self.now
            return now if now.synchronization == state else NotYet(str(now))

        return until(shown, f"{self.id} to be {state}", timeout_s=LIMIT_S, tolerate=(HarnessTrouble,))

    def await_alike(self) -> None:
        """Wait until its address shows what the pair's primary holds, and both of its servers hold it."""
        rows = self.pair.rows(self.pair.primary)

        def alike() -> bool | NotYet:
            held = [self.shown(), *(self.pair.rows(member.node) for member in self.now.members)]
            differing = [sorted(each ^ rows) for each in held if each != rows]
            return not differing or NotYet(f"{differing} on one side only")

        until(alike, f"{self.id} to hold what its master holds", timeout_s=LIMIT_S, tolerate=(SqlError, HarnessTrouble))


@contextmanager
def new_recovery(pair: Pair) -> Iterator[Recovery]:
    """One that is delivered; released afterwards, so that the next test of the pair has room for its own."""
    made = Recovery(pair, pair.stage.service.create_disaster_recovery(pair.id, AWAY, timeout_s=LIMIT_S).id)

    def gone() -> bool | NotYet:
        with api(pair.stage) as client:
            answer = client.delete(f"/v1/instances/{made.id}")
        listed = made.id in {each.id for each in pair.stage.service.instances()}
        return NotYet(answer.text) if listed else True

    try:
        yield made
    finally:
        until(gone, f"{made.id} to be released", timeout_s=LIMIT_S, interval_s=0.5)


def status_of(server: Session) -> dict[str, str]:
    """Of a replica, as it says."""
    return {name: str(value) for name, value in server.row("SHOW REPLICA STATUS").items()}


def await_received(pair: Pair, front: str) -> None:
    """Wait until the front has received all that the master's primary has executed; it need not have applied it."""
    with pair.direct(pair.primary) as primary, pair.direct(front) as server:
        executed = primary.row("SELECT @@GLOBAL.gtid_executed AS executed")["executed"]

        def received() -> bool | NotYet:
            told = status_of(server)
            there = ",".join(each for each in (told["Retrieved_Gtid_Set"], told["Executed_Gtid_Set"]) if each)
            found = server.row("SELECT GTID_SUBSET(%s, %s) AS found", (executed, there))["found"]
            return bool(found) or NotYet(there)

        until(received, f"{front} to receive {executed}", timeout_s=LIMIT_S)
