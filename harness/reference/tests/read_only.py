"""A read-only instance on real servers as the end-to-end tests see it: the service's words, and what readers read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.faults.effect import CUT
from hadrill.harness.model.instance import Instance, State
from hadrill.harness.model.topology import Link
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair
from hadrill.harness.reference.tests.writer import KEYS, Writer
from hadrill.harness.wait import NotYet, until


@dataclass(frozen=True, slots=True)
class ReadOnly:
    """A read-only instance of a pair."""

    pair: Pair
    id: str

    @property
    def now(self) -> Instance:
        """As the service describes it."""
        return self.pair.stage.service.describe(self.id)

    @property
    def node(self) -> str:
        """Where its server runs."""
        (member,) = self.now.members
        return member.node

    @property
    def source(self) -> str:
        """The node that its server is told to follow; empty where none."""
        with self.pair.direct(self.node) as server:
            status = server.row("SHOW REPLICA STATUS")
        inventory, here = self.pair.stage.site.inventory, self.node
        others = [node.name for node in inventory.topology.nodes if node.name != here]
        through = f"{status.get('Source_Host')}:{status.get('Source_Port')}"
        return next((node for node in others if str(inventory.route(here, node)) == through), "")

    def connect(self) -> Session:
        """A reader's connection over its address; raises SqlError."""
        (reader,) = self.pair.stage.service.accounts(self.id)
        return Session(self.now.address, reader, answer_s=2)

    def shown(self) -> frozenset[int]:
        """Keys of all rows that a reader is shown; raises SqlError."""
        with self.connect() as reader:
            return frozenset(row["id"] for row in reader.rows(KEYS))

    def await_shown(self, rows: frozenset[int]) -> None:
        """Wait until a reader is shown exactly these rows."""

        def alike() -> bool | NotYet:
            shown = self.shown()
            return shown == rows or NotYet(f"{sorted(shown ^ rows)} on one side only")

        until(alike, f"{self.id} to show what its master holds", timeout_s=LIMIT_S, tolerate=(SqlError,))

    def await_following(self, source: str) -> Instance:
        """Wait until it serves readers and follows that node."""

        def follows() -> Instance | NotYet:
            now = self.now
            good = now.state is State.RUNNING and not now.reason and self.source == source
            return now if good else NotYet(f"{now.state}, {now.reason}, follows {self.source}")

        return until(follows, f"{self.id} to follow {source}", timeout_s=LIMIT_S, tolerate=(SqlError, HarnessTrouble))

    def await_reason(self, words: str) -> Instance:
        """Wait until the service says why it is not as it should be."""

        def said() -> Instance | NotYet:
            now = self.now
            return now if words in now.reason else NotYet(f"{now.state}, {now.reason}")

        return until(said, f"{self.id} to say '{words}'", timeout_s=LIMIT_S, tolerate=(HarnessTrouble,))


class Shows(Protocol):
    """An instance that follows a pair, and shows its rows at an address of its own."""

    def shown(self) -> frozenset[int]:
        """Keys of all rows; raises SqlError."""
        ...

    def await_shown(self, rows: frozenset[int]) -> None:
        """Wait until it shows exactly these."""
        ...


@contextmanager
def running_ahead(pair: Pair, follower: Shows) -> Iterator[frozenset[int]]:
    """Whoever follows the pair shows rows that were never acknowledged, and that the secondary lacks; their keys.

    The primary's way to its secondary is cut for as long as the context lasts.
    """
    primary, way = pair.primary, Link(pair.other, pair.primary)
    before = pair.rows(primary)
    follower.await_shown(before)
    pair.stage.site.links.apply(CUT.on((way,)))
    try:
        with Writer(pair.now.address, pair.owner, first=max(before, default=0) + 1):

            def ahead() -> frozenset[int] | NotYet:
                return follower.shown() - before or NotYet("it shows nothing new")

            yield until(ahead, "a row that nobody acknowledged", timeout_s=LIMIT_S)
    finally:
        pair.stage.site.links.heal([way])
